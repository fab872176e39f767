"""Names that no vocabulary knows, found by how a question is written."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from assistant.content_words import content_words
from kb.analysis import stop_words
from kb.languages import Language
from kb.writing import fold

NameKind = Literal["actor", "initiative"]
Span = tuple[int, int]

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‑’'][^\W\d_]+)*")
_BETWEEN: Final = re.compile(
    r"[\s ]+(?:(?:of|for|de|du|des|del|d|pour|para|la|las|los|les|the|and|et|y)(?:\s+|['’]))*"
)
_BEGINNING: Final = re.compile(r"(?:^|[.!?;:…]\s+|[¿¡«“\"(]\s*)$")
_CASELESS: Final = frozenset[Language](("zh", "ar"))
_LONG: Final = 3  # words of a name that is no country's or person's
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_HAN_END: Final = re.compile("[向给为对在从将把由被已共又还与和的了]|总共|一共")
_HAN_WORDS: Final = (2, 6)  # code points of a name
_ARABIC_END: Final = re.compile(r"\s(?:لل?|ب|في|من|إلى|على|عن|خلال)|[؟?،,.]|$")
_ARABIC_WORDS: Final = 2


def find_names(
    text: str, language: Language, known: Sequence[Span], taken: Sequence[Span]
) -> Iterable[tuple[NameKind, int, int]]:
    """Runs of words with capitals, as (kind, start, end), with the short words that join them.

    `known` are words that mean something, so that they alone make no name ("States"), `taken` the
    places of what is read already. A word that begins a sentence has its capital from there.
    """
    if language in _CASELESS:
        return
    run: list[Span] = []
    for match in [*_WORD.finditer(text), None]:
        joins = match is not None and bool(run) and _joins(text[run[-1][1] : match.start()])
        if match is not None and _is_capital(match[0]) and (joins or not run):
            run.append(match.span())
            continue
        if match is not None and not _is_capital(match[0]) and run and _is_joint(match[0]):
            continue
        yield from _named(text, run, known, taken)
        run = [match.span()] if match is not None and _is_capital(match[0]) else []


def subject_of(
    text: str, language: Language, done: Sequence[Span], known: Sequence[Span]
) -> Span | None:
    """Who does what is asked, in a language without capitals, where nothing known stands there:
    what a Chinese question begins with, what follows an Arabic verb."""
    if language == "zh":
        return _han_subject(text, done, known)
    if language == "ar":
        return _arabic_subject(text, done, known)
    return None


def is_own_name(text: str, language: Language) -> bool:
    """Whether a text is short enough to be nothing but a name."""
    if language == "zh":
        match = _HAN.fullmatch(text)
        return match is not None and _HAN_WORDS[0] <= len(text) <= _HAN_WORDS[1]
    return 1 <= len(text.split()) <= _ARABIC_WORDS


def stems_of(texts: Iterable[str], language: Language) -> frozenset[str]:
    """The stems of the words of names."""
    return frozenset(word.stem for text in texts for word in content_words(text, language))


def _named(
    text: str, run: list[Span], known: Sequence[Span], taken: Sequence[Span]
) -> Iterable[tuple[NameKind, int, int]]:
    run = [(s, e) for s, e in run if not _overlaps(s, e, taken)]
    if run and _BEGINNING.search(text[: run[0][0]]) and len(run) * 2 <= _begun(text, run):
        run = run[1:]
    while run and (fold(text[slice(*run[0])]) in stop_words()):
        run = run[1:]
    if not run or all(_within(s, e, known) for s, e in run):
        return
    start, end = run[0][0], run[-1][1]
    if _overlaps(start, end, taken):
        return
    inside = any(start <= s and e <= end for s, e in known)
    is_thing = len(run) >= _LONG or (len(run) > 1 and inside)
    yield ("initiative" if is_thing else "actor"), start, end


def _begun(text: str, run: Sequence[Span]) -> int:
    """Two for a single word that begins a longer text; less where it is nearly all of it."""
    rest = text[run[-1][1] :]
    return 2 if _WORD.search(rest) else 0


def _han_subject(text: str, done: Sequence[Span], known: Sequence[Span]) -> Span | None:
    run = _HAN.search(text)
    if run is None:
        return None
    start = run.start()
    ends = [start + m.start() for m in [_HAN_END.search(run[0])] if m]
    ends += [s for s, _ in done if s > start]
    if not ends:
        return None
    end = min(ends)
    fits = _HAN_WORDS[0] <= end - start <= _HAN_WORDS[1]
    return (start, end) if fits and not _overlaps(start, end, known) else None


def _arabic_subject(text: str, done: Sequence[Span], known: Sequence[Span]) -> Span | None:
    for _, end in sorted(done):
        start = end + len(text[end:]) - len(text[end:].lstrip())
        match = _ARABIC_END.search(text, start)
        stop = match.start() if match else len(text)
        words = text[start:stop].split()
        if 1 <= len(words) <= _ARABIC_WORDS and not _overlaps(start, stop, known):
            return start, stop
    return None


def _is_capital(word: str) -> bool:
    plain = re.split("['’]", word)[-1] or word
    return plain[0].isupper() and len(plain) > 1


def _is_joint(word: str) -> bool:
    return _BETWEEN.fullmatch(f" {word} ") is not None


def _joins(between: str) -> bool:
    return _BETWEEN.fullmatch(between) is not None


def _overlaps(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(s < end and start < e for s, e in spans)


def _within(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(s <= start and end <= e for s, e in spans)
