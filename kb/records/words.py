"""The words and templates of records in six languages: `kb/data/record_words.csv` and beside it.

A template is text with `{placeholders}`. What stands in square brackets is left out when one of its
placeholders has nothing to say; of `[this|that]` the first is taken whose placeholders all have.
"""

import csv
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from kb.languages import LANGUAGES, Language
from kb.records.kinds import RecordKind
from kb.wording import placeholders

Form = Literal["card", "statement"]
_FILES: Final = ("record_words.csv", "record_templates.csv", "unit_forms.csv")
_PARTS: Final = re.compile(r"\[([^\]]*)\]|\{(\w+)\}")
_SENTENCE_START: Final = re.compile(r"(?:^|\. )$")


@cache
def group(name: str) -> Mapping[str, Mapping[Language, str]]:
    """All words of a group, such as `stage`."""
    found = {
        row["word"]: {language: row[language] for language in LANGUAGES}
        for row in _rows("record_words.csv")
        if row["group"] == name
    }
    if not found:
        raise KeyError(name)
    return found


def word(name: str, key: str, language: Language) -> str:
    """A word or pattern of a group. Raises KeyError for one that is not in the file."""
    return group(name)[key][language]


def pattern(name: str, key: str, language: Language, /, **values: str) -> str:
    """A pattern of a group with its placeholders filled."""
    text = word(name, key, language)
    for placeholder in placeholders(text):
        text = text.replace(f"{{{placeholder}}}", values[placeholder])
    return text


@cache
def template(form: Form, kind: RecordKind, language: Language) -> str:
    """The template of a kind of record."""
    return next(
        row[language]
        for row in _rows("record_templates.csv")
        if (row["form"], row["kind"]) == (form, kind)
    )


def words_version() -> str:
    """Fingerprint of the words and templates: cards made with other ones are made anew."""
    return hashlib.sha256("\0".join(_text(name) for name in _FILES).encode()).hexdigest()[:12]


def fill(text: str, values: Mapping[str, str]) -> str:
    """A template with `values`; what has no value is left out with its brackets.

    A value that begins a sentence begins with a capital letter. Raises KeyError when a placeholder
    outside of brackets has no value.
    """
    done = ""
    position = 0
    for match in _PARTS.finditer(text):
        done += text[position : match.start()]
        if match[2]:
            done += _begun(done, values[match[2]])
        else:
            done = _with_option(done, match[1], values)
        position = match.end()
    return done + text[position:]


def _with_option(done: str, options: str, values: Mapping[str, str]) -> str:
    for option in options.split("|"):
        if all(values.get(name) for name in placeholders(option)):
            position = 0
            for match in re.finditer(r"\{(\w+)\}", option):
                done += option[position : match.start()]
                done += _begun(done, values[match[1]])
                position = match.end()
            return done + option[position:]
    return done


def _begun(before: str, value: str) -> str:
    starts = _SENTENCE_START.search(before)
    return value[:1].upper() + value[1:] if starts else value


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return files("kb").joinpath(f"data/{name}").read_text(encoding="utf-8")
