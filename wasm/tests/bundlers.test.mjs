// The package as npm packs it, installed into an empty project: through the bundlers people use, each app opened in
// Chromium from its built files under the policy that the README names, and through the compiler's two ways to resolve.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { serve } from "../../examples/web/serve.mjs";
import { browser, docx, root } from "./shared.mjs";

const wasm = join(root, "wasm");
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
const app = mkdtempSync(join(tmpdir(), "gongwen-app-"));
const write = (name, content) => writeFileSync(join(app, name), content);
const run = (command, args, cwd = app) => execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
let chrome;

// What a developer writes: the page reads texts and files, and so does a worker.
const PAGE = `import { init, parse, parseBytes } from "gongwen";
export async function read(input) {
  await init();
  return typeof input === "string" ? parse(input).metrics[0].text : (await parseBytes(input)).document.metrics[0].text;
}
`;
const MAIN = `import { read } from "./read.js";
window.read = read;
window.readInWorker = (input) => new Promise((done, failed) => {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.onmessage = (e) => done(e.data);
  worker.onerror = (e) => failed(new Error(e.message));
  worker.postMessage(input);
});
window.here = true;
`;
const WORKER = `import { read } from "./read.js";
onmessage = async (e) => postMessage(await read(e.data).catch(String));
`;
const html = (script) => `<!doctype html><meta charset="utf-8"><title>app</title><script type="module" src="${script}"></script>`;

before(async () => {
  run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", app], wasm);
  write("package.json", JSON.stringify({ name: "app", private: true, type: "module" }));
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--silent", join(app, readdirSync(app).find((f) => f.endsWith(".tgz")))]);
  write("read.js", PAGE);
  write("main.js", MAIN);
  write("worker.js", WORKER);
  chrome = await browser();
});

after(async () => {
  await chrome?.close();
  rmSync(app, { recursive: true, force: true });
});

/** Opens a built app and does with it what its readers do. */
async function works(folder) {
  const { server, url } = await serve(folder, 0, {
    "/": (_, r) => r.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY }).end(readFileSync(join(folder, "index.html"))),
  });
  const page = await chrome.context.newPage();
  const trouble = [];
  const fetched = [];
  page.on("pageerror", (e) => trouble.push(e.message));
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && !/favicon/.test(m.location().url) && trouble.push(m.text()));
  // Bundlers give the modules other names: what is in them tells which is which.
  const text = readFileSync(join(wasm, "pkg/gongwen_bg.wasm"));
  const which = (address) => (readFileSync(join(folder, new URL(address).pathname)).equals(text) ? "text" : "files");
  page.on("request", (r) => r.url().includes(".wasm") && fetched.push(which(r.url())));
  try {
    await page.goto(url);
    await page.waitForFunction(() => window.here);
    const bytes = (input) => page.evaluate((list) => window.read(new Uint8Array(list)), [...input]);
    assert.equal(await page.evaluate(() => window.read("全年学法4次。")), "4次");
    assert.deepEqual(fetched, ["text"], "what takes files apart is not fetched for a text");
    assert.equal(await bytes(docx(["某县工作要点", "一、总体要求", "全年学法4次。"])), "4次");
    assert.deepEqual(fetched, ["text", "files"], "each module is fetched once");
    assert.equal(await bytes(Buffer.from("<html><body><h1>某县工作要点</h1><p>全年学法5次。</p></body></html>")), "5次");
    assert.equal(await page.evaluate(() => window.readInWorker("全年学法6次。")), "6次");
    assert.equal(await page.evaluate((list) => window.readInWorker(new Uint8Array(list)), [...docx(["全年学法7次。"])]), "7次");
    assert.deepEqual(trouble, []);
  } finally {
    await page.close();
    server.close();
  }
}

/** Opens a built app under the policy, asks it, and takes it away again. */
async function inOnePage(folder, ask, policy = POLICY) {
  const { server, url } = await serve(folder, 0, {
    "/": (_, r) => r.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy }).end(readFileSync(join(folder, "index.html"))),
  });
  const page = await chrome.context.newPage();
  const trouble = [];
  page.on("pageerror", (e) => trouble.push(e.message));
  page.on("console", (m) => m.type() === "error" && !/favicon/.test(m.location().url) && trouble.push(m.text()));
  try {
    await page.goto(url);
    await page.waitForFunction(() => window.here);
    await ask(page, (input) => page.evaluate((list) => window.read(new Uint8Array(list)), [...input]));
    assert.deepEqual(trouble, []);
  } finally {
    await page.close();
    server.close();
  }
}

test("Vite", async () => {
  write("index.html", html("/main.js"));
  await vite.build({ root: app, logLevel: "warn", configFile: false, build: { outDir: "dist-vite" } });
  await works(join(app, "dist-vite"));
});

test("webpack", async () => {
  const out = join(app, "dist-webpack");
  const stats = await new Promise((done, failed) => webpack({ mode: "production", context: app, entry: "./main.js", output: { path: out } }, (error, s) => (error ? failed(error) : done(s))));
  assert.ok(!stats.hasErrors(), stats.toString());
  write("dist-webpack/index.html", html("/main.js"));
  await works(out);
});

test("esbuild, which leaves addresses alone: the modules are imported as files", async () => {
  write("read-esbuild.js", PAGE.replace('from "gongwen";', `from "gongwen";
import { initFormats } from "gongwen";
import text from "gongwen/gongwen.wasm";
import files from "gongwen/gongwen_formats.wasm";
`).replace("init()", "init(text)").replace("(await parseBytes(input))", "(await initFormats(files), await parseBytes(input))"));
  write("main-esbuild.js", MAIN.replace("./read.js", "./read-esbuild.js"));
  write("worker-esbuild.js", WORKER.replace("./read.js", "./read-esbuild.js"));
  const out = join(app, "dist-esbuild");
  await esbuild.build({ absWorkingDir: app, entryPoints: { main: "main-esbuild.js", worker: "worker-esbuild.js" }, bundle: true, splitting: true, format: "esm", minify: true, loader: { ".wasm": "file" }, publicPath: "/", outdir: out });
  write("dist-esbuild/index.html", html("/main.js"));
  await works(out);
  // A worker of the package: its folders stand beside the script.
  const beside = join(app, "dist-esbuild-worker");
  write("main-beside.js", 'import { createWorker } from "gongwen/worker";\nwindow.ask = async () => (await createWorker({ url: "/gongwen/js/thread.js" }).parse("全年学法8次。")).metrics[0].text;\nwindow.here = true;\n');
  await esbuild.build({ absWorkingDir: app, entryPoints: { main: "main-beside.js" }, bundle: true, format: "esm", outdir: beside });
  cpSync(join(app, "node_modules/gongwen"), join(beside, "gongwen"), { recursive: true });
  write("dist-esbuild-worker/index.html", html("/main.js"));
  await inOnePage(beside, async (page) => assert.equal(await page.evaluate(() => window.ask()), "8次"));
});

test("esbuild and gongwen/inline: one script, no file beside it", async () => {
  write("read-inline.js", PAGE.replace('"gongwen"', '"gongwen/inline"'));
  write("main-inline.js", 'import { read } from "./read-inline.js";\nwindow.read = read;\nwindow.here = true;\n');
  const out = join(app, "dist-inline");
  await esbuild.build({ absWorkingDir: app, entryPoints: { main: "main-inline.js" }, bundle: true, splitting: true, format: "esm", minify: true, outdir: out });
  write("dist-inline/index.html", html("/main.js"));
  await inOnePage(out, async (page, bytes) => {
    assert.equal(await page.evaluate(() => window.read("全年学法4次。")), "4次");
    assert.equal(await bytes(docx(["某县工作要点", "一、总体要求", "全年学法5次。"])), "5次");
  });
  assert.ok(!readdirSync(out).some((f) => f.endsWith(".wasm")));
  // The same for Node and for a server's build, where no bundler copies a file along.
  await esbuild.build({ absWorkingDir: app, stdin: { contents: 'import { parse } from "gongwen/inline";\nconsole.log(parse("全年学法6次。").metrics[0].text);\n', resolveDir: app }, bundle: true, platform: "node", format: "esm", outfile: join(app, "server.mjs") });
  assert.equal(run(process.execPath, ["server.mjs"]), "6次\n");
  write("ssr.js", 'import { parse } from "gongwen/inline";\nconsole.log(parse("全年学法7次。").metrics[0].text);\n');
  await vite.build({ root: app, logLevel: "warn", configFile: false, ssr: { noExternal: true }, build: { ssr: "ssr.js", outDir: "dist-ssr" } });
  assert.equal(run(process.execPath, [join("dist-ssr", readdirSync(join(app, "dist-ssr")).find((f) => /^ssr\.m?js$/.test(f)))]), "7次\n");
});

test("Rollup and gongwen/inline: scripts and no file beside them", async () => {
  write("read-rollup.js", PAGE.replace('"gongwen"', '"gongwen/inline"'));
  write("main-rollup.js", 'import { read } from "./read-rollup.js";\nwindow.read = read;\nwindow.here = true;\n');
  const out = join(app, "dist-rollup");
  const bundle = await rollup({ input: join(app, "main-rollup.js"), plugins: [nodeResolve({ browser: true })] });
  await bundle.write({ dir: out, format: "es" });
  await bundle.close();
  write("dist-rollup/index.html", html("/main-rollup.js"));
  await inOnePage(out, async (page, bytes) => {
    assert.equal(await page.evaluate(() => window.read("全年学法4次。")), "4次");
    assert.equal(await bytes(docx(["某县工作要点", "一、总体要求", "全年学法5次。"])), "5次");
  });
});

test("Bun and Deno: texts, a web page and a PDF", () => {
  const pdf = join(root, "core/tests/fixtures/formats/report.pdf");
  const program = (from) => `import { readFileSync } from "node:fs";
import { parse, parseBytes } from "${from}";
const page = await parseBytes(new TextEncoder().encode("<p>一、总体情况</p><p>全年学法5次。</p>"));
const pdf = await parseBytes(new Uint8Array(readFileSync(${JSON.stringify(pdf)})));
console.log(parse("全年学法4次。").metrics[0].text, page.document.metrics[0].text, pdf.source.format, pdf.document.metrics.length > 5);
`;
  write("run.mjs", program("gongwen"));
  write("run-inline.mjs", program("gongwen/inline"));
  const bin = (name) => join(wasm, "node_modules/.bin", name);
  const said = "4次 5次 pdf true\n";
  assert.equal(run(bin("bun"), ["run", "run.mjs"]), said);
  run(bin("bun"), ["build", "run-inline.mjs", "--target=bun", "--outfile=run-bun.mjs"]);
  assert.equal(run(bin("bun"), ["run", "run-bun.mjs"]), said);
  assert.equal(run(bin("deno"), ["run", "--allow-read", "--node-modules-dir=manual", "run.mjs"]), said);
});

test("gongwen/worker: promises, errors with their class, a call that is given up", async () => {
  write("worker-page.js", `import { createWorker } from "gongwen/worker";
const gongwen = createWorker();
window.ask = async () => {
  const out = {};
  out.text = (await gongwen.parse("全年学法4次。")).metrics[0].text;
  const bytes = new TextEncoder().encode("全年学法5次。");
  out.bytes = (await gongwen.parseBytes(bytes, {}, { transfer: true })).document.metrics[0].text;
  out.moved = bytes.length;
  out.error = await gongwen.parseBytes(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])).catch((e) => [e.name, e.code, e.format, e.failure.code]);
  out.type = await gongwen.parse(5).catch((e) => e.name);
  const stop = new AbortController();
  const given = gongwen.parse("全年学法6次。".repeat(20000), {}, { signal: stop.signal }).catch((e) => e.name);
  stop.abort();
  out.given = await given;
  out.after = (await gongwen.parse("全年学法7次。")).metrics[0].text;
  gongwen.terminate();
  out.ended = await gongwen.parse("").catch((e) => e.code);
  return out;
};
window.here = true;
`);
  write("index-worker.html", html("/worker-page.js"));
  await vite.build({ root: app, logLevel: "warn", configFile: false, worker: { format: "es" }, build: { outDir: "dist-worker", rollupOptions: { input: join(app, "index-worker.html") } } });
  cpSync(join(app, "dist-worker/index-worker.html"), join(app, "dist-worker/index.html"));
  await inOnePage(join(app, "dist-worker"), async (page) => {
    assert.deepEqual(await page.evaluate(() => window.ask()), {
      text: "4次", bytes: "5次", moved: 0, error: ["GongwenError", "unsupported", "image", "unsupported"], type: "TypeError", given: "AbortError", after: "7次", ended: "internal",
    });
  });
});

test("without a bundler: the package's own files on a static host", async () => {
  const out = join(app, "plain");
  mkdirSync(out);
  cpSync(join(app, "node_modules/gongwen"), join(out, "gongwen"), { recursive: true });
  const plain = PAGE.replace('"gongwen"', '"./gongwen/js/index.js"');
  for (const [name, content] of [["read.js", plain], ["main.js", MAIN], ["worker.js", WORKER], ["index.html", html("/main.js")]]) write(`plain/${name}`, content);
  await works(out);
});

test("from another address, as from a CDN: the page and a worker under a policy that names it", async () => {
  const from = join(app, "node_modules/gongwen");
  const type = { js: "text/javascript", wasm: "application/wasm" };
  const answers = Object.fromEntries(readdirSync(from, { recursive: true }).filter((f) => /\.(js|wasm|txt)$/.test(f)).map((f) => [`/gongwen@0.1.0/${f}`, (_, r) =>
    r.writeHead(200, { "Content-Type": type[f.split(".").pop()] ?? "text/plain", "Access-Control-Allow-Origin": "*" }).end(readFileSync(join(from, f)))]));
  const cdn = await serve(from, 0, answers);
  try {
    const at = `${cdn.url}gongwen@0.1.0/js/`;
    mkdirSync(join(app, "far"));
    write("far/main.js", `import { init } from "${at}index.js";
import { createWorker } from "${at}worker.js";
${PAGE.replace('"gongwen"', `"${at}index.js"`).replace("export ", "").replace(/^import .*\n/, `import { parse, parseBytes } from "${at}index.js";\n`)}
window.read = read;
window.ask = async () => (await createWorker({ url: "./worker.js" }).parse("全年学法6次。")).metrics[0].text;
window.here = true;
`);
    write("far/worker.js", `import "${at}thread.js";\n`);
    write("far/index.html", html("/main.js"));
    await inOnePage(join(app, "far"), async (page, bytes) => {
      assert.equal(await page.evaluate(() => window.read("全年学法4次。")), "4次");
      assert.equal(await bytes(docx(["某县工作要点", "一、总体要求", "全年学法5次。"])), "5次");
      assert.equal(await page.evaluate(() => window.ask()), "6次");
    }, POLICY.replaceAll("'self'", `'self' ${cdn.url}`));
  } finally {
    cdn.server.close();
  }
});

test("Node: the README's example, as a module and by require", () => {
  write("use.mjs", `import { parse } from "gongwen";
import { parseBytes } from "gongwen/auto";
const { document } = await parseBytes(new TextEncoder().encode("全年学法5次。"));
console.log(parse("全年学法4次。").metrics[0].text, document.metrics[0].text);
`);
  write("use.cjs", `const { parse } = require("gongwen");
console.log(parse("全年学法6次。").metrics[0].text);
`);
  write("readme.mjs", /```js\n([^]*?)```/.exec(readFileSync(join(app, "node_modules/gongwen/README.md"), "utf8"))[1]);
  assert.equal(run(process.execPath, ["readme.mjs"]), "行政复议案件 300 件 over 300余件\n按期办结率 98.5 % exact 98.5%\n");
  assert.equal(run(process.execPath, ["use.mjs"]), "4次 5次\n");
  assert.equal(run(process.execPath, ["use.cjs"]), "6次\n");
  const found = /```js\n(import \{ indicators[^]*?)```/.exec(readFileSync(join(app, "node_modules/gongwen/README.md"), "utf8"))[1];
  write("found.mjs", found);
  assert.match(run(process.execPath, ["found.mjs"]), /^review_received .* 103 件 actual 2023-01-01 103件\nlitigation_loss_rate .* 8 % /);
  write("no-worker.mjs", 'import { createWorker } from "gongwen/worker";\ntry { createWorker(); } catch (e) { console.log(e.name, e.code); }\n');
  assert.equal(run(process.execPath, ["no-worker.mjs"]), "GongwenError not_loaded\n");
});

for (const [module, moduleResolution, name] of [["nodenext", "nodenext", "use.mts"], ["nodenext", "nodenext", "use.cts"], ["preserve", "bundler", "use.ts"]]) {
  test(`tsc --strict, moduleResolution ${moduleResolution}, ${name}`, () => {
    const source = name.endsWith(".cts") ? 'import gongwen = require("gongwen");\nconst text: null = gongwen.parse("学法4次").text;\nvoid text;\n' : readFileSync(join(wasm, "tests/types/use.ts"), "utf8");
    write(name, source);
    run(process.execPath, [join(wasm, "node_modules/typescript/bin/tsc"), "--ignoreConfig", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit", "--target", "es2022", "--module", module, "--moduleResolution", moduleResolution, "--lib", "es2023,dom", "--types", "", name]);
  });
}

test("the package holds what it should and nothing else", () => {
  const files = readdirSync(join(app, "node_modules/gongwen"), { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name).slice(join(app, "node_modules/gongwen/").length));
  assert.deepEqual(files.sort(), [
    "LICENSE-APACHE", "LICENSE-MIT", "README.md", "THIRD-PARTY-LICENSES.txt", "js/auto.js", "js/document.js", "js/index.d.ts", "js/index.js", "js/inline.js", "js/library.js", "js/node.js",
    "js/thread.js", "js/views.js", "js/worker.d.ts", "js/worker.js", "package.json", "pkg/divisions.txt", "pkg/divisions_inline.js", "pkg/gongwen.js", "pkg/gongwen_bg.wasm", "pkg/gongwen_formats.js", "pkg/gongwen_formats_bg.wasm",
    "pkg/gongwen_formats_inline.js", "pkg/gongwen_indicators.js", "pkg/gongwen_indicators_bg.wasm", "pkg/gongwen_indicators_inline.js", "pkg/gongwen_inline.js", "pkg/gongwen_office.js", "pkg/gongwen_office_bg.wasm", "pkg/gongwen_office_inline.js", "pkg/gongwen_pdf.js", "pkg/gongwen_pdf_bg.wasm",
    "pkg/gongwen_pdf_inline.js", "pkg/version.js", "sbom.cdx.json",
  ]);
});
