// One document as the page holds it: its tables, what a reader set right in it, and questions about places and sections.

import { lang, t } from "./i18n.js";
import { lastAtMost } from "./prepare.js";
import { firstNumbers } from "./rows.js";

const ROWS = ["sections", "metrics", "responsibilities", "deadlines", "references", "diagnostics", "metadata", "tasks", "units"];
const ROLES = ["lead", "responsible", "support", "supervise", "person"];

export class Doc {
  constructor(job, name, origin, source) {
    this.job = job;
    this.name = name;
    this.origin = origin;
    /** What it was read from: `{ file }`, `{ text }` or `{ sample }`. */
    this.source = source;
    this.state = "waiting";
    this.label = name;
    this.softSection = null;
    this.here = -1;
    this.corrections = {};
    for (const table of ROWS) this[table] = [];
  }

  /** What the parser found out about the document as a whole, before anything is set right. */
  named(head) {
    this.read = head;
    this.refer();
  }

  /** Takes what a reader set right into the head and the rows. */
  refer() {
    const { title, kind, place, year } = this.corrections;
    const name = (given, read) => (given === undefined ? read : given === "" ? null : { text: given, span: read?.span ?? null });
    this.head = { ...this.read, title: name(title, this.read.title), place: name(place, this.read.place), kind: kind ?? this.read.kind, year: year === undefined ? this.read.year : year };
    this.label = this.head.title?.text || this.name;
  }

  finish(flat, json, ledger) {
    this.flat = flat;
    this.json = json;
    this.sectionStarts = this.sections.map((s) => s.span[0]);
    // Sections stand parents first: the last row of each subtree follows from the parents alone.
    this.lastInside = Int32Array.from(this.sections, (_, i) => i);
    for (let i = this.sections.length - 1; i >= 0; i--) {
      const { parent } = this.sections[i];
      if (parent !== null) this.lastInside[parent] = Math.max(this.lastInside[parent], this.lastInside[i]);
    }
    this.unitRow = new Map(this.units.map((u, row) => [u.id, row]));
    this.firstNumbers = firstNumbers(this.metrics);
    this.ledger = ledger.map((row, id) => this.task(row, id));
    this.ledgerOf = new Map(this.ledger.filter((k) => k.task !== null).map((k) => [k.task, k.id]));
    this.state = "ready";
  }

  /** A row of the ledger with its rows instead of their numbers. */
  task({ id: task, section, span, label, lists, deadlines, metrics }, id) {
    const units = Object.fromEntries(ROLES.map((role) => [role, []]));
    let manner = null;
    for (const list of lists) {
      const r = this.responsibilities[list];
      manner ??= r.manner;
      for (const u of r.units) if (!units[r.role].includes(u.name)) units[r.role].push(u.name);
    }
    const all = deadlines.map((d) => this.deadlines[d]);
    const until = all.filter((d) => d.kind !== "recurring");
    const dates = until.map((d) => d.date).filter(Boolean).sort();
    return { id, task, section, span, label, units, manner, deadlines: until, frequencies: all.filter((d) => d.kind === "recurring"), date: dates[0] ?? null, metrics: metrics.map((m) => this.metrics[m]) };
  }

  // --- what a reader set right ------------------------------------------------------------------------

  /** Whether anything was set right or hidden. */
  get isCorrected() {
    return Object.keys(this.corrections).length > 0;
  }

  isHidden(metric) {
    return !!this.corrections.hidden?.includes(metric);
  }

  corrected(metric) {
    return this.corrections.subjects?.[metric] !== undefined;
  }

  /** Sets right what `given` names; `undefined` takes a correction back. */
  correct(given) {
    const next = { ...this.corrections, ...given };
    for (const [key, value] of Object.entries(next)) if (value === undefined || (typeof value === "object" && value !== null && !Object.keys(value).length)) delete next[key];
    this.corrections = next;
    this.apply();
  }

  apply() {
    for (const m of this.metrics) {
      const set = this.corrections.subjects?.[m.id];
      if (set !== undefined && !m.readSubject) m.readSubject = m.subject;
      if (m.readSubject) m.subject = set === undefined ? m.readSubject : set.split("、").filter(Boolean);
    }
    this.refer();
  }

  // --- places and sections ----------------------------------------------------------------------------

  /** Whether a section is `within` or lies in it. */
  inside(section, within) {
    if (within === null || within === undefined || section === null) return false;
    return section >= within && section <= this.lastInside[within];
  }

  sectionAt(offset) {
    let i = lastAtMost(this.sectionStarts, offset);
    while (i >= 0 && this.sections[i].span[1] <= offset) i = this.sections[i].parent ?? -1;
    return i < 0 ? null : i;
  }

  message(finding) {
    return lang() === "zh" ? finding.message_zh || finding.message : finding.message;
  }

  /** The metrics of the row in which one stands: a change is there with its first number. */
  inRow(id) {
    const row = this.firstNumbers.get(id) ?? id;
    return [row, ...[...this.firstNumbers].filter(([, of]) => of === row).map(([first]) => first)];
  }

  /** What belongs to a selection: its keys in the text, a first place, a section, and the tab that shows it. */
  resolve(kind, id) {
    const found = (row, tab) => row && { keys: [`${kind}.${id}`], span: row.span, section: row.section ?? null, tab };
    switch (kind) {
      case "heading":
      case "section": {
        const s = this.sections[id];
        return s && { keys: [`heading.${id}`], span: (s.marker ?? s.heading ?? s).span, section: id, tab: null };
      }
      case "metric": return found(this.metrics[id], "metrics");
      case "deadline": return found(this.deadlines[id], "deadlines");
      case "reference": return found(this.references[id], "references");
      case "diagnostic": {
        const d = this.diagnostics[id];
        return d && { keys: [`diagnostic.${id}`], span: d.span, section: this.sectionAt(d.span[0]), tab: "diagnostics" };
      }
      case "responsibility": return this.lists([this.responsibilities[id]], `responsibility.${id}`);
      case "task": {
        const task = this.tasks[id];
        return task && this.lists(this.responsibilities.filter((r) => this.flat.taskOf[r.id] === id), `task.${id}`, task.section);
      }
      case "ledger": {
        const row = this.ledger[id];
        return row && { keys: row.deadlines.concat(row.frequencies).map((d) => `deadline.${d.id}`), span: row.span, section: row.section, tab: "tasks", matrix: [], row: id };
      }
      case "unit": {
        if (id >= this.flat.unitOf.length) return null;
        const row = this.unitRow.get(this.flat.unitOf[id]);
        const list = this.responsibilities[this.flat.mentionList[id]];
        return { ...this.party(row), span: list.units[this.flat.mentionAt[id]].span, section: list.section, matrix: [`responsibility.${list.id}`, `unit.${row}`], row: this.ledgerOf.get(this.flat.taskOf[list.id]) };
      }
      case "party": return this.units[id] && this.party(id);
      default: return null;
    }
  }

  party(row) {
    const { mentions } = this.units[row];
    const first = this.responsibilities[this.flat.mentionList[mentions[0]]];
    return { keys: mentions.map((m) => `unit.${m}`), span: first.units[this.flat.mentionAt[mentions[0]]].span, section: first.section, tab: "tasks", matrix: [`unit.${row}`] };
  }

  lists(lists, key, section = lists[0]?.section ?? null) {
    if (!lists[0]) return null;
    return { keys: lists.map((r) => `responsibility.${r.id}`), span: lists[0].span, section, tab: "tasks", matrix: [key], row: this.ledgerOf.get(this.flat.taskOf[lists[0].id]) };
  }

  sectionTitle(id) {
    if (id === null || id === undefined) return t("lead");
    const s = this.sections[id];
    if (!s.marker) return s.heading?.text ?? s.path;
    const gap = /[、.．)）:：]$/.test(s.marker.text) ? "" : " ";
    return s.heading ? `${s.marker.text}${gap}${s.heading.text}` : s.path;
  }

  /** The names of the sections around a place, from the outermost on. */
  headingPath(section) {
    const path = [];
    for (let id = section; id !== null && id !== undefined; id = this.sections[id].parent) path.unshift(this.sectionTitle(id));
    return path;
  }
}
