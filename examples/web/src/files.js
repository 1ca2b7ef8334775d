// The documents as a list: what each is, what was found in it; those that could not be read first, with the reason.

import { h } from "./dom.js";
import { number, t, word } from "./i18n.js";

const RANK = { failed: 0, waiting: 1, reading: 1, ready: 2 };

/** What each column holds, of a document that was read. */
const COLUMNS = {
  document: (doc) => doc.label, kind: (doc) => word("kind", doc.head.kind), place: (doc) => doc.head.place?.text, year: (doc) => doc.head.year,
  metrics: (doc) => doc.metrics.length, tasks: (doc) => doc.ledger.length, deadlines: (doc) => doc.deadlines.length, diagnostics: (doc) => doc.diagnostics.length,
};
const COUNTS = ["metrics", "tasks", "deadlines", "diagnostics"];

/**
 * @param {HTMLElement} host @param {object[]} docs
 * @param {{ sort: { by: string, down: boolean }|null, sorted: (sort: object) => void, open: (doc: object) => void, remove: (doc: object) => void, removeAll: () => void, reason: (error: object) => string }} on
 */
export function fileTable(host, docs, on) {
  const { compare } = new Intl.Collator("zh-CN", { numeric: true });
  const { by, down } = on.sort ?? {};
  const key = (doc) => (by && doc.state === "ready" ? String(COLUMNS[by](doc) ?? "") : "");
  // What failed stands first, what has no value last.
  const rows = docs.map((doc, i) => ({ doc, i, key: key(doc) })).sort((a, b) => RANK[a.doc.state] - RANK[b.doc.state] || (a.key === "") - (b.key === "") || (down ? -1 : 1) * compare(a.key, b.key) || a.i - b.i);
  const head = ["status", ...Object.keys(COLUMNS), "remove"];
  const column = (name) => {
    if (name === "remove") return h("th", { scope: "col" }, h("button.link.close-all", { type: "button", onclick: on.removeAll }, t("closeAll")));
    if (!COLUMNS[name]) return h("th", { scope: "col" }, t(`col.${name}`));
    const isOn = name === by;
    return h(`th${COUNTS.includes(name) ? ".num" : ""}${isOn ? ".on" : ""}`, { scope: "col", "aria-sort": isOn ? (down ? "descending" : "ascending") : "none" },
      h("button.sort", { type: "button", data: { sort: name }, onclick: () => on.sorted({ by: name, down: isOn && !down }) }, t(`col.${name}`), h("i", { "aria-hidden": "true" })));
  };
  const times = new Map();
  for (const { read } of docs) if (read?.hash) times.set(read.hash, (times.get(read.hash) ?? 0) + 1);
  const n = (value) => h("td.num", number(value));
  host.replaceChildren(h("div.scroll.files", { tabIndex: 0, role: "region", "aria-label": t("files") }, h("table",
    h("thead", h("tr", head.map(column))),
    h("tbody", rows.map(({ doc }) => {
      const name = h("button.link", { type: "button", onclick: () => on.open(doc) }, doc.label);
      const close = h("td", h("button.close", { type: "button", "aria-label": t("remove", doc.label), onclick: () => on.remove(doc) }, "×"));
      const status = h(`td.status.${doc.state}`, t(`state.${doc.state}`));
      if (doc.state === "failed") return h("tr.failed", status, h("td", { colSpan: 8 }, name, h("p.fine", on.reason(doc.error))), close);
      if (doc.state !== "ready") return h("tr", status, h("td", { colSpan: 8 }, name), close);
      const { head: read } = doc;
      return h("tr", status, h("td", name, doc.name === doc.label ? null : h("p.fine", doc.name), times.get(doc.read.hash) > 1 ? h("p.fine.twin", t("sameText")) : null), h("td", word("kind", read.kind)), h("td", read.place?.text ?? "—"), h("td", read.year ?? "—"),
        n(doc.metrics.length), n(doc.ledger.length), n(doc.deadlines.length), n(doc.diagnostics.length), close);
    })))));
  return { destroy() {} };
}
