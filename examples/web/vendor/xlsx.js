// Writes Excel files; bundled by build.mjs and loaded by the worker when the first one is asked for. The library's own entry packs
// in scripts made from strings, which no strict policy allows: so its writer is taken with the packing that needs none.
import { generateXlsxFileSync } from "../../../wasm/node_modules/write-excel-file/modules/export/writeXlsxFileUniversal.js";
import bytes from "../../../wasm/node_modules/write-excel-file/modules/export/convertFileContentToUint8ArrayUniversal.js";
import { getCellAddress } from "write-excel-file/utility";

/** Columns from this width on hold long texts, which are wrapped. */
const WIDE = 30;
/** A cell of Excel holds 32,767 characters. */
const clip = (text) => (text.length > 32_000 ? `${text.slice(0, 32_000)}…` : text);

/** Arrows in the first row by which a reader narrows a sheet; the library has none of its own. */
const filters = (sheets) => ({
  files: {
    transform: {
      "xl/worksheets/sheet{id}.xml": {
        transform(xml, _, { sheetIndex }) {
          const { data } = sheets[sheetIndex];
          const at = xml.lastIndexOf("</sheetData>") + "</sheetData>".length;
          return `${xml.slice(0, at)}<autoFilter ref="A1:${getCellAddress(data.length - 1, data[0].length - 1)}"/>${xml.slice(at)}`;
        },
      },
    },
  },
});

function cell(value, width) {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number") return { value, type: Number, alignVertical: "top" };
  return { value: clip(value), type: String, alignVertical: "top", wrap: width >= WIDE };
}

/** @param {{ name: string, head: string[], widths: number[], rows: (string|number|null)[][] }[]} tables */
export function workbook(tables) {
  const sheets = tables.map(({ name, head, widths, rows }) => ({
    sheet: name, columns: widths.map((width) => ({ width })), stickyRowsCount: 1,
    data: [head.map((value) => ({ value, fontWeight: "bold", backgroundColor: "#F3EFE6", wrap: true })), ...rows.map((row) => row.map((value, i) => cell(value, widths[i])))],
  }));
  return generateXlsxFileSync(sheets, { features: [filters(sheets)] }, undefined, bytes);
}
