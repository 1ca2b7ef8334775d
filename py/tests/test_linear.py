"""Time is linear: what is asked of every row of a document that is 64 times as long is about 64 times the work."""

from __future__ import annotations

import gc
import time
from typing import Any, Callable, Dict, List, Sequence

import gongwen
import pytest

#: Shapes that repeat one thing, each with the tables that it has a row of for each time: many facts in a sentence that does
#: not end, many tables, many of everything.
SHAPES = {
    "indicators": ("县政府常务会议集体学法4次，", ("metrics", "indicators")),
    "references": ("依据《清河县行政执法办法》，", ("references",)),
    "responsibilities": ("（责任单位：县司法局）", ("responsibilities",)),
    "tasks": ("（一）推进整改\n2024年6月底前完成整改任务。（责任单位：县司法局）\n", ("responsibilities", "deadlines", "tasks")),
    "sections": ("一、总体情况\n一是全年办理3件；二是集体学法4次。\n", ("sections", "paragraphs", "items", "metrics")),
    "tables": ("<p>办理情况</p><table><tr><td>指标</td><td>数值</td></tr><tr><td>办理案件</td><td>3件</td></tr></table>", ("tables", "metrics")),
}
TABLES = ("metadata", "sections", "paragraphs", "items", "metrics", "responsibilities", "deadlines", "references", "tasks", "indicators", "tables", "diagnostics")
TIMES = 64
#: Linear is 64, quadratic 4096; between them lies what caches and a busy machine add. Most grow 60 to 85 times.
MOST = 160.0


def of_rows(doc: gongwen.Document) -> Dict[str, Callable[[], object]]:
    """Every property of every kind of row, asked of all rows."""
    asked: Dict[str, Callable[[], object]] = {}
    for table in TABLES:
        rows: List[Any] = list(getattr(doc, table))
        for name in [n for n in dir(type(rows[0])) if not n.startswith("_")] if rows else []:
            if not callable(getattr(rows[0], name)):
                asked[f"{table}.{name}"] = lambda rows=rows, name=name: [getattr(row, name) for row in rows]  # type: ignore[misc]
    return asked


def of_document(doc: gongwen.Document) -> Dict[str, Callable[[], object]]:
    return {
        "to_markdown": doc.to_markdown,
        "to_dict": doc.to_dict,
        "to_json": doc.to_json,
        "chunks": lambda: doc.chunks(unit="sentence"),
        "html": doc._repr_html_,
    }


def seconds(work: Callable[[], object]) -> float:
    """The processor's time, without that of a collector that looks through all objects there are."""
    gc.disable()
    try:
        start = time.process_time()
        kept = work()
        took = time.process_time() - start
    finally:
        gc.enable()
    del kept
    return took


def growths(piece: str, rows: Sequence[str], size: int) -> Dict[str, float]:
    """How much more work each question is of one long document than of a short one."""

    def read(times: int) -> gongwen.Document:
        return gongwen.read((("<h1>清河县2023年工作报告</h1>" if "<" in piece else "清河县2023年工作报告\n") + piece * times).encode())

    small, large = read(size), read(size * TIMES)
    for table in rows:
        assert len(getattr(large, table)) >= size * TIMES, f"{piece!r} is no longer {table}"
    found: Dict[str, float] = {}
    for questions in (of_rows, of_document):
        short, long = questions(small), questions(large)
        for what in short.keys() & long.keys():
            growth = float("inf")
            for _ in range(5):
                # A question that is answered in no time is asked of nothing that grows.
                least = max(seconds(lambda: [short[what]() for _ in range(TIMES)]) / TIMES, 1e-4)
                growth = min(growth, seconds(long[what]) / least)
                if growth <= MOST:
                    break
            found[what] = growth
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_with_the_document(shape: str) -> None:
    found = growths(*SHAPES[shape], 200)
    slow = {what: round(growth) for what, growth in found.items() if growth > MOST}
    assert not slow, f"for {TIMES} times the document these take so many times the work: {slow}"
