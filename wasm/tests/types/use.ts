// What users write, and what the compiler must refuse.

import init, { GongwenError, initFormats, parse, parseBytes, version } from "gongwen";
import type { Document, Metric, Reading, Span } from "gongwen";

await init();
await init(new URL("https://example.org/gongwen_bg.wasm"));
await initFormats();

const text = "一、总体要求\n全年学法4次。\n";
const doc = parse(text, { year: 2024 });
const nothing: null = doc.text;
const first: Metric | undefined = doc.metrics[0];
if (first) {
  const exact: string = text.slice(...first.span);
  const value: number = first.value;
  const high: number | null = first.value_high;
  const section = first.section === null ? undefined : doc.sections[first.section];
  const path: string | undefined = section?.path;
  void [exact, value, high, path];
}
const span: Span = [0, 1];
const reading: Reading = await parseBytes(new Uint8Array([1]), { encoding: "gb18030", fileName: "a.html" });
const readable: string = reading.document.text;
const wide: Document = reading.document;

try {
  parse(text);
} catch (error) {
  if (error instanceof GongwenError && error.code === "limit") {
    const found: number | undefined = error.found;
    void found;
  }
}

switch (doc.kind) {
  case "annual_report":
  case "work_report":
  case "work_plan":
  case "notice":
  case "regulation":
  case "other":
    break;
  default: {
    const never: never = doc.kind;
    void never;
  }
}

// @ts-expect-error there is no such option
parse(text, { yeer: 2024 });
// @ts-expect-error a text is a string
parse(new Uint8Array());
// @ts-expect-error documents are read-only
doc.metrics.push(first);
// @ts-expect-error nothing of a document can be changed
doc.year = 2024;
// @ts-expect-error no word of the model
const wrong: Metric["bound"] = "roughly";
// @ts-expect-error errors come from the library
new GongwenError();

void [nothing, span, readable, wide, wrong, version];
