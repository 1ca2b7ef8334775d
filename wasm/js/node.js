// The entry for Node: the module is read from disk at once, `init()` has nothing left to do.

import { readFileSync } from "node:fs";
import * as glue from "../pkg/gongwen.js";
import { version } from "../pkg/version.js";
import { GongwenError, checkedBytes, parseBytesWith, parseWith, provideDivisions } from "./library.js";

export * from "./views.js";
export { GongwenError, version };

glue.initSync({ module: readFileSync(new URL("../pkg/gongwen_bg.wasm", import.meta.url)) });
provideDivisions(glue, readFileSync(new URL("../pkg/divisions.txt", import.meta.url), "utf8"));

let formats;

export async function init() {}

export async function initFormats() {
  if (formats) return;
  const glue = await import("../pkg/gongwen_formats.js");
  glue.initSync({ module: readFileSync(new URL("../pkg/gongwen_formats_bg.wasm", import.meta.url)) });
  formats = glue;
}

export async function initDivisions() {}

export function parse(text, options) {
  return parseWith(glue, text, options);
}

export async function parseBytes(bytes, options) {
  const checked = checkedBytes(bytes, options);
  await initFormats();
  return parseBytesWith(formats, glue, checked.bytes, checked.options);
}

export default init;
