// Puts the page together in dist/: its own files, the package, the samples. What is there can be copied to
// any static host.
//
//   node build.mjs [OUTDIR]

import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const wasm = join(root, "wasm");

/** What few readers need: kept from its first use on. */
const LATER = /gongwen_(office|pdf|indicators)(_bg)?\./;

export async function build(out = join(here, "dist")) {
  if (!existsSync(join(wasm, "pkg/gongwen_bg.wasm"))) throw new Error("the package is not built yet: run wasm/build.sh first");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "gongwen/js"), { recursive: true });
  for (const file of ["index.html", "style.css", "icon.svg", "worker.js", "src"]) cpSync(join(here, file), join(out, file), { recursive: true });
  for (const file of ["index.js", "library.js", "document.js", "views.js"]) cpSync(join(wasm, "js", file), join(out, "gongwen/js", file));
  cpSync(join(wasm, "pkg"), join(out, "gongwen/pkg"), { recursive: true, filter: (file) => !file.endsWith("_inline.js") });
  await vendor(join(out, "vendor"));
  await samples(join(out, "samples"));
  const files = list(out).map((f) => relative(out, f).replaceAll("\\", "/"));
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update(readFileSync(join(out, file)));
  const worker = readFileSync(join(here, "sw.js"), "utf8")
    .replace("gongwen-BUILD", `gongwen-${digest.digest("hex").slice(0, 16)}`)
    .replace("const FILES = [];", `const FILES = ${JSON.stringify(["./", ...files.filter((f) => f !== "index.html" && !LATER.test(f))])};`)
    .replace("const LATER = [];", `const LATER = ${JSON.stringify(files.filter((f) => LATER.test(f)))};`);
  writeFileSync(join(out, "sw.js"), worker);
  return out;
}

/** The libraries that are loaded when they are needed, each as one file with its licence. */
async function vendor(out) {
  const { build } = createRequire(join(wasm, "package.json"))("esbuild");
  const entries = readdirSync(join(here, "vendor")).map((f) => join(here, "vendor", f));
  await build({ entryPoints: entries, bundle: true, format: "esm", minify: true, legalComments: "inline", outdir: out, nodePaths: [join(wasm, "node_modules")], logLevel: "error" });
  const licences = ["write-excel-file", "fflate"].map((name) => {
    const file = readdirSync(join(wasm, "node_modules", name)).find((f) => /^licen[cs]e/i.test(f));
    const { version, license } = JSON.parse(readFileSync(join(wasm, "node_modules", name, "package.json"), "utf8"));
    return `${name} ${version}, ${license}\n\n${file ? readFileSync(join(wasm, "node_modules", name, file), "utf8") : ""}`;
  });
  writeFileSync(join(out, "LICENSES.txt"), licences.join("\n---\n\n"));
}

/** The invented reports, with a list that names them. */
async function samples(out) {
  const { parse } = await import(pathToFileURL(join(wasm, "js/node.js")));
  const from = join(root, "examples/reports");
  mkdirSync(out, { recursive: true });
  const entries = [];
  for (const file of readdirSync(from).filter((f) => f.endsWith(".txt")).sort()) {
    const text = readFileSync(join(from, file), "utf8");
    const { title, kind, place, year } = parse(text);
    const first = text.split("\n").find((l) => /关于|方案|要点|报告|办法|措施|规定/.test(l) && l.length < 60)?.trim();
    entries.push({ id: basename(file, ".txt"), file, title: title?.text ?? first ?? file, kind, place: place?.text ?? null, year, chars: text.length });
    writeFileSync(join(out, file), text);
  }
  writeFileSync(join(out, "index.json"), JSON.stringify(entries, null, 1));
}

function list(folder) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((e) => (e.isDirectory() ? list(join(folder, e.name)) : [join(folder, e.name)]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await build(process.argv[2]));
