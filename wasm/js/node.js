// The entry for Node: the module is read from disk at once, `init()` has nothing left to do.

import { readFileSync } from "node:fs";
import * as glue from "../pkg/gongwen.js";
import { version } from "../pkg/version.js";
import { GongwenError, KNOWN_UNPACK, checkedBytes, checkedModule, indicatorsWith, parseArchiveWith, parseBytesWith, parseWith, provideDivisions, unpackWith } from "./library.js";

export * from "./views.js";
export { GongwenError, version };

glue.initSync({ module: readFileSync(new URL("../pkg/gongwen_bg.wasm", import.meta.url)) });
provideDivisions(glue, readFileSync(new URL("../pkg/divisions.txt", import.meta.url), "utf8"));

const formats = {};

// Written out: bundlers for Node look for the names.
const MODULES = {
  formats: [() => import("../pkg/gongwen_formats.js"), new URL("../pkg/gongwen_formats_bg.wasm", import.meta.url)],
  office: [() => import("../pkg/gongwen_office.js"), new URL("../pkg/gongwen_office_bg.wasm", import.meta.url)],
  pdf: [() => import("../pkg/gongwen_pdf.js"), new URL("../pkg/gongwen_pdf_bg.wasm", import.meta.url)],
  indicators: [() => import("../pkg/gongwen_indicators.js"), new URL("../pkg/gongwen_indicators_bg.wasm", import.meta.url)],
};

function load(name) {
  formats[name] ??= (async () => {
    const [script, file] = MODULES[name];
    const glue = await script();
    glue.initSync({ module: readFileSync(file) });
    return glue;
  })();
  return formats[name];
}

export async function init() {}

export async function initFormats(_source, module = "formats") {
  await load(checkedModule(module));
}

export async function initDivisions() {}

export function parse(text, options) {
  return parseWith(glue, text, options);
}

export async function parseBytes(bytes, options) {
  const checked = checkedBytes(bytes, options);
  return parseBytesWith(load, glue, checked.bytes, checked.options);
}

export function parseArchive(bytes, options) {
  return parseArchiveWith(load, parseBytes, bytes, options);
}

export async function unpackArchive(bytes, options) {
  const checked = checkedBytes(bytes, options, "unpackArchive", KNOWN_UNPACK);
  return unpackWith(load, checked.bytes, checked.options);
}

export async function indicators(document, text) {
  return indicatorsWith(load, document, text);
}

export default init;
