// The page: files in, the worker asked, panes kept in step. See README.md for the way of the data.

import { detailCard, note } from "./detail.js";
import { Doc } from "./doc.js";
import { $, h } from "./dom.js";
import { csv, fileName, json, markdown, save } from "./export.js";
import { has, lang, localize, number, setLang, t, values, word } from "./i18n.js";
import { readLink, writeLink } from "./link.js";
import { doubtList, outlineList, timeLine } from "./lists.js";
import { Matrix } from "./matrix.js";
import { MetricsTable } from "./metrics.js";
import { SourceView } from "./source.js";

const TABS = ["metrics", "matrix", "deadlines", "diagnostics"];
const phone = matchMedia("(max-width: 860px)");
const link = readLink();
const state = { docs: [], doc: null, view: "doc", tab: link.tab ?? "metrics", tabChosen: !!link.tab, sel: null, sort: link.sort, theme: stored("theme") ?? "auto" };
const views = { outline: null, facts: null, all: null };
let jobs = 0;
let samples = [];
let wanted = link; // what the address asks for, until the documents are there

// Only these two scripts can ever be started from here; everything else is refused by the policy.
const policy = globalThis.trustedTypes?.createPolicy("gongwen", {
  createScriptURL(url) {
    if (url !== "./worker.js" && url !== "./sw.js") throw new TypeError(`not one of ours: ${url}`);
    return url;
  },
}) ?? { createScriptURL: (url) => url };
const worker = new Worker(policy.createScriptURL("./worker.js"), { type: "module" });

const source = new SourceView($("source"), { pick: (kind, id) => select(kind, id, "source"), tip, scrolled: follow });

setLang(link.lang ?? stored("lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
start();

async function start() {
  applyTheme();
  relabel();
  show();
  listen();
  try {
    samples = await (await fetch("samples/index.json")).json();
  } catch {
    samples = [];
  }
  drawSamples();
  worker.postMessage({ type: "warm", samples: samples.map((s) => new URL(`samples/${s.file}`, location.href).href) });
  for (const id of wanted.samples?.split(",") ?? []) openSample(id);
  navigator.serviceWorker?.register(policy.createScriptURL("./sw.js")).catch(() => {}); // only needed to open the page offline
}

// --- documents in -------------------------------------------------------------------------------------

function add(name, message, origin = null) {
  const doc = new Doc(++jobs, name, origin);
  state.docs.push(doc);
  worker.postMessage({ type: "read", job: doc.job, name, ...message });
  progress();
  show();
  return doc;
}

function openFiles(files) {
  for (const file of files) add(file.name, { file });
}

function openText(text) {
  if (text.trim()) add(t("pasteName"), { text });
}

function openSample(id) {
  const sample = samples.find((s) => s.id === id);
  if (!sample) return;
  const open = state.docs.find((d) => d.origin === id);
  if (open) return go(open);
  add(sample.title, { sample: new URL(`samples/${sample.file}`, location.href).href }, id);
}

worker.addEventListener("error", (e) => {
  for (const doc of state.docs) if (doc.state === "waiting" || doc.state === "reading") fail(doc, { code: "not_loaded", message: e.message || "worker" });
});
worker.addEventListener("message", ({ data }) => {
  if (data.type === "warm") {
    document.documentElement.dataset.warm = "";
    return;
  }
  const doc = state.docs.find((d) => d.job === data.job);
  if (!doc) return; // removed meanwhile
  switch (data.type) {
    case "started":
      doc.state = "reading";
      progress();
      break;
    case "head":
      doc.text = data.text;
      doc.named(data.head);
      break;
    case "rows":
      for (const row of data.rows) doc[data.table].push(row);
      break;
    case "done":
      doc.finish(data.flat, data.json);
      ready(doc);
      break;
    case "failed":
      fail(doc, data.error);
      break;
  }
});

function ready(doc) {
  progress();
  const place = wanted.doc !== undefined ? state.docs[Number(wanted.doc)] : state.docs[0];
  if (wanted.view === "all" && state.docs.filter((d) => d.state === "ready").length > 1) state.view = "all";
  views.all?.destroy();
  views.all = null;
  if (!state.doc || state.doc.state !== "ready") go(doc, { view: state.view });
  else if (wanted.samples && doc === place && state.doc !== doc) go(doc, { view: state.view });
  else show();
  if (wanted.sel && doc === place && doc === state.doc) {
    const [kind, id] = wanted.sel.split(".");
    wanted = { ...wanted, sel: undefined };
    if (doc.resolve(kind, Number(id))) select(kind, Number(id), "link");
  }
}

function fail(doc, error) {
  doc.state = "failed";
  doc.error = error;
  if (state.docs.some((d) => d.state === "ready")) say(`${doc.name}：${reason(error)}`, true);
  else state.doc ??= doc;
  progress();
  show();
}

/** Errors of which the page says all there is to say. */
const TOLD = ["unsupported", "unreadable", "empty"];

function reason({ code, format = "" }) {
  const advice = values("unreadAdvice").includes(format) ? format : "other";
  return t(has(`bad.${code}`) ? `bad.${code}` : "bad.other", word("unread", format), word("unreadAdvice", advice));
}

/** What is being read since the worker last had nothing to do. */
let batch = new Set();

function progress() {
  const isBusy = (d) => d.state === "waiting" || d.state === "reading";
  const busy = state.docs.filter(isBusy);
  for (const doc of busy) batch.add(doc);
  const bar = $("progress");
  bar.hidden = !busy.length;
  document.body.toggleAttribute("data-busy", !!busy.length);
  if (!busy.length) {
    const ok = [...batch].filter((d) => d.state === "ready");
    const bad = [...batch].filter((d) => d.state === "failed").length;
    if (ok.length === 1 && !bad) $("status").textContent = t("done", ok[0].label);
    else if (ok.length) say([ok.length === 1 ? t("done", ok[0].label) : t("doneMany", ok.length), bad && t("someFailed", bad)].filter(Boolean).join(lang() === "zh" ? "，" : ", "), !!bad);
    batch = new Set();
    return;
  }
  const done = [...batch].filter((d) => !isBusy(d)).length;
  bar.classList.toggle("unsure", batch.size === 1);
  bar.firstElementChild.style.width = batch.size === 1 ? "" : `${(100 * (done + 0.5)) / batch.size}%`;
  $("waiting-text").textContent = batch.size === 1 ? t("reading", busy[0].name) : t("readingMany", busy[0].name, done + 1, batch.size);
}

function remove(doc) {
  const at = state.docs.indexOf(doc);
  state.docs.splice(at, 1);
  views.all?.destroy();
  views.all = null;
  if (state.doc === doc) {
    const next = state.docs[Math.min(at, state.docs.length - 1)] ?? null;
    state.doc = null;
    if (next) return go(next);
  }
  if (state.docs.filter((d) => d.state === "ready").length < 2) state.view = "doc";
  show();
}

// --- what is shown ------------------------------------------------------------------------------------

/** Shows a document. */
function go(doc, { view = "doc" } = {}) {
  state.view = view;
  if (state.doc !== doc) {
    state.doc = doc;
    state.sel = null;
    if (doc.state === "ready") {
      source.show(doc);
      drawDoc();
    }
  }
  show();
}

function show() {
  const { docs, doc, view } = state;
  const ready = docs.filter((d) => d.state === "ready");
  const all = view === "all" && ready.length > 1;
  const waiting = docs.length > 0 && !doc;
  $("empty").hidden = docs.length > 0;
  $("waiting").hidden = all || !(waiting || doc?.state === "waiting" || doc?.state === "reading");
  $("failed").hidden = all || doc?.state !== "failed";
  $("doc").hidden = all || doc?.state !== "ready";
  $("all").hidden = !all;
  $("download").hidden = !ready.length;
  if (!$("failed").hidden) {
    $("failed-title").textContent = doc.name;
    $("failed-text").textContent = reason(doc.error);
    $("failed-detail").textContent = TOLD.includes(doc.error.code) ? "" : t("technical", doc.error.message);
  }
  if (all && !views.all) drawAll(ready);
  drawDocs();
  document.title = doc?.state === "ready" && !all ? `${doc.label} · ${t("brand")}` : t("brand");
  remember();
}

function drawDocs() {
  const { docs, doc, view } = state;
  const nav = $("docs");
  nav.hidden = !docs.length;
  nav.classList.toggle("single", docs.length === 1);
  const several = docs.filter((d) => d.state === "ready").length > 1;
  const chips = docs.map((d) => {
    const on = view === "doc" && d === doc;
    const sign = d.state === "failed" ? "! " : d.state === "ready" ? "" : "… ";
    return h(`span.chip.${d.state}${on ? ".on" : ""}`, 
      h("button.name", { type: "button", title: d.name, "aria-current": on ? "page" : null, onclick: () => go(d) }, sign + d.label),
      h("button.close", { type: "button", "aria-label": t("remove", d.label), onclick: () => remove(d) }, "×"));
  });
  if (several) {
    const on = view === "all";
    chips.unshift(h(`span.chip.sum${on ? ".on" : ""}`, h("button.name", { type: "button", id: "show-all", "aria-current": on ? "page" : null, onclick: () => { state.view = "all"; show(); } }, t("all"))));
  }
  nav.replaceChildren(...chips);
  nav.querySelector(".on")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function drawDoc() {
  const { doc } = state;
  const { head } = doc;
  $("doc-title").textContent = doc.label;
  const facts = [
    [word("kind", head.kind), "tag"], [head.place?.text], [head.year && String(head.year)], [head.issuer?.text !== head.place?.text && head.issuer?.text],
    [head.signature?.date], [t("chars", number(doc.text.length)), "dim"], [t("took", number(Math.max(1, Math.round(head.took)))), "dim"],
    [head.source && fileFacts(head.source), "dim"],
  ];
  $("doc-facts").replaceChildren(...facts.filter(([f]) => f).map(([f, c]) => h(c ? `span.${c}` : "span", f)));
  views.outline?.destroy();
  doc.here = -1;
  const none = !doc.sections.length;
  $("outline-list").hidden = none;
  $("outline-none").hidden = !none;
  views.outline = none ? null : outlineList($("outline-list"), doc, (kind, id) => select(kind, id, "outline"));
  // A document without metrics opens where it has something, unless the reader asked for a tab.
  if (!state.tabChosen) state.tab = TABS.find(amount) ?? "metrics";
  drawTabs();
  drawFacts();
  drawDetail();
}

/** A file's format, and its encoding where there was a choice. */
function fileFacts({ format, encoding, encoding_sure }) {
  const name = word("format", format);
  if (format === "docx") return name;
  return `${name} · ${encoding_sure ? encoding : t("guessed", encoding)}`;
}

const amount = (tab) => {
  const { doc } = state;
  return { metrics: doc.metrics.length, matrix: doc.tasks.length, deadlines: doc.deadlines.length, diagnostics: doc.diagnostics.length }[tab];
};

function drawTabs() {
  $("tabs").replaceChildren(...TABS.map((tab) => {
    const on = tab === state.tab;
    const n = amount(tab);
    return h("button.tab", {
      type: "button", role: "tab", id: `tab-${tab}`, "aria-selected": String(on), "aria-controls": "panel", tabIndex: on ? 0 : -1,
      onclick: () => openTab(tab), onkeydown: tabKey,
    }, t(tab), h(`span.n${tab === "diagnostics" && n ? ".warn" : ""}`, number(n)));
  }));
  $("panel").setAttribute("aria-labelledby", `tab-${state.tab}`);
}

function tabKey(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const to = by ? TABS[(TABS.indexOf(state.tab) + by + TABS.length) % TABS.length] : { Home: TABS[0], End: TABS.at(-1) }[event.key];
  if (!to) return;
  event.preventDefault();
  openTab(to);
  $(`tab-${to}`).focus();
}

function openTab(tab) {
  state.tabChosen = true;
  if (tab === state.tab && views.facts) return;
  state.tab = tab;
  drawTabs();
  drawFacts();
  showSelection({ source: false });
  remember();
}

function drawFacts() {
  const { doc, tab } = state;
  views.facts?.destroy();
  views.facts = null;
  const panel = $("panel");
  const nothing = { matrix: "noMatrix", deadlines: "noDeadlines", diagnostics: "noDiagnostics" }[tab];
  panel.className = `panel ${tab}`;
  if (tab !== "metrics" && !amount(tab)) {
    panel.replaceChildren(h("p.nothing", t(nothing)));
    return;
  }
  const pick = (kind, id) => select(kind, id, "facts");
  if (tab === "metrics") {
    views.facts = new MetricsTable(panel, {
      docs: [doc], sort: state.sort, pick: (_, id) => pick("metric", id), section: () => state.doc.softSection,
      sorted: (sort) => { state.sort = sort; remember(); },
    });
  } else if (tab === "matrix") views.facts = new Matrix(panel, doc, pick);
  else if (tab === "deadlines") views.facts = timeLine(panel, doc, pick);
  else views.facts = doubtList(panel, doc, pick);
}

function drawAll(ready) {
  const places = new Set(ready.map((d) => d.head.place?.text).filter(Boolean));
  const years = ready.map((d) => d.head.year).filter(Boolean);
  const span = years.length ? [...new Set([Math.min(...years), Math.max(...years)])].join("–") : "";
  const total = ready.reduce((n, d) => n + d.metrics.length, 0);
  $("all-facts").replaceChildren(h("span", t("doneMany", ready.length)), h("span", t("metricCount", number(total))), ...(places.size ? [h("span", [...places].slice(0, 6).join("、"))] : []), ...(span ? [h("span", span)] : []));
  views.all = new MetricsTable($("all-panel"), {
    docs: ready, wide: true, sorted: () => {},
    pick: (d, id) => {
      go(ready[d]);
      select("metric", id, "all");
      $("source").focus({ preventScroll: true });
    },
  });
}

// --- selection ----------------------------------------------------------------------------------------

function select(kind, id, from) {
  const { doc } = state;
  if (kind === "heading") kind = "section";
  const found = doc?.resolve(kind, id);
  if (!found) return;
  state.sel = { kind, id };
  if (found.tab && found.tab !== state.tab) {
    state.tab = found.tab;
    drawTabs();
    drawFacts();
  }
  if (phone.matches && (from === "outline" || from === "all")) openPane("source");
  drawDetail(); // first: it takes room from the panes
  showSelection({ from });
  remember();
}

function clear() {
  if (!state.sel) return;
  state.sel = null;
  showSelection();
  drawDetail();
  remember();
}

function showSelection({ from = null, source: inSource = true } = {}) {
  const { doc, sel, tab } = state;
  const found = sel && doc.resolve(sel.kind, sel.id);
  doc.softSection = found?.section ?? null;
  if (inSource) source.select(found?.keys ?? [], found?.span);
  if (found) mark(found.section ?? -1);
  const scroll = from !== "facts";
  const soft = sel?.kind === "section" ? found.section : null;
  if (tab === "metrics") views.facts?.choose(0, sel?.kind === "metric" ? sel.id : null, soft, { scroll });
  else if (tab === "matrix" && views.facts) {
    const inside = soft === null ? [] : doc.tasks.filter((task) => doc.inside(task.section, soft)).map((task) => `task.${task.id}`);
    views.facts.choose(found?.matrix ?? inside, { scroll });
  } else if (views.facts) {
    const row = tab === "deadlines" && sel?.kind === "deadline" ? views.facts.rowOf(sel.id) : tab === "diagnostics" && sel?.kind === "diagnostic" ? sel.id : -1;
    views.facts.active = row;
    if (scroll && row >= 0) views.facts.reveal(row);
    if (scroll && row < 0 && soft !== null && tab === "deadlines") {
      const first = doc.deadlines.find((d) => doc.inside(d.section, soft));
      if (first) views.facts.reveal(views.facts.rowOf(first.id));
    }
    views.facts.refresh();
  }
  if (tab === "metrics" && views.facts?.filter.section) views.facts.apply();
}

/** Marks the section in the outline. */
function mark(section) {
  const { doc } = state;
  if (!views.outline || doc.here === section) return;
  doc.here = section;
  views.outline.active = section;
  if (section >= 0) views.outline.reveal(section);
  views.outline.refresh();
}

/** The text was scrolled: the outline follows. */
function follow(offset) {
  const section = state.doc.sectionAt(offset);
  if (section !== null && state.sel?.kind !== "section") mark(section);
}

function drawDetail() {
  const { doc, sel } = state;
  const card = $("detail");
  card.hidden = !sel;
  card.replaceChildren(...(sel ? detailCard(doc, sel.kind, sel.id, clear, () => {
    openPane("source");
    showSelection();
    $("source").focus({ preventScroll: true });
  }) : []));
  (phone.matches ? $("doc") : document.querySelector(".pane.facts")).append(card);
}

function tip(el) {
  if (phone.matches) el = null; // the card below says the same
  const box = $("tip");
  if (tip.el && tip.el !== el) tip.el.removeAttribute("aria-describedby");
  tip.el = el;
  box.hidden = !el;
  if (!el) return;
  const [kind, id] = el.dataset.k.split(".");
  box.replaceChildren(...note(state.doc, kind, Number(id)));
  el.setAttribute("aria-describedby", "tip");
  const at = el.getClientRects()[0] ?? el.getBoundingClientRect();
  const room = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(innerWidth - room.width - 8, at.left));
  const top = at.top - room.height - 8 > 8 ? at.top - room.height - 8 : at.bottom + 8;
  box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

function openPane(name) {
  $("panes").dataset.pane = name;
  for (const b of $("switch").children) b.setAttribute("aria-pressed", String(b.dataset.pane === name));
}

// --- words, colours, address --------------------------------------------------------------------------

function relabel() {
  localize();
  $("lang").replaceChildren(h("span.wide", t("otherLanguage")), h("span.narrow", t("otherLanguageShort")));
  $("lang").title = t("otherLanguage");
  $("lang").lang = lang() === "zh" ? "en" : "zh-CN";
  for (const [id, key] of [["open", "open"], ["paste", "paste"], ["download", "download"]]) $(id).setAttribute("aria-label", t(key));
  const kinds = ["metric", "unit", "deadline", "reference", "diagnostic", "boilerplate"];
  $("legend").replaceChildren(...kinds.map((k) => h(`span.key.${k}`, word("mark", k))), h("span.hint", t("legendHint")));
  drawSamples();
  themeLabel();
}

function drawSamples() {
  document.querySelector(".samples").hidden = !samples.length;
  $("samples").replaceChildren(...samples.map((s) => h("li", h("button.sample", { type: "button", data: { sample: s.id }, onclick: () => openSample(s.id) },
    h("b", s.title), h("span", [word("kind", s.kind), s.place, s.year, t("chars", number(s.chars))].filter(Boolean).join(" · "))))));
}

function say(text, bad = false) {
  const box = $("status");
  box.classList.toggle("bad", bad);
  box.textContent = text;
  box.classList.add("on");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => box.classList.remove("on"), bad ? 9000 : 3500);
}

function applyTheme() {
  if (state.theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = state.theme;
}

function themeLabel() {
  const sign = { auto: "◐", light: "○", dark: "●" }[state.theme];
  const label = t({ auto: "themeAuto", light: "themeLight", dark: "themeDark" }[state.theme]);
  $("theme").textContent = sign;
  $("theme").setAttribute("aria-label", label);
  $("theme").title = label;
}

function remember() {
  const { docs, doc, view, tab, sel, sort } = state;
  const own = docs.length > 0 && docs.every((d) => d.origin);
  const at = docs.indexOf(doc);
  writeLink({
    samples: own ? docs.map((d) => d.origin).join(",") : undefined,
    view: view === "all" ? "all" : undefined,
    doc: docs.length > 1 && at > 0 ? at : undefined,
    tab: docs.length && tab !== "metrics" ? tab : undefined,
    sel: sel ? `${sel.kind}.${sel.id}` : own ? wanted.sel : undefined,
    sort: docs.length && sort !== "order.asc" ? sort : undefined,
    lang: link.lang ? lang() : undefined,
  });
}

function stored(key) {
  try {
    return localStorage.getItem(`gongwen.${key}`);
  } catch {
    return null;
  }
}

function store(key, value) {
  try {
    localStorage.setItem(`gongwen.${key}`, value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

// --- downloads ----------------------------------------------------------------------------------------

function drawMenu() {
  const docs = state.view === "all" ? state.docs.filter((d) => d.state === "ready") : [state.doc];
  if (!docs[0]?.head) return;
  const name = (ending) => (docs.length > 1 ? `gongwen-${docs.length}${ending}` : fileName(docs[0], ending));
  const offer = (key, ending, make) => h("button", { type: "button", data: { save: key }, onclick: async () => {
    $("download-menu").hidePopover();
    save(await make(), name(ending));
    say(t("saved", name(ending)));
  } }, t(key));
  $("download-menu").replaceChildren(
    offer("csvMetrics", ".metrics.csv", () => csv(docs, "metrics")),
    offer("csvTasks", ".responsibilities.csv", () => csv(docs, "responsibilities")),
    offer("csvDeadlines", ".deadlines.csv", () => csv(docs, "deadlines")),
    offer("json", ".json", () => json(docs)),
    offer("markdown", ".md", () => markdown(docs)),
  );
  const at = $("download").getBoundingClientRect();
  $("download-menu").style.top = `${at.bottom + 6}px`;
  $("download-menu").style.right = `${Math.max(8, innerWidth - at.right)}px`;
}

// --- events -------------------------------------------------------------------------------------------

function listen() {
  const choose = () => $("files").click();
  for (const id of ["open", "drop", "failed-open"]) $(id).addEventListener("click", choose);
  $("files").addEventListener("change", (e) => {
    openFiles(e.target.files);
    e.target.value = "";
  });
  $("download-menu").addEventListener("beforetoggle", (e) => e.newState === "open" && drawMenu());
  for (const id of ["paste", "paste2"]) $(id).addEventListener("click", () => $("paste-dialog").showModal());
  $("paste-cancel").addEventListener("click", () => $("paste-dialog").close());
  $("paste-dialog").addEventListener("close", () => {
    const box = $("paste-text");
    if ($("paste-dialog").returnValue === "ok") openText(box.value);
    box.value = "";
    $("paste-dialog").returnValue = "";
  });
  // A wheel that only turns one way moves the row of documents all the same.
  $("docs").addEventListener("wheel", (e) => ($("docs").scrollLeft += Math.abs(e.deltaY) > Math.abs(e.deltaX) ? e.deltaY : 0), { passive: true });
  addEventListener("paste", (e) => {
    if (e.target.closest?.("input, textarea, [contenteditable]")) return;
    const { files } = e.clipboardData;
    if (files.length) openFiles(files);
    else openText(e.clipboardData.getData("text/plain"));
  });
  let depth = 0;
  const dragging = (on) => ($("veil").hidden = !on);
  addEventListener("dragenter", (e) => { if (e.dataTransfer?.types.includes("Files")) { depth++; dragging(true); } });
  addEventListener("dragleave", () => { if (--depth <= 0) { depth = 0; dragging(false); } });
  addEventListener("dragover", (e) => e.preventDefault());
  addEventListener("drop", (e) => {
    e.preventDefault();
    depth = 0;
    dragging(false);
    const { files } = e.dataTransfer;
    if (files.length) openFiles(files);
    else openText(e.dataTransfer.getData("text/plain"));
  });
  addEventListener("keydown", (e) => {
    if (e.key === "Escape" && !e.defaultPrevented && !document.querySelector("dialog[open], :popover-open")) clear();
  });
  $("home").addEventListener("click", (e) => {
    e.preventDefault();
    for (const doc of [...state.docs]) remove(doc);
  });
  $("lang").addEventListener("click", () => {
    setLang(lang() === "zh" ? "en" : "zh");
    store("lang", lang());
    $("status").classList.remove("on"); // it speaks the other language
    relabel();
    views.all?.destroy();
    views.all = null;
    if (state.doc?.state === "ready") {
      drawDoc();
      showSelection({ source: false });
    }
    show();
  });
  $("theme").addEventListener("click", () => {
    state.theme = { auto: "light", light: "dark", dark: "auto" }[state.theme];
    store("theme", state.theme);
    applyTheme();
    themeLabel();
  });
  $("switch").addEventListener("click", (e) => {
    const b = e.target.closest("[data-pane]");
    if (b) openPane(b.dataset.pane);
  });
  phone.addEventListener("change", () => state.doc?.state === "ready" && drawDetail());
  addEventListener("hashchange", () => {
    const next = readLink();
    if (next.tab && state.doc?.state === "ready") openTab(next.tab);
    if (next.sel && state.doc?.state === "ready") {
      const [kind, id] = next.sel.split(".");
      if (`${state.sel?.kind}.${state.sel?.id}` !== next.sel) select(kind, Number(id), "link");
    }
    if (next.samples) for (const id of next.samples.split(",")) openSample(id);
  });
  openPane("source");
}
