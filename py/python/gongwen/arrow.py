"""Documents in the columns of an engine: one row a document, its tables as lists of structs. Needs pyarrow.

An engine hands over record batches of texts and takes record batches back, on as many machines as it likes. What cannot
be read is a row whose tables are null and whose `error` says why; nothing is raised for a document.

>>> import pyarrow                                                        # doctest: +NEEDS(pyarrow)
>>> from gongwen import arrow                                             # doctest: +NEEDS(pyarrow)
>>> batch = pyarrow.record_batch({"id": [7], "text": ["办结案件9件。"]})     # doctest: +NEEDS(pyarrow)
>>> out = arrow.parse(batch, tables=["metrics"], keep=["id"])             # doctest: +NEEDS(pyarrow)
>>> out.column_names                                                      # doctest: +NEEDS(pyarrow)
['id', 'metrics', 'error']
>>> out["metrics"][0].as_py()[0]["unit"]                                  # doctest: +NEEDS(pyarrow)
'件'
"""

from __future__ import annotations

from typing import Any, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from . import _core
from ._api import _options
from ._frames import _need
from ._items import known
from ._scan import wanted

__all__ = ["SCHEMA_VERSION", "parse", "parse_stream", "schema"]

SCHEMA_VERSION = "gongwen-arrow/1"
"""The name and version of the schema. Columns may be added within a version; none changes its type or meaning."""


def schema(
    tables: Union[str, Sequence[str]] = "metrics", *, nested: bool = True, columns: Union[str, Sequence[str]] = ()
) -> Any:
    """The `pyarrow.Schema` of tables: nested, as `parse` gives them, or that of one table as `gongwen.scan` streams it.

    >>> arrow.schema(["metrics", "deadlines"]).names   # doctest: +NEEDS(pyarrow)
    ['metrics', 'deadlines', 'error']
    """
    pyarrow = _need("pyarrow", "gongwen.arrow.schema")
    found = pyarrow.schema(_core.empty_batch(wanted("schema", tables, columns), [], nested))
    return found.with_metadata({"gongwen": SCHEMA_VERSION})


def parse(
    data: Any,
    text: str = "text",
    *,
    tables: Union[str, Sequence[str]] = "metrics",
    columns: Union[str, Sequence[str]] = (),
    keep: Union[str, Sequence[str]] = (),
    name: Optional[str] = None,
    title: Optional[str] = None,
    place: Optional[str] = None,
    published: Optional[str] = None,
    year: Union[int, str, None] = None,
    url: Optional[str] = None,
    encoding: Optional[str] = None,
    format: Optional[str] = None,
    limits: Optional[Mapping[str, int]] = None,
    threads: int = 1,
) -> Any:
    """Parses the texts of a column: one row a document, a column for each table, and `error`.

    :param data: a record batch or table of pyarrow or of any library that speaks its interface, or one column.
    :param text: the column of texts (strings) or of files' contents (binary).
    :param tables: the tables: each is a column of lists of structs; ``"documents"`` is the struct ``document``.
    :param columns: further columns of the tables, as in `gongwen.scan`.
    :param keep: columns of `data` that stand before them, as they are.
    :param name: the column that names the documents; ``title``, ``place``, ``published`` (days), ``year`` and ``url`` hold
        what is known of each, as in `gongwen.parse`.
    :param limits: what is too much, by name, as in `gongwen.read`; a document that is more is a row whose `error` names the limit.
    :param threads: how many threads; 1 where the engine itself works in parallel.

    A record batch gives a record batch, a table or chunked column a table.
    """
    pyarrow = _need("pyarrow", "gongwen.arrow.parse")
    batches, whole = _batches(pyarrow, data, text)
    kept = [keep] if isinstance(keep, str) else list(keep)
    chosen = wanted("parse", tables, columns)
    fixed = None if isinstance(year, str) else known(year=year)
    options = _options("parse", True, True, fixed, encoding, format, limits)
    roles = (text, name, title, place, published, year if isinstance(year, str) else None, url)
    out = [_batch(pyarrow, batch, chosen, roles, kept, threads, options) for batch in batches]
    if not whole:
        return out[0]
    if not out:
        empty = pyarrow.RecordBatch.from_pylist([], data.schema if hasattr(data, "schema") else pyarrow.schema([(text, "string")]))
        out = [_batch(pyarrow, empty, chosen, roles, kept, threads, options)]
    return pyarrow.Table.from_batches(out)


def parse_stream(reader: Any, text: str = "text", **options: Any) -> Any:
    """The same of a stream: a `pyarrow.RecordBatchReader` that parses as it is read. Options are those of `parse`.

    >>> import pyarrow                                                                        # doctest: +NEEDS(pyarrow)
    >>> table = pyarrow.table({"text": ["办结案件9件。"]})                                       # doctest: +NEEDS(pyarrow)
    >>> arrow.parse_stream(table.to_reader(), tables="metrics").read_all().num_rows           # doctest: +NEEDS(pyarrow)
    1
    """
    pyarrow = _need("pyarrow", "gongwen.arrow.parse_stream")
    if not isinstance(reader, pyarrow.RecordBatchReader):
        reader = pyarrow.RecordBatchReader.from_stream(reader)
    empty = pyarrow.RecordBatch.from_pylist([], reader.schema)
    out = parse(empty, text, **options).schema

    def batches() -> Iterator[Any]:
        for batch in reader:
            yield parse(batch, text, **options)

    return pyarrow.RecordBatchReader.from_batches(out, batches())


def _batches(pyarrow: Any, data: Any, text: str) -> Tuple[List[Any], bool]:
    """Record batches of the data, and whether it was more than one."""
    if isinstance(data, pyarrow.RecordBatch):
        return [data], False
    if isinstance(data, pyarrow.Array):
        return [pyarrow.record_batch([data], [text])], False
    if isinstance(data, pyarrow.ChunkedArray):
        return [pyarrow.record_batch([chunk], [text]) for chunk in data.chunks], True
    if isinstance(data, pyarrow.Table):
        return data.to_batches(), True
    if hasattr(data, "to_arrow"):  # polars
        return _batches(pyarrow, data.to_arrow(), text)
    if hasattr(data, "__arrow_c_array__"):
        return [pyarrow.record_batch(data)], False
    if hasattr(data, "__arrow_c_stream__"):
        return pyarrow.table(data).to_batches(), True
    raise TypeError(f"parse() takes a record batch, a table or a column of Arrow data, not {type(data).__name__}")


def _batch(pyarrow: Any, batch: Any, chosen: Any, roles: Any, keep: List[str], threads: int, options: Any) -> Any:
    text, name, title, place, published, year, url = roles
    wanted_types = {published: pyarrow.date32(), year: pyarrow.int64(), **dict.fromkeys((name, title, place, url), pyarrow.string())}
    arrays, names = [], []
    for column in dict.fromkeys([text, name, title, place, published, year, url]):
        if column is None:
            continue
        if column not in batch.schema.names:
            raise ValueError(f"there is no column {column!r}; there are {', '.join(batch.schema.names)}")
        array = batch.column(column)
        if pyarrow.types.is_dictionary(array.type):
            array = array.dictionary_decode()
        target = wanted_types.get(column)
        if target is not None and array.type != target and column not in keep:
            array = array.cast(target)
        arrays.append(array)
        names.append(column)
    for column in keep:
        if column not in names:
            arrays.append(batch.column(column))
            names.append(column)
    handed = pyarrow.record_batch(arrays, names=names)
    schema, array = handed.__arrow_c_array__()
    return pyarrow.record_batch(_core.parse_columns(schema, array, chosen, roles, keep, threads, options))
