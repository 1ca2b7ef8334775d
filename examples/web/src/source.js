// The source text as it is, with what was found marked in place.
//
// Only chunks near the viewport hold elements; the others are boxes of about the right height. A text of
// ordinary length is filled in completely while the browser is idle, so that "find in page" works.

import { framed, h } from "./dom.js";
import { t, word } from "./i18n.js";
import { CHUNK, KINDS, lastAtMost } from "./prepare.js";

/** Up to so many characters everything stays in the page. */
const WHOLE = 200_000;
/** Characters of menus before a title, at most. */
const MENUS = 6000;
/** Marks inside one another beyond this depth are not drawn. */
const DEEP = 24;
/** Kinds a reader can select. */
export const SELECTABLE = new Set(["metric", "deadline", "reference", "unit", "responsibility", "diagnostic", "heading"]);

export class SourceView {
  /** @param {HTMLElement} host @param {{ pick: (kind: string, id: number) => void, tip: (el: HTMLElement|null) => void, scrolled: (offset: number) => void }} on */
  constructor(host, on) {
    this.host = host;
    this.on = on;
    this.doc = null;
    this.boxes = [];
    this.filled = new Set();
    this.chosen = new Set();
    this.focusable = null;
    this.watch = new IntersectionObserver((entries) => this.seen(entries), { root: host, rootMargin: "600px 0px" });
    host.addEventListener("click", (e) => this.click(e));
    host.addEventListener("keydown", (e) => this.key(e));
    host.addEventListener("pointerover", (e) => on.tip(fact(e.target)));
    host.addEventListener("pointerleave", () => on.tip(null));
    host.addEventListener("focusin", (e) => on.tip(e.target === host ? null : fact(e.target)));
    host.addEventListener("focusout", () => on.tip(null));
    const spy = framed(() => this.spy());
    host.addEventListener("scroll", () => { on.tip(null); spy(); }, { passive: true });
  }

  show(doc) {
    this.watch.disconnect();
    this.doc = doc;
    this.filled.clear();
    this.chosen = new Set();
    this.focusable = null;
    const { chunks } = doc.flat;
    this.boxes = [];
    const all = document.createDocumentFragment();
    // A line holds about 38 characters and is about 31 pixels high.
    for (let c = 0; c + 1 < chunks.length; c++) {
      const box = h("div.chunk", { data: { c } });
      box.style.minHeight = `${Math.ceil((chunks[c + 1] - chunks[c]) / 38) * 31}px`;
      this.boxes.push(box);
      all.append(box);
    }
    this.host.replaceChildren(all);
    this.host.scrollTop = 0;
    // A web page opens at its title, below its menus.
    const title = doc.head.title?.span?.[0] ?? 0;
    if (title > 0 && title < MENUS) this.reveal(title);
    this.boxes.forEach((box) => this.watch.observe(box));
    this.keepAll = doc.text.length <= WHOLE;
    if (this.keepAll) this.fillIdle(doc, 0);
  }

  async fillIdle(doc, c) {
    for (; c < this.boxes.length; c++) {
      await new Promise((done) => (globalThis.requestIdleCallback ?? setTimeout)(done));
      if (this.doc !== doc) return;
      this.fill(c);
    }
  }

  seen(entries) {
    for (const { target, isIntersecting } of entries) {
      const c = Number(target.dataset.c);
      if (isIntersecting) this.fill(c);
      else if (!this.keepAll && this.filled.has(c)) this.drain(c);
    }
  }

  fill(c) {
    if (this.filled.has(c) || !this.boxes[c]) return;
    this.filled.add(c);
    const box = this.boxes[c];
    box.replaceChildren(...this.lines(c));
    box.style.minHeight = "";
    for (const el of box.querySelectorAll("[data-k]")) if (this.chosen.has(el.dataset.k)) el.classList.add("sel");
  }

  drain(c) {
    const box = this.boxes[c];
    if (box.contains(document.activeElement)) return;
    box.style.minHeight = `${box.offsetHeight}px`;
    box.replaceChildren();
    this.filled.delete(c);
  }

  /** The lines of a chunk with their marks. */
  lines(c) {
    const { text, flat } = this.doc;
    const { chunks, marks, first, touching } = flat;
    const [from, to] = [chunks[c], chunks[c + 1]];
    const list = [];
    for (let i = first[c]; i < first[c + 1]; i++) {
      const m = touching[i] * 4;
      list.push({ start: marks[m], end: marks[m + 1], kind: KINDS[marks[m + 2]], id: marks[m + 3], begins: marks[m] });
    }
    const lines = [];
    let next = 0;
    let open = [];
    let at = from;
    while (at < to) {
      let end = text.indexOf("\n", at);
      if (end < 0 || end >= to) end = to;
      while (next < list.length && list[next].start <= end) open.push(list[next++]);
      const here = open.filter((m) => m.start < end ? m.end > at || m.start === m.end : m.start === m.end && m.end === end);
      lines.push(this.line(text, at, end, here));
      open = open.filter((m) => m.end > end);
      at = end + 1;
    }
    return grouped(lines);
  }

  line(text, from, to, marks) {
    const line = h("div.line", { data: { o: from } });
    const outer = marks.find((m) => m.start <= from && m.end >= to && m.end > m.start);
    if (outer?.kind === "boilerplate") line.classList.add("boilerplate");
    if (marks.some((m) => m.kind === "cell")) {
      line.classList.add("cells");
      line.setAttribute("role", "row");
    }
    const headed = (level) => {
      line.setAttribute("role", "heading");
      line.setAttribute("aria-level", String(Math.min(level, 6)));
    };
    const heading = marks.find((m) => m.kind === "heading" && m.begins >= from);
    if (heading) {
      const section = this.doc.sections[heading.id];
      line.classList.add("numbered");
      if (section.heading?.form === "block") {
        line.classList.add(`h${Math.min(section.level, 4)}`);
        headed(section.level + 2);
      } else line.classList.add("run");
    }
    if (marks.some((m) => m.kind === "title")) {
      line.classList.add("is-title");
      headed(2);
    }
    if (marks.some((m) => m.kind === "signature")) line.classList.add("is-signature");
    this.place(line, text, from, to, marks, 0, line.classList.contains("cells"));
    if (from === to) line.classList.add("blank");
    return line;
  }

  /** Puts a stretch of text with its marks into an element; in a table's row what stands between the cells is apart. */
  place(parent, text, from, to, list, depth, apart = false) {
    const plain = (from, to) => parent.append(apart ? h("span.between", { role: "none" }, text.slice(from, to)) : text.slice(from, to));
    let at = from;
    while (list.length) {
      const [m, ...rest] = list;
      const start = Math.max(m.start, from, at);
      const end = Math.max(start, Math.min(m.end, to));
      if (start > at) plain(at, start);
      const inner = [];
      const after = [];
      for (const n of rest) {
        if (n.start < end) {
          inner.push(n);
          if (n.end > end) after.push({ ...n, start: end });
        } else after.push(n);
      }
      const el = element(m, start > m.begins, this.doc, !inner.length);
      if (depth < DEEP) this.place(el, text, start, end, inner, depth + 1, apart && m.kind === "table");
      else el.append(text.slice(start, end));
      parent.append(el);
      at = end;
      list = after.sort((a, b) => a.start - b.start || b.end - a.end);
    }
    if (at < to) plain(at, to);
  }

  /** Marks what is selected and brings its first place into view. */
  select(keys, span) {
    for (const el of this.host.querySelectorAll(".sel")) el.classList.remove("sel");
    this.chosen = new Set(keys);
    if (span) this.reveal(span[0], keys);
    for (const el of this.host.querySelectorAll("[data-k]")) if (this.chosen.has(el.dataset.k)) el.classList.add("sel");
    const main = keys.length ? this.host.querySelector(`.f.sel[tabindex]`) : null;
    if (main) this.rove(main);
  }

  reveal(offset, keys = []) {
    if (!this.doc || !this.boxes.length) return;
    this.revealed = performance.now();
    const c = Math.min(this.boxes.length - 1, Math.max(0, lastAtMost(this.doc.flat.chunks, offset)));
    this.fill(c);
    const find = () => {
      for (const key of keys) {
        const el = this.boxes[c].querySelector(`[data-k="${key}"]`);
        if (el) return el;
      }
      const lines = [...this.boxes[c].querySelectorAll(".line")];
      return lines.findLast((l) => Number(l.dataset.o) <= offset) ?? this.boxes[c];
    };
    const center = () => {
      const el = find();
      const fold = el.closest("details");
      if (fold) fold.open = true;
      const [box, mine] = [this.host.getBoundingClientRect(), el.getBoundingClientRect()];
      if (mine.top < box.top + 24 || mine.bottom > box.bottom - 24) {
        this.host.scrollTop += mine.top - box.top - box.height * 0.32;
      }
    };
    center();
    // Neighbours that are drawn now may move it.
    requestAnimationFrame(() => requestAnimationFrame(center));
  }

  /** Moves the selection to the next or previous fact in the text. */
  step(by) {
    const facts = () => [...this.host.querySelectorAll(".f[tabindex]")];
    let list = facts();
    let at = this.focusable ? list.indexOf(this.focusable) : -1;
    if (at < 0) {
      const top = this.host.getBoundingClientRect().top;
      at = list.findIndex((el) => el.getBoundingClientRect().top >= top) - (by > 0 ? 1 : 0);
    }
    const el = list[at + by];
    if (!el) return;
    this.rove(el);
    el.focus({ preventScroll: true });
    el.scrollIntoView({ block: "nearest" });
  }

  rove(el) {
    if (this.focusable?.isConnected) this.focusable.tabIndex = -1;
    this.focusable = el;
    el.tabIndex = 0;
  }

  click(event) {
    if (String(getSelection() ?? "")) return; // marking text with the mouse selects nothing else
    const el = fact(event.target);
    if (!el) return;
    this.rove(el);
    const [kind, id] = el.dataset.k.split(".");
    this.on.pick(kind, Number(id));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey) return;
    const by = { j: 1, k: -1 }[event.key.toLowerCase()] ?? (event.altKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined);
    if (by !== undefined) {
      event.preventDefault();
      this.step(by);
    } else if ((event.key === "Enter" || event.key === " ") && event.target !== this.host) {
      const el = fact(event.target);
      if (!el) return;
      event.preventDefault();
      const [kind, id] = el.dataset.k.split(".");
      this.on.pick(kind, Number(id));
    }
  }

  spy() {
    // What the page itself scrolled to is no wish of the reader.
    if (!this.doc || performance.now() - (this.revealed ?? 0) < 500) return;
    const box = this.host.getBoundingClientRect();
    if (!box.width) return;
    const el = document.elementFromPoint(box.left + box.width / 2, box.top + 40)?.closest?.(".line");
    if (el && this.host.contains(el)) this.on.scrolled(Number(el.dataset.o));
  }
}

function fact(target) {
  const el = target?.closest?.(".f[data-k]");
  return el && SELECTABLE.has(el.dataset.k.split(".")[0]) ? el : null;
}

/** Names of the marks for those who do not see their colour. */
const NAMES = {
  metric: (doc, id) => [...doc.metrics[id].subject, doc.metrics[id].modality === "target" ? word("modality", "target") : ""].filter(Boolean).join("、"),
  unit: (doc, id) => word("party", doc.responsibilities[doc.flat.mentionList[id]].role),
  deadline: (doc, id) => doc.deadlines[id].date ?? word("when", doc.deadlines[id].kind),
  reference: (doc, id) => doc.references[id].number?.text ?? "",
};

function element(m, continued, doc, leaf) {
  const tag = m.kind === "metric" || m.kind === "deadline" || m.kind === "reference" ? "mark" : "span";
  const el = h(`${tag}.f.${m.kind}`, { data: { k: `${m.kind}.${m.id}` } });
  if (m.kind === "cell") el.setAttribute("role", m.id ? "columnheader" : "cell");
  if (continued) el.classList.add("continued");
  else if (SELECTABLE.has(m.kind)) {
    el.setAttribute("tabindex", "-1");
    // A button has a name; one that holds other marks stays what it is.
    if (leaf && NAMES[m.kind]) {
      el.setAttribute("role", "button");
      el.setAttribute("aria-label", `${word("mark", m.kind)} ${doc.text.slice(m.start, m.end)} ${NAMES[m.kind](doc, m.id)}`.trim());
    }
  }
  if (m.kind === "metric" && doc.metrics[m.id].modality === "target") el.classList.add("target");
  if (m.kind === "diagnostic") {
    el.classList.add(doc.diagnostics[m.id].severity);
    if (m.start === m.end) el.classList.add("point");
  }
  return el;
}

/** Lines that are folded away when so many of them in a row are no content. */
const FOLD = 3;

/** Runs of lines put together: what is no content is folded, rows with cells are a table. */
function grouped(lines) {
  const out = [];
  for (let i = 0; i < lines.length; ) {
    const kind = ["boilerplate", "cells"].find((c) => lines[i].classList.contains(c));
    let end = i + 1;
    // Blank lines within a run of furniture are furniture.
    const goesOn = (k) => lines[k].classList.contains(kind) || (kind === "boilerplate" && lines[k].classList.contains("blank") && lines[k + 1]?.classList.contains(kind));
    while (kind && end < lines.length && goesOn(end)) end++;
    const run = lines.slice(i, end);
    const solid = run.filter((l) => !l.classList.contains("blank")).length;
    if (kind === "boilerplate" && solid >= FOLD) out.push(h("details.fold", h("summary", t("folded", solid)), run));
    else if (kind === "cells") out.push(h("div.cells-table", { role: "table" }, run));
    else out.push(...run);
    i = end;
  }
  return out;
}

export { CHUNK };
