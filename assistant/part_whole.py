"""A sentence that counts a part of a whole: "of 12,300 wells 4,920 work, or 40 per cent"."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from assistant.claim_words import places_of
from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity
from kb.sentences import Span

_HALF: Final = Decimal("0.5")
_HUNDRED: Final = Decimal(100)
_COUNTED: Final = frozenset(("count", "number"))
_SHORT: Final = 12  # code points between "of" and the whole: "of the first"


class PartOfWhole(NamedTuple):
    """The two counts, and the share of the whole where the sentence gives it too."""

    whole: Quantity
    part: Quantity
    share: Quantity | None


def part_of_whole(
    text: str, sentence: Span, quantities: Sequence[Quantity], language: Language
) -> PartOfWhole | None:
    """The only two counts of the sentence, where its share or a word such as "of" says that one is
    a part of the other; None where it has more figures, or they are bounded or estimated."""
    inside = [q for q in quantities if sentence.start <= q.start and q.end <= sentence.end]
    figures = [q for q in inside if q.kind not in TIME_KINDS]
    counts = [q for q in figures if q.kind in _COUNTED]
    shares = [q for q in figures if q.kind == "share"]
    if len(counts) != 2 or len(shares) > 1 or len(figures) != len(counts) + len(shares):
        return None
    part, whole = sorted(counts, key=lambda q: q.value)
    if part.qualifier != "exact" or whole.qualifier != "exact" or not 0 < part.value < whole.value:
        return None
    if part.unit and whole.unit and part.unit != whole.unit:
        return None
    if shares:
        printed = abs(_HUNDRED * part.value / whole.value - shares[0].value) <= _HALF
        return PartOfWhole(whole, part, shares[0]) if printed else None
    before = [end for _, end in places_of(text, language, "partitive") if end <= whole.start]
    near = any(whole.start - end <= _SHORT for end in before)
    # "Of 18 countries, 5": without a share the whole must come first, or follow its part at once.
    joined = part.end < whole.start and not text[part.end : whole.start].strip(" ")[_SHORT:]
    return PartOfWhole(whole, part, None) if near and (whole.end < part.start or joined) else None
