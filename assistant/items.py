"""What a question speaks of, item by item, and whether a text speaks of it too."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final, Literal

from assistant.question import Question, Vocabulary
from assistant.reading import FAMILY, Mark, MarkKind, ReadSentence, ReadText, years_of
from kb.languages import Language
from kb.quantities import TIME_KINDS

ItemKind = Literal[
    "name",
    "term",
    "action",
    "noun",
    "word",
    "year",
    "date",
    "number",
    "rate",
    "measure",
    "session",
    "decision",
]
HARD: Final = frozenset[ItemKind](("name", "year", "session", "decision"))
"""Kinds without which a text does not answer: another Party, another year is another answer."""

_NAMES: Final = frozenset(("party", "organization", "initiative"))
_WEIGHTS: Final[dict[ItemKind, float]] = {
    "name": 3.0, "term": 1.5, "action": 1.0, "noun": 0.8, "word": 1.0, "year": 1.5, "date": 1.5,
    "number": 1.5, "rate": 1.0, "measure": 1.0,
    "session": 2.0, "decision": 2.0,
}  # fmt: skip
_HAN: Final = 0.5  # a word of two characters is up to three pairs
_INNER: Final = 0.5  # a concept inside a longer name
_DOUBLED: Final = 0.4  # a word that an action or a noun stands for as well
_TOPICS: Final = frozenset[ItemKind](("action", "noun", "word", "measure"))
_SMALL: Final = 12
_EXPECTED: Final = 0.4
_PARTS: Final = 0.7
_OWN_TERMS: Final = ("term:", "convention:")
_LATIN: Final = frozenset[Language](("en", "fr", "es"))
_MARKS: Final[dict[ItemKind, MarkKind]] = {
    "name": "concept", "term": "concept", "action": "action", "noun": "noun", "word": "word",
    "rate": "rate", "measure": "measure",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One thing that one question speaks of, told apart by identity; a text that has the `action`,
    or all the concepts in `parts`, speaks of it too, and so does one in another language that has
    a word of `kin`.
    """

    kind: ItemKind
    key: str
    weight: float
    action: str | None = None
    topic: bool = False  # says what is asked, not of whom or when
    parts: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()


def items_of(question: Question) -> tuple[Item, ...]:
    """What the question speaks of, weighted by how much it tells."""
    items: dict[tuple[str, str], Item] = {}

    def add(
        kind: ItemKind, key: str, weight: float | None = None, action: str | None = None
    ) -> None:
        topic = kind in _TOPICS or (kind == "term" and key.startswith("term:") and weight is None)
        items.setdefault((kind, key), Item(kind, key, weight or _WEIGHTS[kind], action, topic))

    done = dict(question.done)
    for mention in question.names:
        kind: ItemKind = "name" if mention.kind in _NAMES else "term"
        add(kind, mention.concept_id, action=done.get(mention.concept_id))
    known = {key for _, key in items}
    for concept in question.concepts:
        if concept not in known:
            add("term", concept, _INNER)
    for action in question.actions:
        add("action", action)
    for noun in question.nouns:
        add("noun", noun)
    for word in question.words:
        add("word", word.stem, _DOUBLED if word.doubled else _HAN if word.han else None)
    for year in question.years:
        add("year", year)
    for date in question.dates:
        add("date", date)
    for number in question.numbers:
        # "Which three regions" says how many it expects, and the text need not.
        small = number.value <= _SMALL
        add("number", str(number.value.normalize()), _EXPECTED if small else None)
    for rate in sorted(question.rates):
        add("rate", rate)
    for measure in sorted(question.measures):
        add("measure", measure)
    for decision in question.decisions:
        add("decision", decision)
    if not question.references:
        for session in question.sessions:
            add("session", session)
    return tuple(items.values())


def with_parts(
    items: Sequence[Item], question: Question, texts: Sequence[ReadText], vocabulary: Vocabulary
) -> tuple[Item, ...]:
    """`items` where an initiative that no text names may be met by the terms of its name: the
    texts say "a Rio conventions synergies toolbox".
    """
    if not any(m.kind == "initiative" for m in question.names):
        return tuple(items)
    said = {c for text in texts for c in text.concepts}
    nested = {
        m.concept_id: frozenset(
            vocabulary.concepts(question.text[m.start : m.end], question.language)
        )
        - {m.concept_id}
        for m in question.names
        if m.kind == "initiative" and m.concept_id not in said
    }
    return tuple(
        replace(item, parts=parts)
        if len(parts := nested.get(item.key, frozenset())) > 1
        and all(part.startswith(_OWN_TERMS) for part in parts)
        else item
        for item in items
    )


def is_met_in_parts(item: Item, concepts: frozenset[str]) -> bool:
    """Whether most of the terms of the item's name are there."""
    return bool(item.parts) and len(item.parts & concepts) >= max(2, _PARTS * len(item.parts))


def is_plain_word(item: Item) -> bool:
    """Whether the item is a word that no name, action or noun stands for as well."""
    return item.kind == "word" and item.weight != _DOUBLED


def is_comparable(item: Item, language: Language, question: Question) -> bool:
    """Whether absence of the item tells anything: a word of another language is absent anyway,
    unless words near to it are known."""
    return item.kind != "word" or language == question.language or bool(item.kin)


def in_sentence(item: Item, sentence: ReadSentence, language: Language, question: Question) -> bool:
    """Whether the sentence speaks of the item."""
    match item.kind:
        case "name" | "term":
            return (
                item.key in sentence.concepts
                or ("action", item.action) in sentence.keys
                or is_met_in_parts(item, sentence.concepts)
            )
        case "action" | "noun" | "rate" | "measure":
            return (item.kind, item.key) in sentence.keys
        case "word":
            return (
                ("word", item.key) in sentence.keys
                or _has_kin(item, sentence.keys, language, question)
                or _related(item, sentence.families, language, question)
            )
        case "year":
            return any(item.key in years_of(q) for q in sentence.quantities)
        case "date":
            return any(q.iso and q.iso.startswith(item.key) for q in sentence.quantities)
        case "number":
            return any(
                q.kind not in TIME_KINDS and str(q.value.normalize()) == item.key
                for q in sentence.quantities
            )
        case "session" | "decision":
            return False


def items_in(items: Iterable[Item], text: ReadText, question: Question) -> frozenset[Item]:
    """Those of the items that any sentence of the text speaks of."""
    concepts, keys = text.concepts, text.keys
    found = []
    for item in items:  # a plain loop: it runs for every text that is found
        kind, key = item.kind, item.key
        if kind in ("name", "term"):
            held = (
                key in concepts
                or (item.action is not None and ("action", item.action) in keys)
                or is_met_in_parts(item, concepts)
            )
        elif kind == "word":
            held = (
                ("word", key) in keys
                or _has_kin(item, keys, text.language, question)
                or _related(item, text.families, text.language, question)
            )
        elif kind == "year":
            held = key in text.years
        elif kind in ("action", "noun", "rate", "measure"):
            held = (kind, key) in keys
        else:
            held = any(in_sentence(item, s, text.language, question) for s in text.sentences)
        if held:
            found.append(item)
    return frozenset(found)


def marks_of(item: Item, sentence: ReadSentence) -> Iterable[Mark]:
    """Where the sentence speaks of the item."""
    kind = _MARKS.get(item.kind)
    return (
        m
        for m in sentence.marks
        if (m.kind == kind and (m.key == item.key or (item.kin and m.key in item.kin)))
        or (m.kind == "action" and m.key == item.action)
    )


def _has_kin(
    item: Item, keys: Set[tuple[MarkKind, str]], language: Language, question: Question
) -> bool:
    """Whether a text in another language has a word near to the item."""
    if not item.kin or language == question.language:
        return False
    return any(("word", word) in keys for word in item.kin)


def _related(
    item: Item, families: Mapping[str, Sequence[str]], language: Language, question: Question
) -> bool:
    """Whether a word of the same family is there: "define" and "definition", or, in another
    language of Latin script, "projet" and "project".
    """
    if len(item.key) < FAMILY or not item.key[0].isalpha():
        return False
    words = families.get(item.key[:FAMILY], ())
    if language == question.language:
        return any(word.startswith(item.key) or item.key.startswith(word) for word in words)
    return bool(words) and language in _LATIN and question.language in _LATIN
