"""Documents and tables as HTML: for notebook cells and as pages.

No script, nothing fetched, everything escaped. The colours follow the reader's light or dark scheme, and the
notebook's own theme where it says one.
"""

from __future__ import annotations

import html
from datetime import date
from decimal import Decimal
from typing import Any, Dict, Iterable, List, Sequence, Tuple

from ._core import Corpus, Document, Rows, Table

#: Rows of a table and characters of a source shown in a notebook cell; a page shows all.
CELL_ROWS = 20
CELL_FACTS = 150
CELL_TEXT = 40_000

_LIGHT = """
  --ink: #1f2328; --soft: #59636e; --faint: #8b949e; --paper: #ffffff; --card: #f6f8fa; --line: #d8dee4;
  --link: #0b57a4; --metric: #dbeafe; --metric-edge: #3b82c4; --unit: #d9f2e1; --unit-edge: #2f8f57;
  --day: #fdeecb; --day-edge: #b7791f; --ref: #ece4fb; --ref-edge: #7c5cc4; --bad: #c93c37; --badbg: #fdecea;
  --target: #fff3a3;"""
_DARK = """
  --ink: #dfe5ec; --soft: #9aa6b2; --faint: #768390; --paper: #15191f; --card: #1d232b; --line: #343c46;
  --link: #79b8ff; --metric: #16324f; --metric-edge: #5ba3e6; --unit: #143a28; --unit-edge: #4fb57c;
  --day: #40310e; --day-edge: #d9a441; --ref: #2f2550; --ref-edge: #a78bea; --bad: #ff7b72; --badbg: #40191a;
  --target: #5b4a00;"""

_STYLE = (
    "<style>.gongwen {" + _LIGHT + "\n}"
    "\n@media (prefers-color-scheme: dark) { .gongwen {" + _DARK + "\n} }"
    '\n[data-jp-theme-light="true"] .gongwen, .vscode-light .gongwen {' + _LIGHT + "\n}"
    '\n[data-jp-theme-light="false"] .gongwen, .vscode-dark .gongwen {' + _DARK + "\n}"
    + """
.gongwen { color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
  font: 14px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 76em; padding: 1em 1.25em; text-align: left; color-scheme: light dark; }
.gongwen * { box-sizing: border-box; }
.gongwen h3 { font-size: 1.3em; line-height: 1.35; margin: 0 0 .25em; color: inherit; font-weight: 650; }
.gongwen .facts { color: var(--soft); margin: 0 0 .8em; }
.gongwen .facts b { color: var(--ink); font-weight: 600; }
.gongwen .facts span + span::before { content: "·"; margin: 0 .5em; color: var(--faint); }
.gongwen details { border-top: 1px solid var(--line); padding: .4em 0; }
.gongwen summary { cursor: pointer; font-weight: 600; padding: .15em 0; }
.gongwen summary small { color: var(--soft); font-weight: 400; font-size: .92em; margin-left: .4em; }
.gongwen ol.outline { list-style: none; margin: .2em 0 .5em; padding: 0; columns: 25em 2; column-gap: 2.5em; }
.gongwen ol.outline li { margin: 0; padding: .08em 0; break-inside: avoid; display: flex; gap: .45em; }
.gongwen ol.outline li > span:first-child { color: var(--faint); white-space: nowrap; }
.gongwen ol.outline .n { color: var(--faint); font-size: .86em; margin-left: auto; white-space: nowrap; }
.gongwen a { color: var(--link); text-decoration: none; }
.gongwen a:hover { text-decoration: underline; }
.gongwen ol.outline a { color: inherit; }
.gongwen .scroll { overflow: auto; max-height: 26em; border: 1px solid var(--line); border-radius: 6px; margin: .3em 0 .5em; }
/* Notebooks have their own wishes for tables. */
.gongwen.gongwen table { table-layout: auto; border-collapse: separate; border-spacing: 0; width: 100%; margin: 0; font-size: .94em; color: inherit; }
.gongwen.gongwen th, .gongwen.gongwen td { text-align: left; vertical-align: top; padding: .32em .7em; border: 0;
  border-bottom: 1px solid var(--line); background: none; max-width: 32em; white-space: normal; }
.gongwen.gongwen tbody tr:last-child td { border-bottom: 0; }
.gongwen.gongwen tbody tr:nth-child(even) { background: none; }
.gongwen.gongwen tbody tr:hover { background: var(--card); }
.gongwen.gongwen thead th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-weight: 600; white-space: nowrap; }
.gongwen.gongwen tr .r { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.gongwen.gongwen tr .w { white-space: nowrap; }
.gongwen.gongwen tr .t { min-width: 14em; }
.gongwen .q { color: var(--faint); }
.gongwen .s { color: var(--soft); }
.gongwen .tag { display: inline-block; border-radius: 4px; padding: 0 .45em; background: var(--card); color: var(--soft);
  border: 1px solid var(--line); font-size: .88em; line-height: 1.5; white-space: nowrap; }
.gongwen .tag.unit { background: var(--unit); color: var(--ink); border-color: transparent; margin: 0 .3em .15em 0; }
.gongwen .tag.bad { background: var(--badbg); color: var(--bad); border-color: transparent; }
.gongwen .legend { color: var(--soft); font-size: .9em; margin: .2em 0 .3em; }
.gongwen .legend mark { margin-right: .9em; }
.gongwen .source { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 34em; overflow: auto; padding: .8em 1em;
  border: 1px solid var(--line); border-radius: 6px; line-height: 1.85; margin: .2em 0 .3em; }
.gongwen mark { color: inherit; background: none; border-radius: 2px; padding: .08em 0; }
.gongwen mark.metric { background: var(--metric); box-shadow: inset 0 -1.5px var(--metric-edge); }
.gongwen mark.unit { background: var(--unit); box-shadow: inset 0 -1.5px var(--unit-edge); }
.gongwen mark.day { background: var(--day); box-shadow: inset 0 -1.5px var(--day-edge); }
.gongwen mark.ref { background: var(--ref); box-shadow: inset 0 -1.5px var(--ref-edge); }
.gongwen mark.heading { font-weight: 650; }
.gongwen mark.title { font-weight: 650; font-size: 1.12em; }
.gongwen mark.noise { color: var(--faint); }
.gongwen mark.bad { text-decoration: underline wavy var(--bad) 1px; text-underline-offset: .3em; }
.gongwen mark:target { outline: 2px solid var(--bad); background: var(--target); scroll-margin: 6em; }
.gongwen p.more { color: var(--soft); font-size: .92em; margin: .2em 0; }
</style>"""
)

_KINDS = {
    "annual_report": "年度报告",
    "work_report": "政府工作报告",
    "work_plan": "工作计划",
    "notice": "通知",
    "regulation": "法规",
    "other": "其他",
}
_ROLES = {"responsible": "责任", "lead": "牵头", "support": "配合", "supervise": "督办", "person": "责任人"}
_BOUNDS = {"about": "约", "over": "超过", "at_least": "不少于", "under": "不足", "at_most": "不超过"}
_CHANGES = {"increase": "↑", "decrease": "↓", "from_to": "→"}


def _esc(value: object) -> str:
    """Text for HTML: escaped, and without the controls that HTML forbids."""
    plain = "".join(c if c >= " " or c in "\n\t" else "\ufffd" for c in str(value).replace("\r", ""))
    return html.escape(plain, quote=True)


def _number(value: object) -> str:
    if isinstance(value, Decimal):
        # 三分之一 has no end.
        value = value.quantize(Decimal("0.0001")) if int(value.as_tuple().exponent) < -8 else value
        value = value.normalize() if value != value.to_integral_value() else value.to_integral_value()
        return f"{value:,f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _wrap(body: str) -> str:
    return f'<div class="gongwen">{_STYLE}{body}</div>'


def _table(heads: Sequence[Tuple[str, str]], rows: Iterable[Sequence[str]]) -> str:
    """A table; a head is its text and the class of its cells, a cell is HTML."""
    top = "".join(f'<th class="{cls}">{_esc(text)}</th>' for text, cls in heads)
    body = "".join(
        "<tr>" + "".join(f'<td class="{cls}">{cell}</td>' for cell, (_, cls) in zip(row, heads)) + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _details(title: str, title_zh: str, count: int, body: str, is_open: bool = False) -> str:
    opened = " open" if is_open else ""
    return f"<details{opened}><summary>{title} {title_zh}<small>{count:,}</small></summary>{body}</details>"


def _more(shown: int, total: int, how: str) -> str:
    return f'<p class="more">{shown:,} of {total:,} shown; {how}</p>' if shown < total else ""


# A table in a cell.


def rows(table: Rows[Any]) -> str:
    return _wrap(
        f'<p class="facts"><span><b>{_esc(table.name)}</b></span><span>{len(table):,} rows</span></p>'
        + _rows(table, CELL_ROWS)
    )


def _rows(table: Rows[Any], most: int) -> str:
    dicts = table[:most].to_dicts()
    columns = table.columns
    numeric = {
        key: all(row[key] is None or isinstance(row[key], (int, Decimal)) and not isinstance(row[key], bool) for row in dicts)
        for key in columns
    }
    return _dicts(dicts, numeric) + _more(len(dicts), len(table), "to_pandas() and its like give all")


def _dicts(rows: Iterable[Dict[str, Any]], numeric: Dict[str, bool]) -> str:
    """A table of rows; of each column whether it holds numbers."""
    heads = [(key, "r" if number else "") for key, number in numeric.items()]
    return _table(heads, ([_cell(key, row[key]) for key in numeric] for row in rows))


def _cell(key: str, value: object) -> str:
    if value is None:
        return '<span class="q">–</span>'
    if isinstance(value, list):
        return _esc("、".join(map(str, value)))
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return _number(value)
    text = str(value)
    if len(text) > 60 and key != "message":
        return f'<span title="{_esc(text[:600])}">{_esc(text[:60])}…</span>'
    return f'<span class="w">{_esc(text)}</span>' if isinstance(value, date) or len(text) < 13 else _esc(text)


def grid(table: Table) -> str:
    """A table of the document, as the document draws it."""
    lines: List[str] = []
    for number, row in enumerate(table.rows):
        tag = "th" if number < table.header_rows else "td"
        lines.append("<tr>" + "".join(f"<{tag}>{_esc(cell)}</{tag}>" for cell in row) + "</tr>")
    head, body = lines[: table.header_rows], lines[table.header_rows :]
    return _wrap(
        '<div class="scroll"><table>'
        + (f"<thead>{''.join(head)}</thead>" if head else "")
        + f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def corpus(corpus: Corpus) -> str:
    facts = [f"<b>{len(corpus):,} documents</b>"]
    years = sorted({doc.year for doc in corpus if doc.year is not None})
    if years:
        facts.append(str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}")
    for table in (corpus.metrics, corpus.responsibilities, corpus.diagnostics):
        facts.append(f"{len(table):,} {table.name}")
    out = _facts(facts) + _overview(corpus)
    if corpus.failures:
        heads = [("#", "r"), ("file", ""), ("what was wrong", "")]
        failures = corpus.failures[:CELL_ROWS]
        body = _table(heads, ([str(f.position), _esc(f.name), f'<span class="s">{_esc(f.message)}</span>'] for f in failures))
        more = _more(len(failures), len(corpus.failures), "corpus.failures has all")
        out += _details("not read", "未能读取", len(corpus.failures), body + more, True)
    return _wrap(out)


def _overview(corpus: Corpus) -> str:
    counts = ("sections", "metrics", "responsibilities", "diagnostics")
    heads = [("document", ""), ("title", "t"), ("kind", "w"), ("place", "w"), ("year", "r")]
    shown = corpus.documents[:CELL_ROWS]
    lines: List[List[str]] = []
    for row in shown.to_dicts():
        name = row["document"] or ""
        short = name.replace("\\", "/").rsplit("/", 1)[-1]
        lines.append([
            f'<span class="w s" title="{_esc(name)}">{_esc(short if len(short) < 40 else short[:39] + "…")}</span>',
            _cell("title", row["title"]),
            f'<span title="{_esc(row["kind"])}">{_KINDS.get(row["kind"], row["kind"])}</span>',
            _cell("place", row["place"]),
            _cell("year", row["year"]),
            *(f"{row[key]:,}" for key in counts),
        ])
    return _table([*heads, *((key, "r") for key in counts)], lines) + _more(
        len(shown), len(corpus), "corpus.documents has all"
    )


def _facts(facts: Iterable[str]) -> str:
    return '<p class="facts">' + "".join(f"<span>{fact}</span>" for fact in facts) + "</p>"


# A document.


def document(doc: Document) -> str:
    return _wrap(_document(doc, CELL_FACTS, CELL_TEXT))


def page(doc: Document) -> str:
    return pages([doc], str(doc.title or doc.name or "gongwen"))


def pages(docs: Sequence[Document], title: str) -> str:
    """A whole HTML page with all of each document."""
    everything = 1 << 62
    body = "".join(
        f'<div class="gongwen" id="{_anchor(doc)}">{_document(doc, everything, everything)}</div>' for doc in docs
    )
    return _page(title, body)


def table_page(name: str, types: Dict[str, str], rows: Sequence[Dict[str, Any]]) -> str:
    """A whole HTML page with all of a table."""
    facts = _facts([f"<b>{_esc(name)}</b>", f"{len(rows):,} rows"])
    numeric = {key: kind in ("int", "float") for key, kind in types.items()}
    return _page(name, f'<div class="gongwen">{facts}{_dicts(rows, numeric)}</div>')


def _page(title: str, body: str) -> str:
    outer = (
        "<style>body { margin: 0; padding: 1.5em; background: #eef1f4; } .gongwen { margin: 0 auto 1.5em; }"
        "\n.gongwen .source, .gongwen .scroll { max-height: none; }"
        "\n@media (prefers-color-scheme: dark) { body { background: #0d1014; } }</style>"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{_esc(title)}</title>'
        f"{_STYLE}{outer}</head><body>{body}</body></html>\n"
    )


def _anchor(doc: Document) -> str:
    return f"gw{hash(doc) & 0xFFFFFFFF:08x}"


def _document(doc: Document, most: int, most_text: int) -> str:
    facts = [f'<b title="{_esc(doc.kind)}">{_KINDS.get(doc.kind, doc.kind)}</b>']
    facts += [_esc(value) for value in (doc.place, doc.year) if value is not None]
    if doc.issuer is not None and doc.issuer != doc.place:
        facts.append(_esc(doc.issuer))
    if doc.signature is not None and doc.signature.date is not None:
        facts.append(_esc(doc.signature.date))
    facts.append(f"{len(doc.text):,} characters")
    title = doc.title or doc.name or "untitled"
    out = [f"<h3>{_esc(title)}</h3>", _facts(facts)]
    if len(doc.sections):
        out.append(_details("outline", "提纲", len(doc.sections), _outline(doc), True))
    if len(doc.metrics):
        out.append(_details("metrics", "指标", len(doc.metrics), _metrics(doc, most), True))
    if len(doc.responsibilities):
        body = _responsibilities(doc, most)
        out.append(_details("responsibilities", "责任分工", len(doc.responsibilities), body, True))
    if len(doc.deadlines):
        out.append(_details("deadlines", "时限", len(doc.deadlines), _deadlines(doc, most)))
    if len(doc.diagnostics):
        out.append(_details("diagnostics", "存疑", len(doc.diagnostics), _diagnostics(doc, most)))
    out.append(_details("source", "原文", len(doc.text), _source(doc, most_text), True))
    return "".join(out)


def _outline(doc: Document) -> str:
    key = _anchor(doc)
    out: List[str] = []
    counts = [0] * len(doc.sections)
    for row in doc.metrics.to_dicts():
        if row["section"] is not None:
            counts[row["section"]] += 1
    for row in doc.sections.to_dicts():
        text = row["heading"]
        if text is None:
            # A numbered paragraph: its beginning stands for a heading.
            begin = doc.text[row["start"] : row["end"]][len(row["marker"] or "") :].strip()
            text = begin.split("\n")[0][:24] + "…"
            label = f'<span class="s">{_esc(text)}</span>'
        else:
            label = _esc(text)
        count = f'<span class="n">{counts[row["id"]]}</span>' if counts[row["id"]] else ""
        indent = 1.3 * (row["level"] - 1)
        out.append(
            f'<li style="padding-left:{indent:.1f}em"><span>{_esc(row["marker"] or "")}</span>'
            f'<a href="#{key}-s{row["id"]}" title="{_esc(row["role"])}">{label}</a>{count}</li>'
        )
    return f'<ol class="outline">{"".join(out)}</ol>'


def _where(row: Any) -> str:
    return f'<span class="q">{_esc(row["section_path"] or "–")}</span>'


def _metrics(doc: Document, most: int) -> str:
    key = _anchor(doc)
    heads = [("written", "w"), ("value", "r"), ("unit", "w"), ("of", ""), ("", "w"), ("section", "w")]
    shown = doc.metrics[:most]
    lines: List[List[str]] = []
    for row in shown.to_dicts():
        value = _number(row["value"])
        if row["value_high"] is not None:
            value += "–" + _number(row["value_high"])
        tags = [_BOUNDS[row["bound"]]] if row["bound"] in _BOUNDS else []
        if row["change"] == "from_to":
            tags.append(f"{_number(row['change_from'])} → {_number(row['change_to'])}")
        elif row["change"] is not None:
            tags.append((row["change_basis"] or "") + _CHANGES.get(row["change"], ""))
        if row["modality"] == "target":
            tags.append("目标")
        lines.append([
            f'<a href="#{key}-m{row["id"]}">{_esc(row["text"])}</a>',
            value,
            f'<span class="s">{_esc(row["unit"])}</span>',
            (f'<span class="q">{_esc(row["per"])} </span>' if row["per"] else "") + _esc("、".join(row["subject"])),
            " ".join(f'<span class="tag">{_esc(tag)}</span>' for tag in tags),
            _where(row),
        ])
    return _table(heads, lines) + _more(len(shown), len(doc.metrics), "document.metrics has all")


def _responsibilities(doc: Document, most: int) -> str:
    key = _anchor(doc)
    heads = [("section", "w"), ("part", "w"), ("units", ""), ("how", "")]
    shown = doc.responsibilities[:most]
    lines: List[List[str]] = []
    for row in shown.to_dicts():
        units = "".join(f'<span class="tag unit">{_esc(unit)}</span>' for unit in row["units"])
        role = _ROLES.get(row["role"], row["role"])
        manner = f'<span class="s">{_esc(row["manner"])}</span>' if row["manner"] else ""
        lines.append([_where(row), f'<a href="#{key}-r{row["id"]}" title="{_esc(row["role"])}">{role}</a>', units, manner])
    return _table(heads, lines) + _more(len(shown), len(doc.responsibilities), "document.responsibilities has all")


def _deadlines(doc: Document, most: int) -> str:
    key = _anchor(doc)
    heads = [("written", "w"), ("kind", "w"), ("day", "w"), ("section", "w")]
    shown = doc.deadlines[:most]
    lines = [
        [
            f'<a href="#{key}-d{row["id"]}">{_esc(row["text"])}</a>',
            f'<span class="s">{_esc(row["kind"])}{": " + _esc(row["every"]) if row["every"] else ""}</span>',
            _esc(row["date"] or ""),
            _where(row),
        ]
        for row in shown.to_dicts()
    ]
    return _table(heads, lines) + _more(len(shown), len(doc.deadlines), "document.deadlines has all")


def _diagnostics(doc: Document, most: int) -> str:
    heads = [("", "w"), ("what looks wrong", ""), ("", ""), ("text", "")]
    shown = doc.diagnostics[:most]
    lines: List[List[str]] = []
    for row in shown.to_dicts():
        bad = "" if row["severity"] == "info" else " bad"
        place = doc.text[row["start"] : row["end"]]
        place = place if len(place) < 40 else place[:40] + "…"
        lines.append([
            f'<span class="tag{bad}" title="{_esc(row["code"])}">{_esc(row["severity"])}</span>',
            _esc(row["message"]),
            f'<span class="s">{_esc(row["message_zh"])}</span>',
            f'<span class="q">{_esc(place)}</span>',
        ])
    return _table(heads, lines) + _more(len(shown), len(doc.diagnostics), "document.diagnostics has all")


def _source(doc: Document, most: int) -> str:
    key = _anchor(doc)
    marks: List[Tuple[int, int, str, str, str]] = []

    def mark(start: int, end: int, cls: str, anchor: str = "", title: str = "") -> None:
        if start < end:
            marks.append((start, end, cls, anchor, title))

    if doc.title is not None:
        mark(doc.title.span.start, doc.title.span.stop, "title")
    for span in doc.boilerplate:
        mark(span.start, span.stop, "noise")
    for section in doc.sections:
        head = section.heading or section.marker
        if head is not None:
            mark(section.span.start, head.span.stop, "heading", f"s{section.id}", section.role)
    for row in doc.responsibilities.to_dicts():
        mark(row["start"], row["end"], "unit", f"r{row['id']}", f"{row['role']}: {'、'.join(row['units'])}")
    for row in doc.references.to_dicts():
        mark(row["start"], row["end"], "ref", f"f{row['id']}", row["number"] or "")
    for row in doc.deadlines.to_dicts():
        mark(row["start"], row["end"], "day", f"d{row['id']}", f"{row['kind']} {row['date'] or row['every'] or ''}")
    for row in doc.metrics.to_dicts():
        title = f"{_number(row['value'])} {row['unit']} {'、'.join(row['subject'])} ({row['bound']}, {row['modality']})"
        mark(row["start"], row["end"], "metric", f"m{row['id']}", title)
    for row in doc.diagnostics.to_dicts():
        if row["severity"] != "info" and row["end"] - row["start"] < 200:
            mark(row["start"], row["end"], "bad", "", row["message"])

    legend = (
        '<p class="legend"><mark class="metric">指标 metric</mark><mark class="unit">责任 responsibility</mark>'
        '<mark class="day">时限 deadline</mark><mark class="ref">文件 reference</mark>'
        '<mark class="bad">存疑 diagnostic</mark></p>'
    )
    text = doc.text
    shown = min(most, len(text))
    body = "".join(_marked(text, shown, marks, key))
    return f'{legend}<div class="source">{body}</div>' + _more(shown, len(text), "document.to_html() shows all")


def _marked(text: str, stop: int, marks: List[Tuple[int, int, str, str, str]], key: str) -> List[str]:
    """The text with its marks, nested where they nest; one that crosses another ends where that ends."""
    out: List[str] = []
    ends: List[int] = []
    at = 0

    def advance(to: int) -> None:
        nonlocal at
        while ends and ends[-1] <= to:
            out.append(_esc(text[at : ends[-1]]))
            at = ends.pop()
            out.append("</mark>")
        out.append(_esc(text[at:to]))
        at = to

    for start, end, cls, anchor, title in sorted(marks, key=lambda m: (m[0], -m[1])):
        if start >= stop:
            break
        advance(start)
        end = min(end, stop, ends[-1] if ends else end)
        ident = f' id="{key}-{anchor}"' if anchor else ""
        label = f' title="{_esc(title)}"' if title else ""
        out.append(f'<mark class="{cls}"{ident}{label}>')
        ends.append(end)
    advance(stop)
    return out

