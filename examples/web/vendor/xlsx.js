// Writes Excel files; bundled by build.mjs and loaded when the first one is asked for.
import write from "write-excel-file/universal";
import { getCellAddress } from "write-excel-file/utility";

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

export default (sheets) => write(sheets, { features: [filters(sheets)] });
