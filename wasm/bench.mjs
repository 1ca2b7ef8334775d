// Sizes and speed, as README.md reports them:
//
//   node bench.mjs                 the package as built, in Chromium, against the native build on the same text
//   node bench.mjs --border        also the two ways for objects to cross the border (builds a variant)
//   node bench.mjs --profiles      also other optimisation levels and inlining (builds five variants: ten minutes)

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { serve } from "../examples/web/serve.mjs";
import { browser, fixtures, root } from "./tests/shared.mjs";

const work = join(tmpdir(), "gongwen-bench");
mkdirSync(work, { recursive: true });
const text = Array.from({ length: 2 }, () => fixtures.map((f) => f.text).join("\n")).join("\n");
const file = join(work, "text.txt");
writeFileSync(file, text);
const bytes = Buffer.byteLength(text);
const kB = (n) => `${(n / 1000).toFixed(1)} kB`;

export function sizes(folder, name) {
  const module = readFileSync(join(folder, `${name}_bg.wasm`));
  const br = brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
  return { raw: module.length, gzip: gzipSync(module, { level: 9 }).length, brotli: br.length };
}

const row = (name, s) => console.log(`| ${name} | ${kB(s.raw)} | ${kB(s.gzip)} | ${kB(s.brotli)} |`);

async function inChromium(folder, value = false) {
  const { server, url } = await serve(folder, 0, { "/bench.html": (_, r) => r.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>b</title>") });
  const chrome = await browser();
  try {
    const page = await chrome.context.newPage();
    await page.goto(`${url}bench.html`);
    const cdp = await chrome.context.newCDPSession(page);
    await cdp.send("Performance.enable");
    // Processor time of the page's thread: other programs do not count.
    const spent = async () => (await cdp.send("Performance.getMetrics")).metrics.find((m) => m.name === "ThreadTime").value;
    await page.evaluate(async (text) => {
      const glue = await import("/gongwen.js");
      await glue.default({ module_or_path: "/gongwen_bg.wasm" });
      const runs = { json: () => glue.parse(text, true, true), objects: () => JSON.parse(glue.parse(text, true, true)), only: () => glue.parse_only(text), values: () => glue.parse_value(text) };
      window.repeat = (name, ms) => {
        const end = performance.now() + ms;
        let n = 0;
        do runs[name](); while ((n++, performance.now() < end));
        return n;
      };
    }, text);
    const out = {};
    for (const name of value ? ["json", "objects", "only", "values"] : ["json", "objects"]) {
      await page.evaluate((n) => window.repeat(n, 2000), name); // the compiler's second thoughts come in here
      const before = await spent();
      const runs = await page.evaluate((n) => window.repeat(n, 4000), name);
      out[name] = (bytes / 1e6) * runs / (await spent() - before);
    }
    return out;
  } finally {
    await chrome.close();
    server.close();
  }
}

const pkg = join(root, "wasm/pkg");
console.log("| module | raw | gzip -9 | brotli 11 |\n|---|---|---|---|");
row("gongwen", sizes(pkg, "gongwen"));
row("gongwen_formats", sizes(pkg, "gongwen_formats"));
const native = JSON.parse(execFileSync("cargo", ["run", "--quiet", "--release", "-p", "gongwen-wasm", "--example", "throughput", file], { cwd: root, stdio: ["ignore", "pipe", "ignore"] }).toString());
const wasm = await inChromium(pkg);
const mb = (n) => n.toFixed(1);
console.log(`\ntext: ${(bytes / 1e3).toFixed(0)} kB of UTF-8, the sample reports twice over; MB per second of processor time`);
console.log(`native  text → facts ${mb(native.parse)} · text → JSON ${mb(native.json)}`);
console.log(`Chromium text → JSON ${mb(wasm.json)} (${((100 * wasm.json) / native.json).toFixed(0)} % of native) · text → objects ${mb(wasm.objects)} (${((100 * wasm.objects) / native.json).toFixed(0)} % of native JSON)`);

const variant = (name, args) => {
  const out = join(work, name);
  execFileSync("bash", [join(root, "wasm/build.sh"), "--text-only", "--out", out, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  return out;
};
if (process.argv.includes("--border")) {
  const r = await inChromium(variant("value", ["--value"]), true);
  console.log(`border: text → facts ${mb(r.only)} · JSON + JSON.parse ${mb(r.objects)} · serde-wasm-bindgen ${mb(r.values)}`);
}
if (process.argv.includes("--profiles")) {
  const builds = [["z, inlined up to 200", "z", "200"], ["z, inlined up to 75", "z", "75"], ["z", "z", ""], ["s", "s", ""], ["3", "3", ""]];
  console.log("\n| opt-level | raw | gzip -9 | brotli 11 | text → JSON, MB/s |\n|---|---|---|---|---|");
  for (const [name, opt, inline] of builds) {
    const folder = variant(name.replaceAll(/\W+/g, "-"), ["--opt", opt, "--inline", inline]);
    const s = sizes(folder, "gongwen");
    const { json } = await inChromium(folder);
    console.log(`| ${name} | ${kB(s.raw)} | ${kB(s.gzip)} | ${kB(s.brotli)} | ${mb(json)} |`);
  }
}
