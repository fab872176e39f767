"""Corrigenda: each line that names a paragraph opens what is to stand there instead."""

from collections.abc import Sequence

from ingestion.assembly import Assembly
from ingestion.divisions import corrected_label
from ingestion.enumerators import read_degree, read_number
from ingestion.pieces import Piece
from kb.references import find_symbols, is_corrigendum


def read_corrigendum(assembly: Assembly, pieces: Sequence[Piece]) -> None:
    """Add the corrections, each under the label of the paragraph that it corrects.

    A replacement that repeats the paragraph's own number loses it, as paragraphs do.
    """
    for piece in pieces:
        named = corrected_label(piece)
        if named is not None:
            assembly.open_paragraph(named[0], "paragraph", named[1])
            continue
        draft = assembly.draft
        if draft is None or not piece.text:
            continue
        number = read_number(piece.text)
        if number is not None and number.label == draft.label:
            draft.restart(number.rest)
        else:
            draft.add_line(piece.text, read_degree(piece.text))


def corrigendum_front(pieces: Sequence[Piece]) -> tuple[Piece, ...] | None:
    """The masthead of a corrigendum, all before its first correction; None for other documents."""
    first = next((i for i, piece in enumerate(pieces) if corrected_label(piece)), None)
    front = tuple(pieces[:first]) if first is not None else ()
    lines = (line for piece in front for line in piece.text.split("\n"))
    symbols = (symbol for line in lines for symbol in find_symbols(line))
    return front if any(is_corrigendum(symbol) for symbol in symbols) else None
