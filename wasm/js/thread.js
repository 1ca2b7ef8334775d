// What runs in the worker of `createWorker()`: answers one message after the other.

import { GongwenError, indicators, init, initDivisions, initFormats, parse, parseArchive, parseBytes, unpackArchive } from "./index.js";
import { origin, remember } from "./library.js";

const given = new Set();
let queue = Promise.resolve();

const CALLS = {
  init: async () => void (await Promise.all([initDivisions(), initFormats()])),
  async parse(...args) {
    await initDivisions();
    const document = parse(...args);
    return { document, made: origin(document) };
  },
  async parseBytes(...args) {
    await initDivisions();
    return read(await parseBytes(...args));
  },
  async parseArchive(...args) {
    await initDivisions();
    const entries = [];
    for await (const entry of parseArchive(...args)) entries.push(told(entry));
    return entries;
  },
  unpackArchive: async (...args) => (await unpackArchive(...args)).map(told),
  indicators(made) {
    const document = {};
    remember(document, made);
    return indicators(document);
  },
};

// What indicators are read from does not cross with the document by itself.
const read = (reading) => ({ ...reading, made: origin(reading.document) });
const told = (entry) => (entry.error ? { ...entry, error: plain(entry.error) } : entry.document ? read(entry) : entry);

/** Errors cross as what they are made of. */
function plain(error) {
  const kind = error instanceof GongwenError ? "GongwenError" : error?.constructor?.name ?? "Error";
  return { kind, details: { ...error, message: String(error?.message ?? error) } };
}

addEventListener("message", ({ data: { id, name, args } }) => {
  if (name === "forget") return void given.add(id);
  queue = queue.then(async () => {
    if (given.delete(id)) return; // nobody waits for it any more
    try {
      postMessage({ id, value: await CALLS[name](...args) });
    } catch (error) {
      postMessage({ id, error: plain(error) });
    }
    given.delete(id);
  });
});
