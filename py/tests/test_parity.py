"""Rust and Python say the same of every sample report and every file of the large corpus, offsets apart.

`py/test.sh` builds the Rust side (`py/examples/json.rs`) and names it in GONGWEN_RUST_JSON. What differs is written
to GONGWEN_MISMATCHES, or else to a temporary folder.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Dict, Iterator, List

import gongwen
import pytest
from conftest import PROJECT, REPORTS, loud_skip, shared


def rust(paths: List[Path]) -> Iterator[Any]:
    """What Rust says, file by file."""
    program = os.environ.get("GONGWEN_RUST_JSON")
    if not program:
        loud_skip("parity with Rust: GONGWEN_RUST_JSON is not set; py/test.sh sets it")
    names = "".join(f"{path}\n" for path in paths)
    done = subprocess.run([str(program)], input=names.encode(), stdout=subprocess.PIPE, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == len(paths)
    return (json.loads(line) for line in lines)


def in_code_points(form: Any, text: str) -> Any:
    """The form with its byte offsets as code points."""
    offsets: Dict[int, int] = {}
    byte = 0
    for point, c in enumerate(text):
        offsets[byte] = point
        byte += len(c.encode())
    offsets[byte] = len(text)

    def place(span: List[int]) -> List[int]:
        return [offsets[at] for at in span]

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            out: Dict[str, Any] = {}
            for key, part in value.items():
                if key in ("span", "related") and isinstance(part, list):
                    out[key] = place(part)
                elif key in ("subject_spans", "boilerplate"):
                    out[key] = [place(span) for span in part]
                else:
                    out[key] = walk(part)
            return out
        return [walk(part) for part in value] if isinstance(value, list) else value

    form = walk(form)
    assert form["offset_encoding"] == "utf-8"
    form["offset_encoding"] = "utf-32"
    return form


def compare(paths: List[Path], folder: Path) -> None:
    wanted = rust(paths)
    corpus = gongwen.parse_many(paths, errors="collect")
    documents = {doc.name: doc for doc in corpus}
    failures = {failure.name: failure.message for failure in corpus.failures}
    differing: List[str] = []
    for path, form in zip(paths, wanted):
        doc = documents.get(str(path))
        if doc is None:
            same = form == {"error": failures[str(path)]}
            got: Any = {"error": failures[str(path)]}
        else:
            got = doc.to_dict()
            form = in_code_points(form, doc.text) if "error" not in form else form
            same = got == form
        if not same:
            differing.append(str(path))
            folder.mkdir(parents=True, exist_ok=True)
            for side, value in (("rust", form), ("python", got)):
                file = folder / f"{len(differing):04d}-{path.stem}.{side}.json"
                file.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    assert not differing, f"{len(differing)} of {len(paths)} files differ; both sides are in {folder}: {differing[:5]}"


@pytest.fixture()
def mismatches(tmp_path: Path) -> Path:
    folder = os.environ.get("GONGWEN_MISMATCHES")
    return Path(folder) if folder else tmp_path / "mismatches"


def test_sample_reports(mismatches: Path) -> None:
    assert REPORTS
    compare(REPORTS, mismatches / "reports")


def test_fixtures(mismatches: Path) -> None:
    known = {".txt", ".html", ".htm", ".docx"}
    folders = [PROJECT / "core" / "tests", PROJECT / "spec"]
    paths = [p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix in known and p.is_file()]
    if not paths:
        pytest.skip("the project has no fixture files")
    compare(paths, mismatches / "fixtures")


def test_large_corpus(mismatches: Path) -> None:
    folder = shared()
    if folder is None:
        loud_skip("parity over the large corpus: it is not at hand (GONGWEN_SHARED)")
    assert folder is not None
    known = {".txt", ".html", ".htm", ".docx"}
    paths = [p for part in ("corpus", "gold") for p in sorted((folder / part).rglob("*")) if p.suffix in known]
    assert len(paths) > 100
    compare(paths, mismatches / "corpus")
