"""Blocks to a parsed document: headings, numbered paragraphs, footnotes, tables, annexes.

The order of work: page furniture off, lines into pieces, footnote bodies out, front apart from
body; then, for the body and for each annex, the numbering is chosen as a whole and the pieces are
assembled under it.
"""

from collections import Counter
from collections.abc import Sequence

from ingestion.assembly import Assembly
from ingestion.blocks import Source
from ingestion.corrigendum import corrigendum_front, read_corrigendum
from ingestion.divisions import split_divisions
from ingestion.footnotes import continues, take_out_bodies
from ingestion.front import split_front
from ingestion.furniture import running_symbols, without_furniture
from ingestion.masthead import read_masthead
from ingestion.parts import PartReader
from ingestion.pieces import Piece, pieces_of
from kb.documents import ParsedDocument, PassageKind
from kb.languages import Language, detect_language

_SAMPLE = 20_000  # characters that tell the language


def parse(source: Source, language: Language | None = None) -> ParsedDocument:
    """The document that the blocks of `source` hold. `language` overrides the detected one."""
    pieces = pieces_of(without_furniture(source.blocks))
    running, bodies, readings = take_out_bodies(pieces)
    front = split_front(running)
    corrections = corrigendum_front(running)
    masthead = read_masthead(
        front.masthead if corrections is None else corrections,
        language=language or _language(running),
        running_symbols=running_symbols(source.blocks),
        format_title=source.title,
    )
    assembly = Assembly(known_footnotes={body.number for body in bodies})
    for printed, amended, number in readings:
        assembly.amend("reading", f"fn {number}", printed, amended)
    _add_front(assembly, "summary", front.summary)
    _add_front(assembly, "preamble", front.preamble)
    if corrections is not None:
        read_corrigendum(assembly, running[len(corrections) :])
        return assembly.finished(masthead, bodies)
    for division in split_divisions(front.body):
        assembly.draft = None
        PartReader(assembly, division, front.contents).read()
    return assembly.finished(masthead, bodies)


def _language(pieces: Sequence[Piece]) -> Language:
    """The language of most of the text; one piece in another one does not count for all."""
    spoken: Counter[Language] = Counter()
    read = 0
    for piece in pieces:
        if piece.kind in ("text", "heading") and read < _SAMPLE:
            read += len(piece.text)
            language = detect_language(piece.text)
            if language:
                spoken[language] += len(piece.text) * (3 if language == "zh" else 1)
    return spoken.most_common(1)[0][0] if spoken else "en"


def _add_front(assembly: Assembly, label: PassageKind, pieces: Sequence[Piece]) -> None:
    if not pieces:
        return
    assembly.open_paragraph(label, label, "")
    draft = assembly.draft
    assert draft is not None  # noqa: S101
    for piece in pieces:
        if draft.text and continues(draft.text, piece) and label == "summary":
            draft.run_on(piece.text, cut=piece.cut)
        else:
            draft.add_line(piece.text)
    assembly.draft = None
