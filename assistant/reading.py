"""What a passage says, sentence by sentence: its names, words and quantities, read once."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal

from assistant.claim_words import actions, role_patterns
from assistant.content_words import content_words
from assistant.question import Vocabulary, is_whole_noun
from kb.languages import Language
from kb.mentions import find_sessions
from kb.quantities import Quantity, find_quantities
from kb.quantity_words import find_count_nouns
from kb.references import find_decisions
from kb.sentences import Span, sentences
from kb.terms import Mention

if TYPE_CHECKING:
    from assistant.kindred import Kindred

_HELD: Final = 4_000  # passages kept: about those of forty documents
FAMILY: Final = 5  # letters at the start by which words of one family meet

MarkKind = Literal["concept", "action", "noun", "word", "rate", "measure"]
_CLAIMS: Final[tuple[Literal["rate", "measure"], ...]] = ("rate", "measure")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a text speaks of, and where: `text[start:end]`."""

    kind: MarkKind
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """One sentence of a text; offsets count in the whole text.

    `concepts` are also those inside longer names; `keys` all that is spoken of, by kind;
    `families` the words of five letters or more by their first five.
    """

    span: Span
    text: str
    concepts: frozenset[str]
    keys: frozenset[tuple[MarkKind, str]]
    families: Mapping[str, tuple[str, ...]]
    marks: tuple[Mark, ...]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text in its sentences, and what they hold together."""

    text: str
    language: Language
    sentences: tuple[ReadSentence, ...]
    concepts: frozenset[str]
    keys: frozenset[tuple[MarkKind, str]]
    families: Mapping[str, tuple[str, ...]]
    years: frozenset[str]


class Reading:
    """Reads texts with a vocabulary and remembers the last few thousand. Safe in threads."""

    def __init__(self, vocabulary: Vocabulary, kindred: "Kindred | None" = None) -> None:
        self.vocabulary = vocabulary
        self.kindred = kindred
        self._held: OrderedDict[tuple[str, Language], ReadText] = OrderedDict()
        self._places: dict[str, frozenset[str]] = {}
        self._lock = Lock()

    def read(self, text: str, language: Language) -> ReadText:
        """What `text` says."""
        key = (text, language)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        read = self._read(text, language)
        with self._lock:
            self._held[key] = read
            while len(self._held) > _HELD:
                old, _ = self._held.popitem(last=False)
                self._places.pop(old[0], None)
        return read

    def places(self, text: str) -> frozenset[str]:
        """The sessions and decisions that `text` names; few questions need them."""
        found = self._places.get(text)
        if found is None:
            found = frozenset((*find_sessions(text), *find_decisions(text)))
            self._places[text] = found
        return found

    def _read(self, text: str, language: Language) -> ReadText:
        mentions = self.vocabulary.find(text, language)
        quantities = find_quantities(text, language)
        marks = tuple(_marks(text, language, mentions))
        read = tuple(
            self._sentence(text, language, span, marks, mentions, quantities)
            for span in sentences(text, language)
        )
        return ReadText(
            text,
            language,
            read,
            frozenset(c for s in read for c in s.concepts),
            keys := frozenset(k for s in read for k in s.keys),
            _families(keys),
            frozenset(year for q in quantities for year in years_of(q)),
        )

    def _sentence(
        self,
        text: str,
        language: Language,
        span: Span,
        marks: tuple[Mark, ...],
        mentions: tuple[Mention, ...],
        quantities: tuple[Quantity, ...],
    ) -> ReadSentence:
        own = span.of(text)
        inside = tuple(m for m in marks if span.start <= m.start and m.end <= span.end)
        return ReadSentence(
            span,
            own,
            frozenset(self.vocabulary.concepts(own, language)),
            keys := frozenset((m.kind, m.key) for m in inside),
            _families(keys),
            inside,
            tuple(m for m in mentions if span.start <= m.start and m.end <= span.end),
            tuple(q for q in quantities if span.start <= q.start and q.end <= span.end),
        )


def _families(keys: Iterable[tuple[MarkKind, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, key in keys:
        if kind == "word" and len(key) >= FAMILY:
            found[key[:FAMILY]] = (*found.get(key[:FAMILY], ()), key)
    return found


def _marks(text: str, language: Language, mentions: tuple[Mention, ...]) -> Iterator[Mark]:
    for mention in mentions:
        yield Mark("concept", mention.concept_id, mention.start, mention.end)
    for key, start, end in actions(language).find(text):
        yield Mark("action", key, start, end)
    for noun in find_count_nouns(text, language):
        if is_whole_noun(noun, language):
            yield Mark("noun", *noun)
    for kind in _CLAIMS:
        for key, pattern in role_patterns(language)[kind].items():
            for match in pattern.finditer(text):
                yield Mark(kind, key, match.start(), match.end())
    for word in content_words(text, language):
        yield Mark("word", word.stem, word.start, word.end)


def years_of(quantity: Quantity) -> tuple[str, ...]:
    """The years that a date or period speaks of, those inside it included."""
    if quantity.iso is None or quantity.iso.startswith("-"):
        return ()
    first, _, last = quantity.iso.partition("/")
    start, end = int(first[:4]), int((last or first)[:4])
    return tuple(str(year) for year in range(start, min(end, start + 60) + 1))
