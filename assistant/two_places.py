"""What each of two places says, where a question holds them against one another; and that two names
are of one thing, where the list of names knows it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from assistant.polarity import signs
from assistant.question import Question, Vocabulary
from assistant.question_words import hints
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from kb.languages import Language
from kb.terms import Mention

_MOST: Final = 3  # places that are quoted
_TABLE: Final = "table"
_ROW: Final = ", row "
_PARTS: Final = frozenset(
    f"term:{one}" for one in ("project", "programme", "fund", "phase", "meeting", "platform")
)
_THINGS: Final = ("organization", "initiative")
_QUOTED: Final = re.compile(r"[«“\"「『]([^»”\"」』]{3,120})[»”\"」』]")


class Places(NamedTuple):
    """A sentence of each place, and the name of the one thing that they are about, if that is
    asked."""

    candidates: tuple[Candidate, ...]
    name: Mention | None


def places_compared(question: Question, rankings: Rankings) -> Places | None:
    """The places that a question holds against one another; None where it names none or one."""
    if not _compares(question):
        return None
    same = asks_identity(question)
    thing = one_thing(question, rankings.reading.vocabulary) if same else None
    ranked = rankings.of(question)
    if same and thing is not None:
        about = [c for c in ranked if thing.concept_id in c.sentence.concepts]
        ranked = about + [c for c in ranked if c not in about]
    chosen = _of_named(question, ranked)
    if len(chosen) < 2 and thing is not None and _named_twice(question, thing):
        chosen = _one_each(c for c in ranked if thing.concept_id in c.sentence.concepts)[:2]
    if len(chosen) < 2:
        return None
    held = thing is not None and all(thing.concept_id in c.sentence.concepts for c in chosen)
    return Places(tuple(chosen), thing if held else None)


def asks_identity(question: Question) -> bool:
    """Whether it asks if two are one and the same."""
    found = signs(question.text, question.language).of("unsure")
    return any(one.pole == "identity" for one in found)


def one_thing(question: Question, vocabulary: Vocabulary) -> Mention | None:
    """The body or initiative that the question speaks of under all the names that it has for it;
    None where it speaks of several, or of one name that is not known."""
    quoted = _quoted_names(question)
    things = {m.concept_id: m for m in question.names if m.kind in _THINGS}
    for name in quoted:
        known = [m for m in vocabulary.find(name, question.language) if m.kind in _THINGS]
        if len(known) != 1:
            return None
        things.setdefault(known[0].concept_id, known[0])
    if len(things) != 1 or (not quoted and _of_a_part(question)):
        return None
    return next(iter(things.values()))


def is_one_thing(
    name: str,
    question: Question,
    cited: Sequence[tuple[str, str, Language]],
    vocabulary: Vocabulary,
) -> bool:
    """Whether the question asks if two are one, `name` is what it speaks of, and all the places
    cited (place, words, language), two at least, speak of it."""
    thing = one_thing(question, vocabulary)
    if thing is None or not asks_identity(question):
        return False
    if thing.concept_id not in {m.concept_id for m in vocabulary.find(name)}:
        return False
    by_place: dict[str, bool] = {}
    for place, words, language in cited:
        told = thing.concept_id in vocabulary.concepts(words, language)
        by_place[place] = by_place.get(place, False) or told
    return len(by_place) > 1 and all(by_place.values())


def _of_a_part(question: Question) -> bool:
    """Whether it may be something of the one named that is asked about: a project of a fund."""
    parts = {m.concept_id for m in question.names if m.kind == "term"}
    return bool(parts & _PARTS) and any(m.kind == "initiative" for m in question.names)


def _compares(question: Question) -> bool:
    text, language = question.text, question.language
    asks = hints(text, language, "checks") or hints(text, language, "apart")
    return bool(asks) or asks_identity(question)


def _quoted_names(question: Question) -> list[str]:
    return _QUOTED.findall(question.text)


def _named_twice(question: Question, thing: Mention) -> bool:
    """Whether the question has two names of the one thing."""
    own = {
        question.text[m.start : m.end] for m in question.names if m.concept_id == thing.concept_id
    }
    return len(_quoted_names(question)) > 1 or len(own) > 1


def _of_named(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence of each paragraph of one document that is named, and of a table that is the
    row that answers best."""
    found: dict[str, list[Candidate]] = {}
    for candidate in _one_each(c for c in ranked if c.finding.named):
        found.setdefault(candidate.source.passage.document_id, []).append(candidate)
    if not found:
        return []
    # "Para 21" of no document named may be of any: it is of that which has the others too.
    document, named = max(found.items(), key=lambda held: len(held[1]))
    tables = [c for c in named if _is_table(c)]
    spoken = any(m.concept_id == "term:table" for m in question.names)
    if tables or (spoken and len(named) == 1):
        own = (c for c in ranked if c.source.passage.document_id == document)
        row = next((c for c in own if _is_row(c, tables)), None)
        if row is not None:
            named = [*(c for c in named if c not in tables), row]
    return named[:_MOST]


def _is_table(candidate: Candidate) -> bool:
    return candidate.source.passage.label.startswith(_TABLE)


def _is_row(candidate: Candidate, tables: Sequence[Candidate]) -> bool:
    """Whether it is a row of one of the tables; of any where none is given."""
    label = candidate.source.passage.label
    whole, row, _ = label.partition(_ROW)
    return bool(row) and (not tables or whole in {t.source.passage.label for t in tables})


def _one_each(ranked: Iterable[Candidate]) -> list[Candidate]:
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in ranked:
        passage = candidate.source.passage
        best.setdefault((passage.document_id, passage.label), candidate)
    return list(best.values())
