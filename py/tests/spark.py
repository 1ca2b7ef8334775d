"""Spark on a local cluster of two workers: the same rows as a corpus', with failing documents and a worker killed.

    python py/tests/spark.py [--documents 3000] [--turns 3]

Needs pyspark and a Java of 17 or later. Prints what it measured; exits 1 when something is wrong. With turns it also times
Spark and `parse_many` with its frame in turn, until the metrics are counted and summed by unit, and until they are one table of
pyarrow: the documents lie in the executors' memory, and the first turn, which starts Python's workers, is not counted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

import gongwen
import gongwen.spark
from conftest import REPORTS, TEXT


def texts(count: int) -> List[bytes]:
    """Documents, every 500th of which is none."""
    own = [TEXT.encode(), *(path.read_bytes() for path in REPORTS)]
    return [b"%PDF-1.7 none" if n % 500 == 250 else own[n % len(own)] + f"\n第{n}份。".encode() for n in range(count)]


def processes() -> Dict[int, Tuple[bytes, float]]:
    """This program and what it started: the command line of each, and the seconds of processor time that it took."""
    parents: Dict[int, int] = {}
    found: Dict[int, Tuple[bytes, float]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                found[int(folder.name)] = (folder / "cmdline").read_bytes(), sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")
                parents[int(folder.name)] = int(stat[1])
            except OSError:
                continue

    def ours(pid: int) -> bool:
        while pid > 1:
            if pid == os.getpid():
                return True
            pid = parents.get(pid, 0)
        return False

    return {pid: process for pid, process in found.items() if ours(pid)}


def executors() -> List[int]:
    """The processes of Spark's workers, which this program's cluster started."""
    return [pid for pid, (line, _) in processes().items() if b"CoarseGrainedExecutorBackend" in line]


def clocks() -> Tuple[float, float]:
    """The time by the clock, and that by processors."""
    return time.perf_counter(), sum(seconds for _, seconds in processes().values())


def speed(frame: Any, data: List[bytes], turns: int) -> None:
    """Prints how fast Spark reads the metrics, beside `parse_many` and its frame: sums by unit, and all rows brought to the driver."""
    parse = gongwen.spark.parser(tables="metrics")
    rows = frame.mapInArrow(parse, gongwen.spark.schema(tables="metrics")).selectExpr("inline(metrics)")

    def alone() -> Any:
        return gongwen.parse_many(data, errors="collect").metrics.to_arrow()

    def sums(table: Any) -> List[Any]:
        return sorted((row["unit"] or "", row["count"]) for row in table.to_pylist())

    works: Dict[str, Tuple[Callable[[], Any], Callable[[], Any]]] = {
        "sums by unit": (
            lambda: sums(alone().group_by("unit").aggregate([("value", "sum"), ([], "count_all")]).rename_columns(["unit", "sum", "count"])),
            lambda: sums(rows.groupBy("unit").agg({"value": "sum", "*": "count"}).withColumnRenamed("count(1)", "count").toArrow()),
        ),
        "all rows": (lambda: alone().num_rows, lambda: rows.toArrow().num_rows),
    }
    for name, (ours, spark) in works.items():
        times: List[Tuple[Tuple[float, float], ...]] = []
        for _ in range(turns + 1):
            began = clocks()
            wanted = ours()
            half = clocks()
            found = spark()
            times.append((began, half, clocks()))
            assert found == wanted, (name, found, wanted)
        for clock, kind in enumerate(("clock", "processors")):
            took = [(half[clock] - began[clock], end[clock] - half[clock]) for began, half, end in times[1:]]
            mine, its = (statistics.median(turn[n] for turn in took) for n in (0, 1))
            ratios = sorted(mine / its for mine, its in took)
            each = f"{statistics.median(ratios):.2f} x, {ratios[0]:.2f} to {ratios[-1]:.2f} in {turns} turns"
            print(f"speed, {name:13} {kind:11} Spark {its:.2f} s, parse_many + frame {mine:.2f} s: {each}")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=2000)
    arguments.add_argument("--turns", type=int, default=0)
    arguments.add_argument("--partitions", type=int, default=4, help="tasks that the documents are divided into")
    args = arguments.parse_args()
    count = args.documents
    pyspark: Any = importlib.import_module("pyspark")

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder: Any = importlib.import_module("pyspark.sql").SparkSession.builder

    began = time.perf_counter()
    session = (
        builder.master("local-cluster[2,1,2048]")
        .config("spark.driver.memory", "4g")
        .config("spark.executor.memory", "2g")
        .config("spark.driver.maxResultSize", "0")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.warehouse.dir", tempfile.mkdtemp())
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    print(f"spark              {session.version}, {session.sparkContext.master}: started in {time.perf_counter() - began:.1f} s")
    data = texts(count)
    frame = session.createDataFrame(list(enumerate(data)), "id long, text binary").repartition(args.partitions).cache()
    frame.count()

    def run() -> Any:
        parse = gongwen.spark.parser(tables=["metrics", "tasks"], keep="id")
        schema = gongwen.spark.schema(frame, tables=["metrics", "tasks"], keep="id")
        return sorted(frame.mapInArrow(parse, schema).collect())

    began = time.perf_counter()
    rows = run()
    took = time.perf_counter() - began
    began = time.perf_counter()
    corpus = gongwen.parse_many(data, errors="collect")
    alone = time.perf_counter() - began
    print(f"mapInArrow         {count:,} documents in {took:.1f} s; parse_many {alone:.1f} s")
    documents = iter(corpus)
    failed = 0
    for n, row in enumerate(rows):
        if row.error is not None:
            failed += 1
            assert n % 500 == 250 and "PDF" in row.error and row.metrics is None
            continue
        doc = next(documents)
        assert [m.value for m in row.metrics] == [float(m.value) for m in doc.metrics], n
        assert [list(t.lead) for t in row.tasks] == [list(t.lead) for t in doc.tasks], n
    assert len(rows) == count and failed == len(corpus.failures) == len([n for n in range(count) if n % 500 == 250])
    print(f"rows               those of parse_many; {failed} that failed say why")

    if args.turns:
        speed(frame, data, args.turns)

    killed: List[int] = []
    before = executors()
    assert len(before) == 2, before

    def kill() -> None:
        time.sleep(0.3)
        os.kill(before[0], signal.SIGKILL)
        killed.append(before[0])

    killer = threading.Thread(target=kill)
    killer.start()
    again = run()
    killer.join()
    assert killed and again == rows
    print("a worker killed    in the middle; the rows are the same")
    session.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
