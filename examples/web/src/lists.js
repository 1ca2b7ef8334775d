// The outline, the time line and the list of issues: three lists over one document.

import { h, svg } from "./dom.js";
import { number, t, word } from "./i18n.js";
import { VirtualList } from "./list.js";
import { lastAtMost } from "./prepare.js";

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
        h("span.o-mark", s.marker?.text ?? ""),
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
  return doc.text.slice(s.marker.span[1], Math.min(s.span[1], s.marker.span[1] + 40)).trim().split(/[。；，,\n]/)[0];
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

/** Bars, one a month (a year, where the months are many). */
function months(doc, dated, reveal) {
  if (dated.length < 2) return null;
  const day = (id) => doc.deadlines[id].date;
  const index = (date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  const [first, last] = [index(day(dated[0])), index(day(dated.at(-1)))];
  const byYear = last - first > 35;
  const slot = (date) => (byYear ? Number(date.slice(0, 4)) - Math.floor(first / 12) : index(date) - first);
  const n = Math.min(60, slot(day(dated.at(-1))) + 1);
  const bars = Array.from({ length: n }, () => ({ count: 0, at: -1 }));
  dated.forEach((id, i) => {
    const b = bars[Math.min(n - 1, slot(day(id)))];
    if (b.at < 0) b.at = i;
    b.count++;
  });
  const most = Math.max(...bars.map((b) => b.count));
  const wide = Math.max(n, 12);
  const box = svg("svg", { viewBox: `0 0 ${wide * 12} 44`, preserveAspectRatio: "none", "aria-hidden": "true" });
  bars.forEach((b, i) => {
    if (!b.count) return;
    const tall = 4 + (b.count / most) * 38;
    const rect = svg("rect", { x: i * 12 + 3, y: 44 - tall, width: 6, height: tall, rx: 1.5 });
    const title = svg("title");
    title.textContent = `${byYear ? Math.floor(first / 12) + i : day(dated[b.at]).slice(0, 7)} · ${b.count}`;
    rect.append(title);
    rect.addEventListener("click", () => reveal(b.at));
    box.append(rect);
  });
  return h("div.months", { role: "img", "aria-label": `${t(byYear ? "years" : "months")}: ${day(dated[0])} – ${day(dated.at(-1))}` }, box,
    h("div.m-caption", { "aria-hidden": "true" }, h("span", day(dated[0]).slice(0, byYear ? 4 : 7)), h("span", t(byYear ? "years" : "months")), h("span", day(dated.at(-1)).slice(0, byYear ? 4 : 7))));
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
