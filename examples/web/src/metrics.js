// The table of metrics, of one document or of several: filter, sort, a bar where a rate is shown.

import { breathe, h } from "./dom.js";
import { number, t, values, word } from "./i18n.js";
import { VirtualList } from "./list.js";
import { doing, period, sectionName, sentence, TABLES, wholeSentence, yearOf } from "./rows.js";
import { marked } from "./search.js";

/** Beyond so many different texts they are ordered by code point: a collator would take too long. */
const COLLATE = 4000;
/** Beyond so many rows filtering and sorting are done in slices, with the browser free between them. */
const SLICE = 4000;

export class MetricsTable {
  /**
   * @param {HTMLElement} host
   * @param {{ docs: object[], wide?: boolean, sort?: string, pick: (doc: number, id: number) => void, sorted: (sort: string) => void,
   *   section?: () => number|null, tools?: HTMLElement[] }} options
   */
  constructor(host, options) {
    this.options = options;
    this.filter = { text: "", dimension: "", modality: "", section: false };
    const [by, way] = (options.sort ?? "order.asc").split(".");
    this.sort = { by, down: way === "desc" };
    this.rows = [];
    options.docs.forEach((doc, d) => TABLES.metrics.rows(doc).forEach((m) => this.rows.push({ d, doc, m })));
    this.columns = options.wide
      ? ["document", "place", "year", "subject", "value", "rate", "period", "dimension", "modality", "section"]
      : ["order", "subject", "value", "rate", "sentence"];
    if (!this.columns.includes(this.sort.by)) this.sort = { by: options.wide ? "document" : "order", down: false };
    this.heads = {};
    this.count = h("span.count", { role: "status" });
    this.grid = h("div.scroll.grid" + (options.wide ? ".wide-grid" : ".narrow-grid"));
    this.none = h("p.nothing", { hidden: true });
    host.replaceChildren(...(this.rows.length ? [this.tools()] : []), this.grid, this.none);
    this.list = new VirtualList(this.grid, {
      role: "grid",
      rowRole: "row",
      height: options.wide ? 58 : 76,
      label: t("metrics"),
      header: this.header(),
      draw: (row, i) => this.draw(row, this.view[i], i),
      pick: (i) => options.pick(this.view[i].d, this.view[i].m.id),
    });
    this.grid.setAttribute("aria-colcount", String(this.columns.length));
    this.apply();
  }

  destroy() {
    this.list.destroy();
  }

  tools() {
    const change = () => this.apply();
    const text = h("input", { type: "search", placeholder: t("filter"), "aria-label": t("filterLabel"), oninput: () => { this.filter.text = text.value; change(); } });
    const select = (field, set, any) => {
      const present = new Set(this.rows.map((r) => r.m[field]));
      const el = h("select", { "aria-label": t(field), onchange: () => { this.filter[field] = el.value; change(); } },
        h("option", { value: "" }, t(any)),
        values(set).filter((v) => present.has(v)).map((v) => h("option", { value: v }, word(set, v))));
      return el;
    };
    const only = this.options.section && h("input", { type: "checkbox", onchange: () => { this.filter.section = only.checked; change(); } });
    return h("div.tools", text, h("div.tools-row", select("dimension", "dimension", "anyDimension"), select("modality", "modality", "anyModality"),
      only && h("label.check", only, h("span", t("inSection"))), ...(this.options.tools ?? []), this.count));
  }

  header() {
    return h("div.head", { role: "row", "aria-rowindex": "1" }, this.columns.map((name, i) => {
      const label = name === "order" ? "#" : t(name === "sentence" ? "col.sentence" : name);
      if (name === "sentence") return h("div.c.c-sentence", { role: "columnheader", "aria-colindex": String(i + 1) }, label);
      const button = h("button", { type: "button", onclick: () => this.sortBy(name) }, label, h("i", { "aria-hidden": "true" }));
      if (name === "order") button.setAttribute("aria-label", t("order"));
      return (this.heads[name] = h(`div.c.c-${name}`, { role: "columnheader", "aria-colindex": String(i + 1) }, button));
    }));
  }

  sortBy(name) {
    const numeric = name === "value" || name === "rate";
    this.sort = this.sort.by === name ? { by: name, down: !this.sort.down } : { by: name, down: numeric };
    this.options.sorted(`${name}.${this.sort.down ? "desc" : "asc"}`);
    this.apply();
  }

  /** Filters and sorts anew; of several calls only the last one counts. */
  apply() {
    const run = (this.run = (this.run ?? 0) + 1);
    const steps = this.steps();
    if (this.rows.length <= SLICE) {
      for (;;) {
        const { done, value } = steps.next();
        if (done) return this.present(value);
      }
    }
    const go = async () => {
      for (;;) {
        const { done, value } = steps.next();
        if (this.run !== run) return;
        if (done) return this.present(value);
        await breathe();
      }
    };
    return go();
  }

  /** The rows to show, worked out step by step. */
  *steps() {
    const { text, dimension, modality, section } = this.filter;
    const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const within = section ? this.options.section?.() ?? null : null;
    const fits = (r) => (!dimension || r.m.dimension === dimension) && (!modality || r.m.modality === modality) && (within === null || r.doc.inside(r.m.section, within)) &&
      (!words.length || ((hay) => words.every((w) => hay.includes(w)))(haystack(r)));
    let view = this.rows;
    if (dimension || modality || within !== null || words.length) {
      view = [];
      for (let i = 0; i < this.rows.length; i += SLICE) {
        for (const r of this.rows.slice(i, i + SLICE)) if (fits(r)) view.push(r);
        yield;
      }
    }
    return yield* this.sorted(view);
  }

  /** Whether a metric is among those shown; for downloads of what is shown. */
  shows(doc, m) {
    this.shown ??= new Set(this.view.map((r) => r.m));
    return this.shown.has(m);
  }

  get isFiltered() {
    return !!this.view && this.view.length !== this.rows.length;
  }

  present(view) {
    this.view = view;
    this.shown = null;
    for (const [name, el] of Object.entries(this.heads)) {
      const on = name === this.sort.by;
      el.setAttribute("aria-sort", on ? (this.sort.down ? "descending" : "ascending") : "none");
      el.classList.toggle("on", on);
    }
    this.at = null;
    this.count.textContent = view.length === this.rows.length ? t("shown", number(view.length)) : t("shownOf", number(view.length), number(this.rows.length));
    this.grid.hidden = !view.length;
    this.none.hidden = !!view.length;
    this.none.textContent = this.rows.length ? t("noMatch") : t("noMetrics");
    this.list.active = -1;
    this.grid.scrollTop = 0;
    this.list.show(view.length);
    if (this.chosen) this.choose(...this.chosen);
  }

  *sorted(view) {
    const { by, down } = this.sort;
    const sign = down ? -1 : 1;
    if (by === "order") return down ? view.toReversed() : view;
    const key = KEYS[by];
    const keyed = view.map((row, i) => ({ row, i, key: key(row) }));
    yield;
    if (typeof keyed.find((k) => k.key !== null)?.key === "string") rank(keyed);
    yield;
    const order = (a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.i - b.i;
      return a.key < b.key ? -sign : a.key > b.key ? sign : a.i - b.i;
    };
    let runs = [];
    for (let i = 0; i < keyed.length; i += SLICE) {
      runs.push(keyed.slice(i, i + SLICE).sort(order));
      yield;
    }
    while (runs.length > 1) {
      const next = [];
      for (let i = 0; i < runs.length; i += 2) {
        next.push(i + 1 < runs.length ? merge(runs[i], runs[i + 1], order) : runs[i]);
        yield;
      }
      runs = next;
    }
    return (runs[0] ?? []).map((k) => k.row);
  }

  /** Shows which metric is selected; softly the ones of the selected section. */
  choose(d, id, section = null, { scroll = true } = {}) {
    this.chosen = [d, id, section, { scroll: false }];
    this.soft = section;
    if (!this.view) return; // it will be shown when the rows are there
    if (id !== null && !this.at) {
      this.at = this.options.docs.map((doc) => new Int32Array(doc.metrics.length).fill(-1));
      this.view.forEach((r, i) => (this.at[r.d][r.m.id] = i));
    }
    const at = id === null ? -1 : this.at[d][id] ?? -1;
    this.list.active = at;
    if (scroll && at >= 0) this.list.reveal(at);
    else if (scroll && section !== null && this.sort.by === "order" && !this.sort.down) {
      const first = this.view.findIndex((r) => r.doc.inside(r.m.section, section));
      if (first >= 0) this.list.reveal(first);
    }
    this.list.refresh();
  }

  draw(row, { doc, m }) {
    const subject = m.subject.join("、") || "—";
    const cell = (name, ...content) => h(`div.c.c-${name}`, { role: "gridcell", "aria-colindex": String(this.columns.indexOf(name) + 1) }, ...content);
    const target = m.modality === "target";
    if (this.soft !== null && this.soft !== undefined && doc.inside(m.section, this.soft)) row.classList.add("soft");
    const query = this.filter.text.trim().split(/\s+/);
    const s = sentence(doc.text, m.span, this.options.wide ? 24 : 14, 80);
    const line = [marked(s.head, query), h("mark.metric", marked(s.fact, query)), marked(s.tail, query)].flat();
    const fixed = doc.corrected(m.id) ? h("em.tag.fixed", t("correctedMark")) : null;
    const value = h("b", doing(m));
    const hedge = m.bound === "exact" ? null : h("em.tag.hedge", word("bound", m.bound));
    const aim = target ? h("em.tag", word("modality", "target")) : null;
    const when = period(m.period);
    if (this.options.wide) {
      row.append(cell("document", doc.label), cell("place", doc.head.place?.text ?? "—"), cell("year", doc.head.year ?? "—"), cell("subject", h("span.s1", marked(subject, query), fixed), h("span.s2", line)),
        cell("value", value, hedge), cell("rate", bar(m)), cell("period", when || "—"), cell("dimension", word("dimension", m.dimension)),
        cell("modality", aim ?? word("modality", "actual")), cell("section", sectionName(doc, m.section) || t("lead")));
    } else {
      row.append(cell("order", m.id + 1), cell("subject", h("span.s1", marked(subject, query), fixed), h("span.s2", [when, m.per, doc.sectionTitle(m.section)].filter(Boolean).join(" · "))),
        cell("value", value, h("span.tags", hedge, aim)), cell("rate", bar(m)), cell("sentence", ...line));
    }
  }
}

/** A bar for a percentage of something; a mark at its end where it goes beyond a hundred. */
export function bar(m) {
  if (m.dimension !== "percent" || m.change?.kind === "increase" || m.change?.kind === "decrease") return "";
  const share = Math.max(0, Math.min(100, m.value));
  return h(`span.bar${m.value > 100 ? ".over" : ""}${m.modality === "target" ? ".aim" : ""}`, { role: "img", "aria-label": `${number(m.value)}%` },
    h("i", { style: { width: `${share}%` } }));
}

const KEYS = {
  document: ({ doc }) => doc.label,
  place: ({ doc }) => doc.head.place?.text ?? null,
  year: ({ doc }) => doc.head.year,
  subject: ({ m }) => m.subject.join("、") || null,
  value: ({ m }) => m.value,
  period: ({ m }) => m.period?.from ?? null,
  rate: ({ m }) => (m.dimension === "percent" ? m.value : null),
  dimension: ({ m }) => word("dimension", m.dimension),
  modality: ({ m }) => word("modality", m.modality),
  section: ({ m, doc }) => (m.section === null ? -1 : doc.sections[m.section].span[0]),
};

function merge(a, b, order) {
  const out = new Array(a.length + b.length);
  for (let i = 0, k = 0, n = 0; n < out.length; n++) out[n] = k >= b.length || (i < a.length && order(a[i], b[k]) <= 0) ? a[i++] : b[k++];
  return out;
}

/** Replaces texts by their rank in the language's order. */
function rank(keyed) {
  const unique = [...new Set(keyed.map((k) => k.key).filter((k) => k !== null))];
  if (unique.length > COLLATE) return;
  const { compare } = new Intl.Collator("zh-CN", { numeric: true });
  const ranks = new Map(unique.sort(compare).map((text, i) => [text, i]));
  for (const k of keyed) if (k.key !== null) k.key = ranks.get(k.key);
}

const hays = new WeakMap();
function haystack({ doc, m }) {
  let hay = hays.get(m);
  if (hay === undefined) {
    hay = `${m.subject.join(" ")} ${doing(m)} ${m.text} ${m.value} ${m.unit} ${sectionName(doc, m.section)} ${doc.label} ${doc.head.place?.text ?? ""} ${doc.head.year ?? ""} ${yearOf(m) ?? ""} ${wholeSentence(doc.text, m.span)}`.toLowerCase();
    hays.set(m, hay);
  }
  return hay;
}
