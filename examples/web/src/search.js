// Search over the text and the facts of all documents; hits stand under their document.

import { breathe, h } from "./dom.js";
import { number, t, word } from "./i18n.js";
import { doing, sentence } from "./rows.js";

/** Hits of one document that are shown; the others are counted. */
const SHOWN = 40;

export class Search {
  /** @param {HTMLElement} host @param {{ docs: object[], query?: string, pick: (doc: number, kind: string, id: number, span: number[]) => void, asked: (query: string) => void }} options */
  constructor(host, options) {
    this.options = options;
    this.box = h("input", { type: "search", id: "search-box", placeholder: t("searchHint"), "aria-label": t("search"), value: options.query ?? "", oninput: () => this.run() });
    this.count = h("span.count", { role: "status" });
    this.body = h("div.scroll.hits", { tabIndex: 0, role: "region", "aria-label": t("hits") });
    host.replaceChildren(h("div.tools", this.box, h("div.tools-row", this.count)), this.body);
    this.run();
  }

  destroy() {
    this.turn = null;
  }

  async run() {
    const turn = (this.turn = {});
    const query = this.box.value.trim();
    this.options.asked(query);
    this.body.replaceChildren();
    this.count.textContent = "";
    if (!query) return this.body.replaceChildren(h("p.nothing", t("searchNothing")));
    let total = 0;
    for (const [d, doc] of this.options.docs.entries()) {
      const hits = [...factHits(doc, query.toLowerCase()), ...textHits(doc, query.toLowerCase())];
      if (hits.length) {
        total += hits.length;
        this.body.append(this.group(d, doc, hits, query));
      }
      this.count.textContent = t("hitCount", number(total));
      await breathe();
      if (this.turn !== turn) return;
    }
    if (!total) this.body.replaceChildren(h("p.nothing", t("noHit", query)));
  }

  group(d, doc, hits, query) {
    return h("section.group", h("h2", doc.label, h("span.n", number(hits.length))),
      h("ul", hits.slice(0, SHOWN).map((hit) => h("li", h("button.hit", { type: "button", onclick: () => this.options.pick(d, hit.kind, hit.id, hit.span) },
        h(`span.d-kind`, hit.label), h("span.what", marked(hit.text, query)))))),
      hits.length > SHOWN ? h("p.fine", t("moreHits", number(hits.length - SHOWN))) : null);
  }
}

function factHits(doc, query) {
  const hits = [];
  const add = (kind, row, text) => text.toLowerCase().includes(query) && hits.push({ kind, id: row.id, span: row.span, label: word("mark", kind), text });
  for (const m of doc.metrics) if (!doc.isHidden(m.id)) add("metric", m, `${m.subject.join("、")} ${doing(m)}`);
  for (const r of doc.responsibilities) add("responsibility", r, r.units.map((u) => u.name).join("、"));
  for (const k of doc.ledger) add("ledger", k, k.label);
  for (const r of doc.references) add("reference", r, [r.title && `《${r.title}》`, r.number?.text].filter(Boolean).join(" "));
  return hits;
}

function textHits(doc, query) {
  const hits = [];
  const small = doc.text.toLowerCase();
  const text = small.length === doc.text.length ? small : doc.text; // a few letters grow, and with them every place behind
  for (let at = text.indexOf(query); at >= 0 && hits.length < 500; at = text.indexOf(query, at + query.length)) {
    const span = [at, at + query.length];
    const s = sentence(doc.text, span, 40, 60);
    hits.push({ kind: "text", id: at, span, label: t("text"), text: s.head + s.fact + s.tail });
  }
  return hits;
}

/** A text with every place of a word, or of several, marked. */
export function marked(text, words) {
  const list = [words].flat().filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!list.length) return [text];
  return text.split(new RegExp(`(${list.join("|")})`, "i")).map((piece, i) => (i % 2 ? h("mark.hit", piece) : piece));
}
