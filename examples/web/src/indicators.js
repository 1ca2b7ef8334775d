// 指标: the comparable indicators of the documents. Names by group down, places and years across; one document as a fact sheet.
// Every cell leads to its sentence; what is not mentioned stays a gap.

import { breathe, h } from "./dom.js";
import { lang, number, t, word } from "./i18n.js";
import { line } from "./compare.js";
import { period, wholeSentence, yearOf } from "./rows.js";

/** What a value may count as: a thousand-million stands in 亿 where Chinese is read. */
const SHORT = [[1e8, "亿"], [1e4, "万"]];

/** Before a value that is no exact one; of a value below zero the other way round: 下降不超过5% is at least −5 %. */
const SIGNS = { about: ["≈", "≈"], over: [">", "<"], at_least: ["≥", "≤"], under: ["<", ">"], at_most: ["≤", "≥"] };

/** A row as a reader says it: its value with bound and unit, or the words in its place. */
function saying(row, doc) {
  if (row.status !== "value") return row.status === "zero" ? "0" : word("indicatorStatus", row.status);
  const bound = SIGNS[doc.metrics[row.metric]?.bound]?.[Number(row.value < 0)] ?? "";
  const grows = /_(growth|change)$/.test(row.id) && row.value > 0 ? "+" : "";
  const [by, name] = lang() === "zh" ? SHORT.find(([least]) => Math.abs(row.value) >= least) ?? [1, ""] : [1, ""];
  const unit = row.unit === "%" ? "%" : ` ${name}${row.unit}`;
  return `${bound}${grows}${number(Number((row.value / by).toPrecision(12)))}${unit}`;
}

/** Widths of the columns in em: of the names, of the others. Fixed ones need not be worked out anew with every line. */
const [NAME, CELL] = [14, 8.5];

const named = (row) => (lang() === "en" ? row.english : row.name);

/** Whether a row is a year's value of the whole jurisdiction: what a table of places and years holds. */
const isYears = (row) => row.basis === null && row.scope === "jurisdiction" && yearOf(row) !== null;

/** The indicators of all documents: one each with its rows, by domain and group. */
function collect(docs) {
  const found = new Map();
  docs.forEach((doc, d) => doc.indicators?.forEach((row) => {
    let entry = found.get(row.id);
    if (!entry) found.set(row.id, (entry = { id: row.id, row, hits: [] }));
    entry.hits.push({ d, row });
  }));
  const domains = ["law", "econ", "people", "sci", "env", "gov"];
  const order = (e) => domains.indexOf(e.row.domain);
  return [...found.values()].sort((a, b) => order(a) - order(b) || (a.row.group < b.row.group ? -1 : a.row.group > b.row.group ? 1 : 0) || (a.id < b.id ? -1 : 1));
}

export class Indicators {
  /** @param {HTMLElement} host @param {{ docs: object[], tools: Node[], pick: (doc: number, row: object) => void, copied: (rows: string[][]) => void }} options */
  constructor(host, options) {
    this.options = options;
    this.all = collect(options.docs);
    this.turn = 0;
    this.box = h("input", { type: "search", id: "indicator-filter", placeholder: t("filterIndicators"), "aria-label": t("filterLabel"), oninput: () => this.draw() });
    this.choice = h("select", { id: "indicator-docs", "aria-label": t("documents"), onchange: () => this.draw() },
      h("option", { value: "" }, t("allCompared", options.docs.length)), options.docs.map((doc, d) => h("option", { value: String(d) }, t("factSheetOf", doc.label))));
    if (options.docs.length === 1) this.choice.value = "0";
    const copyButton = h("button.btn.quiet.small", { type: "button", data: { act: "copy" }, onclick: () => options.copied([this.head, ...this.lines.flatMap(({ cells }) => cells)]) }, t("copyTable"));
    this.body = h("div.scroll.compare.indicators", { tabIndex: 0, role: "region", "aria-label": t("indicators") });
    host.replaceChildren(h("div.tools", this.box, h("div.tools-row", ...options.tools, this.choice, copyButton)), this.body);
    this.draw();
  }

  destroy() {
    this.turn++;
  }

  /** Draws line by line: what is seen, and more of it when it is scrolled to. */
  async draw() {
    const turn = ++this.turn;
    const one = this.choice.value === "" ? null : Number(this.choice.value);
    const words = this.box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = this.all.filter(({ row }) => words.every((w) => `${row.name} ${row.english} ${row.groupName} ${row.groupEnglish}`.toLowerCase().includes(w)));
    const head = one === null ? this.columns(fitting) : this.sheetHead();
    this.lines = fitting.map((entry) => ({ entry, ...(one === null ? this.compared(entry) : this.sheet(entry, one)) })).filter(({ cells }) => cells.length);
    if (!this.lines.length) return this.body.replaceChildren(h("p.nothing", t(words.length ? "noMatch" : "noIndicators")));
    this.chart = h("div.indicator-chart", { role: "status" });
    const rows = h("tbody");
    this.body.replaceChildren(this.chart, h("div.table", h("table", { style: { width: `${NAME + CELL * (this.head.length - 1)}em` } }, h("thead", head), rows), one === null && this.silent.length ? h("p.fine.silent", t("silent", this.silent.join("、"))) : null, h("p.fine", t("compareNote"))));
    let group = "";
    let drawn = 0;
    for (const { entry, draw } of this.lines) {
      const now = `${entry.row.domain}.${entry.row.group}`;
      if (now !== group) {
        rows.append(h("tr.group", h("th", { scope: "colgroup", colSpan: this.head.length }, `${word("domain", entry.row.domain)} · ${lang() === "en" ? entry.row.groupEnglish : entry.row.groupName}`)));
        group = now;
      }
      rows.append(...draw());
      drawn += this.head.length;
      if (drawn < 400) continue;
      drawn = 0;
      await breathe();
      while (turn === this.turn && this.body.scrollHeight - this.body.scrollTop > 4 * this.body.clientHeight) await new Promise((done) => this.body.addEventListener("scroll", done, { once: true }));
      if (turn !== this.turn) return;
    }
  }

  /** The columns of the comparison: places, with the years of their numbers. */
  columns(entries) {
    const { docs } = this.options;
    const places = new Map();
    docs.forEach((doc) => places.set(doc.head.place?.text ?? doc.label, new Set()));
    for (const { hits } of entries) for (const { d, row } of hits) if (isYears(row)) places.get(docs[d].head.place?.text ?? docs[d].label).add(yearOf(row));
    this.silent = [...places.keys()].filter((place) => !places.get(place).size);
    this.at = [...places].flatMap(([place, years]) => [...years].sort((a, b) => a - b).map((year) => ({ place, year })));
    this.head = [t("indicator"), ...this.at.map(({ place, year }) => `${place} ${year}`)];
    return h("tr", h("th", { scope: "col" }, t("indicator")), this.at.map(({ place, year }) => h("th", { scope: "col" }, h("span", place), h("br"), String(year))));
  }

  /** An indicator's line of the comparison; none where no document has a year's value of it. */
  compared(entry) {
    const { docs } = this.options;
    const cells = new Map();
    for (const hit of entry.hits) {
      if (!isYears(hit.row)) continue;
      const key = `${docs[hit.d].head.place?.text ?? docs[hit.d].label} ${yearOf(hit.row)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(hit);
    }
    if (!cells.size) return { cells: [] };
    // Of several the first of each kind: what was reached, what was aimed at.
    const first = (hits, modality) => hits.find(({ row }) => row.modality === modality && row.status !== "all") ?? hits.find(({ row }) => row.modality === modality);
    const kinds = [...new Set(entry.hits.map(({ row }) => row.modality))].sort();
    const shown = this.at.map(({ place, year }) => kinds.map((kind) => first(cells.get(`${place} ${year}`) ?? [], kind)).filter(Boolean));
    const name = () => h("button.cell.name", { type: "button", title: t("showChart"), onclick: () => this.draws(entry) }, named(entry.row));
    return {
      cells: [[named(entry.row), ...shown.map((hits) => hits.map((hit) => this.told(hit)).join("；"))]],
      draw: () => [h("tr", h("th", { scope: "row" }, name()), shown.map((hits) => (hits.length ? h("td", hits.map((hit) => this.cell(hit))) : this.gap())))],
    };
  }

  /** A cell as text. */
  told({ d, row }) {
    return `${saying(row, this.options.docs[d])}${row.modality === "target" ? `（${word("modality", "target")}）` : ""}`;
  }

  cell({ d, row }) {
    const aim = row.modality === "target";
    return h(`button.cell${aim ? ".aim" : ""}`, { type: "button", title: wholeSentence(this.options.docs[d].text, row.span), onclick: () => this.options.pick(d, row) },
      saying(row, this.options.docs[d]), aim ? h("em.tag", word("modality", "target")) : null);
  }

  gap() {
    return h("td.gap", { "aria-label": t("gap") }, "—");
  }

  /** One document's indicators: its rows, each with its value, its years and how it is meant. */
  sheetHead() {
    this.head = [t("indicator"), t("value"), t("ofYears"), t("meant")];
    return h("tr", this.head.map((name) => h("th", { scope: "col" }, name)));
  }

  sheet(entry, one) {
    const hits = entry.hits.filter(({ d }) => d === one);
    const meant = ({ row }) => [row.basis && word("basis", row.basis), row.scope !== "jurisdiction" && word("indicatorScope", row.scope)].filter(Boolean).join(" · ");
    return {
      cells: hits.map((hit) => [named(entry.row), this.told(hit), period(hit.row.period), meant(hit)]),
      draw: () => hits.map((hit) => h("tr", h("th", { scope: "row" }, named(entry.row)), h("td", this.cell(hit)), h("td", period(hit.row.period)), h("td", meant(hit)))),
    };
  }

  /** A small chart of an indicator over places and years. */
  draws(entry) {
    const { docs } = this.options;
    const rows = new Map();
    for (const { d, row } of entry.hits) {
      if (!isYears(row) || row.value === null) continue;
      const name = docs[d].head.place?.text ?? docs[d].label;
      if (!rows.has(name)) rows.set(name, { name, cells: new Map() });
      const { cells } = rows.get(name);
      const m = { value: row.value, modality: row.modality, text: saying(row, docs[d]), change: null };
      // A target beside what was reached: both are points.
      cells.set(yearOf(row), [...(cells.get(yearOf(row)) ?? []), { d, m }].sort((a, b) => (a.m.modality < b.m.modality ? -1 : 1)).slice(0, 2));
    }
    const years = [...new Set([...rows.values()].flatMap((r) => [...r.cells.keys()]))].sort((a, b) => a - b);
    const chart = line([...rows.values()], years, { name: named(entry.row) }, 2);
    this.chart.replaceChildren(h("h2", named(entry.row)), chart ?? h("p.fine", t("noChart")));
    this.body.scrollTo({ top: 0 });
  }
}

/** The choice between the indicators and the subjects as they are written. */
export function kindChoice(on, choose) {
  return h("div.seg", { role: "group", "aria-label": t("compareBy") }, ["indicators", "subjects"].map((kind) => h("button.chip-button", { type: "button", id: `by-${kind}`, "aria-pressed": String(kind === on), onclick: () => choose(kind) }, t(`by.${kind}`))));
}
