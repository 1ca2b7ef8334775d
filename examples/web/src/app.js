// The page: files in, the worker asked, panes kept in step. See README.md for the way of the data.

import { Compare } from "./compare.js";
import { detailCard, note } from "./detail.js";
import { Doc } from "./doc.js";
import { $, h } from "./dom.js";
import { copy, copyCells, copyTable, csv, fileName, json, markdown, save, xlsx } from "./export.js";
import { fileTable } from "./files.js";
import { has, lang, localize, number, setLang, t, values, word } from "./i18n.js";
import { forget, forgetAll, keep, kept } from "./keep.js";
import { Indicators, kindChoice } from "./indicators.js";
import { Ledger, taskText } from "./ledger.js";
import { hashOf, readLink, writeLink } from "./link.js";
import { doubtList, outlineList, referenceList, timeLine } from "./lists.js";
import { Matrix } from "./matrix.js";
import { MetricsTable } from "./metrics.js";
import { report } from "./print.js";
import { wholeSentence } from "./rows.js";
import { Search } from "./search.js";
import { SourceView } from "./source.js";

const TABS = ["metrics", "tasks", "deadlines", "references", "diagnostics"];
const PARTS = ["files", "metrics", "tasks", "compare", "search"];
const MARKS = ["metric", "unit", "deadline", "reference", "diagnostic", "boilerplate"];
/** Widths of the panes beside the text, in pixels. */
const SIDES = { left: { most: 480, usual: 260 }, right: { most: 900, usual: 460 } };
const phone = matchMedia("(max-width: 860px)");
const link = readLink();
const state = {
  docs: [], doc: null, view: "doc", part: link.part ?? "metrics", tab: link.tab === "matrix" ? "tasks" : link.tab ?? "metrics", tabChosen: !!link.tab, matrix: link.tab === "matrix",
  sel: null, sort: link.sort, fileSort: null, theme: stored("theme") ?? "auto", keep: stored("keep") === "yes", query: "", subject: null, compareBy: null,
};
const views = { outline: null, facts: null, all: null };
let jobs = 0;
let archives = 0;
let samples = [];
let wanted = link; // what the address asks for, until the documents are there
let gone = null; // the documents removed last with their places, for as long as they can come back

// Only these two scripts can ever be started from here; everything else is refused by the policy.
const policy = globalThis.trustedTypes?.createPolicy("gongwen", {
  createScriptURL(url) {
    if (url !== "./worker.js" && url !== "./sw.js") throw new TypeError(`not one of ours: ${url}`);
    return url;
  },
}) ?? { createScriptURL: (url) => url };
const worker = new Worker(policy.createScriptURL("./worker.js"), { type: "module" });

const source = new SourceView($("source"), { pick: (kind, id) => select(kind, id, "source"), tip, scrolled: follow });

async function start() {
  applyTheme();
  relabel();
  sizes();
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
  if (state.keep) await bringBack();
  if (wanted.text && !state.docs.length) say(t("waitsFor"));
  navigator.serviceWorker?.register(policy.createScriptURL("./sw.js")).catch(() => {}); // only needed to open the page offline
}

// --- documents in -------------------------------------------------------------------------------------

function add(name, message, { origin = null, key = null, corrections = {} } = {}) {
  const doc = new Doc(++jobs, name, origin, message);
  doc.key = key;
  doc.corrections = corrections;
  state.docs.push(doc);
  batch.add(doc);
  worker.postMessage({ type: "read", job: doc.job, name, ...message });
  if (state.view === "home") state.view = "doc";
  return doc;
}

/** Shows what was added. */
function added() {
  progress();
  show();
}

function openFiles(files) {
  const docs = [...files].map((file) => add(file.name, { file }));
  if (docs.length === 1) state.next = docs[0];
  added();
}

function openText(text) {
  if (text.trim()) {
    state.next = add(t("pasteName"), { text });
    added();
  } else say(t("pasteNothing"), { bad: true });
}

function openSample(id) {
  const sample = samples.find((s) => s.id === id);
  if (!sample) return;
  const open = state.docs.find((d) => d.origin === id);
  if (open) return go(open, { step: true });
  const doc = add(sample.title, { sample: new URL(`samples/${sample.file}`, location.href).href }, { origin: id });
  added();
  if (state.docs.length > 1 && !wanted.samples) go(doc, { step: true });
}

/** Everything that was dropped: files, and the files in folders. */
async function dropped(data) {
  // The entries have to be asked for before anything is waited for.
  const entries = [...data.items].filter((i) => i.kind === "file").map((i) => i.webkitGetAsEntry?.() ?? i.getAsFile());
  if (!entries.some((e) => e?.isDirectory)) return openFiles(data.files);
  const files = [];
  for (const entry of entries) await walk(entry, files);
  openFiles(files);
}

async function walk(entry, files) {
  if (!entry) return;
  if (entry instanceof File) return void files.push(entry);
  if (entry.name.startsWith(".")) return;
  if (entry.isFile) return void files.push(await new Promise((done, failed) => entry.file(done, failed)));
  const reader = entry.createReader();
  // A reader gives a hundred entries at a time.
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const child of some.sort((a, b) => a.name.localeCompare(b.name, "zh-CN", { numeric: true }))) await walk(child, files);
  }
}

/** An archive is many documents. */
function unpack(doc) {
  const archive = ++archives;
  doc.state = "waiting";
  unpack.open ??= new Map();
  unpack.open.set(archive, doc);
  $("waiting-text").textContent = t("unpacking", doc.name);
  worker.postMessage({ type: "unpack", archive, file: doc.source.file });
}

function unpacked({ archive, files, error }) {
  const doc = unpack.open.get(archive);
  unpack.open.delete(archive);
  if (!state.docs.includes(doc)) return;
  if (error || !files.length) return fail(doc, error ?? { code: "empty", message: "no file in the archive" });
  state.docs.splice(state.docs.indexOf(doc), 1);
  if (state.doc === doc) state.doc = null;
  say(t("unpacked", doc.name, files.length));
  openFiles(files.filter((f) => !f.error));
  for (const { name, error } of files.filter((f) => f.error)) {
    const broken = new Doc(++jobs, name, undefined, {});
    state.docs.push(broken);
    batch.add(broken);
    fail(broken, error);
  }
}

/** The documents that this browser keeps. */
async function bringBack() {
  let rows = [];
  try {
    rows = await kept();
  } catch {
    return; // a private window has none
  }
  for (const row of rows) add(row.name, row.file ? { file: row.file, limits: row.limits } : { text: row.text }, { key: row.key, corrections: row.corrections ?? {} });
  if (rows.length) added();
  if (rows.length) say(t("keptBack", rows.length));
}

// What is kept changes in one place and in turn: a correction made while its document is being written would make a second copy of it.
let turn = Promise.resolve();
let writing = 0;

/** Changes what is kept, after all that was asked for before. */
function inTurn(work) {
  writing++;
  document.documentElement.dataset.writing = "";
  turn = turn.then(work).catch(() => say(t("notKept"), { bad: true })).finally(() => {
    if (!--writing) delete document.documentElement.dataset.writing;
  });
  return turn;
}

/** Keeps a document of the reader's own, if documents are to be kept. */
function keepDoc(doc) {
  if (!state.keep || doc.origin || doc.state !== "ready") return;
  inTurn(async () => {
    if (!state.keep || !state.docs.includes(doc)) return; // closed meanwhile
    const { file, text, limits } = doc.source;
    doc.key = await keep({ ...(doc.key ? { key: doc.key } : {}), name: doc.name, ...(file ? { file, limits } : { text }), corrections: doc.corrections });
  });
}

function forgetDoc(doc) {
  if (!state.keep || doc.origin) return;
  inTurn(async () => {
    if (doc.key) await forget(doc.key);
    doc.key = null;
  });
}

async function setKeep(on) {
  state.keep = on;
  store("keep", on ? "yes" : "no");
  if (on) return state.docs.forEach(keepDoc);
  await inTurn(async () => {
    for (const doc of state.docs) doc.key = null;
    await forgetAll();
  });
  say(t("cleared"));
}

/** Whether leaving the page loses something that cannot be opened again by itself. */
const losing = () => (state.keep && writing > 0) || state.docs.some((d) => !d.origin && !d.key && d.state !== "failed") || state.docs.some((d) => d.origin && d.isCorrected);

worker.addEventListener("error", (e) => {
  for (const doc of state.docs) if (doc.state === "waiting" || doc.state === "reading") fail(doc, { code: "not_loaded", message: e.message || "worker" });
});
worker.addEventListener("message", ({ data }) => {
  if (data.type === "warm") {
    document.documentElement.dataset.warm = "";
    return;
  }
  if (data.type === "unpacked") return unpacked(data);
  if (data.type === "book") {
    const { done, failed } = written.get(data.book);
    written.delete(data.book);
    return data.blob ? done(data.blob) : failed(data.error);
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
      doc.finish(data.flat, data.json, data.ledger);
      doc.apply();
      keepDoc(doc);
      ready(doc);
      break;
    case "indicators":
      doc.finding.push(...data.rows);
      if (!data.last) break;
      doc.indicators = doc.finding;
      if (data.error) say(t("indicatorsFailed"), { bad: true });
      if (state.view === "all" && state.part === "compare" && counted().every((d) => d.indicators)) redrawAll();
      break;
    case "failed":
      fail(doc, data.error);
      break;
  }
});

function ready(doc) {
  progress();
  const place = wanted.text ? state.docs.find((d) => d.read?.hash === wanted.text) : wanted.doc !== undefined ? state.docs[Number(wanted.doc)] : state.docs[0];
  if (wanted.view === "all") state.view = "all";
  staleAll();
  if (!state.doc || state.doc.state !== "ready") go(doc, { view: state.view });
  else if (state.next === doc && state.view === "doc") go(doc, { step: true }); // the one that was just opened
  else if ((wanted.samples || wanted.text) && doc === place && state.doc !== doc) go(doc, { view: state.view });
  else show();
  if (wanted.sel && doc === place && doc === state.doc) {
    const [kind, id] = wanted.sel.split(".");
    wanted = { ...wanted, sel: undefined, text: undefined };
    if (doc.resolve(kind, Number(id))) select(kind, Number(id), "link");
  }
}

function fail(doc, error) {
  if (error.code === "unsupported" && error.format === "ZIP archive" && doc.source.file && !doc.unpacked) {
    doc.unpacked = true;
    return unpack(doc);
  }
  doc.state = "failed";
  doc.error = error;
  // What was pasted is nowhere else: it stands in the dialog again, to be mended.
  if (doc.source.text !== undefined && !doc.origin) $("paste-text").value = doc.source.text;
  if (state.docs.some((d) => d.state === "ready")) say(`${doc.name}：${reason(error)}`, { bad: true });
  else state.doc ??= doc;
  staleAll();
  progress();
  show();
}

/** The limit that stopped a reading, where it can be raised: the error names it. */
const limitOf = (error) => (error.code === "limit" ? /`limits\.(\w+)`/.exec(error.message)?.[1] : undefined);

/** Reads a document again that a limit stopped, with eight times as much of it. */
function readAgain(doc) {
  doc.source = { ...doc.source, limits: { ...doc.source.limits, [limitOf(doc.error)]: 8 * doc.error.limit } };
  doc.state = "waiting";
  doc.error = null;
  state.doc = null;
  state.next = doc;
  worker.postMessage({ type: "read", job: doc.job, name: doc.name, ...doc.source });
  progress();
  show();
}

/** Errors of which the page says all there is to say. */
const TOLD = ["unsupported", "unreadable", "empty", "binary", "no_chinese", "scan"];

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
    const told = [ok.length && (ok.length === 1 ? t("done", ok[0].label) : t("doneMany", ok.length)), bad && t("someFailed", bad)].filter(Boolean).join(lang() === "zh" ? "，" : ", ");
    if (bad && batch.size > 1) say(told, { bad: true, action: t("showIt"), run: () => goAll("files") });
    else if (ok.length === 1 && state.view === "all" && state.doc !== ok[0]) say(told, { action: t("showIt"), run: () => state.docs.includes(ok[0]) && go(ok[0], { step: true }) });
    else if (ok.length === 1) $("status-text").textContent = told;
    else if (ok.length) say(told);
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
  if (at < 0) return;
  state.docs.splice(at, 1);
  staleAll();
  forgetDoc(doc);
  gone = [{ doc, at }];
  say(t("removed", doc.label), { action: t("undo"), run: putBack });
  if (state.doc === doc) {
    const next = state.docs[Math.min(at, state.docs.length - 1)] ?? null;
    state.doc = null;
    if (next && state.view === "doc") return go(next);
    state.doc = next;
    if (next?.state === "ready") drawShown(next);
  }
  show();
}

/** Closes every document; what is still being read is given up. */
function removeAll() {
  state.docs.forEach(forgetDoc);
  gone = state.docs.map((doc, at) => ({ doc, at })).filter(({ doc }) => doc.state === "ready" || doc.state === "failed");
  const many = state.docs.length;
  state.docs = [];
  state.doc = null;
  say(t("removedAll", many), gone.length ? { action: t("undo"), run: putBack } : {});
  progress();
  redrawAll();
}

/** Takes the last removal back. */
function putBack() {
  if (!gone) return;
  const { doc } = gone[0];
  for (const { doc, at } of gone) {
    state.docs.splice(at, 0, doc);
    keepDoc(doc);
  }
  gone = null;
  staleAll();
  if (state.view === "all") show();
  else go(doc);
}

// --- what is shown ------------------------------------------------------------------------------------

function drawShown(doc) {
  state.sel = null;
  source.show(doc);
  drawDoc();
}

/** Shows a document; `step` makes it a step that the back button undoes. */
function go(doc, { view = "doc", step = false } = {}) {
  state.view = view;
  if (state.doc !== doc) {
    state.doc = doc;
    if (doc.state === "ready") drawShown(doc);
  }
  show(step);
}

function goAll(part = state.part) {
  if (part !== state.part) staleAll();
  state.part = part;
  state.view = "all";
  show(true);
}

function goHome() {
  state.view = "home";
  show(true);
}

function show(step = false) {
  const { docs, doc, view } = state;
  const ready = docs.filter((d) => d.state === "ready");
  const home = !docs.length || view === "home";
  const all = !home && view === "all";
  const waiting = docs.length > 0 && !doc;
  $("empty").hidden = !home;
  $("waiting").hidden = home || all || !(waiting || doc?.state === "waiting" || doc?.state === "reading");
  $("failed").hidden = home || all || doc?.state !== "failed";
  $("doc").hidden = home || all || doc?.state !== "ready";
  $("all").hidden = !all;
  $("download").hidden = !ready.length || home;
  $("return").hidden = !(home && docs.length);
  if (home && docs.length) $("return").textContent = t("back", (doc ?? docs[0]).label);
  if (!$("failed").hidden) {
    $("failed-title").textContent = doc.name;
    $("failed-text").textContent = reason(doc.error);
    $("failed-raise").hidden = !limitOf(doc.error);
    $("failed-detail").textContent = TOLD.includes(doc.error.code) ? "" : t("technical", doc.error.message);
  }
  if (all && !views.all) drawAll(ready);
  drawDocs();
  document.title = doc?.state === "ready" && !all && !home ? `${doc.label} · ${t("brand")}` : t("brand");
  remember(step);
}

/** The chip of each document: the same element as long as it is open, so that the focus stays on it. */
const chips = new WeakMap();
const sum = h("span.chip.sum", h("button.name", { type: "button", id: "show-all", onclick: () => goAll() }));

function chipOf(doc) {
  if (!chips.has(doc)) {
    chips.set(doc, h("span.chip", h("button.name", { type: "button", title: doc.name, onclick: () => go(doc, { step: true }) }), h("button.close", { type: "button", onclick: () => remove(doc) }, "×")));
  }
  const chip = chips.get(doc);
  const label = (doc.state === "failed" ? "! " : doc.state === "ready" ? "" : "… ") + doc.label;
  if (chip.textContent !== `${label}×`) chip.firstElementChild.textContent = label;
  chip.lastElementChild.setAttribute("aria-label", t("remove", doc.label));
  chip.className = `chip ${doc.state}`;
  return chip;
}

function drawDocs() {
  const { docs, doc, view } = state;
  const nav = $("docs");
  nav.hidden = !docs.length;
  sum.firstElementChild.textContent = t("all");
  const shown = docs.length ? [sum, ...docs.map(chipOf)] : [];
  const on = view === "all" ? sum : view === "doc" && doc ? chips.get(doc) : null;
  const focus = [...nav.children].findIndex((el) => el.contains(document.activeElement));
  const stays = new Set(shown);
  for (const el of [...nav.children]) if (!stays.has(el)) el.remove();
  shown.forEach((el, i) => {
    if (nav.children[i] !== el) nav.insertBefore(el, nav.children[i] ?? null);
    el.classList.toggle("on", el === on);
    el.firstElementChild.setAttribute("aria-current", el === on ? "page" : "false");
  });
  // Whoever closes documents from the keyboard goes on with the next.
  if (focus >= 0 && !nav.contains(document.activeElement)) (nav.children[Math.min(focus, docs.length)]?.lastElementChild ?? $("open")).focus();
  if (on !== drawDocs.on) on?.scrollIntoView({ block: "nearest", inline: "nearest" });
  drawDocs.on = on;
}

function drawHead() {
  const { doc } = state;
  const { head } = doc;
  $("doc-title").textContent = doc.label;
  const facts = [
    [word("kind", head.kind), "tag"], [head.place?.text], [head.year && String(head.year)], [head.issuer?.text !== head.place?.text && head.issuer?.text],
    [head.signature?.date], [t("chars", number(doc.text.length)), "dim"], [t("took", number(Math.max(1, Math.round(head.took)))), "dim"],
    [head.source && fileFacts(head.source), "dim"], [doc.isCorrected && t("correctedByHand"), "tag"],
  ];
  $("doc-facts").replaceChildren(...facts.filter(([f]) => f).map(([f, c]) => h(c ? `span.${c}` : "span", f)), h("button.link", { type: "button", id: "correct", onclick: openCorrect }, t("correct")));
}

function drawDoc() {
  const { doc } = state;
  drawHead();
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
  if (!["plain", "html", "mht"].includes(format)) return name; // the others name their encoding themselves
  return `${name} · ${encoding_sure ? encoding : t("guessed", encoding)}`;
}

const amount = (tab) => {
  const { doc } = state;
  return { metrics: doc.metrics.length, tasks: doc.ledger.length, deadlines: doc.deadlines.length, references: doc.references.length, diagnostics: doc.diagnostics.length }[tab];
};

function drawTabs() {
  $("tabs").replaceChildren(...TABS.map((tab) => {
    const on = tab === state.tab;
    const n = amount(tab);
    return h("button.tab", {
      type: "button", role: "tab", id: `tab-${tab}`, "aria-selected": String(on), "aria-controls": "panel", tabIndex: on ? 0 : -1,
      onclick: () => openTab(tab), onkeydown: tabKey,
    }, t({ tasks: "tasksTab", references: "referencesTab" }[tab] ?? tab), h(`span.n${tab === "diagnostics" && n ? ".warn" : ""}`, number(n)));
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
  const nothing = { tasks: "noLedger", deadlines: "noDeadlines", references: "noReferences", diagnostics: "noDiagnostics" }[tab];
  panel.className = `panel ${tab}`;
  if (tab !== "metrics" && !amount(tab) && !(tab === "references" && doc.metadata.length)) {
    panel.replaceChildren(h("p.nothing", t(nothing)));
    return;
  }
  const pick = (kind, id) => select(kind, id, "facts");
  const tool = (name, run, data = name) => h("button.btn.quiet.small", { type: "button", data: { act: data }, onclick: run }, t(name));
  const copier = (table, only = null) => tool("copyTable", () => copyRows([doc], table, only), "copy");
  const hidden = doc.corrections.hidden?.filter((id) => !doc.firstNumbers.has(id)).length;
  const unhide = hidden ? h("button.btn.quiet.small", { type: "button", data: { act: "unhide" }, onclick: () => corrected(doc, { hidden: undefined }) }, t("unhide", number(hidden))) : null;
  const wide = tool($("panes").classList.contains("wide-facts") ? "narrower" : "wider", () => {
    $("panes").classList.toggle("wide-facts");
    drawFacts();
    showSelection({ source: false });
  }, "wide");
  if (tab === "metrics") {
    views.facts = new MetricsTable(panel, {
      docs: [doc], sort: state.sort, pick: (_, id) => pick("metric", id), section: () => state.doc.softSection,
      sorted: (sort) => { state.sort = sort; remember(); }, tools: [copier("metrics", (d, m) => views.facts.shows(d, m)), unhide, wide],
    });
  } else if (tab === "tasks") {
    const matrix = state.matrix && doc.tasks.length > 0;
    const other = doc.tasks.length ? [tool(matrix ? "toLedger" : "toMatrix", () => {
      state.matrix = !matrix;
      $("panes").classList.toggle("wide-facts", state.matrix);
      drawFacts();
      showSelection({ source: false });
      remember();
    }, "matrix")] : [];
    panel.classList.toggle("matrix", matrix);
    views.facts = matrix ? new Matrix(panel, doc, pick, [...other, wide])
      : new Ledger(panel, { docs: [doc], pick: (_, id) => pick("ledger", id), tools: [...other, copier("tasks", (d, k) => views.facts.shows(d, k)), wide] });
  } else if (tab === "deadlines") views.facts = timeLine(panel, doc, pick);
  else if (tab === "references") views.facts = referenceList(panel, doc, pick);
  else views.facts = doubtList(panel, doc, pick);
}

const copyRows = (docs, table, only) => tell(() => copyTable(docs, table, only));

/** Copies rows and tells how many they are. */
async function tell(copying) {
  try {
    const { count, isTable } = await copying();
    say(t(isTable ? "copied" : "copiedText", number(count)));
  } catch {
    say(t("notCopied"), { bad: true });
  }
}

async function copyText(html, text, told) {
  try {
    await copy([html], [text]);
    say(t(told));
  } catch {
    say(t("notCopied"), { bad: true });
  }
}

/** The documents that were read; of those with the same text the first. */
function counted() {
  const texts = new Set();
  return state.docs.filter((d) => d.state === "ready" && (!d.read.hash || (!texts.has(d.read.hash) && texts.add(d.read.hash))));
}

/** Gives up the view over all documents: what it shows is no longer so. */
function staleAll() {
  views.all?.destroy();
  views.all = null;
}

/** Draws the view over all documents anew. */
function redrawAll() {
  staleAll();
  show();
}

/** The first places by name; the others as a number. */
function placeNames(places, most = 6) {
  const names = places.slice(0, most).join("、");
  return places.length > most ? t("placesMore", names, places.length, places.length - most) : names;
}

function drawAll(ready) {
  const places = new Set(ready.map((d) => d.head.place?.text).filter(Boolean));
  const years = ready.map((d) => d.head.year).filter(Boolean);
  const span = years.length ? [...new Set([Math.min(...years), Math.max(...years)])].join("–") : "";
  const docs = counted();
  const total = docs.reduce((n, d) => n + d.metrics.length, 0);
  const failed = state.docs.filter((d) => d.state === "failed").length;
  $("all-facts").replaceChildren(h("span", t("doneMany", ready.length)), ...(failed ? [h("button.link", { type: "button", onclick: () => goAll("files") }, t("someFailed", failed))] : []), h("span", t("metricCount", number(total))), ...(places.size ? [h("span", placeNames([...places]))] : []), ...(span ? [h("span", span)] : []));
  const { part } = state;
  $("all-tabs").replaceChildren(...PARTS.map((p) => h("button.tab", {
    type: "button", role: "tab", id: `part-${p}`, "aria-selected": String(p === part), "aria-controls": "all-panel", tabIndex: p === part ? 0 : -1, onclick: () => goAll(p), onkeydown: partKey,
  }, t({ tasks: "ledger" }[p] ?? p))));
  $("all-panel").setAttribute("aria-labelledby", `part-${part}`);
  const host = $("all-panel");
  const into = (d, kind, id) => {
    go(docs[d], { step: true });
    if (kind) select(kind, id, "all");
    $("source").focus({ preventScroll: true });
  };
  const copier = (table, only) => h("button.btn.quiet.small", { type: "button", data: { act: "copy" }, onclick: () => copyRows(docs, table, only) }, t("copyTable"));
  if (part === "files") {
    views.all = fileTable(host, state.docs, {
      sort: state.fileSort, open: (d) => go(d, { step: true }), remove, removeAll, reason,
      sorted: (sort) => {
        state.fileSort = sort;
        redrawAll();
        document.querySelector(`.files [data-sort="${sort.by}"]`)?.focus();
      },
    });
  } else if (part === "metrics") {
    views.all = new MetricsTable(host, { docs, wide: true, sorted: () => {}, pick: (d, id) => into(d, "metric", id), tools: [copier("metrics", (d, m) => views.all.shows(d, m))] });
  } else if (part === "tasks") {
    views.all = new Ledger(host, { docs, wide: true, pick: (d, id) => into(d, "ledger", id), tools: [copier("tasks", (d, k) => views.all.shows(d, k))] });
  } else if (part === "compare") {
    views.all = compare(host, docs, into);
  } else {
    views.all = new Search(host, {
      docs, query: state.query, asked: (query) => { state.query = query; },
      pick: (d, kind, id, place) => {
        into(d, kind === "text" ? null : kind, id);
        if (kind === "text") source.reveal(place[0]);
      },
    });
  }
}

/** The comparison: by indicators where the documents have any, else by what is counted as it is written. */
function compare(host, docs, into) {
  const asked = docs.filter((d) => !d.indicators);
  for (const doc of asked) {
    if (doc.finding) continue;
    doc.finding = [];
    worker.postMessage({ type: "indicators", job: doc.job, text: doc.text });
  }
  if (asked.length && state.compareBy !== "subjects") {
    host.replaceChildren(h("p.nothing", { role: "status" }, t("findingIndicators")));
    return { destroy() {} };
  }
  const by = state.compareBy ?? (docs.some((d) => d.indicators?.length) ? "indicators" : "subjects");
  const tools = [kindChoice(by, (kind) => {
    state.compareBy = kind;
    redrawAll();
    $(`by-${kind}`)?.focus();
  })];
  const copied = (rows) => tell(() => copyCells(rows));
  if (by === "subjects") {
    return new Compare(host, { docs, tools, copied, subject: state.subject, pick: (d, id) => into(d, "metric", id), chosen: (key) => { state.subject = key; } });
  }
  return new Indicators(host, {
    docs, tools, copied, pick: (d, row) => {
      into(d, row.metric === null ? null : "metric", row.metric);
      if (row.metric === null) source.reveal(row.span[0]);
    },
  });
}

function partKey(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const to = PARTS[(PARTS.indexOf(state.part) + by + PARTS.length) % PARTS.length];
  goAll(to);
  $(`part-${to}`).focus();
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
  else if (views.facts instanceof Ledger) views.facts.choose(found?.row, { scroll });
  else if (tab === "tasks" && views.facts) {
    const inside = soft === null ? [] : doc.tasks.filter((task) => doc.inside(task.section, soft)).map((task) => `task.${task.id}`);
    views.facts.choose(found?.matrix ?? inside, { scroll });
  } else if (views.facts) {
    const own = { deadlines: "deadline", diagnostics: "diagnostic", references: "reference" }[tab];
    const row = sel?.kind !== own ? -1 : own === "deadline" ? views.facts.rowOf(sel.id) : sel.id;
    views.facts.active = row;
    if (scroll && row >= 0) views.facts.reveal(row);
    if (scroll && row < 0 && soft !== null && tab === "deadlines") {
      const first = doc.deadlines.find((d) => doc.inside(d.section, soft));
      if (first) views.facts.reveal(views.facts.rowOf(first.id));
    }
    views.facts.refresh();
  }
  if (tab === "metrics" && views.facts?.filter.section) views.facts.apply(); // what is shown depends on the section
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
  card.replaceChildren(...(sel ? detailCard(doc, sel.kind, sel.id, {
    close: clear,
    show() {
      $("panes").classList.remove("wide-facts");
      openPane("source");
      showSelection();
      $("source").focus({ preventScroll: true });
    },
    quote: () => quote(doc, sel),
    link: () => copyLink(doc, sel),
    report: () => copyText("", misreading(doc, sel), "reported"),
    ...(sel.kind === "metric" ? { correct: () => correctSubject(doc, sel.id), hide: () => hideMetric(doc, sel.id) } : {}),
  }) : []));
  (phone.matches ? $("doc") : document.querySelector(".pane.facts")).append(card);
}

/** A sentence with where it comes from: title, section path, place. */
function quote(doc, { kind, id }) {
  const found = doc.resolve(kind, id);
  const text = kind === "ledger" ? taskText(doc, doc.ledger[id]) : wholeSentence(doc.text, found.span);
  const { issuer, signature } = doc.head;
  const title = `${issuer ? `${issuer.text}：` : ""}《${doc.label}》${signature?.date ? `（${signature.date}）` : ""}`;
  const from = [title, ...doc.headingPath(found.section), t("charsAt", `${found.span[0] + 1}–${found.span[1]}`)].join(" › ");
  copyText(h("div", h("blockquote", h("p", text)), h("p", `—— ${from}`)).outerHTML, `${text}\n—— ${from}`, "quoted");
}

/** A link that opens the same fact when the same text is open; it holds nothing of the text. */
function copyLink(doc, { kind, id }) {
  const hash = hashOf({ ...(doc.origin ? { samples: doc.origin } : { text: doc.read.hash ?? undefined }), tab: state.tab, sel: `${kind}.${id}` });
  const url = `${location.origin}${location.pathname}#${hash}`;
  copyText(h("a", { href: url }, doc.label).outerHTML, url, "linked");
}

/** What one needs to see a misreading, and no more: the sentence, what was read, the version. */
function misreading(doc, { kind, id }) {
  const found = doc.resolve(kind, id);
  const row = { metric: doc.metrics, deadline: doc.deadlines, reference: doc.references, responsibility: doc.responsibilities, diagnostic: doc.diagnostics }[kind]?.[id];
  const { span, section, id: _, subject_spans, readSubject, ...read } = row ?? {};
  return [`gongwen ${document.documentElement.dataset.version ?? ""}`, `kind: ${doc.read.kind}`, wholeSentence(doc.text, found.span), row ? JSON.stringify(read) : kind, ""].join("\n");
}

// --- corrections --------------------------------------------------------------------------------------

function correctSubject(doc, id) {
  const ids = doc.inRow(id);
  const m = doc.metrics[id];
  const box = $("subject-text");
  box.value = m.subject.join("、");
  $("subject-read").textContent = t("asReadBefore", (m.readSubject ?? m.subject).join("、"));
  $("subject-dialog").showModal();
  $("subject-dialog").onclose = () => {
    const { returnValue } = $("subject-dialog");
    $("subject-dialog").returnValue = "";
    if (returnValue !== "ok" && returnValue !== "back") return;
    const asRead = returnValue === "back" || box.value.trim() === (m.readSubject ?? m.subject).join("、");
    const subjects = { ...doc.corrections.subjects };
    for (const one of ids) {
      if (asRead) delete subjects[one];
      else subjects[one] = box.value.trim();
    }
    corrected(doc, { subjects });
  };
}

function hideMetric(doc, id) {
  const before = doc.corrections.hidden ?? [];
  state.sel = null;
  corrected(doc, { hidden: [...new Set([...before, ...doc.inRow(id)])] });
  say(t("hiddenRow"), { action: t("undo"), run: () => corrected(doc, { hidden: before.length ? before : undefined }) });
}

function openCorrect() {
  const { doc } = state;
  const { head, read } = doc;
  const fields = { title: head.title?.text ?? "", place: head.place?.text ?? "", year: head.year ?? "", kind: head.kind };
  $("correct-kind").replaceChildren(...values("kind").map((k) => h("option", { value: k }, word("kind", k))));
  for (const [name, value] of Object.entries(fields)) $(`correct-${name}`).value = value;
  $("correct-dialog").showModal();
  $("correct-dialog").onclose = () => {
    const { returnValue } = $("correct-dialog");
    $("correct-dialog").returnValue = "";
    if (returnValue === "back") return corrected(doc, { title: undefined, place: undefined, year: undefined, kind: undefined });
    if (returnValue !== "ok") return;
    const set = (name, was) => {
      const now = $(`correct-${name}`).value.trim();
      return now === String(was ?? "") ? undefined : now;
    };
    const year = set("year", read.year);
    corrected(doc, { title: set("title", read.title?.text) || undefined, place: set("place", read.place?.text), kind: set("kind", read.kind), year: year === undefined ? undefined : year === "" ? null : Number(year) });
  };
}

function corrected(doc, given) {
  doc.correct(given);
  keepDoc(doc);
  staleAll();
  if (doc === state.doc && doc.state === "ready") {
    drawHead();
    drawFacts();
    drawDetail();
    showSelection({ source: false });
  }
  show();
}

/** The corrections of all documents as a file; a document is known by its text. */
function saveCorrections() {
  const rows = state.docs.filter((d) => d.isCorrected && d.read?.hash).map((d) => ({ text: d.read.hash, name: d.label, corrections: d.corrections }));
  if (!rows.length) return say(t("noCorrectionsYet"));
  save(new Blob([JSON.stringify({ form: "gongwen-corrections/1", documents: rows }, null, 1)], { type: "application/json" }), "gongwen-corrections.json");
}

async function loadCorrections(file) {
  let count = 0;
  try {
    const { form, documents } = JSON.parse(await file.text());
    if (form !== "gongwen-corrections/1") throw new TypeError("another form");
    for (const { text, corrections } of documents) {
      for (const doc of state.docs.filter((d) => d.read?.hash === text && d.state === "ready")) {
        corrected(doc, checkedCorrections(corrections));
        count++;
      }
    }
  } catch {
    count = 0;
  }
  say(count ? t("correctionsLoaded", count) : t("noCorrections"), { bad: !count });
}

/** Of a file of corrections, what has the right form. */
function checkedCorrections({ title, place, year, kind, subjects, hidden } = {}) {
  const text = (value) => (typeof value === "string" ? value.slice(0, 500) : undefined);
  const whole = (value) => Number.isInteger(value) && value >= 0;
  return {
    title: text(title), place: text(place), kind: values("kind").includes(kind) ? kind : undefined, year: whole(year) || year === null ? year : undefined,
    subjects: subjects && typeof subjects === "object" ? Object.fromEntries(Object.entries(subjects).filter(([id, v]) => /^\d+$/.test(id) && text(v) !== undefined)) : undefined,
    hidden: Array.isArray(hidden) ? hidden.filter(whole) : undefined,
  };
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
  for (const [id, key] of [["open", "open"], ["paste", "paste"], ["download", "download"], ["find", "search"]]) $(id).setAttribute("aria-label", t(key));
  $("legend").replaceChildren(...MARKS.map((k) => {
    const on = !$("source").classList.contains(`no-${k}`);
    return h(`button.key.${k}`, { type: "button", "aria-pressed": String(on), title: t("legendOff", word("mark", k)), onclick: (e) => {
      const off = $("source").classList.toggle(`no-${k}`);
      e.currentTarget.setAttribute("aria-pressed", String(!off));
    } }, word("mark", k));
  }), h("button.hint.link", { type: "button", onclick: openHelp }, t("legendHint")));
  $("keep").checked = state.keep;
  for (const [id, pane] of [["split-left", "outline"], ["split-right", "facts"]]) $(id).setAttribute("aria-label", t("resize", t(pane)));
  drawSamples();
  themeLabel();
}

function drawSamples() {
  document.querySelector(".samples").hidden = !samples.length;
  $("samples").replaceChildren(...samples.map((s) => h("li", h("button.sample", { type: "button", data: { sample: s.id }, onclick: () => openSample(s.id) },
    h("b", s.title), h("span", [word("kind", s.kind), s.place, s.year, t("chars", number(s.chars))].filter(Boolean).join(" · "))))));
}

/** Tells something for a while; `action` is a button that goes with it. */
function say(text, { bad = false, action = null, run = null } = {}) {
  const box = $("status");
  box.classList.toggle("bad", bad);
  $("status-text").textContent = text;
  $("status-act").hidden = !action;
  $("status-act").textContent = action ?? "";
  $("status-act").onclick = () => {
    box.classList.remove("on");
    run();
  };
  box.classList.add("on");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => box.classList.remove("on"), bad || action ? 9000 : 3500);
}

function openHelp() {
  const keys = [["/", "key.search"], ["J / K", "key.step"], ["Enter", "key.pick"], ["Esc", "key.clear"], ["↑ ↓ Home End", "key.move"], ["?", "key.help"]];
  $("help-keys").replaceChildren(...keys.map(([key, what]) => h("div", h("dt", h("kbd", key)), h("dd", t(what)))));
  $("help-dialog").showModal();
}

// --- panes: their widths ------------------------------------------------------------------------------

function sizes() {
  for (const side of Object.keys(SIDES)) resize(side, Number(stored(`pane.${side}`) ?? NaN));
}

function resize(side, width) {
  const { most } = SIDES[side];
  const panes = $("panes");
  if (!Number.isFinite(width)) return panes.style.removeProperty(`--${side}`);
  // A pane too narrow to read is closed.
  const set = width < 140 ? 0 : Math.min(most, width);
  panes.style.setProperty(`--${side}`, `${set}px`);
  panes.classList.toggle(`no-${side}`, set === 0);
  $(`split-${side}`).setAttribute("aria-valuenow", String(set));
  store(`pane.${side}`, set);
}

function split(side) {
  const bar = $(`split-${side}`);
  const pane = () => document.querySelector(side === "left" ? ".pane.outline" : ".pane.facts");
  const width = () => ($("panes").classList.contains(`no-${side}`) ? 0 : pane().offsetWidth);
  bar.setAttribute("aria-valuemin", "0");
  bar.setAttribute("aria-valuemax", String(SIDES[side].most));
  bar.setAttribute("aria-valuenow", String(SIDES[side].usual));
  const fold = () => resize(side, width() ? 0 : SIDES[side].usual);
  bar.addEventListener("dblclick", fold);
  bar.addEventListener("keydown", (e) => {
    const by = { ArrowLeft: -24, ArrowRight: 24 }[e.key];
    if (e.key === "Enter") fold();
    else if (by) resize(side, Math.max(140, width()) + (side === "left" ? by : -by));
    else return;
    e.preventDefault();
  });
  bar.addEventListener("pointerdown", (e) => {
    e.preventDefault();
    bar.setPointerCapture(e.pointerId);
    const [x, from] = [e.clientX, width()];
    const move = (m) => resize(side, from + (side === "left" ? m.clientX - x : x - m.clientX));
    bar.addEventListener("pointermove", move);
    bar.addEventListener("pointerup", () => bar.removeEventListener("pointermove", move), { once: true });
  });
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

function remember(step = false) {
  const { docs, doc, view, part, tab, sel, sort, matrix } = state;
  const own = docs.length > 0 && docs.every((d) => d.origin);
  const at = docs.indexOf(doc);
  writeLink({
    samples: own ? docs.map((d) => d.origin).join(",") : undefined,
    text: wanted.text,
    view: docs.length && view !== "doc" ? view : undefined,
    part: view === "all" ? part : undefined,
    doc: docs.length > 1 && at > 0 ? at : undefined,
    tab: docs.length && tab === "tasks" && matrix ? "matrix" : docs.length && tab !== "metrics" ? tab : undefined,
    sel: sel ? `${sel.kind}.${sel.id}` : own || wanted.text ? wanted.sel : undefined,
    sort: docs.length && sort !== "order.asc" ? sort : undefined,
    lang: link.lang ? lang() : undefined,
  }, step);
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
  const all = state.view === "all";
  const docs = all ? counted() : [state.doc];
  if (!docs[0]?.head) return;
  const name = (ending) => (docs.length > 1 ? `gongwen-${docs.length}${ending}` : fileName(docs[0], ending));
  // The table that is in view may show a part of its rows only.
  const table = all ? state.part : state.tab;
  const view = all ? views.all : views.facts;
  const filtered = (table === "metrics" || table === "tasks") && view?.isFiltered;
  const box = filtered ? h("input", { type: "checkbox", id: "only-shown", checked: true }) : null;
  // What does not follow the choice says that it is whole.
  const narrowed = ["xlsx", table === "metrics" ? "csvMetrics" : "csvLedger"];
  const only = (of) => (filtered && of === table && box.checked ? (doc, row) => view.shows(doc, row) : null);
  const offer = (key, ending, make) => h("button", { type: "button", data: { save: key }, onclick: async () => {
    $("download-menu").hidePopover();
    say(t("making", name(ending)));
    try {
      save(await make(), name(ending));
      say(t("saved", name(ending)));
    } catch (error) {
      say(t("notSaved", name(ending), error.message), { bad: true });
    }
  } }, t(key), filtered && !narrowed.includes(key) ? h("span.d-kind", t("everything")) : null);
  $("download-menu").replaceChildren(...[
    ...(filtered ? [h("label.check", box, h("span", t("onlyShown", view.count.textContent.replace(/[^\d,/ ].*$/, "").trim())))] : []),
    offer("xlsx", ".xlsx", () => xlsx(docs, filtered && box.checked ? { table, rows: only(table) } : null, workbook())),
    offer("csvMetrics", ".metrics.csv", () => csv(docs, "metrics", only("metrics"))),
    offer("csvLedger", ".tasks.csv", () => csv(docs, "tasks", only("tasks"))),
    offer("csvTasks", ".responsibilities.csv", () => csv(docs, "responsibilities")),
    offer("csvDeadlines", ".deadlines.csv", () => csv(docs, "deadlines")),
    offer("json", ".json", () => json(docs)),
    offer("markdown", ".md", () => markdown(docs)),
    all ? null : h("button", { type: "button", data: { act: "print" }, onclick: () => { $("download-menu").hidePopover(); printDoc(); print(); } }, t("print")),
    h("hr"),
    h("button", { type: "button", data: { act: "saveCorrections" }, onclick: () => { $("download-menu").hidePopover(); saveCorrections(); } }, t("saveCorrections")),
    h("button", { type: "button", data: { act: "loadCorrections" }, onclick: () => { $("download-menu").hidePopover(); $("corrections-file").click(); } }, t("loadCorrections")),
  ].filter(Boolean));
  const at = $("download").getBoundingClientRect();
  $("download-menu").style.top = `${at.bottom + 6}px`;
  $("download-menu").style.maxHeight = `${innerHeight - at.bottom - 12}px`;
  $("download-menu").style.right = `${Math.max(8, innerWidth - at.right)}px`;
}

let books = 0;
/** The workbooks that the worker is writing: what each promised. */
const written = new Map();

/** An Excel file in the worker's hands. */
function workbook() {
  const book = ++books;
  const tell = (message) => worker.postMessage({ type: "book", book, ...message });
  return {
    sheet: (sheet) => tell({ sheet }),
    rows: (rows) => tell({ rows }),
    done() {
      tell({ done: true });
      return new Promise((done, failed) => written.set(book, { done, failed }));
    },
  };
}

function printDoc() {
  if (state.view !== "doc" || state.doc?.state !== "ready") return;
  report($("report"), state.doc);
}

// --- events -------------------------------------------------------------------------------------------

function listen() {
  const choose = () => $("files").click();
  $("failed-raise").addEventListener("click", () => readAgain(state.doc));
  for (const id of ["open", "drop", "failed-open"]) $(id).addEventListener("click", choose);
  $("files").addEventListener("change", (e) => {
    openFiles(e.target.files);
    e.target.value = "";
  });
  $("download-menu").addEventListener("beforetoggle", (e) => e.newState === "open" && drawMenu());
  for (const id of ["paste", "paste2"]) $(id).addEventListener("click", () => $("paste-dialog").showModal());
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
    if (e.dataTransfer.files.length) dropped(e.dataTransfer);
    else openText(e.dataTransfer.getData("text/plain"));
  });
  addEventListener("keydown", (e) => {
    if (e.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
    if (e.key === "Escape") {
      // Out of an empty search back to the document.
      if (state.view === "all" && state.part === "search" && !$("search-box").value && state.doc) return go(state.doc, { step: true });
      return clear();
    }
    if (e.target.closest?.("input, textarea, select") || e.ctrlKey || e.metaKey || e.altKey) return;
    const key = e.key.toLowerCase();
    if (key === "/" && state.docs.length) {
      e.preventDefault();
      find();
    } else if (key === "?") openHelp();
    else if ((key === "j" || key === "k") && !$("doc").hidden && !e.target.closest?.("#source")) source.step(key === "j" ? 1 : -1);
  });
  $("home").addEventListener("click", (e) => {
    e.preventDefault();
    goHome();
  });
  $("return").addEventListener("click", () => go(state.doc ?? state.docs[0], { step: true }));
  $("find").addEventListener("click", find);
  addEventListener("beforeprint", printDoc);
  addEventListener("beforeunload", (e) => losing() && e.preventDefault());
  $("keep").addEventListener("change", (e) => setKeep(e.target.checked));
  $("corrections-file").addEventListener("change", (e) => {
    if (e.target.files[0]) loadCorrections(e.target.files[0]);
    e.target.value = "";
  });
  for (const dialog of document.querySelectorAll("dialog")) {
    for (const b of dialog.querySelectorAll("[data-cancel]")) b.addEventListener("click", () => dialog.close("")); // Escape does the same
  }
  for (const side of Object.keys(SIDES)) split(side);
  $("lang").addEventListener("click", () => {
    setLang(lang() === "zh" ? "en" : "zh");
    store("lang", lang());
    $("status").classList.remove("on"); // it speaks the other language
    relabel();
    staleAll();
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
  addEventListener("popstate", () => {
    const next = readLink();
    const { docs } = state;
    if (!docs.length && !next.samples) return;
    for (const id of next.samples?.split(",") ?? []) if (!docs.some((d) => d.origin === id)) openSample(id);
    const doc = docs[Number(next.doc ?? 0)] ?? docs[0];
    if (next.view === "home") state.view = "home";
    else if (next.view === "all") {
      if (next.part && next.part !== state.part) {
        staleAll();
        state.part = next.part;
      }
      state.view = "all";
    } else {
      state.view = "doc";
      if (doc && doc !== state.doc) {
        state.doc = doc;
        if (doc.state === "ready") drawShown(doc);
      }
    }
    if (next.tab && state.doc?.state === "ready") {
      state.matrix = next.tab === "matrix";
      openTab(next.tab === "matrix" ? "tasks" : next.tab);
    }
    if (next.sel && state.view === "doc" && state.doc?.state === "ready" && `${state.sel?.kind}.${state.sel?.id}` !== next.sel) {
      const [kind, id] = next.sel.split(".");
      select(kind, Number(id), "link");
    }
    show();
  });
  openPane("source");
}

/** Goes to the search over all documents. */
function find() {
  goAll("search");
  $("search-box")?.focus();
}

setLang(link.lang ?? stored("lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
start();
