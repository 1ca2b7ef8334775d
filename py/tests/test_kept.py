"""What was written can be read: documents from their JSON form, a corpus from its file."""

from __future__ import annotations

import datetime
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any, Dict, List

import gongwen
import pytest
from conftest import REPORTS, TEXT
from gongwen._scan import TABLES


def plain(rows: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Numbers as the form has them: a third has fewer digits in it than in the document."""
    return [{key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()} for row in rows]


def assert_same(a: gongwen.Corpus, b: gongwen.Corpus) -> None:
    assert [doc.name for doc in a] == [doc.name for doc in b]
    for table in TABLES:
        assert plain(getattr(a, table).to_dicts()) == plain(getattr(b, table).to_dicts()), table
    for left, right in zip(a, b):
        assert (left.text, left.title, left.place, left.url, left.kept) == (right.text, right.title, right.place, right.url, right.kept)
        assert left.to_json(text=True) == right.to_json(text=True)
        assert [chunk.text for chunk in left.chunks()] == [chunk.text for chunk in right.chunks()]


def test_a_corpus_is_saved_and_loaded(tmp_path: Path) -> None:
    hints: Any = {"title": "清河县2023年工作报告", "published": datetime.date(2024, 3, 1), "url": "https://example.org/", "year": 2023}
    items: List[Any] = [*REPORTS, TEXT, "", gongwen.Input("办结9件。", "甲", **hints, keep={"n": 3, "x": 1.5, "b": True, "s": "乙", "none": None})]
    corpus = gongwen.parse_many([*items, tmp_path / "missing.txt"], errors="collect")
    corpus.save(tmp_path / "all.jsonl")
    again = gongwen.Corpus.load(tmp_path / "all.jsonl")
    assert_same(corpus, again)
    assert [failure[:3] for failure in again.failures] == [failure[:3] for failure in corpus.failures]
    # From a file of another version or hand, what was found is kept and not found again: in a pickle too.
    assert_same(again, pickle.loads(pickle.dumps(again)))
    assert [path.name for path in tmp_path.iterdir()] == ["all.jsonl"]


def test_a_document_of_its_form() -> None:
    for path in REPORTS:
        doc = gongwen.read(path)
        again = gongwen.Document.from_json(doc.to_json(text=True))
        assert again.to_json(text=True) == doc.to_json(text=True)
        assert gongwen.Document.from_json(doc.to_json(), text=doc.text, name="a").name == "a"
    page = gongwen.read("<h1>清河县2023年工作报告</h1><table><tr><th>指标<th>值<tr><td>学法<td>4次</table>".encode())
    assert gongwen.Document.from_json(page.to_json(text=True)).tables[0].rows == page.tables[0].rows


def test_a_dictionary_of_ones_own_stays_in_a_pickle() -> None:
    from gongwen.indicators import Dictionary

    own = Dictionary("id\tname\tunits\theads\nfiles\t抽查案卷\t件\t抽查行政处罚案卷\n")
    kept = gongwen.Document.from_json(gongwen.sample().to_json(text=True)).with_dictionary(own)
    again = pickle.loads(pickle.dumps(kept))
    assert [row.id for row in again.indicators] == [row.id for row in kept.indicators] == ["files"]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    form = gongwen.sample().to_json()
    with pytest.raises(gongwen.Error, match="it has no text, and none was given"):
        gongwen.Document.from_json(form)
    with pytest.raises(gongwen.Error, match="not a gongwen/1 document"):
        gongwen.Document.from_json(form, text="另一份文件。")
    with pytest.raises(TypeError, match="takes the JSON form as str, not dict"):
        gongwen.Document.from_json(json.loads(form))
    with pytest.raises(gongwen.Error, match="not a gongwen/1 document"):
        gongwen.Document.from_json("[]")
    path = tmp_path / "a.jsonl"
    path.write_text(gongwen.sample().to_json(text=True) + "\n" + form + "\n", encoding="utf-8")
    with pytest.raises(gongwen.Error, match=r"a\.jsonl: line 2: .*it has no text"):
        gongwen.Corpus.load(path)
    with pytest.raises(gongwen.Error, match="no file of documents"):
        gongwen.Corpus.load(_binary(tmp_path))


def _binary(folder: Path) -> Path:
    path = folder / "b.bin"
    path.write_bytes(bytes(range(128, 256)))
    return path
