"""What stands in the cells of a grid: figures, dates and names in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from babel import Locale
from babel.numbers import format_decimal

from api.schemas import RecordBody
from kb.languages import Language
from kb.records.amounts import amount_in_words, part_of_whole
from kb.records.naming import Names, sentence_case
from kb.records.times import date_in_words, period_in_words
from kb.records.values import Qualifier
from kb.records.words import pattern, word

_HERE: Final = "\x00"
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Cell:
    """`text`, with quiet words `before` and `after` it on its line, and a quiet `note` below."""

    text: str = ""
    before: str = ""
    after: str = ""
    note: str = ""

    @property
    def plain(self) -> str:
        """All on one line."""
        return " ".join(part for part in (self.before, self.text, self.after) if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns of one record, read in one language."""

    record: RecordBody
    language: Language

    @property
    def fields(self) -> Mapping[str, object]:
        """The values of its columns."""
        return self.record.model_extra or {}

    def said(self, column: str) -> str | None:
        """The value of a column as it is stored; None where it is empty."""
        value = self.fields.get(column)
        return None if value is None else str(value)

    def name(self, column: str) -> str:
        """The name in a column, with a capital letter; "" without one."""
        text = self.record.names.get(column) or self.said(column) or ""
        return sentence_case(text.removeprefix("name:"))

    def names(self, *columns: str) -> str:
        """Several names between middle dots, each once."""
        some = dict.fromkeys(self.name(column) for column in columns)
        return " · ".join(one for one in some if one)

    def word(self, column: str, group: str = "") -> str:
        """A word of a column in the language; the word itself where it has none."""
        held = self.said(column)
        if held is None:
            return ""
        try:
            return sentence_case(word(group or column, held, self.language))
        except KeyError:
            return sentence_case(held)

    def date(self, column: str) -> str:
        """A date with its precision."""
        held = self.said(column)
        return date_in_words(held, self.language) if held else ""

    def period(self, start: str, end: str, as_of: str = "") -> str:
        """A period, or else the day that it is told of."""
        period = period_in_words(self.said(start), self.said(end), self.language)
        held = self.said(as_of) if as_of else None
        if period or held is None:
            return sentence_case(period or "")
        return sentence_case(date_in_words(held, self.language, "as_of"))

    def money(self) -> Cell:
        """The amount in full, its currency by code, with how it is meant."""
        value = Decimal(str(self.fields["amount"]))
        text = money(value, str(self.fields["currency"]), self.language)
        before, after = self._around()
        return Cell(text, before, after, self._part())

    def figure(self) -> Cell:
        """The value with its unit, in words where it is large, and with how it is meant."""
        # Not apart from the figure: in some languages the noun follows the qualifier.
        qualifier: Any = self.said("qualifier") or "exact"
        text = self._counted(
            Decimal(str(self.fields["value"])), str(self.fields["unit"]), qualifier
        )
        return Cell(text, note=self._part())

    def part(self) -> Cell:
        """So many of so many, and the share as printed."""
        value, whole = Decimal(str(self.fields["value"])), self.fields.get("of")
        unit = str(self.fields["unit"])
        if whole is None:
            return Cell(self._counted(value, unit))
        text = part_of_whole(
            value, Decimal(str(whole)), unit, self.language, self._unit_names(unit)
        )
        share = self.fields.get("share")
        printed = self._counted(Decimal(str(share)), "%") if share is not None else ""
        return Cell(text, note=printed)

    def _counted(self, value: Decimal, unit: str, qualifier: Qualifier = "exact") -> str:
        names = self._unit_names(unit)
        return amount_in_words(value, unit, self.language, names, qualifier=qualifier)

    def _unit_names(self, unit: str) -> Names:
        return Names({unit: {self.language: self.record.names.get("unit", unit)}})

    def _around(self) -> tuple[str, str]:
        qualifier, per = self.said("qualifier") or "exact", self.said("per")
        return around(qualifier, per, self.language)

    def _part(self) -> str:
        if self.fields.get("part_of"):
            return word("note", "part_of", self.language)
        if self.fields.get("perhaps_part_of"):
            return word("note", "perhaps_part_of", self.language)
        return ""


def money(value: Decimal, currency: str, language: Language) -> str:
    """Such as "USD 150,000,000": the code stands where the language writes the sign."""
    number = format_decimal(value, locale=language, decimal_quantization=False)
    parts = (currency, number) if _code_first(language) else (number, currency)
    return _NO_BREAK.join(parts)


@cache
def around(qualifier: str, per: str | None, language: Language) -> tuple[str, str]:
    """What stands before and after a figure: "more than", "per year"."""
    text = pattern("qualifier", qualifier, language, x=_HERE)
    if per:
        text = pattern("per", per, language, x=text)
    before, _, after = text.partition(_HERE)
    return before.strip(), after.strip()


@cache
def _code_first(language: Language) -> bool:
    form = str(Locale.parse(language).currency_formats["standard"].pattern)
    return form.lstrip("\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}").startswith("\xa4")
