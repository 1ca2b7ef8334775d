"""Reads Chinese government reports and work plans (公文) into typed documents and data frames.

>>> import gongwen
>>> doc = gongwen.parse("清河县2023年法治政府建设年度报告\\n一、主要举措和成效\\n全年集体学法4次。")
>>> doc.metrics[0]
Metric('4次', value=4, unit='次', subject=['集体学法'])

`parse` takes a text, `read` a file, `parse_many` a whole folder. A `Document` has the tables `metrics`,
`responsibilities`, `sections` and so on; each is a `Rows`, which pandas, polars, pyarrow and DuckDB take as it is.
"""

from ._api import Source, parse, parse_many, read, sample
from ._archive import read_archive
from ._core import (
    Corpus,
    Deadline,
    Diagnostic,
    Document,
    Item,
    Metadata,
    Metric,
    Paragraph,
    Reference,
    Responsibility,
    Rows,
    Section,
    Table,
    __version__,
)
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
    "Heading",
    "HeadingForm",
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
    "Section",
    "Severity",
    "Signature",
    "Source",
    "Table",
    "Text",
    "__version__",
    "parse",
    "parse_many",
    "read",
    "read_archive",
    "sample",
]

# Where a reader finds them; also what a traceback and a pickle say.
for _thing in (
    Change, DocumentNumber, Error, Failure, Heading, Marker, Period, Signature, Text, parse, parse_many, read, sample,
):  # fmt: skip
    _thing.__module__ = __name__
del _thing
