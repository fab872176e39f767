"""Where in a paragraph a record's figure, date or name stands, and the sentence around it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.records.columns import Column, amount_column, columns_of
from kb.records.record import Record
from kb.terms import Terms

Span = tuple[int, int]

# Ends of sentences and of the clauses that lists and table rows are made of. A full stop behind a
# single letter is an initial or an abbreviation.
_END: Final = re.compile(
    r"(?<=\w\w[.!?؟])\s+(?=[^a-zа-яà-ÿ\s])|(?<=[)\]”»\"%][.!?؟])\s+(?=[^a-zа-яà-ÿ\s])"
    r"|(?<=[。！？；;؛])\s*|\s*\n\s*|\s\|\s"
)
_ABBREVIATED: Final = re.compile(
    r"(?<!\w)(?:paras?|par|párrs?|nos?|arts?|figs?|vol|approx|env|cf|mr|mrs|ms|dr|пп?|стр?|табл)\.$",
    re.IGNORECASE,
)
_DIGITS_AROUND: Final = (r"(?<!\d)(?<!\d[.,])", r"(?!\d)(?![.,]\d)")
_SPACE: Final = re.compile(r"\s+")


def clause_around(text: str, span: Span) -> Span:
    """The sentence of `text`, or part of a list or table row, that `span` stands in."""
    start, end = 0, len(text)
    for match in _END.finditer(text):
        if _ABBREVIATED.search(text, max(0, match.start() - 8), match.start()):
            continue
        if match.end() <= span[0]:
            start = match.end()
        elif match.start() >= span[1]:
            end = match.start()
            break
    found = text[start:end]
    return (
        start + len(found) - len(found.lstrip()),
        end - len(found) + len(found.rstrip()),
    )


def find_anchor(text: str, anchor: str) -> Span | None:
    """Where `anchor` is printed, whatever the white space; a figure only as a whole."""
    letters = _SPACE.sub("", anchor)
    if not letters:
        return None
    before = _DIGITS_AROUND[0] if letters[0].isdecimal() else ""
    after = _DIGITS_AROUND[1] if letters[-1].isdecimal() else ""
    pattern = r"\s*".join(re.escape(letter) for letter in letters)
    match = re.search(before + pattern + after, text)
    return match.span() if match else None


class Finder:
    """Finds what a record says in texts of any of the six languages."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._read: dict[tuple[str, Language], tuple[Quantity, ...]] = {}

    def find(self, record: Record, anchor: str, text: str, language: Language) -> Span | None:
        """Where `text` says what `record` says and `anchor` stands for, in other words perhaps.

        The figure where the anchor is one, else the date, else the name.
        """
        amount = amount_column(record.kind)
        if amount is not None and _is_figure(anchor):
            span = self._figure(record, amount, text, language)
            if span is not None:
                return span
        if _is_figure(anchor):
            return self._date(record, text, language)
        return self._name(record, anchor, text, language)

    def _figure(self, record: Record, amount: str, text: str, language: Language) -> Span | None:
        value: Decimal = getattr(record.statement, amount)
        unit = getattr(record.statement, "currency", None) or getattr(
            record.statement, "unit", None
        )
        fitting = [
            (_unit_agrees(quantity, unit), quantity)
            for quantity in self._quantities(text, language)
            if quantity.kind not in TIME_KINDS and quantity.value == value
        ]
        best = max((fit for fit in fitting if fit[0]), key=lambda fit: fit[0], default=None)
        return (best[1].start, best[1].end) if best else None

    def _date(self, record: Record, text: str, language: Language) -> Span | None:
        dates = [
            value
            for column, value in _values(record, ("date",))
            if column.name not in ("id", "part_of")
        ]
        for date in dates:
            for quantity in self._quantities(text, language):
                iso = quantity.iso or ""
                if quantity.kind in TIME_KINDS and any(
                    part == date or part.startswith(f"{date}-") for part in iso.split("/")
                ):
                    return quantity.start, quantity.end
        return None

    def _name(self, record: Record, anchor: str, text: str, language: Language) -> Span | None:
        own = {one for _, value in _values(record, ("name", "names")) for one in value.split(" ")}
        meant = [one for one in self._terms.concepts(anchor) if one in own]
        mentions = [m for m in self._terms.find(text, language) if m.concept_id in own]
        wanted = [m for m in mentions if m.concept_id in meant] or mentions
        return (wanted[0].start, wanted[0].end) if wanted else None

    def _quantities(self, text: str, language: Language) -> tuple[Quantity, ...]:
        key = (text, language)
        if key not in self._read:
            self._read[key] = find_quantities(text, language)
        return self._read[key]


def _is_figure(anchor: str) -> bool:
    return any(letter.isnumeric() for letter in anchor)


def _unit_agrees(quantity: Quantity, unit: str | None) -> int:
    """2 where the units are the same, 1 where neither contradicts the other, 0 else."""
    if quantity.kind == "money" or (unit is not None and re.fullmatch(r"[A-Z]{3}", unit)):
        return 2 if quantity.currency == unit else 0
    if quantity.kind in ("share", "area") or unit in ("%", "ha", "km2"):
        return 2 if quantity.unit == unit else 0
    counted = (unit or "").partition(":")[2]
    return 2 if quantity.unit is not None and quantity.unit == counted else 1


def _values(record: Record, types: Sequence[str]) -> Iterator[tuple[Column, Any]]:
    for column in columns_of(record.kind).values():
        value = getattr(record.statement, column.name)
        if column.type in types and value is not None:
            yield column, value
