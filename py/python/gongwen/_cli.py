"""The command ``gongwen``: files and folders in, a table out."""

from __future__ import annotations

import argparse
import csv
import difflib
import fnmatch
import importlib.util
import io
import json
import os
import re
import secrets
import shutil
import signal
import stat
import sys
import threading
import unicodedata
from collections import Counter
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Callable, Dict, Iterator, List, Optional, Sequence, Set, TextIO, Tuple, Union

from . import _core, _html
from ._api import _processors, _Progress, parse_many
from ._core import Corpus, Rows, __version__
from ._find import READABLE
from ._text import Failure, printable, readable

TABLES = (
    "documents", "metadata", "sections", "paragraphs", "items", "metrics", "responsibilities", "deadlines",
    "references", "tasks", "tables", "diagnostics",
)  # fmt: skip
FORMATS = ("table", "csv", "tsv", "jsonl", "md", "xlsx", "parquet", "html", "json")
SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "md", ".xlsx": "xlsx",
    ".parquet": "parquet", ".html": "html", ".htm": "html", ".json": "json", ".txt": "table",
}  # fmt: skip
#: Formats that are written to a file and not to a terminal, and the package that writes each.
BINARY = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}

#: Documents parsed before their rows are written.
CHUNK = 256

#: Columns that a terminal has room for.
SHOWN: Dict[str, Tuple[str, ...]] = {
    "documents": ("document", "kind", "place", "year", "title", "sections", "metrics", "responsibilities", "diagnostics"),
    "metadata": ("document", "key", "label", "value"),
    "sections": ("document", "path", "heading", "role"),
    "paragraphs": ("document", "section_path", "text"),
    "items": ("document", "section_path", "text"),
    "metrics": ("document", "section_path", "text", "value", "unit", "subject", "modality"),
    "responsibilities": ("document", "section_path", "role", "units", "manner"),
    "deadlines": ("document", "section_path", "text", "kind", "date", "every"),
    "references": ("document", "section_path", "title", "number"),
    "tasks": ("document", "section_path", "heading", "lead", "responsible", "support", "due"),
    "tables": ("document", "section_path", "rows", "columns", "cells"),
    "diagnostics": ("document", "severity", "code", "message"),
}

EPILOG = """\
A folder is searched for text, web pages (.html, .mht), Word and WPS files (.docx, .doc, .wps, .rtf),
.pdf, .ofd and spreadsheets (.xlsx, .xls, .et); what else stands there is counted at the end. - is the standard input.

formats:
  table    columns for reading (the usual)
  csv tsv  all columns; several subjects or units are divided by |
  jsonl    one row a line
  md       a table of Markdown, all columns
  xlsx     a workbook; needs xlsxwriter and --output
  parquet  all columns; needs pyarrow and --output
  html     a page: of the table, or without --table of the documents themselves
  json     the whole document in its JSON form gongwen/1, one document a line

Without --format, the suffix of --output says it: .csv .tsv .jsonl .ndjson .md .xlsx .parquet .html .htm .json,
and .txt for columns. Another suffix is an error.

limits:
  --limit text=32000000 takes texts of up to 32 MB; the message that a file is too large names the limit
  to raise: input, unpacked, text, rows, ratio, entries, depth or cells

exit codes: 0 all was read · 1 some files were not · 2 the command was not understood, or the output could
not be written · 130 interrupted · 143 ended
"""


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gongwen",
        description="Reads Chinese government reports and work plans (公文) and writes what they say as a table.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="a file, a folder, or - for the standard input")
    add("-t", "--table", choices=TABLES, help="which table; documents if not given")
    add("-f", "--format", choices=FORMATS, help="how to write it; after the suffix of --output, else table")
    add("-o", "--output", metavar="FILE", help="where to write it; the standard output if not given")
    add("--include", action="append", default=[], metavar="PATTERN", help="what to take from folders instead, '*.wps' for example")
    add("--strict", action="store_true", help="exit 1 when a folder holds a file of another kind")
    add("-j", "--threads", type=_count, metavar="N", help="how many threads; one for each processor if not given")
    add("--year", type=_year, metavar="YEAR", help="the year of 6月底前 where a document does not say")
    add("--limit", type=_limit, action="append", default=[], metavar="NAME=N", help="what is too much; several may be given")
    add("-q", "--quiet", action="store_true", help="no progress on the terminal")
    add("--version", action="version", version=f"gongwen {__version__}")
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number of at least 1 is taken, not {text!r}")
    return int(text)


def _year(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 9999:
        raise argparse.ArgumentTypeError(f"a year from 1 to 9999 is taken, not {text!r}")
    return int(text)


def _limit(text: str) -> Tuple[str, int]:
    name, _, number = text.partition("=")
    usual = _core.limits()
    if name not in usual or not number.isdigit():
        raise argparse.ArgumentTypeError(f"one of {', '.join(usual)}, = and a whole number is taken, not {text!r}")
    return name, int(number)


class _Ended(KeyboardInterrupt):
    """The system asked the program to end."""


@contextmanager
def _ended() -> Iterator[None]:
    """Turns SIGTERM into an exception, so that an unfinished file is taken away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_signal: int, _frame: object) -> None:
        raise _Ended

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say(message: str) -> None:
    """A line on the standard error, with nothing in it that a terminal would obey."""
    print(printable(message), file=sys.stderr)


def _format(parser: argparse.ArgumentParser, args: argparse.Namespace) -> str:
    """How it is written: as asked, else after the suffix of the output."""
    form: Optional[str] = args.format
    if form is None and args.output is not None and not _is_device(args.output):
        suffix = Path(args.output).suffix.lower()
        form = SUFFIXES.get(suffix)
        if form is None:
            what = f"{suffix!r} is no suffix that is known" if suffix else f"{args.output!r} has no suffix"
            near = difflib.get_close_matches(suffix, SUFFIXES, 1, 0.6)
            meant = f"; did you mean {near[0]!r}?" if near else ""
            parser.error(f"{what}: {', '.join(SUFFIXES)}{meant}; or say --format")
    form = form or "table"
    if form == "json" and args.table:
        parser.error("--format json writes whole documents; for rows of a table take --format jsonl")
    if form in BINARY:
        if not args.output:
            parser.error(f"--format {form} needs --output")
        if importlib.util.find_spec(BINARY[form]) is None:
            parser.error(f"--format {form} needs {BINARY[form]}: pip install {BINARY[form]}")
    return form


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Runs the command and returns its exit code.

    >>> from gongwen._cli import main
    >>> main(["missing.txt", "--quiet"])
    1
    """
    for stream in (sys.stdout, sys.stderr):
        # Chinese is to be read whatever the locale, and not to be the end of a run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _arguments()
    args = parser.parse_args(argv)
    form = _format(parser, args)
    try:
        with _ended():
            return _run(args, form)
    except _Ended:
        _say("gongwen: ended")
        return 143
    except KeyboardInterrupt:
        _say("gongwen: interrupted")
        return 130
    except BrokenPipeError:
        # The reader has seen enough; nothing more is to be written, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # Whatever file was in work: what the user named is the output.
        name = readable(args.output) if args.output else "the standard output"
        _say(f"gongwen: {name}: {error.strerror or error}")
        return 2


def _run(args: argparse.Namespace, form: str) -> int:
    failures: List[Failure] = []
    limits = dict(args.limit)
    others: "Counter[str]" = Counter()
    sources = list(_sources(args.files, args.include, failures, others, args.output, limits))
    table = args.table or "documents"
    loud = sys.stderr.isatty() and not args.quiet and len(sources) > 1
    read = 0
    with _writer(form, table, args.table is None, args.output) as writer, _Progress(loud, len(sources)) as bar:
        # A page needs all documents at once, everything else goes out chunk by chunk.
        step = CHUNK if form != "html" else max(len(sources), 1)
        for at in range(0, len(sources), step):
            corpus = parse_many(
                dict(sources[at : at + step]),
                threads=args.threads or _processors(),
                progress=_shifted(bar, at) if loud else False,
                errors="collect",
                year=args.year,
                limits=limits,
            )
            failures += corpus.failures
            read += len(corpus)
            writer.write(corpus)
    if failures:
        plural = "file" if len(failures) == 1 else "files"
        _say(f"gongwen: {len(failures)} {plural} could not be read, {read} could:")
        for failure in failures:
            _say(f"  {failure.name}: {failure.message}")
    if others and not args.quiet:
        plural = "file" if sum(others.values()) == 1 else "files"
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in others.most_common(8))
        _say(f"gongwen: {sum(others.values())} {plural} of other kinds not read: {kinds}")
    return 1 if failures or (args.strict and others) else 0


def _shifted(bar: _Progress, before: int) -> Callable[[int, int], None]:
    return lambda done, _total: bar.update(before + done)


def _sources(
    paths: Sequence[str],
    include: Sequence[str],
    failures: List[Failure],
    others: "Counter[str]",
    output: Optional[str],
    limits: Dict[str, int],
) -> Iterator[Tuple[str, Union[Path, bytes]]]:
    """What there is to read, each once, with its name; `others` counts what else stands in the folders."""
    seen: Set[str] = set()
    written = _identity(output) if output else None
    for path in paths:
        if path == "-":
            yield "-", sys.stdin.buffer.read(limits.get("input", _core.limits()["input"]) + 1)
            continue
        found = [path]
        if os.path.isdir(path):
            found = []
            for folder, folders, files in os.walk(path):
                folders.sort()
                for name in sorted(files):
                    file = os.path.join(folder, name)
                    # What an earlier run wrote there is no source, and a pipe would be waited for without end.
                    if name.startswith((".", "~$")) or not _is_file(file) or (written and _identity(file) == written):
                        continue
                    inside = os.path.relpath(file, path).replace(os.sep, "/")
                    if (
                        any(fnmatch.fnmatch(name, p) or fnmatch.fnmatch(inside, p) for p in include)
                        if include
                        else name.lower().endswith(READABLE)
                    ):
                        found.append(file)
                    else:
                        others[os.path.splitext(name)[1].lower() or "without an ending"] += 1
            if not found:
                failures.append(Failure(len(failures), path, f"the folder holds no {', '.join(include or READABLE)} file"))
        elif written and _identity(path) == written:
            raise OSError(0, "it is a file to be read, and would be overwritten")
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file, Path(file)


def _is_file(path: str) -> bool:
    """Whether it is a file, or cannot be looked at, which will be said when it is read."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True


def _is_device(path: str) -> bool:
    """Whether it is there and no ordinary file: such a name says nothing about what is to be written."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _identity(path: str) -> Optional[Tuple[int, int]]:
    """Which file a path leads to, however it is written; None if there is none, or it is a device."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


class _Writer:
    def __init__(self, out: TextIO, table: str) -> None:
        self.out = out
        self.table = table
        self.begun = False

    def rows(self, corpus: Corpus) -> "Rows[Any]":
        rows: "Rows[Any]" = getattr(corpus, self.table)
        return rows

    def write(self, corpus: Corpus) -> None:
        raise NotImplementedError

    def close(self) -> None:
        pass


class _Csv(_Writer):
    separator = ","

    def write(self, corpus: Corpus) -> None:
        rows = self.rows(corpus)
        writer = csv.DictWriter(self.out, rows.columns, lineterminator="\n", delimiter=self.separator)
        if not self.begun:
            writer.writeheader()
            self.begun = True
        for row in rows.to_dicts():
            writer.writerow({key: _cell(_joined(v)) for key, v in row.items()})


class _Tsv(_Csv):
    separator = "\t"


class _Markdown(_Writer):
    def write(self, corpus: Corpus) -> None:
        rows = self.rows(corpus)
        if not self.begun:
            self.begun = True
            self._line(rows.columns)
            self._line(["---"] * len(rows.columns))
        for row in rows.to_dicts():
            self._line(["" if value is None else str(_joined(value)) for value in row.values()])

    def _line(self, cells: Sequence[str]) -> None:
        self.out.write("| " + " | ".join(_MARKDOWN.sub(r"\\\g<0>", " ".join(cell.split())) for cell in cells) + " |\n")


#: What divides a row or begins a tag in Markdown, and the sign that takes that away.
_MARKDOWN = re.compile(r"[\\|<]")


class _Xlsx(_Writer):
    """A workbook with one sheet, in constant memory; every text is a text there, whatever it begins with."""

    #: Rows of a sheet, and characters of a cell, as Excel limits them.
    ROWS, LENGTH = 1_048_576, 32_767

    def __init__(self, file: BinaryIO, table: str) -> None:
        import xlsxwriter

        self.table, self.begun, self.row = table, False, 0
        settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book: Any = xlsxwriter.Workbook(file, settings)
        self.sheet: Any = self.book.add_worksheet(table)

    def write(self, corpus: Corpus) -> None:
        rows = self.rows(corpus)
        if not self.begun:
            self.begun = True
            bold = self.book.add_format({"bold": True})
            for at, name in enumerate(rows.columns):
                self.sheet.write_string(0, at, name, bold)
            self.sheet.freeze_panes(1, 0)
        for row in rows.to_dicts():
            self.row += 1
            if self.row >= self.ROWS:
                raise OSError(0, f"a sheet of Excel has {self.ROWS:,} rows and {self.table} has more; write .csv or .parquet")
            for at, value in enumerate(row.values()):
                if isinstance(value, bool):
                    self.sheet.write_boolean(self.row, at, value)
                elif isinstance(value, (int, float, Decimal)):
                    self.sheet.write_number(self.row, at, float(value))
                elif value is not None:
                    text = str(_joined(value))
                    self.sheet.write_string(self.row, at, text if len(text) <= self.LENGTH else text[: self.LENGTH - 1] + "…")

    def close(self) -> None:
        if not self.begun:
            self.write(Corpus([]))
        self.book.close()


def _joined(value: Any) -> Any:
    """A cell of several values as one text."""
    return "|".join(map(str, value)) if isinstance(value, list) else value


#: Text that a spreadsheet would run as a formula; full-width signs too, which some of them take for the others.
_FORMULA = re.compile("[\\s\\u200b\\ufeff]*[=+\\-@＝＋－＠]|[\\t\\r]")


def _cell(value: Any) -> Any:
    """A cell of a CSV file: an apostrophe before a formula makes it a text."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


class _JsonLines(_Writer):
    def write(self, corpus: Corpus) -> None:
        for row in self.rows(corpus).to_dicts():
            self.out.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat()


class _Json(_Writer):
    def write(self, corpus: Corpus) -> None:
        for doc in corpus:
            self.out.write(doc.to_json() + "\n")


class _Columns(_Writer):
    widths: Dict[str, int]

    def write(self, corpus: Corpus) -> None:
        keys = SHOWN[self.table]
        rows = [
            {key: _show(value) for key, value in row.items() if key in keys} for row in self.rows(corpus).to_dicts()
        ]
        if not self.begun and rows:
            self.begun = True
            self.widths = {key: max([_width(row[key]) for row in rows[:2000]] + [len(key)]) for key in keys}
            self._fit(keys)
            self._line({key: key.upper() for key in keys})
        for row in rows:
            self._line(row)

    def _fit(self, keys: Sequence[str]) -> None:
        """Narrows the widest columns until a line fits."""
        room = shutil.get_terminal_size((160, 24)).columns if self.out.isatty() else 240
        room = max(room - 2 * (len(keys) - 1), 8 * len(keys))
        while sum(self.widths.values()) > room:
            widest = max(keys, key=self.widths.__getitem__)
            self.widths[widest] -= 1

    def _line(self, row: Dict[str, str]) -> None:
        cells = [_fitted(row[key], width) for key, width in self.widths.items()]
        self.out.write("  ".join(cells).rstrip() + "\n")


def _show(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return printable("、".join(value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return printable(" ".join(str(value).split()))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _fitted(text: str, width: int) -> str:
    """The text in so many columns, a Chinese character taking two."""
    if _width(text) > width:
        kept = ""
        for c in text:
            if _width(kept + c) > width - 1:
                break
            kept += c
        text = kept + "…"
    return text + " " * (width - _width(text))


class _Page(_Writer):
    def __init__(self, out: TextIO, table: str, whole: bool) -> None:
        super().__init__(out, table)
        self.whole = whole

    def write(self, corpus: Corpus) -> None:
        if self.whole:
            self.out.write(_html.pages(list(corpus), "gongwen"))
        else:
            self.out.write(_html.table_page(self.rows(corpus)))


class _Parquet(_Writer):
    def __init__(self, file: BinaryIO, table: str) -> None:
        self.file, self.table, self.writer = file, table, None

    writer: Any

    def write(self, corpus: Corpus) -> None:
        import pyarrow.parquet

        table = self.rows(corpus).to_arrow()
        if self.writer is None:
            self.writer = pyarrow.parquet.ParquetWriter(self.file, table.schema)
        self.writer.write_table(table)

    def close(self) -> None:
        if self.writer is None:
            self.write(Corpus([]))
        self.writer.close()


class _Terminal(io.TextIOBase):
    """A terminal: of what is written to it only line ends are obeyed."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return self.out.write("\n".join(map(printable, text.split("\n"))))

    def flush(self) -> None:
        self.out.flush()


@contextmanager
def _file(output: str) -> Iterator[BinaryIO]:
    """A file to write to, which gets its name only when it is complete and on the disk.

    Until then it stands beside its place under a name that nobody has. What a link names is written, not the link; a
    device or a pipe is written to as it is.
    """
    try:
        mode: Optional[int] = os.stat(output).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(output, "wb") as device:
            yield device
        return
    path = os.path.realpath(output)
    part = os.path.join(os.path.dirname(path), f".gongwen-{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with open(descriptor, "wb") as file:
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(descriptor, stat.S_IMODE(mode))
            yield file
            file.flush()
            os.fsync(descriptor)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            os.remove(part)
        raise
    _sync(os.path.dirname(path))


def _sync(folder: str) -> None:
    """Has a new name of a folder on the disk, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    with suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)


@contextmanager
def _writer(form: str, table: str, whole: bool, output: Optional[str]) -> Iterator[_Writer]:
    """A writer to the standard output or to a file."""
    kinds = {"csv": _Csv, "tsv": _Tsv, "jsonl": _JsonLines, "md": _Markdown, "json": _Json, "table": _Columns}
    if output is None:
        out: Any = _Terminal(sys.stdout) if sys.stdout.isatty() else sys.stdout
        yield _Page(out, table, whole) if form == "html" else kinds[form](out, table)
        sys.stdout.flush()
        return
    with _file(output) as file:
        if form in BINARY:
            writer: _Writer = _Parquet(file, table) if form == "parquet" else _Xlsx(file, table)
            yield writer
            writer.close()
        else:
            # Excel knows UTF-8 by its mark.
            encoding = "utf-8-sig" if form in ("csv", "tsv") else "utf-8"
            out = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
            try:
                yield _Page(out, table, whole) if form == "html" else kinds[form](out, table)
                out.flush()
            finally:
                # The file is closed by whoever opened it; what cannot be written was said before.
                with suppress(OSError):
                    out.detach()
