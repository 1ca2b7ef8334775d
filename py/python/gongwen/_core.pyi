import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Generic, Literal, TypeAlias, TypeVar, final, overload

import pandas
import polars
import pyarrow

from .indicators import Frame, Panel
from ._items import Job, Known, Scalar
from ._text import (
    Bound,
    Change,
    Code,
    DeadlineKind,
    Dimension,
    DocumentNumber,
    Every,
    Failure,
    Heading,
    Kind,
    Marker,
    MetadataKey,
    Modality,
    Period,
    ResponsibilityRole,
    Role,
    Severity,
    Signature,
    Text,
)

__all__ = [
    "Batch",
    "Chunk",
    "Corpus",
    "Deadline",
    "Diagnostic",
    "Dictionary",
    "Document",
    "Indicator",
    "Item",
    "Metadata",
    "Metric",
    "Paragraph",
    "Pending",
    "Pool",
    "Reference",
    "Responsibility",
    "Rows",
    "Section",
    "Table",
    "Task",
    "__version__",
    "canonical_unit",
    "empty_batch",
    "export_stream",
    "digest",
    "frame_batch",
    "indicator_checks",
    "limits",
    "panel_rows",
    "parse",
    "parse_columns",
    "parse_jobs",
    "read_bytes",
    "read_form",
    "restore",
    "restore_dictionary",
    "restore_rows",
    "restore_with",
    "words",
]

__version__: str

_Options: TypeAlias = tuple[bool, bool, str | None, str | None, Known | None, list[tuple[str, int]]]
_Row = TypeVar("_Row", covariant=True)

@final
class Document:
    """One parsed report: what `gongwen.parse` and `gongwen.read` return.

    A document never changes. It is cheap to hand around, can be compared, hashed, pickled and copied, and
    makes Python objects only for what is asked. Two documents are equal when they have the same text and
    the same was found in it; the name does not count.

    >>> doc = gongwen.sample()
    >>> doc
    <Document '清河县2023年法治政府建设年度报告': annual_report, 清河县, 2023, 4 sections, 6 metrics, 2 responsibilities>
    >>> doc.kind, doc.place, doc.year
    ('annual_report', '清河县', 2023)
    >>> [section.heading for section in doc.outline][:2]
    ['主要举措和成效', '存在的不足和原因']
    """
    @property
    def name(self) -> str | None:
        """What the document is called: the path it was read from, or the `name=` that was given.

        >>> gongwen.parse("一、总体情况", name="a.txt").name
        'a.txt'
        """
    @property
    def format(self) -> Literal["plain", "html", "docx", "doc", "pdf", "ofd", "xlsx", "xls", "rtf", "mht"] | None:
        """The format it was read as: `plain`, `html` or `docx`; None for a text that was parsed.

        >>> gongwen.read("<p>一、总体情况</p><p>全年学法4次。</p>".encode()).format
        'html'
        """
    @property
    def encoding(self) -> str | None:
        """The encoding it was read in; None for a text that was parsed.

        >>> gongwen.read("一、总体情况\\n全年集体学法4次，办结案件9件。".encode("gb18030"), encoding="gb18030").encoding
        'gb18030'
        """
    @property
    def text(self) -> str:
        """The text that every span is a slice of; made on first use and kept.

        >>> doc = gongwen.parse("𠮷林省办结案件9件。")
        >>> doc.text[doc.metrics[0].span]
        '9件'
        """
    @property
    def kind(self) -> Kind:
        """What sort of document it is: a word of `gongwen.Kind`.

        >>> gongwen.sample().kind
        'annual_report'
        """
    @property
    def title(self) -> Text | None:
        """The document's own title; else the one that was given, whose `span` is empty.

        >>> gongwen.sample().title
        '清河县2023年法治政府建设年度报告'
        >>> gongwen.sample().title.span
        slice(0, 18, None)
        """
    @property
    def issuer(self) -> Text | None:
        """Who issued it.

        >>> gongwen.sample().issuer
        '清河县人民政府'
        """
    @property
    def place(self) -> Text | None:
        """The jurisdiction as the text writes it, without 人民政府 or a department; else the one that a hint told, whose
        `span` is empty.

        >>> gongwen.sample().place
        '清河县'
        >>> gongwen.parse("办结案件9件。", title="清河县2023年工作报告").place
        '清河县'
        """
    @property
    def place_code(self) -> str | None:
        """The code of the place: six digits of GB/T 2260 in the document's year. `None` where more than one division may be
        meant, or none is known by this name.

        >>> gongwen.parse("柳州地区忻城县1998年政府工作报告").place_code
        '452231'
        >>> gongwen.parse("忻城县2015年政府工作报告").place_code
        '451321'
        """
    @property
    def year(self) -> int | None:
        """The year reported on or planned for.

        >>> gongwen.sample().year
        2023
        """
    @property
    def published(self) -> datetime.date | None:
        """The day it was published: what its header says, else `published=`.

        >>> gongwen.parse("发布日期：2024年3月1日\\n一、总体情况").published
        datetime.date(2024, 3, 1)
        """
    @property
    def url(self) -> str | None:
        """The address that was given with it.

        >>> gongwen.parse("办结案件9件。", url="https://example.org/1.html").url
        'https://example.org/1.html'
        """
    @property
    def kept(self) -> dict[str, Scalar]:
        """The columns that were passed through with it.

        >>> corpus = gongwen.parse_many([gongwen.Input("办结案件9件。", keep={"source": "crawl-3"})])
        >>> corpus[0].kept
        {'source': 'crawl-3'}
        """
    @property
    def metadata(self) -> Rows[Metadata]:
        """The header's entries, 索引号, 发布日期 and so on.

        >>> gongwen.parse("索引号：QH-2024-0012\\n").metadata.columns[:3]
        ['key', 'label', 'value']
        """
    @property
    def sections(self) -> Rows[Section]:
        """Every section in reading order, parents before children.

        >>> gongwen.sample().sections[1].path
        '一/（一）'
        """
    @property
    def outline(self) -> tuple[Section, ...]:
        """The outermost sections.

        >>> [str(s.marker) for s in gongwen.sample().outline]
        ['一、', '二、', '三、']
        """
    @property
    def paragraphs(self) -> Rows[Paragraph]:
        """The paragraphs.

        >>> len(gongwen.sample().paragraphs) > 3
        True
        """
    @property
    def items(self) -> Rows[Item]:
        """一是…二是… items inside paragraphs.

        >>> [item.marker.number for item in gongwen.sample().items]
        [1, 2]
        """
    @property
    def metrics(self) -> Rows[Metric]:
        """Numbers with a unit that say how much or how many of something.

        >>> [str(m) for m in gongwen.sample().metrics][:2]
        ['4次', '300余件']
        """
    @property
    def responsibilities(self) -> Rows[Responsibility]:
        """Who is responsible for what.

        >>> [(r.role, list(r.units)) for r in gongwen.sample().responsibilities]
        [('lead', ['县司法局']), ('support', ['县财政局', '县人社局'])]
        """
    @property
    def deadlines(self) -> Rows[Deadline]:
        """Days, spans of time and frequencies set for something.

        >>> gongwen.sample().deadlines[0].date
        datetime.date(2024, 6, 30)
        """
    @property
    def references(self) -> Rows[Reference]:
        """Documents that are referred to.

        >>> gongwen.sample().references[0].title
        '法治政府建设实施纲要（2021－2025年）'
        """
    @property
    def tasks(self) -> Rows[Task]:
        """Who does what until when, a row for each task.

        A task is what a list of units belongs to: a section, a row of a table, or a paragraph without a section; and a
        section of a plan without sections inside.

        >>> [(task.lead, task.support, str(task.deadlines[0])) for task in gongwen.sample().tasks]
        [(('县司法局',), ('县财政局', '县人社局'), '6月底前')]
        """
    @property
    def indicators(self) -> Rows[Indicator]:
        """The numbers that have a comparable name, a row for each: `gongwen.indicators.dictionary` says which there are.

        >>> [(row.id, row.value, row.year) for row in gongwen.sample().indicators][:1]
        [('exec_meeting_law_study', Decimal('4'), 2023)]
        """
    @property
    def dictionary(self) -> Dictionary:
        """The dictionary that its indicators are found by.

        >>> gongwen.sample().dictionary.version
        '2026-11'
        """
    def with_dictionary(self, dictionary: Dictionary) -> Document:
        """The same document with its indicators by another dictionary; what was parsed is shared.

        >>> from gongwen.indicators import Dictionary
        >>> own = Dictionary("id\\tname\\tunits\\theads\\nfiles\\t抽查案卷\\t件\\t抽查行政处罚案卷\\n")
        >>> [row.id for row in gongwen.sample().with_dictionary(own).indicators]
        ['files']
        """
    @property
    def tables(self) -> Rows[Table]:
        """Tables, where the source marks them.

        >>> len(gongwen.sample().tables)
        0
        """
    @property
    def diagnostics(self) -> Rows[Diagnostic]:
        """What looks wrong, in the order of the places.

        >>> [d.code for d in gongwen.parse("一、甲\\n工作开展有力。\\n三、乙\\n工作开展有力。\\n").diagnostics]
        ['numbering_gap']
        """
    @property
    def attachments(self) -> tuple[Text, ...]:
        """附件 lines.

        >>> gongwen.sample().attachments
        ()
        """
    @property
    def signature(self) -> Signature | None:
        """The closing lines: who signed, and when. 落款

        >>> gongwen.sample().signature.date
        datetime.date(2024, 1, 15)
        """
    @property
    def boilerplate(self) -> tuple[slice, ...]:
        """Spans of text that is no content: navigation, share buttons, a table of contents.

        >>> gongwen.sample().boilerplate
        ()
        """
    def section_at(self, offset: int, /) -> Section | None:
        """The innermost section that holds an offset of `text`, or None in the lead.

        >>> doc = gongwen.sample()
        >>> doc.section_at(doc.metrics[0].span.start).path
        '一/（一）'
        """
    def chunks(
        self,
        max_chars: int = 500,
        *,
        overlap: int = 0,
        unit: Literal["section", "paragraph", "sentence"] = "section",
        length: Callable[[str], int] | None = None,
    ) -> list[Chunk]:
        """The document in pieces for search and for language models, cut where a reader would cut.

        No sentence, list of units or row of a table is cut, no heading stands at a chunk's end, and page furniture is
        left out. A sentence longer than `max_chars` stays whole.

        :param max_chars: the size that a chunk keeps below, in characters, or in what `length` counts.
        :param overlap: how much of the chunk before is said again, in whole sentences, where a section is cut.
        :param unit: the largest thing that one chunk holds: ``"section"``, ``"paragraph"`` or ``"sentence"``.
        :param length: counts a text; a tokenizer's, for example. It is asked once for each sentence and heading.

        >>> chunk = gongwen.sample().chunks(max_chars=100)[1]
        >>> chunk.headings, len(chunk.metrics)
        (('主要举措和成效', '加强组织领导'), 3)
        """
    def to_json(self, *, text: bool = False) -> str:
        """The JSON form `gongwen/1` as one line, offsets in code points.

        >>> gongwen.sample().to_json()[:51]
        '{"schema":"gongwen/1","offset_encoding":"utf-32","t'
        """
    def to_dict(self, *, text: bool = False) -> dict[str, Any]:
        """The JSON form as Python's own dicts and lists.

        >>> gongwen.sample().to_dict()["metrics"][0]["text"]
        '4次'
        """
    @staticmethod
    def from_json(form: str, *, text: str | None = None, name: str | None = None) -> Document:
        """The document that `to_json` or `Corpus.save` wrote: what was found then, whatever this version would find. Numbers
        have the digits of a double, as in JSON.

        :param form: the JSON form, as a line of text.
        :param text: the text that was parsed; not needed where the form has it, as `to_json(text=True)` gives it.
        :param name: what to call the document.

        >>> doc = gongwen.sample()
        >>> gongwen.Document.from_json(doc.to_json(text=True)) == doc
        True
        """
    def _line(self) -> str:
        """The document on a line of the file that `Corpus.save` writes."""
    def to_markdown(self) -> str:
        """The document as Markdown: headings by their level, paragraphs, tables.

        >>> print(gongwen.parse("一、总体情况\\n全年学法4次。\\n").to_markdown())
        # 一、总体情况
        <BLANKLINE>
        全年学法4次。
        <BLANKLINE>
        """
    def to_html(self) -> str:
        """A whole HTML page that shows the document: the outline, the facts and the source with the facts marked.

        >>> page = gongwen.sample().to_html()
        >>> page.startswith("<!DOCTYPE html>")
        True
        """
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Document: ...
    def __deepcopy__(self, _memo: Any) -> Document: ...

@final
class Rows(Sequence[_Row], Generic[_Row]):
    """A table: the rows of one kind, of a document or of a whole corpus.

    It is a sequence (`len`, index, slice, iterate) that makes a row only when it is asked for one. Every library
    that reads the Arrow PyCapsule interface takes it whole: `polars.DataFrame(rows)`, `pyarrow.table(rows)`,
    `pandas.DataFrame.from_arrow(rows)`, and DuckDB in a query, without any of them being needed here.

    Numbers with decimals are `Decimal` in rows and dicts and doubles in Arrow; words are strings; several
    subjects or units are a list; days are dates; `section` and its like are row numbers.

    >>> rows = gongwen.sample().metrics
    >>> rows
    <6 metrics>
    >>> rows[0].value, rows[-1].value
    (Decimal('4'), Decimal('15'))
    >>> rows.columns[:5]
    ['id', 'section', 'section_path', 'text', 'value']
    """
    @property
    def name(self) -> str:
        """The table's name, as in the model.

        >>> gongwen.sample().metrics.name
        'metrics'
        """
    @property
    def columns(self) -> list[str]:
        """The names of the columns.

        >>> gongwen.sample().deadlines.columns
        ['id', 'section', 'section_path', 'text', 'kind', 'date', 'year', 'every', 'start', 'end']
        """
    def with_columns(self, *names: str) -> Rows[_Row]:
        """The same table with further columns: `sentence`, the sentence a fact begins in; `heading`, the headings above
        it; `section_role`, what its section is for.

        >>> rows = gongwen.sample().metrics.with_columns("heading", "sentence", "section_role")
        >>> rows.to_dicts()[1]["sentence"]
        '抽查行政处罚案卷300余件，合格率98.5%。'
        >>> rows.columns[-3:], rows.to_dicts()[1]["heading"]
        (['heading', 'sentence', 'section_role'], '主要举措和成效 › 加强组织领导')
        """
    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dicts with Python's own values.

        >>> [row["text"] for row in gongwen.sample().metrics.to_dicts()][:2]
        ['4次', '300余件']
        """
    def to_pandas(self) -> pandas.DataFrame:
        """A `pandas.DataFrame`; needs pandas and pyarrow.

        Row numbers that may be missing are nullable integers, days are `datetime64`.

        >>> frame = gongwen.sample().metrics.to_pandas()   # doctest: +NEEDS(pandas, pyarrow)
        >>> frame.loc[0, "unit"]                           # doctest: +NEEDS(pandas, pyarrow)
        '次'
        """
    def to_polars(self) -> polars.DataFrame:
        """A `polars.DataFrame`; needs polars.

        >>> gongwen.sample().metrics.to_polars()["unit"][0]   # doctest: +NEEDS(polars)
        '次'
        """
    def to_arrow(self) -> pyarrow.Table:
        """A `pyarrow.Table`; needs pyarrow.

        >>> gongwen.sample().metrics.to_arrow().num_rows   # doctest: +NEEDS(pyarrow)
        6
        """
    def __array__(self, dtype: Any | None = None, copy: bool | None = None) -> Any: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def index(self, row: Any, start: int = 0, stop: int = ..., /) -> int:
        """The place of the first row that equals `row`.

        >>> rows = gongwen.sample().metrics
        >>> rows.index(rows[2])
        2
        """
    def count(self, row: Any, /) -> int:
        """How many rows equal `row`.

        >>> rows = gongwen.sample().metrics
        >>> rows.count(rows[2])
        1
        """
    @overload
    def __getitem__(self, key: int, /) -> _Row: ...
    @overload
    def __getitem__(self, key: slice, /) -> Rows[_Row]: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[_Row]: ...
    def __reversed__(self) -> Iterator[_Row]: ...
    def __contains__(self, key: object, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Rows[_Row]: ...
    def __deepcopy__(self, _memo: Any) -> Rows[_Row]: ...
    def __class_getitem__(cls, key: Any) -> Any: ...

@final
class Corpus(Sequence[Document]):
    """Many documents, in the order they were given, with their tables joined.

    A corpus is a sequence of its documents; `corpus["a.txt"]` finds one by its name. Its tables are those of the
    documents one after the other, with the document's name, place and year as leading columns.

    >>> corpus = gongwen.parse_many({"a": "办结案件9件。", "b": "办结案件12件。"})
    >>> corpus
    <Corpus of 2 documents>
    >>> [row["document"] + ": " + row["text"] for row in corpus.metrics.to_dicts()]
    ['a: 9件', 'b: 12件']
    """
    def __new__(cls, documents: Iterable[Document], failures: Iterable[Failure] | None = None) -> Corpus: ...
    @property
    def documents(self) -> Rows[Document]:
        """A row for each document: name, place, year, kind, title, and how much was found.

        `fingerprint` is one for documents that say the same in another layout; `duplicate_of` is the name of the
        first of them, for all but the first.

        >>> [row["duplicate_of"] for row in gongwen.parse_many(["办结案件9件。", "办结案件9件 。"]).documents.to_dicts()]
        [None, '0']
        >>> gongwen.parse_many([gongwen.sample().text]).documents.to_dicts()[0]["place"]
        '清河县'
        """
    @property
    def metadata(self) -> Rows[Metadata]:
        """The entries of the documents' headers.

        >>> gongwen.parse_many(["索引号：甲\\n", "索引号：乙\\n"]).metadata
        <2 metadata>
        """
    @property
    def sections(self) -> Rows[Section]:
        """The sections of all documents.

        >>> gongwen.parse_many(["一、甲\\n", "一、乙\\n"]).sections
        <2 sections>
        """
    @property
    def paragraphs(self) -> Rows[Paragraph]:
        """The paragraphs of all documents.

        >>> gongwen.parse_many(["甲。\\n", "乙。\\n"]).paragraphs
        <2 paragraphs>
        """
    @property
    def items(self) -> Rows[Item]:
        """The 一是…二是… items of all documents.

        >>> gongwen.parse_many([gongwen.sample().text] * 2).items
        <4 items>
        """
    @property
    def metrics(self) -> Rows[Metric]:
        """The metrics of all documents.

        >>> gongwen.parse_many(["办结案件9件。", "办结案件12件。"]).metrics.columns[:4]
        ['document', 'place', 'document_year', 'id']
        """
    @property
    def responsibilities(self) -> Rows[Responsibility]:
        """The responsibilities of all documents.

        >>> gongwen.parse_many([gongwen.sample().text] * 2).responsibilities
        <4 responsibilities>
        """
    @property
    def deadlines(self) -> Rows[Deadline]:
        """The deadlines of all documents.

        >>> gongwen.parse_many([gongwen.sample().text] * 2).deadlines
        <2 deadlines>
        """
    @property
    def references(self) -> Rows[Reference]:
        """The references of all documents.

        >>> gongwen.parse_many([gongwen.sample().text] * 2).references
        <2 references>
        """
    @property
    def tasks(self) -> Rows[Task]:
        """The tasks of all documents: who does what until when.

        >>> gongwen.parse_many([gongwen.sample().text] * 2).tasks
        <2 tasks>
        """
    @property
    def indicators(self) -> Rows[Indicator]:
        """The indicators of all documents: numbers under the names by which they can be compared.

        >>> corpus = gongwen.parse_many([gongwen.sample().text] * 2)
        >>> [(row["place"], row["id"], row["year"], row["value"]) for row in corpus.indicators.to_dicts()][:1]
        [('清河县', 'exec_meeting_law_study', 2023, Decimal('4'))]
        """
    def with_dictionary(self, dictionary: Dictionary) -> Corpus:
        """The same documents with their indicators by another dictionary; what was parsed is shared.

        >>> from gongwen.indicators import Dictionary
        >>> own = Dictionary("id\\tname\\tunits\\theads\\nfiles\\t抽查案卷\\t件\\t抽查行政处罚案卷\\n")
        >>> [row.id for row in gongwen.parse_many([gongwen.sample().text]).with_dictionary(own).indicators]
        ['files']
        """
    def panel(
        self,
        ids: str | Sequence[str] | None = None,
        *,
        domain: str | Sequence[str] | None = None,
        modality: Modality | None = None,
        values: Modality | None = None,
        against: Modality | None = None,
        status: bool = False,
        dictionary: Dictionary | None = None,
    ) -> Panel:
        """One row for each place and year, a column for each indicator: see `gongwen.indicators.panel`.

        >>> gongwen.parse_many([gongwen.sample().text]).panel(ids=["exec_meeting_law_study"]).to_dicts()
        [{'place': '清河县', 'place_code': '130534', 'year': 2023, 'exec_meeting_law_study': Decimal('4')}]
        """
    @property
    def coverage(self) -> Frame:
        """How many documents give each indicator, the most frequent first.

        >>> gongwen.parse_many([gongwen.sample().text]).coverage.to_dicts()[0]
        {'id': 'approval_time_days', 'name': '审批时限(天)', 'documents': 1, 'share': 1.0}
        """
    @property
    def tables(self) -> Rows[Table]:
        """The tables of all documents.

        >>> gongwen.parse_many([gongwen.sample().text] * 2).tables
        <0 tables>
        """
    @property
    def diagnostics(self) -> Rows[Diagnostic]:
        """The diagnostics of all documents.

        >>> gongwen.parse_many(["甲。", "乙。"]).diagnostics
        <0 diagnostics>
        """
    @property
    def failures(self) -> tuple[Failure, ...]:
        """What could not be read, in the order it was given: `gongwen.Failure`s.

        >>> corpus = gongwen.parse_many([pathlib.Path("missing.txt")], errors="collect")
        >>> corpus.failures[0].name
        'missing.txt'
        """
    def index(self, document: Any, start: int = 0, stop: int = ..., /) -> int:
        """The place of the first document that equals `document`.

        >>> corpus = gongwen.parse_many(["办结案件9件。", "办结案件12件。"])
        >>> corpus.index(corpus[1])
        1
        """
    def count(self, document: Any, /) -> int:
        """How many documents equal `document`.

        >>> corpus = gongwen.parse_many(["办结案件9件。", "办结案件9件。"])
        >>> corpus.count(corpus[1])
        2
        """
    @overload
    def __getitem__(self, key: int | str, /) -> Document: ...
    @overload
    def __getitem__(self, key: slice, /) -> Corpus: ...
    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the documents to a file that `Corpus.load` reads: one a line, its text, all that was found in it and
        what was told of it. The file gets its name when it is complete.

        >>> import tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "reports.jsonl")
        >>> corpus = gongwen.parse_many({"a": "办结案件9件。"})
        >>> corpus.save(path)
        >>> gongwen.Corpus.load(path)["a"].metrics[0].value
        Decimal('9')
        """
    @staticmethod
    def load(path: str | os.PathLike[str]) -> Corpus:
        """The corpus that `save` wrote: what was found then, whatever this version would find.

        A file of JSON forms with their texts, one a line, is read too.

        >>> gongwen.Corpus.load("missing.jsonl")
        Traceback (most recent call last):
        gongwen.Error: missing.jsonl: No such file or directory
        """
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Document]: ...
    def __reversed__(self) -> Iterator[Document]: ...
    def __contains__(self, key: object, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Corpus: ...
    def __deepcopy__(self, _memo: Any) -> Corpus: ...

@final
class Section:
    """A numbered section, and the way to its neighbours.

    >>> section = gongwen.sample().sections[1]
    >>> section
    Section('一/（一）', heading='加强组织领导', role='measures')
    >>> section.parent.heading
    '主要举措和成效'
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def parent(self) -> Section | None:
        """The section it lies in.

        >>> gongwen.sample().sections[1].parent.path
        '一'
        """
    @property
    def children(self) -> tuple[Section, ...]:
        """The sections directly inside, in order.

        >>> [child.path for child in gongwen.sample().outline[0].children]
        ['一/（一）']
        """
    @property
    def ancestors(self) -> tuple[Section, ...]:
        """The sections it lies in, innermost first.

        >>> [above.path for above in gongwen.sample().sections[1].ancestors]
        ['一']
        """
    @property
    def descendants(self) -> Rows[Section]:
        """All sections inside, at any depth, in order.

        >>> len(gongwen.sample().outline[0].descendants)
        1
        """
    @property
    def level(self) -> int:
        """Depth in this document; 1 for the outermost.

        >>> gongwen.sample().sections[1].level
        2
        """
    @property
    def marker(self) -> Marker | None:
        """The numbering marker; `None` where an unnumbered heading opens the section.

        >>> marker = gongwen.sample().sections[1].marker
        >>> marker, marker.style, marker.number
        ('（一）', 'cn_paren', 1)
        """
    @property
    def heading(self) -> Heading | None:
        """The heading, without marker and final punctuation.

        >>> heading = gongwen.sample().sections[1].heading
        >>> heading, heading.form
        ('加强组织领导', 'run_in')
        """
    @property
    def role(self) -> Role:
        """What the section is for: a word of `gongwen.Role`.

        >>> [section.role for section in gongwen.sample().outline]
        ['measures', 'shortcomings', 'plan']
        """
    @property
    def path(self) -> str:
        """The markers from the outermost section to this one: a stable name within the document.

        >>> gongwen.sample().sections[1].path
        '一/（一）'
        """
    @property
    def text(self) -> str:
        """The whole section's exact text: marker, heading and children included.

        >>> gongwen.sample().outline[1].text[:9]
        '二、存在的不足和原'
        """
    @property
    def own_text(self) -> str:
        """The text of the paragraphs directly in this section, one a line.

        >>> gongwen.sample().outline[1].own_text
        '一是执法力量不足；二是普法形式单一。'
        """
    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs directly in this section.

        >>> len(gongwen.sample().outline[1].paragraphs)
        1
        """
    @property
    def metrics(self) -> Rows[Metric]:
        """The metrics in this section and the sections inside.

        >>> [str(metric) for metric in gongwen.sample().outline[0].metrics]
        ['4次', '300余件', '98.5%']
        """
    @property
    def responsibilities(self) -> Rows[Responsibility]:
        """The responsibilities in this section and the sections inside.

        >>> len(gongwen.sample().outline[2].responsibilities)
        2
        """
    @property
    def deadlines(self) -> Rows[Deadline]:
        """The deadlines in this section and the sections inside.

        >>> [str(deadline) for deadline in gongwen.sample().outline[2].deadlines]
        ['6月底前']
        """
    @property
    def references(self) -> Rows[Reference]:
        """The references in this section and the sections inside.

        >>> len(gongwen.sample().outline[1].references)
        0
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Section: ...
    def __deepcopy__(self, _memo: Any) -> Section: ...

@final
class Paragraph:
    """A paragraph.

    >>> gongwen.parse("一、总体情况\\n锚定新目标。全年学法4次。\\n").paragraphs[0]
    Paragraph('锚定新目标。全年学法4次。', topic='锚定新目标')
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def section(self) -> Section | None:
        """The innermost section that holds it; None in the lead.

        >>> gongwen.parse("一、总体情况\\n全年学法4次。\\n").paragraphs[0].section.heading
        '总体情况'
        """
    @property
    def text(self) -> Text:
        """The text as a reader sees it; `document.text[span]` is the exact one.

        >>> gongwen.parse("　　工 作　开展有力。").paragraphs[0].text
        '工作开展有力。'
        """
    @property
    def topic(self) -> Text | None:
        """The first sentence, where it names the theme.

        >>> gongwen.parse("一、总体情况\\n锚定新目标。全年学法4次。\\n").paragraphs[0].topic
        '锚定新目标'
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Paragraph: ...
    def __deepcopy__(self, _memo: Any) -> Paragraph: ...

@final
class Item:
    """One of 一是…二是…, inside a paragraph.

    >>> gongwen.sample().items[0]
    Item('一是执法力量不足；', number=1)
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that holds it.

        >>> gongwen.sample().items[1].paragraph.text
        '一是执法力量不足；二是普法形式单一。'
        """
    @property
    def section(self) -> Section | None:
        """The innermost section that holds it; None in the lead.

        >>> gongwen.sample().items[0].section.role
        'shortcomings'
        """
    @property
    def marker(self) -> Marker:
        """The marker.

        >>> gongwen.sample().items[1].marker
        '二是'
        """
    @property
    def text(self) -> Text:
        """The text as a reader sees it, marker included.

        >>> gongwen.sample().items[1].text
        '二是普法形式单一。'
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Item: ...
    def __deepcopy__(self, _memo: Any) -> Item: ...

@final
class Metric:
    """A number with a unit that says how much or how many of something.

    >>> metric = gongwen.sample().metrics[1]
    >>> metric
    Metric('300余件', value=300, unit='件', subject=['行政处罚案卷'], bound='over')
    >>> metric.value * 2
    Decimal('600')
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def section(self) -> Section | None:
        """The innermost section that holds it; None in the lead.

        >>> gongwen.sample().metrics[1].section.heading
        '加强组织领导'
        """
    @property
    def text(self) -> Text:
        """Number, unit and the qualifiers that touch them, as a reader sees them.

        >>> gongwen.sample().metrics[1].text
        '300余件'
        """
    @property
    def value(self) -> Decimal:
        """The value, 万 and 亿 multiplied out; the lower end of a range.

        >>> gongwen.parse("惠及群众1.35万人。").metrics[0].value == 13500
        True
        """
    @property
    def value_high(self) -> Decimal | None:
        """The upper end of a range.

        >>> gongwen.parse("培育企业3至5家。").metrics[0].value_high
        Decimal('5')
        """
    @property
    def unit(self) -> Text:
        """The unit as written, without numeral, 余 and multiplier; empty where there is none.

        >>> gongwen.sample().metrics[1].unit
        '件'
        """
    @property
    def dimension(self) -> Dimension:
        """What kind of quantity: a word of `gongwen.Dimension`.

        >>> gongwen.sample().metrics[2].dimension
        'percent'
        """
    @property
    def bound(self) -> Bound:
        """How the number is hedged: a word of `gongwen.Bound`.

        >>> gongwen.sample().metrics[1].bound
        'over'
        """
    @property
    def subject(self) -> tuple[Text, ...]:
        """What is counted or measured; several when they share the number.

        >>> gongwen.sample().metrics[1].subject
        ('行政处罚案卷',)
        """
    @property
    def modality(self) -> Modality:
        """Whether it reports (`actual`) or demands (`target`).

        >>> gongwen.sample().metrics[1].modality
        'actual'
        """
    @property
    def per(self) -> Text | None:
        """每半年, 每人每年, 人均.

        >>> gongwen.parse("常务会议每半年听取汇报1次。").metrics[0].per
        '每半年'
        """
    @property
    def change(self) -> Change | None:
        """How the number changed, or that it is a change.

        >>> gongwen.parse("审批时限由80天缩短至30天。").metrics[1].change
        Change(kind='from_to', from_=Decimal('80'), to=Decimal('30'), basis=None)
        """
    @property
    def part_of(self) -> Metric | None:
        """The metric this one is a part of (其中…).

        >>> gongwen.parse("办结案件9件，其中调解4件。").metrics[1].part_of
        Metric('9件', value=9, unit='件', subject=['案件'])
        """
    @property
    def period(self) -> Period | None:
        """The days it covers, both included, where the text says.

        >>> gongwen.sample().metrics[0].period
        Period(from_=datetime.date(2023, 1, 1), to=datetime.date(2023, 12, 31))
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Metric: ...
    def __deepcopy__(self, _memo: Any) -> Metric: ...

@final
class Responsibility:
    """A list of units and the part they take in a task.

    >>> gongwen.sample().responsibilities[0]
    Responsibility(['县司法局'], role='lead')
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def section(self) -> Section | None:
        """The innermost section that holds it; None in the lead.

        >>> gongwen.sample().responsibilities[0].section.role
        'plan'
        """
    @property
    def text(self) -> Text:
        """The whole list as a reader sees it: its bracket, its line or the clause that assigns.

        >>> '县司法局' in gongwen.sample().responsibilities[0].text
        True
        """
    @property
    def role(self) -> ResponsibilityRole:
        """The part the units take: a word of `gongwen.ResponsibilityRole`.

        >>> gongwen.sample().responsibilities[1].role
        'support'
        """
    @property
    def label(self) -> Text:
        """The label as written, 责任单位; empty where there is none.

        >>> gongwen.parse("推进改革。（责任单位：市委编办、市司法局）").responsibilities[0].label
        '责任单位'
        """
    @property
    def units(self) -> tuple[Text, ...]:
        """The units, in order.

        >>> gongwen.sample().responsibilities[1].units
        ('县财政局', '县人社局')
        """
    @property
    def manner(self) -> Text | None:
        """How they share the work: 按职责分工分别负责.

        >>> text = "推进改革。（市委编办、市司法局按职责分工分别负责）"
        >>> gongwen.parse(text).responsibilities[0].manner
        '按职责分工分别负责'
        """
    @property
    def deadline(self) -> Deadline | None:
        """完成时限 inside the same list.

        >>> text = "推进改革。（责任单位：市委编办；完成时限：2024年12月）"
        >>> gongwen.parse(text).responsibilities[0].deadline.date
        datetime.date(2024, 12, 31)
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Responsibility: ...
    def __deepcopy__(self, _memo: Any) -> Responsibility: ...

@final
class Deadline:
    """A day, a span of time or a frequency set for something.

    >>> gongwen.sample().deadlines[0]
    Deadline('6月底前', kind='by', date=datetime.date(2024, 6, 30))
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def section(self) -> Section | None:
        """The innermost section that holds it; None in the lead.

        >>> gongwen.sample().deadlines[0].section.path
        '三'
        """
    @property
    def text(self) -> Text:
        """The words as a reader sees them.

        >>> gongwen.sample().deadlines[0].text
        '6月底前'
        """
    @property
    def kind(self) -> DeadlineKind:
        """What it sets: a word of `gongwen.DeadlineKind`.

        >>> gongwen.sample().deadlines[0].kind
        'by'
        """
    @property
    def date(self) -> datetime.date | None:
        """The day, where the text and the plan's year leave no doubt.

        >>> gongwen.parse("2025年底前完成。").deadlines[0].date
        datetime.date(2025, 12, 31)
        """
    @property
    def every(self) -> Every | None:
        """The period of something that recurs: a word of `gongwen.Every`.

        >>> gongwen.parse("各单位每季度报送进展情况。").deadlines[0].every
        'quarter'
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Deadline: ...
    def __deepcopy__(self, _memo: Any) -> Deadline: ...

@final
class Reference:
    """A document that is referred to.

    >>> gongwen.sample().references[0]
    Reference('法治政府建设实施纲要（2021－2025年）')
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def section(self) -> Section | None:
        """The innermost section that holds it; None in the lead.

        >>> gongwen.sample().references[0].section is None
        True
        """
    @property
    def text(self) -> Text:
        """Title and number as a reader sees them.

        >>> gongwen.sample().references[0].text
        '《法治政府建设实施纲要（2021－2025年）》'
        """
    @property
    def title(self) -> Text | None:
        """The title without its outer 《》.

        >>> gongwen.sample().references[0].title
        '法治政府建设实施纲要（2021－2025年）'
        """
    @property
    def number(self) -> DocumentNumber | None:
        """The document number.

        >>> number = gongwen.parse("根据陕政办发〔2023〕25号文件。").references[0].number
        >>> number.agency, number.year, number.serial
        ('陕政办发', 2023, 25)
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Reference: ...
    def __deepcopy__(self, _memo: Any) -> Reference: ...

@final
class Table:
    """A table that the source marks as one, its merged cells expanded.

    >>> page = "<table><tr><th>单位</th><th>任务</th></tr><tr><td>司法局</td><td>学法</td></tr></table>"
    >>> gongwen.read(page.encode()).tables[0]
    <Table: 2 rows, 2 columns>
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def section(self) -> Section | None:
        """The innermost section that holds it; None in the lead.

        >>> page = "<table><tr><th>单位</th><th>任务</th></tr><tr><td>司法局</td><td>学法</td></tr></table>"
        >>> gongwen.read(page.encode()).tables[0].section is None
        True
        """
    @property
    def rows(self) -> tuple[tuple[Text, ...], ...]:
        """The rows from top to bottom, each a tuple of its cells; a merged cell stands in each place it covers.

        >>> page = "<table><tr><th>单位</th><th>任务</th></tr><tr><td>司法局</td><td>学法</td></tr></table>"
        >>> gongwen.read(page.encode()).tables[0].rows
        (('单位', '任务'), ('司法局', '学法'))
        """
    @property
    def header_rows(self) -> int:
        """How many of the first rows name the columns.

        >>> page = "<table><tr><th>单位</th><th>任务</th></tr><tr><td>司法局</td><td>学法</td></tr></table>"
        >>> gongwen.read(page.encode()).tables[0].header_rows
        1
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def _repr_html_(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Table: ...
    def __deepcopy__(self, _memo: Any) -> Table: ...

@final
class Metadata:
    """An entry of the document's header.

    >>> gongwen.parse("索引号：QH-2024-0012\\n").metadata[0]
    Metadata('QH-2024-0012', key='index_number', label='索引号')
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def key(self) -> MetadataKey:
        """What it tells: a word of `gongwen.MetadataKey`.

        >>> gongwen.parse("索引号：QH-2024-0012\\n").metadata[0].key
        'index_number'
        """
    @property
    def label(self) -> Text:
        """The label as written.

        >>> gongwen.parse("索引号：QH-2024-0012\\n").metadata[0].label
        '索引号'
        """
    @property
    def value(self) -> Text:
        """The value as written.

        >>> gongwen.parse("索引号：QH-2024-0012\\n").metadata[0].value
        'QH-2024-0012'
        """
    @property
    def date(self) -> datetime.date | None:
        """The value as a day, for entries that are dates.

        >>> gongwen.parse("发布日期：2024年3月1日\\n").metadata[0].date
        datetime.date(2024, 3, 1)
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Metadata: ...
    def __deepcopy__(self, _memo: Any) -> Metadata: ...

@final
class Diagnostic:
    """Something that looks wrong, and where.

    >>> gongwen.parse("一、甲\\n工作开展有力。\\n三、乙\\n工作开展有力。\\n").diagnostics[0].severity
    'warning'
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def code(self) -> Code:
        """What kind of thing: a word of `gongwen.Code`.

        >>> gongwen.parse("一、甲\\n工作开展有力。\\n三、乙\\n工作开展有力。\\n").diagnostics[0].code
        'numbering_gap'
        """
    @property
    def severity(self) -> Severity:
        """How much it matters: `info`, `warning` or `error`.

        >>> gongwen.parse("一、甲\\n工作开展有力。\\n三、乙\\n工作开展有力。\\n").diagnostics[0].severity
        'warning'
        """
    @property
    def message(self) -> str:
        """A plain sentence in English.

        >>> gongwen.sample().diagnostics[0].message[:35]
        'no section on how the leaders met t'
        """
    @property
    def message_zh(self) -> str:
        """The same sentence in Chinese.

        >>> gongwen.sample().diagnostics[0].message_zh != ""
        True
        """
    @property
    def related(self) -> slice | None:
        """A second place that belongs to it.

        >>> gongwen.sample().diagnostics[0].related is None
        True
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Diagnostic: ...
    def __deepcopy__(self, _memo: Any) -> Diagnostic: ...

@final
class Task:
    """A task: who does what until when, in one row.

    >>> task = gongwen.sample().tasks[0]
    >>> task.lead, task.deadlines[0].date
    (('县司法局',), datetime.date(2024, 6, 30))
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.sections[0].document is doc
        True
        """
    @property
    def id(self) -> int:
        """Its row number in the document's table, which other tables refer to.

        >>> [section.id for section in gongwen.sample().sections]
        [0, 1, 2, 3]
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.metrics[1].span]
        '300余件'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it begins in, to 。！？ or the paragraph's end on both sides.

        >>> gongwen.sample().metrics[1].sentence
        '抽查行政处罚案卷300余件，合格率98.5%。'
        """
    @property
    def section(self) -> Section | None:
        """The section that sets it.

        >>> gongwen.sample().tasks[0].section.heading
        '下一年度主要安排'
        """
    @property
    def text(self) -> Text:
        """The whole task as a reader sees it.

        >>> gongwen.sample().tasks[0].text[-13:]
        '时限由20天缩短至15天。'
        """
    @property
    def lead(self) -> tuple[Text, ...]:
        """Who leads it. 牵头

        >>> gongwen.sample().tasks[0].lead
        ('县司法局',)
        """
    @property
    def support(self) -> tuple[Text, ...]:
        """Who supports. 配合

        >>> gongwen.sample().tasks[0].support
        ('县财政局', '县人社局')
        """
    @property
    def responsible(self) -> tuple[Text, ...]:
        """Who is responsible, where nobody leads. 责任单位

        >>> gongwen.sample().tasks[0].responsible
        ()
        """
    @property
    def supervise(self) -> tuple[Text, ...]:
        """Who supervises. 督办

        >>> gongwen.sample().tasks[0].supervise
        ()
        """
    @property
    def responsibilities(self) -> tuple[Responsibility, ...]:
        """Its lists of units.

        >>> len(gongwen.sample().tasks[0].responsibilities)
        2
        """
    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Its deadlines and frequencies.

        >>> [str(deadline) for deadline in gongwen.sample().tasks[0].deadlines]
        ['6月底前']
        """
    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Its metrics.

        >>> [str(metric) for metric in gongwen.sample().tasks[0].metrics]
        ['200人', '20天', '15天']
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().metrics[0].to_dict()["unit"]
        '次'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Task: ...
    def __deepcopy__(self, _memo: Any) -> Task: ...

@final
class Chunk:
    """A piece of a document for search, with where it stands and what it says: what `Document.chunks` returns.

    >>> chunk = gongwen.sample().chunks(max_chars=40)[-1]
    >>> chunk.headings
    ('下一年度主要安排',)
    """
    @property
    def document(self) -> Document:
        """The document it was cut from.

        >>> doc = gongwen.sample()
        >>> doc.chunks()[0].document is doc
        True
        """
    @property
    def text(self) -> str:
        """Its text as a reader sees it, one paragraph, heading or row of a table a line.

        >>> gongwen.sample().chunks(max_chars=10, unit="sentence")[-1].text[:9]
        '三、下一年度主要安'
        """
    @property
    def headings(self) -> tuple[str, ...]:
        """The headings it stands under, outermost first, the document's title not among them.

        >>> gongwen.sample().chunks(max_chars=80)[1].headings
        ('主要举措和成效', '加强组织领导')
        """
    @property
    def context(self) -> str:
        """The text below the document's title and its headings: what to embed, so that a piece says what it is of.

        >>> gongwen.sample().chunks(max_chars=80)[1].context.splitlines()[0]
        '清河县2023年法治政府建设年度报告 › 主要举措和成效 › 加强组织领导'
        """
    @property
    def span(self) -> slice:
        """Where it stands: a slice of `document.text`. Page furniture may stand inside, which `text` leaves out.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.chunks(max_chars=80)[1].span][:4]
        '一、主要'
        """
    @property
    def section(self) -> Section | None:
        """The section that holds all of it.

        >>> gongwen.sample().chunks(max_chars=80)[1].section.path
        '一/（一）'
        """
    @property
    def metrics(self) -> Rows[Metric]:
        """The metrics in it.

        >>> [str(metric) for metric in gongwen.sample().chunks(max_chars=80)[1].metrics]
        ['4次', '300余件', '98.5%']
        """
    @property
    def responsibilities(self) -> Rows[Responsibility]:
        """The responsibilities in it.

        >>> len(gongwen.sample().chunks(max_chars=80)[-1].responsibilities)
        2
        """
    @property
    def deadlines(self) -> Rows[Deadline]:
        """The deadlines in it.

        >>> [str(deadline) for deadline in gongwen.sample().chunks(max_chars=80)[-1].deadlines]
        ['6月底前']
        """
    @property
    def references(self) -> Rows[Reference]:
        """The references in it.

        >>> len(gongwen.sample().chunks(max_chars=80)[1].references)
        0
        """
    def metadata(self) -> dict[str, str | int | None]:
        """What a vector store keeps beside the text: plain values only.

        >>> sorted(gongwen.sample().chunks()[0].metadata())
        ['document', 'end', 'headings', 'place', 'section', 'start', 'title', 'url', 'year']
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Chunk: ...
    def __deepcopy__(self, _memo: Any) -> Chunk: ...

@final
class Dictionary:
    """A dictionary of indicators: which words name each, what it measures, in which units.

    The built-in one is `gongwen.indicators.dictionary`. One's own is a table: columns apart by tabulators under a line that
    names them; `id` and `heads` must be there.

    >>> from gongwen.indicators import Dictionary, dictionary
    >>> dictionary
    <Dictionary 2026-11: 262 indicators>
    >>> dictionary["review_accepted"]["name"]
    '受理行政复议案件'
    >>> own = Dictionary("id\\tname\\tunits\\theads\\npark_count\\t口袋公园\\t个/座\\t(新建)?(口袋|街心)公园\\n")
    >>> (dictionary | own).version, len(dictionary | own)
    ('2026-11+own', 263)
    >>> Dictionary("id\\theads\\npark_count\\t(口袋|街心公园\\n")
    Traceback (most recent call last):
    ValueError: line 2, column 2 (heads): the bracket ( at character 1 is not closed
    """
    def __new__(cls, text: str) -> Dictionary: ...
    @staticmethod
    def built_in() -> Dictionary:
        """The dictionary of the library.

        >>> from gongwen.indicators import Dictionary
        >>> len(Dictionary.built_in())
        262
        """
    @property
    def version(self) -> str:
        """Year and month of the built-in one, `own` for one that was given.

        >>> gongwen.indicators.dictionary.version
        '2026-11'
        """
    @property
    def ids(self) -> list[str]:
        """The ids, in the order of the file.

        >>> gongwen.indicators.dictionary.ids[:2]
        ['gdp', 'gdp_growth']
        """
    def to_dicts(self) -> list[dict[str, Any]]:
        """The indicators as dicts.

        >>> gongwen.indicators.dictionary.to_dicts()[0]["heads"]
        '((地区|国内|本地|本区|本市|本省|本区域)?生产总值|GDP)(（GDP）)?'
        """
    def __or__(self, own: Dictionary, /) -> Dictionary: ...
    def __ror__(self, own: Dictionary, /) -> Dictionary: ...
    def __len__(self) -> int: ...
    def __contains__(self, id: str, /) -> bool: ...
    def __getitem__(self, id: str, /) -> dict[str, Any]: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Indicator:
    """A number, or words in its place, under an indicator's name.

    >>> doc = gongwen.parse("清河县2023年法治政府建设年度报告\\n一、主要举措和成效\\n全年受理行政复议案件91件。\\n二、存在的不足\\n力量偏弱。\\n")
    >>> row = doc.indicators[0]
    >>> row
    Indicator('review_accepted', value=91, unit='件', year=2023)
    >>> row.sentence
    '全年受理行政复议案件91件。'
    """
    @property
    def document(self) -> Document:
        """The document it was found in.

        >>> doc = gongwen.sample()
        >>> doc.indicators[0].document is doc
        True
        """
    @property
    def id(self) -> str:
        """The indicator's name in data.

        >>> gongwen.sample().indicators[0].id
        'exec_meeting_law_study'
        """
    @property
    def name(self) -> str:
        """Its Chinese name.

        >>> gongwen.sample().indicators[0].name
        '政府常务会议学法次数'
        """
    @property
    def value(self) -> Decimal | None:
        """The number: of a growth with its sign; None where words stand in its place.

        >>> gongwen.sample().indicators[0].value
        Decimal('4')
        """
    @property
    def unit(self) -> str:
        """Its unit.

        >>> gongwen.sample().indicators[0].unit
        '次'
        """
    @property
    def status(self) -> Literal["value", "zero", "all", "relative"]:
        """What it says: `value`, `zero` (零败诉), `all` (全部办结), `relative` (与经济增长同步).

        >>> gongwen.sample().indicators[0].status
        'value'
        """
    @property
    def modality(self) -> Modality:
        """Whether it reports or demands: `actual`, `target`.

        >>> gongwen.sample().indicators[0].modality
        'actual'
        """
    @property
    def period(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day that it is of.

        >>> gongwen.sample().indicators[0].period
        (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
        """
    @property
    def year(self) -> int | None:
        """The year, where it is of one.

        >>> gongwen.sample().indicators[0].year
        2023
        """
    @property
    def basis(self) -> Literal["average", "cumulative"] | None:
        """How it stands to its years: `average` (年均), `cumulative` (五年累计); None where it is of one year.

        >>> gongwen.sample().indicators[0].basis
        """
    @property
    def scope(self) -> Literal["jurisdiction", "government", "all", "department", "system"]:
        """Whose number it is: `jurisdiction`, `government`, `all`, `department`, `system`.

        >>> gongwen.sample().indicators[0].scope
        'jurisdiction'
        """
    @property
    def metric(self) -> Metric | None:
        """The metric that holds the number; None for words.

        >>> gongwen.sample().indicators[0].metric
        Metric('4次', value=4, unit='次', subject=['常务会议集体学法'])
        """
    @property
    def span(self) -> slice:
        """Its place: a slice of `document.text`, in code points.

        >>> doc = gongwen.sample()
        >>> doc.text[doc.indicators[0].span]
        '4次'
        """
    @property
    def text(self) -> Text:
        """What stands there.

        >>> gongwen.sample().indicators[0].text
        '4次'
        """
    @property
    def sentence(self) -> Text:
        """The sentence it stands in.

        >>> gongwen.sample().indicators[0].sentence
        '2023年县政府常务会议集体学法4次。'
        """
    def to_dict(self) -> dict[str, Any]:
        """The row as a dict: the columns of the table, with Python's own values.

        >>> gongwen.sample().indicators[0].to_dict()["name"]
        '政府常务会议学法次数'
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Indicator: ...
    def __deepcopy__(self, _memo: Any) -> Indicator: ...

@final
class Batch:
    """A piece of a table as Arrow data. Libraries take it by the Arrow PyCapsule interface."""
    @property
    def num_rows(self) -> int:
        """How many rows it has."""
    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
    @property
    def nbytes(self) -> int:
        """Bytes that its data takes."""
    def to_csv(self, *, header: bool = False, separator: str = ",") -> str:
        """The batch as CSV, a line a row; several values in a cell are divided by `|`, and a text that a spreadsheet would
        run as a formula begins with an apostrophe.
        """
    def to_jsonl(self) -> str:
        """The batch as JSON, an object a line."""
    def to_markdown(self, *, header: bool = False) -> str:
        """The batch as a table of Markdown."""
    @property
    def types(self) -> list[str]:
        """What each column holds: int, float, str, date, bool or list."""
    def with_duplicates(self, seen: dict[str, str | None]) -> Batch:
        """The same with the column `duplicate_of`: the name that `seen`, which grows by it, has for the row's fingerprint."""
    def filter(self, tests: Sequence[tuple[str, str, str]]) -> Batch:
        """The rows that pass all tests: `(column, operator, value)`, the operators `= != ~ < <= > >=`."""
    def select(self, names: Sequence[str]) -> Batch:
        """The batch with only these columns, in this order."""
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __len__(self) -> int: ...

_Tables: TypeAlias = Sequence[tuple[str, Sequence[str]]]
_Kept: TypeAlias = list[tuple[str, str]]

@final
class Pool:
    """Threads that parse batches of documents, several on their way at a time. `gongwen.scan` checks the arguments."""
    def __new__(cls, tables: _Tables, threads: int, options: _Options) -> Pool: ...
    def submit(self, jobs: list[Job], kept: _Kept | None) -> Pending:
        """Puts a batch behind those that are on their way.

        `kept` has the columns passed through and their types; without it they are those of the batch's documents.
        """
    def close(self) -> None:
        """Ends the work: what is not begun is left."""

@final
class Pending:
    """A batch that a `Pool` has taken."""
    @property
    def passes(self) -> bool:
        """Whether columns are passed through with its documents."""
    def digests(self) -> list[str]:
        """What tells its documents from others: of each a digest of its name, of what is known of it, and of its text."""
    def result(self) -> tuple[list[Batch], list[tuple[int, str, str]], _Kept]:
        """Waits for the batch's tables; once. Signals are heard meanwhile."""

def read_form(form: str, text: str | None, name: str | None) -> Document:
    """Reads the JSON form of a document, or a line of `Corpus.save`."""
def canonical_unit(unit: str, /) -> str:
    """The official name of a unit: short forms of its function written out, the place before it left as it is.

    >>> gongwen.canonical_unit("市住建局"), gongwen.canonical_unit("县府办")
    ('市住房和城乡建设局', '县人民政府办公室')
    """
def empty_batch(tables: _Tables, kept: _Kept, nest: bool) -> Batch:
    """A batch without rows that has a table's schema; of several tables, nested in a document's row."""
def digest(job: tuple[Any, ...]) -> str:
    """The digest of a job, as `Pending.digests` has it."""
def frame_batch(columns: Sequence[tuple[str, str, list[Any]]]) -> Batch:
    """Columns of Python's own values as one batch: strings, whole numbers or numbers with decimals."""
def panel_rows(documents: Sequence[Document]) -> list[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """What a panel is made of, for each document: what it is, and its indicators that are of one year, as tuples of id, value,
    unit, status, modality, year, scope, the sentence, and the place of the number in it.
    """
def indicator_checks(document: Document) -> list[tuple[Code, str, str, slice]]:
    """What the identities of the dictionary say of a document: code, message, message in Chinese, place."""
def restore_dictionary(texts: Sequence[str | None]) -> Dictionary:
    """What a pickled dictionary is made by."""
def restore_with(args: tuple[Any, ...], dictionary: Dictionary) -> Document:
    """What a pickled document is made by that has a dictionary of its own."""
def export_stream(batches: Iterator[Batch], schema: Batch) -> object:
    """An iterator of batches as an Arrow stream in its capsule."""
def parse_columns(
    schema: object,
    array: object,
    tables: _Tables,
    roles: tuple[str, str | None, str | None, str | None, str | None, str | None, str | None],
    keep: Sequence[str],
    threads: int,
    options: _Options,
) -> Batch:
    """Parses a column of a batch: one row a document, its tables as lists of structs, and `error`, which is null for
    what could be read. `gongwen.arrow.parse` checks the arguments.
    """
def limits() -> dict[str, int]:
    """The limits that hold where none are given, by their names."""
def words() -> dict[str, list[str]]:
    """Every word that a field may hold, by the name of its type."""
def parse(text: str, name: str | None, options: _Options) -> Document:
    """Parses a text. `gongwen.parse` checks the arguments."""
def read_bytes(bytes: bytes, name: str | None, options: _Options) -> Document:
    """Reads the bytes of a file. `gongwen.read` checks the arguments."""
def parse_jobs(
    jobs: list[Job],
    threads: int,
    progress: Callable[[int], object] | None,
    stop: bool,
    options: _Options,
) -> list[Document | str | None]:
    """Parses jobs `(name, source)` on several threads, in the order given. `gongwen.parse_many` checks the arguments.

    Returns a list with a document for each job, or the message of what went wrong. `progress` is called with the
    number of documents done, on the calling thread. With `stop`, the first failure ends the work; what was not
    begun is None.
    """
def restore(text: str, name: str | None, options: _Options, origin: tuple[Any, ...] | None) -> Document:
    """What a pickled document is made by."""
def restore_rows(
    table: str, documents: tuple[Document, ...], leading: bool, start: int, step: int, len: int, extra: Sequence[str]
) -> Rows[Any]:
    """What a pickled table is made by."""
