// Takes archives apart; bundled by build.mjs and loaded when the first one comes.

import { unzipSync } from "fflate";

/** The files of an archive that are wanted, as pairs of name and bytes, in order of their names. */
export function unzip(bytes, wanted) {
  const found = unzipSync(bytes, { filter: (entry) => wanted({ ...entry, name: decoded(entry.name) }) });
  return Object.entries(found).map(([name, data]) => [decoded(name), data]).sort(([a], [b]) => a.localeCompare(b, "zh-CN", { numeric: true }));
}

/** Archives of Chinese Windows write names in GBK without saying so; the library takes them for Latin 1. */
function decoded(name) {
  if (!/[\u0080-\u00ff]/.test(name) || /[^\u0000-\u00ff]/.test(name)) return name;
  const bytes = Uint8Array.from(name, (c) => c.charCodeAt(0));
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // the other one, then
    }
  }
  return name;
}
