// What the browser's entry and Node's share: arguments, errors, and the calls into the modules.

import { documentFrom } from "./document.js";

/** What prevents a reading. `code` says what kind; see `GongwenErrorCode` for the fields of each. */
export class GongwenError extends Error {
  /** @param {{ code: string, message: string } & Record<string, unknown>} details @param {ErrorOptions} [options] */
  constructor(details, options) {
    const { code, message, ...fields } = details;
    super(message, options);
    this.name = "GongwenError";
    this.code = code;
    Object.assign(this, fields);
  }

  /** The code with its fields. */
  get failure() {
    const { name, cause, ...fields } = this;
    return fields;
  }
}

/** Memory that a module may keep between calls; above this it starts afresh. */
const KEEP = 256 << 20;

/** What parsing takes. */
export const KNOWN = new Set(["facts", "checks", "year", "limits"]);
const KNOWN_BYTES = new Set([...KNOWN, "format", "encoding", "fileName"]);
/** What taking one apart takes. */
export const KNOWN_UNPACK = new Set(["limits"]);
/** The most of a text, as of a file's: bytes of UTF-8, and lines. */
const MOST = { text: 8 << 20, rows: 500_000 };
const LIMITS = ["input", "unpacked", "text", "rows", "ratio", "entries", "depth", "cells"];
const FORMATS = ["plain", "html", "docx", "doc", "pdf", "ofd", "xlsx", "xls", "rtf", "mht"];

/** The modules that are loaded when they are needed: web pages and Word; old Word, WPS, OFD, spreadsheets, RTF, saved
 *  pages; PDF; comparable indicators. */
export const MODULES = ["formats", "office", "pdf", "indicators"];

/** What a document was made from, for what is read of it later. It lives as long as the document. */
const made = new WeakMap();

/** That, also for a document of another place, whose text is given. */
export function origin(document, text) {
  if (document === null || typeof document !== "object") throw new TypeError("indicators: the first argument is a document that parse or parseBytes gave");
  const from = made.get(document) ?? { text: text ?? document.text, year: document.year ?? undefined };
  if (typeof from.text !== "string") throw new TypeError("indicators: the document was not read here and has no text; give its text as the second argument");
  return from;
}

/** Tells it of a document that comes from another thread, where it got lost on the way. */
export const remember = (document, from) => made.set(document, from);

/** A text's document, through the glue of an instantiated module. */
export function parseWith(glue, text, options) {
  if (typeof text !== "string") throw new TypeError("parse: the text must be a string; parseBytes takes bytes");
  const { facts, checks, year } = checked(options, KNOWN);
  // A UTF-16 unit is three bytes of UTF-8 at most, or ends one line.
  within(options, "text", "text size in bytes", 3 * text.length, () => utf8(text));
  within(options, "rows", "number of rows", text.length + 1, () => lines(text));
  const document = documentFrom(guarded(glue, () => glue.parse(text, facts, checks, year)), text);
  made.set(document, { text, year });
  return document;
}

/** Refuses what is more than its limit; it is counted where it may be more. */
function within(options, name, what, most, count) {
  const limit = options?.limits?.[name] ?? MOST[name];
  const found = most > limit ? count() : 0;
  if (found > limit) {
    throw new GongwenError({ code: "limit", message: `${what} is ${found}, more than the limit of ${limit}; raise \`limits.${name}\``, what, found, limit });
  }
}

/** A document's indicators, from the module that `load` gives. */
export async function indicatorsWith(load, document, text) {
  const from = origin(document, text);
  const glue = await load("indicators");
  return JSON.parse(guarded(glue, () => glue.indicators(from.text, from.year, from.layout)));
}

/** A file's document: the glue of one module takes the text out of it, that of the other parses it. `load` gives the
 *  first by its name; the one for web pages tells which it is. */
export async function parseBytesWith(load, glue, bytes, options) {
  const { facts, checks, year, format, encoding, fileName, limits } = options;
  const extract = async (name) => {
    const module = await load(name);
    return JSON.parse(guarded(module, () => module.extract(bytes, format, encoding, fileName, limits)));
  };
  let found = await extract("formats");
  if (found.module) found = await extract(found.module);
  const { text, layout, source, diagnostics } = found;
  const numbers = Uint32Array.from(layout);
  const document = documentFrom(guarded(glue, () => glue.parse(text, facts, checks, found.year ?? year, numbers)), text);
  made.set(document, { text, year: found.year ?? year, layout: numbers });
  document.text = text;
  if (checks) {
    document.diagnostics.push(...diagnostics);
    document.diagnostics.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
  }
  return { document, source };
}

/** The files of a ZIP archive, from the module that `load` gives. */
export async function unpackWith(load, bytes, { limits }) {
  const glue = await load("office");
  const files = [];
  const taker = {
    file: (name, view) => files.push({ name, bytes: view.slice() }), // the module's memory is used again
    refused: (name, error) => files.push({ name, error: new GongwenError(JSON.parse(error)) }),
  };
  guarded(glue, () => glue.unpack(bytes, limits, taker));
  return files;
}

/** The documents of an archive, each when it is asked for; `read` reads one file. */
export async function* parseArchiveWith(load, read, bytes, options) {
  const given = checkedBytes(bytes, options, "parseArchive", KNOWN);
  for (const file of await unpackWith(load, given.bytes, given.options)) {
    if (file.error) {
      yield file;
      continue;
    }
    try {
      yield { name: file.name, ...(await read(file.bytes, { ...options, fileName: file.name })) };
    } catch (error) {
      if (!(error instanceof GongwenError)) throw error;
      yield { name: file.name, error };
    }
  }
}

/** `bytes` as a `Uint8Array`, and the options, or a `TypeError` that says what is wrong with them. */
export function checkedBytes(bytes, options, call = "parseBytes", known = KNOWN_BYTES) {
  // By name, not by class: those of another window or of a test's sandbox are as good.
  const type = Object.prototype.toString.call(bytes).slice(8, -1);
  if (type === "ArrayBuffer") bytes = new Uint8Array(bytes);
  else if (type === "Blob" || type === "File") throw new TypeError(`${call}: a ${type} has its bytes in await ${type.toLowerCase()}.arrayBuffer()`);
  else if (type !== "Uint8Array") throw new TypeError(`${call}: the bytes must be a Uint8Array or an ArrayBuffer`);
  return { bytes, options: checked(options, known) };
}

/** The name of a module, or a `RangeError`. */
export function checkedModule(name) {
  if (!MODULES.includes(name)) throw new RangeError(`module must be one of ${MODULES.join(", ")}`);
  return name;
}

export function notReady() {
  return new GongwenError({ code: "not_ready", message: "the module is not loaded yet; await init() first" });
}

/** What failed, and where the module was looked for: often there is another file, or a page that says 404. */
export function notLoaded(cause, source) {
  const from = typeof source === "string" || source instanceof URL ? ` from ${source}` : "";
  const message = `the module could not be loaded${from}: ${cause instanceof Error ? cause.message : cause}`;
  return new GongwenError({ code: "not_loaded", message }, { cause });
}

function checked(options, known) {
  if (options !== undefined && (options === null || typeof options !== "object")) {
    throw new TypeError("the options must be an object");
  }
  const given = known.has("facts") ? { facts: true, checks: true, ...options } : { ...options };
  for (const [name, value] of Object.entries(given)) {
    if (!known.has(name)) throw new TypeError(`there is no option ${JSON.stringify(name)}; there are ${[...known].join(", ")}`);
    if (value === undefined) {
      if (name === "facts" || name === "checks") given[name] = true;
    } else if (name === "year") {
      if (!Number.isInteger(value) || value < 1 || value > 9999) throw new RangeError("year must be an integer from 1 to 9999");
    } else if (name === "facts" || name === "checks") {
      if (typeof value !== "boolean") throw new TypeError(`${name} must be a boolean`);
    } else if (name === "limits") {
      given[name] = limited(value);
    } else if (typeof value !== "string") {
      throw new TypeError(`${name} must be a string`);
    } else if (name === "format" && !FORMATS.includes(value)) {
      throw new RangeError(`format must be one of ${FORMATS.join(", ")}`);
    }
  }
  return given;
}


let divisions;

/** Gives the module the table of administrative divisions, and every instance that comes after it. */
export function provideDivisions(glue, table) {
  divisions = table;
  glue.provide_divisions(table);
}

function reset(glue) {
  glue.__wbg_reset_state();
  if (divisions !== undefined && glue.provide_divisions) glue.provide_divisions(divisions);
}

/** How many bytes of UTF-8 a text has. */
function utf8(text) {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a pair is two of the pair's four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}

/** How many lines a text has. */
function lines(text) {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** The limits as the module takes them: `text=1000,rows=20`. */
function limited(limits) {
  if (limits === null || typeof limits !== "object") throw new TypeError("limits must be an object, as { text: 32000000 }");
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!LIMITS.includes(name)) throw new TypeError(`there is no limit ${JSON.stringify(name)}; there are ${LIMITS.join(", ")}`);
    if (value !== Infinity && !(Number.isSafeInteger(value) && value >= 0)) throw new RangeError(`limits.${name} must be a whole number, or Infinity`);
  }
  return given.length ? given.map(([name, value]) => `${name}=${value === Infinity ? "" : value}`).join(",") : undefined;
}

/** Calls into the module. What it throws becomes a `GongwenError`, and a broken instance is replaced. */
function guarded(glue, call) {
  try {
    return call();
  } catch (thrown) {
    if (typeof thrown === "string") throw new GongwenError(JSON.parse(thrown));
    // A trap, or no memory left: the instance cannot be trusted any more.
    reset(glue);
    const message = `the parser broke off (${thrown instanceof Error ? thrown.message : thrown}); please report the document`;
    throw new GongwenError({ code: "internal", message }, { cause: thrown });
  } finally {
    if (glue.initSync().memory.buffer.byteLength > KEEP) reset(glue);
  }
}
