"""The pieces of a sentence that hold one figure each: what stands in a piece belongs to it."""

from collections.abc import Sequence

from assistant.claim_words import role_patterns
from assistant.sentences import Span, clauses
from kb.languages import Language
from kb.quantities import Quantity


def segments(
    text: str, sentence: Span, language: Language, quantities: Sequence[Quantity]
) -> list[Span]:
    """`sentence` cut at those commas and conjunctions that part one figure from the next.

    A piece without a figure stays with the one before it; dates and years part nothing.
    """
    figures = [q for q in quantities if sentence.start <= q.start < sentence.end and q.iso is None]
    edges = [sentence.start]
    for place in _places(text, sentence, language) if len(figures) > 1 else ():
        held = any(edges[-1] <= q.start < place for q in figures)
        follows = any(place <= q.start for q in figures)
        inside = any(q.start < place < q.end for q in figures)
        if held and follows and not inside:
            edges.append(place)
    pieces: list[Span] = []
    for start, stop in zip(edges, [*edges[1:], sentence.end], strict=True):
        if pieces and not any(start <= q.start < stop for q in figures):
            pieces[-1] = Span(pieces[-1].start, stop)
        else:
            pieces.append(Span(start, stop))
    return pieces


def _places(text: str, sentence: Span, language: Language) -> list[int]:
    places = {clause.start for clause in clauses(text, sentence, language)}
    for pattern in role_patterns(language)["conjunction"].values():
        places |= {m.start() for m in pattern.finditer(text, sentence.start, sentence.end)}
    return sorted(places)
