// The outline, the time line and the list of issues: three lists over one document.

import { h, svg } from "./dom.js";
import { number, t, word } from "./i18n.js";
import { VirtualList } from "./list.js";
import { lastAtMost } from "./prepare.js";
import { sentence } from "./rows.js";

export function outlineList(host, doc, pick) {
  const list = new VirtualList(host, {
    role: "tree",
    rowRole: "treeitem",
    height: 40,
    label: t("outline"),
    draw(row, i) {
      const s = doc.sections[i];
      const [metrics, tasks] = [doc.flat.sectionMetrics[i], doc.flat.sectionTasks[i]];
      row.setAttribute("aria-level", String(s.level));
      row.classList.add("o-row", `l${Math.min(s.level, 4)}`);
      row.style.setProperty("--level", String(Math.min(s.level, 6) - 1));
      if (doc.here === i) row.classList.add("here");
      row.append(
        s.marker && h("span.o-mark", s.marker.text),
        h("span.o-head", s.heading?.text ?? firstWords(doc, s)),
        h("span.o-counts", metrics ? h("span.n.metric", { title: t("metricCount", metrics) }, number(metrics), h("span.vh", t("metrics"))) : null, tasks ? h("span.n.task", { title: t("taskCount", tasks) }, number(tasks), h("span.vh", t("tasks"))) : null),
      );
      row.title = s.heading?.text ?? "";
    },
    pick: (i) => pick("section", i),
  });
  list.show(doc.sections.length);
  return list;
}

function firstWords(doc, s) {
  const from = s.marker?.span[1] ?? s.span[0];
  return doc.text.slice(from, Math.min(s.span[1], from + 40)).trim().split(/[。；，,\n]/)[0];
}

export function timeLine(host, doc, pick) {
  const dated = [...doc.flat.dated];
  const rest = doc.deadlines.filter((d) => !d.date).map((d) => d.id);
  const order = [...dated, ...rest.sort((a, b) => rankOf(doc.deadlines[a]) - rankOf(doc.deadlines[b]) || a - b)];
  const year = (id) => doc.deadlines[id]?.date?.slice(0, 4);
  const at = new Map(order.map((id, i) => [id, i]));
  const scroll = h("div.scroll.timeline");
  host.replaceChildren(...[months(doc, dated, (i) => { list.activate(i); pick("deadline", order[i]); }), scroll].filter(Boolean));
  const group = (id) => {
    const d = doc.deadlines[id];
    return d.date ? d.date : d.kind === "recurring" ? `every.${d.every}` : d.kind;
  };
  const list = new VirtualList(scroll, {
    role: "listbox",
    rowRole: "option",
    height: 62,
    label: t("deadlines"),
    draw(row, i) {
      const d = doc.deadlines[order[i]];
      row.classList.add("t-row", d.kind);
      const starts = i === 0 || group(order[i - 1]) !== group(order[i]);
      if (starts) row.classList.add("starts");
      if (doc.inside(d.section, doc.softSection)) row.classList.add("soft");
      const newYear = i === 0 || year(order[i - 1]) !== year(order[i]);
      const when = d.date ? [h("b", d.date.slice(5)), newYear && h("span", d.date.slice(0, 4))] : [starts && h("b", d.every ? word("every", d.every) : word("when", d.kind))];
      const s = sentence(doc.text, d.span, 16, 60);
      row.append(h("div.t-when", when), h("div.t-rail", { "aria-hidden": "true" }, h("i")),
        h("div.t-what", h("b", d.text), h("p", s.head, h("mark.deadline", s.fact), s.tail)));
    },
    pick: (i) => pick("deadline", order[i]),
  });
  list.show(order.length);
  list.rowOf = (id) => at.get(id) ?? -1;
  return list;
}

const KINDS = ["by", "within", "recurring"];
const EVERY = ["day", "week", "month", "quarter", "half_year", "year"];
const rankOf = (d) => KINDS.indexOf(d.kind) * 10 + EVERY.indexOf(d.every);

/** Slots of the chart, at most: months, else years, else spans of some years. */
const SLOTS = 36;

/** Bars, one a month, a year or some years; every day lies in the slot whose label says so, whatever the range. */
export function slots(days) {
  const month = (date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  const [first, last] = [month(days[0]), month(days.at(-1))];
  let width = 1;
  let start = first;
  if (last - first >= SLOTS) {
    const years = Math.floor(last / 12) - Math.floor(first / 12) + 1;
    width = 12 * Math.ceil(years / SLOTS);
    start = Math.floor(first / 12) * 12;
  }
  const n = Math.floor((last - start) / width) + 1;
  const bars = Array.from({ length: n }, (_, i) => ({ from: start + i * width, count: 0, at: -1 }));
  days.forEach((day, i) => {
    const b = bars[Math.floor((month(day) - start) / width)];
    if (b.at < 0) b.at = i;
    b.count++;
  });
  const name = (m) => (width === 1 ? `${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, "0")}` : String(Math.floor(m / 12)));
  return { by: width === 1 ? "months" : "years", bars: bars.map((b) => ({ ...b, label: width > 12 ? `${name(b.from)}–${name(b.from + width - 1)}` : name(b.from) })) };
}

function months(doc, dated, reveal) {
  if (dated.length < 2) return null;
  const days = dated.map((id) => doc.deadlines[id].date);
  const { by, bars } = slots(days);
  const most = Math.max(...bars.map((b) => b.count));
  const wide = Math.max(bars.length, 12);
  const box = svg("svg", { viewBox: `0 0 ${wide * 12} 44`, preserveAspectRatio: "none", "aria-hidden": "true" });
  bars.forEach((b, i) => {
    if (!b.count) return;
    const tall = 4 + (b.count / most) * 38;
    const rect = svg("rect", { x: i * 12 + 3, y: 44 - tall, width: 6, height: tall, rx: 1.5 });
    const title = svg("title");
    title.textContent = `${b.label} · ${b.count}`;
    rect.append(title);
    rect.addEventListener("click", () => reveal(b.at));
    box.append(rect);
  });
  // The last label stands under the last bar, which need not be the chart's end.
  const caption = h("div.m-caption", { "aria-hidden": "true", style: { width: `${(100 * bars.length) / wide}%` } }, h("span", bars[0].label), bars.length > 1 ? h("span", bars.at(-1).label) : null);
  return h("div.months", { role: "img", "aria-label": `${t(by)}: ${bars[0].label} – ${bars.at(-1).label}` }, h("p.fine", { "aria-hidden": "true" }, t(by)), box, caption);
}

/** References and header entries: what the document rests on, and what its head says. */
export function referenceList(host, doc, pick) {
  const scroll = h("div.scroll.references");
  const entries = doc.metadata.length ? h("dl.entries", doc.metadata.map((m) => h("div", h("dt", m.label || word("entry", m.key)), h("dd", m.value)))) : null;
  host.replaceChildren(...[entries, scroll].filter(Boolean));
  const list = new VirtualList(scroll, {
    role: "listbox",
    rowRole: "option",
    height: 62,
    label: t("references"),
    draw(row, i) {
      const r = doc.references[i];
      row.classList.add("r-row");
      if (doc.inside(r.section, doc.softSection)) row.classList.add("soft");
      const s = sentence(doc.text, r.span, 16, 50);
      row.append(h("div.r-what", h("b", r.title ? `《${r.title}》` : r.number?.text ?? ""), r.title && r.number ? h("span.d-kind", r.number.text) : null, h("p", s.head, h("mark.reference", s.fact), s.tail)));
    },
    pick: (i) => pick("reference", i),
  });
  list.show(doc.references.length);
  return list;
}

export function doubtList(host, doc, pick) {
  const scroll = h("div.scroll.doubts");
  host.replaceChildren(scroll);
  const list = new VirtualList(scroll, {
    role: "listbox",
    rowRole: "option",
    height: 78,
    label: t("diagnostics"),
    draw(row, i) {
      const d = doc.diagnostics[i];
      row.classList.add("d-row", d.severity);
      const id = lastAtMost(doc.sectionStarts, d.span[0]);
      if (doc.inside(id, doc.softSection)) row.classList.add("soft");
      row.append(h(`span.d-sign.${d.severity}`, { role: "img", "aria-label": word("severity", d.severity) }, d.severity === "info" ? "i" : "!"),
        h("div.d-what", h("b", word("finding", d.code)), h("span.d-path", id < 0 ? "" : doc.sectionTitle(id)), h("p", doc.message(d))));
    },
    pick: (i) => pick("diagnostic", i),
  });
  list.show(doc.diagnostics.length);
  return list;
}
