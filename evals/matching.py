"""Does an answer hold what a right answer holds?

A form is what a set writes: a number ("76"), a quantity ("16 亿"), a date ("2024-05"), a word or
the stem of one ("prepar"), a name. How each is looked for:

- a bare number is there if that number is said, with whatever unit or magnitude: "278" in "278
  billion"; not inside another number, a name or a reference ("7": not in 17, 7.5, 15.3.7, COP 7,
  para. 7, 7/COP.15). Where names are asked for ("SDG 15"), a number in a name counts; where a date
  is, so does the number of a day;
- a quantity is there if a quantity of the same value is said in any script and language, in the
  same unit where the form has one;
- a date is there if that date or a more precise one is said;
- anything else is looked for as text, folded (`evals.folding`), from the start of a word on and
  with any ending, since forms are stems; Han anywhere. A form that ends in a space, a last word of
  one or two letters, and an acronym are whole words, the acronym with its capitals. Arabic
  particles and the article may stand before. A country's name does not count inside the name of
  another country.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from evals.figures import Figure, FigureForm, figure_form, figures_in
from evals.folding import fold, is_alphabetic, is_arabic
from evals.questions import Question, QuestionKind
from kb.languages import Language
from kb.references import find_decisions
from kb.terms import Mention

_ARABIC_PARTICLE: Final = re.compile(r"[وف]?(?:[بكل]?(?:ال)?|لل)")
_HAN_NUMERALS: Final = "一二三四五六七八九十百千万亿两零〇"
_WHOLE_WORD: Final = 2
_NAMING_KINDS: Final = frozenset[QuestionKind | None](("list", "entity", "narrative", "yes_no"))


class Names(Protocol):
    """Finds names; `kb.terms.Terms` is one."""

    def find(self, text: str, language: Language | None = None) -> tuple[Mention, ...]:
        """The names in `text`, the longest of overlapping ones."""


@dataclass(frozen=True, slots=True)
class Form:
    """A required form, read once."""

    written: str
    figure: FigureForm | None
    decision: str | None
    digits: bool  # a number in digits: looked for as a figure only
    acronym: bool
    whole: bool  # must end where a word ends
    pattern: re.Pattern[str]  # of the folded text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer lacks: the groups of `must` it holds no form of, and what it must not say."""

    missing: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether it says all that it must and nothing that it must not."""
        return not self.missing and not self.forbidden


class Said:
    """What an answer says, prepared for looking up forms."""

    def __init__(
        self, texts: Sequence[str], language: Language, names: Names | None = None
    ) -> None:
        """`texts` are the statements, without the marks of citations."""
        self.language: Language = language
        self._folded = [fold(text) for text in texts]
        self._cased = [fold(text, keep_case=True) for text in texts]
        self._figures: list[Figure] = [f for text in texts for f in figures_in(text, language)]
        self._decisions = {d for text in texts for d in find_decisions(text)}
        self._names = names
        self._parties = {
            mention.concept_id: fold(mention.text)
            for text in texts
            for mention in (names.find(text) if names else ())
            if mention.kind == "party"
        }

    def holds(self, written: str, kind: QuestionKind | None = None) -> bool:
        """Whether the form `written` is said, as it is looked for in questions of `kind`."""
        form = read_form(written, self.language)
        dates = kind == "date"
        if form.figure is not None and form.figure.is_among(self._figures, dates=dates):
            return True
        if form.decision is not None:
            return form.decision in self._decisions
        if form.digits and kind not in _NAMING_KINDS:
            return False
        texts = self._cased if form.acronym else self._folded
        return any(_occurs(form, text) for text in texts) and not self._is_another_party(form)

    def judge(self, question: Question) -> Verdict:
        """What the answer to `question` lacks."""
        kind = question.kind
        missing = (
            group for group in question.must if not any(self.holds(form, kind) for form in group)
        )
        forbidden = (form for form in question.must_not if self.holds(form, kind))
        return Verdict(tuple(missing), tuple(forbidden))

    def _is_another_party(self, form: Form) -> bool:
        """Whether a country is meant and only one with a longer name is said: Niger, Nigeria."""
        folded = fold(form.written.strip())
        longer = {party for party, name in self._parties.items() if folded in name}
        if self._names is None or not longer:
            return False
        found = self._names.find(form.written.strip(), self.language)
        meant = {m.concept_id for m in found if m.kind == "party" and fold(m.text) == folded}
        return bool(meant) and not meant & set(self._parties)


@lru_cache(maxsize=20_000)
def read_form(written: str, language: Language) -> Form:
    """The form `written` in a set of `language`."""
    bare = written.strip()
    acronym = _is_acronym(bare)
    folded = fold(bare, keep_case=acronym)
    tail = re.search(r"[^\W\d_]*$", folded)
    short = tail is not None and 0 < len(tail[0]) <= _WHOLE_WORD and is_alphabetic(tail[0][0])
    decisions = find_decisions(bare)
    figure = figure_form(bare, language)
    return Form(
        written=written,
        figure=figure,
        decision=decisions[0] if decisions and _is_decision(bare) else None,
        digits=figure is not None and figure.number is not None and any(map(str.isdigit, bare)),
        acronym=acronym,
        whole=written[-1].isspace() or short or acronym,
        pattern=re.compile(_source(folded)),
    )


def _is_acronym(bare: str) -> bool:
    letters = [c for c in bare if c.isalpha()]
    return (
        len(letters) >= 2
        and all(c.isupper() for c in letters)
        and " " not in bare
        and not any(c.isdigit() for c in bare)
    )


def _is_decision(bare: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}\s?/\s?[A-ZА-Я]{2,4}\s?\.\s?\d{1,2}", bare))


def _source(folded: str) -> str:
    """Regex source of a folded form: between letters and digits a space or hyphen may stand."""
    source = re.escape(folded).replace(r"\ ", " ").replace(r"\-", "-")
    source = re.sub(r"(?<=[^\W\d_])[ -](?=\d)|(?<=[^\W\d_])(?=\d)", "[ -]?", source)
    source = source.replace(" ", "[ -]")
    source = source.replace("[[ -]-]", "[ -]")
    if folded.startswith("ال"):
        return rf"(?:ال|لل){source[2:]}"
    return source


def _occurs(form: Form, text: str) -> bool:
    return any(
        _begins(text, *match.span()) and _ends(form, text, match.end())
        for match in form.pattern.finditer(text)
    )


def _begins(text: str, start: int, end: int) -> bool:
    """Whether a number or a word begins at `start`."""
    first, before = text[start], text[:start]
    if first.isdigit():
        if re.search(r"\d$|\d[.,/]$", before):
            return False
        # "250 million" is not in "1 250 million".
        group = re.match(r"\d{3}(?!\d)", text[start:end])
        return not (group and re.search(r"(?<![\d.,])[1-9]\d{0,2} $", before))
    if first in _HAN_NUMERALS:
        return not re.search(rf"[\d{_HAN_NUMERALS}]$", before)
    if is_arabic(first):
        word = re.search(r"[^\W\d_]*$", before)
        return word is None or bool(_ARABIC_PARTICLE.fullmatch(word[0]))
    return not (is_alphabetic(first) and before and is_alphabetic(before[-1]))


def _ends(form: Form, text: str, end: int) -> bool:
    """Whether what stands after a match leaves it what it is."""
    last, after = text[end - 1], text[end:]
    if last.isdigit():
        return not re.match(r"\d|[.,]\d|[ ']\d{3}(?!\d)", after)
    if form.whole and after and is_alphabetic(last):
        rest = after.removeprefix("s") if form.acronym and not is_arabic(last) else after
        return not (rest and (is_alphabetic(rest[0]) or rest[0].isdigit()))
    return True
