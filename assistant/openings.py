"""How a document begins: what all of it is about, which its paragraphs seldom say again."""

from typing import Final

from assistant.knowledge import Knowledge
from kb.errors import NotFound
from kb.passages import Passage

_BEGINNINGS: Final = ("summary", "1")
_LENGTH: Final = 500  # characters of the first passage


def opening_of(kb: Knowledge, passage: Passage) -> str:
    """The title of the text that holds `passage`, then its summary, else its first paragraph,
    unless that is the passage itself."""
    edition = passage.language, passage.edition, passage.version
    titles = (
        info.title or ""
        for info in kb.editions(passage.document_id)
        if (info.language, info.kind, info.version) == edition
    )
    return "\n".join((*titles, _first(kb, passage)))


def _first(kb: Knowledge, passage: Passage) -> str:
    for label in _BEGINNINGS:
        try:
            first = kb.passage(
                passage.document_id, label, language=passage.language, edition=passage.edition
            )
        except NotFound:
            continue
        if first.language == passage.language:  # the language is only a wish
            return "" if label == passage.label else first.text[:_LENGTH]
    return ""
