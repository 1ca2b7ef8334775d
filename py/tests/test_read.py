"""`parse` and `read`: what they take, and what they say when they do not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

import gongwen
import pytest
from conftest import TEXT


def test_everything_that_can_be_read(tmp_path: Path) -> None:
    wanted = gongwen.parse(TEXT)
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as binary, path.open(encoding="utf-8") as text:
        sources: List[Tuple[Any, Any]] = [
            (path, str(path)),
            (str(path), str(path)),
            (TEXT.encode(), None),
            (bytearray(TEXT.encode()), None),
            (memoryview(TEXT.encode()), None),
            (io.BytesIO(TEXT.encode()), None),
            (io.StringIO(TEXT), None),
            (binary, str(path)),
            (text, str(path)),
        ]
        for source, name in sources:
            doc = gongwen.read(source)
            assert doc == wanted and doc.name == name
    assert gongwen.read(path, name="x").name == "x"


def test_options() -> None:
    assert len(gongwen.parse(TEXT, facts=False).metrics) == 0
    assert len(gongwen.parse(TEXT, checks=False).diagnostics) == 0
    assert gongwen.parse("6月底前完成。", year=2031).deadlines[0].date.year == 2031  # type: ignore[union-attr]


def test_arguments() -> None:
    parse, read = gongwen.parse, gongwen.read
    wrong: List[Tuple[type, str, Callable[..., Any], Any, Dict[str, Any]]] = [
        (TypeError, r"parse\(\) takes a text \(str\), not bytes; read\(\) takes bytes", parse, b"x", {}),
        (TypeError, "not PosixPath; read", parse, Path("x"), {}),
        (TypeError, "not NoneType$", parse, None, {}),
        (TypeError, "name as str or None, not int", parse, "x", {"name": 3}),
        (TypeError, "facts as True or False, not str", parse, "x", {"facts": "no"}),
        (TypeError, "checks as True or False, not NoneType", parse, "x", {"checks": None}),
        (ValueError, "a year from 1 to 9999 is taken, not 10000", parse, "x", {"year": 10000}),
        (TypeError, "year is taken as int or None, not float", parse, "x", {"year": 2023.0}),
        (TypeError, r"read\(\) takes a path, bytes or an open file, not int", read, 3, {}),
        (TypeError, "unexpected keyword", parse, "x", {"encoding": "x"}),
    ]
    for error, message, function, argument, options in wrong:
        with pytest.raises(error, match=message):
            function(argument, **options)
    with pytest.raises(TypeError, match="positional"):
        parse("x", "name")  # type: ignore[call-arg]


def test_errors_name_the_file(tmp_path: Path) -> None:
    for source in (tmp_path / "missing.txt", str(tmp_path / "missing.txt")):
        with pytest.raises(gongwen.Error) as caught:
            gongwen.read(source)
        assert caught.value.file == str(source)
        assert str(caught.value) == f"{source}: No such file or directory"
        assert isinstance(caught.value.__cause__, FileNotFoundError)
    with pytest.raises(gongwen.Error, match="directory"):
        gongwen.read(tmp_path)
    with pytest.raises(gongwen.Error, match=r"parse\(\) takes texts"):
        gongwen.read(TEXT)
    with pytest.raises(gongwen.Error, match="null|NUL"):
        gongwen.read("a\0b")


def test_an_error_survives_a_pickle() -> None:
    import pickle

    error = gongwen.Error("no such thing", "a.txt")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) == "a.txt: no such thing" and again.file == "a.txt"
    assert str(gongwen.Error("no such thing")) == "no such thing"
