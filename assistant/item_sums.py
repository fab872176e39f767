"""Figures of the items of one list, added or taken from each other: "(b) 380 million for staff"."""

from collections.abc import Sequence

from assistant.content_words import content_words
from assistant.drafts import cited
from assistant.enumerations import listed_items
from assistant.evidence import Source
from assistant.figure_claims import FigureClaim, FigureTerm
from assistant.question import Question
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.sentences import Span


def item_figures(source: Source) -> tuple[tuple[Span, Quantity], ...]:
    """The items that have just one figure, which is exact, with it."""
    passage = source.passage
    quantities = [
        q for q in find_quantities(passage.text, passage.language) if q.kind not in TIME_KINDS
    ]
    found = []
    for item in listed_items(passage.text):
        inside = [q for q in quantities if item.start <= q.start and q.end <= item.end]
        if len(inside) == 1 and inside[0].qualifier == "exact":
            found.append((item, inside[0]))
    return tuple(found)


def sum_of_items(question: Question, source: Source) -> FigureClaim | None:
    """The sum of those items of which the question says every word; None unless two or more."""
    passage = source.passage
    if not question.adds or passage.language != question.language:
        return None
    asked = {w.stem for w in content_words(question.text, question.language)}
    terms = []
    for item, quantity in item_figures(source):
        rest = passage.text[item.start : quantity.start] + passage.text[quantity.end : item.end]
        words = {w.stem for w in content_words(rest, passage.language)}
        if words and words <= asked:
            citation = cited(source, item)
            terms.append(FigureTerm(citation, quantity.value, quantity.unit, quantity.start))
    return FigureClaim(tuple(terms), "sum") if len(terms) > 1 else None


def are_items(claim: FigureClaim, sources: Sequence[Source | None]) -> bool:
    """Whether every term is the one figure of another item of the same list, cited whole."""
    keys = {source.key if source else None for source in sources}
    first = sources[0]
    if claim.heading or claim.operation != "sum" or len(keys) != 1 or first is None:
        return False
    known = {(item.start, item.end, q.start) for item, q in item_figures(first)}
    places = {(t.citation.start, t.citation.end, t.start) for t in claim.terms}
    return places <= known and len(places) == len(claim.terms)
