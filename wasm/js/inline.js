// The same as `gongwen` with the modules inside the script: for places where no file can be fetched beside it.

import * as glue from "../pkg/gongwen.js";
import divisions from "../pkg/divisions_inline.js";
import wasm from "../pkg/gongwen_inline.js";
import { version } from "../pkg/version.js";
import { GongwenError, KNOWN_UNPACK, checkedBytes, checkedModule, indicatorsWith, parseArchiveWith, parseBytesWith, parseWith, provideDivisions, unpackWith } from "./library.js";

export * from "./views.js";
export { GongwenError, version };

glue.initSync({ module: decoded(wasm) });
provideDivisions(glue, divisions);

const formats = {};

// Scripts of their own, so that a page that reads texts only does not carry them.
const MODULES = {
  formats: () => Promise.all([import("../pkg/gongwen_formats.js"), import("../pkg/gongwen_formats_inline.js")]),
  office: () => Promise.all([import("../pkg/gongwen_office.js"), import("../pkg/gongwen_office_inline.js")]),
  pdf: () => Promise.all([import("../pkg/gongwen_pdf.js"), import("../pkg/gongwen_pdf_inline.js")]),
  indicators: () => Promise.all([import("../pkg/gongwen_indicators.js"), import("../pkg/gongwen_indicators_inline.js")]),
};

function load(name) {
  formats[name] ??= (async () => {
    const [glue, { default: wasm }] = await MODULES[name]();
    glue.initSync({ module: decoded(wasm) });
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

function decoded(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
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
