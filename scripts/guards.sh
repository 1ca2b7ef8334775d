#!/usr/bin/env bash
# What keeps the library fast and unbreakable: linear time, instructions, memory, a short fuzz run, licences, and that it
# builds with the oldest dependencies it allows.
# Under ten minutes on two processors; installs what it needs and says loudly what it had to skip.
#   EXECUTIONS=40000   how many inputs the search tries on each target
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
# The same inputs on every machine: the outcome depends on the commit. Other seeds are for scripts/fuzz.sh by hand.
fuzz() { SEED=${SEED:-1} EXECUTIONS=${EXECUTIONS:-40000} GROWTH=${GROWTH:-200} scripts/fuzz.sh 1200; }
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
step "fuzzing" fuzz
if have deny; then step "licences and duplicates" deny; else skipped+=("licences: cargo-deny cannot be installed"); fi
# The database of advisories is fetched; where it cannot be, that is said and nothing is claimed.
advisories() { cargo deny --all-features check advisories; }
if have deny && cargo deny fetch > /dev/null 2>&1; then step "advisories" advisories; else skipped+=("advisories: no database can be fetched"); fi
step "licence texts" python3 scripts/licences.py --check
step "oldest dependencies" minimal
for s in "${skipped[@]}"; do echo "SKIPPED $s"; done
if [ ${#failed[@]} -gt 0 ]; then
    echo "FAILED: ${failed[*]}"
    exit 1
fi
