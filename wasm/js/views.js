// Questions about a document that is there already: pure functions, without the parser.

/** The Chinese words for the codes of the model. */
export const labels = Object.freeze({
  kind: { annual_report: "年度报告", work_report: "政府工作报告", work_plan: "工作计划", notice: "通知意见", regulation: "法规规章", other: "其他" },
  role: { measures: "举措成效", shortcomings: "不足原因", leadership: "第一责任人", plan: "下步安排", overview: "总体情况", requirements: "工作要求", tasks: "任务", other: "其他" },
  dimension: {
    count: "数量", percent: "百分比", percentage_point: "百分点", money: "金额", duration: "时长", area: "面积", length: "长度", mass: "重量", volume: "体积", energy: "能量",
    ratio: "比例", frequency: "频次",
  },
  bound: { exact: "准数", about: "约", over: "超过", at_least: "不少于", under: "不足", at_most: "不超过" },
  modality: { actual: "实绩", target: "目标" },
  change: { from_to: "由…到…", increase: "增长", decrease: "下降" },
  responsibility: { responsible: "责任单位", lead: "牵头单位", support: "配合单位", supervise: "督办单位", person: "责任人" },
  deadline: { by: "截止", within: "期限内", recurring: "周期" },
  every: { day: "每天", week: "每周", month: "每月", quarter: "每季度", half_year: "每半年", year: "每年" },
  severity: { info: "提示", warning: "注意", error: "严重" },
  metadata: {
    index_number: "索引号", document_number: "文号", issuer: "发布机构", responsible_office: "责任部门", disclosure: "公开方式", written_date: "成文日期", published_date: "发布日期",
    source: "来源", validity: "有效性", topic: "主题分类", editor: "责任编辑", other: "其他",
  },
});

const table = (rows) => (Array.isArray(rows) ? rows : []);

/** The sections right below one; of `null`, the outermost ones. */
export function children(document, section = null) {
  return document.sections.filter((s) => s.parent === section);
}

/** The section tree as nested objects: `{ section, children }`. */
export function outline(document) {
  const nodes = document.sections.map((section) => ({ section, children: [] }));
  const roots = [];
  for (const node of nodes) (node.section.parent === null ? roots : nodes[node.section.parent].children).push(node);
  return roots;
}

/** The headings around a place, from the outermost on: of a section's id, or of a row that has one. */
export function headingPath(document, of) {
  const path = [];
  let id = typeof of === "number" || of === null ? of : of.section;
  for (; id !== null && id !== undefined; id = document.sections[id].parent) {
    const { heading, marker } = document.sections[id];
    path.unshift(heading?.text ?? marker?.text ?? "");
  }
  return path;
}

/** The metrics of a section and of all sections below it. */
export function metricsIn(document, section) {
  const [from, to] = document.sections[section].span;
  return document.metrics.filter((m) => m.span[0] >= from && m.span[1] <= to);
}

/**
 * The tasks of a document: the paragraphs (else the sections) that name units, with who leads, who supports, until when,
 * how often and how much.
 */
export function tasks(document) {
  const starts = document.paragraphs.map((p) => p.span[0]);
  const rows = new Map();
  for (const r of document.responsibilities) {
    const p = paragraphAt(document, starts, r.span[0]);
    const key = p ? `p${p.id}` : `s${r.section}`;
    let row = rows.get(key);
    if (!row) {
      const span = p?.span ?? (r.section === null ? r.span : document.sections[r.section].span);
      const own = p?.topic?.text ?? (r.section === null ? null : document.sections[r.section].heading?.text) ?? null;
      rows.set(key, (row = { section: r.section, span, name: own, lead: [], responsible: [], support: [], supervise: [], person: [], manner: null, deadlines: [], frequencies: [], metrics: [] }));
    }
    row.manner ??= r.manner;
    for (const u of r.units) if (!row[r.role].includes(u.name)) row[r.role].push(u.name);
  }
  const list = [...rows.values()].sort((a, b) => a.span[0] - b.span[0]);
  // Later rows start later: the last one that starts before a fact holds it, if one does.
  const around = (at) => list.findLast((row) => row.span[0] <= at && at < row.span[1]);
  for (const d of document.deadlines) around(d.span[0])?.[d.kind === "recurring" ? "frequencies" : "deadlines"].push(d);
  for (const m of document.metrics) around(m.span[0])?.metrics.push(m);
  return list;
}

function paragraphAt(document, starts, at) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (starts[mid] <= at) low = mid + 1;
    else high = mid;
  }
  const p = document.paragraphs[low - 1];
  return p && p.span[1] > at ? p : null;
}

/**
 * The text in pieces for search and language models: whole paragraphs of one section, up to `maxChars`; a longer
 * paragraph is cut at the ends of its sentences. What is no content is left out.
 */
export function chunks(document, text = document.text, { maxChars = 800 } = {}) {
  if (typeof text !== "string") throw new TypeError("chunks: of a document from parse(), the text is the second argument");
  const out = [];
  const put = (section, span) => {
    const last = out.at(-1);
    // What stands between two paragraphs is no content, and stays out.
    if (last && last.section === section && span[1] - last.span[0] <= maxChars && !text.slice(last.span[1], span[0]).trim()) last.span = [last.span[0], span[1]];
    else out.push({ section, span });
  };
  for (const p of document.paragraphs) for (const span of pieces(text, p.span, maxChars)) put(p.section, span);
  return out.map(({ section, span }) => ({ section, span, path: headingPath(document, section), text: text.slice(...span).trim() })).filter((c) => c.text);
}

function pieces(text, [from, to], most) {
  if (to - from <= most) return [[from, to]];
  const out = [];
  let start = from;
  let end = from;
  const stop = /[。；！？\n]+[”’）)]*/g;
  stop.lastIndex = from;
  for (let found; (found = stop.exec(text)) && stop.lastIndex <= to; ) {
    if (end > start && stop.lastIndex - start > most) {
      out.push([start, end]);
      start = end;
    }
    end = stop.lastIndex;
  }
  if (end > start && to - start > most) {
    out.push([start, end]);
    start = end;
  }
  if (to > start) out.push([start, to]);
  return out;
}

const join = (names) => names.join("、");
const COLUMNS = {
  metrics: {
    subject: (m) => join(m.subject), text: (m) => m.text, value: (m) => m.value, value_high: (m) => m.value_high, unit: (m) => m.unit, dimension: (m) => m.dimension, bound: (m) => m.bound,
    modality: (m) => m.modality, per: (m) => m.per, change: (m) => m.change?.kind, basis: (m) => m.change?.basis, from: (m) => m.change?.from, to: (m) => m.change?.to,
    period_from: (m) => m.period?.from, period_to: (m) => m.period?.to,
  },
  responsibilities: { role: (r) => r.role, units: (r) => join(r.units.map((u) => u.name)), manner: (r) => r.manner, deadline: (r, d) => (r.deadline === null ? null : d.deadlines[r.deadline]?.text) },
  deadlines: { text: (d) => d.text, kind: (d) => d.kind, date: (d) => d.date, every: (d) => d.every },
  references: { title: (r) => r.title, number: (r) => r.number?.text },
  sections: { marker: (s) => s.marker?.text, heading: (s) => s.heading?.text, level: (s) => s.level, role: (s) => s.role },
  diagnostics: { code: (d) => d.code, severity: (d) => d.severity, message: (d) => d.message },
};

/** A table as CSV with a line of column names; text that a spreadsheet would run as a formula is made harmless. */
export function toCsv(document, name = "metrics") {
  const columns = COLUMNS[name];
  if (!columns) throw new RangeError(`there is no table ${JSON.stringify(name)}; there are ${Object.keys(COLUMNS).join(", ")}`);
  const where = { section: (r) => (name === "sections" ? r.path : r.section === null || r.section === undefined ? "" : document.sections[r.section].path), start: (r) => r.span[0], end: (r) => r.span[1] };
  const all = { ...columns, ...where };
  const lines = [Object.keys(all), ...table(document[name]).map((row) => Object.values(all).map((read) => read(row, document)))];
  return lines.map((cells) => cells.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^(?:[\s\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]*[=+\-@＝＋－＠]|[\t\r])/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
