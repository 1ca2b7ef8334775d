"""What is given to be read, as jobs: texts, paths, bytes and columns of frames, each with what is known of it."""

from __future__ import annotations

import datetime
import math
import operator
import os
import re
from typing import Any, Dict, Iterable, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from ._find import Found
from ._text import Failure, readable

Source = Union[str, bytes, bytearray, memoryview, "os.PathLike[str]"]
"""What `parse_many` takes: a text, a file's bytes, or a path."""

Scalar = Union[bool, int, float, str, None]

#: Title, place, day of publication, year, address, columns passed through.
Known = Tuple[
    Optional[str], Optional[str], Optional[Tuple[int, int, int]], Optional[int], Optional[str], List[Tuple[str, Scalar]]
]
Job = Tuple[str, Union[str, bytes, "os.PathLike[str]"], Optional[Known]]


class Input(NamedTuple):
    """One document to read, with what is known of it beside its text.

    `parse_many` and `scan` take these among texts and paths. The hints are those of `parse`; `keep` holds values that
    go through to every table, as columns of their own.

    >>> item = gongwen.Input("全年学法4次。", title="清河县2023年工作报告", keep={"crawl": 3})
    >>> corpus = gongwen.parse_many([item])
    >>> row = corpus.metrics.to_dicts()[0]
    >>> row["place"], row["document_year"], row["crawl"]
    ('清河县', 2023, 3)
    """

    source: Source
    """A text (``str``), a file (``pathlib.Path``) or a file's contents (``bytes``)."""
    name: Optional[str] = None
    """What to call it; by default its path or its number."""
    title: Optional[str] = None
    """Its title."""
    place: Optional[str] = None
    """Its jurisdiction."""
    published: Union[datetime.date, str, None] = None
    """The day it was published, or that day in ISO 8601."""
    year: Optional[int] = None
    """The year reported on or planned for."""
    url: Optional[str] = None
    """Its address."""
    keep: Optional[Mapping[str, Any]] = None
    """Values to pass through."""


class Columns(NamedTuple):
    """Which columns of a frame hold what."""

    text: Optional[str] = None
    name: Optional[str] = None
    title: Optional[str] = None
    place: Optional[str] = None
    published: Optional[str] = None
    year: Union[int, str, None] = None
    url: Optional[str] = None
    keep: Sequence[str] = ()


def known(
    title: object = None, place: object = None, published: object = None, year: object = None, url: object = None,
    keep: Optional[Mapping[str, Any]] = None,
) -> Optional[Known]:  # fmt: skip
    """What is known of a document, or None; raises TypeError or ValueError that names the hint."""
    passed = [(str(key), scalar(value)) for key, value in (keep or {}).items()]
    out = (_text("title", title), _text("place", place), _day(published), _year(year), _text("url", url), passed)
    return out if any(value is not None for value in out[:5]) or passed else None


def _missing(value: object) -> bool:
    """None, NaN, NaT and pandas.NA."""
    return value is None or isinstance(value, float) and math.isnan(value) or type(value).__name__ in ("NaTType", "NAType")


def _text(hint: str, value: object) -> Optional[str]:
    if _missing(value):
        return None
    if not isinstance(value, str):
        raise TypeError(f"{hint} is taken as str or None, not {type(value).__name__}")
    return str(value)


def _year(value: object) -> Optional[int]:
    if _missing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a column of whole numbers with gaps
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"year is taken as int or None, not {type(value).__name__}")
    number = operator.index(value)
    if not 1 <= number <= 9999:
        raise ValueError(f"a year from 1 to 9999 is taken, not {number}")
    return number


def _day(value: object) -> Optional[Tuple[int, int, int]]:
    if _missing(value):
        return None
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value.strip()[:10].replace("/", "-"))
        except ValueError:
            raise ValueError(f"published is taken as a date or in ISO 8601, 2024-03-01, not {value!r}") from None
    if not isinstance(value, datetime.date):
        item = getattr(value, "item", None)  # numpy.datetime64
        value = item() if callable(item) else value
        if isinstance(value, int):
            value = datetime.datetime.fromtimestamp(value / 1e9, datetime.timezone.utc)
    if not isinstance(value, datetime.date):
        raise TypeError(f"published is taken as a date or str, not {type(value).__name__}")
    return value.year, value.month, value.day


def scalar(value: Any) -> Scalar:
    """A value as it is passed through: bool, int, float or str."""
    if _missing(value):
        return None
    if isinstance(value, (bool, str)):
        return value
    item = getattr(value, "item", None)
    if callable(item) and not isinstance(value, (int, float)):  # a number of numpy's
        value = item()
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)
    return value if isinstance(value, (float, str)) else str(value)


_PATH = re.compile(
    r"(?:(?:~|\.{1,2}|[A-Za-z]:)?[\\/])?[^\s，。；：、]{1,200}\.(?:txt|text|html?|xhtml|shtml|docx?|pdf|wps|ofd|rtf|md|csv|jsonl?)"
    r"|(?:~|\.{1,2}|[A-Za-z]:)?(?:[\\/][\w.\-]{1,100}){2,30}",
    re.IGNORECASE,
)


def looks_like_path(text: str, *, bare: bool = True) -> bool:
    """Whether a text is a file's name and no text: its form says so, or there is such a file.

    Without `bare`, a name without a folder is one only where the file exists.
    """
    if len(text) > 255 or "\n" in text or "\0" in text:
        return False
    if (bare or "/" in text or "\\" in text) and _PATH.fullmatch(text):
        return True
    return (os.sep in text or "." in text) and os.path.isfile(text)


def jobs(items: object, columns: Columns, function: str, year: Optional[int]) -> Iterator[Union[Job, Failure]]:
    """The jobs, one by one; a Failure for an item that is none, with its place among all."""
    for index, item in enumerate(_inputs(items, columns, function)):
        try:
            yield _job(index, item, function, year)
        except (TypeError, ValueError) as error:
            name = item.name if isinstance(item.name, str) else str(index)
            yield Failure(index, name, str(error), error)


def _job(index: int, item: Input, function: str, year: Optional[int]) -> Job:
    source, name = item.source, item.name
    if name is not None and not isinstance(name, str):
        name = str(name)
    if isinstance(source, str):
        source = str(source)
        # A list that begins with a file's name is a list of names; among texts, a page may say no more than 通报.pdf.
        if looks_like_path(source, bare=index == 0):
            raise ValueError(f"item {index}, {source!r}, is a path and no text; write pathlib.Path({source!r}) to read it")
    elif isinstance(source, os.PathLike):
        name = name or os.fsdecode(os.fspath(source))
    elif isinstance(source, (bytearray, memoryview)):
        source = bytes(source)
    elif not isinstance(source, bytes):
        if _missing(source):
            raise TypeError(f"there is no text; item {index} is {type(source).__name__}")
        raise TypeError(f"{function}() takes texts (str), paths and bytes; item {index} is {type(source).__name__}")
    given = year if _missing(item.year) else item.year
    return (
        str(index) if name is None else readable(name),
        source,
        known(item.title, item.place, item.published, given, item.url, item.keep),
    )


def check(items: object, columns: Columns, function: str) -> None:
    """Raises at once what `jobs` would raise at its first item."""
    if iter(items) is not items if hasattr(items, "__iter__") else True:
        _inputs(items, columns, function)


def _inputs(items: object, columns: Columns, function: str) -> Iterator[Input]:
    """The items with what is known of each."""
    if isinstance(items, Found):
        items = items.files
    if isinstance(items, (str, os.PathLike)) and os.path.isdir(items):
        raise TypeError(f"{function}() takes an iterable of texts and paths, not a folder; write gongwen.find({os.fspath(items)!r})")
    if isinstance(items, (str, bytes, os.PathLike)):
        raise TypeError(
            f"{function}() takes an iterable of texts and paths, not one {type(items).__name__}; "
            "parse() and read() take one, and find() lists a folder"
        )
    library = type(items).__module__.split(".")[0]
    if library in ("pandas", "polars", "pyarrow") and (hasattr(items, "columns") or hasattr(items, "column_names")):
        return _rows(items, columns, function)
    if columns != Columns(year=columns.year if not isinstance(columns.year, str) else None):
        given = [f"{key}=" for key, value in zip(Columns._fields, columns) if value]
        raise TypeError(
            f"{function}() takes {', '.join(given)} as names of a frame's columns; for other items write "
            "gongwen.Input(text, title=…, url=…)"
        )
    if library == "pandas" and hasattr(items, "index") and hasattr(items, "items"):
        return (Input(source, str(name)) for name, source in items.items())
    if library == "pyarrow" and hasattr(items, "to_pylist"):
        return (Input(source) for source in _values(items))
    if isinstance(items, Mapping):
        return (_input(item, str(name)) for name, item in items.items())
    try:
        iterator = iter(items)  # type: ignore[call-overload]
    except TypeError:
        raise TypeError(f"{function}() takes an iterable of texts and paths, not {type(items).__name__}") from None
    return (_input(item, None) for item in iterator)


def _input(item: Any, name: Optional[str]) -> Input:
    if isinstance(item, Input):
        return item if name is None else item._replace(name=name)
    return Input(item, name)


def _rows(frame: Any, columns: Columns, function: str) -> Iterator[Input]:
    """The rows of a frame of pandas, polars or pyarrow."""
    names = [str(n) for n in (frame.column_names if hasattr(frame, "column_names") else frame.columns)]
    text = columns.text
    if text is None:
        if "text" not in names:
            raise TypeError(
                f"{function}() takes a frame with text=, the column that holds the texts; it has {', '.join(names)}"
            )
        text = "text"
    year = columns.year if isinstance(columns.year, str) else None
    keep = [columns.keep] if isinstance(columns.keep, str) else list(columns.keep)
    wanted: Dict[str, Optional[str]] = {
        "text": text, "name": columns.name, "title": columns.title, "place": columns.place,
        "published": columns.published, "year": year, "url": columns.url,
    }  # fmt: skip
    for key, column in [*wanted.items(), *(("keep", k) for k in keep)]:
        if column is not None and column not in names:
            raise ValueError(f"{function}(): there is no column {column!r} for {key}=; there are {', '.join(names)}")
    order = [name for name in wanted if wanted[name] is not None]
    streams: List[Iterable[Any]] = [_values(frame[wanted[name]]) for name in order]
    index = getattr(frame, "index", None)
    if columns.name is None and type(frame).__module__.startswith("pandas") and type(index).__name__ != "RangeIndex":
        order.append("name")
        streams.append(str(value) for value in index)  # type: ignore[union-attr]
    kept = [_values(frame[name]) for name in keep]

    def rows() -> Iterator[Input]:
        passed: Iterable[Tuple[Any, ...]] = zip(*kept) if kept else iter(lambda: (), None)
        for values, more in zip(zip(*streams), passed):
            row = dict(zip(order, values))
            source = row.pop("text")
            if "name" in row and not isinstance(row["name"], str):
                row["name"] = None if _missing(row["name"]) else str(row["name"])
            yield Input(source, **row, keep=dict(zip(keep, more)) or None)

    return rows()


def _values(column: Any) -> Iterable[Any]:
    """The values of a column as Python's own."""
    if hasattr(column, "chunks"):  # pyarrow, in chunks; Python objects of one chunk at a time
        return (value for chunk in column.chunks for value in chunk.to_pylist())
    if hasattr(column, "to_pylist"):
        return (value for at in range(0, len(column), 4096) for value in column.slice(at, 4096).to_pylist())
    values: Iterable[Any] = iter(column)
    return values
