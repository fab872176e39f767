"""Ids of records in words: `party:SAU`, `phrase:…`, `name:Text`, several between spaces."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from kb.errors import NotFound
from kb.languages import LANGUAGES, Language
from kb.records.shipped import shipped_phrases
from kb.records.words import group
from kb.terms import Concept, load_terms, plain_name
from kb.wording import Wording

OWN_TEXT: Final = "name:"  # begins a name that is the user's own text, the same in every language


class Names:
    """Names of concepts and phrases in the six languages, by id."""

    def __init__(self, names: Mapping[str, Mapping[Language, str]]) -> None:
        self._names = names

    def name(self, one: str, language: Language) -> str:
        """The name of one id; the text of `name:Text`. Raises NotFound for an id without a name."""
        if one.startswith(OWN_TEXT):
            return one.removeprefix(OWN_TEXT)
        try:
            return self._names[one][language]
        except KeyError:
            raise NotFound(f'no name for "{one}" in {language}') from None

    def listed(self, ids: str, language: Language) -> str:
        """The names of several ids between spaces: "a, b and c"."""
        several = [ids] if ids.startswith(OWN_TEXT) else ids.split()
        return Wording(language).list(self.name(one, language) for one in several)


@cache
def shipped_names() -> Names:
    """The names of the shipped vocabulary and phrases."""
    concepts = {one.id: _first_names(one) for one in load_terms().all}
    return Names({**concepts, **group("name"), **shipped_phrases()})


def sentence_case(text: str) -> str:
    """`text` with its first letter upper-case; names keep the capital letters that they have."""
    return text[:1].upper() + text[1:]


def _first_names(concept: Concept) -> dict[Language, str]:
    return {language: plain_name(concept.names[language][0]) for language in LANGUAGES}
