"""Archives of documents: a ZIP file is as many documents as it has files that are read."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from typing import Any, Iterator, Tuple, Union

from ._api import read
from ._core import Document
from ._text import Error

Archive = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview]
"""What `read_archive` takes: a path, or the archive's bytes."""


def read_archive(
    source: Archive, *, unpacked: int = 256 << 20, entries: int = 10_000, **options: Any
) -> Iterator[Tuple[str, Union[Document, Error]]]:
    """Reads the documents of a ZIP archive, one after the other, each with its name in the archive.

    A file that cannot be read comes as the `gongwen.Error` that says why; the others follow. Folders, and what systems
    put beside files (``__MACOSX``, ``.DS_Store``), are left out, and an archive in an archive is not opened.

    :param unpacked: how many bytes all files together may unpack to.
    :param entries: how many entries the archive may have.

    The other options are those of `read`. An archive that is broken or has too many entries raises `gongwen.Error`.

    >>> import io, zipfile
    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("松石县/总结.txt", "一、总体情况\\n全年办件9件。")
    >>> for name, doc in gongwen.read_archive(packed.getvalue()):
    ...     print(name, len(doc.metrics))
    松石县/总结.txt 1
    """
    named = os.fspath(source) if isinstance(source, (str, os.PathLike)) else None
    try:
        archive = zipfile.ZipFile(named if named is not None else io.BytesIO(source))  # type: ignore[arg-type]
    except OSError as error:
        raise Error(error.strerror or str(error), named) from error
    except zipfile.BadZipFile as error:
        raise Error("not a readable ZIP archive; if it is one document, read() reads it", named) from error
    return _documents(archive, named, unpacked, entries, options)


def _documents(
    archive: zipfile.ZipFile, named: Union[str, None], room: int, entries: int, options: Any
) -> Iterator[Tuple[str, Union[Document, Error]]]:
    with archive:
        files = archive.infolist()
        if len(files) > entries:
            raise Error(f"the archive has {len(files)} entries, more than entries={entries} allows", named)
        for info in files:
            name = _name(info).replace("\\", "/")
            last = name.rsplit("/", 1)[-1]
            if not last or last.startswith(".") or name.startswith("__MACOSX/") or last.lower() == "thumbs.db":
                continue
            try:
                with archive.open(info) as file:
                    # What the archive says of a size may be a lie.
                    data = file.read(room + 1)
            except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
                yield name, Error(f"cannot be unpacked: {error}", name)
                continue
            if len(data) > room:
                yield name, Error("the archive unpacks to more than unpacked= allows", name)
                return
            room -= len(data)
            try:
                yield name, read(data, name=name, **options)
            except Error as error:
                yield name, error


def _name(info: zipfile.ZipInfo) -> str:
    """The entry's name; Chinese systems write GBK where the standard has cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename
