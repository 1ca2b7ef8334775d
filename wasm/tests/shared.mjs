// What the tests share: the fixtures, Rust's answer for them, a browser.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const reports = join(root, "examples/reports");

/** The fixtures: name and text. */
export const fixtures = readdirSync(reports).filter((f) => f.endsWith(".txt")).sort()
  .map((name) => ({ name, path: join(reports, name), text: readFileSync(join(reports, name), "utf8") }));

/** The JSON form from Rust, with UTF-8 offsets, of each file. GONGWEN_READ names the built example, if it is. */
export function fromRust(paths) {
  // The layer of indicators is of a module of its own: `indicatorsFromRust`.
  return wholeFromRust(paths).map(({ indicators, dictionary, ...form }) => form);
}

/** The rows of indicators from Rust, with UTF-16 offsets, of each file. */
export function indicatorsFromRust(files) {
  return wholeFromRust(files.map((f) => f.path)).map(({ indicators }, i) => toUtf16({ indicators }, files[i].text).indicators);
}

function wholeFromRust(paths) {
  const built = process.env.GONGWEN_READ;
  const [command, ...args] = built ? [built] : ["cargo", "run", "--quiet", "--release", "--example", "read", "--"];
  const out = execFileSync(command, [...args, "--json", ...paths], { cwd: root, maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "inherit"] });
  return out.toString("utf8").trim().split("\n").map((line) => JSON.parse(line));
}

/** The same document with UTF-16 offsets: an independent count, character by character. */
export function toUtf16(doc, text) {
  const units = new Map();
  let byte = 0;
  let unit = 0;
  for (const c of text) {
    units.set(byte, unit);
    byte += Buffer.byteLength(c);
    unit += c.length;
  }
  units.set(byte, unit);
  const place = (span) => span.map((at) => units.get(at));
  const walk = (value, key) => {
    if (key === "boilerplate" || key === "subject_spans") return value.map(place);
    if ((key === "span" || key === "related") && value) return place(value);
    if (Array.isArray(value)) return value.map((v) => walk(v));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k)]));
    return value;
  };
  return { ...walk(doc), offset_encoding: "utf-16", text: null };
}

const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const CHROMIUM = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => p && existsSync(p));

/** A browser with a fresh profile; `close()` takes it away again. */
export async function browser(options = {}) {
  if (!CHROMIUM) throw new Error("no Chromium found; set CHROMIUM to its path");
  const { chromium } = await import("playwright-core"); // runs in newer versions of Node than the package does
  const profile = mkdtempSync(join(tmpdir(), "gongwen-browser-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: [...ARGS, ...(options.args ?? [])], viewport: { width: 1440, height: 900 }, locale: "zh-CN", acceptDownloads: true, ...options.context });
  return { context, close: async () => { await context.close(); rmSync(profile, { recursive: true, force: true }); } };
}

/** A stored (not compressed) zip archive, enough for a Word file. */
export function zip(files) {
  const parts = [];
  const index = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const title = Buffer.from(name);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt32LE(crc32(data), 10);
    fixed.writeUInt32LE(data.length, 14);
    fixed.writeUInt32LE(data.length, 18);
    fixed.writeUInt16LE(title.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    index.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fixed, tail, title]));
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fixed, title, data]);
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(index);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(index.length, 8);
  end.writeUInt16LE(index.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

function crc32(data) {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A Word file with one paragraph per line. */
export function docx(lines) {
  const xml = (s) => s.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  return zip({
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document ${ns}><w:body>${lines.map((l) => `<w:p><w:r><w:t xml:space="preserve">${xml(l)}</w:t></w:r></w:p>`).join("")}</w:body></w:document>`,
  });
}
