// A parser in a worker of its own: the same functions as promises, so that a page stays free while it reads.

import { GongwenError, origin, remember } from "./library.js";

/** Starts a worker. `url` names its script where a bundler has put it elsewhere; `worker` takes a ready one. */
export function createWorker({ url, worker } = {}) {
  if (!worker && typeof Worker === "undefined") throw new GongwenError({ code: "not_loaded", message: "there is no Worker here; in Node, import gongwen itself, in a thread of node:worker_threads too" });
  // Written as bundlers look for it.
  const thread = worker ?? (url ? new Worker(url, { type: "module" }) : new Worker(new URL("./thread.js", import.meta.url), { type: "module" }));
  const open = new Map();
  let last = 0;
  let closed = null;

  const settle = (id, how) => {
    const job = open.get(id);
    if (!job) return; // given up meanwhile
    open.delete(id);
    job.signal?.removeEventListener("abort", job.stop);
    how(job);
  };
  const failAll = (error) => {
    for (const id of [...open.keys()]) settle(id, (job) => job.failed(error));
  };
  thread.addEventListener("message", ({ data: { id, value, error } }) => settle(id, (job) => (error ? job.failed(revived(error)) : job.done(value))));
  thread.addEventListener("error", (event) => {
    event.preventDefault?.();
    closed = new GongwenError({ code: "not_loaded", message: `the worker could not be started: ${event.message || "its script was not found"}` });
    failAll(closed);
  });

  const call = (name, args, { signal, transfer = [] } = {}) => new Promise((done, failed) => {
    if (closed) return failed(closed);
    if (signal?.aborted) return failed(signal.reason);
    const id = ++last;
    const job = { done, failed, signal, stop: () => settle(id, (j) => { thread.postMessage({ id, name: "forget" }); j.failed(signal.reason); }) };
    open.set(id, job);
    signal?.addEventListener("abort", job.stop);
    thread.postMessage({ id, name, args }, transfer);
  });

  const moved = (bytes, { signal, transfer } = {}) => {
    const buffer = bytes instanceof ArrayBuffer ? bytes : bytes?.buffer;
    return { signal, transfer: transfer && buffer instanceof ArrayBuffer ? [buffer] : [] };
  };

  return {
    /** Loads the modules ahead of the first document. */
    init: () => call("init", []),
    parse: async (text, options, how) => whole(await call("parse", [text, options], how)).document,
    /** The bytes are copied; with `{ transfer: true }` they move and are empty afterwards. */
    parseBytes: async (bytes, options, how) => whole(await call("parseBytes", [bytes, options], moved(bytes, how))),
    /** All documents at once, where `parseArchive` of the package gives one after the other. */
    parseArchive: async (bytes, options, how) => (await call("parseArchive", [bytes, options], moved(bytes, how))).map(whole),
    unpackArchive: async (bytes, options, how) => (await call("unpackArchive", [bytes, options], moved(bytes, how))).map(whole),
    indicators: async (document, text, how) => call("indicators", [origin(document, text)], how),
    /** Ends the worker; what is still asked for fails. */
    terminate() {
      closed = new GongwenError({ code: "internal", message: "the worker was ended" });
      failAll(closed);
      thread.terminate();
    },
  };
}

/** A reading as it was on the other side: its error an error, its document with what it was made from. */
function whole({ made, ...reading }) {
  if (made) remember(reading.document, made);
  return reading.error ? { ...reading, error: revived(reading.error) } : reading;
}

/** An error from the other side with its class, its code and its fields. */
function revived({ kind, details }) {
  if (kind === "GongwenError") return new GongwenError(details);
  const Class = { TypeError, RangeError }[kind] ?? Error;
  return new Class(details.message);
}
