"""The words that rules look for, by role and id, from `kb/data/extraction_words.csv`."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from kb.languages import Language
from kb.lexicon import Lexicon
from kb.word_patterns import alternation

Role = Literal[
    "stage", "give", "negation", "respectively", "deadline", "compared", "aim", "event", "demand",
    "again", "addressee", "role", "progress", "rate", "scale",
    "counted", "leaning", "pointer", "for_date", "no_count", "edge", "change", "instead",
    "difference", "reference", "scaled", "part", "programme", "currency", "of_which",
    "filler", "standing", "yardstick", "void", "paper", "extension",
]  # fmt: skip
# Read where they stand beside something, and not in the whole text.
_BESIDE: Final = frozenset(
    (
        "deadline",
        "compared",
        "again",
        "addressee",
        "progress",
        "scale",
        "counted",
        "leaning",
        "pointer",
        "for_date",
        "no_count",
        "edge",
        "change",
        "instead",
        "difference",
        "reference",
        "scaled",
        "part",
        "programme",
        "currency",
        "of_which",
        "filler",
        "standing",
        "yardstick",
        "void",
        "paper",
        "extension",
    )
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of a role in a text: the role's `pledged` at `start` to `end`."""

    role: Role
    id: str
    start: int
    end: int


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._forms: dict[Role, dict[str, list[str]]] = {}
        for row in _rows():
            role: Role = row["role"]  # type: ignore[assignment]
            forms = [form for form in row[language].split("|") if form]
            self._forms.setdefault(role, {}).setdefault(row["id"], []).extend(forms)
        running = [
            (f"{role} {key}", form)
            for role, ids in self._forms.items()
            if role not in _BESIDE
            for key, forms in ids.items()
            for form in forms
        ]
        self._running = Lexicon(running, language)
        self._before: dict[tuple[Role, str | None], re.Pattern[str]] = {}
        self._at: dict[Role, Mapping[str, re.Pattern[str]]] = {}

    def find(self, text: str) -> tuple[Cue, ...]:
        """The words of running text, in order."""
        found = []
        for key, start, end in self._running.find(text):
            role, _, name = key.partition(" ")
            found.append(Cue(role, name, start, end))  # type: ignore[arg-type]
        return tuple(found)

    def ends_with(self, role: Role, text: str, key: str | None = None) -> bool:
        """Whether `text` ends in a word of `role`, or of that `key` of it."""
        return self._ending(role, key).search(text) is not None

    def length_at_end(self, role: Role, text: str, key: str) -> int:
        """How long the word of `role` and `key` is in which `text` ends; 0 where there is none."""
        found = self._ending(role, key).search(text)
        return len(found[0]) if found else 0

    def without_last(self, role: Role, text: str) -> str:
        """`text` without the word of `role` in which it ends, or as it is."""
        return self._ending(role, None).sub("", text)

    def _ending(self, role: Role, key: str | None) -> re.Pattern[str]:
        wanted = (role, key)
        if wanted not in self._before:
            ids = self._forms[role]
            forms = ids[key] if key else [form for some in ids.values() for form in some]
            joined = "[وفبل]?" if self._language == "ar" else ""
            start = "" if self._language == "zh" else r"(?<![^\W\d_])"
            source = alternation(forms, start=False)
            self._before[wanted] = re.compile(rf"{start}{joined}(?:{source})\s*$", re.IGNORECASE)
        return self._before[wanted]

    def at(self, role: Role, text: str, start: int) -> tuple[str, int] | None:
        """Id and end of the longest word of `role` that stands at `start`."""
        found = [
            (match.end(), key)
            for key, pattern in self._patterns(role).items()
            if (match := pattern.match(text, start))
        ]
        return (max(found)[1], max(found)[0]) if found else None

    def last_end(self, role: Role, key: str, text: str) -> int:
        """Where the last word of `role` and `key` in `text` ends; 0 where there is none."""
        return max((m.end() for m in self._patterns(role)[key].finditer(text)), default=0)

    def places(self, role: Role, text: str) -> Iterator[tuple[str, int, int]]:
        """Id, start and end of each word of `role` that `text` holds."""
        for key, pattern in self._patterns(role).items():
            yield from ((key, m.start(), m.end()) for m in pattern.finditer(text))

    def search(self, role: Role, text: str) -> tuple[str, ...]:
        """The ids of the words of `role` that `text` holds."""
        return tuple(key for key, p in self._patterns(role).items() if p.search(text))

    def _patterns(self, role: Role) -> Mapping[str, re.Pattern[str]]:
        if role not in self._at:
            joined = "(?:[وفبكل]|لل)?" if self._language == "ar" else ""
            bound = "" if self._language == "zh" else r"(?<![^\W\d_])"
            self._at[role] = {
                key: re.compile(
                    rf"{bound}{joined}(?:{alternation(forms, start=False)})", re.IGNORECASE
                )
                for key, forms in self._forms[role].items()
            }
        return self._at[role]


@cache
def words_of(language: Language) -> Words:
    """The words of `language`, read once."""
    return Words(language)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    source = files("kb").joinpath("data/extraction_words.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(source.splitlines()))
