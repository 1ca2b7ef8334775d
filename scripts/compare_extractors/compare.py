#!/usr/bin/env python3
"""Main content of web pages: gongwen beside trafilatura, readability and resiliparse.

Usage: compare.py [--shared DIR] [--per-file] > table.md

Makes its own virtual environment beside this file from requirements.txt, builds the `extract` example
and runs all extractors over the HTML pages of the shared corpus (not part of this repository).

The reference
    Every page has a text twin in the corpus, made by others with a naive tag strip. For articles as a
    database holds them (classes c and d) the twin is the document, but for the line that asks to scan a
    code. For whole pages (class e) the twin holds the navigation too; where the document stands in it was
    found by reading, and is kept as line numbers in core/tests/fixtures/read/bodies.tsv. The lines
    between the header's first line and the article (title, date, source, 索引号) are free: nobody is
    asked for them and nobody is blamed for them.

The measure
    Texts are compared as bags of five-character shingles, white space and column marks removed, so that
    line breaks and the way a table is written do not matter. Precision is the share of an output that
    stands in the document or its header, recall the share of the article that stands in the output.
    The mean over pages is shown, each page counting once.

What to keep in mind
    The pages are those that our rules were developed on; the others have never seen them. Numbers on
    unseen pages will be lower for us.
"""

import argparse
import csv
import html
import os
import re
import subprocess
import sys
import venv
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENV = HERE / ".venv"


def in_venv() -> None:
    """Re-runs this script inside the virtual environment, made when it is not there."""
    python = VENV / "bin" / "python"
    if Path(sys.prefix) == VENV:
        return
    if not (VENV / "ready").exists():
        venv.create(VENV, with_pip=True)
        subprocess.check_call([python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"], stdout=sys.stderr)
        (VENV / "ready").touch()
    os.execv(python, [str(python), *sys.argv])


def shingles(text: str) -> Counter:
    text = re.sub(r"[\s|：:​﻿\-]+", "", html.unescape(text))
    return Counter(text[i : i + 5] for i in range(max(1, len(text) - 4))) if text else Counter()


def overlap(a: Counter, b: Counter) -> int:
    return sum(min(n, b[s]) for s, n in a.items() if s in b)


def references(shared: Path):
    """(name, path of the page, whether a whole page, allowed text, wanted text)"""
    rows = csv.reader((ROOT / "core/tests/fixtures/read/bodies.tsv").open(encoding="utf-8"), delimiter="\t")
    bodies = {r[0]: tuple(map(int, r[1:])) for r in rows if r and not r[0].startswith("#")}
    for path in sorted((shared / "corpus/raw").glob("*.html")):
        kind, number = path.name[0], path.name[2:5]
        twins = list((shared / "corpus" / kind).glob(f"{number}_*.txt"))
        if not twins:
            continue
        lines = twins[0].read_text(encoding="utf-8").split("\n")
        if kind == "e":
            head, first, last = bodies[number]
            yield f"{kind}/{number}", path, True, "\n".join(lines[head - 1 : last]), "\n".join(lines[first - 1 : last])
        else:
            own = [line for line in lines if "扫一扫" not in line and line.strip() != "-->"]
            # 主题词 is the last entry of the table above the article.
            first = next((i + 1 for i, line in enumerate(own[:150]) if re.sub(r"\s", "", line).startswith("主题词")), 0)
            yield f"{kind}/{number}", path, False, "\n".join(own), "\n".join(own[first:])


def ours(paths):
    subprocess.check_call(
        ["cargo", "build", "-q", "--release", "--features", "formats", "--example", "extract"], cwd=ROOT / "core"
    )
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    run = target / "release/examples/extract"
    return {p: subprocess.run([run, "--text", p], capture_output=True, check=True).stdout.decode() for p in paths}


def others(paths):
    import lxml.html
    import readability
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    def with_readability(page: str) -> str:
        summary = readability.Document(page).summary()
        return "\n".join(lxml.html.fromstring(summary).itertext())

    tools = {
        "trafilatura": lambda page: trafilatura.extract(page, include_comments=False, include_tables=True),
        "trafilatura, favor_recall": lambda page: trafilatura.extract(
            page, include_comments=False, include_tables=True, favor_recall=True
        ),
        "readability-lxml": with_readability,
        "resiliparse": lambda page: extract_plain_text(page, main_content=True, alt_texts=False, links=False),
    }
    for name, tool in tools.items():
        out = {}
        for p in paths:
            try:
                out[p] = tool(p.read_text(encoding="utf-8")) or ""
            except Exception as e:  # noqa: BLE001 - a tool that fails on a page has found nothing there
                print(f"{name} on {p.name[:5]}: {e!r}", file=sys.stderr)
                out[p] = ""
        yield name, out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=os.environ.get("GONGWEN_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--per-file", action="store_true")
    args = parser.parse_args()
    in_venv()
    refs = list(references(Path(args.shared)))
    if not refs:
        sys.exit(f"no corpus in {args.shared}")
    paths = [r[1] for r in refs]
    results = [("gongwen", ours(paths)), *others(paths)]
    groups = [("whole pages", True), ("articles without their page", False)]
    print("| extractor | " + " | ".join(f"{g} P | R | F1" for g, _ in groups) + " |")
    print("|---" * (1 + 3 * len(groups)) + "|")
    detail = {}
    for name, out in results:
        cells = []
        for _, whole in groups:
            scores = []
            for ref, path, is_page, allowed, wanted in refs:
                if is_page != whole:
                    continue
                own, a, w = shingles(out[path]), shingles(allowed), shingles(wanted)
                p = overlap(own, a) / max(1, sum(own.values()))
                r = overlap(own, w) / max(1, sum(w.values()))
                detail[ref, name] = (p, r)
                scores.append((p, r, 2 * p * r / (p + r) if p + r else 0.0))
            n = len(scores)
            cells += [f"{100 * sum(s[i] for s in scores) / n:.1f}" for i in range(3)]
        print(f"| {name} | " + " | ".join(cells) + " |")
    counts = [sum(1 for r in refs if r[2] == whole) for _, whole in groups]
    print(f"\n{counts[0]} whole pages, {counts[1]} articles; mean over pages, in per cent.")
    if args.per_file:
        print("\n| page | " + " | ".join(name for name, _ in results) + " |\n|---" + "|---" * len(results) + "|")
        for ref, *_ in refs:
            row = [f"{100 * detail[ref, n][0]:.0f} / {100 * detail[ref, n][1]:.0f}" for n, _ in results]
            print(f"| {ref} | " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
