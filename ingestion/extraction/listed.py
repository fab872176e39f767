"""Figures that are told of several at once: after a colon, with "and", with "respectively"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ingestion.extraction.excerpts import MOST_OF_NAME, excerpt, name_of
from ingestion.extraction.proposals import Proposal, span_of
from ingestion.extraction.reading import Sentence
from kb.quantities import Quantity
from kb.sentences import Span
from kb.terms import Mention

_MOST_LEADING: Final = 10  # words of what announces a list
_BESIDE: Final = 8  # between names of one list: ", and the "
_COLON: Final = re.compile(r"[:：]\s*$")
_FEWEST: Final = 2
_AND: Final = re.compile(r"\s?(?:года?)?,?\s?(?:and|et|y|и|و|和)\s?(?:\w{2,3}\s)?", re.IGNORECASE)
_IN: Final = re.compile(r"\s(?:in|for|en|pour|para|в|на|في|عام|في عام|لعام)\s", re.IGNORECASE)
_NEAR_NAME: Final = 14
_JOINED: Final = re.compile(
    r"(?:[,،、，;；]\s?|\s|^)(?:and|et|y|e|и|а|و|和)?\s?(?:the|le|la|les|l['’]|el|los|las)?\s?$"
)
_JOINS: Final = re.compile(r"[,،、，;；:]|\s(?:and|et|y|и)\s|\sو|[和及]|\d")


def announced(sentence: Sentence, name: str) -> str | None:
    """`name` of a list's item behind the words that announce the list; None where none do."""
    text = sentence.passage.text
    leads = [one.span for one in sentence.passage.sentences if one.span.end <= sentence.span.start]
    within = text[: sentence.span.start]
    colon = max(within.rfind(":"), within.rfind("："))
    if colon < 0:
        return None
    lead = next((span for span in reversed(leads) if span.start <= colon < span.end), None)
    if lead is None:
        return None
    head = Span(lead.start, colon)
    told = excerpt(text, head, Span(colon, colon), _MOST_LEADING)
    return name_of(f"{told}: {name.partition(':')[2]}") if told else None


def shares_of_each(sentence: Sentence) -> Iterator[Proposal]:
    """The sums that as many countries or organizations have "respectively", each with its own."""
    monies = [one for one in sentence.amounts if one.kind == "money"]
    if len(monies) < _FEWEST or len(monies) != len(sentence.amounts):
        return
    names = _chain([m for m in sentence.mentions if m.end <= monies[0].start])
    if len(names) != len(monies):
        return
    first = Span(names[0].start, names[0].end)
    measure = name_of(excerpt(sentence.passage.text, sentence.span, first, MOST_OF_NAME))
    if measure is not None:
        for actor, amount in zip(names, monies, strict=True):
            yield _share(sentence, actor, amount, measure)


def _chain(named: Sequence[Mention]) -> list[Mention]:
    """The last list of names among `named`."""
    found: list[Mention] = []
    actors = [m for m in named if m.kind in ("party", "organization")]
    for one, other in pairwise((None, *actors)):
        if one is not None and other is not None and other.start - one.end > _BESIDE:
            found = []
        if other is not None:
            found.append(other)
    return found


def _share(sentence: Sentence, actor: Mention, amount: Quantity, measure: str) -> Proposal:
    fields = {
        "subject": actor.concept_id,
        "measure": measure,
        "value": amount.value,
        "unit": amount.unit,
        "qualifier": amount.qualifier,
    }
    return Proposal("observations", fields, sentence.passage, span_of(amount), sentence.span)


def own_name(sentence: Sentence, amount: Quantity) -> str | None:
    """The name that a further figure has of its own: "Mali 3 million and Niger 5 million"."""
    place = sentence.amounts.index(amount)
    text = sentence.passage.text
    if place:
        earlier = sentence.amounts[place - 1].end
        for name in sentence.mentions:
            if earlier <= name.start and name.end <= amount.start and name.kind == "party":
                joined = _JOINED.search(text[earlier : name.start])
                gap = text[name.end : amount.start]
                if joined and len(gap) <= _NEAR_NAME and not _JOINS.search(gap):
                    return name.concept_id
    return None


def carried_on(sentence: Sentence, amount: Quantity) -> str:
    """ "Not more than $11 million in 2036 and $12 million in 2037": the bound is of both."""
    place = sentence.amounts.index(amount)
    if not place or sentence.amounts[place - 1].kind != amount.kind:
        return "exact"
    one = sentence.amounts[place - 1]
    dates = [d for d in sentence.dates if one.end <= d.start and d.end <= amount.start]
    text = sentence.passage.text
    start = dates[-1].end if dates else amount.start
    joined = dates and _AND.fullmatch(text[start : amount.start])
    near = dates and _IN.fullmatch(text[one.end : dates[0].start])
    return one.qualifier if joined and near and len(dates) == 1 else "exact"
