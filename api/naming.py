"""Which document a person means, and which ones are near when there is none."""

import difflib
from collections.abc import Iterable
from typing import Final

from kb.errors import NotFound
from kb.references import find_symbols
from kb.views import DocumentSummary

_NEAR: Final = 3  # names that an error suggests
_LIKENESS: Final = 0.5  # difflib ratio, in [0, 1]


def find_document(name: str, held: Iterable[DocumentSummary]) -> DocumentSummary:
    """The document whose id or symbol is `name`, however it is spaced, cased or escaped.

    Raises NotFound with the nearest names.
    """
    documents = list(held)
    wanted = {_plain(name), *(_plain(symbol) for symbol in find_symbols(name))}
    for document in documents:
        if wanted & {_plain(own) for own in _names(document)}:
            return document
    raise NotFound(f'no document "{name}"{_near(name, documents)}')


def _names(document: DocumentSummary) -> tuple[str, ...]:
    return (document.document_id, *document.symbols)


def _plain(name: str) -> str:
    return "".join(name.replace("\\", "").casefold().split())


def _near(name: str, documents: Iterable[DocumentSummary]) -> str:
    names = {_plain(own): own for document in documents for own in _names(document)}
    close = difflib.get_close_matches(_plain(name), names, n=_NEAR, cutoff=_LIKENESS)
    if not close:
        close = [key for key in names if _plain(name) in key][:_NEAR]
    if not close:
        return ""
    return ": did you mean " + " or ".join(f'"{names[key]}"' for key in close) + "?"
