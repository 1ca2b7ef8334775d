// A list of any length with rows of one height: only what is in view exists.
//
// The scrolling element is the one tab stop; arrows move the active row, which the element names with
// `aria-activedescendant`.

import { framed, h } from "./dom.js";

const BEYOND = 8;
let lists = 0;

export class VirtualList {
  /**
   * @param {HTMLElement} host scrolls
   * @param {{ role: "listbox"|"grid"|"tree", rowRole: string, height: number, label: string,
   *   header?: HTMLElement, draw: (row: HTMLElement, index: number) => void, pick: (index: number) => void }} options
   */
  constructor(host, options) {
    this.host = host;
    this.options = options;
    this.id = `v${++lists}`;
    this.count = 0;
    this.active = -1;
    this.rows = new Map();
    host.replaceChildren();
    host.tabIndex = 0;
    host.setAttribute("role", options.role);
    host.setAttribute("aria-label", options.label);
    host.removeAttribute("aria-activedescendant");
    if (options.header) host.append(h("div.v-head", { role: "rowgroup" }, options.header));
    this.space = h("div.v-space", { role: options.role === "grid" ? "rowgroup" : "none" });
    host.append(this.space);
    this.update = framed(() => this.draw());
    this.stop = new AbortController();
    const { signal } = this.stop;
    host.addEventListener("scroll", this.update, { passive: true, signal });
    host.addEventListener("keydown", (e) => this.key(e), { signal });
    this.space.addEventListener("click", (e) => {
      const row = e.target.closest("[data-i]");
      if (row) this.pick(Number(row.dataset.i));
    }, { signal });
    this.sizes = new ResizeObserver(this.update);
    this.sizes.observe(host);
  }

  destroy() {
    this.stop.abort();
    this.sizes.disconnect();
  }

  /** Sets the number of rows and draws them anew. */
  show(count) {
    this.count = count;
    this.space.style.height = `${count * this.options.height}px`;
    if (this.options.role === "grid") this.host.setAttribute("aria-rowcount", String(count + (this.options.header ? 1 : 0)));
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    if (this.active >= count) this.active = -1;
    this.draw();
  }

  /** Draws the rows in view anew. */
  refresh() {
    this.show(this.count);
  }

  /** Makes a row the active one and, unless it is in view, scrolls to it. */
  activate(index, { scroll = true } = {}) {
    const before = this.rows.get(this.active);
    before?.classList.remove("active");
    before?.setAttribute("aria-selected", "false");
    this.active = index;
    if (index < 0) {
      this.host.removeAttribute("aria-activedescendant");
      return;
    }
    if (scroll) this.reveal(index);
    this.draw();
    const row = this.rows.get(index);
    row?.classList.add("active");
    row?.setAttribute("aria-selected", "true");
  }

  reveal(index) {
    const { height } = this.options;
    const head = this.space.offsetTop;
    const top = index * height;
    const room = this.host.clientHeight - head;
    if (room <= 0) return;
    if (top < this.host.scrollTop || top + height > this.host.scrollTop + room) {
      this.host.scrollTop = Math.max(0, top - Math.max(0, (room - height) / 3));
    }
  }

  draw() {
    const { height, draw, rowRole } = this.options;
    const top = this.host.scrollTop;
    const from = Math.max(0, Math.floor(top / height) - BEYOND);
    const to = Math.min(this.count, Math.ceil((top + this.host.clientHeight) / height) + BEYOND);
    for (const [i, row] of this.rows) {
      if (i < from || i >= to) {
        row.remove();
        this.rows.delete(i);
      }
    }
    let previous = null;
    for (let i = from; i < to; i++) {
      let row = this.rows.get(i);
      if (!row) {
        row = h("div.v-row", { role: rowRole, id: `${this.id}-${i}`, data: { i } });
        row.style.top = `${i * height}px`;
        row.style.height = `${height}px`;
        row.setAttribute("aria-selected", String(i === this.active));
        if (i === this.active) row.classList.add("active");
        if (this.options.role === "grid") row.setAttribute("aria-rowindex", String(i + 1 + (this.options.header ? 1 : 0)));
        else {
          row.setAttribute("aria-posinset", String(i + 1));
          row.setAttribute("aria-setsize", String(this.count));
        }
        draw(row, i);
        this.rows.set(i, row);
        if (previous) previous.after(row);
        else this.space.prepend(row);
      }
      previous = row;
    }
    if (this.rows.has(this.active)) this.host.setAttribute("aria-activedescendant", `${this.id}-${this.active}`);
    else this.host.removeAttribute("aria-activedescendant");
  }

  pick(index) {
    this.activate(index, { scroll: false });
    this.options.pick(index);
  }

  key(event) {
    if (event.target !== this.host || event.altKey || event.ctrlKey || event.metaKey || !this.count) return;
    const page = Math.max(1, Math.floor(this.host.clientHeight / this.options.height) - 1);
    const last = this.count - 1;
    const at = this.active;
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const index = Math.min(last, Math.max(0, to));
      this.activate(index);
      this.options.pick(index);
    } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      event.preventDefault();
      this.options.pick(at);
    }
  }
}
