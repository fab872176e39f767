"""Whether a rendering shows what its document holds."""

import re

import pytest

from .from_text import OriginalsMissing, founding_document
from .model import Heading, Para, RenderedDocument, spans


def founding(name: str) -> RenderedDocument:
    """The founding document `name`; the test is skipped where its text is not at hand."""
    try:
        return founding_document(name)
    except OriginalsMissing as missing:
        pytest.skip(str(missing))


def squeezed(text: str) -> str:
    """`text` without white space, which a PDF does not keep."""
    return re.sub(r"\s", "", text)


def openings(document: RenderedDocument) -> list[str]:
    """The first characters of every heading, paragraph and part, with its number, in order."""
    found: list[str] = []
    for item in document.flow:
        if isinstance(item, Heading):
            found.append(f"{item.number or ''}{item.text}")
        elif isinstance(item, Para):
            found.append(f"{item.number or ''}{spans(item.text)[0].text}")
            found += [f"{part.mark}{spans(part.text)[0].text}" for part in item.subparagraphs]
    return [squeezed(text)[:10] for text in found]


def in_order(parts: list[str], text: str) -> list[str]:
    """Those of `parts` that are not found in `text` after the one before them."""
    missing, at = [], 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            missing.append(part)
        else:
            at = found + 1
    return missing
