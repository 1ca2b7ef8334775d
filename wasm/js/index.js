// The entry for browsers, workers and bundlers. `gongwen.wasm` is compiled while it downloads;
// the modules that take files apart are fetched when such a file comes for the first time.

import * as glue from "../pkg/gongwen.js";
import { version } from "../pkg/version.js";
import { GongwenError, KNOWN_UNPACK, checkedBytes, checkedModule, indicatorsWith, notLoaded, notReady, parseArchiveWith, parseBytesWith, parseWith, provideDivisions, unpackWith } from "./library.js";

export * from "./views.js";
export { GongwenError, version };

let ready = false;
let loading;
const formats = {};
let divisions;

// The addresses are written as bundlers look for them.

export function init(source = new URL("../pkg/gongwen_bg.wasm", import.meta.url)) {
  loading ??= (async () => {
    try {
      await glue.default({ module_or_path: source });
      ready = true;
    } catch (cause) {
      loading = undefined; // the network may be back the next time
      throw notLoaded(cause, source);
    }
  })();
  return loading;
}

// What takes files apart: the addresses of the modules and the scripts beside them.
const MODULES = {
  formats: [() => new URL("../pkg/gongwen_formats_bg.wasm", import.meta.url), () => import("../pkg/gongwen_formats.js")],
  office: [() => new URL("../pkg/gongwen_office_bg.wasm", import.meta.url), () => import("../pkg/gongwen_office.js")],
  pdf: [() => new URL("../pkg/gongwen_pdf_bg.wasm", import.meta.url), () => import("../pkg/gongwen_pdf.js")],
  indicators: [() => new URL("../pkg/gongwen_indicators_bg.wasm", import.meta.url), () => import("../pkg/gongwen_indicators.js")],
};

function load(name, source) {
  formats[name] ??= (async () => {
    const [address, script] = MODULES[name];
    const from = source ?? address();
    try {
      const glue = await script();
      await glue.default({ module_or_path: from });
      return glue;
    } catch (cause) {
      formats[name] = undefined;
      throw notLoaded(cause, from);
    }
  })();
  return formats[name];
}

export async function initFormats(source, module = "formats") {
  await load(checkedModule(module), source);
}

export function initDivisions(source = new URL("../pkg/divisions.txt", import.meta.url)) {
  divisions ??= (async () => {
    try {
      const [response] = await Promise.all([fetch(source), init()]);
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      provideDivisions(glue, await response.text());
    } catch (cause) {
      divisions = undefined;
      throw notLoaded(cause, source);
    }
  })();
  return divisions;
}

export function parse(text, options) {
  if (!ready) throw notReady();
  return parseWith(glue, text, options);
}

export async function parseBytes(bytes, options) {
  const checked = checkedBytes(bytes, options);
  await Promise.all([init(), load("formats")]);
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
