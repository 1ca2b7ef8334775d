// The little server survives any request: node --test tests/serve.test.mjs

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { serve } from "../serve.mjs";

/** What the server answers to these bytes: the first line, or nothing where it closes the connection. */
function answer(port, bytes) {
  return new Promise((done) => {
    let text = "";
    const socket = net.connect(port, "127.0.0.1", () => socket.write(bytes));
    // What is cut short is waited for; half a second is long enough.
    socket.setTimeout(500, () => socket.destroy());
    socket.on("data", (data) => (text += data));
    socket.on("error", () => {});
    socket.on("close", () => done(text.split("\r\n")[0]));
  });
}

test("any request is answered, and none leaves the folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gongwen-serve-"));
  writeFileSync(join(folder, "index.html"), "<p>here");
  writeFileSync(join(folder, "large.txt"), "x".repeat(4 << 20));
  const { server, url } = await serve(folder, 0, { "/extra": (_, response) => response.end("extra") });
  const port = Number(new URL(url).port);
  const get = (path, method = "GET") => answer(port, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  const paths = [
    "/%E0%A4%A", "/%", "/%00", "/index.html%00.txt", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd", "//", "http://[", "*",
    "/__proto__", "/constructor", "/toString", `/${"a".repeat(9000)}`, "/no", "/index.html/",
  ];
  for (const path of paths) assert.match(await get(path), /^HTTP\/1\.1 (404|400|431)/, path);
  for (const bytes of ["\0\x01\r\n\r\n", "GET", "GET / HTTP/9.9\r\n\r\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab", `GET / HTTP/1.1\r\nX: ${"y".repeat(100_000)}\r\n\r\n`]) {
    await answer(port, bytes);
  }
  // Readers that go away in the middle.
  for (let i = 0; i < 20; i++) {
    await new Promise((done) => {
      const socket = net.connect(port, "127.0.0.1", () => socket.write("GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n"));
      socket.once("data", () => socket.destroy());
      socket.on("close", done);
    });
  }
  assert.match(await get("/"), /200/);
  assert.equal(await (await fetch(`${url}extra`)).text(), "extra");
  assert.equal((await (await fetch(`${url}large.txt`)).text()).length, 4 << 20);
  server.close();
  rmSync(folder, { recursive: true });
});
