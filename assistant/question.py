"""What a question asks."""

from dataclasses import dataclass
from typing import Final, Protocol

from assistant.claim_words import Status, has_role
from assistant.places import masked
from assistant.question_words import Kind
from kb.languages import Language
from kb.mentions import ParagraphReference
from kb.quantities import Kind as QuantityKind
from kb.quantities import Quantity
from kb.regions import parties_of
from kb.terms import Kind as ConceptKind
from kb.terms import Mention

EXACT_KINDS: Final = frozenset[Kind](("how_much", "how_many", "when", "where", "who", "yes_no"))
"""Kinds whose answer is said at once, in 60 words."""
FIGURE_KINDS: Final = frozenset[Kind](("how_much", "how_many", "when"))
"""Kinds that a figure or a date answers."""


class Vocabulary(Protocol):
    """The part of `kb.terms.Terms` that reading needs."""

    def find(self, text: str, language: Language | None = None) -> tuple[Mention, ...]:
        """The names in `text`."""

    def concepts(self, text: str, language: Language | None = None) -> tuple[str, ...]:
        """Ids of the concepts in `text`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: its stem; whether it is a pair of Han characters; whether an action or a
    counted noun stands for it as well.
    """

    stem: str
    han: bool = False
    doubled: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what it holds. `language` is its own, `reader` that of the answer.

    `kinds` has the kind of each part of the question, the main one first. `names` are the concepts
    named as such, `concepts` also those inside longer names. `actions` and `nouns` are what is
    done and what can be counted, by language-neutral ids, where no name says it already; `done`
    are names that are actions too, with the action. `units` is what is asked to be
    counted, `focus` the stems of the first words after "how many" or "what is".
    `years` are the years named, `dates` the months and days, `numbers` the other figures.
    `references` are paragraphs; `sessions`, `symbols` and `decisions` name meetings and documents.
    `rates` and `measures` say
    of what kind the amount is: a day, a year; a budget. `status` is how far that is which is to be
    counted, None where the question does not tell. `wants_person` asks for somebody's name,
    `wants_items` for every item of a list, `wants_one` for the one thing of a kind, `asks_member`
    whether something is one of them, `asks_as_of` how new the figures are; `adds` and `weighs`
    say that it speaks of figures taken together or held against one another.
    `wants_bodies` says that it asks for organizations: a Party is none.
    `foreign` says that it is in none of the six languages.
    """

    text: str
    language: Language
    reader: Language
    kinds: tuple[Kind, ...]
    names: tuple[Mention, ...] = ()
    concepts: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    actions: tuple[str, ...] = ()
    done: tuple[tuple[str, str], ...] = ()
    nouns: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    numbers: tuple[Quantity, ...] = ()
    references: tuple[ParagraphReference, ...] = ()
    sessions: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    wants_quantity: frozenset[QuantityKind] = frozenset()
    wants_name: frozenset[ConceptKind] = frozenset()
    negated: bool = False
    rates: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    status: Status | None = None
    wants_person: bool = False
    wants_items: bool = False
    asks_member: bool = False
    asks_as_of: bool = False
    wants_one: bool = False
    adds: bool = False
    weighs: bool = False
    wants_bodies: bool = False
    foreign: bool = False

    @property
    def kind(self) -> Kind:
        """The main kind."""
        return self.kinds[0]

    @property
    def is_exact(self) -> bool:
        """Whether the answer belongs in the first statement and in few words."""
        return self.kind in EXACT_KINDS or bool(self.wants_name)

    @property
    def is_pointed(self) -> bool:
        """Whether one sentence is expected: exact, or which one it is."""
        return self.is_exact or self.wants_one

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked about: no name, word, figure or reference."""
        return not (
            self.concepts
            or self.words
            or self.years
            or self.numbers
            or self.references
            or self.sessions
            or self.symbols
            or self.decisions
        )


def denies(question: Question) -> bool:
    """Whether it denies something; 非洲 (Africa) does not, though it begins with "not"."""
    names = [(m.start, m.end) for m in question.names if parties_of(m.concept_id)]
    return has_role(masked(question.text, names), question.language, "negation")


def is_whole_noun(found: tuple[str, int, int], language: Language) -> bool:
    """Whether it is a word of its own: a single Han character is mostly part of another word."""
    _, start, end = found
    return language != "zh" or end - start > 1
