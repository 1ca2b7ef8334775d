"""A corpus in a file: a document a line, with what was found in it."""

from __future__ import annotations

import json
import os
from typing import Any, List

from . import _core, _write
from ._core import Corpus, Document
from ._text import Error, Failure, readable


def save(corpus: Corpus, path: Any) -> None:
    with _write.whole_file(os.fsdecode(path)) as file:
        for document in corpus:
            file.write(document._line().encode() + b"\n")
        for failure in corpus.failures:
            told = [failure.position, failure.name, failure.message]
            file.write(json.dumps({"failure": told}, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def load(path: Any) -> Corpus:
    name = readable(os.fsdecode(path))
    documents: List[Document] = []
    failures: List[Failure] = []
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.startswith('{"failure":'):
                    failures.append(Failure(*json.loads(line)["failure"]))
                elif line.strip():
                    try:
                        documents.append(_core.read_form(line, None, None))
                    except Error as error:
                        raise Error(f"line {number}: {error}", name) from None
    except OSError as error:
        raise Error(error.strerror or str(error), name) from error
    except UnicodeDecodeError as error:
        raise Error("it is no file of documents that save() wrote", name) from error
    return Corpus(documents, failures)
