"""One list of fields: the schema of the JSON form. Row objects and the columns of the tables are held against it.

The types for JavaScript are held against it in wasm/test.sh.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Set

import gongwen
import pytest
from conftest import REPORTS

SCHEMA: Dict[str, Any] = json.loads((Path(__file__).parents[2] / "spec" / "gongwen-1.schema.json").read_text(encoding="utf-8"))
TYPES: Dict[str, Any] = SCHEMA["$defs"]

#: The tables whose rows are those of a type.
TABLES = {
    "metrics": "Metric",
    "responsibilities": "Responsibility",
    "deadlines": "Deadline",
    "references": "Reference",
    "diagnostics": "Finding",
    "indicators": "Indicator",
    "sections": "Section",
    "items": "Item",
    "paragraphs": "Paragraph",
}

#: Fields that a column shows under another name, or as several.
SHOWN = {
    "span": ["start", "end"],
    "change": ["change", "change_from", "change_to", "change_basis"],
    "period": ["period_from", "period_to"],
    "number": ["number", "number_agency", "number_year", "number_serial"],
    # The places of the subjects are those of the row objects.
    "subject_spans": [],
    # What a diagnostic points to beside its place.
    "related": [],
}
SHOWN_IN: Dict[str, Dict[str, List[str]]] = {
    "sections": {"heading": ["heading", "form"], "marker": ["marker", "style", "number"], "path": ["path"]},
    "items": {"marker": ["marker", "style", "number"]},
}

#: Columns that are made of other fields.
MADE = {"section_path", "year", "unit_canonical", "text", "name", "document_year", "place_code", "sentence"}


def columns(table: str) -> Set[str]:
    frame = getattr(gongwen.Corpus([]), table)
    return set(frame.columns)


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_a_column_and_every_column_a_field(table: str) -> None:
    leading = set(gongwen.Corpus([]).metrics.columns) & set(gongwen.Corpus([]).deadlines.columns) & set(gongwen.Corpus([]).diagnostics.columns)
    leading -= {"start", "end"}
    fields = TYPES[TABLES[table]]["properties"]
    wanted = {name for field in fields for name in SHOWN_IN.get(table, {}).get(field, SHOWN.get(field, [field]))}
    got = columns(table)
    assert wanted <= got, f"columns that are missing: {sorted(wanted - got)}"
    assert got - wanted - leading <= MADE, f"columns of no field: {sorted(got - wanted - leading - MADE)}"


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_an_attribute_of_its_row(table: str) -> None:
    corpus = gongwen.parse_many(REPORTS)
    row = next(row for doc in corpus for row in getattr(doc, table))
    for field in TYPES[TABLES[table]]["properties"]:
        assert hasattr(row, field) or field in ("subject_spans",), f"{type(row).__name__} has no attribute {field}"
