"""The example notebook runs, and its saved output is what it gives now."""

from __future__ import annotations

import pytest
from conftest import loud_skip
from notebook import NOTEBOOK, executed, said


def test_notebook() -> None:
    nbformat = pytest.importorskip("nbformat")
    for package in ("nbclient", "ipykernel", "matplotlib", "pandas", "pyarrow"):
        pytest.importorskip(package)
    if not NOTEBOOK.exists():
        loud_skip("there is no notebook")
    saved, now = said(nbformat.read(NOTEBOOK, as_version=4)), said(executed())
    differing = [number for number, (a, b) in enumerate(zip(saved, now)) if a != b]
    assert not differing, (
        f"cells {differing} give something else than what is saved: bash py/test.sh --write-notebook saves it anew\n"
        f"saved: {str(saved[differing[0]])[:1500]}\nnow:   {str(now[differing[0]])[:1500]}"
    )
