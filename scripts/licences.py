#!/usr/bin/env python3
"""Writes what a package has to carry of others: the licence texts of every crate that is linked into it, and the list of
those crates as CycloneDX.

    scripts/licences.py           writes {py,wasm}/THIRD-PARTY-LICENSES.txt and wasm/sbom.cdx.json anew
    scripts/licences.py --check   fails where they are not those of Cargo.lock

maturin puts the wheel's own CycloneDX list into it. Crates that only build or generate code are not linked.
"""
import json, pathlib, re, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = {"py": ("gongwen-py", "x86_64-unknown-linux-gnu", ""), "wasm": ("gongwen-wasm", "wasm32-unknown-unknown", "formats,office,pdf,indicators")}
TEXTS = re.compile(r"(licen[cs]e|copying|notice|unlicense)", re.I)


def cargo(*args):
    return subprocess.run(["cargo", *args], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def linked(package, target, features, known):
    lines = cargo("tree", "--locked", "--package", package, "--target", target, "--edges", "normal,no-proc-macro", "--features", features,
                  "--prefix", "none", "--no-dedupe", "--format", "{p}").splitlines()  # fmt: skip
    names = {tuple(line.split()[:2]) for line in lines if line}
    crates = [known[name, version.lstrip("v")] for name, version in names]
    return sorted((c for c in crates if c["source"]), key=lambda c: (c["name"], c["version"]))


def texts(crate):
    """The licence files of a crate, and where it has none the licence that it names."""
    folder = pathlib.Path(crate["manifest_path"]).parent
    files = sorted(p for p in folder.iterdir() if p.is_file() and TEXTS.match(p.name))
    files += sorted(p for d in folder.glob("LICENSES") for p in d.iterdir() if p.is_file())
    return [(p.name, p.read_text("utf-8", "replace").strip()) for p in files]


def texts_of(crate, crates):
    """Those of a crate that is published without any are a neighbour's from the same repository under the same licence."""
    alike = [c for c in crates if c["repository"] and (c["repository"], c["license"]) == (crate["repository"], crate["license"])]
    return texts(crate) or next(filter(None, map(texts, alike)), [])


# What rustc links by itself: of no Cargo.lock, and of many holders.
STANDARD = """The Rust standard library: MIT OR Apache-2.0; https://github.com/rust-lang/rust"""
STANDARD_TEXT = """Copyrights in the Rust project are retained by their contributors. No copyright assignment is required to
contribute to the Rust project. Some files include explicit copyright notices and/or license notices. For full authorship information,
see the version control history or https://thanks.rust-lang.org

Except as otherwise noted, Rust is licensed under the Apache License, Version 2.0 or the MIT license, at your option.

""" + (ROOT / "LICENSE-MIT").read_text("utf-8").split("\n\n", 2)[-1]


def notice(crates):
    out = ["The licences of the Rust crates that are linked into this package.\n", STANDARD]
    users = {" ".join(STANDARD_TEXT.split()): (STANDARD_TEXT.strip(), ["The Rust standard library"])}
    for crate in crates:
        name = f"{crate['name']} {crate['version']}"
        out.append(f"{name}: {crate['license'] or 'see its text'}; {crate['repository'] or 'https://crates.io/crates/' + crate['name']}")
        found = texts_of(crate, crates)
        if not found:
            print(f"{name} comes without a licence text; it names {crate['license']}", file=sys.stderr)
        for _, text in found:
            users.setdefault(" ".join(text.split()), (text, []))[1].append(name)
    # The same text once, however many crates it is of.
    for text, names in users.values():
        out.append("\n" + "=" * 100 + "\n" + ", ".join(dict.fromkeys(names)) + "\n" + "-" * 100 + "\n" + text)
    return "\n".join(out) + "\n"


def sbom(crates, version):
    components = [
        {
            "type": "library",
            "name": c["name"],
            "version": c["version"],
            "purl": f"pkg:cargo/{c['name']}@{c['version']}",
            "licenses": [{"expression": (c["license"] or "NOASSERTION").replace("/", " OR ")}],
        }
        for c in crates
    ]
    about = {"component": {"type": "library", "name": "gongwen", "version": version, "purl": f"pkg:npm/gongwen@{version}"}}
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": about, "components": components}, indent=1) + "\n"


def main():
    known = {(p["name"], p["version"]): p for p in json.loads(cargo("metadata", "--locked", "--format-version", "1", "--all-features"))["packages"]}
    version = json.loads((ROOT / "wasm/package.json").read_text())["version"]
    stale = []
    for folder, (package, target, features) in PACKAGES.items():
        crates = linked(package, target, features, known)
        files = {"THIRD-PARTY-LICENSES.txt": notice(crates)}
        if folder == "wasm":
            files["sbom.cdx.json"] = sbom(crates, version)
        for name, content in files.items():
            path = ROOT / folder / name
            if path.exists() and path.read_text("utf-8") == content:
                continue
            if "--check" in sys.argv:
                stale.append(f"{folder}/{name}")
            else:
                path.write_text(content, "utf-8")
        print(f"{folder}: {len(crates)} crates linked, {sum(not texts_of(c, crates) for c in crates)} without a licence text")
    if stale:
        sys.exit(f"not those of Cargo.lock: {', '.join(stale)}; run scripts/licences.py")


main()
