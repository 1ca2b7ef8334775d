"""Documents in DuckDB's SQL. Needs duckdb and pyarrow.

>>> import duckdb, gongwen.duckdb                                                        # doctest: +NEEDS(duckdb, pyarrow)
>>> con = duckdb.connect()                                                               # doctest: +NEEDS(duckdb, pyarrow)
>>> gongwen.duckdb.register(con, tables="metrics")                                       # doctest: +NEEDS(duckdb, pyarrow)
>>> sql = "select m.value, m.unit from (select unnest(gongwen('办结案件9件。').metrics) m)"   # doctest: +NEEDS(duckdb, pyarrow)
>>> con.sql(sql).fetchall()                                                              # doctest: +NEEDS(duckdb, pyarrow)
[(9.0, '件')]
"""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence, Union

from . import arrow
from ._frames import _need

__all__ = ["register"]


def register(
    con: Any,
    name: str = "gongwen",
    *,
    tables: Union[str, Sequence[str]] = "metrics",
    columns: Union[str, Sequence[str]] = (),
    limits: Optional[Mapping[str, int]] = None,
    threads: Optional[int] = None,
) -> None:
    """Makes a function of SQL that parses a text: a struct with the tables as lists of structs, and `error`.

    :param con: the connection.
    :param name: the function's name.
    :param tables: which tables the struct has; only ``metrics`` if not given.
    :param limits: what is too much, by name, as in `gongwen.parse`; more is a row whose `error` names the limit.
    :param threads: how many threads for each batch of rows; by default as many as there are processors.
    """
    duckdb = _need("duckdb", "gongwen.duckdb.register")
    pyarrow = _need("pyarrow", "gongwen.duckdb.register")
    from ._api import _processors

    empty = arrow.schema(tables, columns=columns).empty_table()
    relation = con.from_arrow(empty)
    returned = duckdb.struct_type(dict(zip(relation.columns, relation.types)))
    count = threads or _processors()

    def work(texts: Any) -> Any:
        found = arrow.parse(texts, tables=tables, columns=columns, limits=limits, threads=count)
        if isinstance(found, pyarrow.Table):
            found = found.combine_chunks()
            return pyarrow.chunked_array([pyarrow.StructArray.from_arrays([c.combine_chunks() for c in found.columns], names=found.column_names)])
        return pyarrow.StructArray.from_arrays(found.columns, fields=list(found.schema))

    con.create_function(name, work, [duckdb.sqltype("VARCHAR")], returned, type="arrow", null_handling="special")
