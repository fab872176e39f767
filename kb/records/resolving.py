"""From what a person writes to the id of a name: "Кения", "KEN" and "Kenya" are party:KEN."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from kb.languages import Language
from kb.records.shipped import shipped_phrases
from kb.terms import Terms, load_terms, plain_name

_ID: Final = re.compile(r"(party|organization|initiative|convention|term|phrase):\S+")
_ARTICLE: Final = re.compile(r"^(?:the|la|le|les|el|los|las)\s+|^l['’]")
_LONGEST_NAME: Final = 120  # letters; what is longer is a text
_ACTORS: Final = ("party", "organization", "initiative", "convention")
# What the columns may name, likeliest first; every other column may name anything.
_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "party": ("party",),
    "country": ("party",),
    "partner": _ACTORS,
    "provider": _ACTORS,
    "recipient": (*_ACTORS, "term", "phrase"),
    "initiative": ("initiative", "organization", "convention", "term", "phrase"),
    "programme": ("initiative", "organization", "convention", "term", "phrase"),
    "supported_by": ("organization", "initiative", "party", "convention"),
    "subject": (*_ACTORS, "term", "phrase"),
    "addressee": (*_ACTORS, "term", "phrase"),
    "organizers": (*_ACTORS, "term", "phrase"),
}
_ANYTHING: Final = ("phrase", "term", "initiative", "organization", "convention", "party")


def kinds_for(column: str) -> tuple[str, ...]:
    """The kinds of names that a column may hold, likeliest first."""
    return _KINDS.get(column, _ANYTHING)


class Resolver:
    """Knows the names of concepts and phrases in six languages, and the codes of Parties."""

    def __init__(self, terms: Terms, phrases: Mapping[str, Mapping[Language, str]]) -> None:
        self._terms = terms
        self._ids = {concept.id for concept in terms.all} | set(phrases)
        self._names: dict[str, dict[str, None]] = {}
        for concept in terms.all:
            for names in concept.names.values():
                self._add(concept.id, (plain_name(name) for name in names))
        for owner, texts in phrases.items():
            self._add(owner, texts.values())

    def find(self, text: str, kinds: Sequence[str]) -> tuple[str, ...]:
        """The ids that `text` may mean, those of the likeliest kind only; none if unknown."""
        written = " ".join(text.split())
        if _ID.fullmatch(written):
            known = written in self._ids and written.partition(":")[0] in kinds
            return (written,) if known else ()
        found = list(self._names.get(fold(written), ()))
        if kinds == ("party",) and not any(one.startswith("party:") for one in found):
            found = []  # what else goes by the letters of a code, is no Party
        if not found and "party" in kinds and kinds[0] in _ACTORS and len(written) in (2, 3):
            concept = self._terms.party(written)
            found = [concept.id] if concept else []
        if not found and kinds[0] != "phrase" and len(written) <= _LONGEST_NAME:
            found = [
                mention.concept_id
                for mention in self._terms.find(written)
                if len(mention.text) == len(written)
            ]
        if not found and ":" not in written:
            found = [one for kind in kinds if (one := f"{kind}:{written}") in self._ids]
        for kind in kinds:
            some = tuple(one for one in found if one.startswith(f"{kind}:"))
            if some:
                return some
        return ()

    def near(self, text: str, kinds: Sequence[str], most: int = 3) -> tuple[str, ...]:
        """Ids of names that are spelt alike."""
        names = [
            name
            for name, owners in self._names.items()
            if any(owner.partition(":")[0] in kinds for owner in owners)
        ]
        alike = difflib.get_close_matches(fold(text), names, n=most, cutoff=0.7)
        found = [
            owner
            for name in alike
            for owner in self._names[name]
            if owner.partition(":")[0] in kinds
        ]
        return tuple(dict.fromkeys(found))

    def _add(self, owner: str, names: Iterable[str]) -> None:
        for name in names:
            self._names.setdefault(fold(name), {})[owner] = None


def fold(name: str) -> str:
    """`name` without what spellings differ in: case, accents, articles, white space."""
    decomposed = unicodedata.normalize("NFKD", name.replace("\u0640", ""))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _ARTICLE.sub("", " ".join(bare.casefold().split()).strip(" .,;:"))


@cache
def load_resolver() -> Resolver:
    """The resolver of the shipped names, made once."""
    return Resolver(load_terms(), shipped_phrases())


def name_of(text: str, column: str) -> str:
    """The id that a cell of `column` means; `name:text` where it is nobody that is known.

    Raises ValueError for an unknown Party or id, and for a name that two share.
    """
    kinds = kinds_for(column)
    found = load_resolver().find(text, kinds)
    if len(found) > 1:
        raise ValueError(f'"{text}" may be {" or ".join(found)}: write which')
    if found:
        return found[0]
    written = " ".join(text.split())
    if kinds == ("party",):
        raise ValueError(f'"{written}" is no Party that is known: write its name or ISO code')
    if _ID.fullmatch(written):
        raise ValueError(f'there is no "{written}" in the vocabulary')
    return written if written.startswith("name:") else f"name:{written}"
