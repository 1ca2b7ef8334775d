#!/usr/bin/env bash
# Builds the package and tests it in Node, in Chromium and through the page. Installs what is missing (apt, npm).
# Nothing is asked; running it again is harmless. What cannot be tested here is said at the end.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
skipped=() failed=()
check() { # NAME COMMAND…
  local name=$1; shift
  say "$name"
  "$@" || failed+=("$name")
}
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

need_apt() { # PACKAGE…
  command -v apt-get >/dev/null || return 1
  local sudo=; [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo=sudo || return 1; }
  say "apt-get install $*"
  $sudo apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

command -v node >/dev/null || need_apt nodejs npm || { echo "needs Node 20 or later" >&2; exit 1; }
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$chromium" ]; then need_apt chromium || true; chromium=$(command -v chromium || true); fi
# Only the screenshots need them; a page without CJK fonts is laid out with boxes of the same size.
command -v fc-list >/dev/null && fc-list :lang=zh family | grep -q . || need_apt fontconfig fonts-noto-cjk || skipped+=("fonts-noto-cjk: screenshots show boxes")

cd "$here"
say "npm ci"
"$root/scripts/again.sh" npm ci --no-audit --no-fund --loglevel=error
say "build"
bash build.sh

types() {
  (cd "$root" && cargo run --quiet --release -p gongwen-wasm --features schema --example schema) | node tests/types/generate.mjs && node_modules/.bin/tsc -p tests/types
}
check "types: the handwritten ones against the core's schema, and what users write" types
# A test that no line here names would never run.
all_are_named() {
  local file missing=0
  for file in tests/*.test.mjs "$root"/examples/web/tests/*.test.mjs; do
    grep -q "^ *check .*[ /]tests/${file##*/}" test.sh || { echo "$file is not run: name it in wasm/test.sh" >&2; missing=1; }
  done
  return $missing
}
check "every test is run" all_are_named
check "the package in Node" node --test tests/package.test.mjs tests/views.test.mjs tests/workflow.test.mjs
# The oldest that package.json names, as npm has it.
oldest_node() {
  local folder outcome=0
  folder=$(mktemp -d)
  "$root/scripts/again.sh" npm install --prefix "$folder" --no-audit --no-fund --loglevel=error node@18 &&
    "$folder/node_modules/.bin/node" --version | grep '^v18\.' &&
    "$folder/node_modules/.bin/node" --test tests/package.test.mjs tests/views.test.mjs tests/workflow.test.mjs || outcome=1
  rm -rf "$folder"
  return $outcome
}
check "the package in Node 18, the oldest" oldest_node
advisories() { npm audit --audit-level=low; }
if npm audit --json 2>/dev/null | grep -q '"vulnerabilities"'; then check "npm's advisories" advisories; else skipped+=("npm's advisories: the registry gives none"); fi
check "the page's server" node --test "$root/examples/web/tests/serve.test.mjs"
if [ -n "$chromium" ]; then
  export CHROMIUM=$chromium
  check "the package in Chromium" node --test tests/browser.test.mjs
  check "the package as npm packs it, through bundlers" node --test tests/bundlers.test.mjs
  check "the page in Chromium" node --test "$root/examples/web/tests/page.test.mjs"
else
  skipped+=("no Chromium: the package and the page were not tested in a browser")
fi

say "sizes"
node -e '
const { brotliCompressSync } = require("node:zlib"), fs = require("node:fs");
for (const m of ["gongwen", "gongwen_formats", "gongwen_office", "gongwen_pdf", "gongwen_indicators"]) { const b = fs.readFileSync(`pkg/${m}_bg.wasm`); console.log(m, b.length, "bytes,", brotliCompressSync(b).length, "with brotli"); }'
for s in ${skipped[@]+"${skipped[@]}"}; do echo "SKIPPED $s"; done
for f in ${failed[@]+"${failed[@]}"}; do echo "FAILED $f"; done
[ ${#failed[@]} -eq 0 ] && [ -n "$chromium" ]
