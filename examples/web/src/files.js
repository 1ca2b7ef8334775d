// The documents as a list: what each is, what was found in it; those that could not be read first, with the reason.

import { h } from "./dom.js";
import { number, t, word } from "./i18n.js";

/** @param {HTMLElement} host @param {object[]} docs @param {{ open: (doc: object) => void, remove: (doc: object) => void, reason: (error: object) => string }} on */
export function fileTable(host, docs, on) {
  const rank = { failed: 0, waiting: 1, reading: 1, ready: 2 };
  const rows = docs.map((doc, i) => ({ doc, i })).sort((a, b) => rank[a.doc.state] - rank[b.doc.state] || a.i - b.i);
  const head = ["status", "document", "kind", "place", "year", "metrics", "tasks", "deadlines", "diagnostics", "remove"];
  const times = new Map();
  for (const { read } of docs) if (read?.hash) times.set(read.hash, (times.get(read.hash) ?? 0) + 1);
  const n = (value) => h("td.num", number(value));
  host.replaceChildren(h("div.scroll.files", { tabIndex: 0, role: "region", "aria-label": t("files") }, h("table",
    h("thead", h("tr", head.map((name) => h("th", { scope: "col" }, name === "remove" ? h("span.vh", t("removeIt")) : t(`col.${name}`))))),
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
