#!/usr/bin/env bash
# Searches for inputs that break a law, for as long as it is given, with seeds that no run had before, and adds what was
# tried to fuzz/LEDGER.md. What it finds is kept in fuzz/corpus, made small, and fails core/tests/corpus.rs until it is mended.
#   scripts/fuzz.sh SECONDS [TARGET ...]    all targets, one after the other, where none is named; none for 0 seconds
#   GROWTH=10000 GROWTH_SECONDS=600         how many shapes to try for growth beside, and for how long at most;
#                                           the ledger gets a row for each 5,000 of them
#   LEDGER=FILE                             where the rows go, fuzz/LEDGER.md where it is not named
set -uo pipefail
seconds=${1:?how many seconds to search for}
shift
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root/fuzz" || exit 1
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target/fuzz}
ledger=${LEDGER:-$root/fuzz/LEDGER.md}
commit=$(git rev-parse --short HEAD)
failed=0
if [ "$seconds" -gt 0 ]; then
    cargo build --quiet --locked --profile search --no-default-features --bin search || exit 1
    while IFS= read -r line; do
        echo "$line"
        if [[ $line == *executions*findings ]]; then
            IFS=$'\t' read -r target count rate found <<< "$line"
            echo "| $(date -u +%F) | $commit | $target | ${count% executions} | ${rate% a second} | ${found% findings} |" >> "$ledger"
            [[ $found == "0 findings" ]] || failed=1
        fi
    done < <("$CARGO_TARGET_DIR/search/search" "$seconds" "$@")
fi
if [ -n "${GROWTH:-}" ]; then
    # A call at the beginning of each block of code, which the program counts. For the host by name, as what runs while
    # it is built has no counter.
    host=$(rustc -vV | sed -n 's/^host: //p')
    blocks=(-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-{level=2,trace-pc,prune-blocks=0})
    RUSTFLAGS="${RUSTFLAGS:-} ${blocks[*]}" cargo build --quiet --locked --profile growth --no-default-features --bin growth \
        --target "$host" || exit 1
    # The program of this commit, whatever is built while it runs.
    growth=$CARGO_TARGET_DIR/growth-$commit
    cp "$CARGO_TARGET_DIR/$host/growth/growth" "$growth"
    # A row for each chunk: what is ended by hand loses one at most. The worst shapes go on to the next.
    export STATE=$growth${OUTPUTS:+-outputs}.json
    left=$GROWTH
    end=$((SECONDS + ${GROWTH_SECONDS:-1000000}))
    while ((left > 0 && SECONDS < end)); do
        chunk=$((left < 5000 ? left : 5000))
        outcome=$("$growth" "$chunk" $((end - SECONDS))) || failed=1
        echo "$outcome"
        tried=$(grep -oE '^[0-9]+ shapes' <<< "$outcome" | grep -oE '[0-9]+')
        bad=$(grep -oE '[0-9]+ bad' <<< "$outcome" | grep -oE '[0-9]+')
        worst=$(grep '^worst' <<< "$outcome")
        echo "| $(date -u +%F) | $commit | growth${OUTPUTS:+, outputs} | ${tried:-0} | | ${bad:-?}; ${worst:-ended early} |" >> "$ledger"
        [ -n "$tried" ] || exit 1
        left=$((left - tried))
    done
    # Which are dear users say by time, of what is shipped; a short search is not worth a build of its own.
    if [ "$GROWTH" -ge 1000 ]; then
        cargo build --quiet --locked --profile growth --no-default-features --bin growth || exit 1
        # Memory that is given back and fetched again is the system's work, not the reader's.
        outcome=$(MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=1073741824 "$CARGO_TARGET_DIR/growth/growth" --dear) || failed=1
        echo "$outcome"
        echo "| $(date -u +%F) | $commit | growth${OUTPUTS:+, outputs} | | | $(head -1 <<< "$outcome") |" >> "$ledger"
    fi
fi
exit $failed
