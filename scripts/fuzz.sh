#!/usr/bin/env bash
# Searches for inputs that break a law, for as long as it is given, with seeds that no run had before, and adds what was
# tried to fuzz/LEDGER.md. What it finds is kept in fuzz/corpus, made small, and fails core/tests/corpus.rs until it is mended.
#   scripts/fuzz.sh SECONDS [TARGET ...]    all targets, one after the other, where none is named
#   GROWTH=10000                            how many shapes to try for growth beside
set -uo pipefail
seconds=${1:?how many seconds to search for}
shift
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root/fuzz" || exit 1
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target/fuzz}
cargo build --quiet --locked --profile search --no-default-features --bin search --bin growth || exit 1
commit=$(git rev-parse --short HEAD)
failed=0
while IFS= read -r line; do
    echo "$line"
    if [[ $line == *executions*findings ]]; then
        IFS=$'\t' read -r target count rate found <<< "$line"
        echo "| $(date -u +%F) | $commit | $target | ${count% executions} | ${rate% a second} | ${found% findings} |" >> LEDGER.md
        [[ $found == "0 findings" ]] || failed=1
    fi
done < <("$CARGO_TARGET_DIR/search/search" "$seconds" "$@")
if [ -n "${GROWTH:-}" ]; then
    outcome=$("$CARGO_TARGET_DIR/search/growth" "$GROWTH") || failed=1
    echo "$outcome"
    tried=$(grep -oE '^[0-9]+ shapes' <<< "$outcome" | grep -oE '[0-9]+')
    bad=$(grep -oE '[0-9]+ bad' <<< "$outcome" | grep -oE '[0-9]+')
    echo "| $(date -u +%F) | $commit | growth | ${tried:-0} | | ${bad:-?} |" >> LEDGER.md
fi
exit $failed
