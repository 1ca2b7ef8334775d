"""A node parser of LlamaIndex that keeps the headings. Needs llama-index-core.

>>> from gongwen.llamaindex import GongwenNodeParser                                     # doctest: +NEEDS(llama_index)
>>> from llama_index.core import Document                                                # doctest: +NEEDS(llama_index)
>>> nodes = GongwenNodeParser(max_chars=80).get_nodes_from_documents([Document(text=gongwen.sample().text)])   # doctest: +NEEDS(llama_index)
>>> nodes[1].metadata["headings"]                                                        # doctest: +NEEDS(llama_index)
'主要举措和成效 › 加强组织领导'
"""

from __future__ import annotations

from typing import Any, List, Sequence

from llama_index.core.node_parser import NodeParser
from llama_index.core.node_parser.node_utils import build_nodes_from_splits
from llama_index.core.schema import BaseNode, MetadataMode

from ._api import parse

__all__ = ["GongwenNodeParser"]


class GongwenNodeParser(NodeParser):
    """Makes nodes of reports and plans by `gongwen.Document.chunks`, with headings, places and section in the metadata."""

    max_chars: int = 500
    """The size that a node keeps below, in characters."""
    overlap: int = 0
    """How much of the node before is said again, in whole sentences."""
    unit: str = "section"
    """The largest thing that one node holds."""

    @classmethod
    def class_name(cls) -> str:
        """The name that LlamaIndex stores."""
        return "GongwenNodeParser"

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> List[BaseNode]:
        out: List[BaseNode] = []
        for node in nodes:
            title = node.metadata.get("title")
            doc = parse(node.get_content(metadata_mode=MetadataMode.NONE), title=title if isinstance(title, str) else None)
            chunks = doc.chunks(self.max_chars, overlap=self.overlap, unit=self.unit)  # type: ignore[arg-type]
            made = build_nodes_from_splits([chunk.text for chunk in chunks], node, id_func=self.id_func)
            for one, chunk in zip(made, chunks):
                own = {key: value for key, value in chunk.metadata().items() if value is not None}
                one.metadata = {**own, **node.metadata}
                one.start_char_idx, one.end_char_idx = chunk.span.start, chunk.span.stop
            out += made
        return out
