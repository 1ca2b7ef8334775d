"""Streams and files of tables: the same rows as a corpus', in bounded memory, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Dict, List

import gongwen
import pytest
from conftest import REPORTS, TEXT

pyarrow = pytest.importorskip("pyarrow")


def test_a_stream_has_the_rows_of_a_corpus() -> None:
    items: List[Any] = [*REPORTS, TEXT, gongwen.Input("办结案件9件。", title="清河县2023年工作报告")] * 3
    corpus = gongwen.parse_many(items)
    for table in gongwen._scan.TABLES:
        for batch in (1, 7, 1000):
            got = gongwen.scan(items, table, batch=batch).to_arrow()
            wanted = getattr(corpus, table).to_arrow()
            if table == "documents":
                wanted = wanted.drop_columns(["duplicate_of"])
            assert got.equals(wanted), (table, batch)


def test_several_tables_in_one_pass() -> None:
    found = gongwen.scan(REPORTS, ["metrics", "tasks"], columns=["sentence"], batch=3)
    pieces = list(found.batches())
    assert len(pieces) == (len(REPORTS) + 2) // 3 and found.documents == len(REPORTS)
    assert sum(len(piece["metrics"]) for piece in pieces) == len(gongwen.parse_many(REPORTS).metrics)
    assert "sentence" in pieces[0]["metrics"].columns and "sentence" not in pieces[0]["tasks"].columns
    with pytest.raises(TypeError, match="a scan of one table, and this one has metrics, tasks"):
        pyarrow.table(found)


def test_a_scan_is_lazy_and_can_be_read_again() -> None:
    read: List[int] = []

    class Texts:
        def __iter__(self) -> Any:
            for n in range(1000):
                read.append(n)
                yield f"办结案件{n}件。"

    found = gongwen.scan(Texts(), "metrics", batch=10)
    assert not read
    pieces = found.batches()
    assert next(pieces)["metrics"].num_rows == 10 and len(read) <= 40
    pieces.close()  # type: ignore[attr-defined]
    assert found.to_arrow().num_rows == found.to_arrow().num_rows == 1000


def test_failures_of_a_stream(tmp_path: Path) -> None:
    items: List[Any] = [TEXT, tmp_path / "missing.txt", None, TEXT]
    found = gongwen.scan(items, "documents", errors="collect", batch=2)
    assert found.to_arrow().num_rows == 2
    assert [failure.position for failure in found.failures] == [1, 2]
    with pytest.raises(Exception, match=r"missing\.txt: No such file"):
        gongwen.scan(items, "documents", batch=2).to_arrow()
    wrong: Dict[str, Any]
    for wrong, match in (({"tables": "facts"}, "no table 'facts'"), ({"columns": "role"}, "no further column 'role'"), ({"batch": 0}, "at least 1")):
        with pytest.raises(ValueError, match=match):
            gongwen.scan([], **wrong)
    assert gongwen.scan([], "metrics").to_arrow().column_names == gongwen.Corpus([]).metrics.columns


def test_columns_pass_through_with_the_types_of_the_first_batch() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"text": ["办结9件。"] * 6, "n": [1, 2, 3, 4, 5, 6], "who": list("abcdef")})
    got = polars.DataFrame(gongwen.scan(frame, "metrics", keep=["n", "who"], batch=2))
    assert got["n"].to_list() == [1, 2, 3, 4, 5, 6] and got["who"].to_list() == list("abcdef")


def test_parquet_of_all_tables(tmp_path: Path) -> None:
    import pyarrow.dataset

    told: List[int] = []
    items: List[gongwen.Source] = [*REPORTS, TEXT, tmp_path / "missing.txt"]
    written = gongwen.to_parquet(items, tmp_path / "out", shard=3, progress=told.append)
    corpus = gongwen.parse_many(items, errors="collect")
    assert written.documents == len(corpus) == told[-1] and written.failures[0].position == len(items) - 1
    for table in gongwen._scan.TABLES:
        got = pyarrow.dataset.dataset(tmp_path / "out" / table).to_table() if written.rows[table] else None
        wanted = getattr(corpus, table)
        assert written.rows[table] == len(wanted) == (got.num_rows if got is not None else 0), table
    # Again: nothing is read. Another document: its shard only.
    again = gongwen.to_parquet(items, tmp_path / "out", shard=3)
    assert again.resumed == (len(items) + 2) // 3 and again[1:4] == written[1:4]
    more = gongwen.to_parquet([*items, "办结9件。"], tmp_path / "out", shard=3)
    assert more.resumed == len(items) // 3 and more.documents == written.documents + 1
    # Fewer: what is over is gone.
    few = gongwen.to_parquet(items[:3], tmp_path / "out", shard=3)
    assert few.documents == 3 and [path.name for path in (tmp_path / "out" / "metrics").iterdir()] == ["part-000000.parquet"]


def test_a_folder_that_holds_another_run(tmp_path: Path) -> None:
    def files() -> Dict[str, bytes]:
        return {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    gongwen.to_parquet(REPORTS[:4], tmp_path, ["metrics", "tasks"], shard=2)
    before = files()
    assert any(name.startswith("tasks/") for name in before)
    refused: List[Any] = [
        (REPORTS[:4], {"tables": "metrics"}, "the tables metrics, tasks of another run, and this one writes metrics;"),
        (REPORTS[:4], {"tables": ["metrics", "tasks"], "partition": "place"}, "divided by nothing, and this run divides by place"),
        (REPORTS[4:7], {"tables": ["metrics", "tasks"]}, "the files of other documents;"),
        ([], {"tables": ["metrics", "tasks"]}, "none were given"),
    ]
    for items, options, match in refused:
        with pytest.raises(FileExistsError, match=f"{match}.*take another folder, or overwrite=True"):
            gongwen.to_parquet(items, tmp_path, shard=2, **options)
        assert files() == before, match
    # A run that wrote nothing is in nobody's way.
    with pytest.raises(gongwen.Error):
        gongwen.to_parquet([tmp_path / "missing.txt"], tmp_path / "new", errors="raise")
    assert gongwen.to_parquet(REPORTS[:1], tmp_path / "new", "metrics").documents == 1
    shutil.rmtree(tmp_path / "new")
    # The order of the tables tells no runs apart; neither does another document, or one that comes first.
    assert gongwen.to_parquet(REPORTS[:4], tmp_path, ["tasks", "metrics"], shard=2).documents == 4
    assert gongwen.to_parquet([REPORTS[5], *REPORTS[:4]], tmp_path, ["metrics", "tasks"], shard=2).documents == 5
    (tmp_path / "notes.txt").write_text("mine")
    written = gongwen.to_parquet(REPORTS[4:7], tmp_path, "metrics", overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["_gongwen", "metrics", "notes.txt"]
    assert [path.name for path in (tmp_path / "metrics").iterdir()] == ["part-000000.parquet"] and written.documents == 3
    assert gongwen.to_parquet(REPORTS[:2], tmp_path, "metrics", overwrite=True).documents == 2
    assert gongwen.to_parquet(REPORTS[:2], tmp_path, "metrics", overwrite=True).resumed == 1


def test_a_year_that_no_document_has_any_more(tmp_path: Path) -> None:
    import pyarrow.dataset

    texts = ["办结1件。", "办结2件。"]
    gongwen.to_parquet([gongwen.Input(t, str(n), year=2020 + n) for n, t in enumerate(texts)], tmp_path, "metrics", partition="document_year")
    gongwen.to_parquet([gongwen.Input(t, str(n), year=2020 + n // 9) for n, t in enumerate(texts)], tmp_path, "metrics", partition="document_year")
    assert [path.name for path in (tmp_path / "metrics").iterdir()] == ["document_year=2020"]
    assert pyarrow.dataset.dataset(tmp_path / "metrics", partitioning="hive").count_rows() == 2


def test_parquet_tells_the_range_of_what_is_ordered(tmp_path: Path) -> None:
    import pyarrow.parquet

    items = [gongwen.Input(f"办结案件{n}件。", keep={"region": "北"}) for n in range(20)]
    gongwen.to_parquet(items, tmp_path, "metrics")
    (file,) = (tmp_path / "metrics").iterdir()
    group = pyarrow.parquet.ParquetFile(file).metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    told = {column.path_in_schema for column in columns if column.is_stats_set}
    assert {"document", "place", "region", "id", "value", "period_from", "year", "start"} <= told
    assert told.isdisjoint({"text", "unit", "modality", "subject.list.element"})


def test_parquet_is_written_again_for_another_text_or_hint(tmp_path: Path) -> None:
    def resumed(item: Any) -> int:
        return gongwen.to_parquet([gongwen.Input("办结案件1件。", name="first"), item], tmp_path, "metrics").resumed

    items: List[Any] = [
        gongwen.Input("办结案件9件。", name="second"),
        gongwen.Input("办结案件8件。", name="second"),
        gongwen.Input("办结案件8件。".encode(), name="second"),
        gongwen.Input("办结案件8件。", name="second", place="清河县"),
        gongwen.Input("办结案件8件。", name="third", place="清河县"),
    ]
    for item in items:
        assert resumed(item) == 0
        assert resumed(item) == 1


def test_what_to_parquet_does_not_take(tmp_path: Path) -> None:
    wrong: List[Any] = [
        (ValueError, r"to_parquet\(\): there is no table 'metric', only .*; did you mean 'metrics'\?", {"tables": "metric"}),
        (ValueError, r"to_parquet\(\): there is no further column 'sentense', only .*; did you mean 'sentence'\?", {"columns": "sentense"}),
        (TypeError, r"to_parquet\(\) has no argument 'partitions'; did you mean 'partition'\?", {"partitions": "place"}),
        (ValueError, r"to_parquet\(\) takes a batch of at least 1", {"batch": 0}),
        (ValueError, r"to_parquet\(\): metrics has no column 'plase' to divide by, .*did you mean 'place'", {"tables": "metrics", "partition": "plase"}),
        (TypeError, r"to_parquet\(\) takes overwrite as True or False, not str", {"overwrite": "yes"}),
    ]
    for error, match, options in wrong:
        with pytest.raises(error, match=match):
            gongwen.to_parquet(REPORTS, tmp_path / "out", **options)
    with pytest.raises(TypeError, match=r"to_parquet\(\) takes an iterable .*, not a folder; write gongwen\.find\("):
        gongwen.to_parquet(str(tmp_path), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_find_found_is_taken_as_it_is(tmp_path: Path) -> None:
    found = gongwen.find(REPORTS[0].parent, include="*.txt")
    assert len(gongwen.parse_many(found)) == len(found.files) == len(REPORTS)
    assert gongwen.scan(found, "documents").to_arrow().num_rows == len(REPORTS)
    assert gongwen.to_parquet(found, tmp_path, "documents").documents == len(REPORTS)
    with pytest.raises(FileNotFoundError, match="there is no such folder.*nofolder"):
        gongwen.find(tmp_path / "nofolder")


def test_parquet_divided_by_a_column(tmp_path: Path) -> None:
    import pyarrow.dataset

    items = [gongwen.Input(f"办结{n}件。", year=2020 + n % 3) for n in range(30)]
    gongwen.to_parquet(items, tmp_path, "metrics", partition="document_year", shard=10)
    assert sorted(path.name for path in (tmp_path / "metrics").iterdir()) == [f"document_year={year}" for year in (2020, 2021, 2022)]
    found = pyarrow.dataset.dataset(tmp_path / "metrics", partitioning="hive").to_table()
    assert sorted(found["value"].to_pylist()) == list(range(30))
    # The year that a document's other tables have as document_year is its own year.
    gongwen.to_parquet(items, tmp_path / "both", ["documents", "metrics"], partition="document_year", shard=10)
    of = pyarrow.dataset.dataset(tmp_path / "both" / "documents", partitioning="hive").to_table()
    assert of.num_rows == 30 and of["year"].to_pylist() == of["document_year"].to_pylist() and set(of["year"].to_pylist()) == {2020, 2021, 2022}
    with pytest.raises(ValueError, match="metrics has no column 'place_code' to divide by"):
        gongwen.to_parquet(items, tmp_path / "other", "metrics", partition="place_code")


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process as Unix does")
def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    import pyarrow.dataset
    from pyarrow import parquet

    code = (
        "import sys, gongwen\n"
        "texts = [('办结案件%d件。' % n) * 400 for n in range(1500)]\n"
        "gongwen.to_parquet(texts, sys.argv[1], ['metrics', 'documents'], shard=50, batch=10)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    deadline = time.time() + 600
    while len(list((tmp_path / "_gongwen").glob("*.json"))) < 3 and child.poll() is None and time.time() < deadline:
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    done = len(list((tmp_path / "_gongwen").glob("*.json")))
    for path in tmp_path.rglob("*.parquet"):
        if "_gongwen" not in path.parts:
            parquet.read_table(path)
    texts = [f"办结案件{n}件。" * 400 for n in range(1500)]
    written = gongwen.to_parquet(texts, tmp_path, ["metrics", "documents"], shard=50, batch=10)
    assert written.documents == 1500 and 3 <= done <= written.resumed + 1
    assert pyarrow.dataset.dataset(tmp_path / "metrics").count_rows() == written.rows["metrics"] == 1500 * 400
    assert not list(tmp_path.rglob("*.work")) and not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads /proc")
def test_memory_is_that_of_a_batch() -> None:
    code = (
        "import sys, gongwen\n"
        "def peak():\n"
        "    return int(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])\n"
        "text = '办结案件9件，其中调解4件。由县司法局牵头，县财政局配合。' * 60\n"
        "def run(n):\n"
        "    for batch in gongwen.scan((f'{i}{text}' for i in range(n)), ['metrics', 'responsibilities'], batch=64).batches(): pass\n"
        "run(500); before = peak(); run(2000); print(peak() / before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    # Four times as many documents; threads and the allocator make a few tenths.
    assert float(done.stdout) < 1.6


def test_lines_of_a_batch() -> None:
    texts = ["办结“A,B”案件9件，\"引\"|号；一、甲\n满意度98.5%。"]
    batch = next(gongwen.scan([gongwen.Input(texts[0], name='a,"b"\n|c')], "metrics").batches())["metrics"]
    rows = gongwen.parse_many({'a,"b"\n|c': texts[0]}).metrics.to_dicts()
    objects = [json.loads(line) for line in batch.to_jsonl().splitlines()]
    assert [o["document"] for o in objects] == [row["document"] for row in rows]
    assert [o["value"] for o in objects] == [float(row["value"]) for row in rows]
    import csv
    import io

    cells = list(csv.DictReader(io.StringIO(batch.to_csv(header=True), newline="")))
    assert [cell["document"] for cell in cells] == [row["document"] for row in rows]
    assert [float(cell["value"]) for cell in cells] == [float(row["value"]) for row in rows]
    assert batch.filter([("value", ">", "50")]).num_rows == 1 and batch.select(["unit"]).columns == ["unit"]
