// The package in Node: the same answers as Rust, exact places, clear errors.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";
import { GongwenError, indicators, init, initFormats, parse, parseArchive, parseBytes, unpackArchive, version } from "gongwen";
import * as auto from "gongwen/auto";
import { docx, fixtures, fromRust, indicatorsFromRust, toUtf16, zip } from "./shared.mjs";

const rust = fromRust(fixtures.map((f) => f.path));
const bytes = (text) => new TextEncoder().encode(text);

fixtures.forEach(({ name, text }, i) => {
  test(`${name}: the same as Rust, offsets in UTF-16`, () => {
    assert.deepStrictEqual(parse(text), toUtf16(rust[i], text));
  });

  test(`${name}: every place slices to what it names`, () => {
    const doc = parse(text);
    // What the library leaves out of a reader's text: blanks, and page numbers in the middle of a name.
    const clean = (s) => s.replace(/[\s\u200b\u00a0\u3000]|&nbsp;/g, "").replace(/[—-]\d+[—-]/g, "");
    let places = 0;
    const same = (span, want) => {
      places++;
      assert.equal(clean(text.slice(...span)), clean(want));
    };
    for (const m of doc.metrics) {
      same(m.span, m.text);
      m.subject.forEach((s, k) => same(m.subject_spans[k], s));
    }
    for (const r of doc.responsibilities) for (const u of r.units) same(u.span, u.name);
    for (const d of doc.deadlines) same(d.span, d.text);
    for (const s of doc.sections) {
      if (s.marker) same(s.marker.span, s.marker.text);
      if (s.heading) same(s.heading.span, s.heading.text);
    }
    if (doc.title) same(doc.title.span, doc.title.text);
    assert.ok(places > 20, `${places} places`);
  });

  test(`${name}: as bytes the same as as text`, async () => {
    const { document, source } = await parseBytes(bytes(text), { fileName: name });
    assert.equal(source.format, "plain");
    assert.equal(source.encoding, "UTF-8");
    const again = parse(document.text);
    for (const table of ["sections", "metrics", "responsibilities", "deadlines"]) assert.equal(document[table].length, again[table].length, table);
    for (const m of document.metrics) assert.equal(document.text.slice(...m.span).replace(/\s/g, ""), m.text.replace(/\s/g, ""));
  });
});

test("no field is empty in all fixtures: what crosses the border is compared with Rust, each field", () => {
  const seen = new Map();
  const walk = (value, path) => {
    const filled = Array.isArray(value) ? value.length > 0 : value !== null && value !== "";
    seen.set(path, seen.get(path) || filled);
    if (Array.isArray(value)) {
      for (const v of value) walk(v, `${path}[]`);
    } else if (value && typeof value === "object") {
      for (const [k, v] of Object.entries(value)) walk(v, `${path}.${k}`);
    }
  };
  for (const { text } of fixtures) walk(parse(text), "");
  const empty = [...seen].filter(([, filled]) => !filled).map(([path]) => path);
  // `text` is for parseBytes; no sample has a table inside a section, and their places are invented.
  assert.deepEqual(empty.sort(), [".place_code", ".tables[].section", ".text"]);
  assert.equal(parse("济南市历下区2023年法治政府建设年度报告\n一、主要举措\n全年学法4次。\n").place_code, "370102");
  for (const path of [".metrics[].change.from", ".metrics[].value_high", ".metrics[].period.to", ".tables[].rows[].cells[].text", ".diagnostics[].related[]"]) {
    assert.ok(seen.get(path), path);
  }
});

test("characters beyond the basic plane count two", () => {
  const text = "𠮷林县🙂工作要点\n一、总体要求\n全年学法4次。\n";
  const [metric] = parse(text).metrics;
  assert.equal(text.slice(...metric.span), "4次");
});

test("a lone surrogate and NUL are read, places stay exact", () => {
  const text = "一、总体\ud800要求\u0000\n全年学法4次。\n";
  const [metric] = parse(text).metrics;
  assert.equal(text.slice(...metric.span), "4次");
});

test("every text gives a document", () => {
  for (const text of ["", "\ufeff", "\r\n\r\n", "（".repeat(2000), "一、".repeat(2000), "《".repeat(3000), "9".repeat(5000), "<script>alert(1)</script>"]) {
    const doc = parse(text);
    assert.equal(doc.schema, "gongwen/1");
    assert.equal(doc.offset_encoding, "utf-16");
    assert.equal(doc.text, null);
  }
});

test("indicators: the same rows as Rust", async () => {
  const rows = indicatorsFromRust(fixtures);
  let all = 0;
  for (const [i, { name, text }] of fixtures.entries()) {
    const doc = parse(text);
    const found = await indicators(doc);
    assert.deepStrictEqual(found.map(({ name, english, domain, group, groupName, groupEnglish, ...row }) => row), rows[i], name);
    for (const row of found) if (row.metric !== null) assert.deepStrictEqual(row.span, doc.metrics[row.metric].span);
    all += found.length;
  }
  assert.ok(all > 60, `${all} rows`);
});

test("indicators: of bytes, of a document from elsewhere, of what is none", async () => {
  const text = "松石市2023年法治政府建设年度报告\n一、主要举措和成效\n🙂收到行政复议申请103件，受理91件，行政诉讼案件实现零败诉。\n二、存在的不足\n力量偏弱。\n";
  const said = (rows) => rows.map((r) => `${r.id} ${r.value} ${r.status} ${r.period?.from}`);
  const expected = ["review_received 103 value 2023-01-01", "review_accepted 91 value 2023-01-01", "litigation_lost 0 zero 2023-01-01"];
  const { document } = await parseBytes(bytes(text));
  assert.deepStrictEqual(said(await indicators(document)), expected);
  const copy = structuredClone(parse(text));
  assert.deepStrictEqual(said(await indicators(copy, text)), expected);
  const rows = await indicators(parse(text));
  assert.deepStrictEqual(rows.map((r) => text.slice(...r.span)), ["103件", "91件", "零败诉"]);
  assert.equal(rows[0].name, "收到(新收)行政复议申请");
  await assert.rejects(indicators(copy), /has no text; give its text/);
  await assert.rejects(indicators("text"), TypeError);
});

test("options", () => {
  const text = "一、总体要求\n全年学法4次，6月底前完成。\n";
  assert.equal(parse(text, { facts: false }).metrics.length, 0);
  assert.equal(parse(text, { checks: false }).diagnostics.length, 0);
  assert.equal(parse(text, { year: undefined, facts: undefined }).metrics.length, 1);
  assert.equal(parse(text, { year: 2024 }).deadlines[0].date, "2024-06-30");
  assert.throws(() => parse(text, { yeer: 2024 }), { name: "TypeError", message: /"yeer"/ });
  assert.throws(() => parse(text, { year: 2024.5 }), RangeError);
  assert.throws(() => parse(text, { facts: "no" }), TypeError);
  assert.throws(() => parse(text, null), TypeError);
  assert.throws(() => parse(bytes(text)), TypeError);
  const size = new TextEncoder().encode(text).length;
  assert.equal(parse(text, { limits: { text: size } }).metrics.length, 1);
  assert.throws(() => parse(text, { limits: { text: size - 1 } }), { name: "GongwenError", code: "limit", found: size, limit: size - 1, message: /raise `limits.text`/ });
  const long = "a".repeat((8 << 20) + 1);
  assert.throws(() => parse(long), { code: "limit", limit: 8 << 20 });
  assert.equal(parse(long, { limits: { text: Infinity } }).metrics.length, 0);
  const three = "一、甲\n二、乙\n三、丙";
  assert.equal(parse(three, { limits: { rows: 3 } }).sections.length, 3);
  assert.throws(() => parse(three, { limits: { rows: 2 } }), { name: "GongwenError", code: "limit", found: 3, limit: 2, message: /raise `limits.rows`/ });
  assert.throws(() => parse("\n".repeat(500_000)), { code: "limit", found: 500_001, limit: 500_000 });
  assert.throws(() => parse(text, { limits: { texts: 1 } }), { name: "TypeError", message: /"texts"/ });
});

test("a web page and a Word file", async () => {
  const page = await parseBytes(bytes("<html><body><h1>某县工作要点</h1><p>一、总体要求</p><p>全年学法4次。</p></body></html>"));
  assert.equal(page.source.format, "html");
  assert.equal(page.document.text.slice(...page.document.metrics[0].span), "4次");
  const word = await parseBytes(docx(["某县工作要点", "一、总体要求", "全年学法4次。"]));
  assert.equal(word.source.format, "docx");
  assert.equal(word.document.text.slice(...word.document.metrics[0].span), "4次");
  assert.equal(word.document.metrics[0].section, 0);
});

test("one report in several forms reads alike", async () => {
  const folder = new URL("../../core/tests/fixtures/formats/", import.meta.url);
  const reading = async (file, input = readFileSync(new URL(file, folder))) => {
    const { document, source } = await parseBytes(input, { fileName: file });
    const { title, place, year, sections, metrics, responsibilities, deadlines } = document;
    return [source.format, {
      title: title?.text, place: place?.text, year, headings: sections.map((s) => [s.level, s.heading?.text]),
      metrics: metrics.map((m) => [m.subject, m.value, m.unit]), units: responsibilities.map((r) => r.units.map((u) => u.name)), deadlines: deadlines.map((d) => d.date),
    }];
  };
  const [, word] = await reading("report.docx");
  assert.ok(word.metrics.length > 5 && word.headings.length > 3);
  for (const form of ["doc", "pdf", "rtf"]) assert.deepEqual(await reading(`report.${form}`), [form, word]);
  const [, sheet] = await reading("tasks.xlsx");
  assert.ok(sheet.units.length > 1);
  assert.deepEqual(await reading("tasks.xls"), ["xls", sheet]);
  const saved = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>一、总体情况</p><p>全年学法4次。</p>\r\n--B--\r\n";
  const [format, page] = await reading("saved.mht", bytes(saved));
  assert.equal(format, "mht");
  assert.deepEqual(page.metrics, [[["学法"], 4, "次"]]);
});

test("GB18030 is found out, and can be asked for", async () => {
  // 全年学法4次。 in GB18030
  const gb = new Uint8Array([0xc8, 0xab, 0xc4, 0xea, 0xd1, 0xa7, 0xb7, 0xa8, 0x34, 0xb4, 0xce, 0xa1, 0xa3]);
  const asked = await parseBytes(gb, { encoding: "gb18030", format: "plain" });
  assert.equal(asked.document.text, "全年学法4次。");
  assert.equal(asked.document.metrics[0].text, "4次");
  // 一、总体情况：全年工作9件。 and a broken byte
  const text = new Uint8Array([0xd2, 0xbb, 0xa1, 0xa2, 0xd7, 0xdc, 0xcc, 0xe5, 0xc7, 0xe9, 0xbf, 0xf6, 0xa3, 0xba, 0xc8, 0xab, 0xc4, 0xea, 0xb9, 0xa4, 0xd7, 0xf7, 0x39, 0xbc, 0xfe, 0xa1, 0xa3, 0xff, 0x0a]);
  const found = await parseBytes(text);
  assert.equal(found.source.encoding, "gb18030");
  assert.equal(found.document.text, "一、总体情况：全年工作9件。\ufffd\n");
  const broken = found.document.diagnostics.find((d) => d.code === "undecodable_bytes");
  assert.match(broken.message, /byte 27 /);
  assert.equal(found.document.text.slice(...broken.span), "\ufffd");
  assert.ok((await parseBytes(text, { checks: false })).document.diagnostics.length === 0);
});

test("bytes may come as a buffer, from Node or from another realm", async () => {
  const plain = bytes("全年学法4次。");
  for (const given of [plain.buffer, Buffer.from(plain), vm.runInNewContext("Uint8Array.from(list)", { list: plain })]) {
    assert.equal((await parseBytes(given)).document.metrics[0].text, "4次");
  }
});

test("errors are GongwenErrors with a code", async () => {
  const fails = async (input, options, code) => {
    const error = await parseBytes(input, options).then(() => assert.fail("no error"), (e) => e);
    assert.ok(error instanceof GongwenError && error instanceof Error, String(error));
    assert.equal(error.name, "GongwenError");
    assert.equal(error.code, code);
    assert.ok(error.message.length > 10);
    return error;
  };
  const pdf = await fails(bytes("%PDF-1.7\n"), {}, "malformed");
  assert.equal(pdf.format, "PDF");
  assert.equal((await fails(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), {}, "unsupported")).format, "image");
  assert.equal((await fails(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), {}, "malformed")).format, "OLE");
  await fails(Buffer.from("PK\x03\x04broken"), { format: "docx" }, "malformed");
  await fails(bytes("x"), { encoding: "klingon" }, "malformed");
  await assert.rejects(parseBytes("text"), TypeError);
  await assert.rejects(parseBytes(new Blob(["x"])), { name: "TypeError", message: /await blob.arrayBuffer\(\)/ });
  await assert.rejects(parseBytes(bytes("x"), { format: "odt" }), { name: "RangeError", message: /plain, html, docx/ });
  await assert.rejects(parseBytes(bytes("x"), { colour: "red" }), TypeError);
});

test("nothing is left over from one call to the next", () => {
  const { text } = fixtures[0];
  const first = JSON.stringify(parse(text));
  parse("一、");
  parse("x".repeat(1_000_000));
  assert.equal(JSON.stringify(parse(text)), first);
});

test("every function of the types has an example, and says what it throws if it does", () => {
  for (const file of ["index.d.ts", "worker.d.ts"]) {
    const text = readFileSync(new URL(`../js/${file}`, import.meta.url), "utf8");
    const functions = [...text.matchAll(/(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?export function (\w+)/g)];
    assert.ok(functions.length);
    for (const [, said, name] of functions) assert.match(said ?? "", /@example/, name);
    for (const [, said, name] of functions) if (/^(init|parse|unpack|indicators|chunks|toCsv|createWorker)/.test(name)) assert.match(said, /@throws/, name);
  }
});

test("versions agree", async () => {
  assert.equal(version, JSON.parse(readFileSync(new URL("../package.json", import.meta.url))).version);
  await init();
  await initFormats();
  assert.equal(auto.version, version);
});

test("an archive is many documents", async () => {
  const file = zip({
    "松石县/总结.txt": "松石县2023年工作总结\n一、总体情况\n全年办件9件。",
    "松石县/通知.docx": docx(["松石县人民政府关于做好防汛工作的通知", "一、总体要求"]),
    "松石县/图片.png": Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    "__MACOSX/总结.txt": "x",
  });
  const entries = [];
  for await (const entry of parseArchive(file, { facts: false })) entries.push(entry);
  assert.deepEqual(entries.map((e) => [e.name, e.source?.format, e.document?.title?.text, e.error?.code]), [
    ["松石县/总结.txt", "plain", "松石县2023年工作总结", undefined],
    ["松石县/通知.docx", "docx", "松石县人民政府关于做好防汛工作的通知", undefined],
    ["松石县/图片.png", undefined, undefined, "unsupported"],
  ]);
  assert.equal(entries[0].document.metrics.length, 0);
  const files = await unpackArchive(file);
  assert.deepEqual(files.map((f) => [f.name, f.bytes.length]), [["松石县/总结.txt", 67], ["松石县/通知.docx", files[1].bytes.length], ["松石县/图片.png", 8]]);
  // Windows writes names in GBK and does not say so.
  const gbk = Buffer.from(zip({ ABCD: "全年办件9件。" }));
  for (let at = gbk.indexOf("ABCD"); at >= 0; at = gbk.indexOf("ABCD", at)) gbk.set([0xd7, 0xdc, 0xbd, 0xe1], at);
  assert.equal((await unpackArchive(gbk))[0].name, "总结");
  const damaged = new Uint8Array(file);
  damaged.set([1, 2, 3], 40); // in the first file's name and text
  const told = await unpackArchive(damaged);
  assert.ok(told.every((f) => f.bytes || f.error instanceof GongwenError));
  await assert.rejects(unpackArchive(bytes("全年办件9件。")), { name: "GongwenError", code: "malformed" });
  await assert.rejects(unpackArchive(file, { limits: { entries: 2 } }), { name: "GongwenError", code: "limit" });
  await assert.rejects(unpackArchive(file, { facts: false }), TypeError);
  await assert.rejects(parseArchive("全年办件9件。").next(), TypeError);
});
