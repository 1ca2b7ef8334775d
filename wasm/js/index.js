// The entry for browsers, workers and bundlers. `gongwen.wasm` is compiled while it downloads;
// the module that takes the text out of web pages and Word files is fetched when bytes come for the first time.

import * as glue from "../pkg/gongwen.js";
import { version } from "../pkg/version.js";
import { GongwenError, checkedBytes, notLoaded, notReady, parseBytesWith, parseWith, provideDivisions } from "./library.js";

export * from "./views.js";
export { GongwenError, version };

let ready = false;
let loading;
let formats;
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

export function initFormats(source = new URL("../pkg/gongwen_formats_bg.wasm", import.meta.url)) {
  formats ??= (async () => {
    try {
      const glue = await import("../pkg/gongwen_formats.js");
      await glue.default({ module_or_path: source });
      return glue;
    } catch (cause) {
      formats = undefined;
      throw notLoaded(cause, source);
    }
  })();
  return formats.then(() => {});
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
  await Promise.all([init(), initFormats()]);
  return parseBytesWith(await formats, glue, checked.bytes, checked.options);
}

export default init;
