// What the page needs to know about a document beyond its tables, worked out in the worker: where the
// marks stand, how the text is cut into chunks, the matrix of units and tasks. Pure functions.

/** Kinds of marks in the source; their place in this list is their number in `marks`. Outer kinds come first. */
export const KINDS = [
  "boilerplate", "title", "metadata", "signature", "attachment", "table", "heading", "responsibility", "diagnostic",
  "topic", "marker", "item", "cell", "reference", "deadline", "metric", "unit",
];
const NUMBER = Object.fromEntries(KINDS.map((k, i) => [k, i]));

/** Characters of one chunk of the source view, about. */
export const CHUNK = 1500;

/**
 * @param {string} text
 * @param {import("gongwen").Document} doc
 */
export function prepare(text, doc) {
  const mentions = unitMentions(doc);
  const marks = markTable(doc, mentions);
  const chunks = cut(text);
  const tasks = tasksAndUnits(text, doc, mentions);
  return {
    chunks,
    marks,
    ...chunkIndex(chunks, marks),
    ...tasks,
    ledger: ledger(text, doc, tasks),
    dated: datedDeadlines(doc),
    rates: doc.metrics.reduce((n, m) => n + (m.dimension === "percent" ? 1 : 0), 0),
  };
}

/** Every unit of every list, numbered through: which list, which place in it. */
function unitMentions(doc) {
  const list = [];
  for (const r of doc.responsibilities) r.units.forEach((unit, at) => list.push({ list: r.id, at, unit }));
  return list;
}

/** Rows of four: start, end, kind, id; outer marks before inner ones. */
function markTable(doc, mentions) {
  const rows = [];
  const add = (kind, span, id) => rows.push([span[0], span[1], NUMBER[kind], id]);
  doc.boilerplate.forEach((span, i) => add("boilerplate", span, i));
  if (doc.title) add("title", doc.title.span, 0);
  doc.metadata.forEach((m, i) => add("metadata", m.span, i));
  if (doc.signature) add("signature", doc.signature.span, 0);
  doc.attachments.forEach((a, i) => add("attachment", a.span, i));
  for (const t of doc.tables) {
    add("table", t.span, t.id);
    for (const row of t.rows) for (const cell of row.cells) add("cell", cell.span, row.header ? 1 : 0);
  }
  for (const s of doc.sections) {
    const [first, last] = [s.marker ?? s.heading, s.heading ?? s.marker];
    if (first) add("heading", [first.span[0], last.span[1]], s.id);
  }
  for (const p of doc.paragraphs) if (p.topic) add("topic", p.topic.span, p.id);
  for (const i of doc.items) add("item", i.marker.span, i.id);
  for (const m of doc.metrics) add("metric", m.span, m.id);
  for (const r of doc.responsibilities) add("responsibility", r.span, r.id);
  mentions.forEach((m, i) => add("unit", m.unit.span, i));
  for (const d of doc.deadlines) add("deadline", d.span, d.id);
  for (const r of doc.references) add("reference", r.span, r.id);
  doc.diagnostics.forEach((d, i) => add("diagnostic", d.span, i));
  rows.sort((a, b) => a[0] - b[0] || b[1] - a[1] || a[2] - b[2]);
  const table = new Int32Array(rows.length * 4);
  rows.forEach((row, i) => table.set(row, i * 4));
  return table;
}

/** Starts of the chunks, and the text's end: at line ends, and inside long lines at the ends of sentences. */
function cut(text) {
  const starts = [0];
  let at = 0;
  while (text.length - at > CHUNK * 1.5) {
    let end = text.indexOf("\n", at + CHUNK);
    if (end < 0 || end - at > CHUNK * 2) {
      const line = text.lastIndexOf("\n", at + CHUNK);
      if (line > at) end = line;
      else {
        end = at + CHUNK;
        const stop = text.slice(end, end + CHUNK / 2).search(/[。；！？]/);
        if (stop >= 0) end += stop;
        else if (isLow(text.charCodeAt(end + 1))) end += 1;
      }
    }
    at = end + 1;
    starts.push(at);
  }
  starts.push(text.length);
  return Int32Array.from(starts);
}

const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;

/** Which marks touch which chunk: those of chunk `c` are `touching[first[c]] … touching[first[c + 1] - 1]`. */
function chunkIndex(chunks, marks) {
  const lists = Array.from({ length: chunks.length - 1 }, () => []);
  let c = 0;
  for (let i = 0; i < marks.length; i += 4) {
    const start = marks[i];
    const end = Math.max(marks[i + 1], start + 1);
    while (c + 1 < lists.length && chunks[c + 1] <= start) c++;
    for (let k = c; k < lists.length && (k === c || chunks[k] < end); k++) lists[k].push(i / 4);
  }
  const first = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (first[i + 1] = first[i] + list.length));
  const touching = new Int32Array(first[lists.length]);
  lists.forEach((list, i) => touching.set(list, first[i]));
  return { first, touching };
}

/** Tasks are the paragraphs (else the sections) that hold lists of units; with them the matrix and the counts. */
function tasksAndUnits(text, doc, mentions) {
  const starts = doc.paragraphs.map((p) => p.span[0]);
  const tasks = [];
  const byPlace = new Map();
  const taskOf = new Int32Array(doc.responsibilities.length);
  for (const r of doc.responsibilities) {
    const i = lastAtMost(starts, r.span[0]);
    const inside = i >= 0 && doc.paragraphs[i].span[1] > r.span[0];
    let place = inside ? `p${i}` : `s${r.section}`;
    // A line of its own that names the units belongs to the paragraph before it.
    if (inside && r.span[0] - starts[i] < 2 && r.section !== null && i > 0 && doc.paragraphs[i - 1].section === r.section) {
      const whole = text.slice(r.span[1], doc.paragraphs[i].span[1]).trim().length < 3;
      if (whole) place = `p${i - 1}`;
    }
    let id = byPlace.get(place);
    if (id === undefined) {
      id = tasks.length;
      byPlace.set(place, id);
      tasks.push({ id, section: r.section, span: r.span, range: rangeOf(doc, r, place), label: label(text, doc, r, place) });
    }
    taskOf[r.id] = id;
  }
  const units = new Map();
  const unitOf = new Int32Array(mentions.length);
  mentions.forEach((m, i) => {
    const name = m.unit.name;
    let unit = units.get(name);
    if (!unit) units.set(name, (unit = { id: units.size, name, mentions: [], cells: new Map() }));
    unitOf[i] = unit.id;
    unit.mentions.push(i);
    const task = taskOf[m.list];
    if (!unit.cells.has(task)) unit.cells.set(task, []);
    const list = unit.cells.get(task);
    if (!list.includes(m.list)) list.push(m.list);
  });
  const rows = [...units.values()].sort((a, b) => b.cells.size - a.cells.size || a.id - b.id);
  const metrics = new Int32Array(doc.sections.length);
  const inTasks = new Int32Array(doc.sections.length);
  for (const m of doc.metrics) if (m.section !== null) metrics[m.section]++;
  for (const t of tasks) if (t.section !== null) inTasks[t.section]++;
  for (let i = doc.sections.length - 1; i >= 0; i--) {
    const { parent } = doc.sections[i];
    if (parent !== null) {
      metrics[parent] += metrics[i];
      inTasks[parent] += inTasks[i];
    }
  }
  return {
    tasks,
    taskOf,
    unitOf,
    units: rows.map((u) => ({ id: u.id, name: u.name, mentions: u.mentions, cells: [...u.cells] })),
    mentionList: Int32Array.from(mentions.map((m) => m.list)),
    mentionAt: Int32Array.from(mentions.map((m) => m.at)),
    sectionMetrics: metrics,
    sectionTasks: inTasks,
  };
}

/** Where a task stands: its paragraph, else its section, else the list of units alone. */
function rangeOf(doc, r, place) {
  if (place[0] === "p") {
    const { span } = doc.paragraphs[Number(place.slice(1))];
    return [Math.min(span[0], r.span[0]), Math.max(span[1], r.span[1])];
  }
  return r.section === null ? r.span : doc.sections[r.section].span;
}

/**
 * One row a task: what, who, until when, how often, how much. The tasks that name units come first in their place; a
 * paragraph that only sets a deadline is a task too, without units.
 */
function ledger(text, doc, { tasks, taskOf }) {
  const rows = tasks.map((k) => ({ id: k.id, section: k.section, span: k.range, label: k.label, lists: [], deadlines: [], metrics: [] }));
  for (const r of doc.responsibilities) rows[taskOf[r.id]].lists.push(r.id);
  const open = rows.map((row) => row.span);
  const order = rows.map((_, i) => i).sort((a, b) => open[a][0] - open[b][0] || open[b][1] - open[a][1]);
  const starts = order.map((i) => open[i][0]);
  /** The innermost task around a place: tasks nest only as sections do, so a few steps back are enough. */
  const around = (at) => {
    for (let i = lastAtMost(starts, at), steps = 0; i >= 0 && steps < 16; i--, steps++) if (open[order[i]][1] > at) return rows[order[i]];
    return null;
  };
  const paragraphs = doc.paragraphs.map((p) => p.span[0]);
  const alone = new Map();
  for (const d of doc.deadlines) {
    let row = around(d.span[0]);
    const i = lastAtMost(paragraphs, d.span[0]);
    // Before the first section the document speaks of itself.
    if (!row && d.section !== null && i >= 0 && doc.paragraphs[i].span[1] > d.span[0]) {
      row = alone.get(i);
      if (!row) {
        const p = doc.paragraphs[i];
        const heading = p.section === null ? null : doc.sections[p.section].heading?.text;
        const label = p.topic?.text ?? (onlyTask(doc, p) && heading ? heading : text.slice(p.span[0], Math.min(p.span[1], p.span[0] + 60)).trim().split(/[。；，,\n]/)[0].slice(0, 40));
        alone.set(i, (row = { id: null, section: p.section, span: p.span, label, lists: [], deadlines: [], metrics: [] }));
      }
    }
    row?.deadlines.push(d.id);
  }
  for (const m of doc.metrics) {
    const i = lastAtMost(paragraphs, m.span[0]);
    (around(m.span[0]) ?? alone.get(i))?.metrics.push(m.id);
  }
  return [...rows, ...alone.values()].sort((a, b) => a.span[0] - b.span[0]);
}

function label(text, doc, r, place) {
  const section = r.section === null ? null : doc.sections[r.section];
  if (place[0] === "s" && section?.heading) return section.heading.text;
  const paragraph = place[0] === "p" ? doc.paragraphs[Number(place.slice(1))] : null;
  const own = paragraph?.topic?.text ?? section?.heading?.text;
  if (own && (!paragraph || paragraph.topic || onlyTask(doc, paragraph))) return own;
  const [from, to] = paragraph ? paragraph.span : r.span;
  const head = text.slice(from, Math.min(to, from + 60)).trim();
  // In a row of a table the task is named by the first cell that is more than a number.
  const cell = head.split("|").find((c) => !/^[\s\d.]*$/.test(c)) ?? head;
  return cell.trim().split(/[。；，,\n]/)[0].slice(0, 40) || own || "";
}

/** Whether the paragraph is alone in its section: then the heading names the task. */
function onlyTask(doc, paragraph) {
  const at = paragraph.id;
  const near = [doc.paragraphs[at - 1], doc.paragraphs[at + 1]];
  return near.every((p) => p?.section !== paragraph.section || p.span[1] - p.span[0] < 60);
}

/** Rows of `deadlines` that have a day, by day. */
function datedDeadlines(doc) {
  const rows = doc.deadlines.filter((d) => d.date).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.id - b.id));
  return Int32Array.from(rows.map((d) => d.id));
}

/** The last index whose value is at most `x`; -1 when there is none. */
export function lastAtMost(sorted, x) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (sorted[mid] <= x) low = mid + 1;
    else high = mid;
  }
  return low - 1;
}
