// Writes Excel files; bundled by build.mjs and loaded when the first one is asked for.
export { default } from "write-excel-file/universal";
