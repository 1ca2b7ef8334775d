"""Tables as sequences and as frames."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from typing import Any

import gongwen
import pytest
from conftest import REPORTS, TEXT

TABLES = (
    "documents metadata sections paragraphs items metrics responsibilities deadlines references tasks indicators tables diagnostics"
).split()


@pytest.fixture(scope="module")
def corpus() -> gongwen.Corpus:
    return gongwen.parse_many([*REPORTS, *(p.read_bytes() for p in REPORTS), TEXT, ""])


def test_a_table_is_a_sequence() -> None:
    rows = gongwen.parse(TEXT).metrics
    plain = list(rows)
    assert len(rows) == len(plain) > 5
    assert list(reversed(rows)) == plain[::-1]
    assert rows[-1] == plain[-1] and plain[0] in rows and 3 not in rows
    assert rows.index(plain[3]) == 3 and rows.count(plain[3]) == 1
    with pytest.raises(ValueError, match="no such row"):
        rows.index(plain[0], 1)
    with pytest.raises(ValueError, match="no such row"):
        rows.index("4次")
    for wrong in (len(plain), -len(plain) - 1):
        with pytest.raises(IndexError, match="metrics"):
            rows[wrong]
    with pytest.raises(TypeError, match="int or slice, not str"):
        rows["value"]  # type: ignore[call-overload]


def test_slices_of_slices() -> None:
    rows = gongwen.parse(TEXT).metrics
    plain = list(rows)
    roll = random.Random(7)
    for _ in range(300):
        a, b, c, d = (roll.choice([None, *range(-9, 10)]) for _ in range(4))
        step, again = roll.choice([None, 1, 2, 3, -1, -2]), roll.choice([None, 1, 2, -1, -3])
        part = rows[a:b:step]
        assert list(part) == plain[a:b:step]
        assert list(part[c:d:again]) == plain[a:b:step][c:d:again]


@pytest.mark.parametrize("table", TABLES)
def test_every_frame_says_what_the_rows_say(corpus: gongwen.Corpus, table: str) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    rows = getattr(corpus, table)
    dicts = rows.to_dicts()
    frame = pyarrow.table(rows)
    frame.validate(full=True)
    assert frame.column_names == rows.columns
    assert frame.num_rows == len(rows) == len(dicts)
    assert rows.columns[:3] == ["document", "place", "place_code" if table == "documents" else "document_year"]

    def same(got: Any, wanted: Any) -> bool:
        return float(wanted) == got if isinstance(wanted, Decimal) else bool(wanted == got)

    for got, wanted in zip(frame.to_pylist(), dicts):
        assert all(same(got[key], wanted[key]) for key in wanted), (got, wanted)
    assert pyarrow.schema(rows) == frame.schema
    part = rows[1::2]
    assert pyarrow.table(part).to_pylist() == frame.to_pylist()[1::2]


@pytest.mark.parametrize("table", TABLES)
def test_polars_pandas_duckdb(corpus: gongwen.Corpus, table: str) -> None:
    polars, pandas, duckdb = (pytest.importorskip(name) for name in ("polars", "pandas", "duckdb"))
    rows = getattr(corpus, table)
    frame = rows.to_polars()
    assert frame.columns == rows.columns and frame.height == len(rows)
    assert polars.DataFrame(rows).equals(frame)
    panda = rows.to_pandas()
    assert list(panda.columns) == rows.columns and len(panda) == len(rows)
    if hasattr(pandas.DataFrame, "from_arrow"):
        assert len(pandas.DataFrame.from_arrow(rows)) == len(rows)
    assert duckdb.sql("select count(*) from rows").fetchall() == [(len(rows),)]


def test_types_of_frames(corpus: gongwen.Corpus) -> None:
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    frame = corpus.metrics.to_polars()
    assert frame.schema["value"] == polars.Float64
    assert frame.schema["subject"] == polars.List(polars.String)
    assert frame.schema["period_from"] == polars.Date
    assert frame.schema["section"] == polars.Int64
    panda = corpus.metrics.to_pandas()
    assert panda["section"].dtype == "Int64" and panda["id"].dtype == "int64"
    assert pandas.api.types.is_datetime64_any_dtype(panda["period_from"])
    assert pandas.api.types.is_float_dtype(panda["value"])


def test_days_from_the_first_to_the_last_year() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    roll = random.Random(3)
    days = [datetime.date(2000, 2, 29), datetime.date(1970, 1, 1), datetime.date(1969, 12, 31)]
    days += [datetime.date.fromordinal(roll.randrange(693_596, 767_000)) for _ in range(300)]
    doc = gongwen.parse("".join(f"发布日期：{d.year}年{d.month}月{d.day}日\n" for d in days[:1]))
    if not len(doc.metadata):
        pytest.skip("the parser finds no metadata in this")
    for day in days:
        rows = gongwen.parse(f"发布日期：{day.year}年{day.month}月{day.day}日\n").metadata
        assert rows[0].date == day
        assert pyarrow.table(rows)["date"].to_pylist() == [day]


def test_the_leading_columns(corpus: gongwen.Corpus) -> None:
    row = corpus.metrics.to_dicts()[0]
    doc = corpus[row["document"]]
    assert (row["place"], row["document_year"]) == (doc.place, doc.year)
    assert doc.metrics.columns == corpus.metrics.columns[3:]
    assert corpus.metrics[0].document == doc


def test_empty_tables_keep_their_columns() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    doc = gongwen.parse("")
    for table in TABLES[1:]:
        frame = pyarrow.table(getattr(doc, table))
        assert frame.num_rows == 0 and frame.num_columns > 4, table
    assert pyarrow.table(gongwen.Corpus([]).metrics).num_columns == len(gongwen.Corpus([]).metrics.columns)


def test_a_stream_may_outlive_everything_and_be_dropped() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    reader = pyarrow.RecordBatchReader.from_stream(gongwen.parse(TEXT).metrics)
    assert reader.read_all().num_rows == len(gongwen.parse(TEXT).metrics)
    for _ in range(100):
        gongwen.parse(TEXT).metrics.__arrow_c_stream__()
        gongwen.parse(TEXT).metrics.__arrow_c_schema__()


def test_long_tables_come_in_batches() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    doc = gongwen.parse("办结案件9件。" * 150_000)
    reader = pyarrow.RecordBatchReader.from_stream(doc.metrics)
    sizes = [batch.num_rows for batch in reader]
    assert len(sizes) > 1 and sum(sizes) == len(doc.metrics) == 150_000


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    rows = gongwen.parse(TEXT).metrics
    for package in ("pandas", "polars", "pyarrow"):
        monkeypatch.setitem(sys.modules, package, None)
    for method, package in (("to_pandas", "pandas"), ("to_polars", "polars"), ("to_arrow", "pyarrow")):
        with pytest.raises(ImportError, match=f"pip install {package}"):
            getattr(rows, method)()
