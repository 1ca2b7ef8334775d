"""The command, run as people run it."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import operator
import os
import re
import shlex
import shutil
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


def sheet(path: Path, number: int = 1) -> List[List[str]]:
    """The rows of a workbook's sheet, as Excel would find them; what is empty is left out."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        rows = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{space}row")
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
    from gongwen._scan import TABLES

    for table in TABLES:
        wanted = getattr(gongwen.parse_many(REPORTS), table)
        rows = [json.loads(line) for line in run(FOLDER, "-t", table, "-f", "jsonl").stdout.split("\n") if line]
        assert len(rows) == len(wanted) and all(list(row) == wanted.columns for row in rows)
        run(FOLDER, "-t", table)


def test_a_document_that_says_the_same_is_marked_however_many_lie_between(tmp_path: Path) -> None:
    for n in range(400):
        (tmp_path / f"{n:03}.txt").write_text(f"办结案件{n % 399}件。", encoding="utf-8")
    rows = [json.loads(line) for line in run(tmp_path, "-f", "jsonl").stdout.splitlines()]
    assert [row["document"] for row in rows if row["duplicate_of"]] == [str(tmp_path / "399.txt")]
    assert rows[-1]["duplicate_of"] == str(tmp_path / "000.txt")


def test_columns_and_tests() -> None:
    def rows(*args: str) -> "List[Dict[str, str]]":
        return list(csv.DictReader(io.StringIO(run(FOLDER, "-f", "csv", *args).stdout)))

    every = gongwen.parse_many(REPORTS)
    wanted = [m for m in every.metrics if m.unit == "%" and m.value < 60]
    found = rows("-t", "metrics", "-w", "unit=%", "-w", "value < 60", "-c", "text,sentence", "-c", "subject")
    assert list(found[0]) == ["text", "sentence", "subject"] and len(wanted) > 5
    assert [row["sentence"] for row in found] == [m.sentence for m in wanted]
    assert len(rows("-t", "metrics", "-w", "unit!=%")) == len([m for m in every.metrics if m.unit != "%"])
    assert len(rows("-t", "metrics", "-w", "per!=")) == len([m for m in every.metrics if m.per is not None]) > 0
    assert len(rows("-t", "metrics", "-w", "per=")) == len([m for m in every.metrics if m.per is None])
    shares = [m for m in every.metrics if any("率" in s for s in m.subject)]
    assert len(rows("-t", "metrics", "-w", "subject~率")) == len(shares) > 0
    days = [d.date for d in every.deadlines if d.date is not None]
    assert {d.year for d in days} >= {2024}
    for sign, compare in (("<", operator.lt), ("<=", operator.le), (">", operator.gt), ("≥", operator.ge)):
        assert len(rows("-t", "deadlines", "-w", f"date{sign}2024")) == len([d for d in days if compare(d.year, 2024)]), sign
        middle = [d for d in days if compare((d.year, d.month), (2024, 6))]
        assert len(rows("-t", "deadlines", "-w", f"date{sign}2024-06")) == len(middle), sign
    units = [r for r in every.responsibilities if "县司法局" in r.units]
    assert len(rows("-t", "responsibilities", "-w", "units=县司法局")) == len(units) > 0
    assert rows("-t", "tables", "-w", "has_header=true", "-c", "id") == [{"id": str(t.id)} for t in every.tables if t.header_rows]


def test_several_tables_in_one_run(tmp_path: Path) -> None:
    every = gongwen.parse_many(REPORTS)
    run(FOLDER, "-t", "metrics,tasks", "-t", "metrics", "-o", tmp_path / "{table}.csv")
    run(FOLDER, "-t", "metrics,tasks", "-f", "jsonl", "-o", f"{tmp_path}{os.sep}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["metrics.csv", "metrics.jsonl", "tasks.csv", "tasks.jsonl"]
    assert len((tmp_path / "tasks.jsonl").read_text("utf-8").splitlines()) == len(every.tasks)
    with open(tmp_path / "tasks.csv", encoding="utf-8-sig", newline="") as file:
        assert [row["lead"] for row in csv.DictReader(file)] == ["|".join(task.lead) for task in every.tasks]
    if importlib.util.find_spec("xlsxwriter"):
        run(FOLDER, "-t", "tasks,metrics", "-c", "document,due,value", "-o", tmp_path / "both.xlsx")
        first = sheet(tmp_path / "both.xlsx")
        assert first[0] == ["document", "due"] and len(first) == 1 + len(every.tasks)
        assert any(row[1:] and float(row[1]) > 40_000 for row in first[1:]), "days are days"
        assert len(sheet(tmp_path / "both.xlsx", 2)) == 1 + len(every.metrics)


def test_encoding_and_format_of_files_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一、总体情况\n全年办结案件9件。".encode("utf-16-le"))
    assert json.loads(run(path, "-t", "metrics", "-f", "jsonl", "--encoding", "utf-16le").stdout)["text"] == "9件"
    path.write_text("<p>一、总体情况</p><p>全年办结案件9件。</p>", encoding="utf-8")
    assert "<p>" in run(path, "-t", "paragraphs", "-f", "jsonl", "--read-as", "plain").stdout
    assert "<p>" not in run(path, "-t", "paragraphs", "-f", "jsonl", "--read-as", "html").stdout


def test_a_formula_is_a_text_in_every_cell() -> None:
    cells = json.loads((Path(__file__).parents[2] / "spec/formulas.json").read_text(encoding="utf-8"))
    if sys.version_info < (3, 11):
        # Its csv reads no NUL ("line contains NUL"); what is written does not hang on the interpreter.
        cells["run"] = [cell for cell in cells["run"] if "\0" not in cell]
    names = [name for name in cells["run"] + cells["text"] if name]
    batch = next(gongwen.scan([gongwen.Input("办结9件，下降-3%。", name=name, keep={"=k": name}) for name in names], "metrics").batches())["metrics"]
    for separator in (",", "\t"):
        rows = list(csv.reader(io.StringIO(batch.to_csv(header=True, separator=separator), newline=""), delimiter=separator))
        assert rows[0][3] == "'=k"
        assert {row[0] for row in rows[1:]} == {f"'{cell}" for cell in cells["run"]} | set(cells["text"]) - {""}
        for row in rows[1:]:
            assert not any(cell.startswith("'") and cell[1:].replace(".", "").isdigit() for cell in row), "numbers stay numbers"


def test_names_lose_what_they_have_in_common_and_else_their_beginning(tmp_path: Path) -> None:
    lines = run(FOLDER).stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [path.name for path in REPORTS]
    long = tmp_path / ("很长的名字" * 12 + "尾.txt")
    long.write_text("清河县2023年工作报告\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("一、甲\n" * 3, encoding="utf-8")
    from gongwen._write import fitted

    assert fitted("/a/very/long/path/报告.txt", 12, at_end=False) == "…th/报告.txt" and fitted("很长的名字", 6) == "很长… "
    assert any(line.split()[0].endswith("尾.txt") for line in run(tmp_path).stdout.splitlines())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    script = run("--completion", shell).stdout
    for word in ("read-as", "unit_canonical", "gb18030", "parquet", "tasks", "panel", "against", "gdp_growth"):
        assert word in script, word
    command = shutil.which(shell)
    if command is None:
        return
    assert subprocess.run([command, "-n"], input=script.encode()).returncode == 0
    if shell == "bash":

        def complete(*words: str) -> List[str]:
            line = " ".join(map(shlex.quote, words))
            ask = f'COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; compopt() {{ :; }}; _gongwen; printf "%s\\n" "${{COMPREPLY[@]}}"'
            return subprocess.run([command, "-c", script + ask], stdout=subprocess.PIPE, check=True).stdout.decode().split()

        assert complete("gongwen", "--co") == ["--columns", "--completion"]
        assert complete("gongwen", "-t", "metrics,ta") == ["metrics,tasks", "metrics,tables"]
        assert complete("gongwen", "x", "-t", "tasks", "-c", "document,un") == ["document,unit_canonical"]
        assert complete("gongwen", "x", "-c", "dup") == ["duplicate_of"]
        assert complete("gongwen", "pa") == ["panel"] and complete("gongwen", "-t", "pa") == ["paragraphs"]
        assert complete("gongwen", "panel", "--a") == ["--against"] and complete("gongwen", "--a") == []
        assert complete("gongwen", "panel", "x", "--ids", "core,gdp_growth") == ["core,gdp_growth"]
        assert complete("gongwen", "panel", "x", "--domain", "law,ec") == ["law,econ"]
        assert complete("gongwen", "panel", "x", "-f", "x") == ["xlsx"] and complete("gongwen", "panel", "x", "--aga") == ["--against"]
    if shell == "fish":

        def completed(line: str) -> List[str]:
            ask = f"{script}\ncomplete -C '{line}'"
            lines = subprocess.run([command, "-c", ask], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
            return [line.split("\t")[0] for line in lines]

        assert "--against" in completed("gongwen panel --a") and "--against" not in completed("gongwen x --a")
        assert "--completion" in completed("gongwen x --co") and "panel" in completed("gongwen pa")


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
        (["x", "--table", "facts"], "there is no table 'facts', only documents, metadata"),
        (["x", "-t", "metrics,task"], "did you mean 'tasks'?"),
        (["x", "--format", "xml"], "there is no format 'xml', only table, csv"),
        (["x", "--metrics"], "unrecognized arguments: --metrics; write -t metrics"),
        (["x", "--csv"], "write -f csv"),
        (["x", "--json"], "write -f json"),
        (["panel", "x", "--agianst", "target"], "did you mean '--against'?"),
        (["panel", "x", "--ids", "gdp_grwth"], "did you mean gdp_growth ("),
        (["panel", "x", "--ids", "gpd"], "gongwen panel --list writes all"),
        (["panel", "x", "--ids", "应诉率"], "there is no indicator '应诉率'; did you mean "),
        (["x", "--colums", "text"], "unrecognized arguments: --colums text; did you mean '--columns'?"),
        (["x", "-t", "metrics", "-c", "valu"], "metrics has no column 'valu', only document"),
        (["x", "-t", "metrics", "-c", "valu"], "did you mean 'value'?"),
        (["x", "-t", "metrics,tasks", "-c", "value", "-o", "out.xlsx"], "tasks has none of value"),
        (["x", "-t", "metrics,tasks", "-w", "value>1", "-o", "out.xlsx"], "tasks has no column 'value'"),
        (["x", "-t", "metrics", "-w", "value"], "a column, one of = != ~ < <= > >= and a value are taken, not 'value'"),
        (["x", "-t", "metrics", "-w", "value>many"], 'value>many: "many" is no number'),
        (["x", "-t", "metrics", "-w", "subject>1"], "a text is compared with =, != or ~"),
        (["x", "-t", "deadlines", "-w", "date<6月"], '"6月" is no day; 2024, 2024-06'),
        (["x", "-t", "metrics,tasks"], "several tables need --output"),
        (["x", "-t", "metrics,tasks", "-o", "out.csv"], "several tables do not fit in 'out.csv'"),
        (["x", "-f", "json", "-w", "place=清河县"], "--columns and --where are of a table"),
        (["x", "--encoding", "klingon"], '"klingon" is no encoding that is known'),
        (["x", "--read-as", "word"], "there is no format to read 'word', only plain"),
        (["x", "--completion", "tcsh"], "there is no shell 'tcsh', only bash, zsh, fish"),
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


def test_folders_named_as_such_are_made(tmp_path: Path) -> None:
    run(REPORTS[0], "-t", "metrics,tasks", "-o", tmp_path / "a" / "b" / "{table}.csv")
    run(REPORTS[0], "-t", "metrics", "-o", f"{tmp_path / 'c'}/")
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv"))
    assert made == ["a/b/metrics.csv", "a/b/tasks.csv", "c/metrics.csv"]
    (tmp_path / "file").touch()
    done = run(REPORTS[0], "-t", "metrics", "-o", f"{tmp_path / 'file'}/", code=2)
    assert "File exists" in done.stderr or "Not a directory" in done.stderr


def test_no_row_is_said(tmp_path: Path) -> None:
    done = run(REPORTS[0], "-t", "metrics", "-w", "unit=parsec", "-f", "csv")
    assert done.stderr == "gongwen: metrics: 0 rows pass --where\n" and done.stdout.count("\n") == 1
    assert run(REPORTS[0], "-t", "metrics", "-w", "unit=parsec", "-q").stderr == ""
    empty = tmp_path / "empty.txt"
    empty.write_text("一、甲\n", encoding="utf-8")
    assert run(empty, "-t", "metrics").stderr == "gongwen: metrics: 0 rows\n"
    assert "0 rows" not in run(REPORTS[0], "-t", "metrics").stderr


def test_messages_name_the_options_of_the_command(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\x7fELF\x00\x01\x02\x00\x00\x00" * 50)
    for table in ([], ["-f", "json"]):
        assert "--encoding, or --read-as plain" in run(file, *table, code=1).stderr
    with pytest.raises(gongwen.Error, match='encoding=, or format="plain"'):
        gongwen.read(file)
    for failures in (gongwen.parse_many([file], errors="collect").failures, [gongwen.Failure(0, "", str(gongwen.Error("raise `limits.text`")))]):
        assert "--" not in failures[0].message
    assert "raise --limit text=N" in run(REPORTS[0], "--limit", "text=10", code=1).stderr


def test_help_and_version() -> None:
    told = run("--help").stdout
    assert "exit codes" in told and "-w 'unit=%' -w" in told and "%%" not in told
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
    assert child.wait(600) == 0 and b"Traceback" not in err
    out = tmp_path / "out.jsonl"
    child = subprocess.Popen([*command, "-o", str(out)], stderr=subprocess.PIPE)
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=600)
    if child.returncode != 0:  # it may have been done already, or just begun
        assert not out.exists()
        assert child.returncode in (130, -signal.SIGINT) or b"KeyboardInterrupt" in err


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
