"""Measures how documents are cut, beside LangChain's recursive splitter with its own and with Chinese separators.

    python py/benchmarks/chunks.py [FOLDER] [--size 500]

For each splitter: chunks; the share that begins at a heading or paragraph; that know the heading they stand under; that
end inside a sentence; that cut a list of units; the median length. Needs langchain-text-splitters.
"""

from __future__ import annotations

import argparse
import bisect
import os
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
            section = doc.section_at(start)
            head = section.heading or section.marker if section is not None else None
            # Its heading is in it, for nothing else tells.
            out.append((start, start + len(piece.page_content), head is None or start <= head.span.start))
        return out

    return cut


def own(size: int) -> Callable[[gongwen.Document], List[Piece]]:
    def headed(doc: gongwen.Document, chunk: gongwen.Chunk) -> bool:
        section = doc.section_at(chunk.span.start)
        heading = section.heading if section is not None else None
        return heading is None or heading in chunk.headings or heading in chunk.text

    return lambda doc: [(c.span.start, c.span.stop, headed(doc, c)) for c in doc.chunks(size)]


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
        "cut a sentence": broken / count, "cut a list of units": lists / count, "median length": statistics.median(sizes),
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
    }
    for name, cut in ways.items():
        found = measure(documents, cut)
        print(f"{name:40}" + "  ".join(f"{key} {value:.1%}" if 0 <= value <= 1 else f"{key} {value:,.0f}" for key, value in found.items()))


if __name__ == "__main__":
    main()
