"""Corrigenda: each line that names a paragraph opens what is to stand there instead."""

from collections.abc import Sequence

from ingestion.assembly import Assembly
from ingestion.divisions import corrected_label
from ingestion.enumerators import read_degree, read_number
from ingestion.pieces import Piece


def read_corrigendum(assembly: Assembly, pieces: Sequence[Piece]) -> None:
    """Add the corrections, each under the label of the paragraph that it corrects.

    A replacement that repeats the paragraph's own number loses it, as paragraphs do.
    """
    for piece in pieces:
        label = corrected_label(piece)
        if label is not None:
            assembly.open_paragraph(label, "paragraph", "")
            continue
        draft = assembly.draft
        if draft is None or not piece.text:
            continue
        number = read_number(piece.text)
        if number is not None and number.label == draft.label:
            draft.restart(number.rest)
        else:
            draft.add_line(piece.text, read_degree(piece.text))
