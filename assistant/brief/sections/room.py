"""How much of a note each section may take."""

from typing import Final

from assistant.brief.dossier import Dossier

_WHOLE: Final = 0.6
"""The share that a section keeps in a note on a whole document, in which every section is full: the
note is to be read in the minutes before a meeting."""


def room(dossier: Dossier, most: int) -> int:
    """How many rows or lines of the most there can be; the most relevant ones come first."""
    return max(1, round(most * _WHOLE)) if dossier.topic.is_document else most
