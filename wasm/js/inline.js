// The same as `gongwen` with the modules inside the script: for places where no file can be fetched beside it.

import * as glue from "../pkg/gongwen.js";
import divisions from "../pkg/divisions_inline.js";
import wasm from "../pkg/gongwen_inline.js";
import { version } from "../pkg/version.js";
import { GongwenError, checkedBytes, parseBytesWith, parseWith, provideDivisions } from "./library.js";

export * from "./views.js";
export { GongwenError, version };

glue.initSync({ module: decoded(wasm) });
provideDivisions(glue, divisions);

let formats;

export async function init() {}

export async function initFormats() {
  formats ??= (async () => {
    // A script of its own, so that a page that reads texts only does not carry it.
    const [glue, { default: wasm }] = await Promise.all([import("../pkg/gongwen_formats.js"), import("../pkg/gongwen_formats_inline.js")]);
    glue.initSync({ module: decoded(wasm) });
    return glue;
  })();
  await formats;
}

export async function initDivisions() {}

export function parse(text, options) {
  return parseWith(glue, text, options);
}

export async function parseBytes(bytes, options) {
  const checked = checkedBytes(bytes, options);
  await initFormats();
  return parseBytesWith(await formats, glue, checked.bytes, checked.options);
}

function decoded(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

export default init;
