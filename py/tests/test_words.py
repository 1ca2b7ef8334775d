"""The words in the annotations are those that the library uses."""

from __future__ import annotations

import importlib.metadata
import inspect
import typing

import gongwen
from gongwen import _core


def test_literals_are_the_words_of_the_core() -> None:
    for name, words in _core.words().items():
        assert list(typing.get_args(getattr(gongwen, name))) == words, name


def test_version() -> None:
    assert gongwen.__version__ == importlib.metadata.version("gongwen")


def test_everything_public_is_exported_and_documented() -> None:
    for name in gongwen.__all__:
        thing = getattr(gongwen, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, name
            assert thing.__module__ == "gongwen", name
