"""`read_archive`: the documents of a ZIP file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import gongwen
from gongwen._archive import _name

REPORT = "松石县2023年工作总结\n一、总体情况\n全年办件9件。"


def packed(files: "dict[str, bytes]") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_each_file_is_a_document(tmp_path: Path) -> None:
    data = packed({
        "报告/": b"", "报告/总结.txt": REPORT.encode(), "__MACOSX/._总结.txt": b"x", ".DS_Store": b"x",
        "报告/坏.docx": b"PK\x03\x04", "页.html": f"<p>{REPORT}</p>".encode("gbk"),
    })  # fmt: skip
    path = tmp_path / "reports.zip"
    path.write_bytes(data)
    for source in (data, path, str(path), memoryview(data)):
        found = list(gongwen.read_archive(source))
        assert [name for name, _ in found] == ["报告/总结.txt", "报告/坏.docx", "页.html"]
        first, broken, page = (doc for _, doc in found)
        assert isinstance(first, gongwen.Document) and first.name == "报告/总结.txt" and first.metrics[0].value == 9
        assert isinstance(broken, gongwen.Error) and broken.file == "报告/坏.docx"
        assert isinstance(page, gongwen.Document) and page.format == "html"


def test_names_in_gbk() -> None:
    # Without the flag for UTF-8 a name is in the code page of the system that packed it, which zipfile takes for cp437.
    info = zipfile.ZipInfo("松石县.txt".encode("gbk").decode("cp437"))
    assert _name(info) == "松石县.txt"
    info.flag_bits = 0x800
    info.filename = "松石县.txt"
    assert _name(info) == "松石县.txt"


def test_limits() -> None:
    data = packed({"a.txt": b" " * 4000, "b.txt": b" " * 4000, "c.txt": b"x"})
    found = list(gongwen.read_archive(data, unpacked=5000))
    assert [name for name, _ in found] == ["a.txt", "b.txt"]
    assert isinstance(found[1][1], gongwen.Error) and "unpacked" in str(found[1][1])
    with pytest.raises(gongwen.Error, match="entries"):
        list(gongwen.read_archive(data, entries=2))
    with pytest.raises(gongwen.Error, match="ZIP"):
        gongwen.read_archive(b"PK and no archive")
    with pytest.raises(gongwen.Error):
        gongwen.read_archive("missing.zip")
