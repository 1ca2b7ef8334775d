"""The command, run as people run it."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Dict, List, Optional
from xml.etree import ElementTree

import gongwen
import pytest
from conftest import PROJECT, REPORTS, TEXT

FOLDER = PROJECT / "examples" / "reports"


def run(*args: object, stdin: Optional[bytes] = None, code: int = 0) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "120"}
    done = subprocess.run(
        [sys.executable, "-m", "gongwen", *map(str, args)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    )
    result = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace"))
    assert result.returncode == code, result
    return result


def test_a_folder_as_a_table() -> None:
    lines = run(FOLDER).stdout.splitlines()
    assert len(lines) == 1 + len(REPORTS)
    assert lines[0].split()[:3] == ["DOCUMENT", "KIND", "PLACE"]
    assert any("annual_report" in line for line in lines)


def test_csv_and_jsonl_say_the_same_as_the_rows() -> None:
    wanted = gongwen.parse_many(REPORTS).metrics
    rows = list(csv.DictReader(io.StringIO(run(FOLDER, "-t", "metrics", "-f", "csv").stdout)))
    assert list(rows[0]) == wanted.columns and len(rows) == len(wanted)
    assert [row["text"] for row in rows] == [m.text for m in wanted]
    assert [row["subject"] for row in rows] == ["|".join(m.subject) for m in wanted]
    objects = [json.loads(line) for line in run(FOLDER, "-t", "metrics", "-f", "jsonl").stdout.splitlines()]
    assert [o["value"] for o in objects] == [float(m.value) for m in wanted]
    assert [o["subject"] for o in objects] == [list(m.subject) for m in wanted]


def test_the_json_form() -> None:
    lines = run(FOLDER, "--format", "json").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [gongwen.read(path).to_dict() for path in REPORTS]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "md", "xlsx", "parquet", "html", "txt"])
def test_output_files(tmp_path: Path, suffix: str) -> None:
    needed = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}.get(suffix)
    if needed and importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    out = tmp_path / f"out.{suffix}"
    done = run(FOLDER, "--table", "responsibilities", "--output", out)
    assert done.stdout == "" and [p.name for p in tmp_path.iterdir()] == [out.name]
    wanted = gongwen.parse_many(REPORTS).responsibilities
    if suffix in ("csv", "tsv"):
        assert out.read_bytes().startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig")), delimiter="," if suffix == "csv" else "\t"))
        assert [row["units"] for row in rows] == ["|".join(one.units) for one in wanted]
    elif suffix == "md":
        lines = out.read_text("utf-8").splitlines()
        assert lines[0] == f"| {' | '.join(wanted.columns)} |" and len(lines) == 2 + len(wanted)
        assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {len(wanted.columns) + 1}
    elif suffix == "xlsx":
        cells = sheet(out)
        assert cells[0] == wanted.columns and len(cells) == 1 + len(wanted)
        assert [row[wanted.columns.index("units")] for row in cells[1:]] == ["|".join(one.units) for one in wanted]
    elif suffix == "jsonl":
        assert len(out.read_text("utf-8").splitlines()) == len(wanted)
    elif suffix == "parquet":
        import pyarrow.parquet

        assert pyarrow.parquet.read_table(out).num_rows == len(wanted)
    elif suffix == "html":
        from test_html import checked

        assert checked(out.read_text("utf-8")).text
    else:
        assert len(out.read_text("utf-8").splitlines()) == 1 + len(wanted)


def sheet(path: Path) -> List[List[str]]:
    """The rows of a workbook's first sheet, as Excel would find them; what is empty is left out."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        rows = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{space}row")
        found: List[List[str]] = []
        for row in rows:
            cells: Dict[int, str] = {}
            for cell in row.iter(f"{space}c"):
                letters = re.sub(r"\d", "", cell.get("r", ""))
                at = 0
                for letter in letters:
                    at = at * 26 + ord(letter) - 64
                assert cell.find(f"{space}f") is None, "a formula"
                cells[at - 1] = "".join(cell.itertext())
            found.append([cells.get(at, "") for at in range(max(cells) + 1)])
        return found


def test_a_workbook_runs_nothing_and_numbers_are_numbers(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    path, out = tmp_path / "a.txt", tmp_path / "a.xlsx"
    path.write_text("工作要点\n\n一、=cmd|calc情况\n全年办理3.5件。\n", encoding="utf-8")
    run(path, "-t", "paragraphs", "-o", out)
    assert any("3.5件" in cell for row in sheet(out) for cell in row)
    run(path, "-t", "sections", "-o", out)
    assert any(cell.startswith("=cmd") for row in sheet(out) for cell in row)
    run(path, "-t", "metrics", "-o", out)
    head, row = sheet(out)
    assert row[head.index("value")] == "3.5"


def test_whole_documents_by_suffix(tmp_path: Path) -> None:
    out = tmp_path / "out.JSON"
    run(REPORTS[0], "-o", out)
    assert json.loads(out.read_text("utf-8")) == gongwen.read(REPORTS[0]).to_dict()


def test_what_a_folder_holds_and_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、甲\n", encoding="utf-8")
    (tmp_path / "b.note").write_text("一、乙\n", encoding="utf-8")
    assert "1 file of other kinds not read: 1 .note" in run(tmp_path).stderr
    run(tmp_path, "--strict", code=1)
    done = run(tmp_path, "-f", "jsonl", "--include", "*.note")
    assert [Path(json.loads(line)["document"]).name for line in done.stdout.splitlines()] == ["b.note"]
    assert "the folder holds no *.pdf file" in run(tmp_path, "--include", "*.pdf", code=1).stderr


def test_documents_as_a_page(tmp_path: Path) -> None:
    from test_html import checked

    out = tmp_path / "out.html"
    run(*REPORTS[:2], "-o", out)
    page = "".join(checked(out.read_text("utf-8")).text)
    for path in REPORTS[:2]:
        assert str(gongwen.read(path).title or "") in page


def test_every_table() -> None:
    from gongwen._cli import TABLES

    for table in TABLES:
        corpus = gongwen.parse_many(REPORTS)
        lines = run(FOLDER, "-t", table, "-f", "jsonl").stdout.splitlines()
        assert len(lines) == len(getattr(corpus, table))
        run(FOLDER, "-t", table)


def test_failures_come_at_the_end_and_the_rest_is_written(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run(REPORTS[0], tmp_path / "missing.txt", empty, REPORTS[1], "-f", "csv", code=1)
    assert len(done.stdout.splitlines()) == 3
    assert "2 files could not be read, 2 could:" in done.stderr
    assert "missing.txt: No such file or directory" in done.stderr
    assert "the folder holds no .txt" in done.stderr


def test_standard_input() -> None:
    done = run("-", "-t", "metrics", "-f", "jsonl", stdin=TEXT.encode())
    assert json.loads(done.stdout.splitlines()[0])["text"] == "4次"


def test_a_file_is_read_once_and_folders_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "a/.hidden.txt", "a/x.png", "c.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("一、甲\n", encoding="utf-8")
    done = run(tmp_path, tmp_path / "a" / "1.txt", tmp_path / "a", "-f", "csv")
    names = [Path(row["document"]).name for row in csv.DictReader(io.StringIO(done.stdout))]
    assert names == ["c.TXT", "1.txt", "2.txt"]


@pytest.mark.parametrize(
    "args, message",
    [
        ([], "the following arguments are required: FILE"),
        (["x", "--table", "facts"], "invalid choice"),
        (["x", "--format", "xml"], "invalid choice"),
        (["x", "-o", "out.xls"], "'.xls' is no suffix that is known: .csv, .tsv"),
        (["x", "-o", "out.jsno"], "did you mean '.json'?"),
        (["x", "-o", "out"], "'out' has no suffix"),
        (["x", "--format", "xlsx"], "needs --output"),
        (["x", "-t", "metrics", "-o", "out.json"], "take --format jsonl"),
        (["x", "--threads", "0"], "a whole number of at least 1 is taken, not '0'"),
        (["x", "--year", "now"], "a year from 1 to 9999 is taken, not 'now'"),
        (["x", "--format", "parquet"], "needs --output"),
        (["x", "--format", "json", "--table", "metrics"], "take --format jsonl"),
    ],
)
def test_commands_that_are_not_understood(args: "list[str]", message: str) -> None:
    done = run(*args, code=2)
    assert message in done.stderr


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    done = run(REPORTS[0], "-o", tmp_path / "no" / "out.csv", code=2)
    assert "No such file or directory" in done.stderr and "Traceback" not in done.stderr


def test_help_and_version() -> None:
    assert "exit codes" in run("--help").stdout
    assert run("--version").stdout.strip() == f"gongwen {gongwen.__version__}"


def test_the_console_command() -> None:
    command = Path(sys.executable).parent / "gongwen"
    if not command.exists():
        pytest.skip("gongwen is not installed as a package")
    done = subprocess.run([str(command), str(FOLDER)], stdout=subprocess.PIPE, check=True)
    assert len(done.stdout.decode().splitlines()) == 1 + len(REPORTS)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of Unix")
def test_a_reader_that_goes_away_and_ctrl_c(tmp_path: Path) -> None:
    for n in range(400):
        (tmp_path / f"{n}.txt").write_text(TEXT * 60, encoding="utf-8")
    command = [sys.executable, "-m", "gongwen", str(tmp_path), "-t", "metrics", "-f", "jsonl"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None and child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    err = child.stderr.read()
    child.stderr.close()
    assert child.wait(60) == 0 and b"Traceback" not in err
    out = tmp_path / "out.jsonl"
    child = subprocess.Popen([*command, "-o", str(out)], stderr=subprocess.PIPE)
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    if child.returncode != 0:  # it may have been done already, or just begun
        assert not out.exists()
        assert child.returncode == 130 or b"KeyboardInterrupt" in err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_progress_on_a_terminal_only() -> None:
    import fcntl
    import pty
    import struct
    import termios

    assert run(*REPORTS).stderr == "" and "/" not in run(FOLDER).stderr
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    done = subprocess.run([sys.executable, "-m", "gongwen", str(FOLDER)], stdout=subprocess.PIPE, stderr=terminal)
    os.close(terminal)
    shown = os.read(main, 100_000).decode()
    os.close(main)
    assert done.returncode == 0 and f"{len(REPORTS)}/{len(REPORTS)}" in shown
