// Sizes and speed, as README.md reports them:
//
//   node bench.mjs                 the package as built, in Chromium, against the native build on the same text
//   node bench.mjs --border        also the ways for objects to cross the border (builds a variant)
//   node bench.mjs --profiles      also other optimisation levels and inlining (builds six variants: five minutes)

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
const ROUNDS = 8;
const kB = (n) => `${(n / 1000).toFixed(1)} kB`;

export function sizes(folder, name) {
  const module = readFileSync(join(folder, `${name}_bg.wasm`));
  const br = brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } });
  return { raw: module.length, gzip: gzipSync(module, { level: 9 }).length, brotli: br.length };
}

const row = (name, s) => console.log(`| ${name} | ${kB(s.raw)} | ${kB(s.gzip)} | ${kB(s.brotli)} |`);

/** MB per second of each way in `names`, the best of some rounds: other programs only make one slower. */
async function inChromium(folder, names = ["objects"], between = () => {}) {
  const { server, url } = await serve(folder, 0, {
    "/bench.html": (_, r) => r.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>b</title>"),
    "/document.js": (_, r) => r.writeHead(200, { "Content-Type": "text/javascript" }).end(readFileSync(join(root, "wasm/js/document.js"))),
  });
  const chrome = await browser();
  try {
    const page = await chrome.context.newPage();
    await page.goto(`${url}bench.html`);
    const cdp = await chrome.context.newCDPSession(page);
    await cdp.send("Performance.enable");
    // Processor time of the page's thread.
    const spent = async () => (await cdp.send("Performance.getMetrics")).metrics.find((m) => m.name === "ThreadTime").value;
    await page.evaluate(async (text) => {
      const glue = await import("/gongwen.js");
      await glue.default({ module_or_path: "/gongwen_bg.wasm" });
      const { documentFrom } = await import("/document.js");
      const runs = {
        objects: () => documentFrom(glue.parse(text, true, true), text),
        facts: () => glue.parse_only(text),
        json: () => JSON.parse(glue.parse_json(text)),
      };
      window.repeat = (name, ms) => {
        const end = performance.now() + ms;
        let n = 0;
        do runs[name](); while ((n++, performance.now() < end));
        return n;
      };
    }, text);
    const best = Object.fromEntries(names.map((name) => [name, 0]));
    for (const name of names) await page.evaluate((n) => window.repeat(n, 2000), name); // the compiler's second thoughts come in here
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of names) {
        const before = await spent();
        const runs = await page.evaluate((n) => window.repeat(n, 1000), name);
        best[name] = Math.max(best[name], ((bytes / 1e6) * runs) / ((await spent()) - before));
      }
      between();
    }
    return best;
  } finally {
    await chrome.close();
    server.close();
  }
}

const pkg = join(root, "wasm/pkg");
console.log("| module | raw | gzip -9 | brotli 11 |\n|---|---|---|---|");
row("gongwen", sizes(pkg, "gongwen"));
for (const module of ["gongwen_formats", "gongwen_office", "gongwen_pdf"]) row(module, sizes(pkg, module));
const native = { parse: 0, json: 0 };
// Turn by turn with Chromium, so that both meet the machine as it is.
const { objects } = await inChromium(pkg, ["objects"], () => {
  const out = execFileSync("cargo", ["run", "--quiet", "--release", "-p", "gongwen-wasm", "--example", "throughput", file], { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  const { parse, json } = JSON.parse(out.toString());
  native.parse = Math.max(native.parse, parse);
  native.json = Math.max(native.json, json);
});
const mb = (n) => n.toFixed(1);
const percent = (part, whole) => `${((100 * part) / whole).toFixed(0)} %`;
console.log(`\ntext: ${(bytes / 1e3).toFixed(0)} kB of UTF-8, the sample reports twice over; MB per second of processor time, the best of ${ROUNDS} rounds`);
console.log(`native  text → facts ${mb(native.parse)} · text → JSON ${mb(native.json)}`);
console.log(`Chromium text → objects ${mb(objects)}: ${percent(objects, native.parse)} of native text → facts, ${percent(objects, native.json)} of native text → JSON`);

const variant = (name, args) => {
  const out = join(work, name);
  execFileSync("bash", [join(root, "wasm/build.sh"), "--text-only", "--out", out, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  return out;
};
if (process.argv.includes("--border")) {
  const r = await inChromium(variant("measure", ["--measure"]), ["facts", "objects", "json"]);
  console.log(`border: text → facts, which stay there ${mb(r.facts)} · text → objects ${mb(r.objects)} · through JSON text and JSON.parse ${mb(r.json)}`);
}
if (process.argv.includes("--profiles")) {
  const builds = [["z", "z", ""], ["z, inlined up to 50", "z", "50"], ["z, inlined up to 100", "z", "100"], ["z, inlined up to 200", "z", "200"], ["s", "s", ""], ["3", "3", ""]];
  console.log("\n| opt-level | raw | gzip -9 | brotli 11 | text → objects, MB/s |\n|---|---|---|---|---|");
  for (const [name, opt, inline] of builds) {
    const folder = variant(name.replaceAll(/\W+/g, "-"), ["--opt", opt, "--inline", inline]);
    const s = sizes(folder, "gongwen");
    const { objects } = await inChromium(folder);
    console.log(`| ${name} | ${kB(s.raw)} | ${kB(s.gzip)} | ${kB(s.brotli)} | ${mb(objects)} |`);
  }
}
