"""Documents and rows are values: they never change, compare by what they are, and survive a pickle."""

from __future__ import annotations

import copy
import gc
import pickle
import sys
import threading
import weakref
from decimal import Decimal
from typing import Any, Dict, List

import gongwen
import pytest
from conftest import TEXT

TABLES = "metadata sections paragraphs items metrics responsibilities deadlines references tasks indicators tables diagnostics".split()


def things() -> List[Any]:
    doc = gongwen.parse(TEXT, name="a")
    out: List[Any] = [doc, gongwen.parse_many([TEXT, "一、甲"]), doc.title, doc.sections[0].marker, doc.sections[0].heading]
    assert None not in out
    for table in TABLES:
        rows = getattr(doc, table)
        out += [rows, rows[::-1], *rows]
    return out


def test_nothing_can_be_set_or_deleted() -> None:
    for thing in things():
        for name in ("text", "span", "new_attribute", "name", "section"):
            with pytest.raises((AttributeError, TypeError)):
                setattr(thing, name, 1)
        with pytest.raises((AttributeError, TypeError)):
            del thing.span
        with pytest.raises(TypeError):
            thing[0] = 1


def test_equal_things_are_equal_and_hash_alike() -> None:
    for a, b in zip(things(), things()):
        assert a == b
        assert not (a != b)
        assert hash(a) == hash(b)
        assert repr(a) == repr(b)
        assert a != 3 and a != None  # noqa: E711
    doc = gongwen.parse(TEXT)
    assert doc != gongwen.parse(TEXT + "。")
    assert doc == gongwen.parse(TEXT, name="other name")
    assert doc != gongwen.parse(TEXT, facts=False)
    assert doc.metrics[0] != doc.metrics[1]
    assert doc.metrics[0] != doc.sections[0]
    assert doc.metrics[:2] != doc.metrics[1:3]
    assert len({doc.metrics[0], doc.metrics[0], doc.metrics[1]}) == 2


def test_copies_are_the_thing_itself() -> None:
    for thing in things():
        assert copy.copy(thing) is thing
        assert copy.deepcopy(thing) is thing


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(protocol: int) -> None:
    for thing in things():
        again = pickle.loads(pickle.dumps(thing, protocol))
        assert again == thing and type(again) is type(thing)
    doc = gongwen.parse(TEXT, name="a", year=2020, checks=False)
    again = pickle.loads(pickle.dumps(doc, protocol))
    assert again.to_json() == doc.to_json()
    assert again.name == "a"


def test_a_pickle_holds_a_document_once() -> None:
    doc = gongwen.parse(TEXT * 10)
    one, all_ = len(pickle.dumps(doc)), len(pickle.dumps(list(doc.metrics)))
    assert len(doc.metrics) > 20
    assert all_ < one + 100 * len(doc.metrics)
    rows = pickle.loads(pickle.dumps(list(doc.metrics)))
    assert rows[0].document is rows[1].document


def test_rows_keep_their_document_alive_and_let_it_go() -> None:
    doc = gongwen.parse(TEXT)
    seen = weakref.ref(doc)
    metric = doc.metrics[0]
    del doc
    gc.collect()
    assert metric.document is seen()
    assert metric.value == Decimal(4)
    del metric
    gc.collect()
    assert seen() is None


def test_text_is_a_string_that_knows_its_place() -> None:
    doc = gongwen.parse(TEXT)
    unit = doc.metrics[1].unit
    counts: Dict[str, int] = {unit: 1}
    assert isinstance(unit, str) and unit == "件" and unit + "数" == "件数" and counts["件"] == 1
    assert unit.text == "件" and type(unit.text) is str and type(str(unit)) is str
    assert f"{unit}" == "件"
    assert doc.text[unit.span] == "件"
    marker = doc.sections[0].marker
    assert marker is not None and marker.style == "cn_comma"


def test_the_tree() -> None:
    doc = gongwen.parse(TEXT)
    assert [s.path for s in doc.outline] == ["一", "二", "三"]
    first = doc.outline[0]
    assert [c.path for c in first.children] == ["一/（一）", "一/（二）"]
    assert all(c.parent == first and c.ancestors == (first,) for c in first.children)
    assert list(first.descendants) == list(first.children)
    assert first.parent is None and doc.outline[1].children == ()
    assert first.text == doc.text[first.span]
    assert [p.section for p in first.children[1].paragraphs] == [first.children[1]]
    assert "审批时限" in first.children[1].own_text
    by_section = [m for m in doc.metrics if m.section in (first, *first.descendants)]
    assert list(first.metrics) == by_section
    assert list(first.responsibilities) == [r for r in doc.responsibilities if r.section in first.children]


def test_facts_point_at_each_other() -> None:
    doc = gongwen.parse("办结案件9件，其中调解4件。推进改革。（责任单位：市委编办；完成时限：2024年12月）")
    assert doc.metrics[1].part_of == doc.metrics[0]
    assert doc.responsibilities[0].deadline == doc.deadlines[0]


def test_no_constructor_but_the_corpus() -> None:
    for name in ("Document", "Rows", "Section", "Metric", "Deadline"):
        with pytest.raises(TypeError):
            getattr(gongwen, name)()
    doc = gongwen.parse(TEXT)
    corpus = gongwen.Corpus([doc])
    assert corpus[0] is doc and corpus.failures == ()
    for wrong in (3, ["text"], [doc, None]):
        with pytest.raises(TypeError, match="takes documents"):
            gongwen.Corpus(wrong)  # type: ignore[arg-type]


def test_markdown_and_html() -> None:
    markdown = gongwen.parse(TEXT).to_markdown()
    assert "# 𠮷林县2023年法治政府建设年度报告" in markdown
    assert "## 一、主要举措和成效" in markdown and "### （一）加强组织领导" in markdown
    for piece in ("集体学法4次", "一是执法力量不足", "2024年1月15日"):
        assert markdown.count(piece) == 1, markdown


def test_size_counts_text_and_rows() -> None:
    doc = gongwen.parse(TEXT)
    assert sys.getsizeof(doc) > len(TEXT.encode()) + 100 * len(doc.metrics)


def test_threads_may_share_everything() -> None:
    doc = gongwen.parse(TEXT)
    wanted = doc.to_json()
    wrong: List[object] = []

    def work() -> None:
        for _ in range(200):
            if doc.to_json() != wanted or doc.text != TEXT or [m.text for m in doc.metrics] != texts:
                wrong.append(1)

    texts = [m.text for m in doc.metrics]
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_an_iterator_may_be_shared_by_threads() -> None:
    doc = gongwen.parse("办结案件9件。" * 3000)
    rows = iter(doc.metrics)
    taken: List[List[int]] = [[] for _ in range(4)]
    threads = [threading.Thread(target=lambda t=t: t.extend(m.id for m in rows)) for t in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sum(taken, [])) == list(range(len(doc.metrics)))
