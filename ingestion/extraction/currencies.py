"""Amounts in money whose name several countries share: "dinars", "francs CFA", 卢比, "Rs".

They are read where the countries that are named decide: those of the sentence, else of the
paragraph, of its headings, of its section, of the whole document. Where these leave a choice
nothing is read.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from kb.currency_names import currency_of_country, shared_at, shared_sign
from kb.documents import Paragraph, ParsedDocument
from kb.languages import Language
from kb.quantities import Quantity, find_quantities
from kb.sentences import sentences, word_count
from kb.terms import Terms

_MOST_OF_PLACE: Final = 3  # words of a masthead beside its days
_LONGEST_SIGN: Final = 6
_NO_MONEY: Final = frozenset(("number", "count", "year"))
_OFTEN: Final = 5  # times that a document names the country that it is about
_MOSTLY: Final = 0.8  # of all that it names whose money it could be


@dataclass(frozen=True)
class Currencies:
    """What a document says of the countries whose money it may mean."""

    document: ParsedDocument
    terms: Terms

    def of_paragraph(
        self, paragraph: Paragraph, text: str, found: tuple[Quantity, ...], language: Language
    ) -> tuple[Quantity, ...]:
        """`found` in the `text` of `paragraph`, with the currencies that countries decide."""
        return tuple(self._decided(one, found, paragraph, text, language) for one in found)

    def decide(
        self, codes: Sequence[str], paragraph: Paragraph, near: Sequence[str], language: Language
    ) -> str | None:
        """The one of `codes` that is meant in `paragraph`, by the countries of the texts `near`,
        the nearest first, and of what surrounds the paragraph.
        """
        wanted = set(codes)
        for said in self._widening(paragraph, near, language):
            if len(fitting := set(said) & wanted) == 1:
                return fitting.pop()
            if fitting:
                return _mostly({code: said[code] for code in fitting})
        return None

    def _decided(
        self,
        one: Quantity,
        found: tuple[Quantity, ...],
        paragraph: Paragraph,
        text: str,
        language: Language,
    ) -> Quantity:
        if one.kind not in _NO_MONEY:
            return one
        codes, end = shared_at(text, one.end, language) or ((), one.end)
        codes = codes or shared_sign(text[max(0, one.start - _LONGEST_SIGN) : one.start])
        if not codes:
            return one
        around = next(
            (s.of(text) for s in sentences(text, language) if s.start <= one.start < s.end), text
        )
        told = {q.currency for q in found if q.currency} & set(codes)
        code = self.decide(codes, paragraph, (around,), language) if len(told) != 1 else told.pop()
        if code is None:
            return one
        written = text[one.start : end]
        return replace(one, kind="money", unit=code, currency=code, end=end, text=written, iso=None)

    def _widening(
        self, paragraph: Paragraph, near: Sequence[str], language: Language
    ) -> Iterator[Mapping[str, int]]:
        for text in near:
            yield self._named(text, language)
        yield self._named(paragraph.text, language)
        yield self._named("\n".join(paragraph.heading_path[-1:]), language)
        title = self.document.masthead.title or ""
        yield {} if is_of_session(title, language) else self._named(title, language)
        section = [
            one.text
            for one in self.document.paragraphs
            if one.heading_path == paragraph.heading_path
        ]
        printed = (q for text in section for q in find_quantities(text, language))
        said = Counter(q.currency for q in printed if q.currency)
        yield said + Counter(self._named("\n".join(section), language))
        yield self._whole

    @cached_property
    def _whole(self) -> Mapping[str, int]:
        language = self.document.masthead.language
        texts = [one.text for one in self.document.passages()]
        found = (q for text in texts for q in find_quantities(text, language))
        said = Counter(q.currency for q in found if q.currency)
        return said + Counter(self._named("\n".join(texts), language))

    def _named(self, text: str, language: Language) -> Mapping[str, int]:
        """The currencies of the countries that `text` names, with how often."""
        known = currency_of_country()
        countries = (
            one.concept_id.partition(":")[2]
            for one in (self.terms.find(text, language) if text else ())
            if one.kind == "party"
        )
        return Counter(known[country] for country in countries if country in known)


def _mostly(said: Mapping[str, int]) -> str | None:
    code = max(said, key=lambda one: said[one])
    often = said[code] >= _OFTEN and said[code] >= _MOSTLY * sum(said.values())
    return code if often else None


def is_of_session(heading: str, language: Language) -> bool:
    """Whether a heading is a line of a masthead, a place with its days: "Astana, 16–18 June"."""
    days = [q for q in find_quantities(heading, language) if q.kind in ("date", "period")]
    days = [q for q in days if len((q.iso or "").split("/")[0]) == len("2034-06-30")]
    printed = sum(word_count(q.text) for q in days)
    return bool(days) and word_count(heading) - printed <= _MOST_OF_PLACE
