#!/usr/bin/env bash
# Builds the Python wheel, installs it where there is no Rust, and runs everything that is to hold there:
# tests, docstrings, the README's blocks, parity with Rust, type checkers, stubs, the notebook, the benchmark.
#
#   bash py/test.sh                    all of it
#   bash py/test.sh --write-notebook   saves the notebook's output anew, and stops
#
# Environment: PYTHON (python3), OLDEST_PYTHON (python3.9, on which the tests run too), CARGO_TARGET_DIR, GONGWEN_SHARED (a
# folder with `corpus`; without it the tests on the large corpus are skipped, loudly), GONGWEN_BENCH=no (leaves the benchmark out), GONGWEN_SPARK=no (leaves out the test on
# a local cluster of Spark, which installs pyspark and a Java of 17 where there is none), GONGWEN_PROFILE (the Cargo profile of the wheel, release).
set -euo pipefail

py=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$py")
python=${PYTHON:-python3}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$project/target}
work=$CARGO_TARGET_DIR/python-tests
profile=${GONGWEN_PROFILE:-release}
mkdir -p "$work"
skipped=()
failed=()

say() { printf '\n== %s\n' "$*"; }
skip() { skipped+=("$*"); printf 'SKIP: %s\n' "$*"; }
# Runs a check and goes on whatever comes of it.
check() {
    local name=$1
    shift
    say "$name"
    if "$@"; then echo "ok: $name"; else failed+=("$name"); echo "FAILED: $name"; fi
}
# A virtual environment, made once.
environment() {
    if [ ! -x "$1/bin/python" ]; then
        "$python" -m venv "$1" 2>/dev/null || {
            rm -rf "$1"
            apt_get python3-venv
            "$python" -m venv "$1"
        }
    fi
}
# Debian packages, where that is possible.
apt_get() {
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
    DEBIAN_FRONTEND=noninteractive apt-get update -q >"$work/apt.log" 2>&1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$work/apt.log" 2>&1
}
pip() {
    local at=$1
    shift
    "$project/scripts/again.sh" "$at/bin/python" -m pip --disable-pip-version-check --quiet install "$@"
}
# Without Rust: nothing on PATH but the environment itself.
clean() { env -u CARGO_HOME -u RUSTUP_HOME PATH="$tests/bin" "$@"; }

say "environments"
build=$work/build
tests=$work/tests
environment "$build"
environment "$tests"
pip "$build" "maturin==1.16.0"
pip "$tests" -r "$py/tests/requirements.txt"
if ! ls /usr/share/fonts/*/*/*CJK* /usr/share/fonts/*/*CJK* >/dev/null 2>&1; then
    apt_get fonts-noto-cjk || skip "a font with Chinese characters could not be installed; the notebook's pictures lack them"
fi

say "the wheel"
rm -rf "$work/dist"
"$build/bin/maturin" build --profile "$profile" --quiet --manifest-path "$py/Cargo.toml" --out "$work/dist"
ls -l "$work/dist"
clean "$tests/bin/python" -m pip --disable-pip-version-check --quiet install --no-index --no-deps --force-reinstall "$work"/dist/*.whl
if clean "$tests/bin/python" -c 'import shutil, sys; sys.exit(bool(shutil.which("cargo") or shutil.which("rustc")))'; then
    echo "ok: installed where there is no Rust"
else
    echo "Rust is on the tests' PATH" && exit 1
fi

if [ "${1:-}" = --write-notebook ]; then
    clean "$tests/bin/python" "$py/tests/notebook.py" --write
    exit 0
fi

say "what Rust says, for the parity test"
cargo build --quiet --profile "$profile" --manifest-path "$py/Cargo.toml" --example json
export GONGWEN_RUST_JSON=$CARGO_TARGET_DIR/$profile/examples/json
export GONGWEN_MISMATCHES=$work/mismatches
rm -rf "$GONGWEN_MISMATCHES"
shared=${GONGWEN_SHARED:-$project/../shared}
if [ -d "$shared/corpus" ]; then
    GONGWEN_SHARED=$(cd "$shared" && pwd)
    export GONGWEN_SHARED
else
    skip "the large corpus is not at hand (GONGWEN_SHARED, or shared beside the project)"
fi

cd "$work"
run_tests() { clean "$tests/bin/python" -m pytest "$py/tests" -c "$py/pyproject.toml" --rootdir "$py" -p no:cacheprovider; }
check "tests" run_tests

# The oldest Python that the wheel is for; pyenv's, where the system has none.
oldest() {
    local at
    for at in ${OLDEST_PYTHON:-python3.9 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.9.*/bin/python}; do
        if "$at" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 9))' 2>/dev/null; then echo "$at" && return; fi
    done
    return 1
}
if oldest=$(oldest); then
    old=$work/oldest
    python=$oldest environment "$old"
    pip "$old" pytest
    # Of these what there is for it, which is asked once; the tests leave out the rest.
    for library in pyarrow polars pandas duckdb XlsxWriter openpyxl xlrd olefile pdfplumber; do
        "$old/bin/python" -m pip --disable-pip-version-check --quiet install --only-binary :all: "$library" || skip "$oldest has no wheel of $library"
    done
    on_the_oldest() {
        "$old/bin/python" -m pip --disable-pip-version-check --quiet install --no-index --no-deps --force-reinstall "$work"/dist/*.whl &&
            env -u CARGO_HOME -u RUSTUP_HOME PATH="$old/bin" "$old/bin/python" -m pytest "$py/tests" \
                -c "$py/pyproject.toml" --rootdir "$py" -p no:cacheprovider --ignore "$py/tests/test_notebook.py"
    }
    check "tests on $("$oldest" --version), the oldest" on_the_oldest
else
    skip "THE OLDEST PYTHON IS NOT TESTED: there is no python3.9 (OLDEST_PYTHON names one), which requires-python promises"
fi

types_of_tests() {
    cd "$py/tests" && "$tests/bin/mypy" --config-file "$py/pyproject.toml" --cache-dir "$work/mypy" ./*.py
}
check "mypy --strict over the tests" types_of_tests

types_of_package() {
    "$tests/bin/mypy" --config-file "$py/pyproject.toml" --cache-dir "$work/mypy" -p gongwen
}
check "mypy --strict over the package" types_of_package

stubs() {
    "$tests/bin/python" -m mypy.stubtest gongwen --mypy-config-file "$py/pyproject.toml" \
        --allowlist "$py/tests/stubtest-allow.txt" --ignore-unused-allowlist
}
check "stubtest against the built module" stubs

words() { clean "$tests/bin/python" "$py/stubs.py" --check; }
check "the stub's docstrings are those of the built module" words

say "pyright"
if "$tests/bin/pyright" --version >"$work/pyright.log" 2>&1; then
    right() { "$tests/bin/pyright" --project "$py/pyrightconfig.json" --pythonpath "$tests/bin/python"; }
    check "pyright over the tests" right
else
    skip "pyright could not be started: $(tail -1 "$work/pyright.log")"
fi

from_source() {
    local at=$work/source
    rm -rf "$at"
    environment "$at"
    # As a newcomer does it; an own copy of the build tool comes from the registry.
    MATURIN_PEP517_ARGS="--profile $profile" pip "$at" "$py" && cd "$project" && "$at/bin/python" -c '
import pathlib, re, gongwen
text = pathlib.Path("py/README.md").read_text(encoding="utf-8")
blocks = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
for block in blocks: exec(block)
print(len(blocks), "blocks of the README ran")'
}
check "pip install ./py, and the README's blocks with nothing else installed" from_source

java_17() {
    local major
    major=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    [ "${major:-0}" -ge 17 ]
}
if [ "${GONGWEN_SPARK:-yes}" = no ]; then
    skip "Spark (GONGWEN_SPARK=no)"
elif ! java_17 && ! { apt_get openjdk-17-jre-headless && java_17; }; then
    skip "Spark: there is no Java of 17 or later, and Debian's could not be installed"
else
    spark() {
        pip "$tests" "pyspark>=4.1,<5" && PATH="$tests/bin:$PATH" "$tests/bin/python" "$py/tests/spark.py" --documents 2000
    }
    check "Spark on a local cluster, with documents that fail and a worker killed" spark
fi

if [ "${GONGWEN_BENCH:-yes}" = no ]; then
    skip "the benchmark (GONGWEN_BENCH=no)"
else
    bench() { clean "$tests/bin/python" "$py/benchmarks/bench.py" --check; }
    check "benchmark" bench
fi

say "done"
for what in "${skipped[@]+"${skipped[@]}"}"; do echo "SKIP: $what"; done
for what in "${failed[@]+"${failed[@]}"}"; do echo "FAILED: $what"; done
[ ${#failed[@]} = 0 ] && echo "the Python package is in order"
