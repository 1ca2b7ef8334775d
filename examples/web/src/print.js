// What is printed: a report on the document (title, figures, tasks, issues) and then its text.

import { h } from "./dom.js";
import { t, word } from "./i18n.js";
import { doing, leads, period, sectionName, TABLES, wholeSentence } from "./rows.js";

/** Rows of one table on paper, at most; the others are in the downloads. */
const MOST = 1500;

export function report(host, doc) {
  const { head } = doc;
  const table = (name, columns, rows, cells) => rows.length ? [h("h2", t(name)), h("table", h("thead", h("tr", columns.map((c) => h("th", t(`col.${c}`))))),
    h("tbody", rows.slice(0, MOST).map((r) => h("tr", cells(r).map((c) => h("td", c ?? "")))))), ...(rows.length > MOST ? [h("p", t("moreRows", rows.length - MOST))] : [])] : [];
  const facts = [word("kind", head.kind), head.place?.text, head.year && String(head.year), head.issuer?.text, head.signature?.date, doc.isCorrected && t("correctedByHand")];
  host.replaceChildren(
    h("h1", doc.label), h("p.facts", facts.filter(Boolean).join(" · ")),
    ...table("metrics", ["subject", "doing", "modality", "number_year", "sentence", "section"], TABLES.metrics.rows(doc),
      (m) => [m.subject.join("、"), doing(m), word("modality", m.modality), period(m.period), wholeSentence(doc.text, m.span), sectionName(doc, m.section)]).flat(),
    ...table("ledger", ["task", "lead", "support", "deadline", "every"], doc.ledger,
      (k) => [k.label, leads(k).join("、"), k.units.support.join("、"), k.deadlines.map((d) => d.text).join("；"), k.frequencies.map((d) => d.text).join("；")]).flat(),
    ...table("diagnostics", ["severity", "code", "message"], doc.diagnostics, (d) => [word("severity", d.severity), word("finding", d.code), doc.message(d)]).flat(),
    h("h2", t("source")), ...doc.text.split(/\n+/).filter((l) => l.trim()).map((l) => h("p.text", l)),
  );
}
