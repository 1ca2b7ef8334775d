#!/usr/bin/env bash
# The tables of PERFORMANCE.md: speed against others on the same bytes in the same run, memory, instructions.
#   scripts/bench.sh [ROUNDS]
# Real documents beside the checkout (../shared, or GONGWEN_SHARED) are used where there are any, else the samples.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target/benches}
if [ -z "${GONGWEN_SHARED:-}" ] && [ -d "$root/../shared/corpus" ]; then
    export GONGWEN_SHARED=$root/../shared
fi
cargo build --quiet --release --manifest-path "$root/benches/Cargo.toml" --bins
sed -n 's/^model name[^:]*: /machine: /p' /proc/cpuinfo 2> /dev/null | head -1 || true
rustc --version
echo
"$CARGO_TARGET_DIR/release/table" "${1:-5}"
echo
"$CARGO_TARGET_DIR/release/memory"
echo
"$root/scripts/instructions/run.sh"
