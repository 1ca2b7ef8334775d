#!/usr/bin/env bash
# Searches for inputs that break a law, for as long as it is given, with seeds that no run had before, and adds what was
# tried to fuzz/LEDGER.md. What it finds is kept in fuzz/corpus, made small, and fails core/tests/corpus.rs until it is mended.
#   scripts/fuzz.sh SECONDS [TARGET ...]    all targets, one after the other, where none is named
#   GROWTH=10000 GROWTH_SECONDS=600         how many shapes to try for growth beside, and for how long at most
set -uo pipefail
seconds=${1:?how many seconds to search for}
shift
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root/fuzz" || exit 1
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target/fuzz}
cargo build --quiet --locked --profile search --no-default-features --bin search --bin growth || exit 1
# A long search for growth measures what is shipped, without the checks; a short one is not worth a build of its own.
profile=search
if [ "${GROWTH:-0}" -ge 1000 ]; then
    profile=growth
    cargo build --quiet --locked --profile growth --no-default-features --bin growth || exit 1
fi
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
    # Memory that is given back and fetched again is the system's work, not the reader's.
    export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=1073741824
    outcome=$("$CARGO_TARGET_DIR/$profile/growth" "$GROWTH" "${GROWTH_SECONDS:-1000000}") || failed=1
    echo "$outcome"
    tried=$(grep -oE '^[0-9]+ shapes' <<< "$outcome" | grep -oE '[0-9]+')
    bad=$(grep -oE '[0-9]+ bad' <<< "$outcome" | grep -oE '[0-9]+')
    worst=$(grep '^worst' <<< "$outcome")
    echo "| $(date -u +%F) | $commit | growth | ${tried:-0} | | ${bad:-?}; ${worst:-ended early} |" >> LEDGER.md
fi
exit $failed
