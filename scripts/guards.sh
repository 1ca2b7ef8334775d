#!/usr/bin/env bash
# What keeps the library fast and unbreakable: linear time, instructions, memory, a short fuzz run, licences, and that it
# builds with the oldest dependencies it allows.
# Under ten minutes on two processors; installs what it needs and says loudly what it had to skip.
#   FUZZ_SECONDS=120   how long to fuzz in all
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
failed=()
skipped=()
step() { # NAME COMMAND…
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    if "$@"; then echo "== $name: passed in $((SECONDS - start)) s"; else failed+=("$name"); echo "== $name: FAILED"; fi
}
have() { # a cargo subcommand, installed where it is missing
    command -v "cargo-$1" > /dev/null && return
    echo "installing cargo-$1"
    timeout 280 cargo install --quiet --locked "cargo-$1" || cargo install --quiet "cargo-$1"
}

linear() { cargo test --quiet --release -p gongwen --test linear -- --nocapture; }
memory() {
    CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target/benches} cargo run --quiet --release \
        --manifest-path benches/Cargo.toml --bin memory -- --most "$(sed -n 's/^memory //p' scripts/bounds.txt)"
}
fuzz() {
    python3 fuzz/seeds.py > /dev/null || return 1
    local seconds=$((${FUZZ_SECONDS:-120} / 4)) target
    # The core has no unsafe code for a sanitizer to watch; without one it runs several times as often.
    for target in laws bytes forms growth; do
        RUSTC_BOOTSTRAP=1 cargo fuzz run -s none "$target" -- -dict=fuzz/corpus/words.dict -max_len=2048 \
            -max_total_time="$seconds" -timeout=60 -seed=1 -print_final_stats=1 2>&1 |
            grep -E 'panicked|SUMMARY|superlinear|stat::number_of_executed' || true
        [ "${PIPESTATUS[0]}" = 0 ] || return 1
    done
}
# With the oldest versions that each Cargo.toml allows, in a copy; half a minute.
minimal() {
    local copy
    copy=$(mktemp -d) || return 1
    git ls-files -z | xargs -0 cp --parents -t "$copy" && (
        cd "$copy" && RUSTC_BOOTSTRAP=1 cargo update --quiet -Zdirect-minimal-versions &&
            CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}/minimal cargo check --quiet --locked --workspace --all-features
    )
    local outcome=$?
    rm -rf "$copy"
    return $outcome
}
deny() { cargo deny --all-features check licenses bans sources; }

step "linear time" linear
step "instructions" scripts/instructions/run.sh
step "memory" memory
if have fuzz; then step "fuzzing" fuzz; else skipped+=("fuzzing: cargo-fuzz cannot be installed"); fi
if have deny; then step "licences and duplicates" deny; else skipped+=("licences: cargo-deny cannot be installed"); fi
step "oldest dependencies" minimal
for s in "${skipped[@]}"; do echo "SKIPPED $s"; done
if [ ${#failed[@]} -gt 0 ]; then
    echo "FAILED: ${failed[*]}"
    exit 1
fi
