"""Which figure or date of a sentence is the one that a question asks for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.claim_words import Role, has_role, ids_of, role_patterns, status
from assistant.question import Question
from assistant.reading import Mark, ReadSentence, ReadText, years_of
from assistant.segments import own_part, segments
from kb.quantities import TIME_KINDS, Quantity
from kb.quantity_words import find_count_nouns
from kb.references import plain_digits
from kb.sentences import Span, clauses
from kb.sessions import find_session_mentions

_FITS: Final = 0.35  # a figure of the very kind and unit asked for
_SAME_KIND: Final = 0.2
_IN_NAME: Final = 0.1  # "the Decade (2021-2030)"
_IN_SENTENCE: Final = 0.6  # a date may stand in a clause of its own
_NEAR: Final = 0.45  # what is asked about stands in one piece with the figure
_SAME_SIDE: Final = 0.2  # it negates as the question does
_SAME_RATE: Final = 0.2  # so much a day, where that is asked
_CHANGES: Final = 0.2  # "a reduction of 50 per cent" is no share of what there is
_OTHER_YEAR: Final = 0.3  # what it is the less worth for being that of another year
_OF_WHOLE: Final = 3.0  # what a figure is the less worth for being that of all
_UNIT_WITHIN: Final = 60  # code points between a figure and what it counts
_NUMBERED: Final = frozenset(("convention", "initiative"))
_CHANGE: Final = frozenset(("reduce", "increase"))
_COUNTS: Final = frozenset(("count", "number", "share"))

# What is counted by a more general word too: members of an alliance are countries and bodies.
_MORE_GENERAL: Final = {
    "member": frozenset(
        ("country", "party", "organization", "institution", "agency", "partner", "person")
    ),
    "partner": frozenset(("country", "party", "organization", "institution", "agency")),
    "party": frozenset(("country",)),
    "country": frozenset(("party",)),
    "meeting": frozenset(("time",)),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure, date or session at `place` that answers, what it is worth, and how near what is
    asked about stands: `nearness` is the weighted share, in [0, 1], in the one `piece` with it.

    Where nothing answers, `place` and `piece` are None.
    """

    quantity: Quantity | None = None
    place: Span | None = None
    piece: Span | None = None
    worth: float = 0.0
    nearness: float = 0.0


class Figures:
    """Finds the figure for one question in the sentences of one text.

    `near` gives the weighted share of what is asked about that a piece of a sentence speaks of.
    """

    def __init__(
        self, question: Question, text: ReadText, near: Callable[[Span, ReadSentence], float]
    ) -> None:
        self._question = question
        self._text = text
        self._near = near

    def best(self, sentence: ReadSentence) -> Figure:
        """The quantity of the kind asked for that stands nearest to what is asked about; for a
        date, a session where there is no date.
        """
        best = Figure()
        mixed = self._counts_by_status(sentence)
        for quantity in sentence.quantities:
            fit = self._fit(quantity)
            if not fit or self._numbers_a_name(quantity, sentence):
                continue
            piece = self._piece_of(quantity, sentence)
            counted = quantity.kind in _COUNTS and mixed
            if counted and status(piece.of(self._text.text), self._text.language) != (
                self._question.status
            ):
                continue
            rate = self._rate(piece, quantity)
            if rate is None:
                continue
            near = self._near(piece, sentence)
            if quantity.kind in TIME_KINDS:
                part = own_part(self._text.text, sentence.span, quantity.start)
                near = max(near, _IN_SENTENCE * self._near(part, sentence))
            if fit == _IN_NAME:
                near /= 2
            worth = (
                fit
                + rate
                + _NEAR * near
                + self._side(piece)
                - self._change(piece, quantity, sentence)
            )
            if self._is_whole(quantity, sentence):
                worth /= _OF_WHOLE
            if self._is_of_another_year(quantity, sentence):
                worth -= _OTHER_YEAR
            if worth > best.worth:
                place = Span(quantity.start, quantity.end)
                best = Figure(quantity, place, piece, worth, near)
        if best.place is None and "date" in self._question.wants_quantity:
            return self._session(sentence)
        return best

    def _is_of_another_year(self, quantity: Quantity, sentence: ReadSentence) -> bool:
        """Whether the part of the sentence that has the figure speaks of years, and of none that
        the question names."""
        asked = set(self._question.years)
        if not asked or quantity.kind in TIME_KINDS:
            return False
        part = own_part(self._text.text, sentence.span, quantity.start)
        inside = (q for q in sentence.quantities if part.start <= q.start < part.end)
        years = {year for q in inside for year in years_of(q)}
        return bool(years) and not years & asked

    def _session(self, sentence: ReadSentence) -> Figure:
        """ "Its launch is expected at COP 17": a session is a time too."""
        text = self._text.text
        for mention in find_session_mentions(plain_digits(sentence.text)):
            place = Span(sentence.span.start + mention.start, sentence.span.start + mention.end)
            part = own_part(text, sentence.span, place.start)
            planned = any(
                m.kind == "action" and m.key == "plan" for m in self._marks(part, sentence)
            )
            near = self._near(part, sentence)
            if planned and near:
                return Figure(None, place, part, _IN_NAME + _NEAR * near, near)
        return Figure()

    def _marks(self, part: Span, sentence: ReadSentence) -> list[Mark]:
        return [m for m in sentence.marks if part.start <= m.start and m.end <= part.end]

    def _piece_of(self, quantity: Quantity, sentence: ReadSentence) -> Span:
        text, language = self._text.text, self._text.language
        if quantity.kind in TIME_KINDS:
            pieces: Sequence[Span] = clauses(text, sentence.span, language)
        else:
            pieces = segments(text, sentence.span, language, sentence.quantities)
        piece = next((p for p in pieces if p.start <= quantity.start < p.end), sentence.span)
        part = own_part(text, sentence.span, quantity.start)
        return Span(max(piece.start, part.start), min(piece.end, part.end))

    def _counts_by_status(self, sentence: ReadSentence) -> bool:
        """Whether the sentence counts what is done apart from what is not, as table rows do."""
        if self._question.status is None:
            return False
        counted = [q for q in sentence.quantities if q.kind in _COUNTS]
        text, language = self._text.text, self._text.language
        pieces = {self._piece_of(q, sentence) for q in counted} if len(counted) > 1 else ()
        return len({status(piece.of(text), language) for piece in pieces}) > 1

    def _rate(self, piece: Span, quantity: Quantity) -> float | None:
        """What the agreement of rates is worth; None where a day is asked and a year said."""
        asked = self._question.rates
        if not asked or quantity.kind in TIME_KINDS:
            return 0.0
        said = ids_of(piece.of(self._text.text), self._text.language, "rate")
        if said and not said & asked:
            return None
        return _SAME_RATE if said else 0.0

    def _change(self, piece: Span, quantity: Quantity, sentence: ReadSentence) -> float:
        """What a share loses by being that of a change, unless one is asked about; "Reducing" in a
        name is none."""
        if quantity.kind != "share" or _CHANGE & set(self._question.actions):
            return 0.0
        changes = (
            m
            for m in sentence.marks
            if m.kind == "action" and m.key in _CHANGE and piece.start <= m.start < piece.end
        )
        named = any(
            not any(
                n.start <= m.start and m.end <= n.end for n in sentence.mentions if n.kind != "term"
            )
            for m in changes
        )
        return _CHANGES if named else 0.0

    def _fit(self, quantity: Quantity) -> float:
        question = self._question
        if quantity.kind not in question.wants_quantity:
            return 0.0
        if quantity.kind in TIME_KINDS:
            if quantity.kind == "year" and quantity.iso in question.years:
                return 0.0
            if self.is_as_of(quantity) and not question.asks_as_of:
                return 0.0
            if self._is_in_name(quantity):
                return _IN_NAME
            return _SAME_KIND if quantity.kind == "year" else _FITS
        if any(quantity.value == q.value for q in question.numbers):
            return 0.0
        if question.units:
            unit = quantity.unit or self._unit_after(quantity)
            return max(_unit_fit(asked, unit) for asked in question.units)
        return _SAME_KIND if quantity.kind in ("count", "number") else _FITS

    def _unit_after(self, quantity: Quantity) -> str | None:
        """What is counted, where more stands between: "74 low-income and middle-income countries";
        the next figure counts for itself."""
        after = self._text.text[quantity.end : quantity.end + _UNIT_WITHIN]
        figure = re.search(r"[\d;,，；。.]", after)
        nouns = find_count_nouns(after[: figure.start()] if figure else after, self._text.language)
        return nouns[0][0] if nouns else None

    def is_as_of(self, quantity: Quantity) -> bool:
        """ "As of June": a date of the telling, not of what is told."""
        return self._follows(quantity, "as_of")

    def _numbers_a_name(self, quantity: Quantity, sentence: ReadSentence) -> bool:
        """ "PRAIS 4": a bare number right behind a name counts nothing."""
        return quantity.kind == "number" and any(
            m.kind in _NUMBERED and not self._text.text[m.end : quantity.start].strip()
            for m in sentence.mentions
            if m.end <= quantity.start
        )

    def _is_whole(self, quantity: Quantity, sentence: ReadSentence) -> bool:
        """ "Of the 18 countries, 6 did it": the 18 are those of whom it is told."""
        others = (q for q in sentence.quantities if q.start > quantity.end)
        return (
            quantity.kind == "count"
            and any(q.unit == quantity.unit for q in others)
            and self._follows(quantity, "partitive")
        )

    def _follows(self, quantity: Quantity, role: Role) -> bool:
        patterns = role_patterns(self._text.language)[role].values()
        before = self._text.text[max(0, quantity.start - 20) : quantity.start].rstrip()
        return any(m.end() == len(before) for p in patterns for m in p.finditer(before))

    def _is_in_name(self, quantity: Quantity) -> bool:
        """ "the Decade (2021-2030)"."""
        text = self._text.text
        return text[: quantity.start].endswith("(") and text[quantity.end :].startswith(")")

    def _side(self, piece: Span) -> float:
        negated = has_role(piece.of(self._text.text), self._text.language, "negation")
        if self._question.negated:
            return _SAME_SIDE if negated else 0.0
        return -_SAME_SIDE / 2 if negated else 0.0


def _unit_fit(asked: str, found: str | None) -> float:
    if asked == found:
        return _FITS
    if found is None:
        return _SAME_KIND / 2
    return _SAME_KIND if found in _MORE_GENERAL.get(asked, ()) else 0.0
