// The same as `gongwen`, loaded when the import is done: needs top-level await.

import { init } from "./index.js";

export * from "./index.js";
export { default } from "./index.js";

await init();
