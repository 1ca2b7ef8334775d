// Who does what: units down, tasks across. Only the cells in view exist, in both directions.

import { framed, h } from "./dom.js";
import { t, word } from "./i18n.js";

const CELL = 34;
const NAME = 148;
const HEAD = 152;
const BEYOND = 4;
let count = 0;

export class Matrix {
  /** @param {HTMLElement} host @param {object} doc @param {(kind: string, id: number) => void} pick */
  constructor(host, doc, pick, tools = []) {
    this.doc = doc;
    this.pick = pick;
    this.id = `x${++count}`;
    this.active = null;
    this.chosen = new Set();
    const { units, tasks } = doc;
    this.host = h("div.scroll.matrix", { tabIndex: 0, role: "grid", "aria-label": t("matrix"), "aria-rowcount": String(units.length + 1), "aria-colcount": String(tasks.length + 1) });
    const width = `${NAME + tasks.length * CELL + 60}px`;
    this.columns = h("div.m-cols", { style: { left: `${NAME}px` } });
    this.headRow = h("div.m-head", { role: "row", "aria-rowindex": "1", style: { width, height: `${HEAD}px` } },
      h("div.m-corner", { role: "columnheader", "aria-colindex": "1", style: { width: `${NAME}px`, height: `${HEAD}px` } }, h("span", t("unitCount", units.length)), h("span", t("taskCount", tasks.length))));
    this.body = h("div.m-body", { role: "rowgroup", style: { width, height: `${units.length * CELL}px` } });
    this.host.append(h("div.m-top", { role: "rowgroup" }, this.headRow), this.body);
    this.key1 = h("div.m-key", ["lead", "responsible", "support", "supervise", "person"].filter((r) => doc.responsibilities.some((x) => x.role === r))
      .map((r) => h("span", h(`b.party.${r}`, { "aria-hidden": "true" }, word("partyMark", r)), word("party", r))));
    this.key1.append(...tools);
    host.replaceChildren(this.key1, this.host);
    this.update = framed(() => this.draw());
    this.host.addEventListener("scroll", this.update, { passive: true });
    this.host.addEventListener("click", (e) => this.click(e));
    this.host.addEventListener("keydown", (e) => this.key(e));
    this.sizes = new ResizeObserver(this.update);
    this.sizes.observe(this.host);
    this.draw();
  }

  destroy() {
    this.sizes.disconnect();
  }

  draw() {
    const { units, tasks } = this.doc;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.host;
    const c0 = Math.max(0, Math.floor(scrollLeft / CELL) - BEYOND);
    const c1 = Math.min(tasks.length, Math.ceil((scrollLeft + clientWidth - NAME) / CELL) + BEYOND);
    const r0 = Math.max(0, Math.floor(scrollTop / CELL) - BEYOND);
    const r1 = Math.min(units.length, Math.ceil((scrollTop + clientHeight - HEAD) / CELL) + BEYOND);
    const heads = [this.headRow.firstChild];
    for (let c = c0; c < c1; c++) {
      const task = tasks[c];
      const path = this.doc.sections[task.section]?.path ?? "";
      const cell = h("div.m-task", { role: "columnheader", "aria-colindex": String(c + 2), title: `${path} ${task.label}`, data: { task: c }, style: { left: `${NAME + c * CELL}px`, width: `${CELL}px`, height: `${HEAD}px` } },
        h("span", task.label));
      if (this.chosen.has(`task.${c}`)) cell.classList.add("sel");
      heads.push(cell);
    }
    this.headRow.replaceChildren(...heads);
    const rows = [];
    for (let r = r0; r < r1; r++) {
      const unit = units[r];
      const row = h("div.m-row", { role: "row", "aria-rowindex": String(r + 2), style: { top: `${r * CELL}px`, height: `${CELL}px` } },
        h("div.m-unit", { role: "rowheader", "aria-colindex": "1", title: unit.name, data: { unit: r }, style: { width: `${NAME}px` } }, h("span", unit.name), h("i", String(unit.cells.length))));
      if (this.chosen.has(`unit.${r}`)) row.classList.add("sel");
      for (const [c, lists] of unit.cells) {
        if (c < c0 || c >= c1) continue;
        const roles = lists.map((id) => this.doc.responsibilities[id].role);
        const names = roles.map((x) => word("party", x)).join("、");
        const cell = h("div.m-cell", { role: "gridcell", id: `${this.id}-${r}-${c}`, "aria-colindex": String(c + 2), "aria-label": `${unit.name}:${tasks[c].label},${names}`,
          data: { list: lists[0], r, c }, style: { left: `${NAME + c * CELL}px`, width: `${CELL}px` } },
        h(`b.party.${roles[0]}`, { "aria-hidden": "true" }, word("partyMark", roles[0])));
        if (lists.some((id) => this.chosen.has(`responsibility.${id}`))) cell.classList.add("sel");
        if (this.chosen.has(`task.${c}`)) cell.classList.add("col");
        if (this.active && this.active[0] === r && this.active[1] === c) cell.classList.add("active");
        row.append(cell);
      }
      rows.push(row);
    }
    this.body.replaceChildren(...rows);
    const id = this.active && `${this.id}-${this.active[0]}-${this.active[1]}`;
    if (id && this.body.querySelector(`#${id}`)) this.host.setAttribute("aria-activedescendant", id);
    else this.host.removeAttribute("aria-activedescendant");
  }

  /** Shows what is selected: lists, a unit's row, a task's column. */
  choose(keys, { scroll = true } = {}) {
    this.chosen = new Set(keys);
    if (!keys.some((key) => key.startsWith("responsibility."))) this.active = null;
    if (scroll) {
      for (const key of keys) {
        const [kind, n] = [key.split(".")[0], Number(key.split(".")[1])];
        if (kind === "responsibility") this.reveal(this.doc.units.findIndex((u) => u.cells.some(([, l]) => l.includes(n))), this.doc.flat.taskOf[n]);
        else if (kind === "unit") this.reveal(n, null);
        else if (kind === "task") this.reveal(null, n);
        else continue;
        break;
      }
    }
    this.draw();
  }

  reveal(r, c) {
    if (r !== null && r >= 0) {
      const top = r * CELL;
      if (top < this.host.scrollTop || top + CELL > this.host.scrollTop + this.host.clientHeight - HEAD) this.host.scrollTop = top - CELL * 2;
    }
    if (c !== null && c >= 0) {
      const left = c * CELL;
      if (left < this.host.scrollLeft || left + CELL > this.host.scrollLeft + this.host.clientWidth - NAME) this.host.scrollLeft = left - CELL * 2;
    }
  }

  click(event) {
    const el = event.target.closest("[data-list],[data-unit],[data-task]");
    if (!el) return;
    if (el.dataset.list !== undefined) {
      this.active = [Number(el.dataset.r), Number(el.dataset.c)];
      this.pick("responsibility", Number(el.dataset.list));
    } else if (el.dataset.unit !== undefined) this.pick("party", Number(el.dataset.unit));
    else this.pick("task", Number(el.dataset.task));
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { units } = this.doc;
    if (!units.length) return;
    let [r, c] = this.active ?? [0, units[0].cells[0][0]];
    const near = (row, col) => units[row].cells.map(([x]) => x).reduce((a, b) => (Math.abs(b - col) < Math.abs(a - col) ? b : a));
    const columns = units[r].cells.map(([x]) => x).sort((a, b) => a - b);
    const at = columns.indexOf(c);
    switch (event.key) {
      case "ArrowRight": if (this.active) c = columns[Math.min(columns.length - 1, at + 1)]; break;
      case "ArrowLeft": c = columns[Math.max(0, at - 1)]; break;
      case "ArrowDown": if (this.active) { r = Math.min(units.length - 1, r + 1); c = near(r, c); } break;
      case "ArrowUp": r = Math.max(0, r - 1); c = near(r, c); break;
      case "Home": c = columns[0]; break;
      case "End": c = columns.at(-1); break;
      case "Enter": case " ": break;
      default: return;
    }
    event.preventDefault();
    this.active = [r, c];
    this.reveal(r, c);
    this.draw();
    this.pick("responsibility", units[r].cells.find(([x]) => x === c)[1][0]);
  }
}
