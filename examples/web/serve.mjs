// Builds the page and serves it: node serve.mjs [PORT]. No dependencies.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
  ".json": "application/json; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
};

/** Serves a folder; `extra` adds answers for tests. */
export function serve(folder, port = 0, extra = {}) {
  const server = createServer((request, response) => {
    const path = pathOf(request.url);
    if (Object.hasOwn(extra, path)) return extra[path](request, response);
    const file = normalize(join(folder, path.endsWith("/") ? `${path}index.html` : path));
    const headers = { "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-cache" };
    let found = false;
    try {
      found = file.startsWith(folder + sep) && statSync(file).isFile();
    } catch {
      // not there
    }
    if (!found || (request.method !== "GET" && request.method !== "HEAD")) return response.writeHead(404, headers).end("not found\n");
    response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    if (request.method === "HEAD") return response.end();
    // A file that goes away meanwhile ends this answer, not the server; so does a reader that goes away.
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
  });
  server.on("clientError", (_, socket) => (socket.writable ? socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n") : socket.destroy()));
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => done({ server, url: `http://127.0.0.1:${server.address().port}/` }));
  });
}

/** The path of a request; of one that is no address, or holds bytes that are no text, a path where nothing is. */
function pathOf(url) {
  try {
    return decodeURIComponent(new URL(url, "http://x").pathname).replaceAll("\0", "\uFFFD");
  } catch {
    return "/\uFFFD";
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(await build(), Number(process.argv[2] ?? 8000));
  console.log(`${url}  (Ctrl+C ends it)`);
}
