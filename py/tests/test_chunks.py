"""Pieces for search: nothing cut that belongs together, nothing lost, and where each stands."""

from __future__ import annotations

import re
from typing import Any, List, Literal

import gongwen
import pytest
from conftest import REPORTS, TEXT, corpus


def plain(text: str) -> str:
    return re.sub(r"[\s|　]", "", text)


def documents() -> List[gongwen.Document]:
    return [gongwen.parse(TEXT), *(gongwen.read(path) for path in REPORTS), *(gongwen.read(path) for path in corpus()[::40])]


@pytest.mark.parametrize("unit", ["section", "paragraph", "sentence"])
@pytest.mark.parametrize("size", [1, 80, 400])
def test_laws_of_chunks(unit: Literal["section", "paragraph", "sentence"], size: int) -> None:
    for doc in documents():
        chunks = doc.chunks(size, unit=unit)
        assert [c.span.start for c in chunks] == sorted(c.span.start for c in chunks)
        # Every paragraph is in some chunk, once.
        whole = plain("".join(chunk.text for chunk in chunks))
        for paragraph in doc.paragraphs:
            if plain(paragraph.text) and not len(doc.tables):
                assert plain(paragraph.text) in whole, doc.name
        lists = [(r.span.start, r.span.stop) for r in doc.responsibilities]
        edges = [chunk.span.stop for chunk in chunks]
        # No list of units is cut, but for one that stands in several cells of a table.
        if not len(doc.tables):
            assert not [(edge, one) for edge in edges for one in lists if one[0] < edge < one[1]], doc.name
        for chunk in chunks:
            assert chunk.text.strip() == chunk.text and chunk.text
            if chunk.section is not None:
                assert len(chunk.headings) == len(chunk.section.ancestors) + 1


def test_facts_of_chunks_are_those_of_the_document() -> None:
    for doc in documents():
        chunks = doc.chunks(300)
        inside = [m.id for chunk in chunks for m in chunk.metrics]
        assert inside == sorted(set(inside)) and set(inside) <= {m.id for m in doc.metrics}
        text = sum(1 for m in doc.metrics if any(p.span.start <= m.span.start < p.span.stop for p in doc.paragraphs))
        assert len(inside) >= text * 0.95 or len(doc.tables)


def test_sizes_are_counted_as_wished() -> None:
    doc = gongwen.read(REPORTS[-1])
    asked: List[str] = []

    def tokens(text: str) -> int:
        asked.append(text)
        return len(text.encode())

    assert [c.text for c in doc.chunks(300, length=tokens)] != [c.text for c in doc.chunks(300)]
    assert len(asked) <= 2 * len(doc.text)
    for chunk in doc.chunks(300, length=tokens):
        # What is longer is one sentence under its headings, with who is responsible in brackets after it.
        text = re.sub(r"（(?:[^（）]|（[^（）]*）)*）$", "", chunk.text.rsplit("\n", 1)[-1])
        text = text.split(f"{chunk.headings[-1]}。", 1)[-1] if chunk.headings else text
        assert len(chunk.text.encode()) <= 300 or "。" not in text[:-1], chunk.text
    with pytest.raises(ZeroDivisionError):
        doc.chunks(length=lambda text: 1 // 0)
    with pytest.raises(ValueError, match='"section", "paragraph" or "sentence", not "page"'):
        doc.chunks(unit="page")  # type: ignore[arg-type]
    long = gongwen.parse("一、甲\n" + "全年检查2次。" * 40)
    first, second = long.chunks(50, overlap=14)[:2]
    assert second.span.start < first.span.stop and len(second.text) <= 50


def test_langchain() -> None:
    pytest.importorskip("langchain_text_splitters")
    from gongwen.langchain import GongwenSplitter
    from langchain_core.documents import Document

    splitter = GongwenSplitter(max_chars=120, add_start_index=True)
    made = splitter.split_documents([Document(page_content=TEXT, metadata={"source": "a"})])
    wanted = gongwen.parse(TEXT).chunks(120)
    assert [d.page_content for d in made] == [c.text for c in wanted] == splitter.split_text(TEXT)
    assert made[1].metadata["source"] == "a" and made[1].metadata["headings"] == " › ".join(wanted[1].headings)
    assert made[1].metadata["start_index"] == wanted[1].span.start
    titled = GongwenSplitter(max_chars=120, context=True).create_documents(["一、甲\n全年学法4次。"], [{"title": "清河县2023年工作报告"}])
    assert titled[0].page_content.splitlines()[0] == "清河县2023年工作报告 › 甲"
    tokens = GongwenSplitter(max_chars=100, length_function=lambda text: len(text.encode()))
    assert tokens.split_text(TEXT) != GongwenSplitter(max_chars=100).split_text(TEXT)


def test_llamaindex() -> None:
    pytest.importorskip("llama_index.core")
    from gongwen.llamaindex import GongwenNodeParser
    from llama_index.core import Document

    nodes = GongwenNodeParser(max_chars=120).get_nodes_from_documents([Document(text=TEXT, metadata={"source": "a"})])
    wanted = gongwen.parse(TEXT).chunks(120)
    assert [node.get_content() for node in nodes] == [c.text for c in wanted]
    assert nodes[1].metadata["source"] == "a" and wanted[1].section is not None
    assert nodes[1].metadata["section"] == wanted[1].section.path
    node: Any = nodes[1]
    assert (node.start_char_idx, node.end_char_idx) == (wanted[1].span.start, wanted[1].span.stop)
