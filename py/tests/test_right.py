"""Ordinary calls give what they seem to give, or say what to write instead."""

from __future__ import annotations

import datetime
import pickle
import sys
from pathlib import Path
from typing import Any, Dict, List, Tuple

import gongwen
import pytest
from conftest import REPORTS, TEXT


def test_the_documents_year_and_the_facts_own() -> None:
    doc = gongwen.parse("清河县2023年法治政府建设年度报告\n一、主要举措\n2021年至2023年办结案件90件。2022年集体学法4次。\n", name="a")
    rows = gongwen.Corpus([doc]).metrics.to_dicts()
    assert [row["document_year"] for row in rows] == [2023, 2023]
    assert [row["year"] for row in rows if row["text"] == "4次"] == [2022]
    long = [row for row in rows if row["text"] == "90件"][0]
    assert long["year"] is None or long["period_from"].year == long["period_to"].year == long["year"]
    assert "year" not in gongwen.Corpus([doc]).responsibilities.columns


@pytest.mark.parametrize("path", ["/a/path", "reports/a.txt", "./a.html", "C:\\data\\a.docx", "报告.pdf", "../b/c"])
def test_a_path_is_no_text(path: str) -> None:
    with pytest.raises(ValueError, match=r"is a path and no text; write gongwen\.read"):
        gongwen.parse(path)
    with pytest.raises(ValueError, match=r"write pathlib\.Path"):
        gongwen.parse_many([path])


def test_a_text_among_texts_may_be_a_file_name() -> None:
    """A page may say no more than the name of its attachment; a list that begins with a name is a list of names."""
    assert [doc.text for doc in gongwen.parse_many(["办结9件。", "关于检查结果的通报.pdf"])] == ["办结9件。", "关于检查结果的通报.pdf"]
    with pytest.raises(ValueError, match=r"item 0.*write pathlib\.Path"):
        gongwen.parse_many(["关于检查结果的通报.pdf", "办结9件。"])


def test_a_text_that_has_a_slash_or_a_point_is_a_text() -> None:
    for text in ("/", "办结9件/年", "12.5%", "a/b", "见http://a.cn/b.html。", "一、甲\n/a/path", "", "3.2.1", "报告见a.txt。全年学法4次"):
        assert gongwen.parse(text).text == text


def test_frames_and_columns() -> None:
    pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    data = {"id": ["x", "y"], "body": ["办结案件9件。", "办结案件12件。"], "title": ["清河县2023年工作报告", None], "n": [1, 2]}
    for frame in (pandas.DataFrame(data), polars.DataFrame(data), pyarrow.table(data), pyarrow.record_batch(data)):
        with pytest.raises(TypeError, match=r"text=, the column that holds the texts; it has id, body, title, n"):
            gongwen.parse_many(frame)
        corpus = gongwen.parse_many(frame, text="body", name="id", title="title", keep=["n"])
        assert [doc.name for doc in corpus] == ["x", "y"]
        rows = corpus.metrics.to_dicts()
        assert [(row["value"], row["place"], row["document_year"], row["n"]) for row in rows] == [
            (9, "清河县", 2023, 1), (12, None, None, 2),
        ]  # fmt: skip
        with pytest.raises(ValueError, match="no column 'nr' for keep="):
            gongwen.parse_many(frame, text="body", keep=["nr"])
    series = pandas.Series(data["body"], index=["甲", "乙"])
    assert [doc.name for doc in gongwen.parse_many(series)] == ["甲", "乙"]
    for column in (polars.Series(data["body"]), pyarrow.array(data["body"]), pyarrow.chunked_array([data["body"]])):
        assert [doc.metrics[0].value for doc in gongwen.parse_many(column)] == [9, 12]
    assert [doc.name for doc in gongwen.parse_many(pandas.DataFrame(data, index=["p", "q"]), text="body")] == ["p", "q"]


def test_missing_texts_are_told_with_their_place() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": ["办结9件。", None, float("nan"), "办结8件。"], "year": [2023, None, 2022, 2021]})
    with pytest.raises(TypeError, match="there is no text; item 1 is"):
        gongwen.parse_many(frame)
    corpus = gongwen.parse_many(frame, year="year", errors="collect")
    assert [doc.year for doc in corpus] == [2023, 2021]
    assert [failure.position for failure in corpus.failures] == [1, 2]


def test_everything_wrong_with_one_item_is_collected(tmp_path: Path) -> None:
    items: List[Any] = [TEXT, None, 3.5, tmp_path / "missing.txt", "/a/path", gongwen.Input("甲。", published="soon"), b"\0" * 99, TEXT]
    corpus = gongwen.parse_many(items, errors="collect")
    assert len(corpus) == 2
    assert [failure.position for failure in corpus.failures] == [1, 2, 3, 4, 5, 6]
    assert isinstance(corpus.failures[4].error, ValueError) and "binary" in corpus.failures[5].message


def test_frames_of_the_tables_themselves() -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    rows = gongwen.parse_many(REPORTS).metrics
    frame = pandas.DataFrame(rows)
    assert list(frame.columns) == rows.columns and len(frame) == len(rows)
    assert frame["value"].tolist() == rows.to_pandas()["value"].tolist()
    assert frame["document"].tolist() == rows.to_pandas()["document"].tolist()
    # polars of today has of a stream a series of structs, unnested it is the frame; that for CPython 3.9 has the frame.
    found = polars.from_arrow(rows)
    assert (found if isinstance(found, polars.DataFrame) else found.struct.unnest()).equals(rows.to_polars())


@pytest.mark.skipif(sys.platform == "win32", reason="programs of Unix")
def test_a_binary_is_no_document() -> None:
    with pytest.raises(gongwen.Error, match="binary files are not read"):
        gongwen.read(sys.executable if Path(sys.executable).stat().st_size < 60_000_000 else "/bin/ls")
    for data in (bytes(range(32)) * 9, b"\x7fELF" + b"\0" * 200):
        with pytest.raises(gongwen.Error, match="binary files are not read"):
            gongwen.read(data)


def test_hints_say_what_the_text_does_not() -> None:
    doc = gongwen.parse("一、主要举措\n6月底前培训200人。\n", title="清河县2023年法治政府建设年度报告", url="https://example.org/1")
    assert (doc.place, doc.year, doc.title) == ("清河县", 2023, "清河县2023年法治政府建设年度报告")
    assert doc.url == "https://example.org/1" and doc.place is not None and doc.place.span == slice(0, 0)
    own = gongwen.parse(TEXT, place="白石县", year=1999, title="白石县2001年工作要点")
    assert own == gongwen.parse(TEXT) and own.year == 2023
    due = gongwen.parse("一、任务\n6月底前完成。\n", published="2024-02-01")
    assert due.deadlines[0].date == datetime.date(2024, 6, 30) and due.published == datetime.date(2024, 2, 1)
    named = gongwen.parse("一、甲\n白石县办结9件。\n", place="白石县")
    assert named.place is not None and named.text[named.place.span] == "白石县"
    for thing in (doc, due, named):
        again = pickle.loads(pickle.dumps(thing))
        assert again == thing and (again.place, again.url, again.published) == (thing.place, thing.url, thing.published)
    wrong: Dict[str, Any]
    for wrong, error in (({"published": "2024-13-01"}, ValueError), ({"title": 3}, TypeError), ({"year": "2024"}, TypeError)):
        with pytest.raises(error):
            gongwen.parse("甲。", **wrong)


def test_columns_on_request_and_what_is_kept() -> None:
    corpus = gongwen.parse_many([gongwen.Input(TEXT, name="a", keep={"source": "x", "n": 1, "unit": "own"}), TEXT])
    rows = corpus.metrics.with_columns("sentence", "heading", "section_role")
    first, other = rows[0], rows.to_dicts()[0]
    assert first.section is not None
    assert other["sentence"] == first.sentence and other["section_role"] == first.section.role
    assert other["heading"].split(" › ")[-1] == first.section.heading
    assert (other["source"], other["n"], other["kept_unit"], other["unit"]) == ("x", 1, "own", first.unit)
    assert rows.to_dicts()[-1]["source"] is None
    assert pickle.loads(pickle.dumps(rows)).columns == rows.columns
    assert rows != corpus.metrics and rows[1:].columns == rows.columns
    with pytest.raises(ValueError, match='"role" is no further column of metrics; it has sentence, heading, section_role'):
        corpus.metrics.with_columns("role")
    pyarrow = pytest.importorskip("pyarrow")
    assert pyarrow.table(rows)["n"].to_pylist()[0] == 1


def test_duplicates_are_marked() -> None:
    again = "\n\n".join(line.strip() for line in TEXT.replace("，", ",").splitlines())
    corpus = gongwen.parse_many({"a": TEXT, "b": "另一份文件。", "c": again, "d": TEXT})
    assert [row["duplicate_of"] for row in corpus.documents.to_dicts()] == [None, None, "a", "a"]


def test_tasks_join_what_belongs_to_one() -> None:
    plan = (
        "临江市2024年工作要点\n一、重点任务\n"
        "（一）清理文件。6月底前清理文件20件，每季度通报。（牵头单位：市住建局；配合单位：市府办；督办单位：市委督查室）\n"
        "（二）公开案例。年底前完成。（责任单位：市司法局、市人社局）\n（三）加强宣传。\n"
    )
    rows: List[Tuple[Any, ...]] = [
        (t["heading"], t["lead"], t["support"], t["responsible"], t["supervise"], t["deadlines"], t["frequencies"], t["metrics"])
        for t in gongwen.parse(plan).tasks.to_dicts()
    ]
    assert rows == [
        ("重点任务 › 清理文件", ["市住建局"], ["市府办"], [], ["市委督查室"], ["6月底前"], ["每季度"], ["20件"]),
        ("重点任务 › 公开案例", [], [], ["市司法局", "市人社局"], [], ["年底前"], [], []),
        ("重点任务 › （三）", [], [], [], [], [], [], []),
    ]
    task = gongwen.parse(plan).tasks[0]
    assert task.lead[0].span == slice(*[gongwen.parse(plan).text.index("市住建局"), gongwen.parse(plan).text.index("市住建局") + 4])
    assert gongwen.parse(plan).tasks.to_dicts()[0]["unit_canonical"] == ["市住房和城乡建设局", "市人民政府办公室", "市委督查室"]
    assert gongwen.parse(plan).responsibilities.to_dicts()[-1]["unit_canonical"][1] == "市人力资源和社会保障局"
