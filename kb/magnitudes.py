"""Numbers with a word of magnitude behind them, as the number that they are: 15万 is 150000.

For search alone, and quick: what is an amount, of what, and how sure, `kb.quantities` reads.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

from kb.languages import Language
from kb.quantity_words import words
from kb.word_patterns import form_source
from kb.writing import fold

_OTHER_SCRIPTS: Final[tuple[Language, ...]] = ("zh", "ru", "ar")


def magnified(number: str, folded: str, end: int, latin: Language) -> str | None:
    """The value of `number` with the magnitude that follows it in a folded text, without grouping.

    `number` is written with digits and at most one point and ends at `end`; `latin` says what
    "billion" means. None where no magnitude follows.
    """
    pattern, values = _magnitudes(latin)
    match = pattern.match(folded, end)
    if match is None or number.count(".") > 1:
        return None
    value = Decimal(number) * values[match.lastgroup or ""]
    return f"{value.normalize():f}"


@cache
def _magnitudes(latin: Language) -> tuple[re.Pattern[str], dict[str, Decimal]]:
    forms = sorted(_forms(latin), key=lambda pair: -len(pair[0]))
    values = {f"m{index}": value for index, (_, value) in enumerate(forms)}
    sources = (f"(?P<m{index}>{form_source(form)})" for index, (form, _) in enumerate(forms))
    return re.compile(rf"\s?(?:{'|'.join(sources)})"), values


def _forms(latin: Language) -> Iterator[tuple[str, Decimal]]:
    for language in (latin, *_OTHER_SCRIPTS):
        seen: set[str] = set()
        for word in words(language)["magnitude"]:
            for form in word.forms:
                folded = fold(form)
                if word.value is not None and folded not in seen:
                    seen.add(folded)
                    yield folded, word.value
