"""Figures of a form and of an answer: which are the same, whatever the language writes.

What a figure means is read by `kb.quantities`; here is what counts as a match.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from evals.folding import fold, is_arabic, is_han
from kb.languages import Language, as_language, detect_language
from kb.numerals import parse_han
from kb.quantities import TIME_KINDS, Quantity, find_quantities

_GROUPED: Final = re.compile(
    r"(?<![\d.,])([1-9]\d{0,2})((?:[.,'’٬\u00a0\u2009\u202f ]\d{3})+)(?![\d]|[.,]\d)"
)
_MANY_GROUPS: Final = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}(?:([.,'’\u00a0\u202f ])\d{3})(?:\1\d{3})+(?!\d)"
)
_BARE: Final = re.compile(r"\d+(?:[.,]\d+)?")
_MARKS: Final = re.compile(r"(?<![\w)])\(\d{1,3}\)(?!\s?%)|\[\d{1,3}\]|（\d{1,3}）")
_LATIN: Final[tuple[Language, ...]] = ("en", "fr", "es")
_TELLING_WORDS: Final = 4
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_HAN_NUMERAL: Final = re.compile("[一二三四五六七八九十百千两零]+")
_SCRIPTS: Final[tuple[tuple[Language, re.Pattern[str]], ...]] = (
    ("zh", re.compile("[\u4e00-\u9fff]{2}")),
    ("ru", re.compile("[\u0400-\u04ff]{3}")),
    ("ar", re.compile("[\u0620-\u064a]{3}")),
    ("en", re.compile("(?:[A-Za-z]+[ ,]+){4}")),
)
_EDGES: Final = " \t\n\u00a0\u202f.,;:()"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a text says. `printed` is the number as it stands, before its magnitude:
    278 of "278 billion"; None where it is spelled out or is a date.
    """

    quantity: Quantity
    printed: Decimal | None


def figures_in(text: str, language: Language) -> tuple[Figure, ...]:
    """The figures of an answer's sentence, read as its own language writes numbers.

    `language` is that of the question. A sentence that mixes scripts ("Краткое изложение: four
    pillars") is read as each of them. Marks of an enumeration, "(7)" and "[7]", are none.
    """
    bare = _MARKS.sub(" ", fold_digits(text))
    bare = _MANY_GROUPS.sub(lambda match: re.sub(r"\D", "", match[0]), bare)
    own = language_of(text, language)
    others = {other for other, letters in _SCRIPTS if letters.search(text)} - {own}
    if own in _LATIN:
        others.discard("en")
    return tuple(figure for one in (own, *sorted(others)) for figure in _figures(bare, one))


def language_of(text: str, expected: Language) -> Language:
    """The language of a sentence: by its script; of a few Latin words the one expected."""
    found = detect_language(text)
    if found in (None, *_LATIN) and len(text.split()) < _TELLING_WORDS:
        found = None
    if found is None:
        latin = bool(re.search("[A-Za-z]", text))
        return "en" if latin and expected not in _LATIN else expected
    return found


@dataclass(frozen=True, slots=True)
class FigureForm:
    """A required figure: a bare number ("278", which any unit may follow) or a whole quantity.

    `year` says that the number is written as a year is: no "2,024" is it.
    """

    number: Decimal | None
    quantity: Quantity | None = None
    year: bool = False

    def is_among(self, figures: Sequence[Figure], *, dates: bool = False) -> bool:
        """Whether one of `figures` says it; with `dates`, the day or month of a date may."""
        return any(self._is(figure, dates) for figure in figures)

    def _is(self, figure: Figure, dates: bool) -> bool:
        if self.number is not None:
            if dates and self.number in _parts_of(figure.quantity.iso or ""):
                return True
            return _holds_number(figure, self.number, year=self.year)
        return self.quantity is not None and _says(figure.quantity, self.quantity)


def figure_form(form: str, language: Language) -> FigureForm | None:
    """The figure that `form` as a whole is, or None if it is not one."""
    plain = _ungrouped(form)
    if _BARE.fullmatch(fold(plain)):
        return FigureForm(_decimal(fold(plain)), year=bool(_YEAR.fullmatch(fold_digits(form))))
    if _HAN_NUMERAL.fullmatch(plain):
        return FigureForm(parse_han(plain))
    # Forms may be in the language of the original, or in English, whatever is asked.
    for one in dict.fromkeys((_language_of(plain, language), language, "en")):
        found = find_quantities(plain, as_language(one))
        if len(found) == 1:
            around = plain[: found[0].start] + plain[found[0].end :]
            if not around.strip(_EDGES):
                return FigureForm(None, found[0])
    return None


def _figures(text: str, language: Language) -> Iterator[Figure]:
    for quantity in find_quantities(text, language):
        printed = None
        if quantity.kind not in TIME_KINDS:
            match = _BARE.search(fold(_ungrouped(quantity.text)))
            printed = _decimal(match[0]) if match else None
        yield Figure(quantity, printed)


def _holds_number(figure: Figure, number: Decimal, *, year: bool) -> bool:
    quantity = figure.quantity
    if quantity.kind in TIME_KINDS:
        return str(number) in re.findall(r"\d{4}", quantity.iso or "")
    if year and str(number) not in fold_digits(quantity.text):
        return False
    return number in (quantity.value, figure.printed)


def _parts_of(iso: str) -> set[Decimal]:
    return {Decimal(part) for part in re.findall(r"\d+", iso)}


def _says(said: Quantity, wanted: Quantity) -> bool:
    if (said.kind in TIME_KINDS) != (wanted.kind in TIME_KINDS):
        return False
    if wanted.kind in TIME_KINDS:
        return _says_time(said.iso or "", wanted.iso or "")
    return said.value == wanted.value and wanted.unit in (None, said.unit)


def _says_time(said: str, wanted: str) -> bool:
    """A date says every less precise one; a period says the dates at its ends."""
    if said == wanted:
        return True
    return "/" not in wanted and any(
        edge == wanted or edge.startswith(f"{wanted}-") for edge in said.split("/")
    )


def _ungrouped(written: str) -> str:
    """Groups of three digits joined: "10.000", "10,000" and "10 000" are one number in a form.

    Whoever writes a form writes no decimals of exactly three digits.
    """
    return _GROUPED.sub(lambda m: m[1] + re.sub(r"\D", "", m[2]), fold_digits(written))


def fold_digits(text: str) -> str:
    """`text` with ASCII digits and separators, and nothing else changed."""
    return text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789."))


def _decimal(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(",", "."))
    except InvalidOperation:
        return None


def _language_of(form: str, language: Language) -> Language:
    if any(is_han(c) for c in form):
        return "zh"
    if any(is_arabic(c) for c in form):
        return "ar"
    return "ru" if re.search(r"[\u0400-\u04ff]", form) else language
