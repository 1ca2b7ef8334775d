// What runs in the worker of `createWorker()`: answers one message after the other.

import { GongwenError, init, initDivisions, initFormats, parse, parseBytes } from "./index.js";

const given = new Set();
let queue = Promise.resolve();

const CALLS = {
  init: async () => void (await Promise.all([initDivisions(), initFormats()])),
  async parse(...args) {
    await initDivisions();
    return parse(...args);
  },
  async parseBytes(...args) {
    await initDivisions();
    return parseBytes(...args);
  },
};

addEventListener("message", ({ data: { id, name, args } }) => {
  if (name === "forget") return void given.add(id);
  queue = queue.then(async () => {
    if (given.delete(id)) return; // nobody waits for it any more
    try {
      postMessage({ id, value: await CALLS[name](...args) });
    } catch (error) {
      const kind = error instanceof GongwenError ? "GongwenError" : error?.constructor?.name ?? "Error";
      postMessage({ id, error: { kind, details: { ...error, message: String(error?.message ?? error) } } });
    }
    given.delete(id);
  });
});
