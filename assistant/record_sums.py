"""What several who are named give together, where two give as much: each pledge, and their sum."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from assistant.claim_words import places_of
from assistant.drafts import Message
from assistant.question import Question
from assistant.record_claims import RecordClaim
from assistant.record_index import Match
from assistant.record_together import Together, asks_one_number
from kb.languages import Language
from kb.records.amounts import amount_in_words
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.records.values import Qualifier

_FEWEST, _MOST = 2, 5  # givers that are added up
_COMMA: Final = re.compile(r"[,،，、;；+]")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_GIVERS: Final = frozenset(("party", "organization", "initiative"))


def added(question: Question, matches: Sequence[Match]) -> Together | None:
    """The money of everybody named who gives some, with its sum, where two give as much: else it is
    said in one line. None where somebody named gives two amounts that fit as well."""
    commanded = question.kinds == ("about",)  # "Add the pledges of …"
    if not question.adds or question.weighs or not (asks_one_number(question) or commanded):
        return None
    named = dict.fromkeys(m.concept_id for m in question.names if m.kind in _GIVERS)
    each: dict[str, list[Match]] = {}
    for match in matches:
        giver = getattr(match.entry.one.statement, "provider", None)
        if match.entry.kind == "funding" and giver in named:
            each.setdefault(str(giver), []).append(match)
    best = {giver: _clear(each[giver]) for giver in named if giver in each}
    records = tuple(one for one in best.values() if one is not None)
    if _names_others(question, set(best)):
        return None
    if len(records) < len(best) or len({_amount(r) for r in records}) == len(records):
        return None
    if added_message(records, question.reader) is None:
        return None
    return Together(tuple(RecordClaim((one,)) for one in records), added=True)


def _names_others(question: Question, givers: set[str]) -> bool:
    """Whether somebody stands in the row of the givers of whom nothing is known: "Norway, the Lake
    Foundation and Kenya"."""
    text, language = question.text, question.language
    places = sorted((m.start, m.end) for m in question.names if m.concept_id in givers)
    for (_, end), (start, _) in pairwise(places):
        inner = _parted(text[end:start], language)[1:-1]
        if any(_WORD.search(part) for part in inner):
            return True
    return bool(places) and _begins_with_and(text[places[-1][1] :], language)


def _parted(between: str, language: Language) -> list[str]:
    """The text cut at commas and conjunctions."""
    cuts = sorted({*places_of(between, language, "conjunction"), *_commas(between)})
    edges = [0, *(at for cut in cuts for at in cut), len(between)]
    return [between[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a <= b]


def _commas(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _COMMA.finditer(text)]


def _begins_with_and(text: str, language: Language) -> bool:
    rest = text.lstrip(" ,،，、")
    if language == "ar":
        return rest.startswith("و")
    found = places_of(rest, language, "conjunction")
    return bool(found) and found[0][0] == 0


def _clear(some: Sequence[Match]) -> Record | None:
    """The one that shares most with the question; None where another shares as much."""
    ranked = sorted(some, key=lambda m: -m.coverage)
    if len(ranked) > 1 and ranked[1].coverage >= ranked[0].coverage:
        return None
    return ranked[0].entry.one


def added_message(records: Sequence[Record], language: Language) -> Message | None:
    """Such as "US$1 billion + US$1 billion = US$2 billion"; None where these are not amounts of
    several givers in one currency and stage."""
    if not _FEWEST <= len(records) <= _MOST or any(r.kind != "funding" for r in records):
        return None
    ones: list[Any] = [record.statement for record in records]
    shared = {(one.currency, one.stage, one.per) for one in ones}
    if len(shared) != 1 or len({one.provider for one in ones}) < len(ones):
        return None
    ids = {record.id for record in records}
    if any(one.part_of in ids for one in ones):
        return None
    qualifiers: set[Qualifier] = {one.qualifier for one in ones} - {"exact"}
    if len(qualifiers) > 1:
        return None
    said: Qualifier = qualifiers.pop() if qualifiers else "exact"
    names, currency = shipped_names(), ones[0].currency
    terms = (
        amount_in_words(one.amount, currency, language, names, qualifier=one.qualifier)
        for one in ones
    )
    whole = sum((one.amount for one in ones), Decimal(0))
    total = amount_in_words(whole, currency, language, names, qualifier=said)
    return Message("added_is", (("working", " + ".join(terms)), ("sum", total)))


def _amount(record: Record) -> Decimal:
    found: Decimal = getattr(record.statement, "amount", Decimal(0))
    return found
