"""Sentences and clauses of a text in the six languages, as spans of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from kb.languages import Language

# Abbreviations that end in a full stop and do not end a sentence; single letters never do.
_ABBREVIATIONS: Final[dict[Language, str]] = {
    "en": "para paras no nos e.g i.e vs mr mrs ms dr st art arts fig figs approx vol pp sect add "
    "rev corr cf al u.s u.n jan feb aug sept oct nov dec",
    "fr": "par pars art arts no nos mm mme mmes cf env fig vol pp chap sect add rev corr p.ex",
    "es": "párr párrs núm núms art arts sr sra dr dra ee uu ee.uu pág págs fig vol p.ej secc add",
    "ru": "пп гг тт др т.е т.д т.п млн млрд трлн тыс долл руб ст рис табл см им стр разд кв",
    "ar": "د.إ",
    "zh": "no vol",
}
_END: Final[dict[Language, str]] = {
    "zh": r"[。！？]+[”」』’）)]*|(?<=[^\d\s])\.(?=\s|$)|[!?](?=\s|$)",
    "ar": r"[.!؟?…]+[”»)\]]*(?=\s|$)",
}
_LATIN_END: Final = r"[.!?…]+[”\"’»)\]]*(?=\s|$)"
_CLAUSE: Final[dict[Language, str]] = {
    "zh": r"[，；：、]\s*|(?<!\d)[,;:]\s*|——|(?<=[。！？])(?=.)",
    "ar": r"[،؛,;:]\s+|\s[–—-]\s|(?<=[.؟!])\s+",
}
_LATIN_CLAUSE: Final = r"[,;:]\s+|\s[–—-]\s|(?<=[.!?])\s+(?=[A-ZА-ЯÀ-Þ])"


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of some text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text of the span."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


def sentences(text: str, language: Language) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the space around them; no other text is lost.

    A line break ends a sentence too. A semicolon ends a clause: what follows it in a list ("; (b)
    …") needs the words before the list.
    """
    cuts = [m.end() for m in _sentence_ends(language).finditer(text) if _ends(text, m, language)]
    return tuple(_trimmed(text, cuts))


def clauses(text: str, sentence: Span, language: Language) -> tuple[Span, ...]:
    """The clauses of a sentence in order, each with the mark that ends it, up to its next one."""
    pattern = _clause_ends(language)
    cuts = [m.end() for m in pattern.finditer(text, sentence.start, sentence.end)]
    edges = [sentence.start, *cuts, sentence.end]
    return tuple(Span(a, b) for a, b in pairwise(edges) if b > a)


def word_count(text: str) -> float:
    """Length in words; two and a half Han characters count as one word (60 words, 150 Han)."""
    han = len(_HAN.findall(text))
    return len(_WORD.findall(_HAN.sub(" ", text))) + han / 2.5


def printed_part(text: str, label: str) -> Span | None:
    """Where `text` itself prints the sub-paragraph `label`: "… (a) this; (b) that …".

    From its mark to the next mark of its degree, or to the end of its sentence; None if it is not
    printed.
    """
    span = Span(0, len(text))
    for degree in re.findall(r"\(([a-z0-9]+)\)", label):
        start = text.find(f"({degree})", span.start, span.end)
        if start < 0:
            return None
        ends = [
            place
            for mark in _next_marks(degree)
            if (place := text.find(f"({mark})", start + 1, span.end)) >= 0
        ]
        stop = re.compile(r"\.(?=\s|$)").search(text, start, span.end)
        span = Span(start, min([*ends, stop.end() if stop else span.end]))
    return Span(span.start, span.start + len(_LAST_MARK.sub("", span.of(text))))


def _next_marks(degree: str) -> list[str]:
    """The marks that may follow: (c) after (b), (iii) after (ii); (i) is a letter too."""
    following = []
    if degree in _ROMAN[:-1]:
        following.append(_ROMAN[_ROMAN.index(degree) + 1])
    if len(degree) == 1 and degree.isalpha() and degree != "z":
        following.append(chr(ord(degree) + 1))
    return following


_LAST_MARK: Final = re.compile(r"[\s,;]+(?:(?:and|or|et|ou|y|o)\s*)?$")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD: Final = re.compile(r"\w[\w.,'’%-]*")


@cache
def _sentence_ends(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?P<mark>{_END.get(language, _LATIN_END)})|\n+")


@cache
def _clause_ends(language: Language) -> re.Pattern[str]:
    return re.compile(_CLAUSE.get(language, _LATIN_CLAUSE))


@cache
def _abbreviations(language: Language) -> frozenset[str]:
    return frozenset(_ABBREVIATIONS[language].split())


def _ends(text: str, match: re.Match[str], language: Language) -> bool:
    if not match["mark"] or match["mark"][0] != ".":
        return True
    before = re.search(r"[^\s(«“\"]*$", text[max(0, match.start() - 12) : match.start()])
    word = before[0].lower() if before else ""
    if word in _abbreviations(language) or (len(word) == 1 and word.isalpha()):
        return False
    after = text[match.end() : match.end() + 3].lstrip()
    return not after[:1].islower()


def _trimmed(text: str, cuts: list[int]) -> Iterator[Span]:
    edges = [0, *cuts, len(text)]
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            left = len(piece) - len(piece.lstrip())
            yield Span(start + left, start + len(piece.rstrip()))
