"""What a note is wanted on, as an address says it: `/brief?topic=…&language=fr&section=…`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from api.schemas import MAX_QUESTION, BriefRequest
from assistant.brief.note import SECTION_KEYS, SectionKey
from kb.languages import LANGUAGES, Language

CHOICES: Final[tuple[SectionKey, ...]] = tuple(one for one in SECTION_KEYS if one != "sources")
"""The sections that can be chosen; the sources belong to every note."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A note that is wanted. `topic` is "" before there is one; `sections` are some of `CHOICES`,
    in the order of the note."""

    topic: str
    language: Language
    sections: tuple[SectionKey, ...] = CHOICES

    @property
    def path(self) -> str:
        """Its address."""
        if not self.topic:
            return "/brief"
        query = [("topic", self.topic), ("language", self.language)]
        if self.sections != CHOICES:
            query += [("section", one) for one in self.sections]
        return f"/brief?{urlencode(query)}"

    @property
    def request(self) -> BriefRequest:
        """What the desk is asked for."""
        chosen = None if self.sections == CHOICES else list(self.sections)
        return BriefRequest(topic=self.topic, language=self.language, sections=chosen)


def asked_of(query: Iterable[tuple[str, str]], language: Language) -> Asked:
    """What an address asks for; `language` is that of the page. What makes no sense is left out."""
    given = list(query)
    topics = [value for name, value in given if name == "topic"]
    languages = [one for name, value in given for one in LANGUAGES if (name, one) == (name, value)]
    named = {value for name, value in given if name == "section"}
    return Asked(
        " ".join(topics[-1].split())[:MAX_QUESTION] if topics else "",
        languages[-1] if languages else language,
        tuple(one for one in CHOICES if one in named) or CHOICES,
    )
