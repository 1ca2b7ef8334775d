"""The command ``gongwen panel``: comparable indicators of files and folders as one table of places and years."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

from . import _cli, _core, _indicators_html, _write, indicators
from ._api import _Progress, parse_many
from ._core import Document
from ._scan import BATCH_DOCUMENTS
from ._text import Failure, printable

FORMATS = ("table", "csv", "tsv", "jsonl", "md", "xlsx", "parquet", "html")
DOMAINS = ("law", "econ", "gov", "people", "sci", "env")

EPILOG = """\
Of one file a fact sheet is written: its indicators by groups, results beside targets, and where its numbers contradict
each other. Of several, and of folders, one row for each place and year and a column for each indicator that some report
gives. A cell is empty where the reports say nothing: silence is never zero.

examples:
  gongwen panel reports/ --ids core -o panel.xlsx
  gongwen panel reports/ --ids gdp_growth,new_urban_jobs --against target -f csv
  gongwen panel reports/ --domain law --status -o law.html
  gongwen panel report.docx                                   a fact sheet of one report
  gongwen panel --list                                        which indicators there are

Reports that are left out because another of the same place, year and kind counts are named at the end. A folder of the
name panel is read by gongwen ./panel.
"""


def _arguments() -> "_cli._Parser":
    parser = _cli._Parser(
        prog="gongwen panel",
        description="Comparable indicators of Chinese government reports (公文) as one table of places and years.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("files", nargs="*", metavar="FILE", help="a file, a folder, or - for the standard input")
    add("--ids", type=_cli._names, metavar="ID", help="which indicators, with commas between; core, those that most reports give; all if not given")
    add("--domain", type=_cli._names, metavar="DOMAIN", help=f"which domains: {', '.join(DOMAINS)}")
    add("--modality", type=_cli._one("modality", ("actual", "target")), default="actual", metavar="WORD", help="actual, what was reached (the usual), or target, what was set")
    add("--against", type=_cli._one("modality", ("actual", "target")), metavar="WORD", help="the other of the two beside it, in columns of their own")
    add("--status", action="store_true", help="columns that say why a cell is empty")
    add("--dictionary", metavar="FILE", help="a table of indicators of one's own, added to those of the library")
    add("--replace", action="store_true", help="the table of one's own stands in the place of the library's")
    add("--list", action="store_true", help="writes the indicators that there are, and stops")
    add("-f", "--format", type=_cli._one("format", FORMATS), metavar="FORMAT", help=f"how to write it, after the suffix of --output if not given, else table: {', '.join(FORMATS)}")
    add("-o", "--output", metavar="FILE", help="where to write it; the standard output if not given")
    add("--include", action="append", default=[], metavar="PATTERN", help="what to take from folders instead, '*.wps' for example")
    add("-j", "--threads", type=_cli._count, metavar="N", help="how many threads; one for each processor if not given")
    add("--limit", type=_cli._limit, action="append", default=[], metavar="NAME=N", help="what is too much; several may be given")
    add("-q", "--quiet", action="store_true", help="no progress on the terminal, and no list of what was left out")
    parser.set_defaults(completion=None)
    return parser


def main(argv: Sequence[str]) -> int:
    """Runs ``gongwen panel`` and returns its exit code.

    >>> from gongwen._panel import main
    >>> main(["missing.txt", "--quiet"])
    1
    """
    parser = _arguments()
    args = parser.parse(argv)
    form = _cli._format(parser, args, False)
    if form not in FORMATS:
        parser.error(f"a panel cannot be written as {form}, only as {', '.join(FORMATS)}")
    if form in _cli.BINARY:
        if not args.output:
            parser.error(f"--format {form} needs --output")
        if importlib.util.find_spec(_cli.BINARY[form]) is None:
            parser.error(f"--format {form} needs {_cli.BINARY[form]}: pip install {_cli.BINARY[form]}")
    if args.replace and not args.dictionary:
        parser.error("--replace is of --dictionary, which is not given")
    if args.dictionary and args.output and _cli._identity(args.dictionary) == _cli._identity(args.output) is not None:
        parser.error(f"argument -o/--output: this would overwrite the dictionary {args.dictionary}; name another file")
    try:
        own = indicators.read_dictionary(args.dictionary, replace=args.replace) if args.dictionary else None
        ids: Any = args.ids[0] if args.ids and args.ids[0] in ("core", "all") and len(args.ids) == 1 else args.ids
        gathering = indicators.Gathering(ids, domain=args.domain, dictionary=own)
    except (ValueError, OSError) as error:
        parser.error(str(error).replace(indicators._ALL, "gongwen panel --list writes all"))
    if args.against == args.modality:
        parser.error(f"--against {args.against} is the panel itself; --modality says which that is")
    return _cli._guarded(args, lambda: _list(args, own, form) if args.list else _run(args, form, own, gathering))


def _list(args: argparse.Namespace, own: Optional[_core.Dictionary], form: str) -> int:
    lines = (own or indicators.dictionary).to_dicts()
    columns = ("id", "name", "english", "domain", "group", "core", "measure", "units", "note")
    data: Dict[str, List[Any]] = {
        name: [("yes" if v else "no") if isinstance(v, bool) else "/".join(v) if isinstance(v, list) else v for v in (line[name] for line in lines)]
        for name in columns
    }
    frame = indicators.Frame(data, dict.fromkeys(columns, "string"))
    _frame(args, frame, form, {"table": ("id", "name", "units", "domain", "group")})
    return 0


def _run(args: argparse.Namespace, form: str, own: Optional[_core.Dictionary], gathering: indicators.Gathering) -> int:
    failures: List[Failure] = []
    others: "Counter[str]" = Counter()
    outputs = [args.output] if args.output else []
    sources: List[Tuple[str, Union[Path, bytes]]] = list(
        _cli._sources(args.files, args.include, failures, others, outputs, dict(args.limit))
    )
    alone = len(sources) == 1 and not any(Path(name).is_dir() for name in args.files if name != "-")
    loud = sys.stderr.isatty() and not args.quiet and len(sources) > 1
    read = 0
    sheet: Optional[Document] = None
    with _Progress(loud, len(sources)) as bar:
        # The documents of one piece at a time are in memory; of them only the indicators stay.
        for at in range(0, len(sources), BATCH_DOCUMENTS):
            corpus = parse_many(
                dict(sources[at : at + BATCH_DOCUMENTS]), threads=args.threads, errors="collect", limits=dict(args.limit), progress=_cli._after(bar, at)
            )
            failures += corpus.failures
            read += len(corpus)
            if alone and len(corpus):
                sheet = corpus[0].with_dictionary(own) if own else corpus[0]
            else:
                gathering.add(corpus)
    if sheet is not None:
        _sheet(args, sheet, form)
    elif read or not failures:
        panel = gathering.panel(modality=args.modality, against=args.against, status=args.status)
        _frame(args, panel, form, {})
        if read and not len(panel) and not args.quiet:
            _cli._say("gongwen: panel: 0 rows")
        if panel.duplicates and not args.quiet:
            _cli._say(f"gongwen: {len(panel.duplicates)} of {read} reports left out, as others count in their place:")
            for left in panel.duplicates:
                _cli._say(f"  {left.document}: {left.why} as {left.counts}")
    _cli._told(args, failures, read, others)
    return 1 if failures else 0


def _frame(args: argparse.Namespace, frame: indicators.Frame, form: str, shown: Dict[str, Sequence[str]]) -> None:
    name = "panel" if isinstance(frame, indicators.Panel) else "indicators"
    batch = frame.batch()
    with ExitStack() as stack:
        if form in ("xlsx", "parquet"):
            if form == "xlsx":
                book = stack.enter_context(_write.workbook(args.output))
                pieces: List[Tuple[_write.Writer, _core.Batch]] = [(_write.Sheet(book, name), batch)]
                if isinstance(frame, indicators.Panel):
                    pieces.append((_write.Sheet(book, "indicators"), _named(frame).batch()))
            else:
                pieces = [(_write.Parquet(stack.enter_context(_write.whole_file(args.output)), name), batch)]
            for writer, piece in pieces:
                writer.write(piece)
                writer.close()
            return
        out = stack.enter_context(_write.text_file(args.output, form) if args.output else _cli._standard())
        if form == "html":
            out.write(frame.to_html())
        elif form == "table":
            out.write(_text(frame, shown.get("table")))
        else:
            text: _write.Writer = _write.TEXT[form](out, name)
            text.write(batch)
            text.close()


def _named(panel: indicators.Panel) -> indicators.Frame:
    """The panel's columns with their names in Chinese and in English and their units."""
    lines = panel._cells[panel.modality]._lines
    data: Dict[str, List[Any]] = {
        "column": panel.ids,
        "name": list(panel.names.values()),
        "english": [lines[i]["english"] for i in panel.ids],
        "unit": [panel.units.get(i) for i in panel.ids],
        "note": [lines[i]["note"] for i in panel.ids],
        "note_zh": [lines[i]["note_zh"] for i in panel.ids],
    }
    return indicators.Frame(data, dict.fromkeys(data, "string"))


def _text(frame: indicators.Frame, columns: Optional[Sequence[str]] = None) -> str:
    """Columns for reading."""
    names = list(columns or frame.columns)
    rows = [names] + [[_cell(row[name]) for name in names] for row in frame]
    widths = [min(max(_write.width(row[at]) for row in rows), 40) for at in range(len(names))]
    return "".join("  ".join(_write.fitted(cell, width) for cell, width in zip(row, widths)).rstrip() + "\n" for row in rows)


def _cell(value: Any) -> str:
    return "" if value is None else _indicators_html.number(value) if not isinstance(value, (str, int)) else printable(str(value))


def _sheet(args: argparse.Namespace, doc: Document, form: str) -> None:
    """The indicators of one document by groups."""
    sheet = indicators.fact_sheet(doc)
    with ExitStack() as stack:
        if form in ("table", "html"):
            out = stack.enter_context(_write.text_file(args.output, form) if args.output else _cli._standard())
            out.write(sheet.to_html() if form == "html" else str(sheet))
            return
    _frame(args, sheet, form, {})
