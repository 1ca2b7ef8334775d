"""Panels, fact sheets and passages as HTML: no script, nothing fetched, everything escaped."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, List, Sequence, Tuple

from . import _html

if TYPE_CHECKING:
    from .indicators import FactSheet, Frame, Panel, Passage

#: Rows of a panel shown in a notebook cell.
ROWS = 40

#: Names of what a cell says where it holds no number.
_WORDS = {"relative": "未定数", "all": "全部", "other_unit": "另一单位", "not_applicable": "不适用", "not_mentioned": "—"}

_STYLE = """<style>
.gongwen.gongwen td.none { color: var(--faint); text-align: right; }
.gongwen.gongwen th small { display: block; font-weight: 400; color: var(--faint); white-space: nowrap; }
.gongwen.gongwen td small { display: block; color: var(--soft); white-space: nowrap; }
.gongwen.gongwen th.place, .gongwen.gongwen td.place { position: sticky; left: 0; background: var(--paper); white-space: nowrap; }
.gongwen.gongwen thead th.place { background: var(--card); z-index: 1; }
.gongwen h4 { margin: 1em 0 .3em; font-size: 1em; font-weight: 650; }
.gongwen h4 small { font-weight: 400; color: var(--soft); margin-left: .5em; }
.gongwen .passage { margin: .2em 0; line-height: 1.8; }
.gongwen .sheet .scroll { max-height: none; }
.gongwen .sheet td.n { width: 16em; } .gongwen .sheet td.v { width: 9em; }
</style>"""


def number(value: Any) -> str:
    """A number for reading: 1.23亿 for a large one."""
    if not isinstance(value, Decimal):
        return f"{value:,}" if isinstance(value, int) else str(value)
    for size, word in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
        if abs(value) >= size:
            return _html._number((value / size).quantize(Decimal("0.0001"))) + word
    return _html._number(value)


def frame(table: "Frame", name: str) -> str:
    """A table in a notebook cell."""
    return _html._wrap(_facts(f"<b>{_html._esc(name)}</b>", f"{len(table):,} rows") + _plain(table, ROWS))


def frame_page(table: "Frame", name: str) -> str:
    """A whole page with all of a table."""
    return _page(name, _facts(f"<b>{_html._esc(name)}</b>", f"{len(table):,} rows") + _plain(table, len(table)))


def _plain(table: "Frame", most: int) -> str:
    rows = table.to_dicts()[:most]
    heads = [(name, "r" if any(isinstance(row[name], (int, float, Decimal)) for row in rows) else "") for name in table.columns]
    body = ([_html._esc("" if row[name] is None else number(row[name])) for name in table.columns] for row in rows)
    return _html._table(heads, body) + _html._more(len(rows), len(table), "to_pandas() and its like give all")


def _facts(*facts: str) -> str:
    return '<p class="facts">' + "".join(f"<span>{fact}</span>" for fact in facts) + "</p>"


def _page(title: str, body: str) -> str:
    return _html._page(title, f'<div class="gongwen">{_STYLE}{body}</div>')


def _marked(passage: "Passage") -> str:
    esc = _html._esc
    before, words, after = passage.sentence[: passage.start], passage.sentence[passage.start : passage.end], passage.sentence[passage.end :]
    return f'{esc(before.lstrip())}<mark class="metric">{esc(words)}</mark>{esc(after.rstrip())}'


def passage(found: "Passage") -> str:
    """A sentence with its number marked."""
    name = f'<p class="facts"><span>{_html._esc(found.document)}</span></p>' if found.document else ""
    return _html._wrap(f'{_STYLE}{name}<p class="passage">{_marked(found)}</p>')


def panel(table: "Panel") -> str:
    """A panel in a notebook cell."""
    return _html._wrap(_STYLE + _panel(table, ROWS))


def panel_page(table: "Panel") -> str:
    """A whole page with a panel; the sentence of a number shows when it is pointed at."""
    return _page("gongwen panel", _panel(table, len(table)))


def _panel(table: "Panel", most: int) -> str:
    esc = _html._esc
    units = table.units
    top = '<th class="place">地区</th><th>年份</th>' + "".join(
        f'<th class="r" title="{esc(i)}">{esc(table.names[i])}<small>{esc(units.get(i, ""))}</small></th>' for i in table.ids
    )
    lines: List[str] = []
    for place, code, year in list(zip(table["place"], table["place_code"], table["year"]))[:most]:
        cells = "".join(_cell(table, code or place, year, i) for i in table.ids)
        lines.append(f'<tr><td class="place">{esc(place)}</td><td>{year}</td>{cells}</tr>')
    facts = _facts("<b>Panel</b>", f"{len(table):,} rows, {len(table.ids):,} indicators", "结果" if table.modality == "actual" else "目标")
    return (
        f'{facts}<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
        + _html._more(len(lines), len(table), "to_html() and to_pandas() give all")
    )


def _cell(table: "Panel", place: str, year: int, id: str) -> str:
    parts: List[Tuple[str, str, str]] = []
    for modality in table.modalities:
        status = table.status(place, year, id, modality)
        if status in ("not_mentioned", "not_applicable"):
            parts.append((_WORDS[status] if status == "not_applicable" else "", "", modality))
            continue
        found = table.source(place, year, id, modality) if status != "other_unit" else None
        text = number(found.value) if found and found.value is not None else _WORDS.get(status, status)
        parts.append((text, str(found) if found else "", modality))
    text, title, _ = parts[0]
    more = "".join(f'<small title="{_html._esc(t)}">{"目标" if m == "target" else "结果"} {_html._esc(w)}</small>' for w, t, m in parts[1:] if w)
    if not text and not more:
        return '<td class="none">—</td>'
    return f'<td class="r"><span title="{_html._esc(title)}">{_html._esc(text) or "—"}</span>{more}</td>'


def fact_sheet(sheet: "FactSheet") -> str:
    """A fact sheet in a notebook cell."""
    return _html._wrap(_STYLE + _fact_sheet(sheet))


def fact_sheet_page(sheet: "FactSheet") -> str:
    """A whole page with a fact sheet."""
    return _page(sheet.title, _fact_sheet(sheet))


def _fact_sheet(sheet: "FactSheet") -> str:
    esc = _html._esc
    out = [f"<h3>{esc(sheet.title)}</h3>", _facts(*(esc(fact) for fact in sheet.facts)), '<div class="sheet">']
    heads: Sequence[Tuple[str, str]] = (("指标", "n"), ("数值", "r v"), ("", ""), ("年份", ""), ("原文", "t"))
    for (zh, en), rows in sheet.groups():
        lines = [[esc(row["name"]), _value(row), "目标" if row["modality"] == "target" else "", _year(row), _marked(found)] for row, found in rows]
        out.append(f"<h4>{esc(zh)}<small>{esc(en)}</small></h4>" + _html._table(heads, lines))
    if sheet.checks:
        out.append("<h4>数据核对<small>Checks</small></h4>" + "".join(f'<p class="passage">{esc(found.message_zh)}</p>' for found in sheet.checks))
    return "".join(out) + "</div>"


def _value(row: Any) -> str:
    if row["value"] is None:
        return f'<span class="s">{_html._esc(_WORDS.get(row["status"], row["status"]))}</span>'
    said = number(row["value"])
    # 42,700亿元, 5.5%, but 120 个.
    return _html._esc(f"{said}{' ' if said[-1].isdigit() and row['unit'] != '%' else ''}{row['unit']}")


def _year(row: Any) -> str:
    basis = {"average": "年均", "cumulative": "累计"}.get(row["basis"] or "", "")
    return _html._esc(f"{row['year'] or row['years'] or ''} {basis}".strip())
