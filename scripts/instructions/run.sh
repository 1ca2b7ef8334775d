#!/usr/bin/env bash
# Counts the instructions of parsing the sample reports under valgrind and compares with the stored figure; then those of floods
# of short lines, whose byte may cost no more than DEAR.
#   run.sh           compares; fails at more than 5 % above, and where a flood is too dear
#   run.sh --store   stores the figure of now
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if ! command -v valgrind > /dev/null; then
    echo "instructions: valgrind is missing; trying to install it"
    (apt-get update && apt-get install -y valgrind) > /dev/null 2>&1 || true
fi
if ! command -v valgrind > /dev/null; then
    echo "SKIPPED: instruction counts need valgrind (apt-get install valgrind)"
    exit 0
fi

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target/benches}
cargo build --quiet --release --manifest-path "$root/benches/Cargo.toml" --bin count
count() { # the instructions of one run
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$CARGO_TARGET_DIR/release/count" "$@" 2>&1 |
        sed -n 's/^.*Collected : *\([0-9]*\).*$/\1/p'
}
bytes=$("$CARGO_TARGET_DIR/release/count" nothing)
now=$(($(count) - $(count nothing)))
# What the count depends on beside the code: the compiler; the C library, for memory; the processor, since memchr and the
# C library choose their loops by what it can do.
libc=$(ldd --version 2>&1 | sed -n '1s/.* //p')
vectors=$(grep -o -m1 -w -e avx2 /proc/cpuinfo || echo no-avx2)
kind="rustc-$(rustc --version | cut -d' ' -f2) libc-$libc $vectors"
echo "instructions: $now for $bytes bytes, $(awk "BEGIN { printf \"%.1f\", $now / $bytes }") a byte ($kind)"
if [ "${1:-}" = --store ] || [ ! -s "$here/stored.txt" ]; then
    echo "$now $kind" > "$here/stored.txt"
    echo "instructions: stored"
    exit 0
fi
read -r stored with < "$here/stored.txt"
awk "BEGIN { printf \"instructions: %+.1f %% against the stored %d\\n\", 100 * ($now / $stored - 1), $stored }"
if [ "$with" != "$kind" ]; then
    echo "instructions: stored with $with; another compiler, C library or processor counts differently, so nothing is judged"
elif awk "BEGIN { exit !($now > $stored * 1.05) }"; then
    echo "FAILED: more than 5 % more instructions; if it is worth it, say why and run scripts/instructions/run.sh --store"
    exit 1
fi

# Instructions a byte: twenty times the mean of each tenth text of the corpus (142 on 1 December 2026).
DEAR=2840
failed=0
for ((flood = 0; ; flood++)); do
    bytes=$("$CARGO_TARGET_DIR/release/count" flood $flood nothing)
    [ -n "$bytes" ] || break
    each=$((($(count flood $flood) - $(count flood $flood nothing)) / bytes))
    echo "instructions: flood $flood, $each a byte"
    [ "$each" -le $DEAR ] || failed=1
done
if [ $failed = 1 ] && [ "$with" = "$kind" ]; then
    echo "FAILED: a flood of short lines (benches/src/bin/count.rs) costs more than $DEAR instructions a byte"
    exit 1
fi
