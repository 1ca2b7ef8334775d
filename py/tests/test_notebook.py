"""The example notebooks run, and their saved output is what they give now."""

from __future__ import annotations

from pathlib import Path

import pytest
from notebook import NOTEBOOKS, executed, said


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    for package in ("nbclient", "ipykernel", "matplotlib", "pandas", "pyarrow"):
        pytest.importorskip(package)
    saved, now = said(nbformat.read(path, as_version=4)), said(executed(path))
    differing = [number for number, (a, b) in enumerate(zip(saved, now)) if a != b]
    assert not differing, (
        f"cells {differing} give something else than what is saved: bash py/test.sh --write-notebook saves it anew\n"
        f"saved: {str(saved[differing[0]])[:1500]}\nnow:   {str(now[differing[0]])[:1500]}"
    )
