// Downloads: CSV, JSON and Markdown. Long tables are written piece by piece.

import { breathe } from "./dom.js";
import { t, word } from "./i18n.js";

const PIECE = 1000;

/** What a section is called in a table: 一/(一) 加强组织领导. */
export function sectionName(doc, id) {
  if (id === null || id === undefined || !doc.sections[id]) return "";
  const s = doc.sections[id];
  return s.heading ? `${s.path} ${s.heading.text}` : s.path;
}

const COLUMNS = {
  metrics: {
    head: ["document", "place", "year", "subject", "text", "value", "value_high", "unit", "dimension", "bound", "modality", "per", "change", "basis", "period_from", "period_to", "section", "start", "end"],
    row: (doc, m) => [
      ...about(doc), m.subject.join("、"), m.text, m.value, m.value_high, m.unit, m.dimension, m.bound, m.modality, m.per, m.change?.kind, m.change?.basis,
      m.period?.from, m.period?.to, sectionName(doc, m.section), ...m.span,
    ],
  },
  responsibilities: {
    head: ["document", "place", "year", "task", "role", "units", "manner", "deadline", "section", "start", "end"],
    row: (doc, r) => [
      ...about(doc), doc.tasks[doc.flat.taskOf[r.id]]?.label, r.role, r.units.map((u) => u.name).join("、"), r.manner,
      r.deadline === null ? null : doc.deadlines[r.deadline]?.text, sectionName(doc, r.section), ...r.span,
    ],
  },
  deadlines: {
    head: ["document", "place", "year", "text", "kind", "date", "every", "section", "start", "end"],
    row: (doc, d) => [...about(doc), d.text, d.kind, d.date, d.every, sectionName(doc, d.section), ...d.span],
  },
};

const about = (doc) => [doc.label, doc.head.place?.text, doc.head.year];

/** @param {"metrics"|"responsibilities"|"deadlines"} table */
export async function csv(docs, table) {
  const { head, row } = COLUMNS[table];
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  const parts = ["\ufeff", head.join(","), "\r\n"];
  for (const doc of docs) {
    await inPieces(doc[table], (rows) => parts.push(rows.map((r) => row(doc, r).map(csvCell).join(",") + "\r\n").join("")));
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

/** One cell. Text that a spreadsheet would run as a formula is quoted with an apostrophe. */
export function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^(?:[\s\u200B\uFEFF]*[=+\-@＝＋－＠]|[\t\r])/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The documents in the JSON form: one as it is, several in a list. */
export function json(docs) {
  if (docs.length === 1) return docs[0].json;
  const parts = docs.flatMap((d, i) => [i ? ",\n" : "[\n", d.json]);
  return new Blob([...parts, "\n]\n"], { type: "application/json" });
}

export async function markdown(docs) {
  const parts = [];
  for (const doc of docs) {
    const { head } = doc;
    parts.push(`# ${md(head.title?.text ?? doc.name)}\n\n`);
    const facts = [word("kind", head.kind), head.place?.text, head.year, head.issuer?.text].filter(Boolean);
    parts.push(`${facts.map((f) => md(String(f))).join(" · ")}\n`);
    if (doc.sections.length) {
      parts.push(`\n## ${t("outline")}\n\n`);
      await inPieces(doc.sections, (rows) => parts.push(rows.map((s) => {
        const name = md([s.marker?.text, s.heading?.text].filter(Boolean).join(" "));
        return `${"  ".repeat(Math.min(s.level, 8) - 1)}- ${name}\n`;
      }).join("")));
    }
    await mdTable(parts, doc.metrics, "metrics", ["subject", "value", "modality", "section"],
      (m) => [m.subject.join("、"), m.text, word("modality", m.modality), sectionName(doc, m.section)]);
    await mdTable(parts, doc.responsibilities, "responsibilities", ["task", "role", "units", "deadline"],
      (r) => [doc.tasks[doc.flat.taskOf[r.id]]?.label, word("party", r.role), r.units.map((u) => u.name).join("、"), r.deadline === null ? "" : doc.deadlines[r.deadline]?.text]);
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
  parts.push(`\n## ${t(name)}\n\n| ${head.map((c) => t(c)).join(" | ")} |\n|${" --- |".repeat(head.length)}\n`);
  await inPieces(rows, (some) => parts.push(some.map((r) => `| ${cells(r).map((c) => md(String(c ?? ""))).join(" | ")} |\n`).join("")));
}

/** Text that Markdown takes as text: nothing of it is markup, links or HTML. */
export function md(text) {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()#+\-!|~$]/g, "\\$&").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replace(/(https?|ftp)(:)/gi, "$1\\$2");
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
