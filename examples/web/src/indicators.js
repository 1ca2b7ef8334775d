// 指标: the comparable indicators of the documents. Names by group down, places and years across; one document as a fact sheet.
// Every cell leads to its sentence; what is not mentioned stays a gap.

import { breathe, h } from "./dom.js";
import { lang, number, t, word } from "./i18n.js";
import { line } from "./compare.js";
import { period, wholeSentence, yearOf } from "./rows.js";

/** What a value may count as: a thousand-million stands in 亿 where Chinese is read. */
const SHORT = [[1e8, "亿"], [1e4, "万"]];

/** A row as a reader says it: its value with the unit, or the words in its place. */
export function saying(row) {
  if (row.status !== "value") return row.status === "zero" ? "0" : word("indicatorStatus", row.status);
  const grows = /_(growth|change)$/.test(row.id) && row.value > 0 ? "+" : "";
  const [by, name] = lang() === "zh" ? SHORT.find(([least]) => Math.abs(row.value) >= least) ?? [1, ""] : [1, ""];
  const unit = row.unit === "%" ? "%" : ` ${name}${row.unit}`;
  return `${grows}${number(Number((row.value / by).toPrecision(12)))}${unit}`;
}

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
    this.choice = h("select", { id: "indicator-docs", "aria-label": t("documents"), onchange: () => this.draw() },
      h("option", { value: "" }, t("allCompared", options.docs.length)), options.docs.map((doc, d) => h("option", { value: String(d) }, t("factSheetOf", doc.label))));
    if (options.docs.length === 1) this.choice.value = "0";
    const copyButton = h("button.btn.quiet", { type: "button", data: { act: "copy" }, onclick: () => options.copied(this.table) }, t("copyTable"));
    this.body = h("div.scroll.compare.indicators", { tabIndex: 0, role: "region", "aria-label": t("indicators") });
    host.replaceChildren(h("div.tools", h("div.tools-row", ...options.tools, this.choice, copyButton)), this.body);
    this.draw();
  }

  destroy() {
    this.turn++;
  }

  /** Draws group by group, so that the page answers meanwhile. */
  async draw() {
    const turn = ++this.turn;
    const one = this.choice.value === "" ? null : Number(this.choice.value);
    this.table = [];
    this.chart = h("div.indicator-chart", { role: "status" });
    const head = one === null ? this.columns() : this.sheetHead();
    const rows = h("tbody");
    const made = h("div.table", h("table", h("thead", head), rows), h("p.fine", t("compareNote")));
    this.body.replaceChildren(this.chart, made);
    let group = "";
    let lines = 0;
    for (const entry of this.all) {
      const line = one === null ? this.compared(entry) : this.sheet(entry, one);
      if (!line.length) continue;
      const now = `${entry.row.domain}.${entry.row.group}`;
      if (now !== group) {
        rows.append(h("tr.group", h("th", { scope: "colgroup", colSpan: this.width }, `${word("domain", entry.row.domain)} · ${lang() === "en" ? entry.row.groupEnglish : entry.row.groupName}`)));
        group = now;
      }
      rows.append(...line);
      lines += line.length * this.width;
      if (lines > 400) {
        lines = 0;
        await breathe();
        if (turn !== this.turn) return;
      }
    }
    if (!rows.childElementCount) this.body.replaceChildren(h("p.nothing", t("noIndicators")));
  }

  /** The columns of the comparison: places, with the years of their numbers. */
  columns() {
    const { docs } = this.options;
    const places = new Map();
    docs.forEach((doc) => places.set(doc.head.place?.text ?? doc.label, new Set()));
    for (const { hits } of this.all) for (const { d, row } of hits) if (isYears(row)) places.get(docs[d].head.place?.text ?? docs[d].label).add(yearOf(row));
    this.at = [...places].flatMap(([place, years]) => [...years].sort((a, b) => a - b).map((year) => ({ place, year })));
    this.width = this.at.length + 1;
    this.table.push([t("indicator"), ...this.at.map(({ place, year }) => `${place} ${year}`)]);
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
    if (!cells.size) return [];
    // Of several the first of each kind: what was reached, what was aimed at.
    const first = (hits, modality) => hits.find(({ row }) => row.modality === modality && row.status !== "all") ?? hits.find(({ row }) => row.modality === modality);
    const kinds = [...new Set(entry.hits.map(({ row }) => row.modality))].sort();
    const shown = this.at.map(({ place, year }) => kinds.map((kind) => first(cells.get(`${place} ${year}`) ?? [], kind)).filter(Boolean));
    this.table.push([named(entry.row), ...shown.map((hits) => hits.map(({ row }) => `${saying(row)}${row.modality === "target" ? `（${word("modality", "target")}）` : ""}`).join("；"))]);
    const name = h("button.cell.name", { type: "button", title: t("showChart"), onclick: () => this.draws(entry) }, named(entry.row));
    return [h("tr", h("th", { scope: "row" }, name), shown.map((hits) => (hits.length ? h("td", hits.map((hit) => this.cell(hit))) : this.gap())))];
  }

  cell({ d, row }) {
    const aim = row.modality === "target";
    return h(`button.cell${aim ? ".aim" : ""}`, { type: "button", title: wholeSentence(this.options.docs[d].text, row.span), onclick: () => this.options.pick(d, row) },
      saying(row), aim ? h("em.tag", word("modality", "target")) : null);
  }

  gap() {
    return h("td.gap", "—", h("span.vh", t("gap")));
  }

  /** One document's indicators: its rows, each with its value, its years and how it is meant. */
  sheetHead() {
    this.width = 4;
    const names = [t("indicator"), t("value"), t("ofYears"), t("meant")];
    this.table.push(names);
    return h("tr", names.map((name) => h("th", { scope: "col" }, name)));
  }

  sheet(entry, one) {
    return entry.hits.filter(({ d }) => d === one).map((hit) => {
      const { row } = hit;
      const meant = [row.basis && word("basis", row.basis), row.scope !== "jurisdiction" && word("indicatorScope", row.scope)].filter(Boolean).join(" · ");
      this.table.push([named(row), `${saying(row)}${row.modality === "target" ? `（${word("modality", "target")}）` : ""}`, period(row.period), meant]);
      return h("tr", h("th", { scope: "row" }, named(row)), h("td", this.cell(hit)), h("td", period(row.period)), h("td", meant));
    });
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
      const m = { value: row.value, modality: row.modality, text: saying(row), change: null };
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
