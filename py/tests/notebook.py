"""Runs the example notebooks and compares their saved output, or with --write saves it anew.

    python py/tests/notebook.py [--write]
"""

from __future__ import annotations

import copy
import re
import sys
from pathlib import Path
from typing import Any, List

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "examples" / "notebook").glob("*.ipynb"))


def executed(path: Path) -> Any:
    """A notebook, run from its own folder."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    done = copy.deepcopy(notebook)
    NotebookClient(done, timeout=1200, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    for number, cell in enumerate(c for c in done.cells if c.cell_type == "code"):
        cell.execution_count = number + 1
        cell.metadata.pop("execution", None)
        for output in cell.outputs:
            output.pop("transient", None)
            if "execution_count" in output:
                output["execution_count"] = number + 1
    done.metadata = notebook.metadata
    return done


def said(notebook: Any) -> List[List[str]]:
    """What the cells print and show, but for pictures and what changes from run to run."""
    cells: List[List[str]] = []
    for cell in notebook.cells:
        texts: List[str] = []
        for output in cell.get("outputs", ()):
            if output.output_type == "stream" and output.name == "stdout":
                texts.append(output.text)
            data = output.get("data", {})
            texts += [str(text) for kind, text in sorted(data.items()) if kind.startswith("text/")]
        cells.append([re.sub(r"0x[0-9a-f]+|<style.*?</style>|<Figure[^>]*>", "…", text, flags=re.S) for text in texts])
    return cells


def main() -> None:
    import nbformat

    for path in NOTEBOOKS:
        done = executed(path)
        if "--write" in sys.argv:
            nbformat.write(done, path)
            print(f"written: {path}")
        elif said(done) != said(nbformat.read(path, as_version=4)):
            sys.exit(f"the saved output of {path.name} is not what it gives now; run this with --write")


if __name__ == "__main__":
    main()
