"""Laws on the large corpus: spans slice, frames and rows agree, pickles come back. Skipped, loudly, without it."""

from __future__ import annotations

import json
import pickle
import random
from typing import Any, Iterator, List

import gongwen
import pytest
from conftest import corpus, loud_skip


@pytest.fixture(scope="module")
def documents() -> gongwen.Corpus:
    paths = corpus()
    if not paths:
        loud_skip("laws over the large corpus: it is not at hand (GONGWEN_SHARED)")
    return gongwen.parse_many(paths)


def spans(value: Any) -> Iterator[List[int]]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "span" and isinstance(part, list):
                yield part
            else:
                yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def test_every_document_reads_and_its_spans_lie_in_it(documents: gongwen.Corpus) -> None:
    for doc in documents:
        size = len(doc.text)
        for start, end in spans(doc.to_dict()):
            assert 0 <= start <= end <= size, doc.name
        for metric in doc.metrics:
            rest = iter(doc.text[metric.span])
            assert all(c in rest for c in metric.text if not c.isspace()), (doc.name, metric)


def test_frames_have_every_row(documents: gongwen.Corpus) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(documents.metrics)
    assert frame.height == sum(len(doc.metrics) for doc in documents)
    roll = random.Random(11)
    for at in (roll.randrange(frame.height) for _ in range(500)):
        row, wanted = frame.row(at, named=True), documents.metrics[at]
        assert row["text"] == wanted.text and row["start"] == wanted.span.start
        assert row["document"] == wanted.document.name
        assert documents[row["document"]].text[row["start"] : row["end"]] == wanted.document.text[wanted.span]


def test_pickles_come_back(documents: gongwen.Corpus) -> None:
    some = gongwen.Corpus(random.Random(5).sample(list(documents), 60))
    again = pickle.loads(pickle.dumps(some))
    assert again == some
    assert [doc.to_json() for doc in again] == [doc.to_json() for doc in some]


def test_views_of_a_sample(documents: gongwen.Corpus) -> None:
    from test_html import checked

    for doc in random.Random(9).sample(list(documents), 40):
        checked(doc._repr_html_())
        assert len(doc.to_markdown()) > 0 or not doc.text.strip()
        assert json.loads(doc.to_json(text=True))["text"] == doc.text
