"""The language of a question that is no more than one of our own citations."""

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Final

from kb.languages import LANGUAGES, Language
from kb.references import find_symbols, plain_digits

_LABEL: Final = r"\d{1,4}(?:\.\d{1,3})*(?:\s?\(?[^\W\d_]{1,5}\))*"
_SESSION: Final = re.compile(r"\b[A-Z]{2,5}\s?\(\d{1,3}\)|\b[A-Z]{2,5}\s\d{1,3}\b")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")


def citation_language(text: str) -> Language | None:
    """The language in whose form `text` cites a paragraph, if it does nothing else.

    "CRIC(23), item 2(a), para. 59" is English and "ICCD/COP(16)/4, п. 39 (a)" Russian, whatever
    their letters are. None if there are other words, or if no form tells.
    """
    left = plain_digits(text)
    for symbol in find_symbols(left):
        left = left.replace(symbol, " ")
    left = _SESSION.sub(" ", left)
    if not re.search(r"\d", left):
        return None
    for language in ("en", *LANGUAGES):
        rest = _form(language).sub(" ", left)
        if rest != left and not _LETTERS.search(rest):
            return language
    return None


@cache
def _form(language: Language) -> re.Pattern[str]:
    """Any element of a citation, with the number that it has."""
    lines = files("kb").joinpath("data/citation_forms.csv").read_text(encoding="utf-8").splitlines()
    written = [r[language] for r in csv.DictReader(lines) if r["element"] != "separator"]
    sources = [
        re.escape(form).replace(re.escape("{n}"), _LABEL).replace(r"\ ", r"\s*")
        for form in sorted(written, key=len, reverse=True)
    ]
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(sources)})", re.IGNORECASE)
