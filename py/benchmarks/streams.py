"""Measures streams, files and engines beside `parse_many`, in one run.

    python py/benchmarks/streams.py [FOLDER] [--documents 20000] [--turns 3]

The texts are those of the folder, else of the large corpus (GONGWEN_SHARED), else the sample reports, said over and over
until there are enough. Every way does the same: the metrics of all documents as one table. The ways take turns, after one
that is not counted, and ratios are medians of turns.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

import duckdb
import gongwen
import gongwen.duckdb
import gongwen.polars
import polars
import pyarrow

PROJECT = Path(__file__).resolve().parents[2]
# The tables that a document's own rows make; `documents`, `tasks` and `indicators` are found beyond parsing.
TEN = [t for t in gongwen._scan.TABLES if t not in ("documents", "tasks", "indicators")]

PEAK = """
import sys, gongwen
from pathlib import Path
paths = [Path(line) for line in sys.stdin.read().split("\\n") if line] * int(sys.argv[1])
rows = sum(b["metrics"].num_rows for b in gongwen.scan(paths, errors="collect").batches())
print(rows, next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1])
"""


def timed(work: Callable[[], Any]) -> float:
    start, cpu = time.perf_counter(), time.process_time()
    kept = work()
    took, used = time.perf_counter() - start, time.process_time() - cpu
    del kept
    timed.cpu = used  # type: ignore[attr-defined]
    return took


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("GONGWEN_SHARED", PROJECT.parent / "shared")) / "corpus"
    arguments.add_argument("folder", nargs="?", type=Path, default=shared if shared.is_dir() else PROJECT / "examples" / "reports")
    arguments.add_argument("--documents", type=int, default=20_000)
    arguments.add_argument("--turns", type=int, default=3)
    args = arguments.parse_args()
    paths = sorted(args.folder.rglob("*.txt"))
    corpus = gongwen.parse_many(paths, errors="collect")
    texts: List[str] = [doc.text for doc in corpus]
    del corpus
    texts = (texts * (args.documents // len(texts) + 1))[: args.documents]
    size = sum(len(text.encode("utf-8", "replace")) for text in texts)
    print(f"input              {len(texts):,} texts of {args.folder}, {size / 1e6:.0f} MB; times are wall, then CPU")

    table = pyarrow.table({"text": texts})
    con = duckdb.connect()
    gongwen.duckdb.register(con, tables="metrics")
    con.register("source", table)
    frame = polars.from_arrow(table)

    def by_duckdb() -> Any:
        return con.sql("select m.* from (select unnest(gongwen(text).metrics) m from source)").to_arrow_table()

    def by_polars() -> Any:
        found = frame.lazy().select(gongwen.polars.parse("text", tables="metrics")).unnest("gongwen")
        return found.select("metrics").explode("metrics").unnest("metrics").collect()

    ways = {
        "parse_many": lambda: gongwen.parse_many(texts, errors="collect"),
        "parse_many + frame": lambda: gongwen.parse_many(texts, errors="collect").metrics.to_arrow(),
        "scan": lambda: gongwen.scan(texts, errors="collect").to_arrow(),
        "Polars": by_polars,
        "DuckDB": by_duckdb,
    }
    def to_parquet(tables: List[str]) -> Callable[[], Any]:
        def work() -> None:
            with tempfile.TemporaryDirectory() as folder:
                gongwen.to_parquet(texts, folder, tables)

        return work

    ways["one table to Parquet"] = to_parquet(["metrics"])
    ways["ten tables to Parquet"] = to_parquet(TEN)
    ways["all tables to Parquet"] = to_parquet(list(gongwen._scan.TABLES))
    turns: List[Dict[str, Tuple[float, float]]] = []
    for _ in range(args.turns + 1):
        turns.append({name: (timed(work), timed.cpu) for name, work in ways.items()})  # type: ignore[attr-defined]

    def median(of: Callable[[Dict[str, Tuple[float, float]]], float]) -> float:
        return statistics.median(of(turn) for turn in turns[1:])

    for name in ways:
        took, cpu = (median(lambda turn: turn[name][n]) for n in (0, 1))
        if "Parquet" in name:
            over = [median(lambda turn: turn[name][n] / turn["parse_many"][n] - 1) for n in (0, 1)]
            said = f"beyond parsing {over[0]:.2f} of its time ({over[1]:.2f} by CPU)"
        else:
            ratio = [median(lambda turn: turn["parse_many + frame"][n] / turn[name][n]) for n in (0, 1)]
            said = f"{ratio[0]:.2f} x parse_many + frame ({ratio[1]:.2f} by CPU)"
        print(f"{name:22} {took:7.2f} s  {cpu:7.2f} s  {said}")
    if os.path.exists("/proc/self/status"):
        names = "\n".join(map(str, paths))
        for times_over in (1, 4):
            done = subprocess.run([sys.executable, "-c", PEAK, str(times_over)], input=names, stdout=subprocess.PIPE, text=True, check=True)
            rows, peak = map(int, done.stdout.split())
            print(f"scan, peak memory  {times_over} x {len(paths):,} files: {rows:,} rows, {peak / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
