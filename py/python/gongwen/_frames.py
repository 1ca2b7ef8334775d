"""Tables as frames of other libraries, none of which is needed for anything else."""

from __future__ import annotations

import dataclasses
import importlib
from decimal import Decimal
from typing import Any


def _need(package: str, method: str) -> Any:
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise ImportError(f"{method}() needs {package}: pip install {package}") from error


def to_arrow(rows: Any) -> Any:
    return _need("pyarrow", "to_arrow").table(rows)


def to_polars(rows: Any) -> Any:
    return _need("polars", "to_polars").DataFrame(rows)


def to_pandas(rows: Any) -> Any:
    pandas = _need("pandas", "to_pandas")
    pyarrow = _need("pyarrow", "to_pandas")
    table = pyarrow.table(rows)
    # Days as datetime64, which pandas can compare and group; of a column without any day too. Numbers of rows
    # that may be missing stay whole numbers.
    nullable = {pyarrow.int64(): pandas.Int64Dtype()}
    frame = table.to_pandas(types_mapper=nullable.get, date_as_object=False)
    always = [field.name for field in table.schema if field.type == pyarrow.int64() and not field.nullable]
    return frame.astype(dict.fromkeys(always, "int64"))


def records(rows: Any, dtype: Any = None, copy: Any = None) -> Any:
    """An array of records: what pandas.DataFrame(rows) makes its columns of."""
    numpy = _need("numpy", "numpy.asarray")
    if dtype is not None and dtype != object:
        raise TypeError(f"a table is an array of records, not of {dtype}; to_dicts() has its values")
    fields = [(f"c{at}", Any, dataclasses.field(default=None)) for at in range(len(rows.columns))]
    kind = dataclasses.make_dataclass(rows.name.capitalize(), fields)
    # Columns have the names that they have; one may be a word of Python's.
    for field, name in zip(dataclasses.fields(kind), rows.columns):
        field.name = name
    out = numpy.empty(len(rows), dtype=object)
    for at, row in enumerate(rows.to_dicts()):
        record = kind()
        record.__dict__.update({key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()})
        out[at] = record
    return out
