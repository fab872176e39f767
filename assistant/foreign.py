"""Whether a question is asked in a language beside the six.

From `kb/data/other_languages.csv`: letters that the six do not have, and frequent words.
"""

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Final

from assistant.question_words import ASKING

_WORD: Final = re.compile(r"[^\W\d_]+")
# Whole scripts that none of the six is written in: Greek, Armenian to Devanagari and on to
# Georgian, Ethiopic, Khmer, Hangul. Arabic (0600-077F, 08A0-08FF) is left out.
_SCRIPTS: Final = re.compile(
    r"[\u0370-\u03ff\u0530-\u05ff\u0780-\u089f\u0900-\u10ff\u1200-\u139f\u1780-\u17ff"
    r"\u1100-\u11ff\uac00-\ud7af]"
)
_LETTERS: Final = 2  # of them, at least
_WORDS: Final = 2
_SHARE: Final = 0.05  # of all letters


def is_foreign(text: str) -> bool:
    """Whether `text` is more likely in another language than in any of the six.

    A few letters or words, such as a name, tell nothing.
    """
    letters = sum(c.isalpha() for c in text)
    if not letters:
        return False
    for marks in (_SCRIPTS, *_other_letters()):
        found = len(marks.findall(text))
        if found >= _LETTERS and found >= _SHARE * letters:
            return True
    tokens = [token.lower() for token in _WORD.findall(text)]
    own = max(_hits(tokens, words) for words in _own_words())
    known = frozenset().union(*_own_words())
    for words in _other_words():
        found = _hits(tokens, words)
        # As many as of ours tell only with one that is not ours.
        told = found > own or (found == own and bool(words & set(tokens) - known))
        if found >= _WORDS and told:
            return True
    return False


def _hits(tokens: list[str], words: frozenset[str]) -> int:
    return sum(token in words for token in tokens)


@cache
def _other_letters() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(f"[{re.escape(row['letters'])}]")
        for row in _rows("other_languages")
        if row["letters"]
    )


@cache
def _other_words() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(r["words"].split("|")) for r in _rows("other_languages") if r["words"])


@cache
def _own_words() -> tuple[frozenset[str], ...]:
    """Stop words and question words of the six languages that are written in Latin letters."""
    stops = _rows("stop_words")
    asked = _rows("question_words")
    return tuple(
        frozenset(
            [row["word"].lower() for row in stops if row["language"] == language]
            + [
                word
                for row in asked
                if row["role"] in ASKING
                for form in row[language].split("|")
                for word in _WORD.findall(form.lower())
            ]
        )
        for language in ("en", "fr", "es")
    )


def _rows(name: str) -> list[dict[str, str]]:
    lines = files("kb").joinpath(f"data/{name}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))
