"""The slicing law: `document.text[span]` is the place, in code points, whatever stands before it."""

from __future__ import annotations

from typing import Any, Iterator, List, Tuple

import gongwen
import pytest
from conftest import REPORTS, TEXT


def texts() -> List[Tuple[str, str]]:
    soups = [
        TEXT,
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        "𠮷🙂" * 200 + TEXT,
        TEXT.replace("\n", "").replace("　　", ""),
        "",
        "𠮷",
        "办结案件9件" * 100,
        "🙂办结案件9件。" * 100,
    ]
    named = [(f"text {i}", text) for i, text in enumerate(soups)]
    return named + [(path.stem, path.read_text(encoding="utf-8")) for path in REPORTS]


def spans(value: Any) -> Iterator[Tuple[Any, List[int]]]:
    """Every span of a JSON form, with the object that has it."""
    if isinstance(value, dict):
        if isinstance(value.get("span"), list):
            yield value, value["span"]
        for name, span in zip(value.get("subject", ()), value.get("subject_spans", ())):
            yield {"text": name}, span
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def squeezed(text: str) -> str:
    blank = " \t\r\n\u3000\xa0\u200b\ufeff\u2002\u2003"
    return "".join(c for c in text.replace("&nbsp;", "") if c not in blank)


def stands_in(clean: str, exact: str) -> bool:
    """Whether the characters stand there in this order, perhaps with a line end or a page number between."""
    rest = iter(exact)
    return all(c in rest for c in squeezed(clean))


@pytest.mark.parametrize("name, text", texts(), ids=[name for name, _ in texts()])
def test_every_span_slices_its_text(name: str, text: str) -> None:
    doc = gongwen.parse(text)
    assert doc.text == text
    for row, (start, end) in spans(doc.to_dict()):
        assert 0 <= start <= end <= len(text)
        for key in ("text", "name", "value"):
            if isinstance(row.get(key), str):
                assert stands_in(row[key], text[start:end]), (row, text[start:end])


@pytest.mark.parametrize("name, text", texts(), ids=[name for name, _ in texts()])
def test_rows_and_json_say_the_same(name: str, text: str) -> None:
    doc = gongwen.parse(text)
    form = doc.to_dict()
    tables = "sections paragraphs items metrics responsibilities deadlines references tables metadata diagnostics"
    for table in tables.split():
        rows = getattr(doc, table)
        assert len(rows) == len(form[table])
        for row, wanted in zip(rows, form[table]):
            assert [row.span.start, row.span.stop] == wanted["span"]
            assert row.document is doc
            if "text" in wanted:
                assert row.text == wanted["text"]
                assert stands_in(wanted["text"], text[row.span])
    for metric, wanted in zip(doc.metrics, form["metrics"]):
        assert list(metric.subject) == wanted["subject"]
        assert [[s.span.start, s.span.stop] for s in metric.subject] == wanted["subject_spans"]
        assert float(metric.value) == wanted["value"]
        assert metric.unit == wanted["unit"]
        assert (metric.section.id if metric.section else None) == wanted["section"]
    for responsibility, wanted in zip(doc.responsibilities, form["responsibilities"]):
        assert [unit.text for unit in responsibility.units] == [unit["name"] for unit in wanted["units"]]
        assert [text[unit.span] for unit in responsibility.units] == [
            text[slice(*unit["span"])] for unit in wanted["units"]
        ]


def test_facts_after_wide_characters() -> None:
    doc = gongwen.parse(TEXT)
    assert [doc.text[m.span] for m in doc.metrics[:3]] == ["4次", "300余件", "98.5%"]
    assert doc.title is not None and doc.text[doc.title.span].strip() == "𠮷林县2023年法治政府建设年度报告"
    assert doc.references[0].title == "𠮷林省行政执法条例"


def test_lone_surrogates_are_read_and_offsets_stay() -> None:
    text = "\ud83d办结案件9件\udc00，调解4件\ud800"
    doc = gongwen.parse(text)
    assert len(doc.text) == len(text)
    assert [text[m.span] for m in doc.metrics] == ["9件", "4件"]
    assert gongwen.parse_many([text])[0] == doc


def test_section_at_every_offset() -> None:
    doc = gongwen.parse(TEXT)
    for offset in range(len(doc.text)):
        holding = [s for s in doc.sections if s.span.start <= offset < s.span.stop]
        assert doc.section_at(offset) == (holding[-1] if holding else None)
    assert doc.section_at(len(doc.text)) is None or doc.sections[-1].span.stop == len(doc.text)
    for wrong in (-1, len(doc.text) + 1, 1 << 70):
        with pytest.raises((ValueError, TypeError)):
            doc.section_at(wrong)


def test_sentences_hold_their_facts() -> None:
    doc = gongwen.parse(TEXT)
    for table in (doc.metrics, doc.deadlines, doc.references):
        for row in table:
            sentence = row.sentence.span
            assert sentence.start <= row.span.start and row.span.stop <= sentence.stop
    assert doc.metrics[1].sentence == "🙂抽查行政处罚案卷300余件，合格率98.5%。"
