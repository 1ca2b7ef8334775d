#!/usr/bin/env bash
# Everything that is tested, in one command: ./scripts/test.sh
#
# On a fresh Debian machine with Rust it installs what it needs: a linker and Python from apt, Node and a browser where
# the browser's tests want them, the rest from crates.io, PyPI and npm. Every step is run, whatever became of the one
# before; what failed and what was skipped stands at the end, and the last line counts.
#
#   ./scripts/test.sh              everything
#   ./scripts/test.sh rust         only the steps of a group: format rust main score python browser
#
# Environment: CARGO_TARGET_DIR; GONGWEN_SHARED, a folder with real documents (corpus/, gold/, eval/), by default
# ../shared; CI=true, in which a part of the project that is missing is a failure.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
# A run's outcome depends on the commit alone: properties are tried on the same cases each time. Other cases are searched
# with other seeds (CONTRIBUTING.md).
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20231231}
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never} RUST_BACKTRACE=${RUST_BACKTRACE:-0}
shared=${GONGWEN_SHARED:-$root/../shared}
if [ -d "$shared/corpus" ]; then
  GONGWEN_SHARED=$(cd "$shared" && pwd)
  export GONGWEN_SHARED
fi
logs=$CARGO_TARGET_DIR/test-logs
rm -rf "$logs" && mkdir -p "$logs"
groups=${*:-format rust main score python browser}
passed=0 failed=0
summary=() skipped=() broken=()

wanted() { [[ " $groups " == *" $1 "* ]]; }

# step GROUP NAME COMMAND…: runs a step, keeps its output, goes on.
step() {
  local group=$1 name=$2 from=$SECONDS log
  shift 2
  wanted "$group" || return 0
  log=$logs/$((passed + failed + 1)).log
  printf '\n=== %s\n' "$name"
  if "$@" > >(tee "$log") 2>&1; then
    wait
    passed=$((passed + 1))
    summary+=("passed  $(minutes $((SECONDS - from)))  $name")
  else
    wait
    failed=$((failed + 1))
    summary+=("FAILED  $(minutes $((SECONDS - from)))  $name")
    broken+=("$name" "$log")
    printf '*** FAILED: %s\n' "$name"
    df -h . | sed 's/^/    /'
  fi
  while IFS= read -r line; do
    skipped+=("$name: $line")
  done < <(grep -aE '^SKIP' "$log" | sort -u)
}

# In CI, what no later step needs goes: a run needs less room.
cleared() { [ "${CI:-}" != true ] || rm -rf "${@/#/$CARGO_TARGET_DIR/}"; }

minutes() { printf '%2d:%02d' $(($1 / 60)) $(($1 % 60)); }

# part GROUP NAME SCRIPT…: a step whose script another part of the project brings.
part() {
  local group=$1 name=$2 script=$3
  wanted "$group" || return 0
  if [ -f "$script" ]; then
    step "$group" "$name" bash "${@:3}"
  elif [ "${CI:-}" = true ]; then
    step "$group" "$name" missing "$script"
  else
    skipped+=("$name: SKIPPED, there is no $script")
  fi
}
missing() { echo "$1 is missing, and CI skips nothing"; return 1; }

apt() {
  command -v apt-get >/dev/null || return 1
  local sudo=
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo=sudo || return 1; }
  $sudo apt-get update -q >"$logs/apt.log" 2>&1 &&
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends "$@" >>"$logs/apt.log" 2>&1
}

# What is needed before anything else can run.
needs() {
  command -v cargo >/dev/null || { echo "Rust is needed: https://rustup.rs"; return 1; }
  command -v cc >/dev/null || apt gcc libc6-dev || { echo "a linker (cc) is needed"; return 1; }
  python3 -c 'import venv, ensurepip' 2>/dev/null || apt python3 python3-venv || { echo "Python 3 with venv is needed"; return 1; }
  cargo clippy --version >/dev/null 2>&1 || rustup component add clippy rustfmt
  cargo --version && python3 --version
}

formatted() { cargo fmt --all --check; }

lints() { cargo clippy --workspace --all-targets --all-features --quiet -- -D warnings; }

# Each feature by itself: what is behind one must not need another.
features() {
  local f
  for f in "" serde read encodings html docx doc pdf ofd xlsx xls rtf mht archive formats divisions indicators schema; do
    echo "features: ${f:-none}"
    RUSTFLAGS="${RUSTFLAGS:-} -D warnings" cargo check --quiet -p gongwen --no-default-features --features "$f" --target-dir "$CARGO_TARGET_DIR/features" || return 1
  done
  cargo test --quiet -p gongwen --no-default-features --features html,docx --target-dir "$CARGO_TARGET_DIR/features" --test read_without_tables
}

core_tests() { cargo test --profile sweep -p gongwen --all-features --no-fail-fast; }

docs() { RUSTDOCFLAGS="-D warnings" cargo doc --quiet -p gongwen --no-deps --all-features; }

example_tests() { cargo test --profile sweep -p gongwen-examples; }

# The main job, as the README gives it.
main_job() {
  cargo run --quiet --release --example read -- examples/reports/*.txt >"$logs/read.txt" || return 1
  head -40 "$logs/read.txt"
  [ "$(grep -c '^examples/reports/.*\.txt$' "$logs/read.txt")" = "$(ls examples/reports/*.txt | wc -l)" ]
}

# What the program writes, against the published schema, by a validator that is not ours.
schema() {
  local env=$CARGO_TARGET_DIR/schema-env
  [ -x "$env/bin/python" ] || python3 -m venv "$env" || return 1
  "$root/scripts/again.sh" "$env/bin/python" -m pip --disable-pip-version-check --quiet install 'jsonschema>=4.18,<5' || return 1
  cargo run --quiet --release --example read -- --json examples/reports/*.txt >"$logs/read.jsonl" || return 1
  "$env/bin/python" - "$logs/read.jsonl" <<'PY'
import json, sys
from jsonschema import Draft202012Validator

schema = json.load(open("spec/gongwen-1.schema.json", encoding="utf-8"))
Draft202012Validator.check_schema(schema)
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
for line in lines:
    Draft202012Validator(schema).validate(json.loads(line))
print(len(lines), "documents fit spec/gongwen-1.schema.json")
PY
}

if [ -z "${GONGWEN_SHARED:-}" ]; then
  skipped+=("SKIPPED: there is no folder of real documents beside the project (../shared, or GONGWEN_SHARED); laws, scores and parity run on the samples only")
fi

groups="needs $groups"
step needs "what is needed" needs
if [ "$failed" = 0 ]; then
  step format "format" formatted
  part format "guards" scripts/guards.sh
  cleared search minimal
  step rust "lints" lints
  step rust "each feature by itself" features
  step rust "documentation" docs
  cleared debug doc features
  step rust "core: units, laws, fixtures, specification, schema, documentation's examples" core_tests
  step rust "the read example as it is run" example_tests
  cleared sweep
  step main "the main job" main_job
  step main "JSON against the published schema" schema
  step score "scores on the reference annotations" bash scripts/score.sh
  part python "Python" py/test.sh
  part browser "browser, Node and the page" wasm/test.sh
fi

# The end of each failed step's output once more, where whoever reads the end of the log sees it.
for ((i = 0; i < ${#broken[@]}; i += 2)); do
  printf '\n=== the end of: %s\n' "${broken[i]}"
  tail -n 12 "${broken[i + 1]}" | cut -c 1-300
done
printf '\n=== summary (%s)\n' "$(minutes $SECONDS)"
printf '%s\n' "${summary[@]}"
if [ ${#skipped[@]} -gt 0 ]; then
  printf '\nNOT TESTED HERE:\n'
  printf '  %s\n' "${skipped[@]}"
fi
echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
