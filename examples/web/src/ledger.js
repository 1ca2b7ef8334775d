// 任务台账: one row a task with who leads, who supports, until when, how often, how much. Of one document or of all.

import { h } from "./dom.js";
import { number, t, word } from "./i18n.js";
import { VirtualList } from "./list.js";
import { doing, harmless, leads, sentence } from "./rows.js";
import { marked } from "./search.js";

const COLUMNS = ["task", "lead", "support", "deadline", "every", "metrics"];
const LATE = "9999";

export class Ledger {
  /**
   * @param {HTMLElement} host
   * @param {{ docs: object[], wide?: boolean, pick: (doc: number, row: number) => void, tools?: HTMLElement[] }} options
   */
  constructor(host, options) {
    this.options = options;
    this.filter = { text: "", group: "" };
    this.sort = { by: "order", down: false };
    this.tasks = [];
    options.docs.forEach((doc, d) => doc.ledger.forEach((k) => this.tasks.push({ d, doc, k })));
    this.columns = options.wide ? ["document", ...COLUMNS, "section"] : COLUMNS;
    this.heads = {};
    this.count = h("span.count", { role: "status" });
    this.grid = h(`div.scroll.grid.ledger${options.wide ? ".wide-ledger" : ".narrow-ledger"}`);
    this.none = h("p.nothing", { hidden: true });
    host.replaceChildren(...(this.tasks.length ? [this.tools()] : []), this.grid, this.none);
    this.list = new VirtualList(this.grid, {
      role: "grid", rowRole: "row", height: options.wide ? 62 : 74, label: t("ledger"), header: this.header(),
      draw: (row, i) => this.draw(row, this.view[i]),
      pick: (i) => this.view[i].k && options.pick(this.view[i].d, this.view[i].k.id),
    });
    this.grid.setAttribute("aria-colcount", String(this.columns.length));
    this.apply();
  }

  destroy() {
    this.list.destroy();
  }

  tools() {
    const text = h("input", { type: "search", placeholder: t("filterTasks"), "aria-label": t("filterLabel"), oninput: () => { this.filter.text = text.value; this.apply(); } });
    const group = h("select", { "aria-label": t("groupBy"), onchange: () => { this.filter.group = group.value; this.apply(); } },
      ["", "unit", "date"].map((g) => h("option", { value: g }, t(`group.${g || "none"}`))));
    return h("div.tools", text, h("div.tools-row", group, ...(this.options.tools ?? []), this.count));
  }

  header() {
    return h("div.head", { role: "row", "aria-rowindex": "1" }, this.columns.map((name, i) => (this.heads[name] = h(`div.c.l-${name}`, { role: "columnheader", "aria-colindex": String(i + 1) },
      h("button", { type: "button", onclick: () => this.sortBy(name) }, t(`col.${name}`), h("i", { "aria-hidden": "true" }))))));
  }

  sortBy(name) {
    this.sort = this.sort.by === name ? { by: name, down: !this.sort.down } : { by: name, down: false };
    this.apply();
  }

  /** Whether a task is among those shown; for downloads of what is shown. */
  shows(doc, row) {
    return this.fitting.has(row);
  }

  get isFiltered() {
    return this.fitting.size !== this.tasks.length;
  }

  apply() {
    const words = (this.words = this.filter.text.trim().toLowerCase().split(/\s+/).filter(Boolean));
    const fits = ({ doc, k }) => {
      const hay = [k.label, ...Object.values(k.units).flat(), ...k.deadlines.map((x) => x.text), doc.text.slice(...k.span), doc.label].join(" ").toLowerCase();
      return words.every((w) => hay.includes(w));
    };
    let rows = words.length ? this.tasks.filter(fits) : [...this.tasks];
    this.fitting = new Set(rows.map((r) => r.k));
    const { by, down } = this.sort;
    if (by !== "order") {
      const { compare } = new Intl.Collator("zh-CN", { numeric: true });
      const key = (r) => KEYS[by](r);
      rows = rows.map((row, i) => ({ row, i, key: key(row) })).sort((a, b) => (a.key === "") - (b.key === "") || (down ? -1 : 1) * compare(a.key, b.key) || a.i - b.i).map((x) => x.row);
    }
    this.view = this.grouped(rows);
    for (const [name, el] of Object.entries(this.heads)) {
      el.setAttribute("aria-sort", name === by ? (down ? "descending" : "ascending") : "none");
      el.classList.toggle("on", name === by);
    }
    const n = this.fitting.size;
    this.count.textContent = n === this.tasks.length ? t("taskCount", number(n)) : t("shownOf", number(n), number(this.tasks.length));
    this.grid.hidden = !this.view.length;
    this.none.hidden = !!this.view.length;
    this.none.textContent = t(this.tasks.length ? "noTask" : "noTasks");
    this.list.active = -1;
    this.grid.scrollTop = 0;
    this.list.show(this.view.length);
  }

  /** The rows with a heading before each group; a task stands under each of its units. */
  grouped(rows) {
    const { group } = this.filter;
    if (!group) return rows;
    const groups = new Map();
    const put = (name, row) => (groups.get(name) ?? groups.set(name, []).get(name)).push(row);
    for (const row of rows) {
      if (group === "date") put(row.k.date ?? LATE, row);
      else {
        const names = [...new Set(Object.values(row.k.units).flat())];
        for (const name of names.length ? names : [""]) put(name, row);
      }
    }
    const order = [...groups].sort(group === "date" ? ([a], [b]) => (a < b ? -1 : 1) : ([a, x], [b, y]) => (a === "") - (b === "") || y.length - x.length);
    return order.flatMap(([name, tasks]) => [{ heading: name === LATE ? t("noDate") : name || t("noUnit"), size: tasks.length }, ...tasks]);
  }

  choose(row, { scroll = true } = {}) {
    const at = row === undefined || row === null ? -1 : this.view.findIndex((v) => v.k?.id === row);
    this.list.active = at;
    if (scroll && at >= 0) this.list.reveal(at);
    this.list.refresh();
  }

  draw(row, { heading, size, doc, k }) {
    if (heading !== undefined) {
      row.classList.add("l-group");
      row.append(h("div.c", { role: "gridcell", "aria-colspan": String(this.columns.length) }, h("b", heading), h("span.n", number(size))));
      return;
    }
    const hits = (text) => marked(text, this.words);
    const units = (names) => hits(names.join("、"));
    const lead = leads(k);
    // What is asked for and stands in the text only is shown as it stands there.
    const said = [k.label, doc.label, ...Object.values(k.units).flat(), ...k.deadlines.map((d) => d.text)].join(" ").toLowerCase();
    const text = doc.text.slice(...k.span);
    const unsaid = this.words.find((w) => !said.includes(w) && text.toLowerCase().includes(w));
    const at = unsaid ? k.span[0] + text.toLowerCase().indexOf(unsaid) : 0;
    const around = unsaid && sentence(doc.text, [at, at + unsaid.length], 10, 60);
    const shown = {
      document: () => [h("span.two", hits(doc.label)), h("span.s2", [doc.head.place?.text, doc.head.year].filter(Boolean).join(" "))],
      task: () => [h("span.two", hits(k.label || t("lead"))), around ? h("span.s2", hits(around.head + around.fact + around.tail)) : this.options.wide ? null : h("span.s2", doc.sectionTitle(k.section))],
      lead: () => [h("span.two", units(lead)), k.units.lead.length || !lead.length ? null : h("span.s2", word("party", "responsible"))],
      support: () => [h("span.two", units([...k.units.support, ...(k.units.lead.length ? k.units.responsible : [])])), k.units.supervise.length ? h("span.s2", `${word("party", "supervise")} `, units(k.units.supervise)) : null],
      deadline: () => [h("span.two", hits(k.deadlines.map((d) => d.text).join("；"))), k.date ? h("span.s2", k.date) : null],
      every: () => [h("span.two", k.frequencies.map((d) => d.text).join("；"))],
      metrics: () => [h("span.two", k.metrics.filter((m) => !doc.isHidden(m.id) && !doc.firstNumbers.has(m.id)).map((m) => `${m.subject.join("、")} ${doing(m)}`).join("；"))],
      section: () => [h("span.two", doc.sectionTitle(k.section))],
    };
    if (doc.inside(k.section, doc.softSection)) row.classList.add("soft");
    row.append(...this.columns.map((name, i) => h(`div.c.l-${name}`, { role: "gridcell", "aria-colindex": String(i + 1), data: { label: t(`col.${name}`) } }, shown[name]())));
  }
}

const KEYS = {
  document: ({ doc }) => doc.label,
  task: ({ k }) => k.label,
  lead: ({ k }) => leads(k)[0] ?? "",
  support: ({ k }) => k.units.support[0] ?? "",
  deadline: ({ k }) => k.date ?? (k.deadlines[0] ? LATE + k.deadlines[0].text : ""),
  every: ({ k }) => k.frequencies[0]?.text ?? "",
  metrics: ({ k }) => String(k.metrics.length || ""),
  section: ({ doc, k }) => String(k.section === null ? 0 : doc.sections[k.section].span[0] + 1),
};

/** A task as text, for copying: its words behind a label each. */
export function taskText(doc, k) {
  const party = (role) => [word("party", role), k.units[role].join("、")];
  const rows = [[t("col.task"), k.label], ...["lead", "responsible", "person", "support"].map(party),
    [t("col.deadline"), k.deadlines.map((d) => d.text).join("；")], [t("col.every"), k.frequencies.map((d) => d.text).join("；")]];
  return rows.filter(([, v]) => v).map(([name, v]) => `${name}：${harmless(v)}`).join("\n");
}
