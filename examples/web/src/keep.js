// Keeps documents and corrections in this browser until they are cleared, if the reader wants it. Nothing leaves the machine.

const NAME = "gongwen";
const STORE = "documents";

function open() {
  return new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key", autoIncrement: true });
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function run(mode, work) {
  const db = await open();
  try {
    return await new Promise((done, failed) => {
      const change = db.transaction(STORE, mode);
      const request = work(change.objectStore(STORE));
      change.oncomplete = () => done(request.result);
      change.onerror = change.onabort = () => failed(change.error);
    });
  } finally {
    db.close();
  }
}

/** Every kept document: `{ key, name, file|text, corrections }`, in the order in which they came. */
export const kept = () => run("readonly", (store) => store.getAll());

/** Keeps a document; gives the key that it has from now on. */
export const keep = (row) => run("readwrite", (store) => store.put(row));

export const forget = (key) => run("readwrite", (store) => store.delete(key));

export const forgetAll = () => run("readwrite", (store) => store.clear());
