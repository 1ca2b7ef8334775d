"""A text splitter of LangChain that keeps the headings. Needs langchain-text-splitters.

>>> from gongwen.langchain import GongwenSplitter                                    # doctest: +NEEDS(langchain_text_splitters)
>>> found = GongwenSplitter(max_chars=80).create_documents([gongwen.sample().text])   # doctest: +NEEDS(langchain_text_splitters)
>>> found[1].metadata["headings"]                                                    # doctest: +NEEDS(langchain_text_splitters)
'主要举措和成效 › 加强组织领导'
"""

from __future__ import annotations

from typing import Any, Iterable, List, Literal, Optional

from langchain_core.documents import Document
from langchain_text_splitters import TextSplitter

from ._api import parse
from ._core import Chunk

__all__ = ["GongwenSplitter"]


class GongwenSplitter(TextSplitter):
    """Splits reports and plans by `gongwen.Document.chunks`.

    :param max_chars: the size that a chunk keeps below, in what `length_function` counts.
    :param context: whether a chunk begins with the document's title and the headings above it.
    """

    def __init__(
        self, max_chars: int = 500, *, overlap: int = 0, unit: Literal["section", "paragraph", "sentence"] = "section",
        context: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(chunk_size=max_chars, chunk_overlap=min(overlap, max_chars), **kwargs)
        self._unit = unit
        self._context = context

    def _chunks(self, text: str, title: Optional[str] = None) -> List[Chunk]:
        length = None if self._length_function is len else self._length_function
        doc = parse(text, title=title)
        return doc.chunks(self._chunk_size, overlap=self._chunk_overlap, unit=self._unit, length=length)

    def split_text(self, text: str) -> List[str]:
        """The texts of the chunks."""
        return [chunk.context if self._context else chunk.text for chunk in self._chunks(text)]

    def create_documents(self, texts: List[str], metadatas: Optional[List[dict[Any, Any]]] = None) -> List[Document]:
        """The chunks with their headings, places and section in the metadata."""
        out: List[Document] = []
        for number, text in enumerate(texts):
            given = dict(metadatas[number]) if metadatas else {}
            title = given.get("title")
            for chunk in self._chunks(text, title if isinstance(title, str) else None):
                own = {key: value for key, value in chunk.metadata().items() if value is not None}
                if self._add_start_index:
                    own["start_index"] = chunk.span.start
                out.append(Document(page_content=chunk.context if self._context else chunk.text, metadata={**own, **given}))
        return out

    def split_documents(self, documents: Iterable[Document]) -> List[Document]:
        """The chunks of documents, with the documents' own metadata."""
        texts, metadatas = [], []
        for document in documents:
            texts.append(document.page_content)
            metadatas.append(document.metadata)
        return self.create_documents(texts, metadatas)
