// The card that spells out what is selected, and the short note at the pointer.

import { h } from "./dom.js";
import { number, t, word } from "./i18n.js";
import { bar } from "./metrics.js";
import { doing, period, sectionName } from "./rows.js";

/** Kind, name and the fields of a selection, as pairs of label and text. */
export function describe(doc, kind, id) {
  const rows = [];
  const add = (label, value) => {
    if (value !== null && value !== undefined && value !== "") rows.push([t(label), String(value)]);
  };
  switch (kind) {
    case "metric": {
      const m = doc.metrics[id];
      add("subject", m.subject.join("、"));
      add("value", `${number(m.value)}${m.value_high === null ? "" : ` – ${number(m.value_high)}`}${m.unit && ` ${m.unit}`}`);
      add("dimension", word("dimension", m.dimension));
      if (m.bound !== "exact") add("bound", word("bound", m.bound));
      add("modality", word("modality", m.modality));
      add("per", m.per);
      if (m.change) add("change", [m.change.basis, m.change.kind === "from_to" ? word("change", "from_to", number(m.change.from ?? 0), number(m.change.to ?? 0)) : word("change", m.change.kind)].filter(Boolean).join(" "));
      if (m.part_of !== null && doc.metrics[m.part_of]) add("partOf", `${doc.metrics[m.part_of].subject.join("、")} ${doc.metrics[m.part_of].text}`);
      add("period", period(m.period));
      add("section", sectionName(doc, m.section));
      if (doc.corrected(id)) add("asRead", m.readSubject.join("、"));
      return { kind: word("mark", "metric"), name: doing(m), rows, extra: bar(m) || null };
    }
    case "deadline": {
      const d = doc.deadlines[id];
      add("kind", word("when", d.kind));
      add("date", d.date);
      if (d.every) add("every", word("every", d.every));
      add("section", sectionName(doc, d.section));
      return { kind: word("mark", "deadline"), name: d.text, rows };
    }
    case "reference": {
      const r = doc.references[id];
      if (r.title) add("number", r.number?.text);
      add("section", sectionName(doc, r.section));
      return { kind: word("mark", "reference"), name: r.title ? `《${r.title}》` : r.number?.text ?? "", rows };
    }
    case "diagnostic": {
      const d = doc.diagnostics[id];
      add("severity", word("severity", d.severity));
      add("message", doc.message(d));
      add("section", sectionName(doc, doc.sectionAt(d.span[0])));
      return { kind: word("mark", "diagnostic"), name: word("finding", d.code), rows };
    }
    case "responsibility": {
      const r = doc.responsibilities[id];
      rows.push([word("party", r.role), r.units.map((u) => u.name).join("、")]);
      add("manner", r.manner);
      if (r.deadline !== null) add("deadline", doc.deadlines[r.deadline]?.text);
      add("section", sectionName(doc, r.section));
      return { kind: word("mark", "responsibility"), name: doc.tasks[doc.flat.taskOf[id]]?.label ?? word("party", r.role), rows };
    }
    case "unit": {
      const list = doc.responsibilities[doc.flat.mentionList[id]];
      const row = doc.unitRow.get(doc.flat.unitOf[id]);
      add("role", word("party", list.role));
      add("task", doc.tasks[doc.flat.taskOf[list.id]]?.label);
      add("tasks", number(doc.units[row].cells.length));
      add("manner", list.manner);
      return { kind: word("mark", "unit"), name: list.units[doc.flat.mentionAt[id]].name, rows };
    }
    case "party": {
      const unit = doc.units[id];
      const roles = {};
      for (const [, lists] of unit.cells) for (const l of lists) roles[doc.responsibilities[l].role] = (roles[doc.responsibilities[l].role] ?? 0) + 1;
      add("tasks", number(unit.cells.length));
      add("role", Object.entries(roles).map(([r, n]) => `${word("party", r)} ${n}`).join("、"));
      return { kind: word("mark", "unit"), name: unit.name, rows };
    }
    case "task": {
      const task = doc.tasks[id];
      for (const r of doc.responsibilities) if (doc.flat.taskOf[r.id] === id) rows.push([word("party", r.role), r.units.map((u) => u.name).join("、")]);
      add("section", sectionName(doc, task.section));
      return { kind: t("task"), name: task.label, rows };
    }
    case "ledger": {
      const k = doc.ledger[id];
      for (const [role, names] of Object.entries(k.units)) if (names.length) rows.push([word("party", role), names.join("、")]);
      add("deadline", k.deadlines.map((x) => x.text).join("；"));
      add("every", k.frequencies.map((x) => x.text).join("；"));
      add("metrics", k.metrics.map((m) => `${m.subject.join("、")} ${doing(m)}`).join("；"));
      add("section", sectionName(doc, k.section));
      return { kind: t("task"), name: k.label, rows };
    }
    default: {
      const s = doc.sections[id];
      const role = word("role", s.role);
      add("kind", role);
      add("metrics", doc.flat.sectionMetrics[id] && number(doc.flat.sectionMetrics[id]));
      add("tasks", doc.flat.sectionTasks[id] && number(doc.flat.sectionTasks[id]));
      return { kind: t("section"), name: doc.sectionTitle(id), rows };
    }
  }
}

/**
 * The card of a selection.
 * @param {{ close: () => void, show: () => void, quote: () => void, link: () => void, correct?: () => void, hide?: () => void, report: () => void }} on
 */
export function detailCard(doc, kind, id, on) {
  const d = describe(doc, kind, id);
  const action = (name, run) => run && h("button.btn.quiet.small", { type: "button", data: { act: name }, onclick: run }, t(name));
  return [
    h("header", h("span.d-kind", d.kind), h("h2", d.name), h("button.close", { type: "button", "aria-label": t("close"), onclick: on.close }, "×")),
    d.extra ?? null,
    h("dl", d.rows.map(([label, value]) => h("div", h("dt", label), h("dd", value)))),
    h("div.d-actions", h("button.btn.quiet.small.show", { type: "button", onclick: on.show }, t("showInText")), action("quote", on.quote), action("link", on.link), action("correctSubject", on.correct), action("hideRow", on.hide), action("report", on.report)),
  ].filter(Boolean);
}

/** A few lines for the pointer. */
export function note(doc, kind, id) {
  const d = describe(doc, kind, id);
  const short = (text) => (text.length > 90 ? `${text.slice(0, 90)}…` : text);
  return [h("b", d.kind), " ", short(d.name), ...d.rows.slice(0, 4).flatMap(([label, value]) => [h("br"), h("span", `${label} `), short(value)])];
}
