"""Short pieces of a text: what names a measure, and the anchor of a figure."""

import re
from typing import Final

from kb.analysis import stop_words
from kb.languages import Language
from kb.sentences import Span
from kb.writing import fold

MOST_WORDS: Final = 14
MOST_OF_NAME: Final = 34  # words of what names a measure or an event: a sentence, as a rule
_LEAST_BEFORE: Final = 8  # words kept in front of a figure that stands late
_HAN_OF_WORD: Final = 2.5
_LONGEST_ANCHOR: Final = 15
_WORD: Final = re.compile(r"\S+")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_HAN_MARK: Final = re.compile(r"[，；：]")
_OF_FIGURE: Final = "0123456789., \u00a0"
_DASHES: Final = "-–—"
_FIGURE_END: Final = re.compile(r"[\d., \u00a0–—-]+[万亿千百]*[^\d，；：]?元?")
_BETWEEN_WORDS: Final = re.compile(r"(?<!\d)\s|\s(?!\d)|/")
_EDGE: Final = " \t\n,;:.،؛，；：。、|–—-"
# Marks of lists, and what ties a clause to the one before it.
_MARK: Final = re.compile(
    r"^(?:[(（]?(?:[a-zа-яأ-ي]|[ivx]{1,4}|[一二三四五六七八九十]{1,2}|\d{1,2})[)）]|[a-zа-я]\.|[㈠-㈩]"
    r"|[’'‘]\d[’'‘]|[-•*–])\s*"
)
_MARK_INSIDE: Final = re.compile(r"([:：])\s*[(（]?[^\W\d_]{1,3}[)）]\s*")
_TIE: Final = re.compile(
    r"^(?:and|but|while|whereas|of which|or|et|mais|dont|ou|y|pero|mientras que|de los que"
    r"|de los cuales|и|а|но|из которых|в то время как|тогда как|بينما|منها|并|而|其中|以及)\s+",
    re.IGNORECASE,
)


def excerpt(text: str, span: Span, focus: Span, most: int = MOST_WORDS) -> str:
    """At most `most` words of `span`, `focus` among them, from the beginning where that holds it.

    Without the marks of lists and punctuation at its ends.
    """
    start = span.start + len(span.of(text)) - len(span.of(text).lstrip())
    while match := _MARK.match(text[start : span.end]) or _TIE.match(text[start : focus.start]):
        start += match.end()
    words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start : span.end])]
    if not words:
        return ""
    if len(_HAN.findall(text[start : span.end])) > len(words):
        return _clean(_han(text, Span(start, span.end), focus, round(most * _HAN_OF_WORD)))
    if len(words) > most:
        words = _window(text, words, focus, most)
    return _clean(text[words[0][0] : words[-1][1]])


def _window(
    text: str, words: list[tuple[int, int]], focus: Span, most: int
) -> list[tuple[int, int]]:
    """`most` of `words`: those behind the figure up to its clause's end come before those far in
    front of it, and the phrase begins at a clause where one begins in time.
    """
    held = next((n for n, word in enumerate(words) if word[1] >= focus.end), len(words) - 1)
    begun = next((n for n, word in enumerate(words) if word[1] > focus.start), held)
    last = most - 1
    if held >= most:
        last = min(len(words) - 1, max(held, begun + most - _LEAST_BEFORE))
    first = last - most + 1
    cuts = [n for n in range(first, begun - 1) if n and text[words[n - 1][1] - 1] in ",;:،؛"]
    chosen = words[cuts[0] if first and cuts else first : last + 1]
    while len(chosen) > 1 and chosen[-1][0] >= focus.end and _dangles(text[slice(*chosen[-1])]):
        chosen.pop()
    return chosen


def _dangles(word: str) -> bool:
    """Whether a phrase does not end in `word`: an article, a preposition, a figure."""
    bare = word.strip(_EDGE)
    return not bare or bare[-1].isdecimal() or fold(bare) in stop_words()


def _han(text: str, span: Span, focus: Span, most: int) -> str:
    if span.end - span.start <= most:
        return span.of(text)
    if focus.end - span.start <= most:
        end = span.start + most
        while end > focus.end and text[end - 1] in _OF_FIGURE and text[end] in _OF_FIGURE:
            end -= 1
        return text[span.start : end]
    start = max(span.start, focus.end - most)
    joined = _OF_FIGURE + _DASHES  # 2030-2031 is one
    if text[start] in joined and start > span.start and text[start - 1] in joined:
        mark = _HAN_MARK.search(text, start, focus.start)
        inside = _FIGURE_END.search(text, start, focus.start)
        start = mark.end() if mark else inside.end() if inside else start
    return text[start : focus.end]


def _clean(written: str) -> str:
    found = " ".join(written.split()).strip(_EDGE)
    found = _MARK_INSIDE.sub(r"\1 ", found)
    for opening, closing in ("()", "（）", "«»", "“”", "[]"):
        if found.count(opening) != found.count(closing):
            found = found.replace(opening, "").replace(closing, "")
    return found


def anchor_of(text: str, span: Span) -> str:
    """What is printed at `span`, cut at a word's end to 15 characters."""
    written = span.of(text).strip()
    if len(written) <= _LONGEST_ANCHOR:
        return written
    spaces = [m.start() for m in _BETWEEN_WORDS.finditer(written[: _LONGEST_ANCHOR + 1])]
    cut = written[: max(spaces, default=_LONGEST_ANCHOR)]
    digits = len(cut) - len(cut.rstrip("0123456789٠١٢٣٤٥٦٧٨٩"))
    # Never inside a number: another number would be left.
    return cut[:-digits] if digits and written[len(cut)].isdecimal() and digits < len(cut) else cut


def name_of(text: str) -> str | None:
    """`text` as a name of its own; None when it says nothing."""
    written = " ".join(text.split()).strip(_EDGE)
    return f"name:{written}" if any(letter.isalpha() for letter in written) else None


def short_title(title: str, language: Language, most: int = MOST_OF_NAME) -> str:  # noqa: ARG001
    """A heading without its number, as a subject."""
    bare = _HEADING_NUMBER.sub("", title).strip()
    whole = Span(0, len(bare))
    return excerpt(bare, whole, Span(0, 0), most)


_HEADING_NUMBER: Final = re.compile(
    r"^(?:(?:[IVXLC]+|[A-ZА-Я]|\d+(?:\.\d+)*)[.)]?(?=\s)|[一二三四五六七八九十]+[.、．]|[A-Z]\.|\d+\."
    r"|(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا)ً?\s?[-–.]|(?:ألف|باء|جيم|دال|هاء|واو)\s?[-–.]|\d+\s?[-–])\s*"
)
