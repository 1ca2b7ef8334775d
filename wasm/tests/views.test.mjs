// Pure functions over documents: what they say is in the text.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { chunks, children, headingPath, labels, metricsIn, outline, parse, tasks, toCsv } from "gongwen";
import * as inline from "gongwen/inline";
import { docx, fixtures } from "./shared.mjs";

const docs = fixtures.map((f) => ({ ...f, doc: parse(f.text) }));

test("outline and children are the tree of the parents", () => {
  for (const { doc } of docs) {
    const walk = (nodes, parent) => nodes.flatMap((n) => (assert.equal(n.section.parent, parent), [n.section.id, ...walk(n.children, n.section.id)]));
    assert.deepEqual(walk(outline(doc), null).sort((a, b) => a - b), doc.sections.map((s) => s.id));
    assert.deepEqual(outline(doc).map((n) => n.section), children(doc));
  }
});

test("the heading path of a row ends in its own section, and its metrics are in it", () => {
  const { doc } = docs.find((d) => /songshi/.test(d.name));
  const m = doc.metrics.find((x) => x.section !== null && doc.sections[x.section].parent !== null);
  const path = headingPath(doc, m);
  assert.equal(path.at(-1), doc.sections[m.section].heading.text);
  assert.deepEqual(headingPath(doc, m.section), path);
  assert.ok(metricsIn(doc, doc.sections[m.section].parent).includes(m));
  assert.deepEqual(headingPath(doc, null), []);
});

test("tasks name every unit of every list once, in its role", () => {
  for (const { doc } of docs) {
    const list = tasks(doc);
    const named = new Set(list.flatMap((t) => ["lead", "responsible", "support", "supervise", "person"].flatMap((role) => t[role].map((u) => `${role} ${u}`))));
    assert.deepEqual(named, new Set(doc.responsibilities.flatMap((r) => r.units.map((u) => `${r.role} ${u.name}`))));
    for (const t of list) for (const d of [...t.deadlines, ...t.frequencies]) assert.ok(t.span[0] <= d.span[0] && d.span[1] <= t.span[1]);
  }
});

test("chunks hold every paragraph once, in order, and cut no sentence", () => {
  for (const { doc, text } of docs) {
    for (const maxChars of [60, 400, 5000]) {
      const list = chunks(doc, text, { maxChars });
      const bare = (s) => s.replace(/\s/g, "");
      assert.equal(list.map((c) => bare(c.text)).join(""), doc.paragraphs.map((p) => bare(text.slice(...p.span))).join(""));
      for (const c of list) {
        assert.deepEqual(c.path, headingPath(doc, c.section));
        const sentences = c.text.split(/(?<=[。；！？\n])/).filter((s) => s.trim());
        assert.ok(c.text.length <= maxChars || sentences.length === 1, `${c.text.length} characters for ${maxChars}: ${c.text}`);
      }
    }
  }
  assert.throws(() => chunks(docs[0].doc), TypeError);
});

test("CSV has a line a row and runs no formula", () => {
  for (const { doc } of docs) for (const name of ["metrics", "responsibilities", "deadlines", "references", "sections", "diagnostics"]) {
    const quoted = toCsv(doc, name).replace(/"(?:[^"]|"")*"/g, "x");
    assert.equal(quoted.trim().split("\r\n").length, doc[name].length + 1, name);
  }
  const evil = parse("一、总体要求\n全年办理＝HYPERLINK案件3件。\n");
  assert.doesNotMatch(toCsv(evil), /(^|,)[=＝]/m);
  const { run, text } = JSON.parse(readFileSync(new URL("../../spec/formulas.json", import.meta.url), "utf8"));
  const heading = (text) => toCsv({ sections: [{ id: 0, path: "", level: 1, role: "other", marker: null, heading: { text }, span: [0, 0] }] }, "sections").split("\r\n").slice(1).join("\r\n");
  for (const formula of run) assert.match(heading(formula), /^,"?'/, JSON.stringify(formula));
  for (const harmless of text.filter((t) => !t.startsWith("'"))) assert.doesNotMatch(heading(harmless), /^,"?'/, harmless);
  assert.throws(() => toCsv(docs[0].doc, "nothing"), /there are metrics, /);
});

test("every code of the fixtures has a Chinese word", () => {
  for (const { doc } of docs) {
    assert.ok(labels.kind[doc.kind]);
    for (const m of doc.metrics) assert.ok(labels.dimension[m.dimension] && labels.bound[m.bound] && labels.modality[m.modality] && (!m.change || labels.change[m.change.kind]));
    for (const s of doc.sections) assert.ok(labels.role[s.role]);
    for (const r of doc.responsibilities) assert.ok(labels.responsibility[r.role]);
    for (const d of doc.deadlines) assert.ok(labels.deadline[d.kind] && (!d.every || labels.every[d.every]));
    for (const m of doc.metadata) assert.ok(labels.metadata[m.key], m.key);
    for (const d of doc.diagnostics) assert.ok(labels.severity[d.severity]);
  }
});

test("gongwen/inline reads alike, files too", async () => {
  for (const { doc, text } of docs) assert.deepStrictEqual(inline.parse(text), doc);
  const { document } = await inline.parseBytes(docx(["某县工作要点", "一、总体要求", "全年学法4次。"]));
  assert.equal(document.metrics[0].text, "4次");
});

test("what an error says is a union by code", async () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  const { failure } = await inline.parseBytes(png).catch((e) => e);
  assert.deepEqual(failure, { code: "unsupported", format: "image" });
});
