"""What a note is about: names, documents, or words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from assistant.brief.words import BriefWords
from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from kb.analysis import index_tokens, query_tokens
from kb.errors import NotFound
from kb.languages import LANGUAGES, Language
from kb.records.naming import Names
from kb.references import plain_digits
from kb.terms import load_terms, plain_name
from kb.views import DocumentSummary

SUBJECTS: Final = ("party", "organization", "initiative", "convention")
_LIKE: Final = 0.66  # of the words of both, where a name is meant though written otherwise
_PRECISE: Final = 0.5  # … of the words of the name
_ITEM: Final = r"\d{1,2}(?:\s?\(?[a-z]\))*"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as read. `subjects` are the ids that it names as such (or a name so like it that
    nothing else is meant), `terms` the ids of common terms in it; `documents` are those that it
    names, by symbol, session or agenda item."""

    question: Question
    subjects: tuple[str, ...]
    terms: tuple[str, ...]
    documents: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it was given."""
        return self.question.text

    @property
    def language(self) -> Language:
        """Of the note."""
        return self.question.reader

    @property
    def terms_tell(self) -> bool:
        """Whether the common terms in it are most of what it says."""
        mentions = [one for one in self.question.names if one.kind == "term"]
        covered = {at for one in mentions for at in range(one.start, one.end)}
        letters = [at for at, character in enumerate(self.text) if character.isalpha()]
        return 2 * len(covered & set(letters)) > len(letters)

    @property
    def is_document(self) -> bool:
        """Whether it is a document as a whole."""
        return bool(self.documents) and not self.subjects

    @property
    def is_broad(self) -> bool:
        """Whether it is about Parties or bodies of the Convention alone: much is under headings
        that name them, and little of it is about them."""
        kinds = ("party:", "convention:")
        return bool(self.subjects) and all(s.startswith(kinds) for s in self.subjects)

    @property
    def is_party(self) -> bool:
        """Whether it is about Parties alone."""
        return bool(self.subjects) and all(s.startswith("party:") for s in self.subjects)


def read_topic(
    text: str,
    language: Language | None,
    vocabulary: Vocabulary,
    documents: Sequence[DocumentSummary],
    names: "NameReader",
    named: Iterable[str],
) -> Topic:
    """The topic that `text` gives; `named` are the ids that records speak of."""
    question = read_question(text, vocabulary, language or _language_of_names(text, vocabulary))
    found = _documents(question, documents)
    held = [m.concept_id for m in question.names if m.kind in SUBJECTS]
    subjects = tuple(dict.fromkeys(one for one in held if not _is_of_document(one, bool(found))))
    if not subjects and not found:
        subjects = names.like(question, named)
    terms = tuple(dict.fromkeys(m.concept_id for m in question.names if m.kind == "term"))
    return Topic(question, subjects, terms, found)


def _language_of_names(text: str, vocabulary: Vocabulary) -> Language | None:
    """The language in which all names of a topic are written so: "Allemagne" is French. None where
    no name tells, or several languages write it alike."""
    terms = load_terms()
    found: set[Language] | None = None
    for mention in vocabulary.find(text):
        written = mention.text.casefold()
        own = {
            language
            for language, names in terms.concept(mention.concept_id).names.items()
            if any(plain_name(name).casefold() == written for name in names)
        }
        found = own if found is None else found & own
    return found.pop() if found is not None and len(found) == 1 else None


def _is_of_document(concept: str, has_document: bool) -> bool:
    """Whether a name only tells which document is meant: the body whose session it is."""
    return has_document and concept.startswith("convention:")


def _documents(question: Question, documents: Sequence[DocumentSummary]) -> tuple[str, ...]:
    items = _items(question.text)
    found = [
        one.document_id
        for one in documents
        if one.status == "current"
        and one.visibility == "public"
        and (
            {one.document_id, *one.symbols} & {*question.symbols, question.text.strip()}
            or (
                (one.session in question.sessions if question.sessions else bool(items))
                and (not items or _plain_item(one.agenda_item) in items)
            )
        )
    ]
    return tuple(found)


def _items(text: str) -> frozenset[str]:
    """The agenda items that a text names, in the forms of citations."""
    found = (m[1] for pattern in _item_patterns() for m in pattern.finditer(plain_digits(text)))
    return frozenset(_plain_item(one) or "" for one in found)


def _plain_item(item: str | None) -> str | None:
    return re.sub(r"[\s()]", "", item).lower() if item else None


@cache
def _item_patterns() -> tuple[re.Pattern[str], ...]:
    """How each language writes "item 2(a)"."""
    forms = [
        one for code in LANGUAGES for one in BriefWords(code).say("read_item", n="{n}").split("|")
    ]
    return tuple(
        re.compile(
            r"\s*".join(map(re.escape, form.split())).replace(re.escape("{n}"), f"({_ITEM})"),
            re.IGNORECASE,
        )
        for form in sorted(forms, key=len, reverse=True)
    )


class NameReader:
    """The words of the names that records speak of, each read once. Safe in threads."""

    def __init__(self, vocabulary: Vocabulary, names: Names) -> None:
        self._vocabulary = vocabulary
        self._names = names
        self._held: dict[tuple[str, Language], frozenset[str]] = {}

    def like(self, question: Question, named: Iterable[str]) -> tuple[str, ...]:
        """The one of `named` that shares most words with the topic, if it shares nearly all."""
        language = question.language
        asked = self._words(question.text, language)
        if len(asked) < 2:
            return ()
        ranked = {
            one: score
            for one in dict.fromkeys(named)
            if one.split(":")[0] in ("initiative", "organization")
            and (score := self._likeness(asked, one, language))
        }
        best = max(ranked.values(), default=0.0)
        return tuple(one for one, score in ranked.items() if score == best)[:1]

    def _likeness(self, asked: frozenset[str], one: str, language: Language) -> float:
        held = self._held.get((one, language))
        if held is None:
            try:
                held = self._words(self._names.name(one, language), language)
            except NotFound:
                held = frozenset()
            self._held[one, language] = held
        shared = len(asked & held)
        if shared < 2 or shared < _LIKE * len(asked) or shared < _PRECISE * len(held):
            return 0.0
        return 2 * shared / (len(asked) + len(held))

    def _words(self, text: str, language: Language) -> frozenset[str]:
        tokens = query_tokens(text, language, lambda one: self._vocabulary.concepts(one, language))
        plain = frozenset(index_tokens(text, language))
        concepts = frozenset(one for one in tokens if ":" in one)
        return (plain & tokens.keys()) | concepts
