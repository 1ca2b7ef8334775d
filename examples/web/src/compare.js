// 对比: what is counted, laid side by side by place and year. Every cell leads to its sentence; what is missing stays a gap.

import { breathe, h, svg } from "./dom.js";
import { t, word } from "./i18n.js";
import { doing, TABLES, wholeSentence, yearOf } from "./rows.js";

const SUBJECTS = 4000;
/** Metrics that are looked at before the browser is let draw and answer. */
const SLICE = 1500;
/** Rows of gaps alone that the table shows. */
const GAPS = 5;

/** What is counted, without the words that only some reports write before it. */
const bare = (subject) => subject.normalize("NFKC").replace(/^(全[市县区省州]|本[市县区省]|我[市县区省]|新增|累计|共|其中)+/, "").replace(/["'“”‘’\s]/g, "");

/** Every subject of the documents with its dimension: how many documents have it, and where. */
async function subjects(docs) {
  const found = new Map();
  let seen = 0;
  for (const [d, doc] of docs.entries()) {
    for (const m of TABLES.metrics.rows(doc)) {
      if (++seen % SLICE === 0) await breathe();
      for (const subject of m.subject) {
        const name = bare(subject);
        if (name.length < 2) continue;
        const key = `${name}\u0000${m.dimension}`;
        let entry = found.get(key);
        if (!entry) found.set(key, (entry = { key, name, dimension: m.dimension, docs: new Set(), hits: [] }));
        entry.docs.add(d);
        entry.hits.push({ d, m });
      }
    }
  }
  return [...found.values()].sort((a, b) => b.docs.size - a.docs.size || (b.dimension === "percent") - (a.dimension === "percent") || b.name.length - a.name.length || (a.name < b.name ? -1 : 1)).slice(0, SUBJECTS);
}

export class Compare {
  /** @param {HTMLElement} host @param {{ docs: object[], tools?: Node[], subject?: string, pick: (doc: number, id: number) => void, copied: (rows: string[][]) => void, chosen: (key: string) => void }} options */
  constructor(host, options) {
    this.options = options;
    this.all = [];
    this.box = h("input", { type: "search", id: "compare-subject", list: "compare-subjects", placeholder: t("compareHint"), "aria-label": t("subject"), autocomplete: "off", onchange: () => this.find(), oninput: () => this.offer() });
    this.names = h("datalist", { id: "compare-subjects" });
    this.chips = h("div.subjects");
    this.body = h("div.scroll.compare", { tabIndex: 0, role: "region", "aria-label": t("compare") });
    const copyButton = h("button.btn.quiet.small.compare-copy", { type: "button", onclick: () => options.copied(this.table()) }, t("copyTable"));
    host.replaceChildren(h("div.tools", this.box, this.names, h("div.tools-row", ...(options.tools ?? []), this.chips, copyButton)), this.body);
    this.ready = this.start();
  }

  async start() {
    const { options } = this;
    this.all = await subjects(options.docs);
    if (this.gone) return;
    this.offer();
    const first = this.all.find((s) => s.key === options.subject) ?? this.all[0];
    if (first) this.show(first);
    else this.body.replaceChildren(h("p.nothing", t("noMetrics")));
  }

  destroy() {
    this.gone = true;
  }

  /** The subjects that hold what is written; the commonest ones as buttons. */
  offer() {
    const text = bare(this.box.value);
    const fitting = this.all.filter((s) => s.name.includes(text));
    this.names.replaceChildren(...fitting.slice(0, 60).map((s) => h("option", { value: s.name }, word("dimension", s.dimension))));
    this.chips.replaceChildren(...fitting.slice(0, 8).map((s) => h("button.chip-button", { type: "button", "aria-pressed": String(s === this.subject), onclick: () => this.show(s) },
      s.name, fitting.some((o) => o !== s && o.name === s.name) ? h("span.d-kind", word("dimension", s.dimension)) : null, h("span.n", String(s.docs.size)))));
    return fitting;
  }

  async find() {
    await this.ready;
    const text = bare(this.box.value);
    const fitting = this.offer();
    const best = fitting.find((s) => s.name === text) ?? fitting[0];
    if (best) this.show(best);
  }

  show(subject) {
    this.subject = subject;
    this.options.chosen(subject.key);
    this.offer();
    const { rows, years } = this.grid();
    const chart = line(rows, years, subject);
    const gap = () => h("td.gap", "—", h("span.vh", t("gap")));
    const cell = (hits) => (hits?.length ? h("td", hits.map(({ d, m }) => h(`button.cell${m.modality === "target" ? ".aim" : ""}`, { type: "button", title: wholeSentence(this.options.docs[d].text, m.span), onclick: () => this.options.pick(d, m.id) },
      doing(m), m.modality === "target" ? h("em.tag", word("modality", "target")) : null))) : gap());
    // Places that say nothing of it are gaps; many of them are named in a line.
    const silent = rows.filter((r) => !r.cells.size);
    const shown = silent.length > GAPS ? rows.filter((r) => r.cells.size) : rows;
    this.body.replaceChildren(
      h("h2", subject.name, h("span.d-kind", word("dimension", subject.dimension))),
      ...(chart ? [chart] : []),
      h("div.table", h("table", h("thead", h("tr", h("th", { scope: "col" }, t("place")), years.map((y) => h("th", { scope: "col" }, y === null ? t("noYear") : String(y))))),
        h("tbody", shown.map((r) => h("tr", h("th", { scope: "row" }, r.name), years.map((y) => cell(r.cells.get(y))))))),
        shown === rows ? null : h("p.fine.silent", t("silent", silent.map((r) => r.name).join("、"))),
        h("p.fine", t("compareNote"))));
  }

  /** Places down, the years of the numbers across. */
  grid() {
    const { docs } = this.options;
    const rows = new Map();
    // Every document has its row, also the one that does not speak of it: that is a gap and no zero.
    for (const doc of docs) {
      const name = doc.head.place?.text ?? doc.label;
      if (!rows.has(name)) rows.set(name, { name, cells: new Map() });
    }
    const years = new Set();
    for (const hit of this.subject.hits) {
      const doc = docs[hit.d];
      const row = rows.get(doc.head.place?.text ?? doc.label);
      const year = yearOf(hit.m) ?? (hit.m.period ? null : doc.head.year);
      years.add(year);
      if (!row.cells.has(year)) row.cells.set(year, []);
      row.cells.get(year).push(hit);
    }
    // What was reached goes before what was aimed at: the chart has room for one of a year.
    for (const { cells } of rows.values()) for (const hits of cells.values()) hits.sort((a, b) => (a.m.modality === "target") - (b.m.modality === "target"));
    return { rows: [...rows.values()].sort((a, b) => (b.cells.size > 0) - (a.cells.size > 0)), years: [...years].sort((a, b) => (a ?? 9999) - (b ?? 9999)) };
  }

  table() {
    const { rows, years } = this.grid();
    return [[this.subject.name, ...years.map((y) => (y === null ? t("noYear") : String(y)))],
      ...rows.map((r) => [r.name, ...years.map((y) => (r.cells.get(y) ?? []).map(({ m }) => `${doing(m)}${m.modality === "target" ? `（${word("modality", "target")}）` : ""}`).join("；"))])];
  }
}

/** A small chart: a line a place where there are years, dots for targets; of a year at most so many points. */
export function line(rows, years, subject, most = 1) {
  const known = years.filter((y) => y !== null);
  const level = (m) => !m.change || m.change.kind === "from_to";
  const points = rows.map((r) => ({ name: r.name, at: known.flatMap((y) => (r.cells.get(y) ?? []).filter(({ m }) => level(m)).slice(0, most).map(({ m }) => ({ y, v: m.value, aim: m.modality === "target", text: m.text }))) })).filter((r) => r.at.length);
  const all = points.flatMap((p) => p.at);
  // A chart says something where a place has several years, or where there are several places.
  if (!points.some((p) => p.at.length > 1) && points.length < 3) return null;
  const [low, high] = [Math.min(0, ...all.map((p) => p.v)), Math.max(...all.map((p) => p.v))];
  const [W, H, L, B] = [560, 180, 10, 24];
  const [from, to] = [known[0], known.at(-1)];
  const x = (y) => (known.length < 2 ? W / 2 : L + 30 + ((y - from) / (to - from)) * (W - 2 * L - 160));
  const y = (v) => 12 + (1 - (v - low) / (high - low || 1)) * (H - B - 20);
  const box = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `${subject.name}：${all.map((p) => p.text).join("、")}` });
  // Years that would stand in each other's way are left out; the last one is there.
  const named = known.toReversed().reduce((list, year) => (list.length && x(list.at(-1)) - x(year) < 34 ? list : [...list, year]), []);
  for (const year of named) {
    const label = svg("text", { x: x(year), y: H - 6, "text-anchor": "middle", class: "axis" });
    label.textContent = year;
    box.append(label);
  }
  box.append(svg("line", { x1: L, x2: W - L, y1: y(low), y2: y(low), class: "base" }));
  const ends = [];
  points.slice(0, 12).forEach((p, i) => {
    const steps = p.at.filter((q) => !q.aim);
    if (steps.length > 1) box.append(svg("polyline", { points: steps.map((q) => `${x(q.y)},${y(q.v)}`).join(" "), class: `l l${i % 6}` }));
    for (const q of p.at) {
      const dot = svg("circle", { cx: x(q.y), cy: y(q.v), r: 4, class: `p l${i % 6}${q.aim ? " aim" : ""}` });
      const title = svg("title");
      title.textContent = `${p.name} ${q.y} ${q.text}`;
      dot.append(title);
      box.append(dot);
    }
    const last = p.at.at(-1);
    // The name stands at its point, or at the nearest free height.
    const heights = Array.from({ length: 24 }, (_, n) => y(last.v) + 4 + (n % 2 ? 1 : -1) * Math.ceil(n / 2) * 13);
    const at = heights.find((at) => at > 10 && at < H - B + 5 && !ends.some((e) => Math.abs(e - at) < 13));
    if (at === undefined) return;
    ends.push(at);
    const name = svg("text", { x: x(last.y) + 9, y: at, class: `name l${i % 6}` });
    name.textContent = `${p.name} ${last.text}`;
    box.append(name);
  });
  return h("figure.chart", box);
}
