"""The command ``gongwen``: files and folders in, tables out."""

from __future__ import annotations

import argparse
import fnmatch
import importlib.util
import io
import os
import re
import signal
import stat
import sys
import threading
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, NamedTuple, NoReturn, Optional, Sequence, Set, Tuple, Union, get_args

from . import _completion, _core, _items, _write
from ._api import Format, _options, _processors, _Progress, parse_many
from ._core import Batch, __version__
from ._find import READABLE, is_file
from ._items import Columns, Input
from ._scan import BATCH_DOCUMENTS, FURTHER, TABLES, Scan
from ._text import Failure, in_shell, near, printable, readable

FORMATS = ("table", "csv", "tsv", "jsonl", "md", "xlsx", "parquet", "html", "json")
SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "md", ".xlsx": "xlsx",
    ".parquet": "parquet", ".html": "html", ".htm": "html", ".json": "json", ".txt": "table",
}  # fmt: skip
#: Formats that are written to a file and not to a terminal, and the package that writes each.
BINARY = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}
#: What a file may be read as.
READ_AS: Tuple[str, ...] = get_args(Format)

EPILOG = """\
A folder is searched for text, web pages (.html, .mht), Word and WPS files (.docx, .doc, .wps, .rtf),
.pdf, .ofd and spreadsheets (.xlsx, .xls, .et); what else stands there is counted at the end. - is the standard input.

examples:
  gongwen reports/                                          what each document is, and how much is in it
  gongwen reports/ -t metrics -w 'unit=%' -w 'value<60' -c document,subject,value,sentence
  gongwen reports/ -t metrics,tasks -o out.xlsx             a sheet for each table
  gongwen reports/ -t metrics,tasks -o 'out/{table}.csv'    a file for each table
  gongwen panel reports/ --ids core -o panel.xlsx           comparable indicators; gongwen panel --help says more

formats:
  table    columns for reading (the usual)
  csv tsv  all columns; several subjects or units are divided by |
  jsonl    one row a line
  md       a table of Markdown, all columns
  xlsx     a workbook; needs xlsxwriter and --output
  parquet  all columns; needs pyarrow and --output
  html     a page: of the table, or without --table of the documents themselves
  json     the whole document in its JSON form gongwen/1, one document a line

Without --format, the suffix of --output says it: .csv .tsv .jsonl .ndjson .md .xlsx .parquet .html .htm .json,
and .txt for columns. Another suffix is an error. Several tables go to files of their own, where --output has {table} in it
or is a folder (which is made), or to sheets of one .xlsx.

tests (--where):
  column=value  column!=value  column~part  column<value  column<=value  column>value  column>=value
  A cell of several values is equal to each of them. column= takes rows where nothing is there, column!= the others.
  Days are written 2024, 2024-06 or 2024-06-30. Quote the test, or the shell takes < and > for itself.

limits:
  --limit text=32000000 takes texts of up to 32 MB; the message that a file is too large names the limit
  to raise: input, unpacked, text, rows, ratio, entries, depth or cells

exit codes: 0 all was read · 1 some files were not · 2 the command was not understood, or the output could
not be written · 129 the terminal was closed · 130 interrupted · 143 ended
"""


#: Options that the example program of the Rust library has.
_OTHERS = {"--metrics": "-t metrics", "--csv": "-f csv", "--json": "-f json", "--jsonl": "-f jsonl", "--html": "-f html", "--tasks": "-t tasks"}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: error: {printable(message)}\n{self.prog} --help says more\n")

    def parse(self, argv: Optional[Sequence[str]]) -> argparse.Namespace:
        """The arguments; of an option that there is none of, what may have been meant."""
        args, rest = self.parse_known_args(argv)
        if rest:
            known = [option for action in self._actions for option in action.option_strings]
            first = next((word for word in rest if word.startswith("-")), rest[0]).split("=")[0]
            other = [f"; write {_OTHERS[word]}" for word in (first,) if word in _OTHERS]
            self.error(f"unrecognized arguments: {' '.join(rest)}{other[0] if other else near(first, known)}")
        if not args.files and not getattr(args, "completion", None) and not getattr(args, "list", False):
            self.error("the following arguments are required: FILE")
        return args


def _arguments() -> _Parser:
    parser = _Parser(
        prog="gongwen",
        description="Reads Chinese government reports and work plans (公文) and writes what they say as tables.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="a file, a folder, or - for the standard input")
    add("-t", "--table", action="append", type=_several("table", TABLES), metavar="TABLE", help=f"which tables, documents if not given: {', '.join(TABLES)}")
    add("-c", "--columns", action="append", type=_names, metavar="COLUMN", help="which columns, in this order; sentence, heading and section_role can be had beside")
    add("-w", "--where", action="append", type=_test, default=[], metavar="TEST", help="which rows, 'value>=50' or 'subject~合格率'; several must all hold")
    add("-f", "--format", type=_one("format", FORMATS), metavar="FORMAT", help=f"how to write it, after the suffix of --output if not given, else table: {', '.join(FORMATS)}")
    add("-o", "--output", metavar="FILE", help="where to write it; the standard output if not given")
    add("--include", action="append", default=[], metavar="PATTERN", help="what to take from folders instead, '*.wps' for example")
    add("--strict", action="store_true", help="exit 1 when a folder holds a file of another kind")
    add("--encoding", metavar="NAME", help="the encoding of all files, gb18030 for example; found out if not given")
    add("--read-as", type=_one("format to read", READ_AS), metavar="FORMAT", help=f"what all files are, found out if not given: {', '.join(READ_AS)}")
    add("-j", "--threads", type=_count, metavar="N", help="how many threads; one for each processor if not given")
    add("--year", type=_year, metavar="YEAR", help="the year of 6月底前 where a document does not say")
    add("--limit", type=_limit, action="append", default=[], metavar="NAME=N", help="what is too much; several may be given")
    add("-q", "--quiet", action="store_true", help="no progress on the terminal")
    add("--completion", type=_one("shell", _completion.SHELLS), metavar="SHELL", help=f"writes what {', '.join(_completion.SHELLS)} need to complete the command, and stops")
    add("--version", action="version", version=f"gongwen {__version__}")
    return parser


def _one(what: str, known: Sequence[str]) -> Callable[[str], str]:
    def one(text: str) -> str:
        if text not in known:
            raise argparse.ArgumentTypeError(f"there is no {what} {text!r}, only {', '.join(known)}{near(text, known)}")
        return text

    return one


def _several(what: str, known: Sequence[str]) -> Callable[[str], List[str]]:
    one = _one(what, known)
    return lambda text: [one(name) for name in _names(text)]


def _names(text: str) -> List[str]:
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise argparse.ArgumentTypeError(f"names with commas between are taken, not {text!r}")
    return names


_TEST = re.compile(r"\s*([^\s=!~<>≤≥≠]+)\s*(!=|>=|<=|==|[=~<>≤≥≠])\s*(.*?)\s*", re.DOTALL)
_SIGNS = {"==": "=", "≤": "<=", "≥": ">=", "≠": "!="}


def _test(text: str) -> Tuple[str, str, str]:
    found = _TEST.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(f"a column, one of = != ~ < <= > >= and a value are taken, not {text!r}")
    column, sign, value = found.groups()
    return column, _SIGNS.get(sign, sign), value


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number of at least 1 is taken, not {text!r}")
    return int(text)


def _year(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 9999:
        raise argparse.ArgumentTypeError(f"a year from 1 to 9999 is taken, not {text!r}")
    return int(text)


def _limit(text: str) -> Tuple[str, int]:
    name, _, number = text.partition("=")
    usual = _core.limits()
    if name not in usual or not number.isdigit():
        raise argparse.ArgumentTypeError(f"one of {', '.join(usual)}, = and a whole number is taken, not {text!r}")
    return name, int(number)


class _Ended(KeyboardInterrupt):
    """The system asked the program to end, with a signal."""

    def __init__(self, signal: int) -> None:
        self.signal = signal


#: What asks a program to end: the system, and a terminal that is closed, where there are such.
_ASKING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def _ended() -> Iterator[None]:
    """Turns SIGTERM and SIGHUP into an exception, so that an unfinished file is taken away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # What is ignored stays so, as nohup asks, and so does what is no handler of Python's.
    before = {one: signal.getsignal(one) for one in _ASKING}
    before = {one: handler for one, handler in before.items() if handler not in (signal.SIG_IGN, None)}

    def end(asked: int, _frame: object) -> None:
        # The system and the shell may both say it; the second does not break off what clears up.
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        raise _Ended(asked)

    for one in before:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _say(message: str) -> None:
    """A line on the standard error, with nothing in it that a terminal would obey."""
    # A terminal that was closed takes no line.
    with suppress(OSError):
        print(printable(message), file=sys.stderr)


class _Table(NamedTuple):
    """What is wanted of a table."""

    name: str
    extra: List[str]
    """Columns that are made when asked for."""
    columns: List[str]
    """The columns that are written; empty for all."""


class _Plan(NamedTuple):
    """What is written where."""

    form: str
    tables: List[_Table]
    """Empty for whole documents."""
    outputs: List[str]
    """A file for each table, or one for all; empty for the standard output."""
    folders: bool = False
    """Whether the folders of the files are made where they are not there: they were named as folders, or with {table}."""


def _plan(parser: _Parser, args: argparse.Namespace) -> _Plan:
    """What is written where, or the end of the program where that cannot be."""
    names = list(dict.fromkeys(name for some in args.table or [] for name in some))
    folder = args.output is not None and (args.output.endswith(("/", os.sep)) or os.path.isdir(args.output))
    form = _format(parser, args, folder)
    if form == "json" and names:
        parser.error("--format json writes whole documents; for rows of a table take --format jsonl")
    if form in BINARY:
        if not args.output:
            parser.error(f"--format {form} needs --output")
    if form in ("json", "html") and not names:
        if args.columns or args.where:
            parser.error(f"--columns and --where are of a table, and --format {form} writes whole documents; say --table too")
        if folder:
            parser.error(f"{args.output!r} is a folder; --format {form} writes all documents to one file")
        return _Plan(form, [], [args.output] if args.output else [])
    names = names or ["documents"]
    tables = _tables(parser, names, args, form)
    # After what is wrong in the command itself: nobody installs a library to be told of a misspelt column.
    if form in BINARY and importlib.util.find_spec(BINARY[form]) is None:
        parser.error(f"--format {form} needs {BINARY[form]}: pip install {BINARY[form]}")
    if args.output is None:
        if len(names) > 1:
            parser.error("several tables need --output: 'out/{table}.csv' or a folder for a file each, out.xlsx for sheets")
        return _Plan(form, tables, [])
    if folder:
        return _Plan(form, tables, [os.path.join(args.output, f"{name}.{'txt' if form == 'table' else form}") for name in names], True)
    if "{table}" in args.output:
        return _Plan(form, tables, [args.output.replace("{table}", name) for name in names], True)
    if len(names) > 1 and form != "xlsx":
        parser.error(f"several tables do not fit in {args.output!r}: write {{table}} into the name, name a folder, or take .xlsx")
    return _Plan(form, tables, [args.output])


def _format(parser: _Parser, args: argparse.Namespace, folder: bool) -> str:
    """How it is written: as asked, else after the suffix of the output."""
    form: Optional[str] = args.format
    if form is None and folder:
        return "csv"
    if form is None and args.output is not None and not _is_device(args.output) and not _write.opened(args.output):
        suffix = Path(args.output).suffix.lower()
        form = SUFFIXES.get(suffix)
        if form is None:
            what = f"{suffix!r} is no suffix that is known" if suffix else f"{args.output!r} has no suffix"
            parser.error(f"{what}: {', '.join(SUFFIXES)}{near(suffix, SUFFIXES)}; or say --format")
    return form or "table"


def _tables(parser: _Parser, names: Sequence[str], args: argparse.Namespace, form: str) -> List[_Table]:
    """The tables with their columns; every name that was given must be a column of one, and every test of all."""
    wanted = list(dict.fromkeys(column for some in args.columns or [] for column in some))
    used = [*wanted, *(column for column, _, _ in args.where)]
    tables: List[_Table] = []
    known: Dict[str, List[str]] = {}
    for name in names:
        extra = [column for column in FURTHER if name in FURTHER[column]]
        batch = _core.empty_batch([(name, extra)], [], False)
        if name == "documents":
            batch = batch.with_duplicates({})
        known[name] = batch.columns
        for column, _, _ in args.where:
            if column not in batch.columns:
                parser.error(f"argument -w/--where: {name} has no column {column!r}, only {', '.join(batch.columns)}{near(column, batch.columns)}")
        try:
            batch.filter(args.where)
        except ValueError as error:
            parser.error(f"argument -w/--where: {error}")
        columns = [column for column in wanted if column in batch.columns]
        if not columns and form == "table":
            columns = list(_write.SHOWN[name])
        tables.append(_Table(name, [column for column in extra if column in used], columns))
    for column in wanted:
        if not any(column in columns for columns in known.values()):
            every = list(dict.fromkeys(column for columns in known.values() for column in columns))
            what = f"{names[0]} has no" if len(names) == 1 else f"{' and '.join(names)} have no"
            parser.error(f"argument -c/--columns: {what} column {column!r}, only {', '.join(every)}{near(column, every)}")
    for name in names:
        if wanted and not set(wanted) & set(known[name]):
            parser.error(f"argument -c/--columns: {name} has none of {', '.join(wanted)}")
    return tables


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Runs the command and returns its exit code.

    >>> from gongwen._cli import main
    >>> main(["missing.txt", "--quiet"])
    1
    """
    for stream in (sys.stdout, sys.stderr):
        # Chinese is to be read whatever the locale, and not to be the end of a run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if argv is None:
        argv = sys.argv[1:]
    if argv[:1] == ["panel"]:
        from . import _panel

        return _panel.main(argv[1:])
    parser = _arguments()
    args = parser.parse(argv)
    if args.completion:
        from . import _panel

        sys.stdout.write(_completion.script(args.completion, parser, _panel._arguments(), TABLES))
        return 0
    plan = _plan(parser, args)
    try:
        options = _options("gongwen", True, True, None, args.encoding, args.read_as, dict(args.limit))
        _core.parse("", None, options)  # an encoding that is not known
    except ValueError as error:
        parser.error(f"argument --encoding: {error}")
    return _guarded(args, lambda: _run(args, plan, options))


def _guarded(args: argparse.Namespace, run: Callable[[], int]) -> int:
    """Runs what the command was asked for; says in a line what ended it."""
    try:
        with _ended():
            return run()
    except _Ended as ended:
        _say("gongwen: ended")
        return 128 + ended.signal
    except KeyboardInterrupt:
        _say("gongwen: interrupted")
        return 130
    except BrokenPipeError:
        # The reader has seen enough; nothing more is to be written, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError as error:
        _say(f"gongwen: {error}" if str(error) else "gongwen: no memory is left")
        return 2
    except OSError as error:
        # Whatever file was in work: what the user named is the output.
        name = readable(args.output) if args.output else "the standard output"
        _say(f"gongwen: {name}: {error.strerror or error}")
        return 2


def _run(args: argparse.Namespace, plan: _Plan, options: Any) -> int:
    failures: List[Failure] = []
    others: "Counter[str]" = Counter()
    sources = list(_sources(args.files, args.include, failures, others, plan.outputs, dict(args.limit)))
    loud = sys.stderr.isatty() and not args.quiet and len(sources) > 1
    with _Progress(loud, len(sources)) as bar:
        if plan.tables:
            read, failed = _write_tables(args, plan, sources, options, bar)
        else:
            read, failed = _write_documents(args, plan, sources, bar)
    failures += failed
    _told(args, failures, read, others)
    return 1 if failures or (args.strict and others) else 0


def _told(args: argparse.Namespace, failures: Sequence[Failure], read: int, others: "Counter[str]") -> None:
    """Says what could not be read, and what was not."""
    if failures:
        plural = "file" if len(failures) == 1 else "files"
        _say(f"gongwen: {len(failures)} {plural} could not be read, {read} could:")
        for failure in failures:
            _say(f"  {failure.name}: {in_shell(failure.message)}")
    if others and not args.quiet:
        plural = "file" if sum(others.values()) == 1 else "files"
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in others.most_common(8))
        _say(f"gongwen: {sum(others.values())} {plural} of other kinds not read: {kinds}")


_Sources = List[Tuple[str, Union[Path, bytes]]]


def _write_documents(args: argparse.Namespace, plan: _Plan, sources: _Sources, bar: _Progress) -> Tuple[int, List[Failure]]:
    """Whole documents. A page needs all at once, everything else goes out piece by piece."""
    step = max(len(sources), 1) if plan.form == "html" else BATCH_DOCUMENTS
    read = 0
    failures: List[Failure] = []
    with ExitStack() as stack:
        out = stack.enter_context(_write.text_file(plan.outputs[0], plan.form) if plan.outputs else _standard())
        for at in range(0, max(len(sources), 1), step):
            corpus = parse_many(
                dict(sources[at : at + step]), threads=args.threads, errors="collect", encoding=args.encoding, format=args.read_as,
                year=args.year, limits=dict(args.limit), progress=_after(bar, at),
            )  # fmt: skip
            failures += corpus.failures
            read += len(corpus)
            _write.documents(out, plan.form, corpus)
    return read, failures


def _after(bar: _Progress, before: int) -> Callable[[int, int], None]:
    return lambda done, _: bar.update(before + done)


def _write_tables(args: argparse.Namespace, plan: _Plan, sources: _Sources, options: Any, bar: _Progress) -> Tuple[int, List[Failure]]:
    """Tables, all in one pass, batch by batch."""

    def jobs() -> Iterator[Any]:
        inputs = (Input(source, name, year=args.year) for name, source in sources)
        return _items.jobs(inputs, Columns(), "gongwen", None)

    wanted = [(table.name, table.extra) for table in plan.tables]
    scan = Scan(jobs, wanted, options, args.threads or _processors(), BATCH_DOCUMENTS, "collect")
    seen: Dict[str, Optional[str]] = {}
    rows = [0] * len(plan.tables)

    def asked(batch: Batch, table: _Table) -> Batch:
        if table.name == "documents":
            batch = batch.with_duplicates(seen)
        if args.where:
            batch = batch.filter(args.where)
        return batch.select(table.columns) if table.columns else batch

    with ExitStack() as stack:
        writers = _writers(plan, stack, [name for name, _ in sources])
        for writer, table in zip(writers, plan.tables):
            writer.write(asked(_core.empty_batch([(table.name, table.extra)], [], False), table))
        for batches in scan.batches():
            for at, (writer, table) in enumerate(zip(writers, plan.tables)):
                piece = asked(batches[table.name], table)
                rows[at] += piece.num_rows
                writer.write(piece)
            bar.update(scan.documents + len(scan.failures))
        for writer in writers:
            writer.close()
    for table, number in zip(plan.tables, rows):
        if not number and scan.documents and not args.quiet:
            _say(f"gongwen: {table.name}: 0 rows{' pass --where' if args.where else ''}")
    return scan.documents, scan.failures


def _writers(plan: _Plan, stack: ExitStack, names: Sequence[str]) -> List[_write.Writer]:
    """A writer for each table."""
    tables = [table.name for table in plan.tables]
    for output in plan.outputs if plan.folders else ():
        os.makedirs(os.path.dirname(output) or ".", exist_ok=True)
    if plan.form == "xlsx":
        books = [stack.enter_context(_write.workbook(output)) for output in plan.outputs]
        return [_write.Sheet(books[min(at, len(books) - 1)], name) for at, name in enumerate(tables)]
    if plan.form == "parquet":
        return [_write.Parquet(stack.enter_context(_write.whole_file(output)), name) for output, name in zip(plan.outputs, tables)]
    if plan.outputs:
        outs = [stack.enter_context(_write.text_file(output, plan.form)) for output in plan.outputs]
    else:
        outs = [stack.enter_context(_standard())]
    if plan.form == "table":
        return [_write.Columns(out, name, _common(names)) for out, name in zip(outs, tables)]
    return [_write.TEXT[plan.form](out, name) for out, name in zip(outs, tables)]


@contextmanager
def _standard() -> Iterator[Any]:
    yield _write.Terminal(sys.stdout) if sys.stdout.isatty() else sys.stdout
    sys.stdout.flush()


def _common(names: Sequence[str]) -> str:
    """The folder that all documents are in, as their names begin."""
    folders = {os.path.dirname(name) for name in names}
    if len(names) < 2 or "" in folders:
        return ""
    try:
        common = os.path.commonpath(folders)
    except ValueError:
        return ""
    return common if common.endswith(os.sep) or not common else common + os.sep


def _sources(
    paths: Sequence[str],
    include: Sequence[str],
    failures: List[Failure],
    others: "Counter[str]",
    outputs: Sequence[str],
    limits: Dict[str, int],
) -> Iterator[Tuple[str, Union[Path, bytes]]]:
    """What there is to read, each once, with its name; `others` counts what else stands in the folders."""
    seen: Set[str] = set()
    written = {found for found in map(_identity, outputs) if found}
    most = limits.get("input", _core.limits()["input"]) + 1
    for path in paths:
        if path == "-":
            if _identity_of_input() in written:
                raise _overwrites("the standard input", "name another file for --output")
            yield "-", sys.stdin.buffer.read(most)
            continue
        found = [path]
        if _is_device(path) and not os.path.isdir(path):
            # Whoever names a pipe waits for it: <(zcat a.txt.gz) is one.
            try:
                with open(path, "rb") as pipe:
                    content = pipe.read(most)
            except OSError as error:
                failures.append(Failure(len(failures), path, error.strerror or str(error)))
                continue
            yield path, content
            continue
        if os.path.isdir(path):
            found = []
            for folder, folders, files in os.walk(path):
                folders.sort()
                for name in sorted(files):
                    file = os.path.join(folder, name)
                    if name.startswith((".", "~$")) or not is_file(file):
                        continue
                    inside = os.path.relpath(file, path).replace(os.sep, "/")
                    if (
                        any(fnmatch.fnmatch(name, p) or fnmatch.fnmatch(inside, p) for p in include)
                        if include
                        else name.lower().endswith(READABLE)
                    ):
                        if _identity(file) in written:
                            raise _overwrites(file, f"write outside the folder {path}, or say with --include what is read")
                        found.append(file)
                    elif _identity(file) not in written:
                        # What an earlier run wrote there is no source.
                        others[os.path.splitext(name)[1].lower() or "without an ending"] += 1
            if not found:
                failures.append(Failure(len(failures), path, f"the folder holds no {', '.join(include or READABLE)} file"))
        elif _identity(path) in written:
            raise _overwrites(path, "name another file for --output")
        for file in found:
            if file not in seen:
                seen.add(file)
                yield file, Path(file)


def _overwrites(source: str, instead: str) -> OSError:
    """The error that a source would be lost to what is written."""
    return OSError(0, f"this would overwrite {readable(source)}, which is to be read; {instead}")


def _is_device(path: str) -> bool:
    """Whether it is there and no ordinary file: such a name says nothing about what is to be written."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _identity_of_input() -> Optional[Tuple[int, int]]:
    """Which file the standard input comes from; None if it is a terminal or a pipe."""
    try:
        return _identity(sys.stdin.fileno())
    except (AttributeError, OSError, ValueError):
        return None


def _identity(path: Union[str, int]) -> Optional[Tuple[int, int]]:
    """Which file a path or a descriptor leads to, however it is written; None if there is none, or it is a device."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None
