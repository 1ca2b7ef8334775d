// What one row of a table says: the same words in the page, in its downloads and in what is copied.

import { number, t, word } from "./i18n.js";

/** Characters between the two numbers of 由80天缩短至30天, at most. */
const NEAR = 60;
/** Metrics before a change that may be its first number, at most. */
const BEFORE = 4;

/** What the number does, in few characters: `80 → 30 天 ↓`, `↑ 5% 同比`, else the number as written. */
export function doing(m) {
  const c = m.change;
  if (!c) return m.text;
  if (c.kind === "from_to" && c.from !== undefined && c.to !== undefined) {
    const sign = c.to > c.from ? " ↑" : c.to < c.from ? " ↓" : "";
    return `${number(c.from)} → ${number(c.to)}${m.unit && ` ${m.unit}`}${sign}`;
  }
  const sign = c.kind === "increase" ? "↑ " : c.kind === "decrease" ? "↓ " : "";
  return `${sign}${m.text}${c.basis ? ` ${c.basis}` : ""}`;
}

/** The metrics that are only the first number of a change, each with the change whose row says it. */
export function firstNumbers(metrics) {
  const ids = new Map();
  metrics.forEach((m, i) => {
    if (m.change?.kind !== "from_to") return;
    for (let k = i - 1; k >= Math.max(0, i - BEFORE); k--) {
      const earlier = metrics[k];
      if (m.span[0] - earlier.span[1] > NEAR) break;
      if (earlier.value === m.change.from && !ids.has(k)) {
        ids.set(k, i);
        break;
      }
    }
  });
  return ids;
}

/** The days of a number as a reader says them: 2023, 2021–2025, 2024-01 – 2024-06. */
export function period(p) {
  if (!p) return "";
  const [from, to] = [p.from, p.to];
  if (from.endsWith("-01-01") && to.endsWith("-12-31")) return from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)}–${to.slice(0, 4)}`;
  return from === to ? from : from.slice(0, 7) === to.slice(0, 7) ? from.slice(0, 7) : `${from.slice(0, 7)} – ${to.slice(0, 7)}`;
}

/** The one year that a number is of, else null. */
export function yearOf(m) {
  if (!m.period) return null;
  const year = m.period.from.slice(0, 4);
  return year === m.period.to.slice(0, 4) ? Number(year) : null;
}

/** What stands around a place: its sentence. */
export function sentence(text, [from, to], most, rest) {
  const before = text.slice(Math.max(0, from - most), from);
  const cut = Math.max(...["。", "；", "\n", "！", "？"].map((c) => before.lastIndexOf(c)));
  const head = before.slice(cut + 1).trimStart();
  const after = text.slice(to, to + rest);
  const end = after.search(/[。；\n！？]/);
  return { head: (cut < 0 && from > most && head ? "…" : "") + head, fact: text.slice(from, to), tail: end < 0 ? after + (to + rest < text.length ? "…" : "") : after.slice(0, end) };
}

/** The whole sentence of a place, on one line. */
export function wholeSentence(text, span) {
  const s = sentence(text, span, 300, 300);
  const stop = text[span[1] + s.tail.length];
  return (s.head + s.fact + s.tail).replace(/\s+/g, " ").trim() + (/[。；！？]/.test(stop ?? "") ? stop : "");
}

/** What a section is called in a table: 一/(一) 加强组织领导. */
export function sectionName(doc, id) {
  if (id === null || id === undefined || !doc.sections[id]) return "";
  const s = doc.sections[id];
  return s.heading && s.marker ? `${s.path} ${s.heading.text}` : s.path;
}

const about = (doc) => [doc.label, doc.head.place?.text, doc.head.year];
const ABOUT = ["document", "place", "document_year"];
const join = (names) => names.join("、");

/** Who leads a task: the 牵头单位, else those who answer for it. */
export const leads = (k) => (k.units.lead.length ? k.units.lead : [...k.units.responsible, ...k.units.person]);

/** The columns of every table that leaves the page: their names, and a row's cells. */
export const TABLES = {
  // The first number of a change has no row of its own, and what a reader hid has none either.
  metrics: {
    head: [...ABOUT, "subject", "doing", "text", "value", "value_high", "unit", "dimension", "bound", "modality", "per", "change", "basis", "from", "to",
      "number_year", "period_from", "period_to", "section", "sentence", "corrected", "start", "end"],
    rows: (doc) => doc.metrics.filter((m) => !doc.isHidden(m.id) && !doc.firstNumbers.has(m.id)),
    row: (doc, m) => [
      ...about(doc), join(m.subject), doing(m), m.text, m.value, m.value_high, m.unit, word("dimension", m.dimension), word("bound", m.bound), word("modality", m.modality), m.per,
      m.change && word("changeKind", m.change.kind), m.change?.basis, m.change?.from, m.change?.to, yearOf(m), m.period?.from, m.period?.to, sectionName(doc, m.section),
      wholeSentence(doc.text, m.span), doc.corrected(m.id) ? t("yes") : null, ...m.span,
    ],
  },
  tasks: {
    head: [...ABOUT, "task", "lead", "responsible", "support", "supervise", "deadline", "date", "every", "metrics", "manner", "section", "sentence", "start", "end"],
    rows: (doc) => doc.ledger,
    row: (doc, k) => [
      ...about(doc), k.label, join(leads(k)), join([...k.units.responsible, ...k.units.person]), join(k.units.support), join(k.units.supervise),
      k.deadlines.map((d) => d.text).join("；"), k.date, k.frequencies.map((d) => d.text).join("；"),
      k.metrics.map((m) => `${join(m.subject)}${doing(m)}`).join("；"), k.manner, sectionName(doc, k.section), doc.text.slice(...k.span).replace(/\s+/g, " ").trim().slice(0, 500), ...k.span,
    ],
  },
  responsibilities: {
    head: [...ABOUT, "task", "role", "units", "manner", "deadline", "section", "start", "end"],
    rows: (doc) => doc.responsibilities,
    row: (doc, r) => [
      ...about(doc), doc.tasks[doc.flat.taskOf[r.id]]?.label, word("party", r.role), join(r.units.map((u) => u.name)), r.manner,
      r.deadline === null ? null : doc.deadlines[r.deadline]?.text, sectionName(doc, r.section), ...r.span,
    ],
  },
  deadlines: {
    head: [...ABOUT, "text", "kind", "date", "every", "section", "sentence", "start", "end"],
    rows: (doc) => doc.deadlines,
    row: (doc, d) => [...about(doc), d.text, word("when", d.kind), d.date, d.every && word("every", d.every), sectionName(doc, d.section), wholeSentence(doc.text, d.span), ...d.span],
  },
  references: {
    head: [...ABOUT, "title", "number", "section", "start", "end"],
    rows: (doc) => doc.references,
    row: (doc, r) => [...about(doc), r.title, r.number?.text, sectionName(doc, r.section), ...r.span],
  },
  diagnostics: {
    head: [...ABOUT, "severity", "code", "message", "start", "end"],
    rows: (doc) => doc.diagnostics,
    row: (doc, d) => [...about(doc), word("severity", d.severity), word("finding", d.code), doc.message(d), ...d.span],
  },
  documents: {
    head: ["document", "file", "kind", "place", "year", "issuer", "signed", "chars", "metrics", "tasks", "deadlines", "diagnostics", "corrected"],
    rows: (doc) => [doc],
    row: (doc) => [doc.label, doc.name, word("kind", doc.head.kind), doc.head.place?.text, doc.head.year, doc.head.issuer?.text, doc.head.signature?.date, doc.text.length,
      doc.metrics.length, doc.ledger.length, doc.deadlines.length, doc.diagnostics.length, doc.isCorrected ? t("yes") : null],
  },
};

/** A table of several documents: a row of column names, then rows of cells. `only` keeps some rows of one document. */
export function* tableRows(docs, table, only = null) {
  const { rows, row } = TABLES[table];
  for (const doc of docs) for (const r of rows(doc)) if (!only || only(doc, r)) yield row(doc, r);
}

/** The names of a table's columns in the reader's language. */
export const columnNames = (table) => TABLES[table].head.map((name) => t(`col.${name}`));

/** Text that a spreadsheet would run as a formula, made harmless by an apostrophe; full-width signs run too (`spec/formulas.json`). */
export function harmless(text) {
  return /^(?:[\s\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]*[=+\-@＝＋－＠]|[\t\r])/u.test(text) ? `'${text}` : text;
}
