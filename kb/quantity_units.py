"""Which unit a number in a text counts, once it is known where the number stands."""

import re
from decimal import Decimal
from typing import Final

from kb.languages import Language
from kb.quantity_nouns import han_noun_before, is_singular
from kb.quantity_patterns import Patterns, patterns
from kb.quantity_words import Word, count_nouns

_LONGEST_SUBJECT: Final = 30  # code points between a Chinese noun and the number after it
_CLASSIFIED_ALONE: Final = re.compile(r"\s?[个個](?=[，。；、,.;)）\s]|$)")


def unit_counted(text: str, language: Language, start: int, end: int, value: Decimal) -> str | None:
    """The unit ("country") that the number `text[start:end]` counts, or None."""
    p = patterns(language)
    if noun := p.noun.match(text, end):
        # "40 份签署于缔约方会议…之后": what is signed there is not the Parties.
        if language == "zh" and "于" in text[end : noun.start(noun.lastgroup or 0)]:
            return None
        return _unit_of_head(text, noun, p, value)
    if language == "zh" and _CLASSIFIED_ALONE.match(text, end):  # "国家约有130个，"
        found = han_noun_before().search(text, max(0, start - _LONGEST_SUBJECT), start)
        return _word(found, p).id if found else None
    return None


def unit_of_name(noun: str, language: Language) -> str | None:
    """The unit that a noun of the word list names."""
    found = count_nouns(language)[0].match(noun)
    return _word(found, patterns(language)).id if found else None


def is_multiple(text: str, language: Language, start: int, end: int, unit: str | None) -> bool:
    """Whether `text[start:end]` says how many times as many: "deux fois plus", "в два раза"."""
    if patterns(language).multiple.match(text, end):
        return True
    times = language == "ru" and unit == "time"
    return times and text[max(0, start - 3) : start].lower().split()[-1:] == ["в"]


def _unit_of_head(text: str, noun: re.Match[str], p: Patterns, value: Decimal) -> str | None:
    """What the noun, or the head noun that it describes ("18 country reports"), counts."""
    word = _word(noun, p)
    hyphened = noun[0].startswith("-")  # "a 12-member committee"
    written = noun[noun.lastgroup or ""].lower()
    if p.head is None or value == 1 or hyphened or not is_singular(written, word.forms):
        return word.id
    head = p.head.match(text, noun.end())
    if head is None:
        return word.id
    return _word(head, p).id if head.lastgroup else None


def _word(match: re.Match[str], p: Patterns) -> Word:
    return p.nouns[match.lastgroup or ""]
