"""The HTML views: escaped, without script, well formed, in both colour schemes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import List

import gongwen
import pytest
from conftest import REPORTS, TEXT

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Checker(HTMLParser):
    """Collects tags, and complains about one that is closed out of turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: List[str] = []
        self.ids: List[str] = []
        self.links: List[str] = []
        self.text: List[str] = []

    def handle_starttag(self, tag: str, attrs: "list[tuple[str, str | None]]") -> None:
        assert tag not in ("script", "iframe", "object", "embed", "form", "img", "link")
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                assert value and value.startswith("#")
                self.links.append(value[1:])
            assert name not in ("src", "action")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def checked(page: str) -> Checker:
    checker = Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
    for style in re.findall(r"<style>.*?</style>", page, re.S):
        assert "url(" not in style and "@import" not in style and "http" not in style
    return checker


HOSTILE = """\
<script>alert(1)</script>2023年法治政府建设"年度'报告</title><img src=x onerror=alert(1)>

一、<b>主要举措</b>&amp;成效<script>
全年&lt;学法4次<script>alert(2)</script>，审查"案卷'<i>300余件。（责任单位：<script>县司法局</script>、县"财政局）
《<script>条例》\x00\x1b[31m
"""


@pytest.mark.parametrize("text", [TEXT, HOSTILE, "", "\r\n\r", "<" * 50, *(p.read_text("utf-8") for p in REPORTS)])
def test_views_are_escaped_and_well_formed(text: str) -> None:
    doc = gongwen.parse(text, name='<img src=x onerror="alert(1)">')
    corpus = gongwen.Corpus([doc], [gongwen.Failure(0, "<script>", "<b>")])
    views = [doc._repr_html_(), doc.to_html(), corpus._repr_html_()]
    views += [table._repr_html_() for table in (corpus.documents, corpus.metrics, corpus.paragraphs, doc.sections)]
    for view in views:
        checked(view)


def test_the_source_is_all_there() -> None:
    for path in REPORTS:
        doc = gongwen.read(path)
        page = doc.to_html()
        shown = "".join(checked(page).text)
        assert doc.text.replace("\r", "").strip() in shown


def test_links_lead_to_marks() -> None:
    page = checked(gongwen.parse(TEXT).to_html())
    assert page.links and set(page.links) <= set(page.ids)


def test_both_schemes() -> None:
    view = gongwen.parse(TEXT)._repr_html_()
    assert "prefers-color-scheme: dark" in view
    used = set(re.findall(r"var\((--[a-z-]+)\)", view))
    defined = re.findall(r"(--[a-z-]+):", view)
    assert all(defined.count(name) == 4 for name in used), used


def test_a_long_document_is_cut_in_a_cell_and_whole_in_a_page() -> None:
    doc = gongwen.parse(TEXT * 400)
    assert len(doc._repr_html_()) < 2_000_000
    assert "document.to_html() shows all" in doc._repr_html_()
    assert doc.to_html().count('class="metric"') > 400
