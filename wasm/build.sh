#!/usr/bin/env bash
# Builds the npm package's modules into pkg/: gongwen (text), gongwen_formats and its like (files → text), gongwen_indicators.
#
#   build.sh                     as it is published
#   build.sh --opt 3 --out DIR   another optimisation level, elsewhere (bench.mjs compares them)
#   build.sh --inline 75         functions up to this size are inlined where the level is z (see README.md)
#   build.sh --text-only         without the formats
#   build.sh --only indicators   one module of those that are loaded when they are needed
#   build.sh --measure           with the functions that the measurements need
#
# Needs Rust and Node. The standard library is built along, from its sources: as it is shipped, its panics format
# messages that nobody sees and its sorting is made for long lists, together a seventh of the download. The sources and
# the target come from rustup; where rustup can fetch nothing, from Debian's rustc-web.
# GONGWEN_WASM_TOOLCHAIN=rustup|debian decides; the default tries rustup first.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
opt=z inline=100 out=$here/pkg formats=1 only= features=()
while [ $# -gt 0 ]; do
  case $1 in
    --opt) opt=$2; shift ;;
    --inline) inline=$2; shift ;;
    --out) mkdir -p "$2"; out=$(cd "$2" && pwd); shift ;;
    --text-only) formats=0 ;;
    --only) only=$2; shift ;;
    --measure) features+=(measure) ;;
    *) echo "build.sh: unknown argument $1" >&2; exit 2 ;;
  esac
  shift
done
target=${CARGO_TARGET_DIR:-$root/target}
triple=wasm32-unknown-unknown
say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

# --- the compiler -------------------------------------------------------------------------------------
has_target() { [ -d "$(rustc --print target-libdir --target $triple 2>/dev/null)" ] && [ -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library" ]; }
use_rustup() {
  (cd "$root" && has_target) && return 0
  command -v rustup >/dev/null || return 1
  say "rustup target add $triple, rustup component add rust-src"
  (cd "$root" && timeout 120 rustup target add $triple >&2 && timeout 120 rustup component add rust-src >&2 && has_target)
}
apt_install() {
  command -v apt-get >/dev/null || { echo "build.sh: needs $* and there is no apt-get" >&2; return 1; }
  local sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
  say "apt-get install $*"
  DEBIAN_FRONTEND=noninteractive $sudo apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends "$@" >&2
}
debian_cargo() { env RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$lld" /usr/bin/cargo "$@"; }
use_debian() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -d /usr/lib/rustlib/src/rust ] || apt_install rustc-web cargo-web rust-web-src
  lld=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
  [ -x "$lld" ] || lld=$(command -v wasm-ld || ls /usr/bin/wasm-ld-* 2>/dev/null | sort -V | tail -1 || true)
  if [ -z "$lld" ]; then apt_install lld; lld=$(command -v wasm-ld || ls /usr/bin/wasm-ld-* | sort -V | tail -1); fi
}
case ${GONGWEN_WASM_TOOLCHAIN:-auto} in
  rustup) use_rustup || { echo "build.sh: rustup cannot provide $triple" >&2; exit 1; }; toolchain=rustup ;;
  debian) use_debian; toolchain=debian ;;
  auto) if use_rustup; then toolchain=rustup; else use_debian; toolchain=debian; fi ;;
  *) echo "build.sh: GONGWEN_WASM_TOOLCHAIN is rustup or debian" >&2; exit 2 ;;
esac
# Each flavour has its own directory: neither compiler nor flags can mix there.
wasm_target=$target/wasm-$toolchain-$opt
build() { # INLINE ARGUMENTS…
  # The standard library is built along, which stable compilers do on this word only.
  export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$wasm_target
  local flags="-Zlocation-detail=none -Zfmt-debug=none"
  [ -z "$1" ] || flags="$flags -Cllvm-args=-inline-threshold=$1"
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags
  export CARGO_PROFILE_RELEASE_OPT_LEVEL=$opt CARGO_PROFILE_RELEASE_LTO=fat CARGO_PROFILE_RELEASE_PANIC=immediate-abort
  shift
  local cargo=cargo
  [ $toolchain = rustup ] || cargo=debian_cargo
  cd "$root"
  $cargo build -q --release --target $triple -p gongwen-wasm -Zbuild-std=std -Zbuild-std-features=optimize_for_size -Zpanic-immediate-abort "$@"
}

# --- the tools ----------------------------------------------------------------------------------------
cd "$here"
[ -x node_modules/.bin/wasm-opt ] || { say "npm ci"; "$root/scripts/again.sh" npm ci --no-audit --no-fund --loglevel=error >&2; }
wasm_opt() {
  node_modules/.bin/wasm-opt "$1" --enable-bulk-memory --enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int \
    --enable-reference-types --enable-multivalue --strip-producers "$2" -o "$3"
}
locked=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' "$root/Cargo.lock")
bindgen=$target/wasm-bindgen-$locked/debug/gongwen-wasm-bindgen
if [ ! -x "$bindgen" ] || [ bindgen/src/main.rs -nt "$bindgen" ]; then
  say "building the tool for wasm-bindgen $locked (once, about a minute)"
  tool=$target/wasm-bindgen-$locked/src; mkdir -p "$tool/src"
  sed "s/cli-support = \".*\"/cli-support = \"=$locked\"/" bindgen/Cargo.toml > "$tool/Cargo.toml"
  cp bindgen/src/main.rs "$tool/src/"
  (cd "$tool" && CARGO_TARGET_DIR=$target/wasm-bindgen-$locked cargo build -q >&2)
  touch "$bindgen"
fi

# --- the modules --------------------------------------------------------------------------------------
level=-O$([ "$opt" = 3 ] && echo 3 || echo z)
make_module() { # NAME INLINE FEATURES
  say "gongwen-wasm: $1 (opt-level $opt, $toolchain)"
  (build "$2" --features "$3" >&2)
  "$bindgen" "$wasm_target/$triple/release/gongwen_wasm.wasm" "$out" "$1"
  wasm_opt "$level" "$out/$1_bg.wasm" "$out/$1_bg.wasm.opt"
  mv "$out/$1_bg.wasm.opt" "$out/$1_bg.wasm"
  { printf 'export default "'; base64 -w0 "$out/$1_bg.wasm"; printf '";\n'; } > "$out/$1_inline.js"
}
mkdir -p "$out"
extra=$(IFS=,; echo "${features[*]:-}")
# Speed is the parser's matter; files are few.
[ -n "$only" ] || make_module gongwen "$([ "$opt" != z ] || echo "$inline")" "$extra"
if [ $formats = 1 ]; then
  for module in ${only:-formats office pdf indicators}; do make_module gongwen_$module "" $module; done
fi
cp "$root/core/src/divisions/table.txt" "$out/divisions.txt"
node -e 'process.stdout.write(`export default ${JSON.stringify(require("node:fs").readFileSync(process.argv[1], "utf8"))};\n`)' "$out/divisions.txt" > "$out/divisions_inline.js"
crate=$(sed -n '/^\[workspace.package\]/,/^$/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")
printf 'export const version = "%s";\n' "$crate" > "$out/version.js"
