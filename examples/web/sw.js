// Keeps the page's own files, and nothing else, so that it opens without a network. `build.mjs` writes the
// list and its name; files of readers never pass through here.

const NAME = "gongwen-BUILD";
const FILES = [];
// Large and seldom needed: kept when it is first fetched.
const LATER = [];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES.map((f) => new Request(f, { cache: "reload" })))).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const stale = async () => {
    for (const key of await caches.keys()) if (key.startsWith("gongwen-") && key !== NAME) await caches.delete(key);
    await clients.claim();
  };
  event.waitUntil(stale());
});

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const answer = async () => {
    const cache = await caches.open(NAME);
    const kept = await cache.match(event.request, { ignoreSearch: true });
    if (kept) return kept;
    const response = await fetch(event.request);
    const later = LATER.some((file) => new URL(file, registration.scope).href === event.request.url);
    if (later && response.ok) await cache.put(event.request, response.clone());
    return response;
  };
  event.respondWith(answer());
});
