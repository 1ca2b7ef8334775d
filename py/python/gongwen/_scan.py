"""Tables of more documents than memory holds: batch by batch, and to files."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, Callable, Deque, Dict, Generator, Iterable, Iterator, List, Literal, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from . import _core, _frames
from ._api import Format, _many, _Progress
from ._core import Batch
from ._find import Found
from ._items import Columns, Input, Source
from ._text import Error, Failure, in_python, near

#: The tables that a corpus has.
TABLES = (
    "documents", "metadata", "sections", "paragraphs", "items", "metrics", "responsibilities", "deadlines",
    "references", "tasks", "indicators", "tables", "diagnostics",
)  # fmt: skip

#: Columns that are made when asked for, and the tables that have them.
FURTHER: Dict[str, Tuple[str, ...]] = {
    "sentence": ("items", "metrics", "responsibilities", "deadlines", "references"),
    "heading": ("paragraphs", "items", "metrics", "responsibilities", "deadlines", "references", "indicators", "tables"),
    "section_role": (
        "paragraphs", "items", "metrics", "responsibilities", "deadlines", "references", "tasks", "indicators", "tables",
    ),
}  # fmt: skip

#: Documents, and bytes of them, that are parsed before their rows go on.
BATCH_DOCUMENTS = 256
BATCH_BYTES = 32 << 20

#: Batches that are parsed while one is used. With two, no thread is idle while the last documents of the first are parsed.
AHEAD = 2

#: The same while tables are written: one batch in many fills a row group, and its writing takes as long as parsing several.
AHEAD_WRITING = 8

Items = Union[Iterable[Union[Source, Input]], Mapping[str, Union[Source, Input]], Found, Any]
_Wanted = List[Tuple[str, List[str]]]

#: Jobs with their places, and the failures among them; before them whatever is to come back with their tables.
_Chunk = Tuple[Any, List[Tuple[int, Any]], List[Failure]]


def wanted(function: str, tables: Union[str, Sequence[str]], columns: Union[str, Sequence[str]]) -> _Wanted:
    """The tables with the further columns of each."""
    names = [tables] if isinstance(tables, str) else list(tables)
    if not names:
        raise ValueError(f"{function}() takes at least one table")
    for name in names:
        if name not in TABLES:
            raise ValueError(f"{function}(): there is no table {name!r}, only {', '.join(TABLES)}{near(name, TABLES)}")
    further = [columns] if isinstance(columns, str) else list(columns)
    for column in further:
        having = FURTHER.get(column)
        if having is None:
            raise ValueError(f"{function}(): there is no further column {column!r}, only {', '.join(FURTHER)}{near(column, FURTHER)}")
        if not set(having) & set(names):
            raise ValueError(f"{function}(): {column} is a column of {', '.join(having)}, not of {', '.join(names)}")
    return [(name, [c for c in further if name in FURTHER[c]]) for name in dict.fromkeys(names)]


class Scan:
    """Tables of many documents, read when they are asked for: what `scan` returns.

    It holds no document and no row. A stream of its one table goes to every library that speaks the Arrow PyCapsule
    interface: ``polars.DataFrame(scan)``, ``pyarrow.RecordBatchReader.from_stream(scan)``, DuckDB in a query. Of several
    tables `batches` gives a piece of each at a time.

    >>> scan = gongwen.scan(["办结案件9件。", "办结案件12件。"], "metrics")
    >>> [batch["metrics"].num_rows for batch in scan.batches()]
    [2]
    """

    def __init__(self, make: Callable[[], Iterator[Any]], wanted: _Wanted, options: Any, threads: int, batch: int, errors: str):
        self._make = make
        self._wanted = wanted
        self._options = options
        self._threads = threads
        self._batch = batch
        self._errors = errors
        self.tables: Tuple[str, ...] = tuple(name for name, _ in wanted)
        """The names of its tables."""
        self.failures: List[Failure] = []
        """What could not be read, as far as it has been read; with ``errors="collect"``."""
        self.documents: int = 0
        """How many documents have been read."""

    def batches(self) -> Iterator[Dict[str, Batch]]:
        """The tables piece by piece: for each batch of documents a `Batch` of every table.

        While one is used, the next two are parsed.

        >>> for batch in gongwen.scan([gongwen.sample().text], ["metrics", "tasks"]).batches():
        ...     print({name: piece.num_rows for name, piece in batch.items()})
        {'metrics': 6, 'tasks': 1}
        """
        self.failures = []
        self.documents = 0
        for _, batch, documents, failures in self._pieces((None, *chunk) for chunk in _chunks(self._make(), self._batch)):
            self.documents += documents
            self.failures += failures
            yield batch

    def _pieces(self, chunks: Iterable[_Chunk], ahead: int = AHEAD) -> Generator[Tuple[Any, Dict[str, Batch], int, List[Failure]], None, None]:
        """For each chunk what is its own, the tables, how many documents were read and what was not."""
        kept: Optional[List[Tuple[str, str]]] = None
        pool = _core.Pool(self._wanted, self._threads, self._options)
        waiting: Deque[Any] = deque()
        try:
            for own, jobs, failed in chunks:
                ready = None
                if waiting and kept is None:
                    # The columns that are passed through have in every batch the types that they have in the first.
                    ready, kept = self._done(*waiting.popleft())
                pending = pool.submit([job for _, job in jobs], kept)
                if own is not None:
                    own.sign(zip((number for number, _ in jobs), pending.digests()), failed)
                if not waiting and not pending.passes and kept is None:
                    kept = []
                waiting.append((own, pending, [number for number, _ in jobs], failed))
                if ready is not None:
                    yield ready
                elif len(waiting) > ahead:
                    yield self._done(*waiting.popleft())[0]
            while waiting:
                yield self._done(*waiting.popleft())[0]
        finally:
            # Whoever stops asking, by Ctrl-C too, does not wait for what is being parsed.
            pool.close()

    def _done(self, own: Any, pending: Any, numbers: List[int], failed: List[Failure]) -> Tuple[Any, List[Tuple[str, str]]]:
        batches, failures, kept = pending.result()
        failed = failed + [Failure(numbers[at], name, in_python(message)) for at, name, message in failures]
        failed.sort(key=lambda failure: failure.position)
        if failed and self._errors == "raise":
            raise failed[0].error or Error(failed[0].message, failed[0].name)
        return (own, dict(zip(self.tables, batches)), len(numbers) - len(failures), failed), kept

    def _one(self, method: str) -> str:
        if len(self.tables) != 1:
            raise TypeError(
                f"{method} takes a scan of one table, and this one has {', '.join(self.tables)}: "
                "write scan(…, tables=\"metrics\"), or take batches() or to_parquet()"
            )
        return self.tables[0]

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """The Arrow PyCapsule interface: the table as a stream, read as it is taken."""
        table = self._one("the Arrow stream")
        pieces = self.batches()
        first = next(pieces, None)
        if first is None:
            return _core.export_stream(iter(()), _core.empty_batch(self._wanted, [], False))

        def stream() -> Iterator[Batch]:
            yield first[table]
            for piece in pieces:
                yield piece[table]

        return _core.export_stream(stream(), first[table])

    def to_arrow(self) -> Any:
        """All of the table as a `pyarrow.Table`; needs pyarrow.

        >>> gongwen.scan(["办结案件9件。"], "metrics").to_arrow().num_rows   # doctest: +NEEDS(pyarrow)
        1
        """
        return _frames.to_arrow(self)

    def to_polars(self) -> Any:
        """All of the table as a `polars.DataFrame`; needs polars.

        >>> gongwen.scan(["办结案件9件。"], "metrics").to_polars().height   # doctest: +NEEDS(polars)
        1
        """
        return _frames.to_polars(self)

    def to_pandas(self) -> Any:
        """All of the table as a `pandas.DataFrame`; needs pandas and pyarrow.

        >>> len(gongwen.scan(["办结案件9件。"], "metrics").to_pandas())   # doctest: +NEEDS(pandas, pyarrow)
        1
        """
        return _frames.to_pandas(self)

    def __repr__(self) -> str:
        return f"<Scan of {', '.join(self.tables)}>"


def _size(source: object) -> int:
    """About how many bytes a document is."""
    if isinstance(source, str):
        return 3 * len(source)
    if isinstance(source, bytes):
        return len(source)
    try:
        return os.stat(source).st_size  # type: ignore[arg-type]
    except OSError:
        return 0


def _chunks(jobs: Iterable[Any], most: int) -> Iterator[Tuple[List[Any], List[Failure]]]:
    """The jobs with their places, and the failures among them, as many at a time as a batch holds."""
    return _cut(enumerate(jobs), most)


def _cut(jobs: Iterable[Tuple[int, Any]], most: int) -> Iterator[Tuple[List[Any], List[Failure]]]:
    chunk: List[Any] = []
    failed: List[Failure] = []
    size = 0
    for number, job in jobs:
        if isinstance(job, Failure):
            failed.append(job)
        else:
            chunk.append((number, job))
            size += _size(job[1])
        if len(chunk) + len(failed) >= most or size >= BATCH_BYTES:
            yield chunk, failed
            chunk, failed, size = [], [], 0
    if chunk or failed:
        yield chunk, failed


def scan(
    items: Items,
    tables: Union[str, Sequence[str]] = "metrics",
    *,
    columns: Union[str, Sequence[str]] = (),
    threads: Optional[int] = None,
    batch: int = BATCH_DOCUMENTS,
    errors: Literal["raise", "collect"] = "raise",
    encoding: Optional[str] = None,
    format: Optional[Format] = None,
    facts: bool = True,
    checks: bool = True,
    text: Optional[str] = None,
    name: Optional[str] = None,
    title: Optional[str] = None,
    place: Optional[str] = None,
    published: Optional[str] = None,
    year: Union[int, str, None] = None,
    url: Optional[str] = None,
    keep: Sequence[str] = (),
    limits: Optional[Mapping[str, int]] = None,
) -> Scan:
    """Tables of more documents than memory holds, parsed in parallel as they are asked for.

    :param items: what `parse_many` takes; an iterator is read once.
    :param tables: the table or tables: ``"metrics"``, ``["metrics", "tasks"]``.
    :param columns: further columns: ``"sentence"``, ``"heading"``, ``"section_role"``.
    :param batch: how many documents are parsed before their rows go on. Memory grows with it, not with the documents.

    The other options are those of `parse_many`.

    >>> scan = gongwen.scan(["办结案件9件。", "办结案件12件。"], "metrics", columns="sentence")
    >>> import polars                                    # doctest: +NEEDS(polars)
    >>> polars.DataFrame(scan)["sentence"].to_list()     # doctest: +NEEDS(polars)
    ['办结案件9件。', '办结案件12件。']
    """
    names = Columns(text, name, title, place, published, year, url, keep)
    return _scan("scan", items, tables, columns, names, errors, threads, batch, encoding, format, facts, checks, limits)


def _scan(
    function: str, items: Items, tables: Union[str, Sequence[str]], columns: Union[str, Sequence[str]], names: Columns, errors: str,
    threads: Optional[int] = None, batch: int = BATCH_DOCUMENTS, encoding: Optional[str] = None, format: Optional[Format] = None,
    facts: bool = True, checks: bool = True, limits: Optional[Mapping[str, int]] = None,
) -> Scan:  # fmt: skip
    """A scan for a function, which the messages name."""
    if isinstance(batch, bool) or not isinstance(batch, int) or batch < 1:
        raise ValueError(f"{function}() takes a batch of at least 1 document, not {batch!r}")
    given = _many(function, items, names, threads, errors, encoding, format, facts, checks, limits)
    return Scan(given.jobs, wanted(function, tables, columns), given.options, given.threads, batch, errors)


#: What `to_parquet` hands on to `scan`.
_OPTIONS = ("threads", "batch", "encoding", "format", "facts", "checks", "limits")


class Written(NamedTuple):
    """What `to_parquet` wrote.

    >>> import tempfile
    >>> written = gongwen.to_parquet(["办结案件9件。"], tempfile.mkdtemp(), "metrics")   # doctest: +NEEDS(pyarrow)
    >>> written.documents, written.failures, written.resumed                            # doctest: +NEEDS(pyarrow)
    (1, [], 0)
    """

    folder: Path
    """The folder, with a folder for each table."""
    documents: int
    """How many documents were read, in this run and before."""
    rows: Dict[str, int]
    """How many rows each table has."""
    failures: List[Failure]
    """What could not be read."""
    resumed: int
    """How many shards a run before had written already."""


#: Documents of one file of each table, and rows of one of its row groups.
SHARD_DOCUMENTS = 8192
GROUP_ROWS = 1 << 16

#: Columns of texts that hardly come twice: a dictionary of them helps no reader.
LONG = ("text", "sentence", "cells", "heading")

#: Columns of words that rows after each other share, since they are of one document.
OF_DOCUMENTS = ("document", "place", "place_code")


_OWN = ("columns", "partition", "shard", "compression", "progress", "errors", "overwrite")


def to_parquet(
    items: Items,
    folder: Union[str, "os.PathLike[str]"],
    tables: Union[str, Sequence[str]] = TABLES,
    *,
    columns: Union[str, Sequence[str]] = (),
    partition: Union[str, Sequence[str]] = (),
    shard: int = SHARD_DOCUMENTS,
    compression: str = "zstd",
    progress: Union[bool, Callable[[int], object]] = False,
    errors: Literal["raise", "collect"] = "collect",
    overwrite: bool = False,
    **options: Any,
) -> Written:
    """Writes tables of any number of documents as Parquet files, a folder for each table; needs pyarrow.

    A run that was stopped goes on where it was when it is called again with the same items: what was done is in
    ``_gongwen`` in the folder, by the names of the documents. A file stands under its name only when it is complete. The
    items may have become more or fewer; a folder that holds other tables or only other documents raises FileExistsError.

    :param partition: columns to divide the files by, in folders like ``document_year=2023``; of ``documents``, whose own
        year it is, too.
    :param shard: how many documents go into one file of each table; also what is done again after a stop.
    :param progress: True shows the number of documents; a function is called with it.
    :param overwrite: True takes away first what such another run has written in the folder.

    The other options are those of `scan`.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> written = gongwen.to_parquet(["办结案件9件。"], folder, "metrics")   # doctest: +NEEDS(pyarrow)
    >>> written.rows                                                          # doctest: +NEEDS(pyarrow)
    {'metrics': 1}
    """
    _frames._need("pyarrow", "to_parquet")
    if not isinstance(progress, bool) and not callable(progress):
        raise TypeError(f"to_parquet() takes progress as True, False or a function, not {type(progress).__name__}")
    folder = Path(folder)
    divide = [partition] if isinstance(partition, str) else list(partition)
    if isinstance(shard, bool) or not isinstance(shard, int) or shard < 1:
        raise ValueError(f"to_parquet() takes a shard of at least 1 document, not {shard!r}")
    if not isinstance(overwrite, bool):
        raise TypeError(f"to_parquet() takes overwrite as True or False, not {type(overwrite).__name__}")
    for option in options:
        if option not in _OPTIONS and option not in Columns._fields:
            raise TypeError(f"to_parquet() has no argument {option!r}{near(option, (*_OPTIONS, *Columns._fields, *_OWN))}")
    names = Columns(**{key: options.pop(key) for key in Columns._fields if key in options})
    keep = [names.keep] if isinstance(names.keep, str) else names.keep
    whole = _scan("to_parquet", items, tables, columns, names, errors, **options)
    for column in divide:
        for name, further in whole._wanted:
            known = _core.empty_batch([(name, further)], [], False).columns
            if column not in known and column not in keep and (name, column) != ("documents", "document_year"):
                raise ValueError(
                    f"to_parquet(): {name} has no column {column!r} to divide by, only {', '.join(known)}{near(column, known)}"
                )
    journal = folder / "_gongwen"
    run = {"tables": sorted(whole.tables), "partition": divide}
    before = _json(journal / "run")
    if before is not None and before != run:
        if not overwrite and any(journal.glob("*.json")):
            raise FileExistsError(_other(folder, _differs(before, run)))
        _clear(folder, journal)
    journal.mkdir(parents=True, exist_ok=True)
    _put(journal / "run", json.dumps(run))
    setting = json.dumps([_core.__version__, whole._wanted, divide, repr(whole._options), compression], sort_keys=True)
    total = Written(folder, 0, dict.fromkeys(whole.tables, 0), [], 0)
    numbers = count(0)
    with _Progress(progress, None) as told, ThreadPoolExecutor(max(1, min(whole._threads, len(whole.tables)))) as writing:
        jobs = enumerate(whole._make())
        entries: List[Dict[str, Any]] = []
        ending: Deque[_Shard] = deque()

        def chunks() -> Iterator[_Chunk]:
            """The chunks of the shards that are to be written; of the others what was written is taken over."""
            for first in jobs:
                number = next(numbers)
                part: Iterable[Any] = chain((first,), islice(jobs, shard - 1))
                held = _json(journal / "000000.json") if number == 0 else None
                if held is not None and "items" in held:
                    part = list(part)
                    if not set(held["items"]).intersection(_digests(part).values()):
                        if not overwrite:
                            raise FileExistsError(_other(folder, "the files of other documents"))
                        _clear(folder, journal)
                done = _entry(journal / f"{number:06d}.json")
                if done is not None:
                    part = list(part)
                    if done["mark"] == _mark(setting, _digests(part)):
                        done["resumed"] = True
                        entries.append(done)
                        told.add(done["documents"])
                        continue
                one = _Shard(whole, folder, number, divide, compression)
                for numbered, failed in _cut(part, whole._batch):
                    one.waiting += 1
                    yield one, numbered, failed
                one.mark = _mark(setting, one.digests)
                if number == 0:
                    one.entry["items"] = list(one.digests.values())

        shards: List[_Shard] = []

        def end(most: int) -> None:
            """Ends the shards whose batches have all come back; waits for the files of all but so many."""
            while shards and shards[0].mark and not shards[0].waiting:
                shards[0].flush(writing)
                ending.append(shards.pop(0))
            while ending and (len(ending) > most or ending[0].written()):
                entries.append(ending.popleft().complete())

        try:
            with closing(whole._pieces(chunks(), AHEAD_WRITING)) as pieces:
                for one, batch, documents, failures in pieces:
                    if one not in shards:
                        shards.append(one)
                    one.take(batch, documents, failures, writing)
                    told.add(documents)
                    end(1)
            end(0)
        finally:
            for one in (*shards, *ending):
                one.close()
    for entry in entries:
        for table, rows in entry["rows"].items():
            total.rows[table] += rows
        total.failures.extend(Failure(*failure) for failure in entry["failures"])
    total.failures.sort(key=lambda failure: failure.position)
    shards_now = next(numbers)
    if not shards_now and not overwrite and any(journal.glob("*.json")):
        raise FileExistsError(_other(folder, "the files of other documents, and none were given"))
    _forget(folder, journal, shards_now)
    documents = sum(entry["documents"] for entry in entries)
    return total._replace(documents=documents, resumed=sum("resumed" in entry for entry in entries))


def _digest(failure: Failure) -> str:
    return hashlib.sha256(repr(failure[:3]).encode("utf-8", "surrogatepass")).hexdigest()


def _digests(jobs: Iterable[Tuple[int, Any]]) -> Dict[int, str]:
    """A digest of each job by its place: of its name, its text, and what is known of it. Of a file only the name is looked at."""
    return {number: _digest(job) if isinstance(job, Failure) else _core.digest(job) for number, job in jobs}


def _mark(setting: str, digests: Mapping[int, str]) -> str:
    """What a shard is of: how it was made, and the digests of its documents."""
    return hashlib.sha256("\n".join([setting, *(digests[number] for number in sorted(digests))]).encode()).hexdigest()


def _json(path: Path) -> Optional[Dict[str, Any]]:
    """What a file of the journal says; None where there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _differs(before: Dict[str, Any], run: Dict[str, Any]) -> str:
    """What a run before has written that this one would not."""
    if before.get("tables") != run["tables"]:
        return f"the tables {', '.join(before.get('tables', ()))} of another run, and this one writes {', '.join(run['tables'])}"
    told = [" and ".join(by) if by else "nothing" for by in (before.get("partition"), run["partition"])]
    return f"files divided by {told[0]}, and this run divides by {told[1]}"


def _other(folder: Path, what: str) -> str:
    return f"to_parquet(): {str(folder)!r} holds {what}; take another folder, or overwrite=True, which takes those files away first"


def _clear(folder: Path, journal: Path) -> None:
    """Takes away what a run before has written, and nothing else."""
    for old in sorted(journal.glob("*.json")):
        _unlink(folder, (_json(old) or {}).get("files", ()))
        old.unlink()
    for work in journal.glob("*.work"):
        shutil.rmtree(work, ignore_errors=True)


def _unlink(folder: Path, files: Iterable[str]) -> None:
    """Takes away files, and the folders that become empty."""
    for file in files:
        path = folder / file
        path.unlink(missing_ok=True)
        for inside in path.parents:
            if inside == folder or any(inside.iterdir() if inside.is_dir() else ()):
                break
            if inside.is_dir():
                inside.rmdir()


def _entry(path: Path) -> Optional[Dict[str, Any]]:
    """What a run before wrote down for a shard, where its files are there."""
    entry = _json(path)
    return entry if entry and all((path.parents[1] / file).is_file() for file in entry["files"]) else None


def _put(path: Path, text: str) -> None:
    """A file that is there whole or not at all."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def _forget(folder: Path, journal: Path, shards: int) -> None:
    """Takes away what a longer run before has left."""
    for old in sorted(journal.glob("*.json")):
        if old.stem.isdigit() and int(old.stem) >= shards:
            _unlink(folder, (_json(old) or {}).get("files", ()))
            old.unlink()


class _Table:
    """The files of one table of a shard."""

    def __init__(self, folder: Path, number: int, own: List[str], divide: List[str], compression: str):
        self.folder = folder
        self.number = number
        self.own = own
        self.divide = divide
        self.compression = compression
        self.held: List[Any] = []
        self.rows = self.bytes = self.groups = 0
        self.writer: Any = None

    def take(self, piece: Batch) -> None:
        """Holds a batch; writes a row group when there is enough for one."""
        import pyarrow

        self.held.append(pyarrow.record_batch(piece))
        self.rows += piece.num_rows
        self.bytes += piece.nbytes
        if self.rows >= GROUP_ROWS or self.bytes >= BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Writes what is held."""
        import pyarrow
        import pyarrow.dataset
        import pyarrow.parquet

        if not self.held:
            return
        table = pyarrow.Table.from_batches(self.held)
        if "document_year" in self.divide and "document_year" not in table.column_names:
            table = table.append_column("document_year", table["year"])  # of documents, which have it as their own
        self.held, self.rows, self.bytes = [], 0, 0
        self.groups += 1
        form = {"compression": self.compression, **_encodings(table.schema, self.own)}
        if self.divide:
            name = f"part-{self.number:06d}-{self.groups:04d}-{{i}}.parquet"
            pyarrow.dataset.write_dataset(
                table, self.folder, format="parquet", partitioning=self.divide, partitioning_flavor="hive",
                basename_template=name, existing_data_behavior="overwrite_or_ignore",
                file_options=pyarrow.dataset.ParquetFileFormat().make_write_options(**form), max_partitions=4096,
            )  # fmt: skip
            return
        if self.writer is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.writer = pyarrow.parquet.ParquetWriter(self.folder / f"part-{self.number:06d}.parquet", table.schema, **form)
        self.writer.write_table(table)

    def end(self) -> None:
        """Writes what is held, and closes the file."""
        self.flush()
        self.close()

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
            self.writer = None


def _encodings(schema: Any, own: Sequence[str]) -> Dict[str, Any]:
    """How columns are encoded: whole numbers by their differences, words by a dictionary, long texts as they are.

    Of numbers, days, and what is said of a whole document the least and the greatest are told, which lets a reader pass over
    groups of rows; the words of facts are mixed in every group.

    :param own: the columns of the table itself; others are passed through with the documents.
    """
    import pyarrow

    words: List[str] = []
    told: List[str] = []
    numbers: Dict[str, str] = {}
    for field in schema:
        if pyarrow.types.is_list(field.type):
            words += [] if field.name in LONG else [f"{field.name}.list.element"]
            continue
        if pyarrow.types.is_int64(field.type):
            numbers[field.name] = "DELTA_BINARY_PACKED"
        elif field.name not in LONG:
            words.append(field.name)
        if not pyarrow.types.is_string(field.type) or field.name in OF_DOCUMENTS or field.name not in own:
            told.append(field.name)
    return {"use_dictionary": words, "column_encoding": numbers, "write_statistics": told}


class _Shard:
    """The files of so many documents, while they are written."""

    def __init__(self, whole: Scan, folder: Path, number: int, divide: List[str], compression: str):
        self.folder = folder
        self.journal = folder / "_gongwen" / f"{number:06d}.json"
        self.work = self.journal.with_suffix(".work")
        shutil.rmtree(self.work, ignore_errors=True)
        self.writers: Dict[str, _Table] = {}
        for name, further in whole._wanted:
            own = _core.empty_batch([(name, further)], [], False).columns
            self.writers[name] = _Table(self.work / name, number, own, divide, compression)
        self.entry: Dict[str, Any] = {"documents": 0, "rows": dict.fromkeys(whole.tables, 0), "failures": []}
        #: Batches that are parsed.
        self.waiting = 0
        #: What its documents are, as soon as all of them have been handed over.
        self.mark = ""
        self.digests: Dict[int, str] = {}
        self.writes: List["Future[None]"] = []

    def sign(self, digests: Iterable[Tuple[int, str]], failed: List[Failure]) -> None:
        """Has the digests of a batch that is on its way."""
        self.digests.update(digests)
        self.digests.update((failure.position, _digest(failure)) for failure in failed)

    def take(self, batch: Dict[str, Batch], documents: int, failures: List[Failure], writing: ThreadPoolExecutor) -> None:
        """Has a batch written, a table on each thread. Meanwhile the next are parsed."""
        self.waiting -= 1
        self.entry["documents"] += documents
        self.entry["failures"] += [(failure.position, failure.name, failure.message) for failure in failures]
        for name, piece in batch.items():
            self.entry["rows"][name] += piece.num_rows
        self.wait()
        self.writes = [writing.submit(self.writers[name].take, piece) for name, piece in batch.items()]

    def wait(self) -> None:
        for write in self.writes:
            write.result()

    def flush(self, writing: ThreadPoolExecutor) -> None:
        """Has written what is held, the largest table first."""
        self.wait()
        self.writes = [writing.submit(writer.end) for writer in sorted(self.writers.values(), key=lambda w: -w.bytes)]

    def written(self) -> bool:
        return all(write.done() for write in self.writes)

    def complete(self) -> Dict[str, Any]:
        """Gives its files their names, and writes down what they are of."""
        self.wait()
        files = sorted(path.relative_to(self.work) for path in self.work.rglob("*.parquet"))
        # Of the shard before, what has no file in its place: of a year, for example, that no document has any more.
        _unlink(self.folder, set((_json(self.journal) or {}).get("files", ())) - {path.as_posix() for path in files})
        for path in files:
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.work / path, self.folder / path)
        shutil.rmtree(self.work, ignore_errors=True)
        self.entry.update(files=[path.as_posix() for path in files], mark=self.mark)
        _put(self.journal, json.dumps(self.entry, ensure_ascii=False))
        return self.entry

    def close(self) -> None:
        """Leaves it as it is."""
        for write in self.writes:
            write.cancel()
        wait(self.writes)
        for writer in self.writers.values():
            writer.close()
