// The page in Chromium: every action of a reader, hostile and very long documents, accessibility.
//
//   node --test page.test.mjs            SHOTS=dir keeps screenshots

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test, { after, before, beforeEach } from "node:test";
import { browser, docx, fixtures, zip } from "../../../wasm/tests/shared.mjs";
import { parse } from "../../../wasm/js/node.js";
import { build } from "../build.mjs";
import { csvCell, md } from "../src/export.js";
import { values } from "../src/i18n.js";
import { slots } from "../src/lists.js";
import { prepare } from "../src/prepare.js";
import { columnNames, doing, firstNumbers, period } from "../src/rows.js";
import { serve } from "../serve.mjs";

const axe = readFileSync(createRequire(new URL("../../../wasm/package.json", import.meta.url)).resolve("axe-core/axe.min.js"), "utf8");
const PLAN = "songshi-plan-2024";
const REPORT = "qinghe-annual-2023";
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const dir = mkdtempSync(join(tmpdir(), "gongwen-page-"));
const file = (name, content) => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};
let server, url, chrome, page;
let trouble = [];
let requests = [];
let asked = 0; // how often leaving was asked about

before(async () => {
  ({ server, url } = await serve(await build(join(dir, "dist"))));
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  server?.close();
});
beforeEach(async () => {
  await page?.evaluate(() => localStorage.clear()).catch(() => {});
  await page?.close();
  await open();
});

async function open(hash = "", options = {}) {
  trouble = [];
  requests = [];
  page = await chrome.context.newPage();
  page.on("pageerror", (e) => trouble.push(e.message));
  page.on("console", (m) => m.type() === "error" && trouble.push(m.text()));
  page.on("request", (r) => requests.push(r.url()));
  page.on("dialog", (d) => {
    if (d.type() === "beforeunload") {
      asked++;
      return d.accept();
    }
    trouble.push(`dialog ${d.message()}`);
    return d.dismiss();
  });
  await page.emulateMedia({ colorScheme: options.dark ? "dark" : "light", reducedMotion: "reduce" });
  await page.setViewportSize(options.size ?? { width: 1440, height: 900 });
  await page.goto(url + hash);
  await page.waitForSelector("html[data-warm]");
}
const shown = (title) => page.waitForFunction((t) => !document.getElementById("doc").hidden && document.getElementById("doc-title").textContent.includes(t), title ?? "");
/** Pastes a text on the start page and waits for it. */
async function pasted(text) {
  await page.click("#paste2");
  await page.fill("#paste-text", text);
  await page.click("#paste-ok");
  await shown();
}

async function sample(id) {
  await page.click(`[data-sample="${id}"]`);
  await shown();
}
const shot = async (name) => shots && page.screenshot({ path: join(shots, `${name}.png`) });
const expected = (id) => parse(fixtures.find((f) => f.name === `${id}.txt`).text);
/** The metrics that have a row: the first number of a change is told by the change. */
const rowsOf = (doc) => { const first = firstNumbers(doc.metrics); return doc.metrics.filter((m) => !first.has(m.id)); };
const clean = () => assert.deepEqual(trouble, []);
const inView = (selector) => page.waitForFunction((s) => {
  const el = document.querySelector(s);
  const box = el?.closest(".scroll")?.getBoundingClientRect();
  const r = el?.getBoundingClientRect();
  return r && box && r.top >= box.top - 2 && r.bottom <= box.bottom + 2;
}, selector);

/** The longest task of the page's own thread during `act`, in milliseconds of processor time: others on the machine do not count. */
async function busiest(act) {
  const session = await chrome.context.newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", (e) => events.push(...e.value));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["toplevel"] } });
  await act();
  await page.waitForTimeout(100);
  const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const main = new Set(events.filter((e) => e.name === "thread_name" && e.args.name === "CrRendererMain").map((e) => `${e.pid} ${e.tid}`));
  return Math.max(...events.filter((e) => e.ph === "X" && main.has(`${e.pid} ${e.tid}`)).map((e) => (e.tdur ?? 0) / 1000));
}

async function axeClean(name) {
  // The policy forbids scripts from strings on the page itself, so axe comes in over the debugger's side.
  const session = await chrome.context.newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const { result } = await session.send("Runtime.evaluate", { expression: "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200), v.nodes[0].failureSummary])))", awaitPromise: true });
  await session.detach();
  assert.deepEqual(JSON.parse(result.value), [], name);
}

test("nothing opened: samples are listed, nothing is wrong for assistive technology", async () => {
  assert.equal(await page.locator("[data-sample]").count(), fixtures.length);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  await shot("empty");
  await axeClean("empty");
  clean();
});

test("a sample: outline, marks, tables hold what the parser found", async () => {
  await sample(PLAN);
  const doc = expected(PLAN);
  assert.equal(await page.locator("#tab-metrics .n").textContent(), String(doc.metrics.length));
  assert.equal(await page.locator("#tab-deadlines .n").textContent(), String(doc.deadlines.length));
  assert.equal(await page.getAttribute("#outline-list [role=treeitem]", "aria-setsize"), String(doc.sections.length));
  await page.waitForFunction((n) => new Set([...document.querySelectorAll("#source .metric")].map((e) => e.dataset.k)).size === n, doc.metrics.length);
  const { text } = fixtures.find((f) => f.name.startsWith(PLAN));
  const source = await page.evaluate(() => [...document.querySelectorAll("#source .line")].map((l) => l.textContent).join("\n"));
  assert.equal(source, text.replace(/\n$/, ""), "the source is shown as it is");
  const marked = await page.evaluate(() => [...document.querySelectorAll("#source .metric:not(.continued)")].map((e) => e.textContent));
  assert.deepEqual(marked, doc.metrics.map((m) => text.slice(...m.span)));
  await shot("desktop");
  await axeClean("document");
  clean();
});

test("counts in the outline are those of the section with its children", async () => {
  const { text } = fixtures.find((f) => f.name.startsWith(REPORT));
  const doc = expected(REPORT);
  const { sectionMetrics } = prepare(text, doc);
  doc.sections.forEach((s, i) => assert.equal(sectionMetrics[i], doc.metrics.filter((m) => m.span[0] >= s.span[0] && m.span[1] <= s.span[1]).length));
});

test("a metric picked in the table shows in the text and in the outline", async () => {
  await sample(REPORT);
  const doc = expected(REPORT);
  await page.focus(".grid[role=grid]");
  await page.keyboard.press("End");
  const rows = rowsOf(doc);
  const last = rows.at(-1);
  await inView(`#source [data-k="metric.${last.id}"].sel`);
  assert.equal(await page.locator("#outline-list .here").getAttribute("data-i"), String(last.section));
  assert.equal(await page.textContent("#detail h2"), doing(last));
  await page.keyboard.press("ArrowUp");
  await inView(`#source [data-k="metric.${rows.at(-2).id}"].sel`);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#source .sel").count(), 0);
  assert.ok(await page.isHidden("#detail"));
  clean();
});

test("a mark picked in the text shows in the tables", async () => {
  await sample(PLAN);
  const doc = expected(PLAN);
  const at = rowsOf(doc)[Math.floor(rowsOf(doc).length / 2)].id;
  await page.locator(`#source [data-k="metric.${at}"]`).first().click();
  await page.waitForFunction((i) => document.querySelector(".grid .v-row.active .c-order")?.textContent === String(i + 1), at);
  await page.locator('#source .deadline[data-k="deadline.0"]').first().click();
  assert.equal(await page.getAttribute("#tab-deadlines", "aria-selected"), "true");
  await page.waitForSelector(".timeline .v-row.active");
  await page.locator("#source .unit").nth(2).click();
  assert.equal(await page.getAttribute("#tab-tasks", "aria-selected"), "true");
  await page.waitForSelector(".ledger .v-row.active");
  await page.click("[data-act=matrix]");
  await page.waitForSelector(".m-row.sel");
  clean();
});

test("a section picked in the outline scrolls the text and narrows the table", async () => {
  await sample(REPORT);
  const doc = expected(REPORT);
  await page.focus("#outline-list");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await inView('#source [data-k="heading.1"].sel');
  await page.check(".tools input[type=checkbox]");
  const section = doc.sections[1];
  const inside = rowsOf(doc).filter((m) => m.span[0] >= section.span[0] && m.span[1] <= section.span[1]).length;
  await page.waitForFunction((n) => document.querySelector(".count").textContent.startsWith(String(n)), inside);
  clean();
});

test("marks are explained on hover and on focus, and stepped through with the keyboard", async () => {
  await sample(PLAN);
  await page.locator("#source .metric").nth(1).hover();
  await page.waitForSelector("#tip:not([hidden])");
  assert.match(await page.textContent("#tip"), /指标/);
  await page.mouse.move(5, 5);
  await page.focus("#source");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.ok(await page.evaluate(() => document.activeElement.matches("#source .f[data-k]") && document.activeElement.getAttribute("aria-describedby") === "tip"));
  await page.keyboard.press("Enter");
  await page.waitForSelector("#detail:not([hidden])");
  clean();
});

test("the table of metrics is filtered and sorted", async () => {
  await sample(REPORT);
  const doc = expected(REPORT);
  const percent = rowsOf(doc).filter((m) => m.dimension === "percent");
  await page.selectOption("select[aria-label=类别]", "percent");
  await page.waitForFunction((n) => document.querySelector(".count").textContent.startsWith(`${n} /`), percent.length);
  await page.click(".c-value[role=columnheader] button");
  assert.equal(await page.getAttribute(".c-value[role=columnheader]", "aria-sort"), "descending");
  const most = Math.max(...percent.map((m) => m.value));
  const first = await page.textContent(".grid .v-row[data-i='0'] .c-value b");
  assert.ok(percent.some((m) => m.value === most && doing(m) === first), first);
  assert.ok(await page.locator(".grid .bar").count() > 0);
  await page.selectOption("select[aria-label=类别]", "");
  const word = doc.metrics.find((m) => m.subject[0]?.length > 2).subject[0];
  await page.fill("input[type=search]", word);
  await page.waitForFunction(() => / \/ /.test(document.querySelector(".count").textContent));
  await page.fill("input[type=search]", "没有这样的词");
  assert.match(await page.textContent(".nothing:visible"), /没有符合条件/);
  clean();
});

test("who does what: a cell shows its list, a unit all its tasks", async () => {
  await sample(PLAN);
  await page.click("#tab-tasks");
  await page.click("[data-act=matrix]");
  assert.ok(await page.locator("#panes").evaluate((e) => e.querySelector(".pane.facts").offsetWidth > e.offsetWidth * 0.95), "the matrix has the full width");
  await page.locator(".m-cell").first().click();
  await page.waitForSelector("#source .responsibility.sel", { state: "attached" });
  assert.ok(await page.locator(".m-cell.sel").count() >= 1);
  await page.keyboard.press("ArrowDown");
  await page.waitForSelector("#detail:not([hidden])");
  const unit = page.locator(".m-unit").first();
  const tasks = Number(await unit.locator("i").textContent());
  await unit.click();
  const marked = await page.locator("#source .unit.sel:not(.continued)").count();
  assert.ok(marked >= tasks, `${marked} marks for ${tasks} tasks`);
  await shot("matrix");
  await axeClean("matrix");
  clean();
});

test("deadlines stand on a line of time, in order", async () => {
  await sample(PLAN);
  await page.click("#tab-deadlines");
  const doc = expected(PLAN);
  const days = doc.deadlines.filter((d) => d.date).map((d) => d.date).sort();
  const first = await page.textContent(".t-row[data-i='0'] .t-when");
  assert.equal(first, days[0].slice(5) + days[0].slice(0, 4));
  await page.focus(".timeline");
  await page.keyboard.press("ArrowDown");
  await page.waitForSelector("#source .deadline.sel");
  await shot("deadlines");
  await axeClean("deadlines");
  clean();
});

test("issues are listed and marked", async () => {
  await pasted("某县2023年法治政府建设年度报告\n一、主要举措和成效\n（一）学法。全年学法4次。\n（三）办案。应诉10件，其中败诉12件，败诉率85%。\n");
  assert.equal(await page.evaluate(() => document.getElementById("paste-text").value), "");
  await page.click("#tab-diagnostics");
  assert.ok(await page.locator(".d-row").count() > 0);
  await page.locator(".d-row").first().click();
  await page.waitForSelector("#source .diagnostic.sel");
  await axeClean("issues");
  clean();
});

test("from a folder of any static host", async () => {
  const host = await serve(dir);
  try {
    await page.goto(`${host.url}dist/`);
    await page.waitForSelector("html[data-warm]");
    requests = [];
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("#drop")]);
    assert.ok(chooser.isMultiple());
    await chooser.setFiles(file("一.docx", docx(["某县工作要点", "一、总体要求", "全年学法4次。"])));
    await shown("某县");
    assert.deepEqual(requests.filter((r) => !r.startsWith("blob:")), []);
    clean();
  } finally {
    host.server.close();
  }
});

/** A file as OFD writers make it: a page with one object a line. */
function ofd(lines) {
  const at = 'xmlns:ofd="http://www.ofdspec.org/2016"';
  const objects = lines.map((l, i) => `<ofd:TextObject ID="${i + 3}" Boundary="30 ${30 + 10 * i} 150 6" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g ${l.length - 1} 5">${l}</ofd:TextCode></ofd:TextObject>`);
  return zip({
    "OFD.xml": `<ofd:OFD ${at} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    "Doc_0/Document.xml": `<ofd:Document ${at}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
    "Doc_0/Pages/Page_0/Content.xml": `<ofd:Page ${at}><ofd:Content><ofd:Layer ID="2">${objects.join("")}</ofd:Layer></ofd:Content></ofd:Page>`,
  });
}

test("files: OFD, a spreadsheet, RTF and a saved page are read in the page", async () => {
  const folder = fileURLToPath(new URL("../../../core/tests/fixtures/formats", import.meta.url));
  const saved = ["MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="b"', "", "--b", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: base64", "",
    Buffer.from("<h1>某县工作要点</h1><p>一、总体要求</p><p>全年学法4次。</p>").toString("base64"), "--b--", ""].join("\r\n");
  await page.setInputFiles("#files", [file("公文.ofd", ofd(["某县工作要点", "一、总体要求", "全年学法4次。"])), ...["tasks.xlsx", "report.rtf"].map((f) => join(folder, f)), file("网页.mht", saved)]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 4, null, { timeout: 60_000 });
  for (const [nth, format] of [/OFD/, /Excel/, /RTF/, /单个文件网页/].entries()) {
    await page.locator(".chip.ready .name").nth(nth).click();
    await shown();
    await page.waitForFunction((format) => new RegExp(format).test(document.getElementById("doc-facts").textContent), format.source);
    await page.waitForSelector("#source .metric", { state: "attached" });
  }
  clean();
});

test("files: PDF, old Word and a spreadsheet are read in the page, a scan is named", async () => {
  const folder = fileURLToPath(new URL("../../../core/tests/fixtures/formats", import.meta.url));
  // A page without text, as a scanner writes it before text recognition.
  const scan = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
  await page.setInputFiles("#files", [...["report.pdf", "report.doc", "tasks.xls"].map((f) => join(folder, f)), file("扫描.pdf", scan)]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 3 && document.querySelectorAll(".chip.failed").length === 1, null, { timeout: 60_000 });
  await page.locator(".chip.failed .name").click();
  assert.match(await page.textContent("#failed-text"), /^这是扫描件/);
  for (const [nth, format] of [[0, /PDF/], [1, /旧版 Word/], [2, /旧版 Excel/]]) {
    await page.locator(".chip.ready .name").nth(nth).click();
    await shown();
    assert.match(await page.textContent("#doc-facts"), format);
    assert.ok(await page.locator("#source .metric, #source .task").count() > 0, String(format));
    if (nth === 0) await shot("pdf");
  }
});

test("files: several, of every format, one of them bad", async () => {
  const plan = fixtures.find((f) => f.name.startsWith(PLAN));
  const lines = plan.text.split("\n").filter((l) => l.trim());
  await page.setInputFiles("#files", [
    plan.path,
    file("页面.html", `<meta charset=utf-8><h1>某县工作要点</h1>${lines.slice(8, 20).map((l) => `<p>${l}</p>`).join("")}`),
    file("文档.docx", docx(lines.slice(7, 30))),
    file("扫描.pdf", "%PDF-1.7\n…"),
    file("空.txt", ""),
  ]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 3 && document.querySelectorAll(".chip.failed").length === 2);
  await page.locator(".chip.failed .name").nth(1).click();
  assert.match(await page.textContent("#failed"), /文件是空的/);
  await page.locator(".chip.failed .name").first().click();
  assert.match(await page.textContent("#failed-text"), /^文件已损坏/);
  assert.ok(await page.locator(".top").evaluate((e) => e.offsetHeight < 70), "failed ones are as tall as the others");
  await page.click("#lang");
  assert.match(await page.textContent("#failed-text"), /^The file is damaged/);
  await page.click("#lang");
  await axeClean("failed");
  await shot("failed");
  await page.locator(".chip.ready .name").nth(2).click();
  await shown();
  assert.match(await page.textContent("#doc-facts"), /Word/);
  assert.ok(await page.locator("#source .metric").count() > 0);
  await page.locator(".chip.failed .close").first().click();
  assert.equal(await page.locator(".chip.failed").count(), 1);
  clean();
});

test("many files: it is told how far they are, and what each is", async () => {
  await page.evaluate(() => {
    window.told = [];
    new MutationObserver(() => window.told.push([document.getElementById("waiting-text").textContent, !document.getElementById("progress").hidden])).observe(document.body, { subtree: true, attributes: true, characterData: true, childList: true });
  });
  const many = Array.from({ length: 4 }, () => fixtures.map((f) => f.path)).flat();
  await page.setInputFiles("#files", many);
  await page.waitForFunction((n) => document.querySelectorAll(".chip.ready").length === n, many.length);
  const told = await page.evaluate(() => window.told.filter(([, on]) => on).map(([text]) => text));
  assert.ok(told.some((t) => /（1\/32）/.test(t)) && told.some((t) => /（3\d\/32）/.test(t)), [...new Set(told)].join("\n"));
  assert.ok(await page.isHidden("#progress"));
  assert.match(await page.textContent("#status"), /已读取 32 份文件/);
  await page.hover("#docs");
  await page.mouse.wheel(0, 600);
  await page.waitForFunction(() => document.getElementById("docs").scrollLeft > 300);
  assert.ok(await page.locator("#show-all").evaluate((e) => e.getBoundingClientRect().left >= document.getElementById("docs").getBoundingClientRect().left - 2), "the whole stays at hand");
  clean();
});

test("what the browser cannot open is told, a folder for one", async () => {
  // Chosen, then deleted, then dropped: its bytes cannot be had, as those of a folder.
  await page.evaluate(() => addEventListener("change", (e) => { e.stopImmediatePropagation(); window.kept = e.target.files[0]; }, { capture: true, once: true }));
  const path = file("没了.txt", "全年学法4次。");
  await page.setInputFiles("#files", path);
  await page.waitForFunction(() => window.kept);
  rmSync(path);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(window.kept);
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.waitForSelector("#failed:not([hidden])");
  assert.match(await page.textContent("#failed-text"), /文件夹/);
  clean();
});

test("a document without metrics opens where it has something", async () => {
  await page.setInputFiles("#files", file("分工.txt", "某县工作要点\n一、总体要求\n健全机制，完善制度。[责任单位:县司法局、县财政局]\n"));
  await shown();
  assert.equal(await page.getAttribute("#tab-tasks", "aria-selected"), "true");
  await page.click("#tab-metrics");
  assert.equal((await page.innerText("#panel")).trim(), "没有找到指标。", "no filters for nothing");
  clean();
});

test("every kind of mark, picked in the text, shows in the text, the outline and the card", async () => {
  await sample(PLAN);
  const doc = expected(PLAN);
  for (const key of [`metric.${doc.metrics.length - 1}`, "unit.5", `deadline.${doc.deadlines.length - 1}`, "reference.0", "diagnostic.0", "heading.7"]) {
    const kind = key.split(".")[0];
    const mark = page.locator(`#source [data-k="${key}"][tabindex]`);
    await mark.focus();
    await page.keyboard.press("Enter");
    await inView(`#source [data-k="${key}"].sel`);
    assert.ok(await page.isVisible("#detail"), kind);
    const row = doc[`${kind}s`]?.[Number(key.split(".")[1])];
    assert.equal(await page.locator("#outline-list .here").count(), row?.section === null ? 0 : 1, kind);
    assert.match(await page.textContent("#tip"), /./, kind);
  }
  const dim = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).color);
  assert.notEqual(await dim("#source .boilerplate"), await dim("#source .is-title"), "what is no content is dimmed");
  clean();
});

test("Tab reaches every part and is caught in none", async () => {
  await sample(PLAN);
  await page.evaluate(() => document.activeElement.blur());
  const passed = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => { const e = document.activeElement; return e === document.body ? "out" : e.id || e.className || e.tagName; });
    passed.push(at);
    if (at === "out") break;
  }
  for (const part of ["open", "paste", "download", "lang", "theme", "outline-list", "source", "tab-metrics"]) assert.ok(passed.includes(part), `${part}: ${passed}`);
  assert.ok(passed.some((p) => /narrow-grid/.test(p)) && passed.includes("out"), String(passed));
  clean();
});

test("the focus stays where it was when documents are opened, chosen and closed from the keyboard", async () => {
  await page.setInputFiles("#files", fixtures.slice(0, 4).map((f) => f.path));
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 4);
  const focused = () => page.evaluate(() => [[...document.querySelectorAll(".chip")].indexOf(document.activeElement.closest(".chip")), document.activeElement.className]);
  await page.focus(".chip:nth-child(3) .name");
  await page.keyboard.press("Enter");
  assert.equal(await page.getAttribute(".chip:nth-child(3) .name", "aria-current"), "page");
  assert.deepEqual(await focused(), [2, "name"]);
  await page.setInputFiles("#files", fixtures[5].path);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 5);
  assert.deepEqual(await focused(), [2, "name"]);
  await page.focus(".chip:nth-child(3) .close");
  await page.keyboard.press("Enter");
  assert.deepEqual(await focused(), [2, "close"], "the next one can be closed");
  // Caps Lock is on: the keys are the same.
  await page.focus("#source");
  await page.keyboard.press("J");
  assert.ok(await page.evaluate(() => document.activeElement.matches("#source .f")));
  clean();
});

test("drag and drop, and paste", async () => {
  const { text } = fixtures.find((f) => f.name.startsWith(REPORT));
  await page.evaluate((t) => {
    const data = new DataTransfer();
    data.items.add(new File([t], "拖入.txt", { type: "text/plain" }));
    dispatchEvent(new DragEvent("dragenter", { dataTransfer: data, bubbles: true }));
    window.veiled = !document.getElementById("veil").hidden;
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text);
  assert.ok(await page.evaluate(() => window.veiled && document.getElementById("veil").hidden));
  await shown("清河市");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "某县工作要点\n一、总体要求\n全年学法4次。\n");
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  });
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 2);
  clean();
});

test("several documents in one table, with place and year", async () => {
  await page.setInputFiles("#files", fixtures.map((f) => f.path));
  await page.waitForFunction((n) => document.querySelectorAll(".chip.ready").length === n, fixtures.length);
  await page.click("#show-all");
  const docs = fixtures.map((f) => parse(f.text));
  const shownRows = docs.reduce((n, d) => n + rowsOf(d).length, 0);
  assert.match((await page.textContent(".all .count")).replaceAll(",", ""), new RegExp(`^${shownRows} `));
  await page.click(".c-year[role=columnheader] button");
  const years = docs.filter((d) => d.metrics.length).map((d) => d.year).filter(Boolean);
  assert.equal(await page.textContent(".all .v-row[data-i='0'] .c-year"), String(Math.min(...years)));
  await page.fill(".all input[type=search]", "%");
  await page.waitForFunction(() => / \/ /.test(document.querySelector(".all .count").textContent));
  await shot("all");
  await axeClean("all");
  await page.fill(".all input[type=search]", "");
  await page.click("#download");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-save=csvMetrics]")]);
  const table = readFileSync(await download.path(), "utf8").trim().split("\r\n").map((l) => l.split(","));
  assert.equal(table.length, shownRows + 1);
  assert.deepEqual([...new Set(table.slice(1).map((r) => r[1]))].sort(), [...new Set(docs.filter((d) => d.metrics.length).map((d) => d.place?.text ?? ""))].sort());
  await page.locator(".all .v-row").first().click();
  await page.waitForSelector("#source .metric.sel");
  clean();
});

test("downloads: CSV, JSON, Markdown", async () => {
  await sample(PLAN);
  const doc = expected(PLAN);
  const get = async (key) => {
    await page.click("#download");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-save=${key}]`)]);
    return [download.suggestedFilename(), readFileSync(await download.path(), "utf8")];
  };
  const [csvName, csv] = await get("csvMetrics");
  assert.match(csvName, /松石县.*\.metrics\.csv$/);
  assert.equal(csv.trim().split("\r\n").length, doc.metrics.length + 1);
  assert.equal(csv.slice(1, csv.indexOf("\r\n")), columnNames("metrics").join(","));
  assert.ok(csv.startsWith("\ufeff文件,地区,报告年份,"));
  const [, json] = await get("json");
  const { text, ...rest } = JSON.parse(json);
  assert.deepEqual({ ...rest, text: null }, JSON.parse(JSON.stringify(doc)));
  assert.equal(text.slice(...doc.metrics[0].span).replace(/\s/g, ""), doc.metrics[0].text);
  const [, markdown] = await get("markdown");
  assert.match(markdown, /^# 松石县/);
  assert.equal((await get("csvTasks"))[1].trim().split("\r\n").length, doc.responsibilities.length + 1);
  assert.equal((await get("csvDeadlines"))[1].trim().split("\r\n").length, doc.deadlines.length + 1);
  clean();
});

test("text from documents is no formula and no markup in what is downloaded", () => {
  assert.equal(csvCell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
  assert.equal(csvCell('a"b,c'), '"a""b,c"');
  assert.equal(csvCell("＝HYPERLINK(1)"), "'＝HYPERLINK(1)");
  assert.equal(csvCell(-4), "-4");
  const { run, text } = JSON.parse(readFileSync(new URL("../../../spec/formulas.json", import.meta.url), "utf8"));
  for (const formula of run) assert.match(csvCell(formula), /^"?'/, JSON.stringify(formula));
  for (const harmless of text) assert.equal(csvCell(harmless), harmless);
  assert.equal(md("<img src=x> [a](javascript:b) | `c` *d*"), "&lt;img src=x&gt; \\[a\\]\\(javascript:b\\) \\| \\`c\\` \\*d\\*");
});

test("the address holds where one looks, never what is written", async () => {
  await sample(PLAN);
  await page.click("#tab-deadlines");
  await page.locator(".t-row").nth(1).click();
  const hash = new URL(page.url()).hash;
  assert.match(hash, /^#tab=deadlines&sel=deadline\.\d+&samples=songshi-plan-2024$/);
  await page.close();
  await open(hash);
  await shown("松石县");
  await page.waitForSelector("#source .deadline.sel");
  assert.equal(await page.getAttribute("#tab-deadlines", "aria-selected"), "true");
  await page.close();
  await open(`#doc=1&tab=matrix&sel=task.0&samples=${REPORT},${PLAN}`);
  await shown("松石县");
  await page.waitForSelector(".m-task.sel");
  await page.close();
  await open(`#view=all&part=tasks&samples=${REPORT},${PLAN}`);
  await page.waitForSelector("#all:not([hidden]) .v-row");
  await page.close();
  await open();
  await page.setInputFiles("#files", file("机密文件.txt", "某县工作要点\n一、总体要求\n全年学法4次。\n"));
  await shown();
  await page.locator("#source .metric").first().click();
  const own = decodeURIComponent(new URL(page.url()).hash);
  assert.doesNotMatch(own, /机密|某县|学法|samples/);
  assert.match(own, /sel=metric\.0/);
  clean();
});

test("Chinese and English", async () => {
  await sample(PLAN);
  await page.click("#lang");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.equal(await page.locator("#status.on").count(), 0, "no message in the other language stays");
  assert.match(await page.textContent("#tab-metrics"), /Metrics/);
  const left = await page.evaluate(() => [...document.querySelectorAll("button, label, h2, option")].filter((e) => !e.closest(".chip, .v-row, #detail") && e.checkVisibility() && /[\u4e00-\u9fff]/.test(e.textContent) && e.id !== "lang").map((e) => e.textContent));
  assert.deepEqual(left, []);
  await shot("english");
  await axeClean("english");
  await page.click("#lang");
  clean();
});

test("dark", async () => {
  await page.close();
  await open(`#samples=${PLAN}`, { dark: true });
  await shown();
  await page.locator("#source .metric").nth(3).click();
  await shot("dark");
  await axeClean("dark");
  await page.click("#theme"); // light, whatever the system says
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "light");
  await page.click("#theme");
  await page.click("#theme");
  clean();
});

test("a phone", async () => {
  await page.close();
  await open("", { size: { width: 390, height: 844 } });
  await shot("phone-empty");
  await axeClean("phone, empty");
  await sample(PLAN);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.ok(await wide(), "nothing is wider than the screen");
  await page.locator("#source .metric").nth(1).click();
  await page.waitForSelector("#detail:not([hidden])");
  await shot("phone");
  await axeClean("phone, text");
  await page.click("[data-pane=outline]");
  assert.ok(await page.isVisible("#outline-list"));
  await page.locator("#outline-list .v-row").nth(4).click();
  await inView('#source [data-k="heading.4"]');
  await page.click("[data-pane=facts]");
  await page.locator(".grid .v-row").nth(2).click();
  await shot("phone-facts");
  await axeClean("phone, facts");
  const small = await page.evaluate(() => [...document.querySelectorAll("button, select, input")].filter((e) => e.checkVisibility() && e.type !== "checkbox" && e.getBoundingClientRect().height < 38).map((e) => e.id || e.className));
  assert.deepEqual(small, [], "nothing is too small for a finger");
  await page.click("#detail .show");
  await inView('#source [data-k="metric.2"].sel');
  assert.ok(await wide());
  clean();
});

test("nothing from a document ever becomes markup", async () => {
  const evil = '<script>window.hit=1</script><img src=x onerror="window.hit=2"><svg onload=window.hit=3><a href="javascript:window.hit=4">';
  const text = [`某县${evil}2023年度报告`, `索引号：${evil}`, `一、${evil}主要举措`, `（一）${evil}。全年学法4次${evil}。办件${evil}9件。[责任单位：县${evil}局、县司法局]`,
    `《${evil}》（某政发〔2023〕1号），6月底前${evil}完成。`, "</textarea></title></style>--><iframe src=//evil.example>", `（三）${evil}`].join("\n");
  await page.setInputFiles("#files", [file(`${"<img src=x onerror=window.hit=9>".replaceAll("/", "")}.txt`, text), file("evil.html", `<h1>某县工作要点</h1><p>一、总体&lt;script&gt;window.hit=5&lt;/script&gt;</p>${evil}<p>全年学法4次。</p>`)]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 2);
  for (const chip of [0, 1]) {
    await page.locator(".chip:not(.sum) .name").nth(chip).click();
    await shown();
    for (const tab of ["metrics", "tasks", "deadlines", "references", "diagnostics"]) {
      await page.click(`#tab-${tab}`);
      const row = page.locator("#panel .v-row, #panel .m-cell").first();
      if (await row.count()) await row.click();
    }
    for (const mark of (await page.locator("#source .f[tabindex]").all()).slice(0, 12)) {
      await mark.hover().catch(() => {});
      await mark.click({ timeout: 1000 }).catch(() => {});
    }
  }
  await page.click("#show-all");
  const state = await page.evaluate(() => ({
    hit: window.hit, strange: document.querySelectorAll("main script, main img, main iframe, main a, main svg[onload], #tip img, #detail img, nav img").length,
    handlers: [...document.querySelectorAll("main *")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
  }));
  assert.deepEqual(state, { hit: undefined, strange: 0, handlers: 0 });
  assert.deepEqual(requests.filter((r) => !r.startsWith(url) && !r.startsWith("blob:")), [], "nothing was asked for elsewhere");
  clean();
});

test("offline: once loaded the page needs no network, and opens again without one", async () => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length > 0);
  await chrome.context.setOffline(true);
  try {
    requests = [];
    await sample(REPORT);
    await page.setInputFiles("#files", file("文档2.docx", docx(["某县工作要点", "一、总体要求", "全年学法4次。"])));
    await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 2);
    assert.deepEqual(requests.filter((r) => !r.startsWith("blob:")), []);
    await page.reload();
    await page.waitForSelector("html[data-warm]");
    await sample(PLAN);
    clean();
  } finally {
    await chrome.context.setOffline(false);
  }
});

// --- what rows say --------------------------------------------------------------------------------------

test("a row says what its number does, from when it is, and in which sentence", async () => {
  await pasted("某县2023年法治政府建设年度报告\n一、主要举措和成效\n（一）优化服务。审批时限由80天缩短至30天。受理行政复议申请40件，同比增长25%。网上可办率达到95%以上。\n");
  const rows = await page.locator(".grid .v-row").evaluateAll((list) => list.map((r) => ["subject .s1", "value b", "value .tags", "sentence"].map((c) => r.querySelector(`.c-${c}`)?.textContent)));
  assert.deepEqual(rows.map((r) => r[1]), ["80 → 30 天 ↓", "40件", "↑ 25% 同比", "95%以上"]);
  assert.equal(rows[3][2], "不少于");
  assert.equal(rows[0][3], "审批时限由80天缩短至30天");
  assert.match(await page.textContent(".grid .v-row[data-i='1'] .s2"), /2023/, "the year of the number");
  await page.fill("#panel input[type=search]", "时限由");
  await page.waitForFunction(() => document.querySelectorAll(".grid .v-row").length === 1);
  assert.equal(await page.textContent(".c-sentence mark.hit"), "时限由", "the sentence is searched, and the hit is marked");
  // What is shown may be taken alone; a change is one row there too.
  const csv = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-save=csvMetrics]")]);
    return readFileSync(await download.path(), "utf8").trim().split("\r\n").length - 1;
  };
  await page.click("#download");
  assert.ok(await page.isChecked("#only-shown"));
  assert.deepEqual(await page.locator("#download-menu .d-kind").evaluateAll((list) => list.map((e) => e.parentElement.dataset.save)), ["csvLedger", "csvTasks", "csvDeadlines", "json", "markdown"], "these are whole, and say so");
  assert.equal(await csv(), 1);
  await page.click("#download");
  await page.uncheck("#only-shown");
  assert.equal(await csv(), 4);
  clean();
});

test("days of a period as a reader says them", () => {
  assert.equal(period({ from: "2023-01-01", to: "2023-12-31" }), "2023");
  assert.equal(period({ from: "2021-01-01", to: "2025-12-31" }), "2021–2025");
  assert.equal(period({ from: "2024-01-01", to: "2024-06-30" }), "2024-01 – 2024-06");
  assert.equal(period(null), "");
});

test("the chart of deadlines tells the truth for any range", () => {
  for (const days of [["2024-01-31", "2024-12-01"], ["2024-12-31", "2025-01-01"], ["1999-06-30", "2049-12-31"], ["0020-01-01", "2024-05-05", "2999-12-31"], ["2024-03-01", "2024-03-02"]]) {
    const { bars, by } = slots(days);
    assert.equal(bars.reduce((n, b) => n + b.count, 0), days.length);
    assert.ok(bars.length <= 37, `${bars.length} bars`);
    days.forEach((day, i) => {
      const b = bars.find((x) => x.at >= 0 && x.at <= i && i < x.at + x.count);
      const [from, to] = b.label.split("–");
      assert.ok(by === "months" ? day.startsWith(b.label) : Number(from) <= Number(day.slice(0, 4)) && Number(day.slice(0, 4)) <= Number(to ?? from), `${day} in ${b.label}`);
    });
  }
});

// --- nothing is lost ------------------------------------------------------------------------------------

test("the logo, a closed document, the back button: nothing is lost", async () => {
  await sample(PLAN);
  await page.click("#home");
  await page.waitForSelector("#empty:not([hidden])");
  assert.equal(await page.locator(".chip.ready").count(), 1, "the document is still there");
  await page.click("#return");
  await shown("松石县");
  await page.locator(".chip.ready .close").click();
  await page.waitForSelector("#empty:not([hidden])");
  await page.click("#status-act");
  await shown("松石县");
  await page.click("#show-all");
  await page.waitForSelector("#all:not([hidden])");
  await page.goBack();
  await page.waitForSelector("#doc:not([hidden])");
  await page.goForward();
  await page.waitForSelector("#all:not([hidden])");
  clean();
});

test("leaving asks only where something would be lost", async () => {
  asked = 0;
  await sample(PLAN);
  await page.click("#tab-tasks");
  await page.reload();
  await shown("松石县");
  assert.equal(asked, 0, "a sample comes back by itself");
  await page.setInputFiles("#files", file("自己的.txt", "某县工作要点\n一、总体要求\n全年学法4次。\n"));
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 2);
  await page.click("#home");
  await page.reload();
  await page.waitForSelector("html[data-warm]");
  assert.equal(asked, 1);
  clean();
});

/** Until what is kept stands in the browser. */
const written = () => page.waitForSelector("html:not([data-writing])");

/** Sets the subject of the first metric right. */
async function correctFirst(subject) {
  await page.locator("#source .metric").first().click();
  await page.click("[data-act=correctSubject]");
  await page.fill("#subject-text", subject);
  await page.click("#subject-dialog [value=ok]");
  await page.waitForFunction((subject) => document.querySelector(".grid .s1")?.textContent.startsWith(subject), subject);
}

test("documents stay in the browser if one wants it, with their corrections, until they are cleared", async () => {
  asked = 0;
  await page.check("#keep");
  await page.setInputFiles("#files", file("留下.txt", "某县工作要点\n一、总体要求\n全年学法4次。\n"));
  await shown("某县");
  await correctFirst("集体学法");
  await written();
  await page.reload();
  await shown("某县");
  await page.waitForFunction(() => document.querySelector(".grid .s1")?.textContent.startsWith("集体学法"));
  assert.equal(asked, 0);
  await page.click("#home");
  await page.uncheck("#keep");
  await written();
  await page.evaluate(() => { for (const b of document.querySelectorAll(".chip .close")) b.click(); });
  await page.reload();
  await page.waitForSelector("html[data-warm]");
  assert.equal(await page.locator(".chip").count(), 0);
  clean();
});

test("a correction made while its document is still being written is kept, once", async () => {
  asked = 0;
  await page.check("#keep");
  await written();
  await page.evaluate(() => new Promise((held) => { // a slow disk: whoever writes waits for this transaction
    indexedDB.open("gongwen", 1).onsuccess = ({ target: { result: db } }) => {
      const store = db.transaction("documents", "readwrite").objectStore("documents");
      const hold = () => { if (!window.go) store.get(0).onsuccess = hold; else db.close(); };
      hold();
      held();
    };
  }));
  await page.setInputFiles("#files", file("慢.txt", "某县工作要点\n一、总体要求\n全年学法4次。\n"));
  await shown("某县");
  await correctFirst("集体学法");
  assert.equal(await page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))), true, "leaving asks while something is being written");
  await page.evaluate(() => { window.go = true; });
  await written();
  await page.reload();
  await shown("某县");
  await page.waitForFunction(() => document.querySelector(".grid .s1")?.textContent.startsWith("集体学法"));
  assert.equal(await page.locator(".chip.ready").count(), 1);
  assert.equal(asked, 0);
  await page.click("#home");
  await page.uncheck("#keep");
  await written();
  clean();
});

test("a browser that keeps nothing says so", async () => {
  asked = 0;
  await page.evaluate(() => { IDBFactory.prototype.open = () => { throw new DOMException("no room", "QuotaExceededError"); }; });
  await page.check("#keep");
  await page.setInputFiles("#files", file("不留.txt", "某县工作要点\n一、总体要求\n全年学法4次。\n"));
  await shown("某县");
  await page.waitForFunction(() => /没有空间/.test(document.getElementById("status-text").textContent));
  await page.reload();
  await page.waitForSelector("html[data-warm]");
  assert.equal(asked, 1, "and leaving asks");
  clean();
});

test("a binary, an empty file, a text without Chinese: said", async () => {
  const binary = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 37) % 29));
  await page.setInputFiles("#files", [file("程序.txt", binary), file("english.txt", "The annual report covers 64 items and 12% growth.\n"), file("空白.txt", " \n\n")]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.failed").length === 3);
  const said = [];
  for (const i of [0, 1, 2]) {
    await page.locator(".chip.failed .name").nth(i).click();
    said.push(await page.textContent("#failed-text"));
  }
  assert.match(said[1], /没有中文/);
  assert.match(said[2], /文件是空的/);
  assert.equal(said[0], "暂不支持没有文字的文件。请用平时打开它的程序打开，把文字粘贴进来。");
  clean();
});

test("every format that is not read has a name in both languages", () => {
  const reader = new URL("../../../core/src/read/", import.meta.url);
  const names = ["bytes.rs", "sniff.rs", "plain.rs", "doc/file.rs", "xls.rs", "pdf.rs"].flatMap((file) => [...readFileSync(new URL(file, reader), "utf8")
    .matchAll(/(?:Error::Unsupported \{ format: |\bunsupported\()"([^"]+)"/g)].map((m) => m[1]));
  assert.ok(names.length > 15);
  assert.deepEqual(names.filter((name) => !values("unread").includes(name)), []);
});

test("a limit that stops a reading can be raised", async () => {
  await page.setInputFiles("#files", file("深.html", `${"<div>".repeat(1200)}<p>某县工作要点</p><p>一、总体要求</p><p>全年学法4次。</p>`));
  await page.waitForSelector("#failed:not([hidden])");
  assert.match(await page.textContent("#failed-text"), /安全限制/);
  await page.click("#failed-raise");
  await shown("某县");
  await page.waitForFunction(() => document.querySelectorAll("#source .metric").length === 1);
  await page.setInputFiles("#files", file("空.txt", ""));
  await page.waitForSelector(".chip.failed");
  await page.click(".chip.failed .name");
  assert.equal(await page.isVisible("#failed-raise"), false, "nothing to raise");
  clean();
});

test("a file that is too large is not fetched from the disk", async () => {
  const path = file("长.txt", "");
  truncateSync(path, (64 << 20) + 1);
  await page.setInputFiles("#files", path);
  await page.waitForSelector("#failed:not([hidden])");
  assert.match(await page.textContent("#failed-text"), /安全限制/);
  assert.equal(await page.isVisible("#failed-raise"), true);
  clean();
});

test("43 files: a list with what each is, failures first with the reason; nothing takes long, an Excel file of all of them neither", async (t) => {
  const many = Array.from({ length: 5 }, (_, n) => fixtures.map((f) => file(`${n}-${f.name}`, `${f.text}\n第${n}份\n`))).flat();
  const took = {};
  const timed = async (name, act) => { took[name] = Math.round(await busiest(act)); };
  await timed("read", async () => {
    await page.setInputFiles("#files", [...many, file("坏.docx", "PK\u0003\u0004 …"), file("空.txt", ""), file("图.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]))]);
    await page.waitForFunction((n) => document.querySelectorAll(".chip.ready").length === n && document.querySelectorAll(".chip.failed").length === 3, many.length);
  });
  await page.click("#show-all");
  await timed("files", () => page.click("#part-files"));
  const rows = await page.locator(".files tbody tr").evaluateAll((list) => list.map((r) => [...r.cells].map((c) => c.textContent)));
  assert.equal(rows.length, 43);
  assert.deepEqual(rows.slice(0, 3).map((r) => r[0]), ["未能读取", "未能读取", "未能读取"]);
  assert.ok(rows.slice(0, 3).every((r) => r[1].length > 8));
  const plan = rows.find((r) => r[1].startsWith("松石县2024年"));
  assert.deepEqual(plan.slice(2, 6), ["工作计划", "松石县", "2024", String(expected(PLAN).metrics.length)]);
  await shot("files");
  await axeClean("files");
  await chrome.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await timed("metrics", () => page.click("#part-metrics"));
  await timed("copy", async () => {
    await page.click("#all-panel [data-act=copy]");
    await page.waitForFunction(() => /已复制/.test(document.getElementById("status-text").textContent));
  });
  // As HTML so many rows would be checked by the browser in one go; Excel takes the text as well.
  assert.match(await page.textContent("#status-text"), /可粘贴到 Excel$/);
  const [types, text] = await page.evaluate(async () => [(await navigator.clipboard.read())[0].types, await navigator.clipboard.readText()]);
  const count = Number((await page.textContent("#all-panel .count")).replace(/\D/g, ""));
  assert.ok(count > 2000, String(count));
  assert.deepEqual([types, text.split("\n").length], [["text/plain"], count + 1]);
  await timed("tasks", () => page.click("#part-tasks"));
  await timed("by unit", () => page.selectOption("#all-panel select", "unit"));
  await timed("compare", async () => {
    await page.click("#part-compare");
    await page.waitForSelector(".indicators tbody tr");
  });
  await timed("to the end", async () => {
    for (let i = 0; i < 5; i++) {
      await page.evaluate(() => { const b = document.querySelector(".indicators"); b.scrollTop = b.scrollHeight; });
      await page.waitForTimeout(100);
    }
  });
  await timed("subjects", async () => {
    await page.click("#by-subjects");
    await page.waitForSelector(".compare h2");
  });
  await timed("search", async () => {
    await page.click("#part-search");
    await page.fill("#search-box", "县");
    await page.waitForFunction((n) => document.querySelectorAll(".hits .group").length > n / 2, many.length);
    await page.waitForTimeout(300);
  });
  await page.click("#part-files");
  await page.click("#download");
  await timed("Excel", async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-save=xlsx]")]);
    const { unzipSync, strFromU8 } = await import(createRequire(new URL("../../../wasm/package.json", import.meta.url)).resolve("fflate"));
    const sheet = strFromU8(unzipSync(readFileSync(await download.path()))["xl/worksheets/sheet2.xml"]);
    assert.equal(sheet.match(/<row /g).length, count + 1);
  });
  t.diagnostic(JSON.stringify(took));
  assert.ok(Math.max(...Object.values(took)) < 100, JSON.stringify(took));
  clean();
});

test("a folder and a .zip archive are many documents", async () => {
  const plan = fixtures.find((f) => f.name.startsWith(PLAN));
  await page.setInputFiles("#files", file("两份.zip", zip({ "甲/要点.txt": plan.text, "乙.txt": "某县工作要点\n一、总体要求\n全年学法4次。\n", ".hidden": "x", "__MACOSX/乙.txt": "x" })));
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 2);
  assert.equal(await page.locator(".chip.failed").count(), 0);
  await page.evaluate(() => {
    const entry = (name, text) => ({ name, isFile: true, isDirectory: false, file: (done) => done(new File([text], name)) });
    const folder = (name, children) => ({ name, isFile: false, isDirectory: true, createReader() { let sent = false; return { readEntries: (done) => { done(sent ? [] : children); sent = true; } }; } });
    const items = [folder("文件夹", [entry("一.txt", "甲县工作要点\n一、总体要求\n全年学法5次。\n"), folder("下级", [entry("二.txt", "乙县工作要点\n一、总体要求\n全年学法6次。\n")])])];
    const event = new DragEvent("drop", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "dataTransfer", { value: { files: [new File([], "文件夹")], items: items.map((e) => ({ kind: "file", webkitGetAsEntry: () => e })), getData: () => "" } });
    document.body.dispatchEvent(event);
  });
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 4);
  clean();
});

test("a damaged file in an archive costs the others nothing", async () => {
  const archive = zip({ "好.txt": "某县工作要点\n一、总体要求\n全年学法4次。\n", "坏.txt": "某县工作要点\n一、总体要求\n全年学法7次。\n" });
  archive.write("8", archive.indexOf("7次")); // its checksum is another
  await page.setInputFiles("#files", file("一好一坏.zip", archive));
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 1 && document.querySelectorAll(".chip.failed").length === 1);
  assert.match(await page.locator(".chip.failed").textContent(), /坏/);
  clean();
});

// --- what people come for -------------------------------------------------------------------------------

test("the ledger of tasks: units, dates, groups, and an Excel file with numbers", async () => {
  await sample(PLAN);
  const doc = expected(PLAN);
  await page.click("#tab-tasks");
  const named = new Set(doc.responsibilities.flatMap((r) => r.units.map((u) => u.name)));
  await page.selectOption("select[aria-label=分组]", "unit");
  const groups = new Set();
  for (let i = 0; ; i++) {
    const heads = await page.locator(".l-group b").allTextContents();
    heads.forEach((g) => groups.add(g));
    const end = await page.locator(".ledger").evaluate((e) => { e.scrollTop += e.clientHeight; return e.scrollTop + e.clientHeight >= e.scrollHeight - 2; });
    await page.waitForTimeout(30);
    if (end && i > 2) break;
  }
  for (const g of await page.locator(".l-group b").allTextContents()) groups.add(g);
  groups.delete("没有写明单位");
  assert.deepEqual([...groups].sort(), [...named].sort());
  await page.selectOption("select[aria-label=分组]", "date");
  const dates = await page.locator(".l-group b").allTextContents();
  assert.deepEqual(dates, [...dates].sort());
  await page.selectOption("select[aria-label=分组]", "");
  // A word that stands in the text of a task only is shown there, and marked.
  const hit = doc.responsibilities.map((r) => /[\p{Script=Han}]{4}/u.exec(fixtures.find((f) => f.name.startsWith(PLAN)).text.slice(r.span[0] - 30, r.span[0]))?.[0]).find((w) => w && !doc.sections.some((s) => s.heading?.text.includes(w)));
  await page.fill("#panel input[type=search]", hit);
  await page.waitForFunction((hit) => [...document.querySelectorAll(".ledger mark.hit")].some((e) => e.textContent === hit), hit);
  await page.fill("#panel input[type=search]", "营商环境");
  await page.waitForFunction(() => document.querySelector(".ledger .l-task mark.hit")?.textContent === "营商环境");
  await page.locator(".ledger .v-row").first().click();
  assert.match(await page.textContent("#detail"), /县发展改革局/);
  await shot("ledger");
  await axeClean("ledger");
  await page.click("#download");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-save=xlsx]")]);
  const path = file("out.xlsx", readFileSync(await download.path()));
  const { unzipSync, strFromU8 } = await import(createRequire(new URL("../../../wasm/package.json", import.meta.url)).resolve("fflate"));
  const parts = unzipSync(readFileSync(path));
  const names = [...strFromU8(parts["xl/workbook.xml"]).matchAll(/<sheet [^>]*name="([^"]+)"/g)].map((m) => m[1]);
  assert.deepEqual(names, ["任务台账", "文件"], "what is shown, and what it is from");
  await page.fill("#panel input[type=search]", "");
  await page.click("#download");
  const [whole] = await Promise.all([page.waitForEvent("download"), page.click("[data-save=xlsx]")]);
  const sheets = unzipSync(readFileSync(await whole.path()));
  const metrics = strFromU8(sheets["xl/worksheets/sheet2.xml"]);
  const most = Math.max(...doc.metrics.map((m) => m.value));
  assert.match(metrics, new RegExp(`<v>${most}</v>`), "numbers are numbers");
  const [, corner] = /<\/sheetData><autoFilter ref="A1:([A-Z]+\d+)"\/>/.exec(metrics);
  assert.equal(corner, /.*<c r="([A-Z]+\d+)"/s.exec(metrics)[1], "every column can be filtered, to the last row");
  assert.match(strFromU8(sheets["xl/styles.xml"]), /wrapText="1"/, "long cells are wrapped");
  // Whoever leads or answers for a task stands in one column, on the page and in the file.
  const rows = columnNames("tasks");
  assert.equal(rows[4], "牵头（责任）单位");
  assert.equal(await page.locator(".ledger .head .l-lead").textContent(), rows[4]);
  clean();
});

test("copied rows are a table for Excel and Word", async () => {
  await chrome.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await sample(PLAN);
  await page.click("#panel [data-act=copy]");
  await page.waitForFunction(() => /已复制/.test(document.getElementById("status-text").textContent));
  const [html, text] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return Promise.all(["text/html", "text/plain"].map(async (t) => (await item.getType(t)).text()));
  });
  const doc = expected(PLAN);
  assert.equal(text.split("\n").length, rowsOf(doc).length + 1);
  assert.match(html, /<table[^>]*>.*<th>对象<\/th>/s);
  // A cell that a spreadsheet would run is text in both.
  await correctFirst("=1+1");
  await page.evaluate(() => { document.getElementById("status-text").textContent = ""; });
  await page.click("#panel [data-act=copy]");
  await page.waitForFunction(() => /已复制/.test(document.getElementById("status-text").textContent));
  const formulas = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return Promise.all(["text/html", "text/plain"].map(async (t) => /.{2}1\+1/.exec(await (await item.getType(t)).text())[0]));
  });
  assert.deepEqual(formulas, ["'=1+1", "'=1+1"]);
  await page.locator("#source .metric").nth(2).click();
  await page.click("[data-act=quote]");
  await page.waitForFunction(() => /引文/.test(document.getElementById("status-text").textContent));
  const quoted = await page.evaluate(() => navigator.clipboard.readText());
  const { issuer, signature } = doc;
  assert.ok(quoted.includes(`—— ${issuer ? `${issuer.text}：` : ""}《松石县2024年法治政府建设工作要点》${signature?.date ? `（${signature.date}）` : ""} › 一、深化简政放权`), quoted);
  assert.match(quoted, / › 第 \d+–\d+ 字$/);
  await page.click("[data-act=link]");
  await page.waitForFunction(() => /链接/.test(document.getElementById("status-text").textContent));
  const linked = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(linked, /#tab=metrics&sel=metric\.2&samples=songshi-plan-2024$/);
  clean();
});

test("a link into a file of one's own leads there once the same file is open, and says nothing of it", async () => {
  await chrome.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const own = file("内部.txt", "某县工作要点\n一、总体要求\n全年学法4次。\n二、重点任务\n开展检查6次。\n");
  await page.setInputFiles("#files", own);
  await shown("某县");
  await page.locator("#source .metric").nth(1).click();
  await page.click("[data-act=link]");
  await page.waitForFunction(() => /链接/.test(document.getElementById("status-text").textContent));
  const linked = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(linked, /#tab=metrics&sel=metric\.1&text=[0-9a-f]{16}$/);
  await page.close();
  await open(new URL(linked).hash);
  assert.match(await page.textContent("#status-text"), /打开同一份文件/);
  await page.setInputFiles("#files", own);
  await page.waitForSelector('#source [data-k="metric.1"].sel');
  clean();
});

test("a subject of several reports side by side; gaps are gaps, every cell leads to its sentence", async () => {
  const report = (place, year, rate) => file(`${place}${year}.txt`, `${place}${year}年法治政府建设年度报告\n一、主要举措和成效\n（一）办案。全年办理行政复议案件${rate + 20}件，败诉率${rate}%。\n`);
  await page.setInputFiles("#files", [report("甲县", 2022, 9.5), report("甲县", 2023, 8), report("乙县", 2023, 12), file("丙县.txt", "丙县2023年法治政府建设年度报告\n一、主要举措和成效\n（一）学法。全年学法4次。\n")]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 4);
  await page.click("#show-all");
  await page.click("#part-compare");
  await page.click("#by-subjects");
  await page.fill("#compare-subject", "败诉率");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".compare h2")?.textContent.startsWith("败诉率"));
  const table = await page.locator(".compare tr").evaluateAll((list) => list.map((r) => [...r.cells].map((c) => c.innerText.trim().split("\n")[0])));
  assert.deepEqual(table, [["地区", "2022", "2023"], ["甲县", "9.5%", "8%"], ["乙县", "—", "12%"], ["丙县", "—", "—"]]);
  await shot("compare");
  await axeClean("compare");
  await page.locator(".compare .cell").nth(1).click();
  await shown("甲县2023");
  await page.waitForSelector("#source .metric.sel");
  clean();
});

test("indicators by place and year: targets beside results, gaps, a chart, the sentence of a cell, a fact sheet of one document", async () => {
  const work = (year, gdp, aim) => file(`松石${year}.txt`, `${year}年松石市政府工作报告\n——${year}年1月15日在松石市第三届人民代表大会第五次会议上\n各位代表：\n现在，我代表市人民政府作政府工作报告。\n一、${year - 1}年工作回顾\n地区生产总值达到${gdp}亿元，同比增长6.5%。\n二、${year}年工作安排\n地区生产总值增长${aim}%左右，居民人均可支配收入增长与经济增长同步。\n`);
  const law = file("青河2023.txt", "青河县2023年法治政府建设年度报告\n一、主要举措和成效\n（一）化解争议。全年收到行政复议申请103件，受理91件，办理行政诉讼案件34件，实现零败诉。\n二、存在的不足\n力量偏弱。\n");
  await page.setInputFiles("#files", [work(2024, 350, 6), work(2025, 372, 7), law]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 3);
  assert.ok(!requests.some((r) => /gongwen_indicators/.test(r)), "the module comes when it is asked for");
  await page.click("#show-all");
  await page.click("#part-compare");
  await page.waitForSelector(".indicators tbody tr");
  assert.equal(await page.getAttribute("#by-indicators", "aria-pressed"), "true");
  const cells = () => page.locator(".indicators tr").evaluateAll((list) => list.map((r) => [...r.cells].map((c) => c.innerText.trim().replace(/\s+/g, " "))));
  const table = await cells();
  assert.deepEqual(table[0], ["指标", "松石市 2023", "松石市 2024", "松石市 2025", "青河县 2023"]);
  const line = (name) => table.find((r) => r[0] === name);
  assert.deepEqual(line("地区生产总值增速"), ["地区生产总值增速", "+6.5%", "+6.5% ≈+6%目标", "≈+7%目标", "—"]);
  assert.deepEqual(line("地区生产总值"), ["地区生产总值", "350 亿元", "372 亿元", "—", "—"]);
  assert.equal(await page.locator(".indicators td.gap").first().getAttribute("aria-label"), "未提到");
  assert.equal(line("行政诉讼败诉")[4], "0");
  assert.equal(line("居民人均可支配收入增速")[3], "与经济增长同步目标");
  await page.click('.indicators .name:text-is("地区生产总值增速")');
  await page.waitForSelector(".indicators .chart polyline", { state: "attached" });
  await shot("indicators");
  await axeClean("indicators");
  // Only what is asked for, with the columns that it needs; who says nothing of it is named.
  await page.fill("#indicator-filter", "败诉");
  await page.waitForFunction(() => document.querySelectorAll(".indicators tbody tr").length === 2);
  assert.deepEqual((await cells())[0], ["指标", "青河县 2023"]);
  assert.equal(await page.textContent(".indicators .silent"), "未提及：松石市");
  await page.fill("#indicator-filter", "没有这样的指标");
  assert.match(await page.textContent(".indicators .nothing"), /没有符合条件/);
  await page.fill("#indicator-filter", "");
  // One document by groups, with what is of no single year.
  await page.selectOption("#indicator-docs", { index: 3 });
  await page.waitForFunction(() => document.querySelector(".indicators thead").textContent.includes("口径"));
  assert.ok((await cells()).some((r) => r[0] === "收到(新收)行政复议申请" && r[1] === "103 件" && r[2] === "2023"));
  await shot("fact-sheet");
  await axeClean("fact sheet");
  await page.setViewportSize({ width: 390, height: 800 });
  const [w, most] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(w <= most, `${w} wide on ${most}`);
  await shot("fact-sheet-390");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.click('.indicators td .cell:text-is("103 件")');
  await shown("青河县");
  await page.waitForSelector("#source .metric.sel");
  clean();
});

test("search over all documents, from the keyboard", async () => {
  await page.setInputFiles("#files", [...fixtures.map((f) => f.path), file("大写.txt", "某县2023年工作要点\n一、总体要求\nGDP增长5%，GDP能耗下降。\n")]);
  await page.waitForFunction((n) => document.querySelectorAll(".chip.ready").length === n, fixtures.length + 1);
  await page.keyboard.press("/");
  await page.keyboard.type("培训");
  const counted = fixtures.filter((f) => f.text.includes("培训")).length;
  await page.waitForFunction((n) => document.querySelectorAll(".hits .group").length === n, counted);
  await page.fill("#search-box", "gdp");
  await page.waitForFunction(() => document.querySelectorAll(".hits mark.hit").length > 2 && [...document.querySelectorAll(".hits mark.hit")].every((e) => e.textContent === "GDP"));
  await page.fill("#search-box", "优化法治化营商环境");
  await page.waitForFunction(() => [...document.querySelectorAll("button.hit .d-kind")].some((e) => e.textContent === "任务"));
  await page.fill("#search-box", "培训");
  await page.waitForFunction((n) => document.querySelectorAll(".hits .group").length === n, counted);
  await shot("search");
  await axeClean("search");
  await page.locator("button.hit").first().click();
  await page.waitForSelector("#doc:not([hidden])");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("?");
  await page.waitForSelector("#help-dialog[open]");
  await axeClean("keys");
  await page.keyboard.press("Escape");
  clean();
});

test("what is wrong is set right: title, kind, year, subject; rows are hidden; exports say so; corrections are saved and loaded", async () => {
  const own = file("更正.txt", "某县工作要点\n一、总体要求\n全年学法4次。开展检查6次。\n");
  await page.setInputFiles("#files", own);
  await shown("某县");
  await page.click("#correct");
  await page.fill("#correct-title", "某县2024年法治工作要点");
  await page.fill("#correct-year", "2024");
  await axeClean("correct");
  await page.click("#correct-dialog [value=ok]");
  await shown("2024年法治工作要点");
  await page.locator("#source .metric").nth(0).click();
  await page.click("[data-act=correctSubject]");
  await page.fill("#subject-text", "会前学法");
  await page.click("#subject-dialog [value=ok]");
  await page.waitForSelector(".tag.fixed");
  await page.locator("#source .metric").nth(1).click();
  await page.click("[data-act=hideRow]");
  await page.waitForFunction(() => document.querySelectorAll(".grid .v-row").length === 1);
  // What is hidden is not forgotten: it comes back also when its message is gone.
  assert.match(await page.textContent("#panel [data-act=unhide]"), / 1 /);
  await page.click("#panel [data-act=unhide]");
  await page.waitForFunction(() => document.querySelectorAll(".grid .v-row").length === 2);
  assert.equal(await page.locator("#panel [data-act=unhide]").count(), 0);
  await page.locator("#source .metric").nth(1).click();
  await page.click("[data-act=hideRow]");
  await page.waitForFunction(() => document.querySelectorAll(".grid .v-row").length === 1);
  const get = async (key) => {
    await page.click("#download");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-${key.includes("Corrections") ? "act" : "save"}=${key}]`)]);
    return readFileSync(await download.path(), "utf8");
  };
  const csv = (await get("csvMetrics")).trim().split("\r\n");
  assert.equal(csv.length, 2);
  assert.match(csv[1], /^某县2024年法治工作要点,某县,2024,会前学法,.*,是,/);
  const json = JSON.parse(await get("json"));
  assert.deepEqual(json.corrections, { title: "某县2024年法治工作要点", year: 2024, subjects: { 0: "会前学法" }, hidden: [1] });
  assert.notEqual(json.title?.text, "某县2024年法治工作要点", "what was read stays as it was read");
  const saved = file("corrections.json", await get("saveCorrections"));
  await page.close();
  await open();
  await page.setInputFiles("#files", own);
  await shown("某县");
  await page.setInputFiles("#corrections-file", saved);
  await shown("2024年法治工作要点");
  await page.setInputFiles("#corrections-file", file("fremd.json", "[1,2]"));
  await page.waitForFunction(() => /不是更正文件/.test(document.getElementById("status-text").textContent));
  clean();
});

test("marks are switched off and on, furniture is folded, tables are tables, headings are headings", async () => {
  await sample(PLAN);
  const background = () => page.locator("#source .metric").first().evaluate((e) => getComputedStyle(e).backgroundColor);
  const before = await background();
  await page.click(".legend .metric");
  assert.notEqual(await background(), before);
  await page.click(".legend .metric");
  assert.equal(await background(), before);
  assert.equal(await page.getAttribute("#source .is-title", "role"), "heading");
  const doc = expected(PLAN);
  const heads = await page.locator("#source [role=heading].numbered").count();
  assert.equal(heads, doc.sections.filter((s) => s.heading?.form === "block").length);
  const m = doc.metrics[2];
  assert.equal(await page.getAttribute('#source [data-k="metric.2"]', "aria-label"), `指标 ${m.text} ${m.subject.join("、")}${m.modality === "target" ? "、目标" : ""}`);
  await page.setInputFiles("#files", file("页面.html", `<meta charset=utf-8><h1>某县2024年工作要点</h1>${"<ul><li><a href=a>首页</a></li><li><a href=b>新闻</a></li><li><a href=c>公开</a></li><li><a href=d>服务</a></li></ul>"}<p>一、任务分工</p><table><tr><th>任务</th><th>责任单位</th></tr><tr><td>全年学法4次</td><td>县司法局</td></tr></table>`));
  await shown("某县");
  await page.waitForSelector("#source .cells-table [role=columnheader]");
  const cells = await page.locator("#source .cells-table [role=row]").evaluateAll((rows) => rows.map((r) => [...r.querySelectorAll(".cell")].map((c) => Math.round(c.getBoundingClientRect().left))));
  assert.equal(cells.length, 2);
  assert.ok(cells[0].every((left, i) => Math.abs(left - cells[1][i]) <= 1), "columns stand below one another");
  await page.evaluate(() => { for (const d of document.querySelectorAll("dialog[open]")) d.close(); });
  await page.click("#paste");
  await page.fill("#paste-text", "当前位置：首页 > 政务公开\n【打印】\n【关闭窗口】\n分享到：\n某县2024年工作要点\n一、总体要求\n全年学法4次。\n");
  await page.click("#paste-ok");
  await page.waitForFunction(() => document.getElementById("source").textContent.includes("关闭窗口"));
  await page.waitForSelector("#source details.fold");
  assert.match(await page.textContent("#source details.fold summary"), /非正文 \d 行/);
  await page.click("#tab-references");
  await axeClean("references");
  clean();
});

test("panes are made wider, narrower, and closed", async () => {
  await sample(PLAN);
  const width = (c) => page.locator(`.pane.${c}`).evaluate((e) => e.offsetWidth);
  const before = await width("facts");
  await page.focus("#split-right");
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
  assert.ok(await width("facts") > before + 60);
  await page.keyboard.press("Enter");
  assert.equal(await width("facts"), 0);
  await page.keyboard.press("Enter");
  assert.ok(await width("facts") > 300);
  const box = await page.locator("#split-left").boundingBox();
  const left = await width("outline");
  await page.mouse.move(box.x, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 200, { steps: 4 });
  await page.mouse.up();
  assert.ok(Math.abs(await width("outline") - left - 90) < 4);
  clean();
});

test("the chart of a subject shows what was reached, though its aim was told the year before; what is copied is named a table", async () => {
  const law = (year, rate, aim) => file(`甲县${year}.txt`, `甲县${year}年法治政府建设年度报告\n一、主要举措和成效\n（一）应诉。全年败诉率${rate}%。\n二、下一年度主要安排\n${year + 1}年败诉率控制在${aim}%以内。\n`);
  await page.setInputFiles("#files", [law(2022, 9.5, 3), law(2023, 8, 2)]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 2);
  await page.click("#show-all");
  await page.click("#part-compare");
  await page.click("#by-subjects");
  await page.fill("#compare-subject", "败诉率");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".compare .chart polyline", { state: "attached" });
  const dots = await page.locator(".compare .chart circle").evaluateAll((list) => list.map((c) => [c.textContent, c.classList.contains("aim")]));
  assert.deepEqual(dots.map(([text, aim]) => [text.replace(/^甲县 /, ""), aim]), [["2022 9.5%", false], ["2023 8%", false], ["2024 2%以内", true]]);
  await page.click(".compare-copy");
  await page.waitForFunction(() => document.querySelector("#status.on #status-text")?.textContent === "已复制 1 行，可粘贴到 Excel 或 Word");
  clean();
});

test("the years of a chart stand as far apart as they are", async () => {
  const law = (year, rate) => file(`乙县${year}.txt`, `乙县${year}年法治政府建设年度报告\n一、主要举措和成效\n（一）应诉。全年败诉率${rate}%。\n`);
  await page.setInputFiles("#files", [law(2015, 9.5), law(2021, 8), law(2023, 7)]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 3);
  await page.click("#show-all");
  await page.click("#part-compare");
  await page.waitForSelector(".indicators tbody tr");
  await page.click(".indicators .name");
  await page.waitForSelector(".indicators .chart circle", { state: "attached" });
  const [a, b, c] = await page.locator(".indicators .chart circle").evaluateAll((list) => list.map((e) => Number(e.getAttribute("cx"))));
  assert.ok(Math.abs((b - a) / (c - b) - 3) < 0.01, `${a}, ${b}, ${c}`);
  clean();
});

test("on a phone the detail of a fact lies below the text, not under it", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await sample(REPORT);
  await page.locator("#source .metric").first().click();
  await page.waitForSelector("#detail:not([hidden])");
  const [text, detail] = await page.evaluate(() => [document.getElementById("source").getBoundingClientRect().bottom, document.getElementById("detail").getBoundingClientRect().top]);
  assert.ok(text <= detail + 1, `the text ends at ${text}, the detail begins at ${detail}`);
  clean();
});

test("from all documents: a new one is offered, failures are a step away, the same text twice is told", async () => {
  await sample(PLAN);
  await page.click("#show-all");
  const status = (text) => page.waitForFunction((t) => document.getElementById("status").matches(".on") && document.getElementById("status-text").textContent.includes(t), text);
  const paste = async (text) => {
    await page.click("#paste");
    await page.fill("#paste-text", text);
    await page.click("#paste-ok");
  };
  await paste(" \n");
  await status("没有可以读取的文字");
  await paste("nothing to read here");
  await status("没有中文");
  assert.equal(await page.inputValue("#paste-text"), "nothing to read here", "it can be mended");
  await paste("某县2023年工作要点\n一、总体要求\n全年学法4次。\n");
  await status("已读取");
  assert.ok(await page.isHidden("#doc"), "one stays where one is");
  await page.click("#status-act");
  await shown("某县");
  await page.setInputFiles("#files", [file("空.txt", ""), file("又一份.txt", fixtures.find((f) => f.name.startsWith(PLAN)).text)]);
  await status("1 份未能读取");
  await page.click("#status-act");
  await page.waitForSelector(".files tr.failed");
  assert.equal(await page.locator(".files .twin").count(), 2);
  const metrics = [fixtures.find((f) => f.name.startsWith(PLAN)).text, "某县2023年工作要点\n一、总体要求\n全年学法4次。\n"].reduce((n, text) => n + parse(text).metrics.length, 0);
  assert.match(await page.textContent("#all-facts"), new RegExp(`${metrics} `), "and counted once");
  assert.equal(await page.textContent("#all-facts .link"), "2 份未能读取");
  clean();
});

test("the list of files is sorted, and closed as a whole with a way back", async () => {
  await page.setInputFiles("#files", [...fixtures.slice(0, 6).map((f) => f.path), file("空的.txt", "")]);
  await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 6 && document.querySelectorAll(".chip.failed").length === 1);
  await page.click("#show-all");
  await page.click("#part-files");
  const counts = () => page.locator(".files tbody tr:not(.failed)").evaluateAll((rows) => rows.map((r) => Number(r.children[5].textContent.replace(/\D/g, ""))));
  const [up, down] = [(a, b) => a - b, (a, b) => b - a].map((order) => fixtures.slice(0, 6).map((f) => parse(f.text).metrics.length).sort(order));
  await page.click("[data-sort=metrics]");
  assert.deepEqual(await counts(), up);
  await page.click("[data-sort=metrics]");
  assert.deepEqual(await counts(), down);
  assert.equal(await page.getAttribute(".files th.on", "aria-sort"), "descending");
  assert.match(await page.locator(".files tbody tr").first().textContent(), /空的/, "what failed stays in front");
  await shot("files-sorted");
  await axeClean("files, sorted");
  await page.click(".close-all");
  await page.waitForSelector("#empty:not([hidden])");
  await page.click("#status-act");
  await page.waitForFunction(() => document.querySelectorAll(".chip").length === 8);
  clean();
});

test("Escape leads out of an empty search", async () => {
  await sample(PLAN);
  await page.keyboard.press("/");
  await page.fill("#search-box", "学法");
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#search-box"), "");
  await page.keyboard.press("Escape");
  await shown("松石县");
  clean();
});

test("a web page opens at its title, below its menus; a title cannot be emptied by mistake", async () => {
  const menus = Array.from({ length: 60 }, (_, i) => `<p><a href="/${i}">栏目${i}</a></p>`).join("");
  await page.setInputFiles("#files", file("网页.html", `<html><body>${menus}<h1>某县2023年法治政府建设年度报告</h1>${"<p>全年学法4次，培训执法人员120人次。</p>".repeat(80)}</body></html>`));
  await shown("某县2023年");
  await inView("#source .is-title");
  await page.click("#correct");
  await page.fill("#correct-title", " ");
  await page.click("#correct-dialog button[value=ok]");
  assert.equal(await page.textContent("#doc-title"), "某县2023年法治政府建设年度报告");
  clean();
});

test("on a phone the ledger says what, who and until when at once", async () => {
  await open(`#samples=${PLAN}&tab=tasks`, { size: { width: 390, height: 844 } });
  await shown();
  await page.click("#switch [data-pane=facts]");
  const row = page.locator(".ledger .v-row").first();
  const task = expected(PLAN).responsibilities[0];
  await page.waitForFunction(() => document.querySelector(".ledger .v-row .l-lead"));
  const { width, scroll } = await page.evaluate(() => { const el = document.querySelector(".ledger"); return { width: el.clientWidth, scroll: el.scrollWidth }; });
  assert.ok(scroll <= width, `${scroll} in ${width}: nothing is to the side`);
  assert.ok((await row.locator(".l-lead").boundingBox()).width > 40);
  assert.ok(await page.locator(".ledger .l-lead", { hasText: task.units[0].name }).first().isVisible());
  await shot("phone-ledger");
  await axeClean("ledger on a phone");
  clean();
});

test("a change is one row: hidden or set right from its first number too", async () => {
  await pasted("某县2023年法治政府建设年度报告\n一、主要举措和成效\n（一）优化服务。审批时限由80天缩短至30天。受理行政复议申请40件。\n");
  const rows = () => page.locator("#panel .v-row").allTextContents();
  await page.waitForFunction(() => document.querySelectorAll("#panel .v-row").length === 2);
  await page.locator("#source .metric").first().click();
  await page.click("#detail [data-act=correctSubject]");
  await page.fill("#subject-text", "审批用时");
  await page.click("#subject-dialog button[value=ok]");
  await page.waitForFunction(() => document.querySelector("#panel .v-row")?.textContent.includes("审批用时"));
  assert.match((await rows())[0], /审批用时/);
  await page.click("#detail [data-act=hideRow]");
  await page.waitForFunction(() => document.querySelectorAll("#panel .v-row").length === 1);
  assert.match((await rows())[0], /行政复议/);
  await page.click("#status-act");
  await page.waitForFunction(() => document.querySelectorAll("#panel .v-row").length === 2);
  clean();
});

test("what is printed is a report", async () => {
  await sample(PLAN);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const doc = expected(PLAN);
  assert.equal(await page.textContent("#report h1"), "松石县2024年法治政府建设工作要点");
  assert.deepEqual(await page.locator("#report h2").allTextContents(), ["指标", "任务台账", ...(doc.diagnostics.length ? ["疑点"] : []), "原文"]);
  assert.ok(await page.isVisible("#report") && await page.isHidden(".top"));
  assert.deepEqual(await page.evaluate(() => [...document.getElementById("report").childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.data)), [], "no word stands between its parts");
  if (shots) writeFileSync(join(shots, "print.pdf"), await page.pdf({ format: "A4", margin: { top: "18mm", bottom: "18mm", left: "16mm", right: "16mm" } }));
  await page.emulateMedia({ media: "screen" });
  assert.ok(await page.isHidden("#report"));
  clean();
});

const SIZES = [[1440, 900], [1024, 768], [834, 1112], [390, 844], [844, 390], [320, 256]];
for (const [width, height, dark, lang] of [...SIZES.map((s) => [...s, false, "zh"]), ...SIZES.map((s) => [...s, true, "en"])]) {
  test(`${width} × ${height}, ${dark ? "dark" : "light"}, ${lang}: nothing overlaps, everything can be reached`, async () => {
    await page.close();
    await open(`#samples=${PLAN},${REPORT}&lang=${lang}`, { size: { width, height }, dark });
    const name = `${width}-${lang}`;
    await shown();
    await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 2);
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide[0] <= wide[1], `${wide[0]} wide on ${wide[1]}`);
    await shot(`size-${name}`);
    await axeClean(name);
    // Each control can be brought into view and stands on top there.
    const hidden = await page.evaluate(async () => {
      const bad = [];
      for (const e of document.querySelectorAll("button, select, input, [tabindex='0']")) {
        if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || e.closest(".v-row, #source, .chip, .toast") || !e.getBoundingClientRect().width) continue;
        e.scrollIntoView({ block: "center", inline: "center" });
        await new Promise((done) => requestAnimationFrame(done));
        const r = e.getBoundingClientRect();
        const [x, y] = [Math.max(r.left, 0) + Math.min(r.width, innerWidth) / 2, Math.max(r.top, 0) + Math.min(r.height, innerHeight) / 2];
        const top = document.elementFromPoint(Math.min(x, innerWidth - 1), Math.min(y, innerHeight - 1));
        if (!top || !(e.contains(top) || top.contains(e))) bad.push(`${e.id || e.className || e.tagName}: ${top?.id || top?.className}`);
      }
      return bad;
    });
    assert.deepEqual(hidden, []);
    // What follows are clicks of a hand: whatever is covered or out of reach refuses them.
    await page.click("#correct");
    await page.click("#correct-dialog [data-cancel]");
    if (width <= 860) {
      for (const pane of ["outline", "source", "facts"]) {
        await page.click(`#switch [data-pane=${pane}]`);
        assert.ok((await page.locator(`.pane.${pane}`).boundingBox()).height > 100, pane);
      }
    }
    for (const tab of ["tasks", "metrics"]) {
      await page.click(`#tab-${tab}`);
      await page.locator("#panel .v-row").first().click();
      await page.waitForSelector("#detail:not([hidden])");
      await page.locator("#detail [data-act=quote]").click();
      await shot(`size-${name}-${tab}`);
      await axeClean(`${name} ${tab}`);
      await page.click("#detail .close");
    }
    await page.click("#download");
    await page.click("[data-act=saveCorrections]");
    await page.click("#show-all");
    for (const part of ["files", "tasks", "compare", "search", "metrics"]) {
      await page.click(`#part-${part}`);
      if (part === "compare") await page.waitForSelector(".indicators tbody tr");
      await page.waitForTimeout(60);
      const [w, most] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(w <= most, `${part}: ${w} wide on ${most}`);
      await shot(`size-${name}-${part}`);
      await axeClean(`${name} ${part}`);
    }
    await page.locator("#all-panel .v-row").first().click();
    await page.waitForSelector("#doc:not([hidden])");
    // A single document has its way to the other views, and can be closed.
    await page.locator(".chip.ready .close").first().click();
    await page.click("#show-all");
    await page.locator(".chip.ready .close").click();
    await page.waitForSelector("#empty:not([hidden])");
    clean();
  });
}

for (const [dark, lang] of [[true, "zh"], [false, "en"]]) {
  test(`every view, ${dark ? "dark" : "light"}, ${lang}, without a fault for assistive technology`, async () => {
    await page.close();
    await open(`#samples=${PLAN},${REPORT}&lang=${lang}`, { dark });
    await shown();
    await page.waitForFunction(() => document.querySelectorAll(".chip.ready").length === 2);
    for (const tab of ["metrics", "tasks", "deadlines", "references", "diagnostics"]) {
      await page.click(`#tab-${tab}`);
      await axeClean(tab);
    }
    await page.click("#home");
    await axeClean("home");
    clean();
  });
}

test("5 MB without freezing", { timeout: 240_000 }, async (t) => {
  let text = "";
  for (let i = 0; Buffer.byteLength(text) < 5e6; i++) text += fixtures.filter((f) => !/one-line/.test(f.name)).map((f) => f.text).join("\n").repeat(8);
  text = Buffer.from(text).subarray(0, 5e6).toString("utf8").replace(/\ufffd+$/, "");
  const big = file("五兆.txt", text);
  const took = {};
  const timed = async (name, act) => { took[name] = Math.round(await busiest(act)); };
  const began = Date.now();
  await timed("opening", async () => {
    await page.setInputFiles("#files", big);
    // The page answers while the worker is busy.
    await page.waitForTimeout(150);
    await page.click("#lang");
    await page.click("#lang");
    await page.waitForFunction(() => !document.getElementById("doc").hidden, null, { timeout: 200_000 });
    took.opened = Date.now() - began;
    await page.waitForTimeout(300);
  });
  const { opened } = took;
  delete took.opened;
  await timed("scrolling", async () => {
    for (let i = 0; i <= 40; i++) {
      await page.evaluate((k) => { const s = document.getElementById("source"); s.scrollTop = (s.scrollHeight * k) / 40; }, i);
      await page.waitForTimeout(40);
    }
  });
  const sizes = {};
  for (const tab of ["tasks", "deadlines", "references", "diagnostics", "metrics"]) {
    await timed(tab, async () => {
      await page.click(`#tab-${tab}`);
      sizes[tab] = await page.textContent(`#tab-${tab} .n`);
      await page.locator("#panel .scroll").first().evaluate((e) => { e.scrollTop = e.scrollHeight; }).catch(() => {});
    });
  }
  await timed("the last row", async () => {
    await page.focus("#panel [role=grid]");
    await page.keyboard.press("End");
    await page.waitForSelector("#source .metric.sel");
  });
  await timed("filter and sort", async () => {
    await page.fill("input[type=search]", "学法");
    await page.click(".c-value[role=columnheader] button");
    await page.click(".c-subject[role=columnheader] button");
  });
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const report = { bytes: Buffer.byteLength(text), opened_ms: opened, took, elements: nodes, ...sizes };
  t.diagnostic(JSON.stringify(report));
  if (shots) writeFileSync(join(shots, "five-megabytes.json"), JSON.stringify(report));
  assert.ok(Math.max(...Object.values(took)) < 200, JSON.stringify(report));
  assert.ok(nodes < 20_000, `${nodes} elements`);
  clean();
});
