"""Cuts a sentence to what answers, never from its subject, inside a number or a bracket."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from assistant.claim_words import has_role
from assistant.question import Question
from assistant.reading import Mark, ReadSentence
from assistant.segments import own_part, parts, segments
from kb.analysis import stop_words
from kb.languages import Language
from kb.quantities import Quantity
from kb.sentences import Span, clauses, word_count
from kb.terms import Kind as ConceptKind
from kb.writing import fold

_ASKED_FIGURE: Final = 3.0  # of a clause with a figure that the question has
_WITH_SUBJECT: Final = 1.2  # of the budget, up to which a part is quoted from its beginning
_LONG: Final = 1.5
_MARKS: Final = " \n,;:，；：、،؛–—-"
_REACHED: Final = 0.6
_CELLS: Final = " | "  # a table row is one thing: its headings say what its figures are
_OPEN: Final = "([{（［《“«"
_CLOSE: Final = ")]}）］》”»"
_SUBJECTS: Final = frozenset[ConceptKind](("party", "organization", "initiative", "convention"))


def cut(
    text: str,
    language: Language,
    sentence: ReadSentence,
    question: Question,
    place: Span | None,
    budget: float,
) -> Span:
    """The clauses that answer, of about `budget` words; the sentence where it is short enough or
    is a list that is asked for.

    Kept are the clause with the answer at `place` (else the one that holds most of what is asked),
    the nearest words of everything asked about, and what stands between them; and the beginning of
    the part of the sentence that they stand in, for there its subject is: more than `budget` where
    that takes more.
    """
    whole = sentence.span
    if word_count(whole.of(text)) <= budget or question.wants_items or _CELLS in whole.of(text):
        return whole
    pieces = _closed(text, language, _pieces(text, language, sentence), sentence.quantities)
    weights = [_weight(p, sentence, question, place) for p in pieces]
    key = max(range(len(pieces)), key=lambda i: (weights[i], -i))
    part = own_part(text, whole, (place or pieces[key]).start)
    first, last = _needed(pieces, key, sentence, question, part)
    first = _with_subject(text, language, pieces, (first, last), sentence, question, budget)
    reach = last
    if len(question.kinds) > 1:
        # A question of two parts is answered in more places of the part.
        end = own_part(text, whole, pieces[last].start).end
        while reach + 1 < len(pieces) and pieces[reach + 1].end <= end:
            longer = text[pieces[first].start : pieces[reach + 1].end]
            if word_count(longer) > budget or not any(weights[reach + 1 :]):
                break
            reach += 1
    return _trimmed(text, Span(pieces[first].start, pieces[reach].end))


def tightened(
    text: str,
    language: Language,
    sentence: ReadSentence,
    question: Question,
    place: Span | None,
    budget: float,
) -> tuple[Span, ...]:
    """The clauses around the one that answers, for a sentence of which `cut` leaves more than
    `budget` words: as many as fit, back to the subject first. Where the beginning of the part is
    not among them, it stands before them, if it fits and no other name stands between that they
    may be said of.
    """
    pieces = _closed(text, language, _pieces(text, language, sentence), sentence.quantities)
    weights = [_weight(p, sentence, question, place) for p in pieces]
    key = max(range(len(pieces)), key=lambda i: (weights[i], -i))
    part = own_part(text, sentence.span, (place or pieces[key]).start)

    def length(a: int, b: int) -> float:
        return word_count(text[pieces[a].start : pieces[b].end])

    begin = min(key, next(i for i, p in enumerate(pieces) if p.end > part.start))
    before = word_count(text[pieces[begin].start : pieces[key].start])
    if place is None and length(begin, key) > budget and before <= _REACHED * budget:
        # Who or which one it is mostly stands at the beginning, and the clause begins in reach.
        return (_first_words(text, language, Span(pieces[begin].start, pieces[key].end), budget),)
    if length(begin, key) <= budget:
        first, last = begin, key
    else:
        first, last = _needed(pieces, key, sentence, question, part)
    while first < last and length(first, last) > budget:
        # What is farther from the answer goes first.
        first, last = (first, last - 1) if last - key >= key - first else (first + 1, last)
    opening = _trimmed(text, pieces[begin])
    between = range(opening.end, pieces[first].start)
    apart = begin < first and length(begin, last) > budget
    # What stands between may say of whom the clause is: then the beginning would say it wrongly.
    named = any(m.kind in _SUBJECTS and m.start in between for m in sentence.mentions)
    opened = apart and not named and word_count(opening.of(text)) + length(first, last) <= budget
    room = budget - (word_count(opening.of(text)) if opened else 0.0)
    while first > begin and length(first - 1, last) <= room:
        first -= 1
    while last + 1 < len(pieces) and length(first, last + 1) <= room:
        last += 1
    core = _trimmed(text, Span(pieces[first].start, pieces[last].end))
    return (opening, core) if opened and first > begin else (core,)


def _first_words(text: str, language: Language, span: Span, budget: float) -> Span:
    """The beginning of `span`, of at most `budget` words: to the end of a word outside brackets
    that is no stop word."""
    end = span.end
    edges = [m.start() for m in re.finditer(r"(?<=\S)\s+", text[: span.end])]
    for edge in reversed([e for e in edges if e > span.start]):
        piece = text[span.start : edge]
        words = piece.split()
        whole = language == "zh" or fold(words[-1].strip(_MARKS)) not in stop_words()
        if word_count(piece) <= budget and whole and not _is_open(piece):
            end = edge
            break
    return _trimmed(text, Span(span.start, end))


def _needed(
    pieces: Sequence[Span], key: int, sentence: ReadSentence, question: Question, part: Span
) -> tuple[int, int]:
    """The first and the last piece that must be quoted with the `key` one."""
    indexes = {key}
    for marks in _asked(sentence, question, part):
        near = [i for m in marks for i, p in enumerate(pieces) if p.start <= m.start < p.end]
        if near:
            indexes.add(min(near, key=lambda i: abs(i - key)))
    if question.wants_name:
        indexes |= _named(pieces, key, sentence, question, part)
    return min(indexes), max(indexes)


def _named(
    pieces: Sequence[Span], key: int, sentence: ReadSentence, question: Question, part: Span
) -> set[int]:
    """The pieces with the names asked for: the nearest to the `key` one, and those beside it that
    hold nothing but such names."""
    named = {
        i
        for m in sentence.mentions
        if m.kind in question.wants_name and part.start <= m.start < part.end
        for i, p in enumerate(pieces)
        if p.start <= m.start < p.end
    }
    if not named:
        return set()
    bare = {i for i in named if not any(_is_action(m, pieces[i]) for m in sentence.marks)}
    near = {min(named, key=lambda i: (abs(i - key), i))}
    for step in (-1, 1):
        edge = (min(near) if step < 0 else max(near)) + step
        while edge in bare:
            near.add(edge)
            edge += step
    return near


def _is_action(mark: Mark, piece: Span) -> bool:
    return mark.kind == "action" and piece.start <= mark.start < piece.end


def _asked(sentence: ReadSentence, question: Question, part: Span) -> Iterable[list[Mark]]:
    """The marks of each thing asked about: subjects anywhere in the sentence, other words in the
    part that answers; a thing that is done before it too, where the part does not say it."""
    subjects = {m.concept_id for m in question.names if m.kind in _SUBJECTS}
    for key in subjects:
        yield [m for m in sentence.marks if m.kind == "concept" and m.key == key]
    others = {("concept", m.concept_id) for m in question.names if m.kind not in _SUBJECTS}
    others |= {("action", a) for a in (*question.actions, *(a for _, a in question.done))}
    others |= {("word", w.stem) for w in question.words}
    met = False
    for kind, key in sorted(others):
        inside = [m for m in sentence.marks if (m.kind, m.key) == (kind, key)]
        own = [m for m in inside if part.start <= m.start < part.end]
        met = met or bool(own)
        yield own
    if not met:
        for kind, key in sorted(others):
            yield [m for m in sentence.marks if (m.kind, m.key) == (kind, key)]


def _with_subject(
    text: str,
    language: Language,
    pieces: Sequence[Span],
    needed: tuple[int, int],
    sentence: ReadSentence,
    question: Question,
    budget: float,
) -> int:
    """The piece to begin with, so that a subject stands before what is said of it.

    The beginning of the part, where that is not long; else the clause itself, if it begins with
    something that can be a subject.
    """
    first, last = needed
    own = own_part(text, sentence.span, pieces[first].start)
    part = own_part(text, sentence.span, pieces[first].start, colon=True)
    if own.start > sentence.span.start and _goes_on(
        own.of(text), language, pieces[first], question, sentence
    ):
        # "its launch is expected at COP 17": what "its" means stands in the part before.
        part = own_part(text, sentence.span, own.start - 1)
    begin = next(i for i, p in enumerate(pieces) if p.end > part.start)
    # What is too long for a quote of the original beside it may as well be whole.
    long = word_count(text[pieces[first].start : pieces[last].end]) > budget
    limit = (_LONG if long else _WITH_SUBJECT) * budget
    if word_count(text[pieces[begin].start : pieces[last].end]) <= limit:
        return begin
    if part.start < own.start:
        return begin
    alone = _names_subject(pieces[first], question, sentence) or _has_subject(
        pieces[first], sentence
    )
    return first if alone else begin


def _goes_on(
    part: str, language: Language, piece: Span, question: Question, sentence: ReadSentence
) -> bool:
    return has_role(part, language, "anaphor") and not _names_subject(piece, question, sentence)


def _names_subject(piece: Span, question: Question, sentence: ReadSentence) -> bool:
    """Whether something asked about stands in the piece, before what is said of it."""
    asked = {m.concept_id for m in question.names if m.kind in _SUBJECTS}
    acts = _first_action(piece, sentence)
    return any(
        m.key in asked and m.kind == "concept" and piece.start <= m.start and m.start < acts
        for m in sentence.marks
    )


def _first_action(piece: Span, sentence: ReadSentence) -> int:
    acts = (m.start for m in sentence.marks if _is_action(m, piece))
    return min(acts, default=piece.end)


def _has_subject(piece: Span, sentence: ReadSentence) -> bool:
    """Whether something stands before the first word that says what is done: "pledged more than
    19 billion" has lost who did, "US$1 billion a day is needed" is whole."""
    inside = [m for m in sentence.marks if piece.start <= m.start and m.end <= piece.end]
    acts = _first_action(piece, sentence)
    figures = [q.start for q in sentence.quantities if piece.start <= q.start < acts]
    named = [m.start for m in inside if m.kind in ("concept", "noun") and m.start < acts]
    return acts < piece.end and bool(figures or named)


def _pieces(text: str, language: Language, sentence: ReadSentence) -> list[Span]:
    """The clauses, parted where one figure ends and the next begins too."""
    parted = segments(text, sentence.span, language, sentence.quantities)
    strong = parts(text, sentence.span)
    found = (*clauses(text, sentence.span, language), *parted, *strong)
    edges = {piece.start for piece in found}
    return [Span(a, b) for a, b in pairwise([*sorted(edges), sentence.span.end])]


def _closed(
    text: str, language: Language, pieces: Sequence[Span], quantities: Sequence[Quantity]
) -> list[Span]:
    """The clauses, joined where the cut would fall inside brackets, a quantity, or between a verb
    and what is said of it ("had, with support, validated")."""
    joined: list[Span] = []
    insertion = 0
    for piece in pieces:
        if joined and (
            insertion
            or _is_open(joined[-1].of(text))
            or any(q.start < piece.start < q.end for q in quantities)
        ):
            joined[-1] = Span(joined[-1].start, piece.end)
            insertion = max(0, insertion - 1)
        else:
            joined.append(piece)
        if language != "zh" and _is_open_ended(piece.of(text)):
            insertion = 2
    return joined


def _is_open(piece: str) -> bool:
    opened = sum(piece.count(c) for c in _OPEN) > sum(piece.count(c) for c in _CLOSE)
    return opened or piece.count('"') % 2 == 1


def _is_open_ended(piece: str) -> bool:
    """Whether a clause breaks off at a comma after a word such as "had" or "with"."""
    words = piece.rstrip(" \n").rstrip(",،").split()
    return piece.rstrip().endswith((",", "،")) and bool(words) and fold(words[-1]) in stop_words()


def _weight(piece: Span, sentence: ReadSentence, question: Question, place: Span | None) -> float:
    weight = 0.0
    for mention in sentence.mentions:
        if piece.start <= mention.start and mention.end <= piece.end:
            weight += 2.0 if mention.concept_id in question.concepts else 0.0
            weight += 1.0 if mention.kind in question.wants_name else 0.0
    words = {w.stem: 0.5 if w.han else 1.0 for w in question.words}
    for mark in sentence.marks:
        if piece.start <= mark.start and mark.end <= piece.end:
            if mark.kind == "word":
                weight += words.get(mark.key, 0.0)
            elif mark.kind == "action":
                weight += 1.0 if mark.key in question.actions else 0.0
    for held in sentence.quantities:
        if piece.start <= held.start and held.end <= piece.end:
            asked = any(q.value == held.value and q.kind == held.kind for q in question.numbers)
            weight += _ASKED_FIGURE if asked else 0.0
            weight += 0.5 if held.kind in question.wants_quantity else 0.1
    if place is not None and piece.start <= place.start and place.end <= piece.end:
        weight += 20.0
    return weight


def _trimmed(text: str, span: Span) -> Span:
    end = span.end
    while end > span.start and text[end - 1] in _MARKS:
        end -= 1
    return Span(span.start, end)
