"""The line of sums above a grid: only what may be added, each sum with what it left out."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from api.desk import Desk
from api.schemas import TotalBody
from api.web.records.asked import Asked
from api.web.records.cells import money
from kb.languages import Language
from kb.records.amounts import amount_in_words
from kb.records.kinds import RecordKind
from kb.records.naming import Names, sentence_case
from kb.records.words import pattern, word

SUMMED: Final[frozenset[RecordKind]] = frozenset({"funding", "targets", "observations"})
"""Kinds whose figures may add up. Those of milestones are one count each, of one whole."""
MOST_SUMMED: Final = 10_000
"""Records up to which sums are made: what they cost grows faster than the records."""
_NOT_ADDED: Final = frozenset({"%", "year", "day"})


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum in words. `of` is the stage or the measure; `left_out` and `unclear` count records.

    `is_rough` where some of its figures are "nearly" or "more than".
    """

    text: str
    of: str
    count: int
    left_out: int
    unclear: int
    is_rough: bool


def sums(desk: Desk, asked: Asked, language: Language) -> tuple[Sum, ...]:
    """Sums of two figures and more of the reviewed records asked for, most figures first.

    None for a kind that cannot be summed. Raises InvalidQuery.
    """
    if asked.kind not in SUMMED:
        return ()
    # A candidate never enters a sum, whichever rows are shown.
    request = asked.with_values("status", ()).sorted_by(None).request(language)
    found = [one for one in desk.record_totals(request, []).items if _says_something(one)]
    found.sort(key=lambda one: -one.count)
    return tuple(_sum(one, language) for one in found)


def _says_something(total: TotalBody) -> bool:
    is_mixed = "mixed_measures" in total.notes
    return total.count > 1 and not is_mixed and total.of.get("unit") not in _NOT_ADDED


def _sum(total: TotalBody, language: Language) -> Sum:
    value = Decimal(str(total.value))
    currency, unit = total.of.get("currency"), total.of.get("unit")
    if currency:
        text = money(value, currency, language)
        if total.of.get("per"):
            text = pattern("per", str(total.of["per"]), language, x=text)
        stage = total.of.get("stage")
        of = word("stage", stage, language) if stage else ""
    else:
        names = Names({str(unit): {language: total.names.get("unit", str(unit))}})
        text = amount_in_words(value, str(unit), language, names)
        of = total.names.get("measure", "")
    return Sum(
        text,
        sentence_case(of),
        total.count,
        len(total.left_out),
        len(total.unclear),
        any(one != "exact" and count for one, count in total.qualifiers.items()),
    )
