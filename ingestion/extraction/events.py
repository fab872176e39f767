"""Dated events of running text."""

from collections.abc import Collection, Iterator

from ingestion.extraction.proposals import Proposal, about, span_of
from ingestion.extraction.reading import Sentence
from kb.quantities import Quantity
from kb.sentences import word_count

_FEWEST_WORDS = 4
_ENOUGH_WORDS = 7  # with fewer, who or what it happened to is in the clause before


def events(sentence: Sentence, told: Collection[int]) -> Iterator[Proposal]:
    """A proposal for each date that no figure holds (`told` are the starts of those).

    A day or a month is an event's; a bare year, which may as well be a plan's name or a yardstick,
    only with a word for something that happens.
    """
    if word_count(sentence.text) < _FEWEST_WORDS:
        return
    for date in sentence.dates:
        if date.start in told or not _happens(sentence, date):
            continue
        name = about(sentence, span_of(date), _ENOUGH_WORDS)
        if name is None:
            continue
        first, _, last = (date.iso or "").partition("/")
        fields = {"name": name, "start": first, "end": last or None}
        yield Proposal("events", fields, sentence.passage, span_of(date), sentence.span)


def _happens(sentence: Sentence, date: Quantity) -> bool:
    if "-" in (date.iso or "").split("/")[0]:
        return True
    clause = sentence.clause_at(date.start)
    return any(
        c.role in ("event", "give") or (c.role == "stage" and c.id != "needed")
        for c in sentence.cues
        if clause.start <= c.start < clause.end
    )
