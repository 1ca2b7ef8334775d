"""Measures how documents are cut, beside LangChain's recursive splitter with its own and with Chinese separators, and by RAGFlow's rules.

    python py/benchmarks/chunks.py [FOLDER] [--size 500]

For each splitter: chunks; the share that begins at a heading or paragraph; that know the heading they stand under; that
end inside a sentence; that cut a list of units; the median length. Needs langchain-text-splitters.

RAGFlow is no library: its rules are followed here, as they stand in `rag/nlp/__init__.py` of infiniflow/ragflow (2026). Its
general method, `naive_merge`: lines are joined while they fit, and a line that does not fit is cut at 。；！？; sizes are
characters here, as for the others, and tokens there. Its method for laws, `tree_merge` to a depth of two as `rag/app/laws.py`
calls it: the kind of numbering that most lines have tells levels, and what stands below the second level stays with it,
however long; each piece has the headings above it.
"""

from __future__ import annotations

import argparse
import bisect
import os
import re
import statistics
from pathlib import Path
from typing import Callable, Dict, List, Tuple

import gongwen
from langchain_text_splitters import RecursiveCharacterTextSplitter

#: A chunk: where it begins and ends in the document's text, and whether it has its heading.
Piece = Tuple[int, int, bool]

CHINESE = ["\n\n", "\n", "。|！|？", "\\.\\s|\\!\\s|\\?\\s", "；|;\\s", "，|,\\s"]


def recursive(size: int, **options: object) -> Callable[[gongwen.Document], List[Piece]]:
    splitter = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=0, add_start_index=True, **options)  # type: ignore[arg-type]

    def cut(doc: gongwen.Document) -> List[Piece]:
        made = splitter.create_documents([doc.text])
        out = []
        for piece in made:
            start = piece.metadata["start_index"]
            out.append((start, start + len(piece.page_content), within(doc, start)))
        return out

    return cut


def own(size: int) -> Callable[[gongwen.Document], List[Piece]]:
    def headed(doc: gongwen.Document, chunk: gongwen.Chunk) -> bool:
        section = doc.section_at(chunk.span.start)
        heading = section.heading if section is not None else None
        return heading is None or heading in chunk.headings or heading in chunk.text

    return lambda doc: [(c.span.start, c.span.stop, headed(doc, c)) for c in doc.chunks(size)]


def ragflow_general(size: int) -> Callable[[gongwen.Document], List[Piece]]:
    def cut(doc: gongwen.Document) -> List[Piece]:
        units: List[Tuple[int, int]] = []
        for line in re.finditer(r"[^\n]+", doc.text):
            if len(line[0]) <= size:
                units.append(line.span())
                continue
            for part in re.finditer(r"[^。；！？]+[。；！？]?", line[0]):
                start, end = line.start() + part.start(), line.start() + part.end()
                units += [(at, min(at + size, end)) for at in range(start, end, size)]
        pieces: List[List[int]] = []
        for start, end in units:
            if pieces and end - pieces[-1][0] <= size:
                pieces[-1][1] = end
            else:
                pieces.append([start, end])
        return [(start, end, within(doc, start)) for start, end in pieces]

    return cut


#: Kinds of numbering, each from the highest level down.
NUMBERS, DIGITS = "[零一二三四五六七八九十百]+", "[零一二三四五六七八九十百0-9]+"
NUMBERINGS = [
    [f"第{DIGITS}(分?编|部分)", f"第{DIGITS}章", f"第{DIGITS}节", f"第{DIGITS}条", rf"[(（]{NUMBERS}[)）]"],
    ["第[0-9]+章", "第[0-9]+节", "[0-9]{,2}[. 、]", r"[0-9]{,2}\.[0-9]{,2}[^a-zA-Z/%~-]", r"[0-9]{,2}\.[0-9]{,2}\.[0-9]{,2}"],
    [f"第{DIGITS}章", f"第{DIGITS}节", f"{NUMBERS}[ 、]", rf"[(（]{NUMBERS}[)）]", "[(（][0-9]{,2}[)）]"],
]
NO_NUMBER = re.compile(r"0|[0-9]+ +[0-9~个只-]|[0-9]+\.{2,}|[0-9]+(\.[0-9]+){2,}[的中]")


def ragflow_laws(_: int) -> Callable[[gongwen.Document], List[Piece]]:
    def level(line: str, numbering: List[str]) -> int:
        found = (number for number, pattern in enumerate(numbering, 1) if re.match(pattern, line) and not NO_NUMBER.match(line))
        return next(found, len(numbering) + 1)

    def cut(doc: gongwen.Document) -> List[Piece]:
        lines = [(m.start(), m[0].strip("\u3000 \t"), m.end()) for m in re.finditer(r"[^\n]+", doc.text)]
        lines = [line for line in lines if len(line[1]) > 1 and not line[1].isdecimal()]
        kinds = [sum(level(text, kind) <= len(kind) for _, text, _ in lines) for kind in NUMBERINGS]
        if not lines:
            return []
        if not any(kinds):
            return [(start, end, within(doc, start)) for start, _, end in lines]
        numbering = NUMBERINGS[kinds.index(max(kinds))]
        levels = [level(text, numbering) for _, text, _ in lines]
        there = sorted({one for one in levels if one <= len(numbering)})
        depth = there[min(1, len(there) - 1)]
        pieces: List[Tuple[int, int, bool]] = []
        for (start, _, end), one in zip(lines, levels):
            if one <= depth or not pieces:
                # Its headings go with it.
                pieces.append((start, end, True))
            else:
                pieces[-1] = (pieces[-1][0], end, True)
        return pieces

    return cut


def within(doc: gongwen.Document, start: int) -> bool:
    """Whether a piece that has nothing but its text holds the heading it stands under."""
    section = doc.section_at(start)
    head = section.heading or section.marker if section is not None else None
    return head is None or start <= head.span.start


def measure(documents: List[gongwen.Document], cut: Callable[[gongwen.Document], List[Piece]]) -> Dict[str, float]:
    count = begins = headed = broken = lists = 0
    sizes: List[int] = []
    for doc in documents:
        starts = {p.span.start for p in doc.paragraphs} | {s.span.start for s in doc.sections}
        starts |= {cell.span.start for table in doc.tables for row in table.rows for cell in row}
        units = sorted((r.span.start, r.span.stop) for r in doc.responsibilities)
        text = doc.text
        for start, end, has in cut(doc):
            piece = text[start:end].rstrip()
            if not piece:
                continue
            count += 1
            sizes.append(len(piece))
            begins += start + len(text[start:end]) - len(text[start:end].lstrip()) in starts
            headed += has
            end = start + len(piece)
            # The paragraph it ends in goes on, and what stands at its end closes no sentence.
            inside = any(p.span.start < end < p.span.stop for p in near(doc, end))
            broken += inside and piece[-1] not in "。！？!?”’）)】]" and "。" in text[end : end + 2000]
            at = bisect.bisect(units, (end,)) - 1
            lists += at >= 0 and units[at][0] < end < units[at][1]
    return {
        "chunks": count, "begin at heading or paragraph": begins / count, "with their heading": headed / count,
        "cut a sentence": broken / count, "cut a list of units": lists / count, "median length": statistics.median(sizes), "longest": max(sizes),
    }  # fmt: skip


_STARTS: Dict[int, Tuple[List[int], List[gongwen.Paragraph]]] = {}


def near(doc: gongwen.Document, at: int) -> List[gongwen.Paragraph]:
    if id(doc) not in _STARTS:
        rows = list(doc.paragraphs)
        _STARTS[id(doc)] = [p.span.start for p in rows], rows
    starts, rows = _STARTS[id(doc)]
    index = bisect.bisect(starts, at) - 1
    return rows[max(index, 0) : index + 1]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    project = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("GONGWEN_SHARED", project.parent / "shared")) / "corpus"
    arguments.add_argument("folder", nargs="?", type=Path, default=shared if shared.is_dir() else project / "examples" / "reports")
    arguments.add_argument("--size", type=int, default=500)
    args = arguments.parse_args()
    documents = list(gongwen.parse_many(sorted(args.folder.rglob("*.txt")), errors="collect"))
    print(f"{len(documents)} documents of {args.folder}, chunks of at most {args.size} characters")
    ways = {
        "gongwen": own(args.size),
        "LangChain recursive": recursive(args.size),
        "LangChain recursive, Chinese separators": recursive(args.size, separators=CHINESE, is_separator_regex=True, keep_separator="end"),
        "RAGFlow's rules, general": ragflow_general(args.size),
        "RAGFlow's rules, laws": ragflow_laws(args.size),
    }
    for name, cut in ways.items():
        found = measure(documents, cut)
        print(f"{name:40}" + "  ".join(f"{key} {value:.1%}" if 0 <= value <= 1 else f"{key} {value:,.0f}" for key, value in found.items()))


if __name__ == "__main__":
    main()
