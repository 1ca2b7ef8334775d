// Every word of the interface, in Chinese and English.

const WORDS = {
  skip: ["跳到正文", "Skip to content"],
  brand: ["公文", "gongwen"],
  documents: ["文件", "Documents"],
  open: ["打开文件", "Open files"],
  openOther: ["换一份文件", "Open another file"],
  paste: ["粘贴文本", "Paste text"],
  pasteShort: ["粘贴", "Paste"],
  pasteLong: ["或者粘贴一段报告文本", "or paste the text of a report"],
  pasteLabel: ["报告全文", "Text of the report"],
  pasteName: ["粘贴的文本", "Pasted text"],
  cancel: ["取消", "Cancel"],
  read: ["读取", "Read"],
  download: ["下载", "Download"],
  close: ["关闭", "Close"],
  remove: ["移除{0}", "Remove {0}"],
  hero: ["把政府报告读成数据", "Government reports, read as data"],
  lede: [
    "放进一份报告、要点或方案，立刻看到它的提纲、每一个数字、谁负责什么、何时完成——每一条都能回到原文。",
    "Drop in a report or a work plan and see its outline, every figure, who is responsible for what and by when — each traced to its place in the text.",
  ],
  drop: ["把文件拖到这里，或点击选择", "Drop files here, or click to choose"],
  dropHint: ["网页 .html、Word .docx、文本 .txt，可多选；编码自动识别", "Web pages .html, Word .docx, text .txt; several at once; any encoding"],
  release: ["松开即可读取", "Release to read"],
  samples: ["先看看示例", "Try a sample"],
  samplesHint: ["以下文件均为虚构。", "All of these are invented."],
  p1: ["文件不离开本机", "Files stay on your machine"],
  p1t: ["读取全部在浏览器里完成，页面载入后不再联网。", "Everything is read in the browser; once loaded, the page uses no network."],
  p2: ["每条都有出处", "Everything has its place"],
  p2t: ["原文一字不改，点任何一条都能看到它在原文的位置。", "The text is never changed; click anything to see where it stands."],
  p3: ["带走你要的数据", "Take the data with you"],
  p3t: ["指标、分工、时限可下载为 CSV、JSON、Markdown。", "Metrics, responsibilities and deadlines as CSV, JSON or Markdown."],
  outline: ["提纲", "Outline"],
  source: ["原文", "Text"],
  facts: ["要素", "Facts"],
  detail: ["所选内容", "Selection"],
  view: ["视图", "View"],
  all: ["汇总", "All"],
  allTitle: ["指标汇总", "All metrics"],
  metrics: ["指标", "Metrics"],
  matrix: ["分工", "Duties"],
  deadlines: ["时限", "Deadlines"],
  diagnostics: ["疑点", "Issues"],
  responsibilities: ["责任分工", "Responsibilities"],
  references: ["引用文件", "References"],
  reading: ["正在读取 {0}", "Reading {0}"],
  readingMany: ["正在读取 {0}（{1}/{2}）", "Reading {0} ({1} of {2})"],
  done: ["已读取：{0}", "Read: {0}"],
  doneMany: ["已读取 {0} 份文件", "{0} documents read"],
  someFailed: ["{0} 份未能读取", "{0} could not be read"],
  noSections: ["这份文件没有编号的章节。", "This document has no numbered sections."],
  noMetrics: ["没有找到指标。", "No metrics were found."],
  noMatch: ["没有符合条件的指标。", "No metric matches."],
  noMatrix: ["这份文件没有写明责任单位。", "This document names no responsible units."],
  noDeadlines: ["没有找到时限。", "No deadlines were found."],
  noDiagnostics: ["没有发现疑点。", "Nothing looks wrong."],
  filter: ["筛选对象、数值、章节…", "Filter by subject, value, section…"],
  filterLabel: ["筛选", "Filter"],
  dimension: ["类别", "Kind"],
  anyDimension: ["全部类别", "Every kind"],
  modality: ["性质", "Modality"],
  anyModality: ["实绩与目标", "Actual and target"],
  inSection: ["仅看所选章节", "Section only"],
  order: ["原文顺序", "In order"],
  subject: ["对象", "Subject"],
  value: ["数值", "Value"],
  unit: ["单位", "Unit"],
  rate: ["比率", "Rate"],
  section: ["章节", "Section"],
  place: ["地区", "Place"],
  year: ["年份", "Year"],
  document: ["文件", "Document"],
  shown: ["{0} 条", "{0} shown"],
  shownOf: ["{0} / {1} 条", "{0} of {1}"],
  lead: ["（开头）", "(opening)"],
  task: ["任务", "Task"],
  tasks: ["任务", "Tasks"],
  units: ["单位", "Units"],
  unitCount: ["{0} 个单位", "{0} units"],
  taskCount: ["{0} 项任务", "{0} tasks"],
  metricCount: ["{0} 项指标", "{0} metrics"],
  text: ["原文", "As written"],
  bound: ["限定", "Bound"],
  per: ["频度", "Per"],
  period: ["期间", "Period"],
  change: ["变化", "Change"],
  partOf: ["其中，占", "Part of"],
  kind: ["类型", "Kind"],
  date: ["日期", "Date"],
  every: ["周期", "Every"],
  manner: ["分工方式", "Manner"],
  deadline: ["完成时限", "Deadline"],
  title: ["标题", "Title"],
  number: ["文号", "Number"],
  message: ["说明", "Message"],
  role: ["角色", "Role"],
  severity: ["程度", "Severity"],
  code: ["代码", "Code"],
  showInText: ["在原文中查看", "Show in text"],
  csvMetrics: ["指标 CSV", "Metrics, CSV"],
  csvTasks: ["责任分工 CSV", "Responsibilities, CSV"],
  csvDeadlines: ["时限 CSV", "Deadlines, CSV"],
  json: ["完整 JSON", "Everything, JSON"],
  markdown: ["Markdown 摘要", "Summary, Markdown"],
  saved: ["已生成 {0}", "{0} is ready"],
  themeAuto: ["配色：跟随系统", "Colours: system"],
  themeLight: ["配色：浅色", "Colours: light"],
  themeDark: ["配色：深色", "Colours: dark"],
  otherLanguage: ["English", "中文"],
  otherLanguageShort: ["EN", "中"],
  technical: ["技术信息：{0}", "{0}"],
  took: ["用时 {0} 毫秒", "read in {0} ms"],
  chars: ["{0} 字", "{0} characters"],
  guessed: ["编码 {0}（推测）", "encoding {0} (guessed)"],
  bad: ["读不了这份文件", "This file cannot be read"],
  "bad.limit": ["文件过大或结构过于复杂，超出了安全限制。", "The file is too large or too deeply nested: it exceeds a safety limit."],
  "bad.encoding": ["这份文件的内容不是文本，或者编码无法识别。", "The file's bytes are no text in the encoding they were taken for."],
  "bad.malformed": ["文件已损坏，或者扩展名与内容不符。请用 Word 打开后另存为 .docx 再试。", "The file is damaged, or not what its ending says. Open it in Word and save it as .docx, then try again."],
  "bad.unsupported": ["暂不支持{0}。{1}", "{0} cannot be read. {1}"],
  "bad.unreadable": ["浏览器打不开它：可能是一个文件夹，也可能已被移动或删除。文件夹里的文件可以全选后一起拖进来。", "The browser cannot open it: it is a folder, or was moved or deleted. Select the files in a folder and drop them together."],
  "bad.empty": ["文件是空的。", "The file is empty."],
  "bad.not_loaded": ["解析程序没有载入成功。请检查网络后刷新页面。", "The parser could not be loaded. Check the connection and reload the page."],
  "bad.internal": ["解析程序意外中断。其他文件不受影响；欢迎把这份文件报告给我们。", "The parser broke off unexpectedly. Other files are not affected; please report this one."],
  "bad.other": ["读取时出了问题。", "Something went wrong while reading."],
  legendHint: ["在原文中用 J / K 逐条移动", "J / K steps through the marks"],
  months: ["各月时限数", "Deadlines by month"],
  years: ["各年时限数", "Deadlines by year"],
};

const ENUMS = {
  format: { plain: ["文本", "text"], html: ["网页", "web page"], docx: ["Word", "Word"] },
  // What the reader names in its errors.
  unread: {
    PDF: ["PDF", "PDF files"], "old Word or WPS (.doc, .wps, .xls)": ["旧版 Word、WPS 或 Excel 文件", "Old Word, WPS or Excel files"], RTF: ["RTF 文件", "RTF files"],
    gzip: ["压缩文件", "Compressed files"], archive: ["压缩文件", "Archives"], "ZIP archive": ["压缩文件", "Archives"], image: ["图片", "Pictures"], MHTML: ["单个文件网页（.mht）", "Single-file web pages (.mht)"],
    "spreadsheet (.xlsx)": ["Excel 表格", "Spreadsheets"], "presentation (.pptx)": ["演示文稿", "Presentations"], OpenDocument: ["OpenDocument 文件", "OpenDocument files"],
    OFD: ["OFD 版式文件", "OFD files"], EPUB: ["电子书", "E-books"],
  },
  unreadAdvice: {
    PDF: ["请换用原来的 Word 文件，或者把文字复制后粘贴进来。", "Use the Word file it was made from, or copy its text and paste it here."],
    OFD: ["请换用原来的 Word 文件，或者把文字复制后粘贴进来。", "Use the Word file it was made from, or copy its text and paste it here."],
    image: ["请先做文字识别，再把文字粘贴进来。", "Have its text recognised first and paste that here."],
    gzip: ["请解压后再拖进来。", "Unpack it and drop what is inside."], archive: ["请解压后再拖进来。", "Unpack it and drop what is inside."],
    "ZIP archive": ["请解压后再拖进来。", "Unpack it and drop what is inside."],
    other: ["请另存为 .docx、网页或纯文本后再试。", "Save it as .docx, a web page or plain text and try again."],
  },
  kind: {
    annual_report: ["年度报告", "annual report"], work_report: ["政府工作报告", "government work report"], work_plan: ["工作计划", "work plan"],
    notice: ["通知意见", "notice"], regulation: ["法规规章", "regulation"], other: ["其他", "other"],
  },
  role: {
    measures: ["举措成效", "measures"], shortcomings: ["不足原因", "shortcomings"], leadership: ["第一责任人", "leadership"], plan: ["下步安排", "next year"],
    overview: ["总体情况", "overview"], requirements: ["工作要求", "requirements"], tasks: ["任务", "tasks"], other: ["", ""],
  },
  dimension: {
    count: ["数量", "count"], percent: ["百分比", "percent"], percentage_point: ["百分点", "percentage points"], money: ["金额", "money"],
    duration: ["时长", "duration"], area: ["面积", "area"], length: ["长度", "length"], mass: ["重量", "mass"], volume: ["体积", "volume"],
    energy: ["能量", "energy"], ratio: ["比例", "ratio"], frequency: ["频次", "frequency"],
  },
  bound: {
    exact: ["准数", "exact"], about: ["约", "about"], over: ["超过", "over"], at_least: ["不少于", "at least"], under: ["不足", "under"], at_most: ["不超过", "at most"],
  },
  modality: { actual: ["实绩", "actual"], target: ["目标", "target"] },
  change: { from_to: ["由{0}到{1}", "from {0} to {1}"], increase: ["增长", "increase"], decrease: ["下降", "decrease"] },
  party: {
    responsible: ["责任单位", "responsible"], lead: ["牵头单位", "lead"], support: ["配合单位", "support"], supervise: ["督办单位", "supervise"], person: ["责任人", "person"],
  },
  partyMark: { responsible: ["责", "R"], lead: ["牵", "L"], support: ["配", "S"], supervise: ["督", "V"], person: ["人", "P"] },
  when: { by: ["截止", "by"], within: ["期限内", "within"], recurring: ["周期", "recurring"] },
  every: { day: ["每天", "day"], week: ["每周", "week"], month: ["每月", "month"], quarter: ["每季度", "quarter"], half_year: ["每半年", "half-year"], year: ["每年", "year"] },
  severity: { info: ["提示", "info"], warning: ["注意", "warning"], error: ["严重", "error"] },
  finding: {
    numbering_gap: ["编号跳号", "numbering gap"], numbering_repeat: ["编号重复", "number repeated"], numbering_backward: ["编号倒退", "numbering steps back"],
    unclosed_bracket: ["括号未闭合", "unclosed bracket"], missing_role: ["缺少规定部分", "prescribed part missing"], empty_section: ["章节无内容", "empty section"],
    rate_mismatch: ["比率不符", "rate mismatch"], sum_mismatch: ["合计不符", "sum mismatch"], impossible_percent: ["百分比异常", "impossible percentage"],
    injected_text: ["植入文字", "injected text"], unknown_unit: ["单位不明", "unknown unit"], truncated: ["文本中断", "text breaks off"],
    damaged_marker: ["编号受损", "damaged marker"], undecodable_bytes: ["乱码", "undecodable bytes"], encoding_guessed: ["编码为推测", "encoding guessed"],
    hidden_text: ["隐藏文字", "hidden text"],
    no_text_layer: ["无文字层", "no text layer"],
    unreadable_text_layer: ["文字层不可读", "unreadable text layer"],
    not_read: ["未读入", "not read"],
    no_body: ["没有正文", "no text"],
  },
  mark: {
    metric: ["指标", "metric"], unit: ["责任单位", "unit"], deadline: ["时限", "deadline"], reference: ["引用", "reference"],
    diagnostic: ["疑点", "issue"], boilerplate: ["非正文", "not content"], responsibility: ["责任分工", "duty"], heading: ["标题", "heading"],
  },
};

let language = 0;

export const lang = () => (language ? "en" : "zh");

export function setLang(code) {
  language = code === "en" ? 1 : 0;
  document.documentElement.lang = language ? "en" : "zh-CN";
}

/** The wording, with `{0}`, `{1}` filled in. */
export function t(key, ...args) {
  return fill(WORDS[key]?.[language] ?? key, args);
}

/** The wording of one word of the model. */
export function word(set, value, ...args) {
  return fill(ENUMS[set][value]?.[language] ?? value, args);
}

export const has = (key) => key in WORDS;
export const values = (set) => Object.keys(ENUMS[set]);

function fill(text, args) {
  return text.replace(/\{(\d)\}/g, (_, i) => String(args[i] ?? ""));
}

/** Puts the wordings into the page's static elements. */
export function localize(root = document) {
  for (const el of root.querySelectorAll("[data-t]")) el.textContent = t(el.dataset.t);
  for (const el of root.querySelectorAll("[data-label]")) el.setAttribute("aria-label", t(el.dataset.label));
}

const formats = {};
/** A number as a reader of the language expects it. */
export function number(value) {
  const code = language ? "en" : "zh-CN";
  formats[code] ??= new Intl.NumberFormat(code, { maximumFractionDigits: 6 });
  return formats[code].format(value);
}
