"""Real files of every format beside what other readers see in them.

Nobody typed these files a second time, so each is held against a reader that works another way: pdfplumber's prose outside
tables and its cells one by one, openpyxl's and xlrd's cells, a prototype of the folder for DOC, WPS and OFD.
"""

from __future__ import annotations

import bisect
import re
import subprocess
import sys
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List

import gongwen
import pytest
from conftest import loud_skip, shared

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
PAGE_NUMBER = re.compile(r"\s*[-—–－·]*\s*\d{1,4}\s*[-—–－·]*\s*|第\s*\d+\s*页.*")
SAID_UNREADABLE = {"no_text_layer", "unreadable_text_layer"}


# The readers that the real files are held against; py/test.sh installs them all.
READERS = {"pdf": "pdfplumber", "doc": "olefile", "wps": "olefile", "xlsx": "openpyxl", "xls": "xlrd"}


def files(kind: str) -> List[Path]:
    folder = shared()
    return sorted((folder / "formats" / "files" / kind).glob(f"*.{kind}")) if folder else []


def squeezed(text: str) -> str:
    """A text without blanks and the `|` between cells."""
    return re.sub(r"[\s\u200b\ufeff\u00ad\x00-\x1f]+", "", text.replace(" | ", ""))


def comparable(kind: str) -> List[Path]:
    """The files of a kind, where they and the reader that they are held against are at hand."""
    if kind in READERS and find_spec(READERS[kind]) is None:
        loud_skip(f"real files of kind {kind}: {READERS[kind]} is not installed")
    paths = files(kind)
    if not paths:
        loud_skip("the folder of real files is not at hand")
    return paths


def bare(text: str) -> str:
    """A text without blanks, page numbers and the `|` between cells."""
    return squeezed("\n".join(line for line in re.split(r"[\n\f]", text) if not PAGE_NUMBER.fullmatch(line)))


def sentences(pieces: List[str]) -> List[str]:
    """The sentences of at least twelve Chinese characters; none runs from one piece into the next.

    Lines of a form have no end of a sentence: only whole pieces (cells, paragraphs) count without one.
    """
    out = []
    for piece in pieces:
        parts = re.split("(?<=[。；！？])", bare(piece))
        out += parts[:-1] if len(piece.splitlines()) > 3 else parts
    return [s for s in out if len(HAN.findall(s)) >= 12]


def compare(name: str, reference: List[str], text: str, least: float) -> None:
    """Asserts that a share of the reference's sentences stand in the text and in order, and that hardly any other text does."""
    wanted, found = sentences(reference), bare(text)
    last = 0
    run: List[int] = []  # the longest run of places that never steps back, by its ends
    missed = []
    for sentence in wanted:
        at = found.find(sentence, last)
        at = found.find(sentence) if at < 0 else at
        if at < 0:
            missed.append(sentence)
            continue
        last = max(last, at)
        i = bisect.bisect_right(run, at)
        run[i : i + 1] = [at]
    known = Counter(squeezed("".join(reference)))
    extra = sum((Counter(found) - known).values()) / max(len(found), 1)
    share = len(run) / max(len(wanted), 1)
    print(f"{name}: {len(run)} of {len(wanted)} sentences in order, {extra:.4f} of the text not in the reference")
    assert not wanted or share >= least, (name, share, missed[:5])
    assert extra <= 0.02, (name, extra, (Counter(found) - known).most_common(10))


def of_pdf(path: Path) -> Iterator[str]:
    """Of each page the text outside tables, then each cell."""
    pdfplumber: Any = import_module("pdfplumber")
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            tables = sorted(page.find_tables(), key=lambda table: table.bbox[1])
            boxes = [table.bbox for table in tables]

            def outside(thing: Dict[str, Any], boxes: List[Any] = boxes) -> bool:
                x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
                return thing["object_type"] != "char" or not any(a <= x <= c and b <= y <= d for a, b, c, d in boxes)

            prose, above = page.filter(outside), page.bbox[1]
            for table in tables:
                yield between(prose, above, table.bbox[1])
                yield from (cell.replace("\n", "") for row in table.extract() for cell in row if cell)
                above = max(above, table.bbox[3])
            yield between(prose, above, page.bbox[3])


def between(page: Any, top: float, bottom: float) -> str:
    """The text between two heights."""
    part = page.filter(lambda thing: thing["object_type"] != "char" or top <= (thing["top"] + thing["bottom"]) / 2 < bottom)
    return part.extract_text() or ""


def of_prototype(program: str) -> Callable[[Path], Iterator[str]]:
    def run(path: Path) -> Iterator[str]:
        folder = shared()
        assert folder is not None
        out = subprocess.run([sys.executable, str(folder / "formats" / program), str(path)], capture_output=True, check=True)
        yield from re.split(r"[\n\t\f]", out.stdout.decode())

    return run


@pytest.mark.parametrize(
    ("kind", "reference", "least"),
    [("pdf", of_pdf, 0.97), ("doc", of_prototype("mydoc.py"), 0.99), ("wps", of_prototype("mydoc.py"), 0.99), ("ofd", of_prototype("myofd.py"), 0.99)],
    ids=["pdf", "doc", "wps", "ofd"],
)
def test_text(kind: str, reference: Callable[[Path], Iterator[str]], least: float) -> None:
    for path in comparable(kind):
        doc = gongwen.read(path)
        told = {d.code for d in doc.diagnostics} & SAID_UNREADABLE
        if told:
            print(f"{path.name}: {told}")
            continue
        compare(path.name, list(reference(path)), doc.text, least)


def cells_of_xlsx(path: Path) -> Iterator[object]:
    openpyxl: Any = import_module("openpyxl")
    for sheet in openpyxl.load_workbook(path, data_only=True):
        if sheet.sheet_state == "visible":
            yield from (cell.value for row in sheet.iter_rows() for cell in row)


def cells_of_xls(path: Path) -> Iterator[object]:
    xlrd: Any = import_module("xlrd")
    for sheet in xlrd.open_workbook(path).sheets():
        if sheet.visibility == 0:
            yield from (sheet.cell_value(row, column) for row in range(sheet.nrows) for column in range(sheet.ncols))


@pytest.mark.parametrize(("kind", "cells"), [("xlsx", cells_of_xlsx), ("xls", cells_of_xls)], ids=["xlsx", "xls"])
def test_cells(kind: str, cells: Callable[[Path], Iterator[object]]) -> None:
    """Every cell that holds words is in the text, in order; every number is, as its format shows it."""
    for path in comparable(kind):
        text = bare(gongwen.read(path).text)
        at, words, numbers, shown = 0, 0, 0, 0
        for cell in cells(path):
            if isinstance(cell, str) and bare(cell):
                where = text.find(bare(cell), at)
                assert where >= 0, (path.name, cell)
                at, words = where + len(bare(cell)), words + 1
            elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
                numbers += 1
                shown += f"{cell:.15g}" in text or f"{cell:.2f}" in text
        print(f"{path.name}: {words} cells of words in order; {shown} of {numbers} numbers as they are or to two places")
        assert shown == numbers, path.name
