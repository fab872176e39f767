"""A query as the indexes are asked it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.analysis import query_tokens
from kb.embedding import Vectors
from kb.indexes import Indexes
from kb.languages import Language, detect_language


@dataclass(frozen=True, slots=True)
class Asked:
    """The text of a query, its language if it is told, its weighted tokens and its vector."""

    text: str
    language: Language | None
    tokens: Mapping[str, float]
    vector: Vectors

    @classmethod
    def of(cls, indexes: Indexes, text: str, reader: Language | None) -> "Asked":
        """In the language that `text` shows, else in the reader's."""
        language = detect_language(text) or reader
        tokens = query_tokens(text, language, indexes.maker.concepts)
        return cls(text, language, tokens, indexes.maker.embedder.embed_queries([text])[0])
