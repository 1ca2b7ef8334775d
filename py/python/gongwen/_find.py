"""The files of a folder that can be read, and those that were passed over."""

from __future__ import annotations

import fnmatch
import os
import stat
from collections import Counter
from pathlib import Path
from typing import Dict, List, NamedTuple, Sequence, Union

from ._text import printable

#: Files that are taken from a folder.
READABLE = (
    ".txt", ".text", ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".docx", ".doc", ".wps", ".rtf", ".pdf", ".ofd",
    ".xlsx", ".xls", ".et",
)  # fmt: skip


def is_file(path: str) -> bool:
    """Whether it is a file, or cannot be looked at, which will be said when it is read. A pipe would be waited for
    without end."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True


class Found(NamedTuple):
    """What `find` found.

    >>> found = gongwen.Found([pathlib.Path("a.txt")], {".png": 2})
    >>> found.report()
    'passed over 2 files: 2 .png'
    """

    files: List[Path]
    """The files to read, folder by folder in order of their names."""
    skipped: Dict[str, int]
    """How many files were passed over, by suffix; the most frequent first."""

    def report(self) -> str:
        """What was passed over, in one sentence; empty when nothing was.

        >>> gongwen.find("examples").report()   # doctest: +SKIP
        'passed over 4 files: 2 .md, 1 .ipynb, 1 .rs'
        """
        if not self.skipped:
            return ""
        count = sum(self.skipped.values())
        parts = ", ".join(f"{number:,} {printable(suffix)}" for suffix, number in self.skipped.items())
        return f"passed over {count:,} {'file' if count == 1 else 'files'}: {parts}"


def find(folder: Union[str, "os.PathLike[str]"], include: Sequence[str] = ()) -> Found:
    """The files in a folder and the folders inside, and how many were passed over.

    :param include: patterns like ``"*.md"`` or ``"reports/*"`` of what to take; by default text, web pages, Word and WPS files, PDF, OFD and spreadsheets.
        Hidden files and Word's own copies (``~$…``) are always passed over, and so are pipes and devices.

    >>> found = gongwen.find("examples/reports", include=["*-2023.txt"])   # doctest: +SKIP
    >>> len(found.files)                                                     # doctest: +SKIP
    1
    >>> corpus = gongwen.parse_many(found, errors="collect")                 # doctest: +SKIP
    """
    folder = os.fspath(folder)
    if not os.path.exists(folder):
        raise FileNotFoundError(2, "there is no such folder", folder)
    if not os.path.isdir(folder):
        raise NotADirectoryError(20, "is no folder; read() takes a file", folder)
    patterns = [include] if isinstance(include, str) else list(include)
    files: List[Path] = []
    skipped: "Counter[str]" = Counter()
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(at, name)
            inside = os.path.relpath(path, folder).replace(os.sep, "/")
            if name.startswith((".", "~$")):
                skipped["hidden"] += 1
            elif not is_file(path):
                skipped["pipe or device"] += 1
            elif any(fnmatch.fnmatch(name, p) or fnmatch.fnmatch(inside, p) for p in patterns) if patterns else (
                name.lower().endswith(READABLE)
            ):
                files.append(Path(path))
            else:
                skipped[os.path.splitext(name)[1].lower() or "without a suffix"] += 1
    return Found(files, dict(skipped.most_common()))
