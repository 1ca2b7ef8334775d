"""Documents in Spark, on as many machines as it has: `parser` for `mapInArrow`, with `schema`. Needs pyarrow.

    frame.mapInArrow(gongwen.spark.parser(tables="metrics", keep="id"), gongwen.spark.schema(frame, tables="metrics", keep="id"))

Each executor needs gongwen and pyarrow. A document that cannot be read is a row whose `error` says why.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, Iterator, Sequence, Union

from . import arrow

__all__ = ["parser", "schema"]

#: Documents that are parsed before their rows go back. Spark hands over up to 10,000 at a time, more than memory should hold.
DOCUMENTS = 256


def parser(
    text: str = "text",
    *,
    tables: Union[str, Sequence[str]] = "metrics",
    columns: Union[str, Sequence[str]] = (),
    keep: Union[str, Sequence[str]] = (),
    **options: Any,
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """What `DataFrame.mapInArrow` takes: a function from record batches to record batches.

    The options are those of `gongwen.arrow.parse`. One thread for each task, as Spark counts them.
    """
    arrow.schema(tables, columns=columns)  # what is wrong is said here, and not on an executor

    def work(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            for first in range(0, batch.num_rows, DOCUMENTS):
                part = batch.slice(first, DOCUMENTS)
                yield arrow.parse(part, text, tables=tables, columns=columns, keep=keep, **options)

    return work


def schema(
    frame: Any = None,
    *,
    tables: Union[str, Sequence[str]] = "metrics",
    columns: Union[str, Sequence[str]] = (),
    keep: Union[str, Sequence[str]] = (),
) -> str:
    """The schema that `DataFrame.mapInArrow` takes with `parser`, in Spark's own words.

    :param frame: the frame whose columns are kept; needed with `keep` only.

    >>> gongwen.spark.schema(tables="deadlines")[:60]   # doctest: +NEEDS(pyarrow)
    '`deadlines` array<struct<`id`:bigint,`section`:bigint,`secti'
    """
    kept = [keep] if isinstance(keep, str) else list(keep)
    parts = [f"`{name}` {frame.schema[name].dataType.simpleString()}" for name in kept]
    parts += [f"`{field.name}` {_word(field.type)}" for field in arrow.schema(tables, columns=columns)]
    return ", ".join(parts)


def _word(kind: Any) -> str:
    import pyarrow.types as types

    if types.is_list(kind):
        return f"array<{_word(kind.value_type)}>"
    if types.is_struct(kind):
        return "struct<" + ",".join(f"`{f.name}`:{_word(f.type)}" for f in kind) + ">"
    words = {"string": "string", "int64": "bigint", "double": "double", "bool": "boolean", "date32[day]": "date"}
    return words[str(kind)]
