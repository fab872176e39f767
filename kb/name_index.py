"""Names as they stand in running text: a tree over the word keys of `kb.word_forms`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kb.languages import Language
from kb.word_forms import (
    LATIN_LANGUAGES,
    STOP_WORDS,
    Word,
    fold,
    is_acronym,
    is_han,
    key_in_name,
    raw_words,
    words_of,
)

Form = Literal[
    "inflected",  # the inflected forms of its words too
    "exact",  # no inflection: "البحرين" is not "البحر"
    "strict",  # no inflection, and the capital letters that it has, unless a text has none at all
    "cased",  # strict, and capital letters in every text
]
_MOST_SKIPPED = 3  # stop words in a row that a text may have inside a name


class Found(NamedTuple):
    """A name at `text[start:end]`. `blocks`: at this place `owner` is not what is meant."""

    start: int
    end: int
    owner: str
    blocks: bool

    def within(self, other: "Found") -> bool:
        """Whether this one lies in `other`, or is at the same place."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Found") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(slots=True, eq=False)
class _Name:
    owner: str
    language: Language
    blocks: bool
    capitals: tuple[str, ...] | None = None  # the words, where their capital letters are required
    always_cased: bool = False  # in a text without any capital letter too
    own_language_only: bool = False


@dataclass(slots=True, eq=False)
class _Node:
    """Most nodes have but one of the two: tens of thousands of empty ones would cost."""

    after: dict[str, "_Node"] | None = None
    names: tuple[_Name, ...] = ()


class NameIndex:
    """Finds names of any language in a text of any language, in one pass over its words."""

    def __init__(self) -> None:
        self._root = _Node()
        self._plain: dict[tuple[str, Language, bool], _Name] = {}

    def add(
        self,
        name: str,
        owner: str,
        language: Language,
        *,
        form: Form = "inflected",
        common: bool = False,
        blocks: bool = False,
    ) -> None:
        """Add one name.

        `common`: a word of the general vocabulary, which alone is looked for in texts of its own
        language only, since "pays" is not "country" in English. `blocks`: see `Found`.
        """
        strict = form in ("strict", "cased")
        raws = raw_words(name)
        if not strict:
            raws = _without_inner_stop_words(raws, language)
        acronym = all(map(is_acronym, raws)) and not is_han(raws[0])
        single_word = len(raws) == 1 and not acronym
        # Proper nouns do not inflect in French and Spanish: "Corée" is not "core".
        proper = language in ("fr", "es") and single_word and raws[0][0].isupper()
        exact = acronym or proper or form == "exact"
        if strict:
            entry = _Name(
                owner,
                language,
                blocks,
                capitals=tuple(raws) if name != name.lower() else None,
                always_cased=form == "cased" or any(is_acronym(r) and len(r) > 1 for r in raws),
                own_language_only=not acronym,
            )
        else:
            plain = _Name(owner, language, blocks)
            entry = self._plain.setdefault((owner, language, blocks), plain)
        self._place([key_in_name(raw, language, exact, strict) for raw in raws], entry)
        travels = language in LATIN_LANGUAGES and not (strict or exact or (common and single_word))
        if travels:
            self._place([fold(raw) for raw in raws], entry)

    def _place(self, keys: list[str], entry: _Name) -> None:
        node = self._root
        for key in keys:
            if node.after is None:
                node.after = {}
            following = node.after.get(key)
            if following is None:
                following = node.after[key] = _Node()
            node = following
        if entry not in node.names:
            node.names = (*node.names, entry)

    def matches(self, text: str, languages: tuple[Language, ...]) -> list[Found]:
        """Every name in `text`, nested and overlapping ones too, each owner once per place.

        `languages` are those that the text may be written in.
        """
        words = words_of(text, languages)
        caseless = text == text.lower()  # it has no case to go by
        found: dict[tuple[int, int, str, bool], Found] = {}
        for first, last, name in self._names_in(words):
            if name.own_language_only and name.language not in languages:
                continue
            if name.capitals and (name.always_cased or not caseless):
                given = [word.raw for word in words[first : last + 1]]
                if not _has_capitals(given, name.capitals):
                    continue
            key = (words[first].start, words[last].end, name.owner, name.blocks)
            found.setdefault(key, Found(*key))
        return list(found.values())

    def _names_in(self, words: list[Word]) -> Iterator[tuple[int, int, _Name]]:
        """The names, each with the indices of its first and last word."""
        roots = self._root.after or {}
        count = len(words)
        for first, word in enumerate(words):
            # Loops here, not comprehensions: they run for every word of every text.
            paths: list[tuple[int, _Node, int]] = []
            for key in word.keys:
                if key in roots:
                    paths.append((first, roots[key], 0))
            while paths:
                last, node, skipped = paths.pop()
                if not skipped:
                    for name in node.names:
                        yield first, last, name
                at = last + 1
                after = node.after
                if after is None or at == count:
                    continue
                following = words[at]
                for key in following.keys:
                    if key in after:
                        paths.append((at, after[key], 0))
                if following.is_stop and skipped < _MOST_SKIPPED:
                    paths.append((at, node, skipped + 1))


def _without_inner_stop_words(raws: list[str], language: Language) -> list[str]:
    """First and last words stay: without them "en nature" would be "nature"."""
    if len(raws) < 3:
        return raws
    stops = STOP_WORDS[language]
    return [raws[0], *(raw for raw in raws[1:-1] if fold(raw) not in stops), raws[-1]]


def _has_capitals(given: list[str], required: tuple[str, ...]) -> bool:
    """Whether each letter that is capital in the name is capital in the text."""
    return len(given) == len(required) and all(
        letter.isupper()
        for wanted_word, word in zip(required, given, strict=True)
        for wanted, letter in zip(wanted_word, word.replace(".", ""), strict=False)
        if wanted.isupper()
    )
