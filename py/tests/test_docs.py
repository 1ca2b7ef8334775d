"""Every docstring and every Python block of the README runs as written."""

from __future__ import annotations

import doctest
import importlib.util
import inspect
import pathlib
import re
import sys
from typing import Any, Dict, Iterator, List, Tuple

import gongwen
import pytest
from conftest import PROJECT
from gongwen import _api, _cli, _find, _items, _panel, _scan, indicators

ENGINES = {"arrow": ["pyarrow"], "polars": ["polars", "pyarrow"], "duckdb": ["duckdb", "pyarrow"], "spark": ["pyarrow"],
           "langchain": ["langchain_text_splitters"], "llamaindex": ["llama_index"]}  # fmt: skip

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def public() -> Iterator[Tuple[str, Any]]:
    """Every public thing with its full name."""
    yield "gongwen", gongwen
    for name in gongwen.__all__:
        thing = getattr(gongwen, name)
        if inspect.isclass(thing) and thing.__module__ == "gongwen":
            yield f"gongwen.{name}", thing
            for attribute, value in vars(thing).items():
                if not attribute.startswith("_") and attribute not in getattr(thing, "_fields", ()):
                    yield f"gongwen.{name}.{attribute}", value.__func__ if isinstance(value, staticmethod) else value
        elif inspect.isroutine(thing):
            yield f"gongwen.{name}", thing
    yield "gongwen._cli.main", _cli.main
    for module in (_api, _find, _items, _scan):
        yield module.__name__, module
    yield "gongwen.indicators", indicators
    for name in indicators.__all__:
        thing = getattr(indicators, name)
        if inspect.isroutine(thing) or inspect.isclass(thing):
            yield f"gongwen.indicators.{name}", thing
            for attribute, value in vars(thing).items() if inspect.isclass(thing) else ():
                if not attribute.startswith("_") and attribute not in getattr(thing, "_fields", ()):
                    yield f"gongwen.indicators.{name}.{attribute}", value
    yield "gongwen._panel.main", _panel.main
    for name, needed in ENGINES.items():
        if all(importlib.util.find_spec(package) for package in needed):
            module = importlib.import_module(f"gongwen.{name}")
            yield module.__name__, module
            for thing in module.__all__:
                if inspect.isroutine(getattr(module, thing)) or inspect.isclass(getattr(module, thing)):
                    yield f"gongwen.{name}.{thing}", getattr(module, thing)


THINGS = dict(public())


def examples(doc: str) -> List[doctest.Example]:
    """The examples, without those that need a package that is not here."""
    kept: List[str] = []
    for line in doc.splitlines():
        needs = re.search(r"# doctest: \+NEEDS\((.*)\)", line)
        if needs and not all(importlib.util.find_spec(p.strip()) for p in needs[1].split(",")):
            return []
        kept.append(re.sub(r"\s*# doctest: \+NEEDS\(.*\)", "", line))
    return doctest.DocTestParser().get_examples("\n".join(kept))


@pytest.mark.parametrize("name", THINGS)
def test_docstring(name: str) -> None:
    doc = inspect.getdoc(THINGS[name])
    assert doc, f"{name} has no docstring"
    run(name, examples(doc))


def run(name: str, found: List[doctest.Example]) -> None:
    globs: Dict[str, Any] = {"gongwen": gongwen, "pathlib": pathlib, "arrow": sys.modules.get("gongwen.arrow")}
    test = doctest.DocTest(found, globs, name, None, 0, None)
    out: List[str] = []
    doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=out.append)
    assert not out, "".join(out)


# A module whose things have examples; and what an example in the module's own shows.
NO_EXAMPLE = {
    "gongwen._api", "gongwen._find", "gongwen._items", "gongwen._scan", "gongwen.Document.name", "gongwen.spark",
    "gongwen.spark.parser", "gongwen.arrow.parse", "gongwen.polars.parse", "gongwen.duckdb.register",
    "gongwen.langchain.GongwenSplitter", "gongwen.llamaindex.GongwenNodeParser",
}  # fmt: skip


def test_everything_public_has_an_example() -> None:
    def shows(name: str) -> bool:
        doc = inspect.getdoc(THINGS[name]) or ""
        return ">>>" in doc

    # The classes of gongwen.indicators show what their methods do; those have examples where they do more than they say.
    parts = [name for name in THINGS if name.startswith("gongwen.indicators.") and name.count(".") == 3]
    without = [name for name in THINGS if not shows(name) and name not in NO_EXAMPLE and name not in parts]
    assert without == []


def blocks(path: pathlib.Path) -> List[str]:
    return re.findall(r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("readme", [PROJECT / "py" / "README.md", PROJECT / "README.md"], ids=["py", "project"])
def test_readme(readme: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not readme.exists() or not blocks(readme):
        pytest.skip(f"no Python block in {readme.name}")
    monkeypatch.chdir(PROJECT)
    globs: Dict[str, Any] = {}
    for number, block in enumerate(blocks(readme)):
        if ">>>" in block:
            test = doctest.DocTest(doctest.DocTestParser().get_examples(block), globs, f"block {number}", None, 0, None)
            out: List[str] = []
            doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=out.append, clear_globs=False)
            assert not out, "".join(out)
            globs = test.globs
        else:
            exec(compile(block, f"{readme.name} block {number}", "exec"), globs)
