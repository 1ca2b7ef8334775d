// Downloads and copies: CSV, Excel, JSON, Markdown, the clipboard. Long tables are written piece by piece.

import { breathe, h } from "./dom.js";
import { t, word } from "./i18n.js";
import { columnNames, doing, harmless, leads, period, sectionName, TABLES, tableRows } from "./rows.js";

const PIECE = 1000;

/** @param {string} table a key of `TABLES` @param {((doc: object, row: object) => boolean)|null} only */
export async function csv(docs, table, only = null) {
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  const parts = ["\ufeff", columnNames(table).map(csvCell).join(","), "\r\n"];
  let piece = [];
  for (const row of tableRows(docs, table, only)) {
    piece.push(`${row.map(csvCell).join(",")}\r\n`);
    if (piece.length === PIECE) {
      parts.push(piece.join(""));
      piece = [];
      await breathe();
    }
  }
  return new Blob([...parts, ...piece], { type: "text/csv;charset=utf-8" });
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
 * documents they are from. The writer is loaded when it is needed.
 * @param {{ table: string, rows: (doc: object, row: object) => boolean }|null} only
 */
export async function xlsx(docs, only = null) {
  const { default: write } = await import("../vendor/xlsx.js");
  const sheets = [];
  for (const table of only ? [only.table, "documents"] : SHEETS) {
    const wraps = TABLES[table].head.map((name) => WIDTHS[name] >= 30);
    const data = [columnNames(table).map((value) => ({ value, fontWeight: "bold", backgroundColor: "#F3EFE6", wrap: true }))];
    for (const row of tableRows(docs, table, table === only?.table ? only.rows : null)) {
      data.push(row.map((value, i) => (value === null || value === undefined || value === "" ? null : typeof value === "number" ? { value, type: Number, alignVertical: "top" } : { value: clip(value), type: String, alignVertical: "top", wrap: wraps[i] })));
      if (data.length % PIECE === 0) await breathe();
    }
    const columns = TABLES[table].head.map((name) => ({ width: WIDTHS[name] ?? 12 }));
    sheets.push({ data, sheet: t(`sheet.${table}`), columns, stickyRowsCount: 1 });
  }
  return write(sheets).toBlob();
}

const WIDTHS = { document: 36, sentence: 60, section: 30, task: 30, subject: 24, message: 60, title: 40, file: 30, issuer: 30, metrics: 30, doing: 20, responsible: 30, support: 30, lead: 20 };
/** A cell of Excel holds 32,767 characters. */
const clip = (text) => (text.length > 32_000 ? `${text.slice(0, 32_000)}…` : text);

/** Rows on the clipboard, as a table for Word and Excel and as text with tabs. */
export async function copyTable(docs, table, only = null, leave = ["start", "end"]) {
  const keep = TABLES[table].head.map((name) => !leave.includes(name));
  const pick = (cells) => cells.filter((_, i) => keep[i]);
  const rows = [pick(columnNames(table))];
  for (const row of tableRows(docs, table, only)) rows.push(pick(row).map((c) => c ?? ""));
  await copy(tableHtml(rows), rows.map((r) => r.map((c) => (typeof c === "number" ? String(c) : harmless(c).replace(/[\t\r\n]+/g, " "))).join("\t")).join("\n"));
  return rows.length - 1;
}

/** A table as HTML. It is made of elements and text nodes, so nothing of it is markup. */
export function tableHtml([head, ...rows]) {
  const cells = (tag) => (c) => h(tag, String(c));
  return h("table", { border: "1" }, h("thead", h("tr", head.map(cells("th")))), h("tbody", rows.map((r) => h("tr", r.map(cells("td")))))).outerHTML;
}

/** Puts HTML and the same as text on the clipboard. */
export async function copy(html, text) {
  const as = (type, data) => new Blob([data], { type });
  if (globalThis.ClipboardItem && navigator.clipboard?.write) {
    await navigator.clipboard.write([new ClipboardItem({ "text/html": as("text/html", html), "text/plain": as("text/plain", text) })]);
  } else await navigator.clipboard.writeText(text);
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
