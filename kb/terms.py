"""Names of Parties, organizations, initiatives, treaties and Convention terms in six languages.

A concept has one language-neutral id, such as `party:SAU`, `initiative:rgdrp` or `term:drought`,
whatever language names it. The names are data, `kb/data/terms/*.csv`; its README says how a row
is written.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal, get_args

from kb.errors import NotFound
from kb.languages import LANGUAGES, Language, as_language, detect_language
from kb.name_index import Form, Found, NameIndex

Kind = Literal["party", "organization", "initiative", "convention", "term"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_REMEMBERED: Final = 4_000  # short texts with the names in them: about 3 MB
_SHORT: Final = 1_000  # characters
_Names = tuple[tuple[Found, ...], tuple[Found, ...]]
FILES: Final[Mapping[Kind, str]] = {
    "party": "parties.csv",
    "organization": "organizations.csv",
    "initiative": "initiatives.csv",
    "convention": "conventions.csv",
    "term": "vocabulary.csv",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """`names` has all six languages; the first name of each is the official or usual one."""

    id: str
    kind: Kind
    names: Mapping[Language, tuple[str, ...]]
    alpha2: str | None = None  # ISO 3166 code of a Party; EU for the European Union

    @property
    def key(self) -> str:
        """The id without its kind: "SAU", "rgdrp"."""
        return self.id.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: `start` and `end` are offsets into it, `text` is what stands there."""

    concept_id: str
    kind: Kind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """A longer string in which a name does not mean its concept: "Lake Chad" is not Chad."""

    name: str
    language: Language
    concept_id: str


class Terms:
    """The vocabulary. Reading a paragraph takes well under a millisecond."""

    def __init__(self, concepts: Iterable[Concept], blocked: Iterable[Blocked] = ()) -> None:
        """Raises NotFound when `blocked` names a concept that is not among `concepts`."""
        self._concepts = {concept.id: concept for concept in concepts}
        self._codes = {
            code: concept
            for concept in self._concepts.values()
            if concept.kind == "party"
            for code in (concept.key, concept.alpha2)
            if code
        }
        self._index = NameIndex()
        # One question or sentence is asked about by several who do not know of each other.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._read_anew)
        for concept in self._concepts.values():
            self._add_names(concept)
        for string in blocked:
            owner = self.concept(string.concept_id).id
            self._index.add(string.name, owner, string.language, blocks=True)

    def _add_names(self, concept: Concept) -> None:
        common = concept.kind == "term"
        for language, names in concept.names.items():
            for name in names:
                form = _form(name, concept.kind, language)
                self._index.add(plain_name(name), concept.id, language, form=form, common=common)

    @property
    def all(self) -> tuple[Concept, ...]:
        """Every concept, in the order of the files."""
        return tuple(self._concepts.values())

    @property
    def parties(self) -> tuple[Concept, ...]:
        """The Parties to the Convention, by code."""
        return tuple(c for c in self._concepts.values() if c.kind == "party")

    def concept(self, concept_id: str) -> Concept:
        """Raises NotFound for an id that is not in the vocabulary."""
        try:
            return self._concepts[concept_id]
        except KeyError:
            raise NotFound(f'no concept "{concept_id}" in the vocabulary') from None

    def party(self, code: str) -> Concept | None:
        """The Party of an ISO 3166 code of three or two letters, in either case.

        The European Union, which has no such code, is EUE or EU.
        """
        return self._codes.get(code.upper())

    def name(self, concept_id: str, language: Language) -> str:
        """The official or usual name. Raises NotFound for an unknown id."""
        return plain_name(self.concept(concept_id).names[language][0])

    def find(self, text: str, language: Language | None = None) -> tuple[Mention, ...]:
        """The names in `text`, in order; of overlapping ones the longest.

        `language` is that of the text, detected when not given: names are looked for in every
        language, but single common words only in their own. Mentions do not overlap, save that a
        name of two concepts gives one mention of each at the same place.
        """
        chosen, _ = self._read(text, language)
        return tuple(
            Mention(f.owner, self._concepts[f.owner].kind, f.start, f.end, text[f.start : f.end])
            for f in chosen
        )

    def concepts(self, text: str, language: Language | None = None) -> tuple[str, ...]:
        """Ids of the concepts named in `text`, each once, by first place: tokens for an index.

        Beside what `find` gives, concepts inside longer names are here too ("drought" inside a
        partnership's name), except inside a Party's name, and a Party inside a term.
        """
        chosen, inner = self._read(text, language)
        both = sorted((*chosen, *inner), key=lambda f: (f.start, -f.end))
        return tuple(dict.fromkeys(f.owner for f in both))

    def _read(self, text: str, language: Language | None) -> _Names:
        """The names that do not overlap, in order, and those that lie inside them."""
        read = self._remembered if len(text) <= _SHORT else self._read_anew
        return read(text, language)

    def _read_anew(self, text: str, language: Language | None) -> _Names:
        written_in = language or detect_language(text)
        found = self._index.matches(text, (written_in,) if written_in else LANGUAGES)
        chosen: list[Found] = []
        inner: list[Found] = []
        for cluster in _clusters(_unblocked(found)):
            if len(cluster) == 1:
                chosen += cluster
                continue
            longest: list[Found] = []
            for one in sorted(cluster, key=lambda f: (f.start - f.end, f.start)):
                around = [c for c in longest if one.overlaps(c)]
                if all((one.start, one.end) == (c.start, c.end) for c in around):
                    longest.append(one)
                elif all(one.within(c) for c in around) and not self._is_hidden(one, around):
                    inner.append(one)
            chosen += sorted(longest, key=lambda f: f.start)
        return tuple(chosen), tuple(inner)

    def _is_hidden(self, one: Found, around: list[Found]) -> bool:
        """Inside a Party's name nothing is meant ("西亚" in Indonesia's), nor a Party in a term."""
        kinds = {self._concepts[c.owner].kind for c in around}
        return "party" in kinds or (self._concepts[one.owner].kind == "party" and "term" in kinds)


def plain_name(written: str) -> str:
    """A name of the files without the marks "=" and "==" that ask for its exact form."""
    return written.lstrip("=")


def _form(written: str, kind: Kind, language: Language) -> Form:
    if written.startswith("="):
        return "cased" if written.startswith("==") else "strict"
    if language == "ar" and kind != "term" and (kind == "party" or " " not in written):
        return "exact"
    return "inflected"


def _unblocked(found: list[Found]) -> list[Found]:
    blocks = [f for f in found if f.blocks]
    if not blocks:
        return found
    return [
        f
        for f in found
        if not f.blocks
        and not any(
            f.owner == b.owner and f.within(b) and f.end - f.start < b.end - b.start for b in blocks
        )
    ]


def _clusters(found: list[Found]) -> Iterator[list[Found]]:
    """`found` in groups that do not touch one another, in order."""
    cluster: list[Found] = []
    end = 0
    for one in sorted(found, key=lambda f: f.start):
        if cluster and one.start >= end:
            yield cluster
            cluster = []
        cluster.append(one)
        end = max(end, one.end)
    if cluster:
        yield cluster


def read_concepts(kind: Kind, lines: Iterable[str]) -> Iterator[Concept]:
    """The concepts of one file: columns `id` and the six languages, names parted by " | "."""
    for row in csv.DictReader(lines):
        names = {language: tuple(row[language].split(" | ")) for language in LANGUAGES}
        yield Concept(f"{kind}:{row['id']}", kind, names, row.get("alpha2"))


def terms_version() -> str:
    """Fingerprint of the shipped vocabulary: an index made with another one is rebuilt."""
    folder = files("kb").joinpath("data/terms")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".csv"))
    content = b"".join(folder.joinpath(name).read_bytes() for name in names)
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def load_terms() -> Terms:
    """The shipped vocabulary, read once."""
    folder = files("kb").joinpath("data/terms")

    def lines(name: str) -> list[str]:
        return folder.joinpath(name).read_text(encoding="utf-8").splitlines()

    return Terms(
        [c for kind, name in FILES.items() for c in read_concepts(kind, lines(name))],
        [
            Blocked(row["name"], as_language(row["language"]), row["concept"])
            for row in csv.DictReader(lines("blocked.csv"))
        ],
    )
