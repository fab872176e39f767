"""What a question takes for granted that may be otherwise: a date, a Party or body, a figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.places import masked
from assistant.question import Question
from assistant.question_words import Kind
from kb.quantities import TIME_KINDS, Quantity, find_quantities

_CLAIMING: Final = frozenset[Kind](("why_how", "yes_no"))
_ACTORS: Final = ("party", "organization")


@dataclass(frozen=True, slots=True)
class Claimed:
    """One thing that a question says: a concept that acts, or a quantity; `rest` is the text of
    the question without it, `topic` that without any name but those of terms."""

    rest: str
    topic: str
    concept: str | None = None
    quantity: Quantity | None = None

    def is_item(self, key: str) -> bool:
        """Whether `key` is that of the claim among what the question speaks of."""
        if self.quantity is None:
            return key == self.concept
        return key == (self.quantity.iso or str(self.quantity.value.normalize()))[:4]


def is_claiming(question: Question) -> bool:
    """Whether the question says something itself: it asks why it is so, or whether."""
    return question.kind in _CLAIMING


def claims_of(question: Question) -> Iterator[Claimed]:
    """The dates and the actors that the question names, dates first."""
    text = question.text
    named = [(m.start, m.end) for m in question.names if m.kind != "term"]
    for quantity in find_quantities(text, question.language):
        if quantity.kind in TIME_KINDS and quantity.iso and not quantity.iso.startswith("-"):
            if any(m.start <= quantity.start < m.end for m in question.names):
                continue
            place = (quantity.start, quantity.end)
            topic = masked(text, [*named, place])
            yield Claimed(masked(text, [place]), topic, quantity=quantity)
    topic = masked(text, named)
    for mention in question.names:
        if mention.kind in _ACTORS:
            rest = masked(text, [(mention.start, mention.end)])
            yield Claimed(rest, topic, concept=mention.concept_id)
