"""What a question says of the figure of each row of a table: "which no country has completed"."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from assistant.question import Question
from assistant.question_words import Hint, hints
from kb.records.values import Qualifier

Comparison = Literal["is", "at_least", "above", "up_to", "below"]
_QUALIFIERS: Final[dict[Qualifier, Comparison]] = {
    "exact": "is",
    "at_least": "at_least",
    "more_than": "above",
    "up_to": "up_to",
}
_FIGURES: Final = frozenset(("count", "number", "money", "area", "share"))
_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure compared with a number, or with a part of the whole that the row is of."""

    comparison: Comparison
    value: Decimal | None = None
    part: Decimal | None = None

    def holds(self, figure: Decimal, whole: Decimal | None) -> bool | None:
        """Whether it holds of a figure; None where the whole is not known and is needed."""
        bound = self.value
        if self.part is not None:
            if whole is None:
                return None
            bound = self.part * whole
        if bound is None:
            return None
        match self.comparison:
            case "is":
                return figure == bound
            case "at_least":
                return figure >= bound
            case "above":
                return figure > bound
            case "up_to":
                return figure <= bound
            case "below":
                return figure < bound


def condition_of(question: Question) -> Condition | None:
    """The one condition that the question puts on a number of countries and the like; None where
    it puts none, or more than one."""
    said = {one for one in ("half", "none_of", "every_one") if _says(question, one)}
    # "Not one" is no number of its own.
    numbers = [q for q in question.numbers if q.kind in _FIGURES and q.value > 1]
    if len(said) + len(numbers) != 1:
        return None
    if "none_of" in said:
        return Condition("is", Decimal(0))
    if "every_one" in said:
        return Condition("is", part=Decimal(1))
    if "half" in said:
        return Condition(_comparison(question), part=_HALF)
    one = numbers[0]
    comparison = _QUALIFIERS.get(one.qualifier)
    if comparison is None:
        return None
    if comparison == "is":
        comparison = _comparison(question)
    if comparison == "up_to" and _says(question, "below"):
        comparison = "below"
    return Condition(comparison, one.value)


def _says(question: Question, hint: Hint) -> bool:
    return bool(hints(question.text, question.language, hint))


def _comparison(question: Question) -> Comparison:
    """ "Not fewer than" is at least, though "fewer than" stands in it."""
    if _says(question, "at_least"):
        return "at_least"
    if _says(question, "above"):
        return "above"
    return "below" if _says(question, "below") else "is"
