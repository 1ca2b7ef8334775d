"""Strings that know their place, small records and the words that fields hold."""

from __future__ import annotations

import datetime
import difflib
import os
import re
import sys
from decimal import Decimal
from typing import Any, Iterable, Literal, NamedTuple, NoReturn, Optional, Tuple

if sys.version_info >= (3, 11):
    from typing import Self
else:
    Self = Any

Kind = Literal["annual_report", "work_report", "work_plan", "notice", "regulation", "other"]
MetadataKey = Literal[
    "index_number", "document_number", "issuer", "responsible_office", "disclosure", "written_date",
    "published_date", "source", "validity", "topic", "editor", "other",
]  # fmt: skip
MarkerStyle = Literal[
    "cn_comma", "cn_paren", "arabic_dot", "arabic_paren", "circled", "decimal", "part", "chapter", "division",
    "article", "item_shi", "ordinal",
]  # fmt: skip
HeadingForm = Literal["block", "run_in"]
Role = Literal[
    "measures", "shortcomings", "leadership", "plan", "overview", "requirements", "tasks", "other",
]  # fmt: skip
Dimension = Literal[
    "count", "percent", "percentage_point", "money", "duration", "area", "length", "mass", "volume", "energy",
    "ratio", "frequency",
]  # fmt: skip
Bound = Literal["exact", "about", "over", "at_least", "under", "at_most"]
Modality = Literal["actual", "target"]
ChangeKind = Literal["from_to", "increase", "decrease"]
ResponsibilityRole = Literal["responsible", "lead", "support", "supervise", "person"]
DeadlineKind = Literal["by", "within", "recurring"]
Every = Literal["day", "week", "month", "quarter", "half_year", "year"]
Severity = Literal["info", "warning", "error"]
Code = Literal[
    "numbering_gap", "numbering_repeat", "numbering_backward", "unclosed_bracket", "missing_role",
    "empty_section", "rate_mismatch", "sum_mismatch", "impossible_percent", "injected_text", "unknown_unit", "doubtful_number",
    "truncated", "damaged_marker", "undecodable_bytes", "encoding_guessed", "hidden_text",
    "no_text_layer", "unreadable_text_layer", "not_read", "no_body",
]  # fmt: skip


#: What a terminal would obey, or what would turn the order of what is read: controls, line ends, bidirectional marks.
_UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufff9-\\ufffb\\ud800-\\udfff]")


def printable(text: str) -> str:
    """A document's words or a file's name as one line for a terminal or a log: nothing in it is obeyed.

    >>> from gongwen._text import printable
    >>> printable("清河\\x1b[2J县\\n2024年")
    '清河�[2J县�2024年'
    """
    return _UNSEEN.sub("\ufffd", text)


def near(word: object, known: Iterable[str]) -> str:
    """What may have been meant, as the end of a message; empty where nothing is like it.

    >>> from gongwen._text import near
    >>> near("metric", ["metrics", "tasks"])
    "; did you mean 'metrics'?"
    """
    word, names = str(word), list(known)
    found = difflib.get_close_matches(word, names, 1, 0.6) or [name for name in names if len(word) > 2 and name.startswith(word)][:1]
    return f"; did you mean {found[0]!r}?" if found else ""


#: Names of options that messages of the reader have, and how they are given in Python and on the command line.
_OPTION = re.compile(r"name the encoding, or the format `(\w+)`|raise `limits\.(\w+)`")


def in_python(message: str) -> str:
    """A message of the reader with the options as Python has them.

    >>> from gongwen._text import in_python
    >>> in_python("name the encoding, or the format `plain`")
    'give encoding=, or format="plain"'
    """
    return _OPTION.sub(lambda m: f'give encoding=, or format="{m[1]}"' if m[1] else m[0], message)


def in_shell(message: str) -> str:
    """A message with the options as the command has them.

    >>> from gongwen._text import in_shell
    >>> in_shell("raise `limits.text`")
    'raise --limit text=N'
    """
    message = _OPTION.sub(lambda m: f"give --encoding, or --read-as {m[1]}" if m[1] else f"raise --limit {m[2]}=N", message)
    return re.sub(r'give encoding=, or format="(\w+)"', r"give --encoding, or --read-as \1", message)


def readable(name: str) -> str:
    """A file's name in characters. One that is not in the system's encoding is tried as GB18030: so names come out of
    archives that were packed on Windows.

    >>> import os
    >>> from gongwen._text import readable
    >>> readable(os.fsdecode("报告".encode("gbk")))
    '报告'
    """
    try:
        name.encode()
        return name
    except UnicodeEncodeError:
        return os.sep.join(map(_readable, name.split(os.sep)))


def _readable(part: str) -> str:
    try:
        return part.encode("utf-8", "surrogateescape").decode("gb18030" if _LONE.search(part) else "utf-8")
    except UnicodeError:
        return _LONE.sub("\ufffd", part)


_LONE = re.compile("[\\ud800-\\udfff]")


class Text(str):
    """A piece of a document: a `str` that knows where it stands.

    It is the text as a reader sees it, without the line ends and spaces that copying left in it;
    ``document.text[piece.span]`` is the exact text. In everything but ``span`` it is an ordinary string:
    it equals, hashes and prints like one.

    >>> doc = gongwen.parse("一、总体\\n  情况\\n全年学法4次。")
    >>> title = doc.sections[0].heading
    >>> title.span, doc.text[title.span]
    (slice(2, 4, None), '总体')
    """

    __slots__ = ("_span",)
    _span: slice

    def __new__(cls, text: str, span: slice) -> Self:
        self = str.__new__(cls, text)
        object.__setattr__(self, "_span", span)
        return self

    @property
    def span(self) -> slice:
        """Its place: a slice of ``document.text``, in code points.

        >>> gongwen.sample().metrics[0].unit.span
        slice(102, 103, None)
        """
        return self._span

    @property
    def text(self) -> str:
        """The same as an ordinary string.

        >>> type(gongwen.sample().title.text) is str
        True
        """
        return str.__str__(self)

    def __str__(self) -> str:
        return str.__str__(self)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} never changes; {name!r} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} never changes; {name!r} cannot be deleted")

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (str.__str__(self), self._span)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


class Marker(Text):
    """A numbering marker, （一） or 3. or 一是.

    >>> marker = gongwen.sample().sections[1].marker
    >>> marker, marker.style, marker.number
    ('（一）', 'cn_paren', 1)
    """

    __slots__ = ("_style", "_number")
    _style: MarkerStyle
    _number: int

    def __new__(cls, text: str, span: slice, style: MarkerStyle, number: int) -> Self:
        self = Text.__new__(cls, text, span)
        object.__setattr__(self, "_style", style)
        object.__setattr__(self, "_number", number)
        return self

    @property
    def style(self) -> MarkerStyle:
        """The family it belongs to.

        >>> gongwen.sample().sections[0].marker.style
        'cn_comma'
        """
        return self._style

    @property
    def number(self) -> int:
        """Its number; of 1.2.3 the last.

        >>> gongwen.sample().sections[2].marker.number
        2
        """
        return self._number

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.text, self.span, self._style, self._number)


class Heading(Text):
    """A section's heading, without marker and final punctuation.

    >>> heading = gongwen.sample().sections[1].heading
    >>> heading, heading.form
    ('加强组织领导', 'run_in')
    """

    __slots__ = ("_form",)
    _form: HeadingForm

    def __new__(cls, text: str, span: slice, form: HeadingForm) -> Self:
        self = Text.__new__(cls, text, span)
        object.__setattr__(self, "_form", form)
        return self

    @property
    def form(self) -> HeadingForm:
        """How it stands: ``block`` fills its line, after ``run_in`` the text goes on in the same line.

        >>> gongwen.sample().sections[0].heading.form
        'block'
        """
        return self._form

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.text, self.span, self._form)


class Change(NamedTuple):
    """How a number changed.

    >>> gongwen.parse("案件数量同比下降12%。").metrics[0].change
    Change(kind='decrease', from_=None, to=None, basis='同比')
    """

    kind: ChangeKind
    """In what way."""
    from_: Optional[Decimal]
    """The number before, for ``from_to``."""
    to: Optional[Decimal]
    """The number after, for ``from_to``."""
    basis: Optional[Text]
    """What it is compared with: 同比, 环比, 比上年."""


class Period(NamedTuple):
    """The days a number covers, both included.

    >>> period = gongwen.sample().metrics[0].period
    >>> (period.to - period.from_).days
    364
    """

    from_: datetime.date
    """The first day."""
    to: datetime.date
    """The last day."""


class DocumentNumber(NamedTuple):
    """A document number, 陕政办发〔2023〕25号.

    >>> gongwen.parse("根据陕政办发〔2023〕25号文件。").references[0].number
    DocumentNumber(text='陕政办发〔2023〕25号', agency='陕政办发', year=2023, serial=25)
    """

    text: Text
    """The whole number."""
    agency: Text
    """The agency's code, 陕政办发."""
    year: int
    """The year, 2023."""
    serial: int
    """The serial number, 25."""

    @property
    def span(self) -> slice:
        """Where it stands.

        >>> gongwen.parse("根据陕政办发〔2023〕25号文件。").references[0].number.span
        slice(2, 15, None)
        """
        return self.text.span


class Signature(NamedTuple):
    """The closing lines: who signed, and when. 落款

    >>> signature = gongwen.sample().signature
    >>> signature.issuer, signature.date
    ('清河县人民政府', datetime.date(2024, 1, 15))
    """

    text: Text
    """Issuer and date."""
    issuer: Optional[Text]
    """Who signed."""
    date: Optional[datetime.date]
    """When."""

    @property
    def span(self) -> slice:
        """Where it stands.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.signature.span].split()
        ['清河县人民政府', '2024年1月15日']
        """
        return self.text.span


class Failure(NamedTuple):
    """Something that could not be read.

    >>> corpus = gongwen.parse_many(["甲。", pathlib.Path("missing.txt")], errors="collect")
    >>> corpus.failures[0].position, corpus.failures[0].name
    (1, 'missing.txt')
    """

    position: int
    """Its place among what was given."""
    name: str
    """The file's path, or the name that was given."""
    message: str
    """What was wrong."""
    error: Optional[Exception] = None
    """The exception that was raised for it, where there was one."""


class Error(Exception):
    """A file that could not be read; the message names it.

    Text never fails to parse: what looks wrong in it is a diagnostic.

    >>> try:
    ...     gongwen.read("missing.txt")
    ... except gongwen.Error as error:
    ...     print(error.file)
    missing.txt
    """

    file: Optional[str]
    """The file's name, where there is one."""

    def __init__(self, message: str, file: Optional[str] = None) -> None:
        message = in_python(message)
        super().__init__(message, file)
        self.file = file
        self._message = message

    def __str__(self) -> str:
        message = printable(self._message)
        return f"{printable(self.file)}: {message}" if self.file else message
