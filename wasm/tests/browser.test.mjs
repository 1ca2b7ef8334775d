// The package in Chromium, under the strictest policy that lets WebAssembly run: same answers as in Node,
// on the page and in a worker, compiled while it downloads.

import assert from "node:assert/strict";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { indicators, parse, parseBytes } from "gongwen";
import { serve } from "../../examples/web/serve.mjs";
import { browser, docx, fixtures, root, zip } from "./shared.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const send = (type, body, headers = {}) => (_, response) => response.writeHead(200, { "Content-Type": type, ...headers }).end(body);
let server, url, chrome, page;
const trouble = [];

before(async () => {
  const html = (script) => send("text/html; charset=utf-8", `<!doctype html><title>t</title>${script}`, { "Content-Security-Policy": POLICY });
  ({ server, url } = await serve(join(root, "wasm"), 0, {
    "/page.html": html('<script type="module" src="/page.js"></script>'),
    "/page.js": send("text/javascript", 'window.g = await import("/js/index.js"); window.here = true;'),
    "/worker.js": send("text/javascript", 'import { init, parse, parseBytes } from "/js/index.js"; onmessage = async ({ data }) => { await init(); postMessage([parse(data), (await parseBytes(new TextEncoder().encode(data))).document]); };'),
    "/auto.js": send("text/javascript", 'import { parse } from "/js/auto.js"; window.first = parse("全年学法4次。");'),
    "/auto.html": html('<script type="module" src="/auto.js"></script>'),
    "/missing.wasm": (_, r) => r.writeHead(404).end(),
    "/page.wasm": send("text/html", "<!doctype html><title>no such file</title>"),
  }));
  chrome = await browser();
  page = await chrome.context.newPage();
  page.on("pageerror", (e) => trouble.push(e.message));
  page.on("console", (m) => m.type() === "error" && !/404/.test(m.text()) && trouble.push(m.text()));
  page.on("console", (m) => m.type() === "warning" && !/MIME/.test(m.text()) && trouble.push(m.text()));
  await page.goto(`${url}page.html`);
  await page.waitForFunction(() => window.here);
});

after(async () => {
  await chrome?.close();
  server?.close();
});

test("before init() there is a clear error, and a failed one can be repeated", async () => {
  const codes = await page.evaluate(async () => {
    const { g } = window;
    const out = [];
    try { g.parse("x"); } catch (e) { out.push([e.code, e instanceof g.GongwenError, e instanceof Error]); }
    for (const source of ["/missing.wasm", "/page.wasm", new Uint8Array(8)]) {
      try { await g.init(source); } catch (e) { out.push([e.code, e instanceof g.GongwenError, e.cause instanceof Error, e.message.match(/from (\S+):/)?.[1]]); }
    }
    await Promise.all([g.init(), g.init()]);
    await g.init("/missing.wasm"); // it is loaded already
    return out;
  });
  assert.deepEqual(codes, [["not_ready", true, true], ["not_loaded", true, true, "/missing.wasm"], ["not_loaded", true, true, "/page.wasm"], ["not_loaded", true, true, undefined]]);
});

test("the module is compiled while it downloads", async () => {
  const streamed = await page.evaluate(async () => {
    const plain = WebAssembly.instantiateStreaming;
    let used = 0;
    WebAssembly.instantiateStreaming = (...args) => (used++, plain.apply(WebAssembly, args));
    await window.g.initFormats();
    return used;
  });
  assert.equal(streamed, 1);
});

for (const { name, text } of fixtures) {
  test(`${name}: as in Node`, async () => {
    const [doc, exact] = await page.evaluate((t) => {
      const d = window.g.parse(t);
      return [d, d.metrics.every((m) => t.slice(...m.span).replace(/\s/g, "") === m.text.replace(/\s/g, ""))];
    }, text);
    assert.deepStrictEqual(doc, parse(text));
    assert.ok(exact);
  });
}

test("in a worker", async () => {
  // Trusted types are refused on the test page, as a page without policies of its own would have it.
  const other = await chrome.context.newPage();
  await other.goto(`${url}js/index.js`);
  const { text } = fixtures.at(-1);
  const [fromText, fromBytes] = await other.evaluate((t) => new Promise((done, failed) => {
    const worker = new Worker("/worker.js", { type: "module" });
    worker.onmessage = (e) => done(e.data);
    worker.onerror = (e) => failed(new Error(e.message));
    worker.postMessage(t);
  }), text);
  assert.deepStrictEqual(fromText, parse(text));
  assert.deepStrictEqual(fromBytes, (await parseBytes(new TextEncoder().encode(text))).document);
  await other.close();
});

test("createWorker: documents, archives and indicators, as in Node", async () => {
  const other = await chrome.context.newPage();
  await other.goto(`${url}js/index.js`);
  const { text } = fixtures.at(-1);
  const html = `<h1>松石县2023年法治政府建设年度报告</h1><p>一、行政复议</p><p>2023年，全县新收行政复议申请320件，受理行政复议案件298件。</p>`;
  const archive = zip({ "甲.html": html, "乙.png": Buffer.from("\x89PNG\r\n\x1a\n", "latin1") });
  const [parsed, ofText, ofBytes, entries, files, failure] = await other.evaluate(async ([t, h, a]) => {
    const { createWorker } = await import("/js/worker.js");
    const gongwen = createWorker();
    const doc = await gongwen.parse(t);
    const { document } = await gongwen.parseBytes(new TextEncoder().encode(h));
    const all = await gongwen.parseArchive(new Uint8Array(a), {}, { transfer: true });
    const files = await gongwen.unpackArchive(new Uint8Array(a));
    let failure;
    try { await gongwen.unpackArchive(new Uint8Array(3)); } catch (e) { failure = [e.name, e.code]; }
    const out = [doc, await gongwen.indicators(doc), await gongwen.indicators(document), all.map((e) => [e.name, e.document?.title?.text, e.error?.name, e.error?.code]), files.map((f) => [f.name, f.bytes?.length]), failure];
    gongwen.terminate();
    return out;
  }, [text, html, [...archive]]);
  assert.deepStrictEqual(parsed, parse(text));
  assert.deepStrictEqual(ofText, await indicators(parse(text)));
  assert.deepStrictEqual(ofBytes, await indicators((await parseBytes(new TextEncoder().encode(html))).document));
  assert.ok(ofBytes.length >= 2, JSON.stringify(ofBytes));
  assert.deepEqual(entries, [["甲.html", "松石县2023年法治政府建设年度报告", undefined, undefined], ["乙.png", undefined, "GongwenError", "unsupported"]]);
  assert.deepEqual(files, [["甲.html", Buffer.byteLength(html)], ["乙.png", 8]]);
  assert.deepEqual(failure, ["GongwenError", "malformed"]);
  await other.close();
});

test("a Word file and a web page, as in Node", async () => {
  for (const file of [docx(["某县工作要点", "一、总体要求", "全年学法4次。"]), Buffer.from("<h1>某县工作要点</h1><p>一、总体要求</p><p>全年学法4次。</p>")]) {
    const reading = await page.evaluate((b) => window.g.parseBytes(new Uint8Array(b)), [...file]);
    assert.deepStrictEqual(reading, await parseBytes(new Uint8Array(file)));
  }
});

test("errors cross as GongwenErrors", async () => {
  const error = await page.evaluate(async () => {
    try { await window.g.parseBytes(new TextEncoder().encode("%PDF-1.7")); } catch (e) { return [e.name, e.code, e.format, e instanceof window.g.GongwenError]; }
  });
  assert.deepEqual(error, ["GongwenError", "malformed", "PDF", true]);
});

test("gongwen/auto is ready when its import is", async () => {
  const other = await chrome.context.newPage();
  await other.goto(`${url}auto.html`);
  await other.waitForFunction(() => window.first);
  assert.equal(await other.evaluate(() => window.first.metrics[0].text), "4次");
  await other.close();
});

test("no complaint was made: no eval, nothing against the policy", () => assert.deepEqual(trouble, []));
