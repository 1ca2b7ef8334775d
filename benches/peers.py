#!/usr/bin/env python3
"""What a user of Python would take instead of gongwen: installs it, runs it beside gongwen, says what failed.

    python3 benches/peers.py WHEEL FOLDER [--pages FOLDER]

WHEEL is the release wheel of gongwen, FOLDER holds .txt files (.html files for --pages). Everything runs in one process, the
contestants in turns, on whole passes over the texts; the time is the process's. Contestants that are slow read a part of the
texts, and gongwen is given the same part for its ratio. JioNLP and cn2an find numbers alone, arborparser headings alone.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

PEERS = ["arborparser", "jieba", "jionlp", "cn2an", "trafilatura", "resiliparse"]
PASSES = 5
SLOW = 60_000  # bytes of text for those that read less than a megabyte a second


def install(wheel):
    """A virtual environment with gongwen and every peer that installs."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="peers-"))
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = folder / "bin" / "pip"
    subprocess.run([pip, "install", "-q", wheel], check=True)
    for peer in PEERS:
        extra = ["lxml_html_clean"] if peer == "trafilatura" else []
        if subprocess.run([pip, "install", "-q", peer, *extra], capture_output=True).returncode:
            print(f"{peer}: does not install")
    return folder / "bin" / "python"


def contestants():
    """Name, what gongwen is asked for the same task, the work, whether it is slow; or the failure."""
    import importlib

    import gongwen

    def structure(text):
        gongwen.parse(text, facts=False)

    def arborparser():
        ap = importlib.import_module("arborparser")
        from arborparser.pattern import CHINESE_CHAPTER_PATTERN_BUILDER as chapter
        from arborparser.pattern import NUMERIC_DOT_PATTERN_BUILDER as dot
        from arborparser.pattern import NumberType, PatternBuilder

        # 第一章, 一、, （一）, 1.
        listed = PatternBuilder(number_type=NumberType.CHINESE, suffix_regex=r"、")
        bracketed = PatternBuilder(prefix_regex=r"[（(]", number_type=NumberType.CHINESE, suffix_regex=r"[）)]")
        parser = ap.ChainParser([p.build() for p in (chapter, listed, bracketed, dot)])
        builder = ap.TreeBuilder()
        return lambda text: builder.build_tree(parser.parse_to_chain(text))

    def jieba():
        module = importlib.import_module("jieba")
        module.setLogLevel(60)
        module.initialize()
        return lambda text: module.lcut(text, HMM=False)

    def jionlp():
        module = importlib.import_module("jionlp")
        return lambda text: (module.ner.extract_money(text), module.ner.extract_time(text))

    def cn2an():
        module = importlib.import_module("cn2an")
        return lambda text: module.transform(text, "cn2an")

    found = []
    for make, own, slow in [(arborparser, structure, False), (jieba, gongwen.parse, True), (jionlp, gongwen.parse, True), (cn2an, gongwen.parse, False)]:
        try:
            found.append((make.__name__, own, make(), slow))
        except Exception as error:  # A peer's own failure is a result.
            print(f"{make.__name__}: fails, {type(error).__name__}: {error}")
    return found


def readers():
    """As contestants, of pages."""
    import importlib

    import gongwen

    def trafilatura():
        module = importlib.import_module("trafilatura")
        return lambda page: module.extract(page)

    def resiliparse():
        module = importlib.import_module("resiliparse.extract.html2text")
        encoding = importlib.import_module("resiliparse.parse.encoding")
        return lambda page: module.extract_plain_text(encoding.bytes_to_str(page, encoding.detect_encoding(page)), main_content=True)

    found = []
    for make in (trafilatura, resiliparse):
        try:
            found.append((make.__name__, gongwen.read, make(), False))
        except Exception as error:
            print(f"{make.__name__}: fails, {type(error).__name__}: {error}")
    return found


def measure(name, own, work, texts):
    """Passes in turns; megabytes a second of both, and how often gongwen is as fast."""
    size = sum(len(t if isinstance(t, bytes) else t.encode()) for t in texts)
    times, failed = ([], []), 0
    for turn in range(PASSES + 1):
        for side, call in enumerate((own, work)):
            start, failed = time.process_time(), 0
            for text in texts:
                try:
                    call(text)
                except Exception:
                    failed += 1
            if turn:
                times[side].append(time.process_time() - start)
    if failed == len(texts):
        print(f"{name:12} fails on every text")
        return
    ratio = statistics.median(theirs / ours for ours, theirs in zip(*times))
    note = f", {failed} of {len(texts)} texts fail" if failed else ""
    print(f"{name:12} {size / 1e6 / min(times[1]):8.2f} MB/s   gongwen {size / 1e6 / min(times[0]):7.1f} MB/s   {ratio:.2f} x ({len(texts)} texts, {size / 1e6:.2f} MB{note})")


def run(folder, pages):
    texts = [p.read_text() for p in sorted(pathlib.Path(folder).rglob("*.txt")) if p.name != "README.txt"]
    for name, own, work, slow in contestants():
        part, size = [], 0
        for text in texts:
            size += len(text.encode())
            if part and slow and size > SLOW:
                break
            part.append(text)
        measure(name, own, work, part)
    if pages:
        part = [p.read_bytes() for p in sorted(pathlib.Path(pages).rglob("*.html"))]
        for name, own, work, _ in readers():
            measure(name, own, work, part)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("wheel")
    parser.add_argument("folder")
    parser.add_argument("--pages")
    options = parser.parse_args()
    if os.environ.get("PEERS_INSTALLED"):
        run(options.folder, options.pages)
    else:
        python = install(options.wheel)
        subprocess.run([python, *sys.argv], env={**os.environ, "PEERS_INSTALLED": "1"}, check=True)
