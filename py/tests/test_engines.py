"""Polars, DuckDB and plain Arrow find what a corpus finds; a document that fails is a row that says so."""

from __future__ import annotations

from typing import Any, List

import gongwen
import pytest
from conftest import REPORTS, TEXT

pyarrow = pytest.importorskip("pyarrow")

TABLES = ["documents", "metrics", "responsibilities", "deadlines", "tasks"]


@pytest.fixture(scope="module")
def texts() -> List[str]:
    return [TEXT, *(path.read_text("utf-8") for path in REPORTS)]


def flat(rows: Any, table: str) -> List[Any]:
    return [{key: value for key, value in row.items() if key != "document"} for row in getattr(rows, table).to_arrow().to_pylist()]


def test_a_batch_becomes_a_batch(texts: List[str]) -> None:
    from gongwen import arrow

    batch = pyarrow.record_batch({"id": list(range(len(texts))), "text": texts, "at": ["清河县"] * len(texts)})
    out = arrow.parse(batch, tables=TABLES, keep=["id"], place="at", threads=2)
    out.validate(full=True)
    assert isinstance(out, pyarrow.RecordBatch) and out.schema.names == ["id", "document", *TABLES[1:], "error"]
    assert out.schema.names[1:] == arrow.schema(TABLES).names and out["error"].null_count == len(texts)
    for at, text in enumerate(texts):
        doc = gongwen.parse(text, place="清河县")
        for table in TABLES[1:]:
            assert out[table][at].as_py() == flat(doc, table)
        assert out["document"][at].as_py()["place"] == doc.place
    assert arrow.schema(TABLES).metadata[b"gongwen"] == b"gongwen-arrow/1"
    assert arrow.schema("metrics", nested=False).equals(gongwen.Corpus([]).metrics.to_arrow().schema)


def test_a_limit_makes_a_row_that_names_it() -> None:
    from gongwen import arrow

    batch = pyarrow.record_batch({"text": ["办结案件9件。" * 10, "办结案件9件。"]})
    found = [arrow.parse(batch, limits={"text": 50})["error"].to_pylist()]
    found.append(arrow.parse_stream(pyarrow.table(batch).to_reader(), limits={"text": 50}).read_all()["error"].to_pylist())
    polars = pytest.importorskip("polars")
    import gongwen.polars

    frame = polars.DataFrame(batch).select(gongwen.polars.parse("text", limits={"text": 50})).unnest("gongwen")
    found.append(frame["error"].to_list())
    duckdb = pytest.importorskip("duckdb")
    import gongwen.duckdb

    con = duckdb.connect()
    gongwen.duckdb.register(con, limits={"text": 50})
    found.append([row[0] for row in con.sql("select gongwen(text).error from batch").fetchall()])
    for long, short in found:
        assert "raise `limits.text`" in long and short is None
    with pytest.raises(ValueError, match="is no limit"):
        arrow.parse(batch, limits={"lines": 5})


def test_every_kind_of_column(texts: List[str]) -> None:
    from gongwen import arrow

    wanted = arrow.parse(pyarrow.array(texts))
    kinds = [pyarrow.large_string(), pyarrow.string_view(), pyarrow.binary(), pyarrow.large_binary()]
    for kind in kinds:
        assert arrow.parse(pyarrow.array(texts, kind))["metrics"].equals(wanted["metrics"]), kind
    coded = pyarrow.array(texts).dictionary_encode()
    assert arrow.parse(coded).equals(wanted)
    part = pyarrow.array(["x", *texts]).slice(1)
    assert arrow.parse(part).equals(wanted)
    table = arrow.parse(pyarrow.chunked_array([texts[:2], texts[2:]]))
    assert table.combine_chunks().to_batches()[0].equals(wanted)
    assert arrow.parse_stream(pyarrow.table({"text": texts}).to_reader(2)).read_all().combine_chunks().to_batches()[0].equals(wanted)
    assert arrow.parse(pyarrow.table({"text": pyarrow.array([], pyarrow.string())})).num_rows == 0
    with pytest.raises(TypeError, match="a column of Int64; a column of strings or of binary"):
        arrow.parse(pyarrow.array([1, 2]))
    with pytest.raises(ValueError, match="no column 'text'; there are body"):
        arrow.parse(pyarrow.table({"body": texts}))


def test_a_document_that_fails_is_a_row() -> None:
    from gongwen import arrow

    data = pyarrow.array(["办结9件。".encode(), b"%PDF-1.7 ...", None, b"\0" * 64, b""], pyarrow.binary())
    out = arrow.parse(data, tables=["documents", "metrics"])
    assert out["metrics"].is_valid().to_pylist() == [True, False, False, False, True]
    assert out["document"].is_valid().to_pylist() == [True, False, False, False, True]
    errors = out["error"].to_pylist()
    assert errors[0] is None and "PDF" in errors[1] and errors[2] == "there is no text" and "binary" in errors[3] and errors[4] is None


def test_polars(texts: List[str]) -> None:
    polars = pytest.importorskip("polars")
    import gongwen.polars

    frame = polars.DataFrame({"id": range(len(texts) + 1), "text": [*texts, None], "t": ["清河县2023年工作报告"] * (len(texts) + 1)})
    query = frame.lazy().select("id", gongwen.polars.parse(polars.col("text"), tables=["metrics", "tasks"], title="t")).unnest("gongwen")
    got = query.collect()
    assert got.schema == query.collect_schema() and got["error"].null_count() == len(texts)
    assert got.equals(query.collect(engine="streaming").sort("id"))
    metrics = got.select("metrics").explode("metrics").unnest("metrics").drop_nulls("value")
    assert metrics["value"].to_list() == gongwen.parse_many(texts).metrics.to_polars()["value"].to_list()


def test_duckdb(texts: List[str]) -> None:
    duckdb = pytest.importorskip("duckdb")
    import gongwen.duckdb

    con = duckdb.connect()
    gongwen.duckdb.register(con, tables=["metrics", "responsibilities"])
    source = pyarrow.table({"id": range(len(texts) + 1), "text": [*texts, None]})
    con.register("source", source)
    rows = con.sql("select id, m.value, m.subject from (select id, unnest(gongwen(text).metrics) m from source) order by id, m.start").fetchall()
    wanted = [(at, float(m.value), list(m.subject)) for at, text in enumerate(texts) for m in gongwen.parse(text).metrics]
    assert rows == wanted and len(rows) > 20
    assert con.sql("select gongwen(text).error from source where id = 8 or text is null").fetchall()[-1] == ("there is no text",)


def test_spark_gets_the_rows_of_a_large_batch_in_parts(texts: List[str]) -> None:
    import gongwen.spark
    from gongwen import arrow

    count = 2 * gongwen.spark.DOCUMENTS + 10
    batch = pyarrow.record_batch({"id": list(range(count)), "text": [f"办结案件{n}件。" for n in range(count)]})
    whole = arrow.parse(batch, tables=["metrics", "tasks"], keep="id")
    # A batch may itself be a part of a larger one.
    for given in ([batch], [batch.slice(0, 300), batch.slice(300)], [batch.slice(0, 0), batch]):
        found = list(gongwen.spark.parser(tables=["metrics", "tasks"], keep="id")(given))
        assert max(part.num_rows for part in found) <= gongwen.spark.DOCUMENTS
        assert pyarrow.Table.from_batches(found).to_pylist() == whole.to_pylist()
