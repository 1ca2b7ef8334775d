// The types of the JSON form `gongwen/1` with UTF-16 offsets. Written by hand; `tests/types` holds them
// to the schema that the Rust types give.

/** Half-open, in UTF-16 code units: `text.slice(...span)` is the exact text. */
export type Span = readonly [start: number, end: number];

/** A calendar day, `2024-06-30`. */
export type IsoDate = string;

/** What sort of document it is. */
export type Kind = "annual_report" | "work_report" | "work_plan" | "notice" | "regulation" | "other";

export type MetadataKey =
  | "index_number"
  | "document_number"
  | "issuer"
  | "responsible_office"
  | "disclosure"
  | "written_date"
  | "published_date"
  | "source"
  | "validity"
  | "topic"
  | "editor"
  | "other";

/** 一、 · (一) · 1. · (1) · ① · 1.1 · 第一编 · 第一章 · 第一节 · 第一条 · 一是 · 首先 */
export type MarkerStyle =
  | "cn_comma"
  | "cn_paren"
  | "arabic_dot"
  | "arabic_paren"
  | "circled"
  | "decimal"
  | "part"
  | "chapter"
  | "division"
  | "article"
  | "item_shi"
  | "ordinal";

/** Whether the heading fills its line or the text goes on after it. */
export type HeadingForm = "block" | "run_in";

/** What a section is for. */
export type Role =
  | "measures"
  | "shortcomings"
  | "leadership"
  | "plan"
  | "overview"
  | "requirements"
  | "tasks"
  | "other";

export type Dimension =
  | "count"
  | "percent"
  | "percentage_point"
  | "money"
  | "duration"
  | "area"
  | "length"
  | "mass"
  | "volume"
  | "energy"
  | "ratio"
  | "frequency";

/** How a number is hedged: 约 · 余 · 以上 · 不足 · 以下. */
export type Bound = "exact" | "about" | "over" | "at_least" | "under" | "at_most";

/** Whether a number reports or demands. */
export type Modality = "actual" | "target";

export type ChangeKind = "from_to" | "increase" | "decrease";

/** 责任单位 · 牵头单位 · 配合单位 · 督办单位 · 责任人 */
export type ResponsibilityRole = "responsible" | "lead" | "support" | "supervise" | "person";

/** 6月底前 · 15个工作日内 · 每季度 */
export type DeadlineKind = "by" | "within" | "recurring";

export type Every = "day" | "week" | "month" | "quarter" | "half_year" | "year";

export type Severity = "info" | "warning" | "error";

/** What looks wrong. New codes may come with new versions. */
export type DiagnosticCode =
  | "numbering_gap"
  | "numbering_repeat"
  | "numbering_backward"
  | "unclosed_bracket"
  | "missing_role"
  | "empty_section"
  | "rate_mismatch"
  | "sum_mismatch"
  | "impossible_percent"
  | "injected_text"
  | "unknown_unit"
  | "doubtful_number"
  | "truncated"
  | "damaged_marker"
  | "undecodable_bytes"
  | "encoding_guessed"
  | "hidden_text"
  | "no_text_layer"
  | "unreadable_text_layer"
  | "not_read"
  | "no_body"
  | (string & {});

/** Text as a reader sees it, and its place. */
export interface Named {
  readonly text: string;
  readonly span: Span;
}

/** An entry of the header: 索引号：… */
export interface Metadata {
  readonly key: MetadataKey;
  /** The label as written; empty where the entry has none. */
  readonly label: string;
  readonly value: string;
  readonly date: IsoDate | null;
  readonly span: Span;
}

export interface Marker {
  readonly text: string;
  readonly style: MarkerStyle;
  readonly number: number;
  readonly span: Span;
}

export interface Heading {
  readonly text: string;
  readonly span: Span;
  readonly form: HeadingForm;
}

export interface Section {
  readonly id: number;
  /** The row of the section it lies in. */
  readonly parent: number | null;
  /** Depth in this document; 1 for the outermost. */
  readonly level: number;
  /** The markers from the outermost section to this one: 一/(一). */
  readonly path: string;
  /** `null` where an unnumbered heading opens the section. */
  readonly marker: Marker | null;
  readonly heading: Heading | null;
  readonly role: Role;
  /** The whole section with its children. */
  readonly span: Span;
}

export interface Paragraph {
  readonly id: number;
  /** The innermost section that holds it; `null` in the lead. */
  readonly section: number | null;
  readonly span: Span;
  /** The first sentence, where it names the theme of an unnumbered paragraph. */
  readonly topic: Named | null;
}

/** 一是…二是… inside a paragraph. */
export interface Item {
  readonly id: number;
  readonly paragraph: number;
  readonly section: number | null;
  readonly marker: Marker;
  readonly span: Span;
}

export interface Change {
  readonly kind: ChangeKind;
  /** The numbers before and after, for `from_to` only. */
  readonly from?: number;
  readonly to?: number;
  /** 同比 · 环比 · 比上年 */
  readonly basis: string | null;
}

/** The days a number covers, both included. */
export interface Period {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** A number with a unit that states how much or how many of something. */
export interface Metric {
  readonly id: number;
  readonly section: number | null;
  readonly span: Span;
  readonly text: string;
  /** 万 and 亿 multiplied out; the lower end of a range. */
  readonly value: number;
  readonly value_high: number | null;
  readonly unit: string;
  readonly dimension: Dimension;
  readonly bound: Bound;
  /** What is counted or measured; several when they share the number. */
  readonly subject: readonly string[];
  readonly subject_spans: readonly Span[];
  readonly modality: Modality;
  /** 每半年 · 人均 */
  readonly per: string | null;
  readonly change: Change | null;
  /** The row of the metric this one is a part of (其中…). */
  readonly part_of: number | null;
  readonly period: Period | null;
}

export interface Unit {
  readonly name: string;
  readonly span: Span;
}

/** A list of units and the part they take in a task. */
export interface Responsibility {
  readonly id: number;
  readonly section: number | null;
  readonly span: Span;
  readonly role: ResponsibilityRole;
  /** 责任单位, as written; empty where there is none. */
  readonly label: string;
  readonly units: readonly Unit[];
  readonly manner: string | null;
  /** The row of 完成时限 in `deadlines`. */
  readonly deadline: number | null;
}

export interface Deadline {
  readonly id: number;
  readonly section: number | null;
  readonly span: Span;
  readonly text: string;
  readonly kind: DeadlineKind;
  readonly date: IsoDate | null;
  readonly every: Every | null;
}

/** 陕政办发〔2023〕25号 */
export interface DocumentNumber {
  readonly text: string;
  readonly agency: string;
  readonly year: number;
  readonly serial: number;
  readonly span: Span;
}

export interface Reference {
  readonly id: number;
  readonly section: number | null;
  readonly span: Span;
  /** Without its outer 《》. */
  readonly title: string | null;
  readonly number: DocumentNumber | null;
}

export interface TableRow {
  readonly header: boolean;
  /** A merged cell appears once for each place it covers. */
  readonly cells: readonly Named[];
}

export interface Table {
  readonly id: number;
  readonly section: number | null;
  readonly span: Span;
  readonly rows: readonly TableRow[];
}

/** The closing lines. 落款 */
export interface Signature {
  readonly issuer: string | null;
  readonly date: IsoDate | null;
  readonly span: Span;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly message_zh: string;
  /** Empty where something is missing. */
  readonly span: Span;
  /** A second place that belongs to it. */
  readonly related: Span | null;
}

/**
 * `input`: bytes of a file (64 MiB) · `unpacked`: bytes that an archive unpacks to (64 MiB) · `text`: bytes of text in UTF-8
 * (8 MiB) · `rows`: lines of text (500 000) · `ratio`: unpacked to packed (200) · `entries` of an archive (10 000) ·
 * `depth` of elements (1000) · `cells` of all tables (1 000 000)
 */
export type LimitName = "input" | "unpacked" | "text" | "rows" | "ratio" | "entries" | "depth" | "cells";

/** A document: flat tables in reading order, joined by row numbers. */
export interface Document {
  readonly schema: "gongwen/1";
  readonly offset_encoding: "utf-16";
  /** The text that spans refer to; `null` from `parse`, where it is the text that was given. */
  readonly text: string | null;
  readonly kind: Kind;
  readonly title: Named | null;
  readonly issuer: Named | null;
  /** The jurisdiction as written, without 人民政府 or a department. */
  readonly place: Named | null;
  /** The six digits of GB/T 2260 in the document's year; `null` where more than one division may be meant, and before `initDivisions`. */
  readonly place_code: string | null;
  /** The year reported on or planned for. */
  readonly year: number | null;
  readonly metadata: readonly Metadata[];
  /** Parents before children. */
  readonly sections: readonly Section[];
  readonly paragraphs: readonly Paragraph[];
  readonly items: readonly Item[];
  readonly metrics: readonly Metric[];
  readonly responsibilities: readonly Responsibility[];
  readonly deadlines: readonly Deadline[];
  readonly references: readonly Reference[];
  readonly tables: readonly Table[];
  readonly attachments: readonly Named[];
  readonly signature: Signature | null;
  /** Text that is no content: navigation, share buttons, a table of contents. */
  readonly boilerplate: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ParseOptions {
  /** Whether metrics, responsibilities, deadlines and references are looked for. Default: true. */
  readonly facts?: boolean | undefined;
  /** Whether diagnostics are made. Default: true. */
  readonly checks?: boolean | undefined;
  /** The year that 6月底前 falls in, where the document itself does not say. Default: none. */
  readonly year?: number | undefined;
  /** What is too much, by name; the error `limit` names the one to raise. `Infinity` is no limit. Of `parse` only `text`
   *  and `rows` count; the others are of files. */
  readonly limits?: Readonly<Partial<Record<LimitName, number>>> | undefined;
}

export type Format = "plain" | "html" | "docx" | "doc" | "pdf" | "ofd" | "xlsx" | "xls" | "rtf" | "mht";

export interface BytesOptions extends ParseOptions {
  /** Default: found out from the bytes. */
  readonly format?: Format | undefined;
  /** `gb18030`, `big5`, `utf-16le` … Default: byte order mark, declaration, statistics. */
  readonly encoding?: string | undefined;
  /** The file's name, as a hint for the format. */
  readonly fileName?: string | undefined;
}

/** What was found out about a file. */
export interface Source {
  readonly format: Format;
  /** By its standard name. */
  readonly encoding: string;
  /** Whether that is certain. */
  readonly encoding_sure: boolean;
  /** What the file says about itself. */
  readonly metadata: readonly { readonly name: string; readonly value: string }[];
}

export interface Reading {
  /** The document with the readable text in `text`. */
  readonly document: Document & { readonly text: string };
  readonly source: Source;
}

/** What prevented a reading, by its code, with the fields of each. */
export type GongwenFailure =
  /** A safety limit is exceeded: `what` names it. */
  | { readonly code: "limit"; readonly what: string; readonly found: number; readonly limit: number }
  /** The bytes are no text in the encoding they were taken for. */
  | { readonly code: "encoding"; readonly encoding: string; readonly offset: number }
  /** The file is damaged. */
  | { readonly code: "malformed"; readonly format: string }
  /** Files of this format are not read. */
  | { readonly code: "unsupported"; readonly format: string }
  | { readonly code: "json" }
  /** `init()` was not awaited. */
  | { readonly code: "not_ready" }
  /** A module could not be fetched or compiled. */
  | { readonly code: "not_loaded" }
  /** The parser broke off; please report the document. */
  | { readonly code: "internal" }
  | { readonly code: "other" };

export type GongwenErrorCode = GongwenFailure["code"];

/**
 * What prevents a reading. What merely looks wrong in a text is a `Diagnostic`.
 *
 * @example
 * try {
 *   await parseBytes(bytes);
 * } catch (error) {
 *   if (!(error instanceof GongwenError)) throw error;
 *   const failure = error.failure; // a union by code
 *   if (failure.code === "limit") console.log(failure.what, failure.found, failure.limit);
 * }
 */
export class GongwenError extends Error {
  private constructor();
  readonly name: "GongwenError";
  readonly code: GongwenErrorCode;
  /** The code with its fields, as a union that `switch (failure.code)` narrows. */
  readonly failure: GongwenFailure;
  readonly what?: string;
  readonly found?: number;
  readonly limit?: number;
  readonly encoding?: string;
  readonly offset?: number;
  readonly format?: string;
}

/** Where a module comes from. Default: the file beside the script. */
export type ModuleSource = string | URL | Request | Response | Promise<Response> | BufferSource | WebAssembly.Module;

/**
 * Loads the module; compiles while it downloads. In Node it is loaded already and this does nothing.
 * @throws {GongwenError} `not_loaded`: the module could not be fetched or compiled; a later call tries again
 * @example
 * await init();
 */
export function init(source?: ModuleSource): Promise<void>;

/** A module that takes files apart: web pages, Word and plain text; old Word, WPS, OFD, spreadsheets, RTF and saved pages; PDF; and the one that
 * finds indicators. */
export type FormatModule = "formats" | "office" | "pdf" | "indicators";

/**
 * Loads a module that takes the text out of files, ahead of its first use. Without a name it is the one for web pages and Word,
 * which every file passes: it tells which of the others a file needs.
 * @throws {RangeError} there is no module of that name
 * @throws {GongwenError} `not_loaded`: the module could not be fetched or compiled
 * @example
 * await initFormats(undefined, "pdf");
 */
export function initFormats(source?: ModuleSource, module?: FormatModule): Promise<void>;

/**
 * Loads the table of administrative divisions (46 kB compressed): with it documents have a `place_code`, and places are found
 * that the form of their name does not tell (青海西宁). Node has it from the start.
 * @throws {GongwenError} `not_loaded`: the table could not be fetched
 * @example
 * await initDivisions();
 * parse("松石县2024年工作要点\n").place?.text; // "松石县"
 */
export function initDivisions(source?: string | URL | Request): Promise<void>;

/**
 * Reads a text. Every text gives a document; what looks wrong in it is a diagnostic.
 *
 * A lone surrogate in the text is read as U+FFFD; offsets stay exact.
 *
 * @throws {TypeError} the text is no string, or an option has the wrong type
 * @throws {GongwenError} `not_ready`: `init()` was not awaited; `limit`: the text is longer than `limits` allows;
 *   `internal`: the parser broke off
 * @example
 * await init();
 * const text = "全年办理行政复议案件300余件。";
 * const [metric] = parse(text).metrics;
 * console.log(metric.subject, metric.value, text.slice(...metric.span)); // ["行政复议案件"] 300 "300余件"
 */
export function parse(text: string, options?: ParseOptions): Document & { readonly text: null };

/**
 * Reads a file: text in any encoding, a web page, Word, WPS, PDF, OFD, Excel, RTF. What it is, its bytes tell. Loads what it
 * needs on first use.
 *
 * @throws {TypeError} what is given are no bytes, or an option has the wrong type
 * @throws {GongwenError} what `GongwenFailure` lists
 * @example
 * const { document, source } = await parseBytes(new Uint8Array(await file.arrayBuffer()), { fileName: file.name });
 * console.log(source.format, document.title?.text);
 */
export function parseBytes(bytes: Uint8Array | ArrayBuffer, options?: BytesOptions): Promise<Reading>;

/** A file of an archive: its bytes, or why it could not be unpacked. `name` has its folders. */
export type ArchiveFile =
  | { readonly name: string; readonly bytes: Uint8Array; readonly error?: undefined }
  | { readonly name: string; readonly bytes?: undefined; readonly error: GongwenError };

/** A document of an archive, or why it was not read. */
export type ArchiveEntry =
  | (Reading & { readonly name: string; readonly error?: undefined })
  | { readonly name: string; readonly document?: undefined; readonly source?: undefined; readonly error: GongwenError };

/** As of `parseBytes`; each file has its own format, encoding and name. */
export type ArchiveOptions = Omit<BytesOptions, "format" | "encoding" | "fileName">;

/**
 * Reads the documents of a ZIP archive, each when it is asked for. Folders, and what systems put beside files (`__MACOSX`,
 * `.DS_Store`), are left out; an archive in an archive is not opened. All files together count against `limits.unpacked`.
 *
 * @throws {TypeError} what is given are no bytes, or an option has the wrong type
 * @throws {GongwenError} `malformed`: it is no archive, or damaged; `limit`: it holds too much
 * @example
 * for await (const { name, document, error } of parseArchive(zip)) {
 *   console.log(name, error?.message ?? document.title?.text);
 * }
 */
export function parseArchive(bytes: Uint8Array | ArrayBuffer, options?: ArchiveOptions): AsyncGenerator<ArchiveEntry, void, undefined>;

/**
 * The files of a ZIP archive, not read; the same are left out as by `parseArchive`.
 * @throws {TypeError} what is given are no bytes, or an option has the wrong type
 * @throws {GongwenError} `malformed`: it is no archive, or damaged; `limit`: it holds too much
 * @example
 * for (const { name, bytes } of await unpackArchive(zip)) console.log(name, bytes?.length);
 */
export function unpackArchive(bytes: Uint8Array | ArrayBuffer, options?: Pick<BytesOptions, "limits">): Promise<readonly ArchiveFile[]>;

/** A number, or words in its place, under a name by which it can be laid beside those of other places and years. */
export interface Indicator {
  /** Its name in data: `review_accepted`. */
  readonly id: string;
  /** Its Chinese name. */
  readonly name: string;
  /** Its English name. */
  readonly english: string;
  readonly domain: "econ" | "env" | "gov" | "law" | "people" | "sci";
  /** Its group within the domain: `dispute`, with a Chinese and an English name. */
  readonly group: string;
  readonly groupName: string;
  readonly groupEnglish: string;
  /** The metric that holds the number: a row of `document.metrics`; null for words. */
  readonly metric: number | null;
  /** The number, of a growth with its sign; null where words stand in its place. */
  readonly value: number | null;
  readonly unit: string;
  /** `zero`: 零败诉; `all`: 全部办结; `relative`: 与经济增长同步. What is not there is not mentioned, which is never zero. */
  readonly status: "value" | "zero" | "all" | "relative";
  readonly modality: Modality;
  /** The first and the last day that it is of. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** `average`: 年均; `cumulative`: 五年累计; null where it is of one year. */
  readonly basis: "average" | "cumulative" | null;
  readonly scope: "jurisdiction" | "government" | "all" | "department" | "system";
  readonly span: Span;
}

/**
 * The indicators of a document, by the dictionary of the library. Loads the module that finds them on first use.
 *
 * `text` is needed for a document that was not read here: one that came out of a worker or a file.
 *
 * @throws {TypeError} the first argument is no document, or its text is not known
 * @example
 * for (const row of await indicators(parse(text))) console.log(row.name, row.value, row.unit, text.slice(...row.span));
 */
export function indicators(document: Document, text?: string): Promise<readonly Indicator[]>;

// Questions about a document that is there already. None of them needs the parser.

/** A section with the sections below it. */
export interface OutlineNode {
  readonly section: Section;
  readonly children: readonly OutlineNode[];
}

/**
 * The section tree as nested objects.
 * @example
 * for (const { section, children } of outline(doc)) console.log(section.heading?.text, children.length);
 */
export function outline(document: Document): readonly OutlineNode[];

/**
 * The sections right below one; of `null`, the outermost ones.
 * @example
 * children(doc).map((s) => s.path); // ["一", "二"]
 */
export function children(document: Document, section?: number | null): readonly Section[];

/**
 * The headings around a place, from the outermost on.
 * @example
 * headingPath(doc, doc.metrics[0]); // ["规范行政执法", "提升执法人员素质"]
 */
export function headingPath(document: Document, of: number | null | { readonly section: number | null }): readonly string[];

/**
 * The metrics of a section and of all sections below it.
 * @example
 * metricsIn(doc, 3).map((m) => m.value);
 */
export function metricsIn(document: Document, section: number): readonly Metric[];

/** What is to be done: a paragraph (else a section) that names units. */
export interface Task {
  readonly section: number | null;
  readonly span: Span;
  /** Its topic, else the heading of its section. */
  readonly name: string | null;
  readonly lead: readonly string[];
  readonly responsible: readonly string[];
  readonly support: readonly string[];
  readonly supervise: readonly string[];
  readonly person: readonly string[];
  readonly manner: string | null;
  readonly deadlines: readonly Deadline[];
  readonly frequencies: readonly Deadline[];
  readonly metrics: readonly Metric[];
}

/**
 * The tasks of a document, in reading order.
 * @example
 * for (const task of tasks(doc)) console.log(task.name, task.lead, task.deadlines.map((d) => d.text));
 */
export function tasks(document: Document): readonly Task[];

/** A piece of the text for search or a language model. */
export interface Chunk {
  readonly section: number | null;
  readonly span: Span;
  readonly path: readonly string[];
  readonly text: string;
}

/**
 * The text in pieces of whole paragraphs of one section; a paragraph that is longer than `maxChars` is cut at the ends of
 * its sentences. A sentence that is longer stays whole.
 * @throws {TypeError} a document from `parse` does not hold its text: give it as the second argument
 * @example
 * for (const { path, text: piece } of chunks(doc, text, { maxChars: 500 })) console.log(path.join(" › "), piece);
 */
export function chunks(document: Document, text?: string | null, options?: { readonly maxChars?: number }): readonly Chunk[];

/**
 * A table as CSV with a line of column names. Text that a spreadsheet would run as a formula is made harmless.
 * @throws {RangeError} there is no table of that name
 * @example
 * toCsv(doc, "deadlines");
 */
export function toCsv(document: Document, table?: "metrics" | "responsibilities" | "deadlines" | "references" | "sections" | "diagnostics"): string;

/** The Chinese words for the codes of the model. */
export const labels: {
  readonly kind: Readonly<Record<Kind, string>>;
  readonly role: Readonly<Record<Role, string>>;
  readonly dimension: Readonly<Record<Dimension, string>>;
  readonly bound: Readonly<Record<Bound, string>>;
  readonly modality: Readonly<Record<Modality, string>>;
  readonly change: Readonly<Record<ChangeKind, string>>;
  readonly responsibility: Readonly<Record<ResponsibilityRole, string>>;
  readonly deadline: Readonly<Record<DeadlineKind, string>>;
  readonly every: Readonly<Record<Every, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly metadata: Readonly<Record<MetadataKey, string>>;
};

/** The version of the library. */
export const version: string;

export default init;
