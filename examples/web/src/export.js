// Downloads and copies: CSV, Excel, JSON, Markdown, the clipboard. Long tables are written piece by piece.

import { breathe } from "./dom.js";
import { t, word } from "./i18n.js";
import { columnNames, doing, harmless, leads, period, sectionName, TABLES, tableRows } from "./rows.js";

const PIECE = 500;

/** Rows in lists of at most `PIECE`. */
function* pieces(rows) {
  let piece = [];
  for (const row of rows) {
    if (piece.push(row) < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length) yield piece;
}

/** @param {string} table a key of `TABLES` @param {((doc: object, row: object) => boolean)|null} only */
export async function csv(docs, table, only = null) {
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  const parts = ["\ufeff", columnNames(table).map(csvCell).join(","), "\r\n"];
  for (const piece of pieces(tableRows(docs, table, only))) {
    parts.push(piece.map((row) => `${row.map(csvCell).join(",")}\r\n`).join(""));
    await breathe();
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

/** One cell. Text that a spreadsheet would run as a formula is quoted with an apostrophe. */
export function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = harmless(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const SHEETS = ["documents", "metrics", "tasks", "deadlines", "references", "diagnostics"];

/**
 * The documents as an Excel file, one sheet a table; numbers are numbers. With `only`, the rows of one table alone and the
 * documents they are from. The worker writes it: rows go there piece by piece.
 * @param {{ table: string, rows: (doc: object, row: object) => boolean }|null} only
 * @param {{ sheet: (sheet: object) => void, rows: (rows: unknown[][]) => void, done: () => Promise<Blob> }} book
 */
export async function xlsx(docs, only, book) {
  for (const table of only ? [only.table, "documents"] : SHEETS) {
    book.sheet({ name: t(`sheet.${table}`), head: columnNames(table), widths: TABLES[table].head.map((name) => WIDTHS[name] ?? 12) });
    for (const piece of pieces(tableRows(docs, table, table === only?.table ? only.rows : null))) {
      book.rows(piece);
      await breathe();
    }
  }
  return book.done();
}

const WIDTHS = { document: 36, sentence: 60, section: 30, task: 30, subject: 24, message: 60, title: 40, file: 30, issuer: 30, metrics: 30, doing: 20, responsible: 30, support: 30, lead: 20 };
/** Rows that are copied as a table too, at most: the browser checks its HTML in one go. Excel takes the text with tabs as well. */
const MOST = 2000;

/** Rows on the clipboard, as a table for Word and Excel and as text with tabs. */
export async function copyTable(docs, table, only = null, leave = ["start", "end"]) {
  const keep = TABLES[table].head.map((name) => !leave.includes(name));
  const pick = (cells) => cells.filter((_, i) => keep[i]).map((c) => c ?? "");
  const head = pick(columnNames(table));
  const [html, text] = [[OPEN, htmlRow(head, "th"), BODY], [tabbed([head])]];
  let count = 0;
  for (const piece of pieces(tableRows(docs, table, only))) {
    const rows = piece.map(pick);
    if (count < MOST) html.push(rows.map((r) => htmlRow(r)).join(""));
    text.push(`\n${tabbed(rows)}`);
    count += rows.length;
    await breathe();
  }
  await copy(count > MOST ? null : [...html, CLOSE], text);
  return { count, isTable: count <= MOST };
}

/** The rows of a small table on the clipboard, its head first. */
export async function copyCells([head, ...rows]) {
  await copy([OPEN, htmlRow(head, "th"), BODY, ...rows.map((r) => htmlRow(r)), CLOSE], [tabbed([head, ...rows])]);
  return { count: rows.length, isTable: true };
}

const [OPEN, BODY, CLOSE] = ['<table border="1"><thead>', "</thead><tbody>", "</tbody></table>"];
const cell = (value) => (typeof value === "number" ? String(value) : harmless(value));
const tabbed = (rows) => rows.map((r) => r.map((c) => cell(c).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
/** A row in HTML; nothing of its cells is markup. */
const htmlRow = (cells, tag = "td") => `<tr>${cells.map((c) => `<${tag}>${cell(c).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</${tag}>`).join("")}</tr>`;

/** Puts HTML, if any, and the same as text on the clipboard; each as parts that follow one another. */
export async function copy(html, text) {
  const as = (type, parts) => new Blob(parts, { type });
  if (globalThis.ClipboardItem && navigator.clipboard?.write) {
    await navigator.clipboard.write([new ClipboardItem({ ...(html && { "text/html": as("text/html", html) }), "text/plain": as("text/plain", text) })]);
  } else await navigator.clipboard.writeText(text.join(""));
}

/** The documents in the JSON form: one as it is, several in a list. Corrections stand beside what was read. */
export async function json(docs) {
  const parts = [];
  for (const doc of docs) {
    parts.push(parts.length ? ",\n" : docs.length > 1 ? "[\n" : "");
    if (!doc.isCorrected) parts.push(doc.json);
    else parts.push(JSON.stringify({ ...JSON.parse(await doc.json.text()), corrections: doc.corrections }));
  }
  if (docs.length > 1) parts.push("\n]\n");
  return new Blob(parts, { type: "application/json" });
}

export async function markdown(docs) {
  const parts = [];
  for (const doc of docs) {
    const { head } = doc;
    parts.push(`# ${md(doc.label)}\n\n`);
    const facts = [word("kind", head.kind), head.place?.text, head.year, head.issuer?.text, doc.isCorrected && t("correctedByHand")].filter(Boolean);
    parts.push(`${facts.map((f) => md(String(f))).join(" · ")}\n`);
    if (doc.sections.length) {
      parts.push(`\n## ${t("outline")}\n\n`);
      await inPieces(doc.sections, (rows) => parts.push(rows.map((s) => `${"  ".repeat(Math.min(s.level, 8) - 1)}- ${md(doc.sectionTitle(s.id))}\n`).join("")));
    }
    await mdTable(parts, TABLES.metrics.rows(doc), "metrics", ["subject", "doing", "modality", "number_year", "section"],
      (m) => [m.subject.join("、"), doing(m), word("modality", m.modality), period(m.period), sectionName(doc, m.section)]);
    await mdTable(parts, doc.ledger, "ledger", ["task", "lead", "support", "deadline"],
      (k) => [k.label, leads(k).join("、"), k.units.support.join("、"), [...k.deadlines, ...k.frequencies].map((d) => d.text).join("；")]);
    await mdTable(parts, doc.deadlines, "deadlines", ["text", "kind", "date", "section"],
      (d) => [d.text, word("when", d.kind), d.date, sectionName(doc, d.section)]);
    await mdTable(parts, doc.diagnostics, "diagnostics", ["severity", "code", "message"],
      (d) => [word("severity", d.severity), word("finding", d.code), doc.message(d)]);
    parts.push("\n");
  }
  return new Blob(parts, { type: "text/markdown;charset=utf-8" });
}

async function mdTable(parts, rows, name, head, cells) {
  if (!rows.length) return;
  parts.push(`\n## ${t(name)}\n\n| ${head.map((c) => t(`col.${c}`)).join(" | ")} |\n|${" --- |".repeat(head.length)}\n`);
  await inPieces(rows, (some) => parts.push(some.map((r) => `| ${cells(r).map((c) => md(String(c ?? ""))).join(" | ")} |\n`).join("")));
}

/** Text that Markdown takes as text: nothing of it is markup, links or HTML. A sign between two digits is none: 2024-06-30. */
export function md(text) {
  return text.replace(/\s+/g, " ").replace(/(?<!\d)-|-(?!\d)|[\\`*_{}[\]()#+!|~$]/g, "\\$&").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replace(/(https?|ftp)(:)/gi, "$1\\$2");
}

async function inPieces(rows, take) {
  for (let i = 0; i < rows.length; i += PIECE) {
    take(rows.slice(i, i + PIECE));
    if (i + PIECE < rows.length) await breathe();
  }
}

/** Offers a file for saving. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const a = document.createElement("a");
  a.href = url;
  a.download = name;
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A file name from a document's name. */
export function fileName(doc, ending) {
  const base = doc.label.replace(/\.[a-z]{2,5}$/i, "").replace(/[\u0000-\u001f\u007f\\/:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, " ").trim().slice(0, 60);
  return `${base || "gongwen"}${ending}`;
}
