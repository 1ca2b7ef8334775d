"""Documents in Polars, in frames and in lazy queries, the streaming engine's too. Needs polars and pyarrow.

>>> import polars as pl, gongwen.polars                                                          # doctest: +NEEDS(polars, pyarrow)
>>> frame = pl.LazyFrame({"text": ["办结案件9件。"]})                                               # doctest: +NEEDS(polars, pyarrow)
>>> found = frame.select(gongwen.polars.parse(pl.col("text"), tables="metrics")).unnest("gongwen")   # doctest: +NEEDS(polars, pyarrow)
>>> found.explode("metrics").unnest("metrics").select("value", "unit").collect().rows()          # doctest: +NEEDS(polars, pyarrow)
[(9.0, '件')]
"""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence, Union

from . import arrow
from ._frames import _need

__all__ = ["parse", "schema"]


def schema(tables: Union[str, Sequence[str]] = "metrics", *, columns: Union[str, Sequence[str]] = ()) -> Any:
    """The `polars.Struct` of a parsed document.

    >>> [field.name for field in gongwen.polars.schema("metrics").fields]   # doctest: +NEEDS(polars, pyarrow)
    ['metrics', 'error']
    """
    polars = _need("polars", "gongwen.polars.schema")
    return polars.Struct(polars.DataFrame(arrow.schema(tables, columns=columns).empty_table()).schema)


def parse(
    expr: Any,
    *,
    tables: Union[str, Sequence[str]] = "metrics",
    columns: Union[str, Sequence[str]] = (),
    title: Optional[Any] = None,
    place: Optional[Any] = None,
    published: Optional[Any] = None,
    year: Optional[Any] = None,
    url: Optional[Any] = None,
    limits: Optional[Mapping[str, int]] = None,
    threads: Optional[int] = None,
) -> Any:
    """An expression: the parsed documents of a column of texts, a struct named ``gongwen`` with the tables and `error`.

    :param expr: the texts, ``polars.col("text")``, or their column's name.
    :param tables: the tables, each a list of structs.
    :param title: an expression or column of titles; ``place``, ``published``, ``year`` and ``url`` likewise.
    :param limits: what is too much, by name, as in `gongwen.parse`.
    :param threads: how many threads for a batch; by default as many as there are processors. 1 in a streaming query, whose
        engine works on several batches at once.
    """
    polars = _need("polars", "gongwen.polars.parse")
    _need("pyarrow", "gongwen.polars.parse")
    from ._api import _processors

    given = {"text": expr, "title": title, "place": place, "published": published, "year": year, "url": url}
    there = {role: polars.col(e) if isinstance(e, str) else e for role, e in given.items() if e is not None}
    known = {role: role for role in there if role != "text"}
    count = threads or _processors()

    def work(batch: Any) -> Any:
        found = arrow.parse(batch.struct.unnest(), tables=tables, columns=columns, limits=limits, threads=count, **known)
        return polars.DataFrame(found).to_struct("gongwen")

    packed = polars.struct(**there)
    dtype = schema(tables, columns=columns)
    return packed.map_batches(work, return_dtype=dtype, is_elementwise=True).alias("gongwen")
