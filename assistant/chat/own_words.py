"""Whether a sentence in a chat model's own words says what one sentence of its source says.

Conservative: it passes as a shortened source sentence, under the name that the source has there
or goes on about. Beside what `assistant.attribution` checks (each figure, date, name, stage and
negation is joined in one clause), every content word (1.0 of them, neutral ones apart) must be the
source sentence's, in its order, without a gap inside a clause; and no word that hedges, counts or
compares is lost or added. In another order its words may stand only if all of one clause are kept
and it has no two names, amounts or dates that could change places.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.attribution import is_attributed
from assistant.chat.qualifiers import AMOUNTS, HEDGES, qualifiers, without_neutral
from assistant.claim_words import Role, ids_of, places_of
from assistant.content_words import content_words
from assistant.question import Vocabulary
from assistant.segments import segments
from kb.languages import Language
from kb.mentions import find_paragraph_references, find_sessions
from kb.passages import Passage
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.references import find_decisions, find_symbols, plain_digits
from kb.sentences import Span, clauses
from kb.terms import Mention

_ACTORS: Final = frozenset(("party", "organization"))
_TOPICS: Final = frozenset(("initiative", "convention"))
_SWAPPED: Final = (_ACTORS, _TOPICS, frozenset(("figure",)), frozenset(("date",)))
_CLAIMS: Final[tuple[Role, ...]] = ("rate", "measure", "as_of")
_BROKEN: Final = re.compile(r"\s[,،，、]|[,،，、]\s*[,،，、]")  # where words were taken out
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Token:
    """What a sentence says at one place: a word's stem, a name's id, a figure's value."""

    kind: str
    key: str
    start: int
    end: int
    unit: str | None = None  # of a figure


@dataclass(frozen=True, slots=True)
class _Said:
    """The tokens of one sentence, in order."""

    text: str
    tokens: tuple[_Token, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]


def is_said(
    statement: str,
    language: Language,
    passage: Passage,
    sentence: Span,
    vocabulary: Vocabulary,
) -> bool:
    """Whether `sentence` of the passage's text says `statement`; both must be in `language`."""
    if passage.language != language:
        return False
    if _references(statement) - _references(sentence.of(passage.text)):
        return False
    if not is_attributed(statement, language, [(passage, sentence)], vocabulary):
        return False
    text = sentence.of(passage.text)
    if _BROKEN.search(statement) or not _are_named(statement, passage, sentence, vocabulary):
        return False
    if qualifiers(statement, language, HEDGES) != qualifiers(text, language, HEDGES):
        return False
    # What is told before the second figure stands for itself.
    first = segments(text, Span(0, len(text)), language, find_quantities(text, language))[0]
    return any(
        _is_shortened(statement, part, language, vocabulary)
        for part in dict.fromkeys((text, first.of(text)))
    )


def _are_named(text: str, passage: Passage, sentence: Span, vocabulary: Vocabulary) -> bool:
    """Whether the sentence names whom `text` names, or begins with "it" for the one initiative
    that the text before it names; and where `text` names several of a kind, it names all that the
    sentence does: half a list is another.
    """
    language = passage.language
    said = _names(text, language, vocabulary)
    here = _names(sentence.of(passage.text), language, vocabulary)
    for kinds in (_ACTORS, _TOPICS):
        own = {name for name, kind in said if kind in kinds}
        held = {name for name, kind in here if kind in kinds}
        if len(own) > 1 and held - own:
            return False
        if own - held and kinds is _ACTORS:
            return False
        if own - held and own - held != _meant_by_it(passage, sentence, vocabulary):
            return False
    return True


def _meant_by_it(passage: Passage, sentence: Span, vocabulary: Vocabulary) -> set[str]:
    """The initiative that an anaphor at the beginning of the sentence stands for: the only one in
    the text before it, or else in the headings; empty where there is no such word, or several."""
    if not begins_with_anaphor(sentence.of(passage.text), passage.language):
        return set()
    for before in (passage.text[: sentence.start], "\n".join(passage.heading_path)):
        names = _names(before, passage.language, vocabulary)
        topics = {name for name, kind in names if kind in _TOPICS}
        if topics:
            return topics if len(topics) == 1 else set()
    return set()


def _names(text: str, language: Language, vocabulary: Vocabulary) -> set[tuple[str, str]]:
    return {(m.concept_id, m.kind) for m in vocabulary.find(text, language)}


def _is_shortened(statement: str, text: str, language: Language, vocabulary: Vocabulary) -> bool:
    if qualifiers(statement, language, AMOUNTS) != qualifiers(text, language, AMOUNTS):
        return False
    if any(ids_of(statement, language, r) - ids_of(text, language, r) for r in _CLAIMS):
        return False
    own = _read(statement, language, vocabulary)
    source = _read(text, language, vocabulary)
    resolved = {m.concept_id for m in own.mentions} - {m.concept_id for m in source.mentions}
    if resolved:
        # The name stands where the source has "it": that word is said by the name.
        source = _read(_without_anaphor(text, language), language, vocabulary)
    return _follows(own, source, language)


def keeps_qualifiers(part: str, whole: str, language: Language) -> bool:
    """Whether a part of a sentence loses no hedge and no negation of the whole."""
    return qualifiers(part, language, HEDGES) == qualifiers(whole, language, HEDGES) and ids_of(
        part, language, "negation"
    ) == ids_of(whole, language, "negation")


def begins_with_anaphor(text: str, language: Language) -> bool:
    """Whether the text begins with "it" or "this fund": whose, only the text before it says."""
    start = len(text) - len(text.lstrip(" \"'«“„「"))
    return any(begin == start for begin, _ in places_of(text, language, "anaphor"))


def _without_anaphor(text: str, language: Language) -> str:
    """The text with the anaphor blanked that it begins with, if it does."""
    end = max((e for s, e in places_of(text, language, "anaphor") if s == 0), default=0)
    return " " * end + text[end:]


def _references(text: str) -> frozenset[object]:
    """Documents, meetings, decisions and paragraphs that a text names, and its runs of digits."""
    plain = plain_digits(text)
    return frozenset(
        (
            *find_symbols(text),
            *find_sessions(text),
            *find_decisions(text),
            *((r.symbol, r.session, r.label) for r in find_paragraph_references(text)),
        )
    ) | frozenset(_loose_digits(plain))


def _loose_digits(text: str) -> Iterable[str]:
    """Digits that are no quantity: "15.3.1", "phase 2"."""
    held = [Span(q.start, q.end) for q in find_quantities(text)]
    for match in _DIGITS.finditer(text):
        if not any(span.start <= match.start() < span.end for span in held):
            yield match[0]


def _read(text: str, language: Language, vocabulary: Vocabulary) -> _Said:
    mentions = tuple(
        m for m in vocabulary.find(text, language) if m.kind in _ACTORS or m.kind in _TOPICS
    )
    quantities = find_quantities(text, language)
    tokens = [_Token(m.kind, m.concept_id, m.start, m.end) for m in mentions]
    masked = without_neutral(text, language)
    for q in quantities:
        kind = "date" if q.kind in TIME_KINDS else "figure"
        key = q.iso or str(q.value.normalize())
        tokens.append(_Token(kind, key, q.start, q.end, q.unit))
    for token in tuple(tokens):
        masked = masked[: token.start] + " " * (token.end - token.start) + masked[token.end :]
    for word in content_words(masked, language):
        if word.han:
            for place in (word.start, word.start + 1):
                tokens.append(_Token("word", text[place], place, place + 1))
        else:
            tokens.append(_Token("word", word.stem, word.start, word.end))
    unique = {(t.start, t.kind): t for t in tokens}
    return _Said(text, tuple(sorted(unique.values(), key=lambda t: t.start)), mentions, quantities)


def _follows(own: _Said, source: _Said, language: Language) -> bool:
    """Whether the tokens of `own` are a fair selection of those of `source`."""
    here = {t.key for t in source.tokens if t.kind in _TOPICS}
    said = [t for t in own.tokens if t.kind not in _TOPICS or t.key in here]
    if not said or not any(t.kind in ("word", "figure", "date") for t in said):
        return False
    spans = clauses(source.text, Span(0, len(source.text)), language)
    pieces = [_inside(source.tokens, span) for span in spans]
    used = _matched(said, source.tokens)
    if used is None:
        return _is_reordered(said, source.tokens, pieces) and _negations(own.text, language) == (
            _negations(source.text, language)
        )
    touched = [piece for piece in pieces if any(i in used for i in piece)]
    kept = [span for span, piece in zip(spans, pieces, strict=True) if piece in touched]
    end = source.tokens[max(used)].end
    negated = sum(
        _negations(source.text[span.start : min(span.end, end)], language) for span in kept
    )
    if negated != _negations(own.text, language):
        return False
    if any(i not in used for piece in touched[:-1] for i in piece):
        return False
    last = [i in used for i in touched[-1]]
    # A clause may lose its end, never its beginning or its middle.
    if sorted(last, reverse=True) != last:
        return False
    return _names_all(own, [source.tokens[i] for piece in touched for i in piece])


def _inside(tokens: Sequence[_Token], span: Span) -> list[int]:
    """Places of the tokens that begin in the span."""
    return [i for i, t in enumerate(tokens) if span.start <= t.start < span.end]


def _negations(text: str, language: Language) -> int:
    return len(places_of(text, language, "negation"))


def _matched(said: Sequence[_Token], source: Sequence[_Token]) -> frozenset[int] | None:
    """Where `said` stands in `source`, in its order; None where it does not, or in another one.

    Begun at each place where its first token stands, for the best selection is not the first.
    """
    best: frozenset[int] | None = None
    for begin in [i for i, t in enumerate(source) if _is_same(said[0], t)]:
        used = [begin]
        for token in said[1:]:
            place = next(
                (i for i in range(used[-1] + 1, len(source)) if _is_same(token, source[i])), None
            )
            if place is None:
                break
            used.append(place)
        else:
            if best is None or used[-1] - begin < max(best) - min(best):
                best = frozenset(used)
    return best


def _is_same(one: _Token, other: _Token) -> bool:
    if one.kind != other.kind:
        return False
    if one.key == other.key:
        return True
    if one.kind == "date":
        return other.key.startswith(f"{one.key}-") or one.key in other.key.split("/")
    return False


def _is_reordered(
    said: Sequence[_Token], source: Sequence[_Token], pieces: Sequence[Sequence[int]]
) -> bool:
    """Whether `said` has all that one clause has and no more, and nothing that could be swapped."""
    for piece in pieces:
        clause = [source[i] for i in piece]
        if any(sum(t.kind in kinds for t in clause) > 1 for kinds in _SWAPPED):
            continue
        if _names_of(said) != _names_of(clause) or _units(said) != _units(clause):
            continue
        if len(said) == len(clause) and all(
            any(_is_same(one, other) for other in clause) for one in said
        ):
            return all(any(_is_same(one, other) for one in said) for other in clause)
    return False


def _names_of(tokens: Iterable[_Token]) -> list[str]:
    return [t.key for t in tokens if t.kind in _ACTORS or t.kind in _TOPICS]


def _units(tokens: Iterable[_Token]) -> list[str | None]:
    """The unit of the figure: what a figure counts when it has moved must be told for sure."""
    return [t.unit for t in tokens if t.kind == "figure"]


def _names_all(own: _Said, source: Sequence[_Token]) -> bool:
    """Of several names of one kind in the clauses that are used none may be left out."""
    for kinds in (_ACTORS, _TOPICS):
        there = {t.key for t in source if t.kind in kinds}
        if len(there) > 1 and there - {m.concept_id for m in own.mentions}:
            return False
    amounts = [q for q in own.quantities if q.kind not in TIME_KINDS]
    return len(amounts) <= len([t for t in source if t.kind == "figure"])
