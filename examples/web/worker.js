// Reads files and texts, one after the other, away from the page. Results go back in small pieces: each is
// one message, so that taking it in never holds the page up.

import { GongwenError, indicators, initDivisions, initFormats, parse, parseBytes, unpackArchive } from "./gongwen/js/index.js";
import { origin, remember } from "./gongwen/js/library.js";
import { prepare } from "./src/prepare.js";

const ROWS = 1500;
const TABLES = ["sections", "metrics", "responsibilities", "deadlines", "references", "diagnostics", "metadata"];
/** Files of one archive, and bytes of them unpacked, at most. */
const ENTRIES = 2000;
const UNPACKED = 256 << 20;
const started = initDivisions(); // and the module with it
started.catch(() => {}); // told to whoever asks first
const samples = new Map();
/** What each document was made from, without its text: its indicators are read when they are asked for. */
const made = new Map();
let queue = Promise.resolve();

addEventListener("message", ({ data }) => {
  if (data.type === "warm") queue = queue.then(() => warm(data.samples));
  else if (data.type === "indicators") queue = queue.then(() => find(data));
  else if (data.type === "book") queue = queue.then(() => write(data));
  else if (data.type === "unpack") queue = queue.then(() => unpack(data));
  else queue = queue.then(() => read(data));
});

/** Fetches whatever may be needed later: after this the page needs no network. */
async function warm(urls) {
  const get = async (url) => {
    if (!samples.has(url)) samples.set(url, await fetchText(url));
  };
  await Promise.allSettled([started, initFormats(), ...urls.map(get)]);
  postMessage({ type: "warm" });
}

async function fetchText(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.text();
}

async function read({ job, name, file, text, sample, limits = {} }) {
  try {
    postMessage({ type: "started", job });
    await started;
    let doc;
    let source = null;
    const began = performance.now();
    if (file) {
      const bytes = await bytesOf(file, limits.input);
      if (!bytes.length) throw new GongwenError({ code: "empty", message: "the file is empty" });
      ({ document: doc, source } = await parseBytes(bytes, { fileName: name, limits }));
      text = doc.text;
    } else {
      if (sample) {
        if (!samples.has(sample)) samples.set(sample, await fetchText(sample));
        text = samples.get(sample);
      }
      doc = parse(text, { limits });
    }
    const scanned = doc.diagnostics.some((d) => d.code === "no_text_layer");
    const strange = notADocument(text);
    if (strange && scanned) throw new GongwenError({ code: "scan", message: "there is no text layer" });
    if (strange) throw new GongwenError({ code: strange, message: "there is no Chinese text to read" });
    const took = performance.now() - began;
    const { year, layout } = origin(doc, text);
    made.set(job, { year, layout });
    send(job, text, doc, source, took, await digest(text));
  } catch (error) {
    const { message, format, limit, found, what } = error;
    // A `DOMException` comes from the browser, which could not open the file: a folder, or gone meanwhile.
    const code = error instanceof GongwenError ? error.code : error instanceof DOMException ? "unreadable" : "other";
    postMessage({ type: "failed", job, error: { code, message: String(message ?? error), format, limit, found, what } });
  }
}

/** The indicators of a document that was read before, whose text the page has. */
async function find({ job, text }) {
  try {
    const document = {};
    remember(document, { ...made.get(job), text });
    const rows = await indicators(document);
    for (let from = 0; from === 0 || from < rows.length; from += ROWS) postMessage({ type: "indicators", job, rows: rows.slice(from, from + ROWS), last: from + ROWS >= rows.length });
  } catch (error) {
    postMessage({ type: "indicators", job, rows: [], last: true, error: { code: error instanceof GongwenError ? error.code : "other", message: String(error.message ?? error) } });
  }
}

/** Why a text cannot be one of the documents that are read here, or `null`. */
function notADocument(text) {
  const sample = text.length > 200_000 ? text.slice(0, 100_000) + text.slice(-100_000) : text;
  if (!sample.trim()) return "empty";
  const controls = sample.match(/[\u0000-\u0008\u000b\u000e-\u001f\ufffd]/g)?.length ?? 0;
  if (controls > 8 && controls > sample.length / 100) return "binary";
  return /\p{Script=Han}/u.test(sample) ? null : "no_chinese";
}

/** What a text is known by when it is opened again: sixteen digits of its SHA-256. */
async function digest(text) {
  if (!globalThis.crypto?.subtle) return null; // only in secure contexts
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes, 0, 8)].map((b) => b.toString(16).padStart(2, "0")).join("");
}

/** What a message can carry of an error. */
const plain = (error) => ({ code: error instanceof GongwenError ? error.code : "malformed", message: String(error.message ?? error) });

/** What is in a file. What is too large is not fetched from the disk. */
async function bytesOf(file, limit = 64 << 20) {
  const what = "input size";
  if (file.size > limit) throw new GongwenError({ code: "limit", message: `${what} is ${file.size}, more than the limit of ${limit}; raise \`limits.input\``, what, found: file.size, limit });
  return new Uint8Array(await file.arrayBuffer());
}

/** The sheets of the Excel files that the page has begun. */
const books = new Map();

/** Takes a sheet's head or some of its rows, or writes the file; the writer is loaded when it is needed. */
async function write({ book, sheet, rows, done }) {
  if (!books.has(book)) books.set(book, []);
  const sheets = books.get(book);
  if (sheet) sheets.push({ ...sheet, rows: [] });
  if (rows) for (const row of rows) sheets.at(-1).rows.push(row);
  if (!done) return;
  books.delete(book);
  try {
    const { workbook } = await import("./vendor/xlsx.js");
    postMessage({ type: "book", book, blob: await workbook(sheets) });
  } catch (error) {
    postMessage({ type: "book", book, error });
  }
}

/** Takes an archive apart and tells the page what files are in it. */
async function unpack({ archive, file }) {
  try {
    const found = await unpackArchive(await bytesOf(file), { limits: { entries: ENTRIES, unpacked: UNPACKED } });
    found.sort((a, b) => a.name.localeCompare(b.name, "zh-CN", { numeric: true }));
    const short = (name) => name.split("/").pop();
    // A file that is damaged costs the others nothing.
    const files = found.map(({ name, bytes, error }) => (error ? { name: short(name), error: plain(error) } : new File([bytes], short(name))));
    postMessage({ type: "unpacked", archive, files });
  } catch (error) {
    postMessage({ type: "unpacked", archive, error: plain(error) });
  }
}

function send(job, text, doc, source, took, hash) {
  const { kind, title, issuer, place, year, signature } = doc;
  const count = Object.fromEntries(TABLES.map((t) => [t, doc[t].length]));
  postMessage({ type: "head", job, head: { kind, title, issuer, place, year, signature, source, took, count, hash }, text });
  for (const table of TABLES) {
    for (let from = 0; from < doc[table].length; from += ROWS) {
      postMessage({ type: "rows", job, table, rows: doc[table].slice(from, from + ROWS) });
    }
  }
  const { tasks, units, ledger, ...flat } = prepare(text, doc);
  for (const [table, rows] of [["tasks", tasks], ["units", units]]) {
    for (let from = 0; from < rows.length; from += ROWS) {
      postMessage({ type: "rows", job, table, rows: rows.slice(from, from + ROWS) });
    }
  }
  // For the download, whole, as a file on the browser's side: not a second copy in memory.
  const json = new Blob([JSON.stringify({ ...doc, text })], { type: "application/json" });
  const arrays = Object.values(flat).filter(ArrayBuffer.isView).map((a) => a.buffer);
  postMessage({ type: "done", job, flat, json, ledger }, arrays);
}
