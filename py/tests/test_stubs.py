"""The stub has the words of the built module."""

from __future__ import annotations

import ast
import importlib.util
from typing import Any

from conftest import PROJECT

SCRIPT = PROJECT / "py" / "stubs.py"


def test_the_pages_on_indicators_are_in_step_with_the_dictionary() -> None:
    spec = importlib.util.spec_from_file_location("indicator_docs", PROJECT / "py" / "indicator_docs.py")
    assert spec is not None and spec.loader is not None
    docs: Any = importlib.util.module_from_spec(spec)
    loader: Any = spec.loader
    loader.exec_module(docs)
    for language in ("en", "zh"):
        page = PROJECT / "py" / "docs" / language / "indicators.md"
        assert page.read_text(encoding="utf-8") == docs.page(language), "python py/indicator_docs.py writes it anew"


def test_the_stub_is_in_step_with_the_module() -> None:
    spec = importlib.util.spec_from_file_location("stubs", SCRIPT)
    assert spec is not None and spec.loader is not None
    stubs = importlib.util.module_from_spec(spec)
    loader: Any = spec.loader
    loader.exec_module(stubs)
    source = stubs.STUB.read_text(encoding="utf-8")
    assert stubs.documented(source) == source, "python py/stubs.py writes it anew"
    without = [
        f"{node.name}.{inner.name}"
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
        for inner in node.body
        if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_") and not ast.get_docstring(inner)
    ]
    assert without == []
