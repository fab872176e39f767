"""What a question takes for granted that may be otherwise: a date, a Party or body, a count, a
session."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.places import masked
from assistant.question import Question
from assistant.question_words import Kind
from assistant.reading import ReadSentence
from kb.mentions import find_sessions
from kb.quantities import TIME_KINDS, Quantity, agrees, find_quantities

_CLAIMING: Final = frozenset[Kind](("why_how", "yes_no"))
_SMALL: Final = 2
_ACTORS: Final = ("party", "organization")


@dataclass(frozen=True, slots=True)
class Claimed:
    """One thing that a question says: a concept that acts, a quantity or a session.

    `rest` is the text of the question without it, `topic` that without any name but those of
    terms.
    """

    rest: str
    topic: str
    concept: str | None = None
    quantity: Quantity | None = None
    session: str | None = None

    def is_item(self, key: str) -> bool:
        """Whether `key` is that of the claim among what the question speaks of."""
        if self.quantity is None:
            return key in (self.concept, self.session)
        return key == (self.quantity.iso or str(self.quantity.value.normalize()))[:4]

    def is_said(self, sentence: ReadSentence) -> bool:
        """Whether the sentence names the actor, the session, the figure or the date."""
        if self.concept is not None:
            return self.concept in sentence.concepts
        if self.session is not None:
            return self.session in find_sessions(sentence.text)
        return self.quantity is not None and any(
            agrees(self.quantity, q) for q in sentence.quantities
        )


def is_claiming(question: Question) -> bool:
    """Whether the question says something itself: it asks why it is so, or whether."""
    return question.kind in _CLAIMING


def without(question: Question, claimed: Claimed) -> Question:
    """The question as if it did not say what is claimed."""
    if claimed.concept is not None:
        names = tuple(m for m in question.names if m.concept_id != claimed.concept)
        concepts = tuple(c for c in question.concepts if c != claimed.concept)
        return replace(question, names=names, concepts=concepts)
    if claimed.session is not None:
        left = tuple(one for one in question.sessions if one != claimed.session)
        return replace(question, sessions=left)
    quantity = claimed.quantity
    if quantity is None or quantity.iso is None:
        numbers = tuple(q for q in question.numbers if q != quantity)
        return replace(question, numbers=numbers)
    years = tuple(year for year in question.years if not quantity.iso.startswith(year))
    return replace(question, years=years)


def claims_of(question: Question) -> Iterator[Claimed]:
    """The dates, the actors, the counts and the sessions that the question names."""
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
    for number in question.numbers:
        if number.kind == "count" and number.value > _SMALL and number.qualifier == "exact":
            place = (number.start, number.end)
            rest = masked(text, [place])
            yield Claimed(rest, masked(text, [*named, place]), quantity=number)
    for session in question.sessions:
        yield Claimed(text, topic, session=session)
