"""What a reader of reports calls: `parse`, `read` and `parse_many`."""

from __future__ import annotations

import datetime
import operator
import os
import stat
import sys
from typing import IO, Any, Callable, Iterable, Iterator, List, Literal, Mapping, NamedTuple, Optional, Sequence, SupportsIndex, Tuple, Union, get_args

from . import _core, _items
from ._core import Corpus, Document
from ._find import Found
from ._items import Columns, Input, Known, Source
from ._text import Error, Failure, in_python, readable

Format = Literal["plain", "html", "docx", "doc", "pdf", "ofd", "xlsx", "xls", "rtf", "mht"]
"""What a file may be read as."""

_SAMPLE = """\
清河县2023年法治政府建设年度报告

　　根据《法治政府建设实施纲要（2021－2025年）》，现将有关情况报告如下。
　　一、主要举措和成效
　　（一）加强组织领导。2023年县政府常务会议集体学法4次。抽查行政处罚案卷300余件，合格率98.5%。
　　二、存在的不足和原因
　　一是执法力量不足；二是普法形式单一。
　　三、下一年度主要安排
　　由县司法局牵头，县财政局、县人社局配合，6月底前培训执法人员200人，审批时限由20天缩短至15天。

清河县人民政府
2024年1月15日
"""


def sample() -> Document:
    """A short invented report, to try things on.

    >>> print(gongwen.sample().metrics[1].sentence)
    抽查行政处罚案卷300余件，合格率98.5%。
    """
    return parse(_SAMPLE, name="sample")


def parse(
    text: str,
    *,
    name: Optional[str] = None,
    facts: bool = True,
    checks: bool = True,
    title: Optional[str] = None,
    place: Optional[str] = None,
    published: Union[datetime.date, str, None] = None,
    year: Optional[int] = None,
    url: Optional[str] = None,
    limits: Optional[Mapping[str, int]] = None,
) -> Document:
    """Parses the text of one document.

    Every text gives a document; what looks wrong in it is among its diagnostics.

    :param name: what to call the document in tables and messages.
    :param facts: whether to look for metrics, responsibilities, deadlines and references.
    :param checks: whether to make diagnostics.
    :param title: its title, from a crawl or a list. Kind, place and year are read out of it where the text has none.
    :param place: its jurisdiction, where the text does not say.
    :param published: the day it was published, or that day in ISO 8601: the year of a 6月底前 that nothing else tells.
    :param year: the year reported on or planned for, where the text does not say.
    :param url: its address, for tables and chunks.
    :param limits: what is too much, by name: ``{"text": 32 << 20}`` for more than 8 MiB of text, ``{"rows": 1_000_000}`` for
        more than 500,000 lines. ``input``, ``unpacked``, ``ratio``, ``entries``, ``depth`` and ``cells`` are of files, which
        `read` reads; the error names the one to raise.

    The text is asked first; a hint says what the text does not. A lone surrogate in the text is no character; it is read as U+FFFD, so that offsets stay true.

    >>> doc = gongwen.parse("一、总体情况\\n全年集体学法4次。")
    >>> metric = doc.metrics[0]
    >>> metric.value, metric.unit, doc.text[metric.span]
    (Decimal('4'), '次', '4次')
    """
    if not isinstance(text, str):
        hint = "; read() takes bytes, paths and files" if isinstance(text, (bytes, os.PathLike)) else ""
        raise TypeError(f"parse() takes a text (str), not {_kind(text)}{hint}")
    if _items.looks_like_path(text):
        raise ValueError(f"{text!r} is a path and no text; write gongwen.read({text!r}) to read it")
    known = _known("parse", title, place, published, year, url)
    return _core.parse(text, _name("parse", name), _options("parse", facts, checks, known, limits=limits))


def read(
    source: Union[Source, IO[bytes], IO[str]],
    *,
    name: Optional[str] = None,
    encoding: Optional[str] = None,
    format: Optional[Format] = None,
    facts: bool = True,
    checks: bool = True,
    title: Optional[str] = None,
    place: Optional[str] = None,
    published: Union[datetime.date, str, None] = None,
    year: Optional[int] = None,
    url: Optional[str] = None,
    limits: Optional[Mapping[str, int]] = None,
) -> Document:
    """Reads one document from a path, from a file's bytes or from an open file.

    Text in any encoding, web pages (.html, .mht), Word and WPS files (.docx, .doc, .wps, .rtf), .pdf with a text
    layer, .ofd and spreadsheets (.xlsx, .xls) are read; format and encoding are found out from the bytes.

    :param name: what to call the document; by default the file's path.
    :param encoding: the encoding, ``"gb18030"`` for example, where it is known better.
    :param format: ``"plain"``, ``"html"``, ``"docx"``, ``"doc"``, ``"pdf"`` …, where it is known better.

    The other options are those of `parse`. What cannot be read raises `gongwen.Error`, which names the file.

    >>> doc = gongwen.read("一、总体情况".encode())
    >>> doc.sections[0].heading
    '总体情况'
    >>> gongwen.read("missing.txt")
    Traceback (most recent call last):
    gongwen.Error: missing.txt: No such file or directory
    """
    known = _known("read", title, place, published, year, url)
    options = _options("read", facts, checks, known, encoding, format, limits)
    name = _name("read", name)
    content: object
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        if not isinstance(path, str):
            path = os.fsdecode(path)
        name = readable(path) if name is None else name
        try:
            with open(path, "rb") as file:
                content = _contents(file, limits)
        except (OSError, ValueError) as error:
            if "\n" in path or len(path) > 255:
                raise Error("this is no path; parse() takes texts", path.strip()[:20] + "…") from error
            raise Error(getattr(error, "strerror", None) or str(error), name) from error
    elif isinstance(source, (bytes, bytearray, memoryview)):
        content = bytes(source)
    elif callable(getattr(source, "read", None)):
        given = getattr(source, "name", None)
        if name is None and isinstance(given, str):
            name = readable(given)
        try:
            content = source.read()
        except (OSError, UnicodeDecodeError) as error:
            raise Error(str(error), name) from error
    else:
        raise TypeError(f"read() takes a path, bytes or an open file, not {_kind(source)}")
    if isinstance(content, str):
        return _core.parse(content, name, options)
    if not isinstance(content, bytes):
        raise TypeError(f"read() takes a file that gives bytes or str, not {_kind(content)}")
    return _core.read_bytes(content, name, options)


def parse_many(
    items: Union[Iterable[Union[Source, Input]], Mapping[str, Union[Source, Input]], Found],
    *,
    threads: Optional[int] = None,
    progress: Union[bool, Callable[[int, int], object]] = False,
    errors: Literal["raise", "collect"] = "raise",
    encoding: Optional[str] = None,
    format: Optional[Format] = None,
    facts: bool = True,
    checks: bool = True,
    text: Optional[str] = None,
    name: Optional[str] = None,
    title: Optional[str] = None,
    place: Optional[str] = None,
    published: Optional[str] = None,
    year: Union[int, str, None] = None,
    url: Optional[str] = None,
    keep: Sequence[str] = (),
    limits: Optional[Mapping[str, int]] = None,
) -> Corpus:
    """Parses many documents in parallel, without the GIL, and returns them in the order given.

    :param items: texts (``str``), files (``pathlib.Path``), files' contents (``bytes``) or an `Input` of one of these,
        in any mixture; or a mapping from names to these; or a column or frame of pandas, polars or pyarrow. A document
        without a name is called by its number, one of a Series by its index. What `find` found is taken as it is.
    :param threads: how many threads; by default as many as there are processors for this process.
    :param progress: True shows a bar, tqdm's where it is installed; a function is called with the number of
        documents done and of all.
    :param errors: ``"raise"`` stops at the first file that cannot be read and raises `gongwen.Error`;
        ``"collect"`` goes on and keeps what went wrong with an item, a missing text too, in ``corpus.failures``.
    :param text: of a frame, the column of texts; ``name``, ``title``, ``place``, ``published``, ``year`` and ``url`` the
        columns of what is known of each. ``year`` as a number holds for all.
    :param keep: of a frame, columns to pass through to every table.

    The other options are those of `read`. Ctrl-C stops the work.

    >>> corpus = gongwen.parse_many(["办结案件9件。", "办结案件12件。"])
    >>> [doc.metrics[0].value for doc in corpus]
    [Decimal('9'), Decimal('12')]
    """
    if not isinstance(progress, bool) and not callable(progress):
        raise TypeError(f"parse_many() takes progress as True, False or a function, not {_kind(progress)}")
    columns = Columns(text, name, title, place, published, year, url, keep)
    given = _many("parse_many", items, columns, threads, errors, encoding, format, facts, checks, limits)
    failures: List[Failure] = []
    jobs: List[_items.Job] = []
    places: List[int] = []
    for index, job in enumerate(given.jobs()):
        if isinstance(job, Failure):
            if errors == "raise":
                raise job.error or Error(job.message, job.name)
            failures.append(job)
        else:
            jobs.append(job)
            places.append(index)
    with _Progress(progress, len(jobs)) as bar:
        results = _core.parse_jobs(jobs, given.threads, bar.update if progress else None, errors == "raise", given.options)
    documents: List[Document] = []
    for index, (file, _, _), result in zip(places, jobs, results):
        if isinstance(result, Document):
            documents.append(result)
        elif isinstance(result, str):
            failures.append(Failure(index, file, in_python(result)))
    failures.sort(key=lambda failure: failure.position)
    if failures and errors == "raise":
        raise Error(failures[0].message, failures[0].name)
    return Corpus(documents, failures)


_Options = Tuple[bool, bool, Optional[str], Optional[str], Optional[Known], List[Tuple[str, int]]]


def _options(
    function: str,
    facts: object,
    checks: object,
    known: Optional[Known],
    encoding: object = None,
    format: object = None,
    limits: object = None,
) -> _Options:
    for key, value in (("facts", facts), ("checks", checks)):
        if not isinstance(value, bool):
            raise TypeError(f"{function}() takes {key} as True or False, not {_kind(value)}")
    if encoding is not None:
        if not isinstance(encoding, str):
            raise TypeError(f"{function}() takes encoding as str or None, not {_kind(encoding)}")
    if format is not None and (not isinstance(format, str) or format not in get_args(Format)):
        raise ValueError(f"{function}() takes format=None or one of {', '.join(get_args(Format))}, not {format!r}")
    given: List[Tuple[str, int]] = []
    if limits is not None:
        if not isinstance(limits, Mapping):
            raise TypeError(f"{function}() takes limits as a mapping from names to numbers or None, not {_kind(limits)}")
        for key, value in limits.items():
            if not isinstance(key, str) or isinstance(value, bool) or not isinstance(value, SupportsIndex):
                raise TypeError(f"{function}() takes limits as a mapping from names (str) to numbers (int)")
            number = operator.index(value)
            if number < 0:
                raise ValueError(f"{function}() takes a limit of at least 0, not {number}")
            given.append((key, min(number, 2**64 - 1)))
    return bool(facts), bool(checks), encoding, format, known, given


class _Many(NamedTuple):
    """What is asked of many documents, checked."""

    jobs: Callable[[], Iterator[Union[_items.Job, Failure]]]
    options: _Options
    threads: int


def _many(
    function: str, items: object, columns: Columns, threads: object, errors: object, encoding: object, format: object,
    facts: object, checks: object, limits: object,
) -> _Many:  # fmt: skip
    """The arguments that `parse_many` and `scan` share."""
    if errors not in ("raise", "collect"):
        raise ValueError(f'{function}() takes errors="raise" or "collect", not {errors!r}')
    if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int)):
        raise TypeError(f"{function}() takes threads as int or None, not {_kind(threads)}")
    if threads is not None and threads < 1:
        raise ValueError(f"{function}() takes threads of at least 1, not {threads}")
    options = _options(function, facts, checks, None, encoding, format, limits)
    year = _year(function, columns.year)
    _items.check(items, columns, function)
    return _Many(lambda: _items.jobs(items, columns, function, year), options, threads or _processors())


def _known(function: str, title: object, place: object, published: object, year: object, url: object) -> Optional[Known]:
    if isinstance(year, float):
        raise TypeError(f"{function}(): year is taken as int or None, not float")
    try:
        return _items.known(title, place, published, year, url)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{function}(): {error}") from None


def _year(function: str, year: object) -> Optional[int]:
    """A year that holds for all; a column's name is none."""
    if isinstance(year, str):
        return None
    known = _known(function, None, None, None, year, None)
    return known[3] if known else None


def _contents(file: IO[bytes], limits: Optional[Mapping[str, int]]) -> bytes:
    """What a file holds; of one larger than the limit no more than tells that it is."""
    limit = (limits or {}).get("input", _core.limits()["input"])
    found = os.fstat(file.fileno())
    if stat.S_ISREG(found.st_mode):
        if found.st_size > limit:
            raise OSError(f"input size is {found.st_size}, more than the limit of {limit}; raise `limits.input`")
        return file.read()
    return file.read(limit + 1)


def _name(function: str, name: object) -> Optional[str]:
    if name is not None and not isinstance(name, str):
        raise TypeError(f"{function}() takes name as str or None, not {_kind(name)}")
    return None if name is None else readable(name)


def _kind(value: object) -> str:
    return type(value).__name__


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _Progress:
    """A bar, a function or nothing, told how many documents are done. Of how many, where that is known."""

    def __init__(self, progress: Union[bool, Callable[..., object]], total: Optional[int]) -> None:
        self._total = total
        self._done = 0
        self._bar: Any = None
        self._call = progress if callable(progress) else None
        self._print = False
        if progress is True:
            try:
                from tqdm.auto import tqdm
            except ImportError:
                self._print = True
            else:
                self._bar = tqdm(total=total, unit="doc")

    def update(self, done: int) -> None:
        if self._bar is not None:
            self._bar.update(done - self._done)
        if self._call is not None:
            self._call(*((done,) if self._total is None else (done, self._total)))
        if self._print:
            of = "" if self._total is None else f"/{self._total}"
            print(f"\r{done}{of} documents", end="", file=sys.stderr, flush=True)
        self._done = done

    def add(self, documents: int) -> None:
        self.update(self._done + documents)

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *exc: object) -> None:
        if self._bar is not None:
            self._bar.close()
        if self._print:
            print(file=sys.stderr)
