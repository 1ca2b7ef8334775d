"""Comparable indicators: the numbers of many reports under common names, as one panel of places and years.

>>> import gongwen
>>> reports = [
...     "清河市2023年法治政府建设年度报告\\n一、主要举措和成效\\n全年收到行政复议申请103件，受理91件。\\n二、存在的不足\\n力量偏弱。",
...     "清河市2024年法治政府建设年度报告\\n一、主要举措和成效\\n全年收到行政复议申请120件，受理99件。\\n二、存在的不足\\n力量偏弱。",
... ]
>>> panel = gongwen.parse_many(reports).panel(ids=["review_received", "review_accepted"])
>>> for row in panel.to_dicts():
...     print(row["place"], row["year"], row["review_received"], row["review_accepted"])
清河市 2023 103 91
清河市 2024 120 99
>>> print(panel.source("清河市", 2023, "review_accepted"))
全年收到行政复议申请103件，受理【91件】。

Silence is never zero: a cell about which the reports say nothing is empty, and `panel.status` says why.

Which report counts
    Of reports that say the same in another layout the first counts. Of several reports of one place, year and kind whose
    titles differ in nothing but the place's name, the year and words like 关于…的报告, the one that gives the most
    indicators counts, then the longest, then the first that was given. `panel.duplicates` lists the others.

Which number counts
    Only numbers of one year and of the whole jurisdiction or its government; numbers of a department and of a line of
    departments, yearly averages and totals of several years stay in the long table `corpus.indicators`. Of several numbers for
    one cell that of the report on that very year counts before one that a later or earlier report names beside its own, then
    that of the later report, then that of the wider scope, then the first. `panel.n_values` says how many differ.

Units
    A column has one unit, that of the dictionary's first. 斤, 公斤 and 吨, 亩, 公顷 are converted, 宗 is 件 and 户 is 家; currencies
    are never converted: of 元 and 美元 the one that more cells of the panel have is the column's, the other's cells are empty
    and have the status `other_unit`.
"""

from __future__ import annotations

import difflib
import operator
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Optional, Sequence, Set, Tuple, Union

from . import _core, _frames
from ._core import Dictionary, Document
from ._text import near

__all__ = [
    "Check", "Dictionary", "Duplicate", "FactSheet", "Frame", "Gathering", "Panel", "Passage", "check", "coverage", "dictionary",
    "fact_sheet", "panel", "read_dictionary",
]  # fmt: skip

_BUILT_IN = Dictionary.built_in()

dictionary: Dictionary = _BUILT_IN
"""The dictionary of the library."""

#: Whose numbers a panel takes, the widest first.
SCOPES = ("jurisdiction", "all", "government")

#: Units that count the same things.
_SAME = {"宗": "件", "起": "件", "件次": "件", "户": "家", "名": "人", "场次": "场", "日": "天", "个工作日": "天", "座": "个"}

#: Units of one quantity, as multiples of one of them.
_SCALE = {
    "斤": ("公斤", Decimal("0.5")), "公斤": ("公斤", Decimal(1)), "吨": ("公斤", Decimal(1000)),
    "亩": ("平方米", Decimal(2000) / Decimal(3)), "公顷": ("平方米", Decimal(10000)), "平方米": ("平方米", Decimal(1)),
}  # fmt: skip

#: Kinds of documents that report on a year, or on one and the next.
_REPORTS = ("annual_report", "work_report", "work_plan")

Cell = Tuple[str, int, str]
"""The key of a place, a year and an id."""


def read_dictionary(path: Union[str, Path], *, replace: bool = False) -> Dictionary:
    """A dictionary of one's own from a file: added to the library's, or with `replace` in its place.

    The file is a table, its columns apart by tabulators under a line that names them: `id` and `heads` must be there; `name`,
    `domain`, `group`, `tier`, `measure`, `units`, `change`, `context`, `verbs`, `without`, `note` and `applies` may. An
    indicator with the id of one of the library's replaces it.

    Raises ValueError that names file, line and column of what cannot be read.

    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "own.tsv"
    >>> _ = file.write_text("id\\tname\\tunits\\theads\\npark_count\\t口袋公园\\t个/座\\t口袋公园\\n", encoding="utf-8")
    >>> len(gongwen.indicators.read_dictionary(file)), len(gongwen.indicators.read_dictionary(file, replace=True))
    (263, 1)
    """
    try:
        own = Dictionary(Path(path).read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    return own if replace else dictionary | own


class Frame:
    """A table that is made of columns: every library that reads the Arrow PyCapsule interface takes it.

    >>> frame = gongwen.parse_many([gongwen.sample().text]).coverage
    >>> frame.columns, len(frame)
    (['id', 'name', 'documents', 'share'], 3)
    """

    #: The columns that a data frame has as its index.
    _index: Tuple[str, ...] = ()

    def __init__(self, data: Dict[str, List[Any]], kinds: Dict[str, str]) -> None:
        self._data = data
        self._kinds = kinds

    @property
    def columns(self) -> List[str]:
        """The names of the columns."""
        return list(self._data)

    def __len__(self) -> int:
        return len(next(iter(self._data.values()), []))

    def __getitem__(self, column: str) -> List[Any]:
        """A column's values."""
        return list(self._data[column])

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        return (dict(zip(self._data, row)) for row in zip(*self._data.values()))

    def to_dicts(self) -> List[Dict[str, Any]]:
        """The rows as dicts."""
        return list(self)

    def to_csv(self) -> str:
        """The table as CSV; a missing value is empty.

        >>> gongwen.parse_many([gongwen.sample().text]).coverage.to_csv().splitlines()[1]
        'approval_time_days,审批时限(天),1,1'
        """
        return self.batch().to_csv(header=True)

    def to_jsonl(self) -> str:
        """The rows as JSON, an object a line."""
        return self.batch().to_jsonl()

    def to_html(self) -> str:
        """A whole HTML page with all of it."""
        from . import _indicators_html as _html

        return _html.frame_page(self, type(self).__name__)

    def batch(self) -> _core.Batch:
        """The table as Arrow data."""
        plain = {
            name: values if self._kinds.get(name, "number") != "number" else [None if v is None else float(v) for v in values]
            for name, values in self._data.items()
        }
        return _core.frame_batch([(name, self._kinds.get(name, "number"), values) for name, values in plain.items()])

    def __arrow_c_schema__(self) -> Any:
        return self.batch().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        batch = self.batch()
        return _core.export_stream(iter([batch]), batch)

    def to_arrow(self) -> Any:
        """A `pyarrow.Table`; needs pyarrow."""
        return _frames._need("pyarrow", "to_arrow").table(self)

    def to_polars(self) -> Any:
        """A `polars.DataFrame`; needs polars."""
        return _frames._need("polars", "to_polars").DataFrame(self)

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`; needs pandas and pyarrow. A panel's has place and year as its index."""
        frame = _frames.to_pandas(self)
        for column in frame.columns[frame.dtypes == "Int64"]:
            if not frame[column].isna().any():
                frame[column] = frame[column].astype("int64")
        return frame.set_index(list(self._index)) if self._index else frame

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} rows, {len(self._data)} columns>"

    def _repr_html_(self) -> str:
        from . import _indicators_html as _html

        return _html.frame(self, type(self).__name__)


class Passage(NamedTuple):
    """Where a cell of a panel is from: the sentence, and the place of the number in it.

    >>> panel = gongwen.parse_many([gongwen.sample().text]).panel(ids=["exec_meeting_law_study"])
    >>> passage = panel.source("清河县", 2023, "exec_meeting_law_study")
    >>> passage.sentence[passage.start : passage.end], passage.value, passage.unit
    ('4次', Decimal('4'), '次')
    """

    sentence: str
    start: int
    end: int
    document: Optional[str]
    value: Optional[Decimal]
    unit: str
    status: str

    def __str__(self) -> str:
        """The sentence with the number in 【】."""
        before, words, after = self.sentence[: self.start], self.sentence[self.start : self.end], self.sentence[self.end :]
        return " ".join(f"{before}【{words}】{after}".split())

    def _repr_html_(self) -> str:
        from . import _indicators_html as _html

        return _html.passage(self)


class Duplicate(NamedTuple):
    """A report that a panel leaves out, and the one that counts in its place.

    >>> gongwen.parse_many({"a": gongwen.sample().text, "b": gongwen.sample().text}).panel().duplicates
    [Duplicate(document='b', counts='a', why='same text')]
    """

    document: Optional[str]
    counts: Optional[str]
    why: str
    """`same text`, or `same report`: of the same place, year and kind."""


class Check(NamedTuple):
    """Numbers of a report that contradict each other; nothing is corrected.

    >>> gongwen.indicators.check(gongwen.sample())
    []
    """

    document: Optional[str]
    code: str
    message: str
    message_zh: str
    span: slice


def check(documents: Union[Document, Iterable[Document]]) -> List[Check]:
    """Where indicators of a report contradict each other: rates that are not their numerator over their denominator, totals
    that are not their sum, parts that exceed their whole.

    >>> text = "清河市2023年法治政府建设年度报告\\n一、主要举措和成效\\n收到行政复议申请103件，受理113件。\\n二、存在的不足\\n力量偏弱。"
    >>> gongwen.indicators.check(gongwen.parse(text))[0].message
    'review_accepted 113 exceeds review_received 103'
    """
    docs = [documents] if isinstance(documents, Document) else documents
    return [Check(doc.name, *found) for doc in docs for found in _core.indicator_checks(doc)]


class _Row(NamedTuple):
    id: str
    value: Optional[Decimal]
    unit: str
    status: str
    modality: str
    year: int
    scope: str
    sentence: str
    start: int
    end: int


class _Report(NamedTuple):
    at: int
    name: Optional[str]
    place: Optional[str]
    code: Optional[str]
    year: Optional[int]
    kind: str
    title: Optional[str]
    fingerprint: int
    length: int
    rows: List[_Row]
    given: int

    @property
    def key(self) -> str:
        return self.code or self.place or ""


class Gathering:
    """Gathers the indicators of documents that need not be in memory at once, for a panel.

    >>> gathering = gongwen.indicators.Gathering(ids=["exec_meeting_law_study"])
    >>> gathering.add([gongwen.sample()])
    >>> gathering.panel().to_dicts()
    [{'place': '清河县', 'place_code': '130534', 'year': 2023, 'exec_meeting_law_study': Decimal('4')}]
    """

    def __init__(
        self,
        ids: Union[str, Sequence[str], None] = None,
        *,
        domain: Union[str, Sequence[str], None] = None,
        dictionary: Optional[Dictionary] = None,
    ) -> None:
        self._own = dictionary
        self._lines: Dict[str, Any] = {line["id"]: line for line in dictionary or _BUILT_IN}
        self._ids = _chosen(self._lines, ids, domain)
        self._wanted: Set[str] = set(self._ids)
        self._reports: List[_Report] = []

    def add(self, documents: Iterable[Document]) -> None:
        """Takes what a panel needs of some documents: their indicators, each with its sentence."""
        docs = list(documents)
        if self._own is not None:
            docs = [doc if doc.dictionary == self._own else doc.with_dictionary(self._own) for doc in docs]
        for about, rows in _core.panel_rows(docs):
            kept = [_Row(*row) for row in rows if row[0] in self._wanted]
            name, place, code, year, kind, title, fingerprint, length = about
            at = len(self._reports)
            self._reports.append(_Report(at, name, place, code, year, kind, title, fingerprint, length, kept, len(rows)))

    def panel(self, *, modality: str = "actual", against: Optional[str] = None, status: bool = False) -> "Panel":
        """The panel of all that was added; the arguments are those of `panel`."""
        for word in (modality, against):
            if word not in ("actual", "target", None):
                raise ValueError(f"a panel is of actual or target values, not of {word!r}")
        reports, duplicates = _counting(self._reports)
        wanted = _Cells(reports, modality, self._lines)
        other = _Cells(reports, against, self._lines) if against and against != modality else None
        keys = {(place, year) for cells in (wanted, other) if cells for place, year, _ in cells.rows}
        keys |= {(r.key, year) for r in reports if r.key and (year := _own_year(r, modality)) is not None}
        order = sorted(keys, key=lambda key: (wanted.names.get(key[0], ""), key))
        data: Dict[str, List[Any]] = {
            "place": [wanted.names[place] for place, _ in order],
            "place_code": [wanted.codes.get(place) for place, _ in order],
            "year": [year for _, year in order],
        }
        kinds = {"place": "string", "place_code": "string", "year": "int"}
        ids = [i for i in self._ids if wanted.has(i) or (other and other.has(i))]
        for i in ids:
            data[i] = [wanted.value((*key, i)) for key in order]
            if other:
                data[f"{i}_{against}"] = [other.value((*key, i)) for key in order]
            if status:
                data[f"{i}_status"] = [wanted.status((*key, i)) for key in order]
                kinds[f"{i}_status"] = "string"
        return Panel(data, kinds, wanted, other, modality, against, duplicates, {i: self._lines[i]["name"] for i in ids})


_ALL = "gongwen.indicators.dictionary.ids lists all"


def _like(word: str, lines: Dict[str, Any]) -> str:
    """Which ids may have been meant, as the end of a message: by the id, or by the name in Chinese or in English."""
    folded = word.casefold()
    found = sorted((i for i in lines if folded in i), key=lambda i: not i.startswith(folded))
    found = found or [i for i, line in lines.items() if folded in f"{line['name']}\n{line['english']}".casefold()]
    if not found:
        ids = {line[key]: i for key in ("english", "name", "id") for i, line in lines.items() if line[key]}
        found = list(dict.fromkeys(ids[name] for name in difflib.get_close_matches(word, ids, 3, 0.6)))
    told = [f"{i} ({lines[i]['name']})" for i in found[:5]]
    return f"; did you mean {', '.join(told)}?" if told else ""


def _chosen(lines: Dict[str, Any], ids: Union[str, Sequence[str], None], domain: Union[str, Sequence[str], None]) -> List[str]:
    if ids is None or ids == "all":
        chosen = list(lines)
    elif ids == "core":
        chosen = [i for i, line in lines.items() if line["core"]]
    else:
        chosen = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
        unknown = [i for i in chosen if i not in lines]
        if unknown:
            raise ValueError(f"there is no indicator {unknown[0]!r}{_like(unknown[0], lines)}; {_ALL}")
    if domain is not None:
        domains = [domain] if isinstance(domain, str) else list(domain)
        known = sorted({line["domain"] for line in lines.values()})
        for name in domains:
            if name not in known:
                raise ValueError(f"there is no domain {name!r}; there are {', '.join(known)}")
        chosen = [i for i in chosen if lines[i]["domain"] in domains]
    return chosen


#: What titles of the same report may differ in.
_TITLE = re.compile(r"[\s\d〇○零一二三四五六七八九十年度—\-–_（）()《》“”、,，.。:：]|关于|人民政府|政府|情况|工作|推进|全面|报告|总结|的|在.*会议上|第.{1,4}届|人民代表大会|第.{1,3}次|会议|省|市|县|区")


def _topic(report: _Report) -> str:
    """What a report's title says beside place and year: 政府工作 and 法治建设 are two reports."""
    if report.title is None:
        return ""
    return _TITLE.sub("", report.title.replace(report.place or "\0", ""))


def _counting(reports: Sequence[_Report]) -> Tuple[List[_Report], List[Duplicate]]:
    """The reports that count, and those that do not."""
    duplicates: List[Duplicate] = []
    by_text: Dict[Tuple[int, int, str], _Report] = {}
    by_report: Dict[Tuple[str, Optional[int], str, str], List[_Report]] = {}
    counting: List[_Report] = []
    for report in reports:
        first = by_text.setdefault((report.fingerprint, report.given, report.key), report)
        if first is not report and report.given:
            duplicates.append(Duplicate(report.name, first.name, "same text"))
        elif report.kind in _REPORTS and report.key and report.year is not None:
            by_report.setdefault((report.key, report.year, report.kind, _topic(report)), []).append(report)
        else:
            counting.append(report)
    for same in by_report.values():
        best = max(same, key=lambda r: (r.given, r.length, -r.at))
        counting.append(best)
        duplicates += [Duplicate(r.name, best.name, "same report") for r in same if r is not best]
    return sorted(counting), duplicates


def _own_year(report: _Report, modality: str) -> Optional[int]:
    """The year that a report is on: what it tells for results, what it sets for targets."""
    if report.year is None or report.kind not in _REPORTS:
        return None
    if report.kind == "work_plan":
        return report.year if modality == "target" else None
    if modality == "actual":
        return report.year - (report.kind == "work_report")
    return report.year + (report.kind == "annual_report")


def _level(code: str) -> str:
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


class _Cells:
    """The cells of a panel by place, year and id, each with its rows in the order in which they count."""

    def __init__(self, reports: Sequence[_Report], modality: str, lines: Dict[str, Any]) -> None:
        self.rows: Dict[Cell, List[Tuple[_Report, _Row]]] = {}
        self.words: Dict[Cell, Tuple[_Report, _Row]] = {}
        self.names: Dict[str, str] = {}
        self.codes: Dict[str, str] = {}
        self.units: Dict[str, str] = {}
        self._lines = lines
        names: Dict[str, "Counter[str]"] = {}
        for report in reports:
            if not report.key:
                continue
            names.setdefault(report.key, Counter())[report.place or report.key] += 1
            if report.code:
                self.codes[report.key] = report.code
            for row in report.rows:
                if row.modality != modality or row.scope not in SCOPES:
                    continue
                cell = (report.key, row.year, row.id)
                if row.value is None:
                    self.words.setdefault(cell, (report, row))
                else:
                    self.rows.setdefault(cell, []).append((report, row))
        self.names = {key: found.most_common(1)[0][0] for key, found in names.items()}

        def rank(cell: Cell, report: _Report, row: _Row) -> Tuple[bool, int, int]:
            return (_own_year(report, modality) != cell[1], -(report.year or 0), SCOPES.index(row.scope))

        for cell, rows in self.rows.items():
            # The sort is stable: what stands first in a report stays first.
            rows.sort(key=lambda pair: rank(cell, *pair))
        counts: Dict[str, "Counter[str]"] = {}
        for (_, _, i), rows in self.rows.items():
            counts.setdefault(i, Counter())[_kind_of(rows[0][1].unit)] += 1
        for i, found in counts.items():
            first = str(lines[i]["units"][0])
            most, _ = found.most_common(1)[0]
            self.units[i] = first if _kind_of(first) == most or found[_kind_of(first)] == found[most] else most

    def has(self, id: str) -> bool:
        return id in self.units or any(i == id for _, _, i in self.words)

    def _of_unit(self, cell: Cell) -> List[Tuple[_Report, _Row, Decimal]]:
        """The rows of a cell that are in the column's unit, with their values in it."""
        found: List[Tuple[_Report, _Row, Decimal]] = []
        for report, row in self.rows.get(cell, []):
            value = _converted(row.value, row.unit, self.units[cell[2]])
            if value is not None:
                found.append((report, row, value))
        return found

    def value(self, cell: Cell) -> Optional[Decimal]:
        found = self._of_unit(cell)
        return found[0][2] if found else None

    def values(self, cell: Cell) -> List[Decimal]:
        return list(dict.fromkeys(value for _, _, value in self._of_unit(cell)))

    def status(self, cell: Cell) -> str:
        found = self._of_unit(cell)
        if found:
            return found[0][1].status
        if cell in self.words:
            return self.words[cell][1].status
        if cell in self.rows:
            return "other_unit"
        place, _, i = cell
        levels = self._lines[i]["applies"]
        if levels and place in self.codes and _level(self.codes[place]) not in levels:
            return "not_applicable"
        return "not_mentioned"

    def source(self, cell: Cell) -> Optional[Passage]:
        found = self._of_unit(cell)
        report, row, value = (*self.words[cell], None) if not found and cell in self.words else found[0] if found else (None, None, None)
        if report is None or row is None:
            return None
        return Passage(row.sentence, row.start, row.end, report.name, value, self.units.get(cell[2], row.unit), row.status)


def _kind_of(unit: str) -> str:
    """What a unit measures in: units of one kind can stand in one column."""
    unit = _SAME.get(unit, unit)
    return _SCALE[unit][0] if unit in _SCALE else unit


def _converted(value: Optional[Decimal], unit: str, wanted: str) -> Optional[Decimal]:
    if value is None or _kind_of(unit) != _kind_of(wanted):
        return None
    if unit in _SCALE and wanted in _SCALE and unit != wanted:
        value = value * _SCALE[unit][1] / _SCALE[wanted][1]
        return value.quantize(Decimal("0.0001")).normalize()
    return value


class Panel(Frame):
    """Places and years down, indicators across; every cell leads back to its sentence.

    >>> panel = gongwen.parse_many([gongwen.sample().text]).panel(ids=["exec_meeting_law_study", "legal_aid_cases"], status=True)
    >>> panel
    <Panel: 1 rows, 5 columns>
    >>> panel.status("清河县", 2023, "exec_meeting_law_study"), panel.status("清河县", 2022, "exec_meeting_law_study")
    ('value', 'not_mentioned')
    """

    _index = ("place", "year")

    def __init__(
        self,
        data: Dict[str, List[Any]],
        kinds: Dict[str, str],
        cells: _Cells,
        other: Optional[_Cells],
        modality: str,
        against: Optional[str],
        duplicates: List[Duplicate],
        names: Dict[str, str],
    ) -> None:
        super().__init__(data, kinds)
        self._cells = {modality: cells}
        if other and against:
            self._cells[against] = other
        self.modality: str = modality
        """Whether it is of results (`actual`) or of what was set (`target`)."""
        self.duplicates: List[Duplicate] = duplicates
        """The reports that do not count, each with the one that does."""
        self.names: Dict[str, str] = names
        """The Chinese name of each of its indicators."""

    @property
    def modalities(self) -> List[str]:
        """What it has values of: `actual`, `target`, the panel's own first."""
        return list(self._cells)

    @property
    def ids(self) -> List[str]:
        """The ids of its indicators."""
        return list(self.names)

    @property
    def units(self) -> Dict[str, str]:
        """The unit of each column.

        >>> gongwen.parse_many([gongwen.sample().text]).panel(ids=["exec_meeting_law_study"]).units
        {'exec_meeting_law_study': '次'}
        """
        found: Dict[str, str] = {}
        for cells in self._cells.values():
            for i, unit in cells.units.items():
                found.setdefault(i, unit)
        return {i: found[i] for i in self.names if i in found}

    def _cell(self, place: str, year: int, id: str, modality: Optional[str]) -> Tuple[_Cells, Cell]:
        cells = self._cells.get(modality or self.modality)
        if cells is None:
            raise ValueError(f"the panel has no {modality} values; panel(against={modality!r}) adds them")
        if isinstance(year, bool) or not hasattr(year, "__index__"):
            raise TypeError(f"year is taken as int, not {type(year).__name__}")
        if id not in self.names:
            raise KeyError(f"the panel has no column {id!r}{near(id, self.names)}")
        keys = [key for key, name in cells.names.items() if place in (key, name)]
        if not keys:
            raise KeyError(f"the panel has no place {place!r}{near(place, cells.names.values())}")
        if len(keys) > 1:
            raise KeyError(f"{place} may be {' or '.join(keys)}; say the code")
        return cells, (keys[0], operator.index(year), id)

    def source(self, place: str, year: int, id: str, modality: Optional[str] = None) -> Passage:
        """The sentence that a cell is from; printed, it has its number in 【】.

        Raises KeyError where the cell is empty.

        >>> panel = gongwen.parse_many([gongwen.sample().text]).panel(ids=["exec_meeting_law_study"])
        >>> print(panel.source("清河县", 2023, "exec_meeting_law_study"))
        2023年县政府常务会议集体学法【4次】。
        """
        cells, cell = self._cell(place, year, id, modality)
        passage = cells.source(cell)
        if passage is None:
            raise KeyError(f"{place} {year} has no {id}: {cells.status(cell)}")
        return passage

    def status(self, place: str, year: int, id: str, modality: Optional[str] = None) -> str:
        """What a cell says, or why it is empty: `value`, `zero` (the words say that there was none), `all`, `relative` (set
        without a number), `other_unit`, `not_applicable` (places of that level have none), `not_mentioned`."""
        cells, cell = self._cell(place, year, id, modality)
        return cells.status(cell)

    def n_values(self, place: str, year: int, id: str, modality: Optional[str] = None) -> int:
        """How many different numbers the reports give for a cell; the panel has the first of them."""
        cells, cell = self._cell(place, year, id, modality)
        return len(cells.values(cell))

    def to_html(self) -> str:
        """A whole HTML page: names and units above, each number with its sentence when pointed at."""
        from . import _indicators_html as _html

        return _html.panel_page(self)

    def _repr_html_(self) -> str:
        from . import _indicators_html as _html

        return _html.panel(self)


def panel(
    documents: Iterable[Document],
    ids: Union[str, Sequence[str], None] = None,
    *,
    domain: Union[str, Sequence[str], None] = None,
    modality: Optional[str] = None,
    values: Optional[str] = None,
    against: Optional[str] = None,
    status: bool = False,
    dictionary: Optional[Dictionary] = None,
) -> Panel:
    """One row for each place and year, one column for each indicator that some report gives.

    :param ids: which: a list, ``"core"`` (those that most reports give), ``"all"``.
    :param domain: of one domain or several: law, econ, gov, people, sci, env.
    :param modality: ``"actual"``, what was reached, as it is without this; ``"target"``, what was set; `values` is the same.
    :param against: the other of the two beside it, in columns ``id_target``: what the plan for that very year had set.
    :param status: adds columns ``id_status``: what a cell says, or why it is empty.
    :param dictionary: in place of the documents' own; see `read_dictionary`.

    >>> reports = [
    ...     "2024年松石市政府工作报告\\n一、2023年工作回顾\\n地区生产总值增长5.5%。\\n二、2024年工作安排\\n地区生产总值增长6%。\\n",
    ...     "2025年松石市政府工作报告\\n一、2024年工作回顾\\n地区生产总值增长5.1%。\\n二、2025年工作安排\\n地区生产总值增长5%。\\n",
    ... ]
    >>> panel = gongwen.parse_many(reports).panel(["gdp_growth"], values="actual", against="target")
    >>> [(row["year"], row["gdp_growth"], row["gdp_growth_target"]) for row in panel.to_dicts()]
    [(2023, Decimal('5.5'), None), (2024, Decimal('5.1'), Decimal('6')), (2025, None, Decimal('5'))]
    """
    if modality is not None and values is not None and modality != values:
        raise ValueError(f"values={values!r} and modality={modality!r} are two names of one thing")
    docs = list(documents)
    own = dictionary or (docs[0].dictionary if docs else None)
    gathering = Gathering(ids, domain=domain, dictionary=own)
    gathering.add(docs)
    return gathering.panel(modality=modality or values or "actual", against=against, status=status)


def coverage(documents: Iterable[Document]) -> Frame:
    """How many documents give each indicator, and the share of all, the most frequent first; documents that say the same
    count each.

    >>> gongwen.indicators.coverage([gongwen.sample()]).to_dicts()[0]["id"]
    'approval_time_days'
    """
    docs = list(documents)
    found: "Counter[str]" = Counter()
    names: Dict[str, str] = {}
    for doc in docs:
        of = {row.id: row.name for row in doc.indicators}
        found.update(of.keys())
        names.update(of)
    order = sorted(found, key=lambda i: (-found[i], i))
    data: Dict[str, List[Any]] = {
        "id": order,
        "name": [names[i] for i in order],
        "documents": [found[i] for i in order],
        "share": [found[i] / len(docs) for i in order],
    }
    return Frame(data, {"id": "string", "name": "string", "documents": "int", "share": "number"})


class FactSheet(Frame):
    """The indicators of one document, by the groups of the dictionary: what `fact_sheet` returns.

    >>> sheet = gongwen.indicators.fact_sheet(gongwen.sample())
    >>> [english for (chinese, english), rows in sheet.groups()]
    ['Enforcement', 'Approval and services', 'Study and inspection']
    """

    def __init__(self, doc: Document) -> None:
        lines = {line["id"]: line for line in doc.dictionary}
        order = {i: at for at, i in enumerate(lines)}
        self._rows: List[Tuple[Dict[str, Any], Passage]] = []
        for row in sorted(doc.indicators, key=lambda row: (order[row.id], row.modality, row.id)):
            line, sentence, span, period = lines[row.id], row.sentence, row.span, row.period
            years = f"{period[0].year}–{period[1].year}" if period and row.year is None else None
            start = max(span.start - sentence.span.start, 0)
            found = Passage(str(sentence), start, start + span.stop - span.start, doc.name, row.value, row.unit, row.status)
            about = {"domain": line["domain"], "group": line["group"], "group_zh": line["group_zh"], "group_en": line["group_en"]}
            own = {"id": row.id, "name": row.name, "value": row.value, "unit": row.unit, "status": row.status, "modality": row.modality}
            more = {"year": row.year, "years": years, "basis": row.basis, "scope": row.scope, "sentence": str(sentence)}
            self._rows.append(({**about, **own, **more}, found))
        names = ("domain", "group", "group_zh", "group_en", "id", "name", "value", "unit", "status", "modality", "year", "years", "basis", "scope", "sentence")
        kinds = {name: "string" for name in names if name not in ("value", "year")}
        super().__init__({name: [row[name] for row, _ in self._rows] for name in names}, {**kinds, "year": "int"})
        self.title: str = str(doc.title or doc.name or "")
        """The document's title."""
        self.facts: List[str] = [str(fact) for fact in (doc.place, doc.year) if fact is not None] + [f"{len(self)} 项"]
        """Its place, its year, how many rows there are."""
        known = [d for d in doc.diagnostics if d.code in ("rate_mismatch", "sum_mismatch", "impossible_percent")]
        self.checks: List[Check] = [Check(doc.name, d.code, d.message, d.message_zh, d.span) for d in known] + check(doc)
        """Where its numbers contradict each other: by the document's diagnostics, and by the identities of indicators."""

    def groups(self) -> List[Tuple[Tuple[str, str], List[Tuple[Dict[str, Any], Passage]]]]:
        """The rows by groups: the group's names in Chinese and in English, and its rows with their sentences."""
        found: Dict[Tuple[str, str], List[Tuple[Dict[str, Any], Passage]]] = {}
        for row, passage in self._rows:
            found.setdefault((row["group_zh"], row["group_en"]), []).append((row, passage))
        return list(found.items())

    def to_html(self) -> str:
        """A whole HTML page with the fact sheet."""
        from . import _indicators_html as _html

        return _html.fact_sheet_page(self)

    def _repr_html_(self) -> str:
        from . import _indicators_html as _html

        return _html.fact_sheet(self)

    def __str__(self) -> str:
        from ._indicators_html import number
        from ._text import printable
        from ._write import fitted

        out = [printable(self.title), " · ".join(printable(fact) for fact in self.facts)]
        for (zh, en), rows in self.groups():
            out += ["", f"{zh} {en}"]
            for row, _ in rows:
                value = row["status"] if row["value"] is None else f"{number(row['value'])}{'' if row['unit'] == '%' else ' '}{row['unit']}"
                when = " ".join(str(w) for w in (row["year"] or row["years"], row["basis"], "target" if row["modality"] == "target" else None) if w)
                out.append(f"  {fitted(row['name'], 34)}  {fitted(value, 18)}  {when}".rstrip())
        if self.checks:
            out += ["", "数据核对 Checks", *(f"  {found.message_zh}" for found in self.checks)]
        return "\n".join(out) + "\n"


def fact_sheet(document: Document) -> FactSheet:
    """The indicators of one document by groups, for reading: printed, in a notebook, as a page.

    >>> print(gongwen.indicators.fact_sheet(gongwen.sample()))
    清河县2023年法治政府建设年度报告
    清河县 · 2023 · 3 项
    ...
    """
    return FactSheet(document)
