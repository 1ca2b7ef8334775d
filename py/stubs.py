"""Writes the docstrings of the built module into its stub, where editors look for them.

    python py/stubs.py            writes python/gongwen/_core.pyi
    python py/stubs.py --check    exits 1 when the stub is not what would be written

Signatures are written in the stub by hand and checked by stubtest; the words are the Rust source's.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import sys
from pathlib import Path
from typing import Any, List, Optional, Tuple

from gongwen import _core

STUB = Path(__file__).resolve().parent / "python" / "gongwen" / "_core.pyi"


def documented(source: str) -> str:
    """The stub with the docstring of everything that has one."""
    edits: List[Tuple[int, int, int, int, str]] = []
    for node in ast.parse(source).body:
        thing = getattr(_core, getattr(node, "name", ""), None)
        if isinstance(node, ast.FunctionDef):
            edits += edit(node, thing)
        elif isinstance(node, ast.ClassDef):
            edits += edit(node, thing)
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("__"):
                    own = vars(thing).get(inner.name)
                    edits += edit(inner, own.__func__ if isinstance(own, staticmethod) else own)
    lines = source.split("\n")
    for line, column, end_line, end_column, text in sorted(edits, reverse=True):
        lines[line : end_line + 1] = (lines[line][:column] + text + lines[end_line][end_column:]).split("\n")
    return "\n".join(lines)


def edit(node: Any, thing: Any) -> List[Tuple[int, int, int, int, str]]:
    """What stands in the place of a body: the docstring, and of a function nothing else."""
    doc = inspect.getdoc(thing)
    if not doc or any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list):
        return []
    indent = " " * (node.col_offset + 4)
    inner = "\n".join(indent + line if line else "" for line in doc.replace("\\", "\\\\").split("\n"))
    text = f'"""{inner.lstrip()}\n{indent}"""' if "\n" in doc else f'"""{inner.lstrip()}"""'
    first = node.body[0]
    old: Optional[str] = ast.get_docstring(node, clean=False)
    if old is not None:
        return [(first.lineno - 1, first.col_offset, first.end_lineno - 1, first.end_col_offset, text)]
    # encoded columns of the tree are bytes; a stub's signatures are ASCII
    if isinstance(node, ast.ClassDef):
        above = node.body[0]
        line = min([above.lineno, *(d.lineno for d in getattr(above, "decorator_list", []))]) - 1
        return [(line, 0, line, 0, f"{indent}{text}\n")]
    return [(first.lineno - 1, first.col_offset - 1, first.end_lineno - 1, first.end_col_offset, f"\n{indent}{text}")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 when the stub is not in step")
    args = parser.parse_args()
    source = STUB.read_text(encoding="utf-8")
    wanted = documented(source)
    if wanted != source and args.check:
        print("py/python/gongwen/_core.pyi lacks the words of the built module: python py/stubs.py")
        return 1
    STUB.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
