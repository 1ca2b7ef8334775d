"""What is lost when something goes wrong while gongwen writes: nothing. Prints a table in Markdown of what was tried.

    python py/tests/faults.py [TIMES]      each signal so many times at random moments (5); 50 is a search by hand

Needs POSIX and pyarrow. ``FAULTS_SEED`` names the seed of the moments.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable, Dict, List, Tuple

TEXT = "松石县2024年工作要点\n一、总体情况\n全年办理法律援助案件120件，比上年增长8%。（责任单位：县司法局、县财政局）\n" * 40
COMMAND = [sys.executable, "-m", "gongwen"]
#: Writes two tables of a folder, as a user's script does, in shards of a few documents.
PARQUET = (
    "import sys, gongwen\nfrom pathlib import Path\n"
    "paths = sorted(Path(sys.argv[1]).glob('*.txt'))\n"
    "gongwen.to_parquet(paths, sys.argv[2], ['metrics', 'responsibilities'], shard=16)\n"
)

Row = Tuple[str, str, str, str]


def sources(folder: Path, count: int, number: int = 120) -> Path:
    folder.mkdir()
    for i in range(count):
        (folder / f"{i:03}.txt").write_text(TEXT.replace("120件", f"{number + i}件"), encoding="utf-8")
    return folder


def first(said: bytes, *hide: Path) -> str:
    """The first line of a message, without the folders of this run."""
    text = said.decode(errors="replace").strip()
    for folder in hide:
        text = text.replace(f"{folder}/", "")
    return text.splitlines()[0] if text else "nothing"


def interrupted(command: List[str], kind: int, within: float) -> Tuple[int, bytes]:
    """Starts a command and ends it at a random moment: how it ended, and what it said."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        time.sleep(random.uniform(0, within))
        process.send_signal(kind)
        said = process.communicate(timeout=600)[1]
    return process.returncode, said


def took(command: List[str]) -> float:
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def output_and_signal(root: Path, kind: int, times: int) -> Row:
    folder, out = sources(root / "in", 150), root / "out"
    out.mkdir()
    output = out / "x.jsonl"
    command = [*COMMAND, str(folder), "-q", "-t", "metrics", "-o", str(output)]
    within = took(command) * 1.1
    whole, old, new, parts, said = output.read_bytes(), 0, 0, 0, set()
    for _ in range(times):
        output.write_text("old")
        code, message = interrupted(command, kind, within)
        now = output.read_bytes()
        assert now in (b"old", whole), f"{len(now)} bytes of {len(whole)}"
        old, new = old + (now == b"old"), new + (now == whole)
        left = [p for p in out.iterdir() if p != output]
        assert all(p.name.startswith(".gongwen-") and p.name.endswith(".part") for p in left), left
        assert kind == signal.SIGKILL or not left, (code, left, message)
        parts += len(left)
        for path in left:
            path.unlink()
        if code not in (0, -kind):
            said.add(f"“{first(message, out)}”, exit {code}")
    kept = f"{old} × the old file, {new} × the new one, whole" + (f"; {parts} × a hidden `.part` beside it" if parts else "")
    return (f"`--output`, {signal.Signals(kind).name}", f"{times} moments", kept, "; ".join(sorted(said)) or "what the shell says")


def rows_of(folder: Path) -> Dict[str, int]:
    import pyarrow.parquet

    # Every file that has its name can be read to its end. What begins with _ is not of the tables, for every reader of Parquet.
    files = sorted(path for path in folder.rglob("*.parquet") if path.relative_to(folder).parts[0][0] not in "._")
    out: Dict[str, int] = {}
    for path in files:
        table = path.relative_to(folder).parts[0]
        out[table] = out.get(table, 0) + int(pyarrow.parquet.read_table(path).num_rows)
    return out


def parquet_and_signal(root: Path, kind: int, times: int) -> Row:
    folder, out = sources(root / "in", 64), root / "out"
    command = [sys.executable, "-c", PARQUET, str(folder), str(out)]
    within = took(command) * 1.1
    whole = rows_of(out)
    assert set(whole) == {"metrics", "responsibilities"} and min(whole.values()) > 0, whole
    some = 0
    for _ in range(times):
        shutil.rmtree(out)
        interrupted(command, kind, within)
        here = rows_of(out) if out.exists() else {}
        assert all(count <= whole[table] for table, count in here.items()), (here, whole)
        some += bool(here) and here != whole
        # The same call again goes on where it was.
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        assert rows_of(out) == whole, (rows_of(out), whole)
    kept = f"every file whole; the same call again completed all {times} ({some} from the middle)"
    return (f"`to_parquet`, {signal.Signals(kind).name}", f"{times} moments", kept, "what the shell says")


def disk_full(root: Path) -> Row:
    folder, output = sources(root / "in", 60), root / "x.jsonl"
    output.write_text("old")

    def little() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    done = subprocess.run([*COMMAND, str(folder), "-q", "-t", "metrics", "-o", str(output)], stderr=subprocess.PIPE, preexec_fn=little)
    assert done.returncode == 2 and output.read_text() == "old", done
    assert sorted(p.name for p in root.iterdir()) == ["in", "x.jsonl"]
    return ("`--output`, a file larger than allowed (as a full disk)", "once", "the old file; no part", f"“{first(done.stderr, root)}”, exit 2")


def two_writers(root: Path) -> Row:
    output, alone = root / "same.jsonl", []
    commands = [[*COMMAND, str(sources(root / name, 40, n)), "-q", "-t", "metrics", "-o", str(output)] for name, n in (("a", 100), ("b", 900))]
    for command in commands:
        took(command)
        alone.append(output.read_bytes())
    for _ in range(5):
        both = [subprocess.Popen(command) for command in commands]
        assert [process.wait(120) for process in both] == [0, 0]
        assert output.read_bytes() in alone
    assert sorted(p.name for p in root.iterdir()) == ["a", "b", "same.jsonl"]
    return ("two runs, one output", "5 times", "the file of one of them, whole", "nothing, exit 0 both")


def closed_pipe(root: Path) -> Row:
    folder = sources(root / "in", 150)
    with subprocess.Popen([*COMMAND, str(folder), "-q", "-t", "metrics", "-f", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0 and b"Traceback" not in said, (process.returncode, said)
    return ("a pipe whose reader goes away", "once", "what was read before", f"{first(said)}, exit 0")


def wrong_names(root: Path) -> Row:
    folder = sources(root / "in", 2)
    with open(os.fsencode(folder) + b"/" + "松石县报告.txt".encode("gbk"), "w", encoding="utf-8") as file:
        file.write(TEXT)
    (folder / "forged\n  b.txt: is fine\x1b[2J.docx").write_bytes(b"PK\x03\x04")
    os.mkfifo(folder / "pipe.txt")
    done = subprocess.run([*COMMAND, str(folder), "-q", "-f", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = done.stderr.decode()
    assert done.returncode == 1 and done.stdout.count(b"\n") == 3 and "松石县报告.txt" in done.stdout.decode(), done
    assert "\x1b" not in said and "Traceback" not in said, said
    return ("a name in GBK, a name with line ends and escapes, a FIFO", "once", "all three texts are read", "the broken file's name in one line, without escapes; exit 1")


#: Leaves a program 1 GiB of address space beside what the interpreter has taken; one without the GIL takes as much at once.
LITTLE = (
    "import os, resource\n"
    "taken = int(open('/proc/self/statm').read().split()[0]) * 4096 if os.path.exists('/proc/self/statm') else 0\n"
    "resource.setrlimit(resource.RLIMIT_AS, (taken + (1 << 30),) * 2)\n"
)


def little_memory(root: Path) -> Row:
    script = (
        f"{LITTLE}import gongwen\n"
        "many = gongwen.parse_many(['办结案件9件。', '《〈' * (80 << 20 >> 2), '办结案件8件。'], errors='collect')\n"
        "print(len(many), many.failures[0].message)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode == 0 and done.stdout.startswith(b"2 "), done
    return ("1 GiB of address space, a text of 80 MB among others", "once", "the other texts are read", f"“{first(done.stdout)[2:]}”")


def out_of_memory(root: Path) -> Row:
    """The system refuses memory that the limits allow: the process ends, and what it has written is whole."""
    folder, out = sources(root / "in", 20), root / "out"
    (folder / "long.txt").write_text(TEXT * 60, encoding="utf-8")
    out.mkdir()
    output = out / "x.jsonl"
    arguments = [str(folder), "-q", "-t", "metrics", "-o", str(output)]
    took([*COMMAND, *arguments])
    whole, ended, said, parts = output.read_bytes(), 0, set(), 0
    script = f"import sys\nfrom gongwen.__main__ import main\nmebibytes = int(sys.argv.pop(1))\n{LITTLE.replace('1 << 30', 'mebibytes << 20')}sys.exit(main(sys.argv[1:]))\n"
    sizes = (256, 128, 64, 48, 32, 24, 16, 12, 8, 6, 4, 2)
    for mebibytes in sizes:
        output.write_text("old")
        done = subprocess.run([sys.executable, "-c", script, str(mebibytes), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert output.read_bytes() == (b"old" if done.returncode else whole), (mebibytes, done)
        left = [p for p in out.iterdir() if p != output]
        assert all(p.name.startswith(".gongwen-") and p.name.endswith(".part") for p in left), left
        parts += len(left)
        for path in left:
            path.unlink()
        ended += bool(done.returncode)
        if done.returncode:
            # One process: the system's word for what it asked for in vain, or that it could not begin.
            assert b"Traceback" not in done.stderr, done
            how = f"exit {done.returncode}" if done.returncode > 0 else signal.Signals(-done.returncode).name
            # Threads may say it at once.
            said.add("“" + re.sub(r"(memory allocation of )+\d+ bytes failed.*", "memory allocation of … bytes failed", first(done.stderr, out)) + f"”, {how}")
    assert ended, "no size was too small"
    kept = f"{len(sizes) - ended} × the new file, whole, {ended} × the old one" + (f"; {parts} × a hidden `.part` beside it" if parts else "")
    return (f"`--output`, {sizes[-1]} to {sizes[0]} MiB of address space", f"{len(sizes)} sizes", kept, "; ".join(sorted(said)))


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    random.seed(int(os.environ.get("FAULTS_SEED", time.time_ns())))
    faults: List[Callable[[Path], Row]] = [disk_full, two_writers, closed_pipe, wrong_names, little_memory]
    if os.path.exists("/proc/self/statm"):
        faults.append(out_of_memory)
    for kind in (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        # The library itself takes no signal: to it one is like the other.
        for ended in (output_and_signal, parquet_and_signal) if kind != signal.SIGHUP else (output_and_signal,):
            faults.append(lambda root, ended=ended, kind=kind: ended(root, kind, times))  # type: ignore[misc]
    print("| fault | tried | what is left | what the user reads |\n|---|---|---|---|")
    for fault in faults:
        with tempfile.TemporaryDirectory() as root:
            print("| " + " | ".join(fault(Path(root))) + " |", flush=True)


if __name__ == "__main__":
    main()
