"""`parse_many`: order, failures, threads, progress, interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, List, Tuple

import gongwen
import pytest
from conftest import REPORTS, TEXT


def test_order_and_names(tmp_path: Path) -> None:
    texts = [f"办结案件{n}件。" * (1 + n % 7 * 50) for n in range(500)]
    for threads in (1, 2, 7, None):
        corpus = gongwen.parse_many(texts, threads=threads)
        assert [doc.text for doc in corpus] == texts
        assert [doc.name for doc in corpus] == [str(n) for n in range(500)]
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    mixed = gongwen.parse_many([TEXT, path, TEXT.encode(), bytearray(TEXT.encode())])
    assert len(set(mixed)) == 1
    assert [doc.name for doc in mixed] == ["0", str(path), "2", "3"]
    assert mixed[str(path)] == mixed[1]
    named = gongwen.parse_many({"x": TEXT, 5: path})  # type: ignore[dict-item]
    assert [doc.name for doc in named] == ["x", "5"]
    assert named["x"].name == "x"
    with pytest.raises(KeyError, match='no document is named "y"; names are like "x"'):
        named["y"]
    with pytest.raises(KeyError, match="names are like"):
        mixed["a.txt"]
    assert len(gongwen.parse_many([])) == 0
    assert gongwen.parse_many(text for text in texts[:3]) == gongwen.parse_many(texts[:3])


def test_the_same_as_one_by_one() -> None:
    corpus = gongwen.parse_many(REPORTS, threads=3)
    for path, doc in zip(REPORTS, corpus):
        assert doc == gongwen.read(path)


def test_options_reach_every_document() -> None:
    corpus = gongwen.parse_many([TEXT] * 5, facts=False)
    assert len(corpus.metrics) == 0 and len(corpus.sections) > 0
    assert all(len(doc.diagnostics) == 0 for doc in gongwen.parse_many(["一、甲\n三、乙\n"], checks=False))


def test_one_bad_file_does_not_lose_the_rest(tmp_path: Path) -> None:
    good, missing = tmp_path / "good.txt", tmp_path / "missing.txt"
    good.write_text(TEXT, encoding="utf-8")
    corpus = gongwen.parse_many([good, missing, tmp_path, TEXT], errors="collect")
    assert [doc.name for doc in corpus] == [str(good), "3"]
    assert [(f.position, f.name) for f in corpus.failures] == [(1, str(missing)), (2, str(tmp_path))]
    assert corpus.failures[0].message == "No such file or directory"
    assert "2 failed" in repr(corpus) and "missing.txt" in corpus._repr_html_()
    with pytest.raises(gongwen.Error, match=r"missing\.txt: No such file") as caught:
        gongwen.parse_many([good, missing, TEXT])
    assert caught.value.file == str(missing)


def test_arguments() -> None:
    wrong: List[Tuple[type, str, Any, Any]] = [
        (TypeError, "iterable of texts and paths, not one str", "text", {}),
        (TypeError, "not one PosixPath", Path("x"), {}),
        (TypeError, "not int", 3, {}),
        (TypeError, r"item 1 is float", ["a", 1.5], {}),
        (TypeError, r"there is no text; item 0 is NoneType", [None], {}),
        (ValueError, 'errors="raise" or "collect", not \'ignore\'', [], {"errors": "ignore"}),
        (ValueError, "threads of at least 1, not 0", [], {"threads": 0}),
        (TypeError, "threads as int or None, not str", [], {"threads": "2"}),
        (TypeError, "threads as int or None, not bool", [], {"threads": True}),
        (TypeError, "progress as True, False or a function, not int", [], {"progress": 3}),
        (TypeError, "facts as True or False, not int", [], {"facts": 1}),
        (ValueError, "a year from 1 to 9999 is taken, not 0", [], {"year": 0}),
        (TypeError, "year= as names of a frame's columns", [], {"year": "2023"}),
    ]
    for error, message, items, options in wrong:
        with pytest.raises(error, match=message):
            gongwen.parse_many(items, **options)


def test_progress_is_told_and_ends_with_all() -> None:
    told: List[Tuple[int, int]] = []
    gongwen.parse_many([TEXT * 20] * 200, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (200, 200) and told == sorted(told)
    main = threading.get_ident()
    where: List[int] = []
    gongwen.parse_many([TEXT] * 50, progress=lambda done, total: where.append(threading.get_ident()))
    assert set(where) == {main}


def test_progress_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    gongwen.parse_many([TEXT] * 5, progress=True)
    assert "5/5" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    gongwen.parse_many([TEXT] * 5, progress=True)
    assert "5/5 documents" in capsys.readouterr().err


def test_a_progress_that_fails_stops_the_work() -> None:
    def stop(done: int, total: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        gongwen.parse_many([TEXT * 50] * 300, progress=stop)


def ticks_meanwhile() -> Tuple[int, float]:
    """How often another thread ran while documents were parsed, packing them in and out aside; and the time that took."""
    ticks: List[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    gongwen.parse_many([TEXT * 100] * 200, threads=1)
    took = time.perf_counter() - start
    done.set()
    thread.join()
    return sum(start + took / 4 < tick < start + took * 3 / 4 for tick in ticks), took


def test_other_threads_run_meanwhile() -> None:
    # Were the GIL held, no tick would fall into the middle. A busy machine may give the other thread nothing, but not always.
    assert any(count >= 2 or took < 0.05 for count, took in (ticks_meanwhile() for _ in range(10)))


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_stops_at_once() -> None:
    code = (
        "import gongwen, signal\n"
        # A shell starts what runs behind it with the signal ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "text = '办结案件9件，其中调解4件。由县司法局牵头，县财政局配合。' * 3000\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    gongwen.parse_many([text] * 500, threads=2)\n"
    )
    waits = []
    # A busy machine may let a process wait for seconds, but not each time.
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.5)
        start = time.perf_counter()
        os.kill(child.pid, signal.SIGINT)
        _, err = child.communicate(timeout=120)
        waits.append(time.perf_counter() - start)
        assert b"KeyboardInterrupt" in err
        if waits[-1] < 2:
            return
    raise AssertionError(f"ended after {waits} seconds")


def test_a_corpus_is_a_sequence() -> None:
    corpus = gongwen.parse_many([f"办结案件{n}件。" for n in range(5)])
    plain = list(corpus)
    assert corpus[1:3] == gongwen.Corpus(plain[1:3]) and list(corpus[::-1]) == plain[::-1]
    assert corpus[-1] is plain[-1] and list(reversed(corpus)) == plain[::-1]
    assert plain[2] in corpus and corpus.index(plain[2]) == 2 and corpus.count(plain[2]) == 1
    assert gongwen.Corpus(doc for doc in corpus if "3" in doc.text).metrics[0].value == 3
    with pytest.raises(IndexError, match="document 5 of 5"):
        corpus[5]
    with pytest.raises(TypeError, match="int, slice or a document's name"):
        corpus[1.5]  # type: ignore[call-overload]
