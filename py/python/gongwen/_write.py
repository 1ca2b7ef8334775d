"""How the command writes tables and documents: a writer for each format, and files that are there whole or not at all."""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import secrets
import shutil
import stat
import unicodedata
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import Any, BinaryIO, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, TextIO, Tuple

from . import _html
from ._core import Batch, Document
from ._text import printable

#: Columns that a terminal has room for.
SHOWN: Dict[str, Sequence[str]] = {
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
    "indicators": ("document", "id", "name", "value", "unit", "status", "modality", "year", "basis"),
    "tables": ("document", "section_path", "rows", "columns", "cells"),
    "diagnostics": ("document", "severity", "code", "message"),
}


def _rows(batch: Batch) -> Iterator[Dict[str, Any]]:
    """The rows with Python's own values; a day is a text."""
    for line in batch.to_jsonl().split("\n"):
        if line:
            yield json.loads(line)


class Writer:
    """Writes the pieces of one table to an open file."""

    def __init__(self, out: Any, table: str) -> None:
        self.out = out
        self.table = table
        self.begun = False

    def write(self, batch: Batch) -> None:
        """Writes a piece; the first, which may have no rows, says the columns."""
        raise NotImplementedError

    def close(self) -> None:
        """Writes what is written last."""


class Csv(Writer):
    separator = ","

    def write(self, batch: Batch) -> None:
        self.out.write(batch.to_csv(header=not self.begun, separator=self.separator))
        self.begun = True


class Tsv(Csv):
    separator = "\t"


class JsonLines(Writer):
    def write(self, batch: Batch) -> None:
        self.out.write(batch.to_jsonl())


class Markdown(Writer):
    def write(self, batch: Batch) -> None:
        self.out.write(batch.to_markdown(header=not self.begun))
        self.begun = True


class Parquet(Writer):
    #: Rows of one of its groups.
    GROUP = 1 << 16

    def __init__(self, out: Any, table: str) -> None:
        super().__init__(out, table)
        self.writer: Any = None
        self.held: List[Any] = []

    def write(self, batch: Batch) -> None:
        import pyarrow.parquet

        self.held.append(pyarrow.record_batch(batch))
        if self.writer is None:
            self.writer = pyarrow.parquet.ParquetWriter(self.out, self.held[0].schema)
        if sum(piece.num_rows for piece in self.held) >= self.GROUP:
            self.flush()

    def flush(self) -> None:
        import pyarrow

        self.writer.write_table(pyarrow.Table.from_batches(self.held))
        self.held = []

    def close(self) -> None:
        if self.held:
            self.flush()
        self.writer.close()


class Page(Writer):
    """A page with all of the table."""

    def __init__(self, out: Any, table: str) -> None:
        super().__init__(out, table)
        self.rows: List[Dict[str, Any]] = []
        self.columns: Dict[str, str] = {}

    def write(self, batch: Batch) -> None:
        self.columns = dict(zip(batch.columns, batch.types))
        self.rows += _rows(batch)

    def close(self) -> None:
        self.out.write(_html.table_page(self.table, self.columns, self.rows))


class Sheet(Writer):
    """A sheet of a workbook, in constant memory; every text is a text there, whatever it begins with."""

    #: Rows of a sheet, and characters of a cell, as Excel limits them.
    ROWS, LENGTH = 1_048_576, 32_767
    #: The first day that Excel counts without its leap year of 1900.
    FIRST = "1900-03-01"
    #: The widest that a column is made, and the rows that are looked at for it.
    WIDEST, LOOKED = 50, 2000

    def __init__(self, book: Any, table: str) -> None:
        super().__init__(book.add_worksheet(table), table)
        self.bold = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.row = 0
        self.widths: List[int] = []

    def write(self, batch: Batch) -> None:
        if not self.begun:
            self.begun = True
            for at, name in enumerate(batch.columns):
                self.out.write_string(0, at, name, self.bold)
            self.widths = [width(name) for name in batch.columns]
            self.out.freeze_panes(1, 0)
        days = [kind == "date" for kind in batch.types]
        for row in _rows(batch):
            self.row += 1
            if self.row >= self.ROWS:
                raise OSError(0, f"a sheet of Excel has {self.ROWS:,} rows and {self.table} has more; write .csv or .parquet")
            for at, value in enumerate(row.values()):
                if self.row <= self.LOOKED:
                    self.widths[at] = max(self.widths[at], self._width(value))
                if isinstance(value, bool):
                    self.out.write_boolean(self.row, at, value)
                elif isinstance(value, (int, float)):
                    self.out.write_number(self.row, at, value)
                elif days[at] and value is not None and value >= self.FIRST:
                    self.out.write_datetime(self.row, at, datetime.date.fromisoformat(value), self.day)
                elif value is not None:
                    text = "|".join(value) if isinstance(value, list) else value
                    self.out.write_string(self.row, at, text if len(text) <= self.LENGTH else text[: self.LENGTH - 1] + "…")

    def _width(self, value: object) -> int:
        """How wide a cell is, as far as a column is widened for it."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else "|".join(value) if isinstance(value, list) else str(value)
        return width(text[: self.WIDEST])

    def close(self) -> None:
        for at, size in enumerate(self.widths):
            self.out.set_column(at, at, min(size, self.WIDEST) + 2)


class Columns(Writer):
    """Columns for reading, as wide as a terminal; of the documents' names what they have in common is left out."""

    widths: Dict[str, int]

    def __init__(self, out: Any, table: str, common: str = "") -> None:
        super().__init__(out, table)
        self.common = common

    def write(self, batch: Batch) -> None:
        rows = [{key: self._show(key, value) for key, value in row.items()} for row in _rows(batch)]
        if not self.begun and rows:
            self.begun = True
            keys = batch.columns
            self.widths = {key: max([width(row[key]) for row in rows[:2000]] + [len(key)]) for key in keys}
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

    def _line(self, row: Mapping[str, str]) -> None:
        cells = [fitted(row[key], size, at_end=key != "document") for key, size in self.widths.items()]
        self.out.write("  ".join(cells).rstrip() + "\n")

    def _show(self, key: str, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, list):
            return printable("、".join(value))
        if isinstance(value, float):
            return f"{Decimal(repr(value)).normalize():f}"
        text = str(value)
        if key == "document" and text.startswith(self.common):
            text = text[len(self.common) :]
        return printable(" ".join(text.split()))


def width(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fitted(text: str, size: int, *, at_end: bool = True) -> str:
    """The text in so many columns; what is too long loses its end, or else its beginning."""
    if width(text) > size:
        kept, room = 0, size - 1
        for c in text if at_end else reversed(text):
            room -= width(c)
            if room < 0:
                break
            kept += 1
        text = text[:kept] + "…" if at_end else "…" + text[len(text) - kept :]
    return text + " " * (size - width(text))


def documents(out: TextIO, form: str, corpus: Iterable[Document]) -> None:
    """Whole documents: their JSON form, one a line, or a page of all."""
    if form == "html":
        out.write(_html.pages(list(corpus), "gongwen"))
    else:
        for doc in corpus:
            out.write(doc.to_json() + "\n")


class Terminal(io.TextIOBase):
    """A terminal: of what is written to it only line ends are obeyed."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return self.out.write("\n".join(map(printable, text.split("\n"))))

    def flush(self) -> None:
        self.out.flush()


#: A writer of a table of text, by the format's name.
TEXT = {"csv": Csv, "tsv": Tsv, "jsonl": JsonLines, "md": Markdown, "html": Page, "table": Columns}


@contextmanager
def text_file(output: str, form: str) -> Iterator[TextIO]:
    """A file for text, whole or not at all."""
    # Excel knows UTF-8 by its mark.
    encoding = "utf-8-sig" if form in ("csv", "tsv") else "utf-8"
    with whole_file(output) as file:
        out = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
        try:
            yield out
            out.flush()
        finally:
            # The file is closed by whoever opened it; what cannot be written was said before.
            with suppress(OSError):
                out.detach()


@contextmanager
def workbook(output: str) -> Iterator[Any]:
    """A workbook of xlsxwriter's, whole or not at all."""
    import xlsxwriter

    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with whole_file(output) as file:
        book: Any = xlsxwriter.Workbook(_Onward(file) if opened(output) else file, settings)
        yield book
        book.close()


class _Onward:
    """A file in which nothing is gone back to: one that was opened to append writes at its end alone."""

    def __init__(self, file: BinaryIO) -> None:
        self.write, self.flush = file.write, file.flush


#: The folders whose names are a process's open files.
_OPENED = re.compile(r"/dev/fd|/proc/(?:self|thread-self|[0-9]+)(?:/task/[0-9]+)?/fd")


def opened(output: str) -> Optional[Tuple[bool, int]]:
    """The open file that a name leads to, /dev/stdout or /proc/17/fd/3: whether it is this process's, and its number."""
    # A name that cannot be looked at is none; what is wrong with it is said when it is written.
    with suppress(OSError, ValueError):
        for _ in range(40):
            folder, name = os.path.split(output)
            folder = os.path.realpath(folder)
            if _OPENED.fullmatch(folder) and re.fullmatch("[0-9]{1,9}", name):
                own = folder == "/dev/fd" or folder.startswith(("/proc/self/", "/proc/thread-self/", os.path.realpath("/proc/self") + "/"))
                return own, int(name)
            if not os.path.islink(output):
                break
            output = os.path.join(folder, os.readlink(output))
    return None


@contextmanager
def whole_file(output: str) -> Iterator[BinaryIO]:
    """A file to write to, which gets its name only when it is complete and on the disk.

    Until then it stands beside its place under a name that nobody has. What a link names is written, not the link; a
    device or a pipe is written to as it is, and so is a file that is open already: whoever opened it said whether it is
    emptied or goes on.
    """
    there = opened(output)
    if there is not None:
        import fcntl

        own, number = there
        # The place where it is written is that of whoever opened it; of another process's file it is the end.
        descriptor = os.dup(number) if own else os.open(output, os.O_WRONLY | os.O_APPEND)
        with open(descriptor, "ab" if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_APPEND else "wb") as stream:
            yield stream
        return
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


