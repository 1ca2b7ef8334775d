// One document as the page holds it: its tables, and questions about places and sections.

import { lang, t } from "./i18n.js";
import { lastAtMost } from "./prepare.js";

const TABLES = ["sections", "metrics", "responsibilities", "deadlines", "references", "diagnostics", "metadata", "tasks", "units"];

export class Doc {
  constructor(job, name, origin) {
    this.job = job;
    this.name = name;
    this.origin = origin;
    this.state = "waiting";
    this.label = name;
    this.softSection = null;
    this.here = -1;
    for (const table of TABLES) this[table] = [];
  }

  /** The name that people know it by, for lists. */
  named(head) {
    this.head = head;
    this.label = head.title?.text || this.name;
  }

  finish(flat, json) {
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
    this.state = "ready";
  }

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

  /** What belongs to a selection: its keys in the text, a first place, a section, and the tab that shows it. */
  resolve(kind, id) {
    const found = (row, tab) => row && { keys: [`${kind}.${id}`], span: row.span, section: row.section ?? null, tab };
    switch (kind) {
      case "heading":
      case "section": {
        const s = this.sections[id];
        return s && { keys: [`heading.${id}`], span: (s.marker ?? s.heading).span, section: id, tab: null };
      }
      case "metric": return found(this.metrics[id], "metrics");
      case "deadline": return found(this.deadlines[id], "deadlines");
      case "reference": return found(this.references[id], null);
      case "diagnostic": {
        const d = this.diagnostics[id];
        return d && { keys: [`diagnostic.${id}`], span: d.span, section: this.sectionAt(d.span[0]), tab: "diagnostics" };
      }
      case "responsibility": return this.lists([this.responsibilities[id]], `responsibility.${id}`);
      case "task": {
        const task = this.tasks[id];
        return task && this.lists(this.responsibilities.filter((r) => this.flat.taskOf[r.id] === id), `task.${id}`, task.section);
      }
      case "unit": {
        if (id >= this.flat.unitOf.length) return null;
        const row = this.unitRow.get(this.flat.unitOf[id]);
        const list = this.responsibilities[this.flat.mentionList[id]];
        return { ...this.party(row), span: list.units[this.flat.mentionAt[id]].span, section: list.section, matrix: [`responsibility.${list.id}`, `unit.${row}`] };
      }
      case "party": return this.units[id] && this.party(id);
      default: return null;
    }
  }

  party(row) {
    const { mentions } = this.units[row];
    const first = this.responsibilities[this.flat.mentionList[mentions[0]]];
    return { keys: mentions.map((m) => `unit.${m}`), span: first.units[this.flat.mentionAt[mentions[0]]].span, section: first.section, tab: "matrix", matrix: [`unit.${row}`], row };
  }

  lists(lists, key, section = lists[0]?.section ?? null) {
    if (!lists[0]) return null;
    return { keys: lists.map((r) => `responsibility.${r.id}`), span: lists[0].span, section, tab: "matrix", matrix: [key] };
  }

  sectionTitle(id) {
    if (id === null || id === undefined) return t("lead");
    const s = this.sections[id];
    if (!s.marker) return s.heading.text;
    const gap = /[、.．)）:：]$/.test(s.marker.text) ? "" : " ";
    return s.heading ? `${s.marker.text}${gap}${s.heading.text}` : s.path;
  }
}
