"""Reads Chinese government reports and work plans (公文) into typed documents and data frames.

>>> import gongwen
>>> doc = gongwen.parse("清河县2023年法治政府建设年度报告\\n一、主要举措和成效\\n全年集体学法4次。")
>>> doc.metrics[0]
Metric('4次', value=4, unit='次', subject=['集体学法'])

`parse` takes a text, `read` a file, `parse_many` a whole folder. A `Document` has the tables `metrics`,
`responsibilities`, `sections` and so on; each is a `Rows`, which pandas, polars, pyarrow and DuckDB take as it is.
"""

from . import indicators
from ._api import parse, parse_many, read, sample
from ._archive import read_archive
from ._core import (
    Chunk,
    Corpus,
    Deadline,
    Diagnostic,
    Document,
    Indicator,
    Item,
    Metadata,
    Metric,
    Paragraph,
    Reference,
    Responsibility,
    Rows,
    Section,
    Table,
    Task,
    __version__,
    canonical_unit,
)
from ._find import Found, find
from ._items import Input, Source
from ._scan import Scan, Written, scan, to_parquet
from ._text import (
    Bound,
    Change,
    ChangeKind,
    Code,
    DeadlineKind,
    Dimension,
    DocumentNumber,
    Error,
    Every,
    Failure,
    Heading,
    HeadingForm,
    Kind,
    Marker,
    MarkerStyle,
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
    "Bound",
    "Change",
    "ChangeKind",
    "Chunk",
    "Code",
    "Corpus",
    "Deadline",
    "DeadlineKind",
    "Diagnostic",
    "Dimension",
    "Document",
    "DocumentNumber",
    "Error",
    "Every",
    "Failure",
    "Found",
    "Heading",
    "HeadingForm",
    "Indicator",
    "Input",
    "Item",
    "Kind",
    "Marker",
    "MarkerStyle",
    "Metadata",
    "MetadataKey",
    "Metric",
    "Modality",
    "Paragraph",
    "Period",
    "Reference",
    "Responsibility",
    "ResponsibilityRole",
    "Role",
    "Rows",
    "Scan",
    "Section",
    "Severity",
    "Signature",
    "Source",
    "Table",
    "Task",
    "Text",
    "Written",
    "__version__",
    "canonical_unit",
    "find",
    "indicators",
    "parse",
    "parse_many",
    "read",
    "read_archive",
    "sample",
    "scan",
    "to_parquet",
]

# Where a reader finds them; also what a traceback and a pickle say.
for _thing in (
    Change, DocumentNumber, Error, Failure, Found, Heading, Input, Marker, Period, Scan, Signature, Text, Written,
    find, parse, parse_many, read, read_archive, sample, scan, to_parquet,
):  # fmt: skip
    _thing.__module__ = __name__
del _thing
