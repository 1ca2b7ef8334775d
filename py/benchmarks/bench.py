"""Measures what a data scientist waits for.

    python py/benchmarks/bench.py [FOLDER ...]

Texts come from the folders, else from the large corpus (GONGWEN_SHARED), else from the sample reports repeated.
Prints one line a measurement, and of each goal whether it was reached. With --check, exits 1 for what no busy machine
explains: a lock that is held while texts are parsed, a frame that costs more of the processor than parsing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import sys
import threading
import time
from pathlib import Path
from typing import Callable, List, Optional, Tuple

import gongwen

PROJECT = Path(__file__).resolve().parents[2]

#: How much faster two threads are to be than one, where two processors are idle.
GOAL = 1.75
#: Less than this, and less than half of what hashing gains at the same moment, is a lock that is held.
LEAST = 1.4
#: What hashing must gain at a moment for it to tell anything.
GIVEN = 1.5


def texts(folders: List[Path]) -> Tuple[str, List[str]]:
    shared = os.environ.get("GONGWEN_SHARED", str(PROJECT.parent / "shared"))
    folders = folders or [Path(shared) / "corpus"]
    found = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    if found:
        corpus = gongwen.parse_many(found, facts=False, errors="collect")
        for failure in corpus.failures:
            print(f"not read           {failure.name}: {failure.message}")
        return f"{len(corpus)} texts of {', '.join(map(str, folders))}", [doc.text for doc in corpus]
    samples = [path.read_text("utf-8") for path in sorted((PROJECT / "examples" / "reports").glob("*.txt"))]
    return "the sample reports, 200 times", samples * 200


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    kept = work()
    took = time.perf_counter() - start
    del kept
    return took


def processor(work: Callable[[], object]) -> float:
    """The processor time of this process, whatever else the machine does."""
    start = time.process_time()
    kept = work()
    took = time.process_time() - start
    del kept
    return took


def best(work: Callable[[], object], tries: int = 5) -> float:
    return min(timed(work) for _ in range(tries))


def capacity() -> float:
    """How much more two threads get done here than one: what the machine has to give at this moment."""
    block = b"x" * (1 << 20)

    def digest(rounds: int) -> None:
        for _ in range(rounds):
            hashlib.sha256(block).digest()  # holds no GIL for long blocks

    def two() -> None:
        threads = [threading.Thread(target=digest, args=(60,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return 2 * best(lambda: digest(60), 2) / best(two, 2)


def gain(sources: List[str], pairs: int, rounds: int) -> Tuple[float, float, float, float, Optional[float]]:
    """What a second thread gains, in rounds until the goal is reached: the best times on one and two threads, the best
    speed-up of a round, what hashing gained then, and the best share of that; None where the machine had no second processor to give.

    One and two threads are timed in turn and hashing before and after, so that a busy machine hurts all alike.
    """
    ones: List[float] = []
    twos: List[float] = []
    found: List[Tuple[float, float]] = []
    shares: List[float] = []
    for number in range(rounds):
        if number:
            time.sleep(2 ** number)
        times: List[Tuple[float, float]] = []
        here: List[float] = []
        given = [capacity()]
        for _ in range(pairs):
            one = timed(lambda: gongwen.parse_many(sources, threads=1))
            two = timed(lambda: gongwen.parse_many(sources, threads=2))
            given.append(capacity())
            times.append((one, two))
            if min(given[-2:]) >= GIVEN:
                here.append((one / two - 1) / (max(given[-2:]) - 1))
        ones += [one for one, _ in times]
        twos += [two for _, two in times]
        shares += [statistics.median(here)] if here else []
        found.append((statistics.median(one / two for one, two in times), statistics.median(given)))
        if found[-1][0] >= GOAL:
            break
    speedup, given_then = max(found)
    return min(ones), min(twos), speedup, given_then, max(shares, default=None)


def resident() -> int:
    """Bytes of this process in memory."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    arguments.add_argument("--check", action="store_true", help="exit 1 for what no busy machine explains")
    arguments.add_argument("--pairs", type=int, default=5, help="pairs of runs in a round for the speed-up")
    arguments.add_argument("--rounds", type=int, default=4, help="rounds until the goal of the speed-up is reached")
    args = arguments.parse_args()
    missed: List[str] = []
    what, sources = texts(args.folders)
    size = sum(len(text.encode("utf-8", "replace")) for text in sources)
    print(f"input              {what}: {size / 1e6:.1f} MB")

    one, two, speedup, given, share = gain(sources, args.pairs, args.rounds)
    print(f"parse_many         1 thread {one:.3f} s ({size / one / 1e6:.1f} MB/s), 2 threads {two:.3f} s")
    print(
        f"speed-up           {speedup:.2f} on 2 threads, goal {GOAL}: {'' if speedup >= GOAL else 'not '}reached; "
        f"hashing on 2 threads gained {given:.2f} at the same time"
    )
    if share is None:
        print("speed-up           not judged: the machine is busy and has not two processors to give")
    elif speedup < LEAST and share < 0.5:
        missed.append(f"speed-up (a share of {share:.2f} of what hashing gains)")

    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    thousand = (sources * (1000 // len(sources) + 1))[:1000]
    corpus = gongwen.parse_many(thousand, errors="collect")
    parsing = best(lambda: gongwen.parse_many(thousand, threads=1))
    parsing_all = best(lambda: gongwen.parse_many(thousand))
    try:
        import polars
    except ImportError:
        print("polars             not installed, not measured")
    else:
        frame = best(lambda: polars.DataFrame(corpus.metrics))
        used = min(processor(lambda: polars.DataFrame(corpus.metrics)) for _ in range(5))
        used_parsing = min(processor(lambda: gongwen.parse_many(thousand, threads=1)) for _ in range(5))
        print(
            f"polars frame       {len(corpus.metrics):,} metrics of 1000 documents: {frame * 1e3:.0f} ms; "
            f"parsing them {parsing * 1e3:.0f} ms on 1 thread, {parsing_all * 1e3:.0f} ms on {processors}; "
            f"goal, less: {'' if frame < min(parsing, parsing_all) else 'not '}reached; "
            f"{used / used_parsing:.2f} of its processor time"
        )
        if used >= used_parsing:
            missed.append("polars frame")
    dicts = timed(lambda: corpus.metrics.to_dicts())
    rows = timed(lambda: [metric.value for metric in corpus.metrics])
    print(f"python objects     to_dicts {dicts * 1e3:.0f} ms, a value of each row {rows * 1e3:.0f} ms")

    texts_size = sum(len(doc.text.encode()) for doc in corpus[:1000])
    del corpus
    before = resident() if os.path.exists("/proc/self/statm") else 0
    corpus = gongwen.parse_many(thousand, errors="collect")
    after = resident() if before else 0
    counted = sum(sys.getsizeof(doc) for doc in corpus)
    print(
        f"memory             {counted / len(corpus) / 1e3:.1f} kB a document by sys.getsizeof, its text "
        f"{texts_size / len(corpus) / 1e3:.1f} kB of it; the process grew by {max(after - before, 0) / len(corpus) / 1e3:.1f} kB a document"
    )
    text = max(thousand, key=len)
    long = best(lambda: gongwen.parse(text))
    html = best(lambda: gongwen.parse(text)._repr_html_())
    print(f"longest document   {len(text):,} characters: parse {long * 1e3:.1f} ms, parse and show as HTML {html * 1e3:.1f} ms")
    if missed:
        print(f"MISSED             {', '.join(missed)}")
    return 1 if missed and args.check else 0


if __name__ == "__main__":
    sys.exit(main())
