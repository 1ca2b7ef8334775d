// Reads files and texts, one after the other, away from the page. Results go back in small pieces: each is
// one message, so that taking it in never holds the page up.

import { GongwenError, init, initFormats, parse, parseBytes } from "./gongwen/js/index.js";
import { prepare } from "./src/prepare.js";

const ROWS = 1500;
const TABLES = ["sections", "metrics", "responsibilities", "deadlines", "references", "diagnostics", "metadata"];
const started = init();
started.catch(() => {}); // told to whoever asks first
const samples = new Map();
let queue = Promise.resolve();

addEventListener("message", ({ data }) => {
  if (data.type === "warm") queue = queue.then(() => warm(data.samples));
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

async function read({ job, name, file, text, sample }) {
  try {
    postMessage({ type: "started", job });
    await started;
    let doc;
    let source = null;
    const began = performance.now();
    if (file) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (!bytes.length) throw new GongwenError({ code: "empty", message: "the file is empty" });
      ({ document: doc, source } = await parseBytes(bytes, { fileName: name }));
      text = doc.text;
    } else {
      if (sample) {
        if (!samples.has(sample)) samples.set(sample, await fetchText(sample));
        text = samples.get(sample);
      }
      doc = parse(text);
    }
    const took = performance.now() - began;
    send(job, text, doc, source, took);
  } catch (error) {
    const { message, format, limit, found, what } = error;
    // A `DOMException` comes from the browser, which could not open the file: a folder, or gone meanwhile.
    const code = error instanceof GongwenError ? error.code : error instanceof DOMException ? "unreadable" : "other";
    postMessage({ type: "failed", job, error: { code, message: String(message ?? error), format, limit, found, what } });
  }
}

function send(job, text, doc, source, took) {
  const { kind, title, issuer, place, year, signature } = doc;
  const count = Object.fromEntries(TABLES.map((t) => [t, doc[t].length]));
  postMessage({ type: "head", job, head: { kind, title, issuer, place, year, signature, source, took, count }, text });
  for (const table of TABLES) {
    for (let from = 0; from < doc[table].length; from += ROWS) {
      postMessage({ type: "rows", job, table, rows: doc[table].slice(from, from + ROWS) });
    }
  }
  const { tasks, units, ...flat } = prepare(text, doc);
  for (const [table, rows] of [["tasks", tasks], ["units", units]]) {
    for (let from = 0; from < rows.length; from += ROWS) {
      postMessage({ type: "rows", job, table, rows: rows.slice(from, from + ROWS) });
    }
  }
  // For the download, whole, as a file on the browser's side: not a second copy in memory.
  const json = new Blob([JSON.stringify({ ...doc, text })], { type: "application/json" });
  const arrays = Object.values(flat).filter(ArrayBuffer.isView).map((a) => a.buffer);
  postMessage({ type: "done", job, flat, json }, arrays);
}
