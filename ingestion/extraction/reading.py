"""A passage as the rules see it: sentences with their figures, dates, names and cues."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from ingestion.extraction.currencies import Currencies, is_of_session
from ingestion.extraction.excerpts import MOST_OF_NAME, MOST_WORDS, name_of, short_title
from ingestion.extraction.ranges import with_both_ends, with_currency
from ingestion.extraction.spans import is_count_like_a_year, with_han_years, with_periods
from ingestion.extraction.words import Cue, Words, words_of
from kb.documents import Paragraph
from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.sentences import Span, clauses, sentences
from kb.terms import Mention, Terms

# "62 000": a common space groups digits as a no-break one does.
_GROUPED: Final = re.compile(r"(?<![\d.,] )(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d ]*\d)")
# "900 744 5 دولار": a conversion that kept the order of the page turned the groups round.
_TURNED: Final = re.compile(r"(?<![\d.,٫٬] )(?<![\d.,٫٬])\d{3}(?: \d{3})+ \d{1,2}(?= [^\W\d_])")
_STANDING: Final = frozenset(
    ("convention:global-mechanism", "convention:unccd", "convention:secretariat")
)


@dataclass(frozen=True)
class Passage:
    """A paragraph, table row or footnote on its way through the rules."""

    paragraph: Paragraph
    language: Language
    subject: str  # what its document or section is about, as a name of its own
    topics: tuple[str, ...]  # initiatives that its headings name, the nearest heading first
    terms: Terms
    currencies: Currencies

    @property
    def text(self) -> str:
        """Its text."""
        return self.paragraph.text

    @property
    def words(self) -> Words:
        """The words of its language."""
        return words_of(self.language)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All its figures and dates."""
        text = _GROUPED.sub(lambda m: m[0].replace(" ", "\u00a0"), self.text)
        if self.language == "ar":
            text = _TURNED.sub(lambda m: "\u00a0".join(reversed(m[0].split(" "))), text)
        if self.language == "zh":
            text = with_han_years(text)
        found = with_periods(text, find_quantities(text, self.language), self.language)
        found = self.currencies.of_paragraph(self.paragraph, text, found, self.language)
        return tuple(replace(q, text=self.text[q.start : q.end]) for q in found)

    @cached_property
    def sentences(self) -> tuple["Sentence", ...]:
        """Its sentences, those without a figure, date or reference included."""
        return tuple(Sentence(self, span) for span in _parts(self.text, self.language))

    def label_at(self, place: int) -> str:
        """The label of the deepest sub-paragraph in which `place` stands."""
        found = self.paragraph.label
        width = len(self.text) + 1
        for sub in self.paragraph.subparagraphs:
            if sub.start <= place < sub.end and sub.end - sub.start <= width:
                found, width = sub.label, sub.end - sub.start
        return found


@dataclass(frozen=True)
class Sentence:
    """A sentence, or an item of a list."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """Its text."""
        return self.span.of(self.passage.text)

    @cached_property
    def amounts(self) -> tuple[Quantity, ...]:
        """Its figures, dates left out."""
        text, language = self.passage.text, self.passage.language
        amounts = [q for q in self._quantities if q.kind not in TIME_KINDS]
        return with_currency(
            text, with_both_ends(text, self.span.start, amounts, language), language
        )

    @cached_property
    def dates(self) -> tuple[Quantity, ...]:
        """Its dates that have a year."""
        dates = [q for q in self._quantities if q.iso and q.iso[0].isdecimal()]
        named = [m for m in self._named if m.kind != "term"] if dates else []
        return tuple(
            date
            for date in dates
            if not any(name.start <= date.start < name.end for name in named)  # "2030 Agenda"
            and not is_count_like_a_year(self.passage.text, date, self.passage.language)
        )

    @cached_property
    def _quantities(self) -> tuple[Quantity, ...]:
        own = self.span
        return tuple(q for q in self.passage.quantities if own.start <= q.start < own.end)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        """Its clauses."""
        found: list[Span] = []
        for one in clauses(self.passage.text, self.span, self.passage.language):
            if found and any(q.start < one.start < q.end for q in self._quantities):
                found[-1] = Span(found[-1].start, one.end)  # "долл. США" ends no clause
            else:
                found.append(one)
        return tuple(found)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Parties, organizations and initiatives, and the bodies that act; offsets in the text."""
        kinds = ("party", "organization", "initiative")
        return tuple(m for m in self._named if m.kind in kinds or m.concept_id in _STANDING)

    @cached_property
    def _named(self) -> tuple[Mention, ...]:
        base = self.span.start
        return tuple(
            Mention(m.concept_id, m.kind, m.start + base, m.end + base, m.text)
            for m in self.passage.terms.find(self.text, self.passage.language)
        )

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Its cue words; offsets in the text of the passage."""
        base = self.span.start
        return tuple(
            Cue(c.role, c.id, c.start + base, c.end + base)
            for c in self.passage.words.find(self.text)
        )

    def has(self, role: str, span: Span | None = None) -> bool:
        """Whether a cue of `role` stands in `span`, or anywhere."""
        return any(
            c.role == role and (span is None or span.start <= c.start < span.end) for c in self.cues
        )

    def clause_at(self, place: int) -> Span:
        """The clause in which `place` stands."""
        return next((c for c in self.clauses if c.start <= place < c.end), self.span)

    def segment_of(self, quantity: Quantity) -> Span:
        """What surrounds a figure up to the clauses of the figures beside it."""
        start, end = self.span.start, self.span.end
        cuts = [c.start for c in self.clauses]
        for one, other in pairwise(self.amounts):
            if other is quantity:
                inside = [c for c in cuts if one.end <= c <= other.start]
                start = max(inside, default=one.end)
            if one is quantity:
                inside = [c for c in cuts if one.end <= c <= other.start]
                end = max(inside, default=other.start)
        return Span(start, end)


def subject_of(paragraph: Paragraph, title: str | None, language: Language) -> str:
    """The nearest heading, else the document's title, else the first words of the text."""
    for heading in (*reversed(paragraph.heading_path), title or "", paragraph.text):
        if is_of_session(heading, language):
            continue
        own = heading is paragraph.text
        found = name_of(short_title(heading, language, MOST_WORDS if own else MOST_OF_NAME))
        if found:
            return found
    return f"name:{paragraph.label}"


def _parts(text: str, language: Language) -> Iterator[Span]:
    """Sentences, cut at semicolons too."""
    for sentence in sentences(text, language):
        start = sentence.start
        for place in range(sentence.start, sentence.end):
            if text[place] in ";；؛":
                if text[start : place + 1].strip():
                    yield Span(start, place + 1)
                start = place + 1
        if text[start : sentence.end].strip():
            yield Span(start, sentence.end)
