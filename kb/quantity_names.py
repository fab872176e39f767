"""Numbers that belong to names and are no quantities: "COP 16", "8/COP.15", "Group of 77"."""

import re
from collections.abc import Iterable
from typing import Final

from kb.languages import Language
from kb.quantity_words import forms
from kb.word_patterns import alternation, form_source

YEAR: Final = r"(?:19|20)\d\d"
LETTER: Final = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
DASH: Final = r"[-\u2010-\u2015\u2212]"

_BODY: Final = r"(?-i:[A-ZА-Я]{2,4})"
_LINK_END: Final = r"\s)\]>،؛\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
# Links, symbols, decisions, dotted numbers, fractions, labels of lists, names.
_WITH_DIGITS: Final = (
    rf"https?://[^{_LINK_END}]+|www\.[^{_LINK_END}]+",
    r"(?-i:[A-Z]{1,6}/[A-Z0-9()./\-–]*\d[A-Z0-9()./]*)",
    rf"\d{{1,3}}\s?/\s?{_BODY}\s?[.\-]\s?\d{{1,2}}|\d{{1,3}}\s?/\s?م\s?أ\s?[-–.]\s?\d{{1,2}}",
    r"(?-i:[A-ZА-Я]{2,})\s?\(\d+\)(?:/\d+)*",
    r"(?!\d{1,3}(?:\.\d{3}){2,}(?![\d.]\d))\d+(?:\.\d+){2,}",  # 150.000.000 is grouped
    r"\d+\s?/\s?\d+",
    r"\(\d{1,2}\)(?!\s?%)|(?<=['‘’])\d{1,2}(?=['‘’])",
    r"(?-i:[A-Z]{1,3}\.\d+-\d+)",
    rf"(?<![\d{LETTER}])[{LETTER}]+{DASH}?(?!{YEAR}(?!\d))\d[{LETTER}\d_.]*(?:{DASH}\d+)*",
    rf"\d+{DASH}?(?:th|st|nd|rd|ème|eme|er|ère|º|ª|й|я|е|го|му|ой|ю|ом|м|х|ых|ми)(?![{LETTER}])",
)
_ARABIC_JOINED: Final = r"[وف]?[بكل]?"


def names_with_digits(language: Language) -> tuple[str, ...]:
    """Regex sources of what has digits, or a number word, and is no quantity in any context."""
    whole = [form_source(form, start=False) for form in forms(language, "no_quantity")]
    joined = _ARABIC_JOINED if language == "ar" else ""
    return (*_WITH_DIGITS, rf"{joined}(?-i:{'|'.join(whole)})" if whole else r"(?!)")


def named_words(language: Language) -> list[str]:
    """The words that a number after them belongs to: "COP", "target"."""
    listed = forms(language, "name_before")
    if language == "ar":  # "to the" is written in one with the noun, without its first letter
        listed += [f"لل{form[2:]}" for form in listed if form.startswith("ال")]
    return listed


def named_numbers(language: Language, magnitude: str) -> tuple[str, ...]:
    """Numbers after such words: "COP 16", "SDGs 15 and 16", "decision 8/COP.15", "2.0"."""
    amount = rf"(?:{magnitude}|{alternation(forms(language, 'currency', 'area', 'share'))})"
    symbol = rf"\s?/\s?(?:{_BODY}|م\s?أ)\s?[.\-–]\s?\d{{1,2}}"
    one = rf"(?>\d{{1,3}}(?:\.\d+)*(?:{symbol})?)"
    more = rf"(?:\s?(?:,|{DASH}|and|to|et|à|y|a|и|و|和|至|、)\s?{one}){{0,3}}"
    end = rf"(?![\d.٫]*\d|,\d{{1,2}}\s?{amount}|[,\u00a0\u202f ]\d{{3}}|{symbol})"
    if language == "zh":
        counted = rf"(?!\s?(?:{amount}|{alternation(forms(language, 'classifier'))}|[多余年月]))"
    else:
        nouns = alternation(f for f in forms(language, "count") if not f.startswith("-"))
        counted = rf"(?!\s?{amount}|\s(?:{nouns})|\s(?:{alternation(_parts(language))})\s)"
    joined = _ARABIC_JOINED if language == "ar" else ""
    acronym = r"(?-i:(?:[A-ZА-Я]{2,}[a-z]?))"
    bodies = rf"{joined}(?:{alternation(forms(language, 'body'), start=not joined)})"
    named = rf"{joined}(?:{alternation(named_words(language), start=not joined)})"
    dated = rf"(?!{_day_of_month(language)})"
    return (
        rf"{bodies}\)?[\s\u00a0]?\(?{dated}{one}{more}(?!\s?{amount}){end}",
        rf"{named}\)?[\s\u00a0]?\(?{one}{more}{counted}{end}",
        rf"{named}[\s\u00a0]\d{{1,2}}\.\d{{1,2}}(?!\s?{amount}){end}",
        rf"{joined}{acronym}\)?[\s\u00a0]{dated}\d{{1,2}}(?:\.\d)?{counted}{end}",
        rf"\d\.0(?!\s?{amount}){end}",
    )


def _parts(language: Language) -> list[str]:
    """Partitives that no name has: "targets of 66 of these countries", not "article 5 of the"."""
    pointing = r"(?:th[eo]se|ces|est[oa]s|es[oa]s|dich[oa]s|هذه|تلك)$"
    listed = forms(language, "partitive")
    return listed if language == "ru" else [form for form in listed if re.search(pointing, form)]


def han_names() -> str:
    """Chinese ordinals, "the Group of Twenty" and "the Decade"."""
    return (
        r"第\s?[\d一二三四五六七八九十百]+(?:\s?/\s?[A-ZА-Я]{2,4}\s?[.\-]\s?\d{1,2})?"
        r"(?:\s?[和至、]\s?第?\s?[\d一二三四五六七八九十百]+(?!\s?[个万亿]))*"
        r"|[一二三四五六七八九十\d]+国集团|十年"
    )


def _day_of_month(language: Language) -> str:
    """A day and its month: in "(UNCCD) 12 May 2023" the number is not the acronym's."""
    if language == "zh":
        return r"\d{1,2}\s?[月日]"
    months: Iterable[str] = forms(language, "month")
    if language == "en":  # "COP 16 may decide"
        months = (form.capitalize() for form in months)
    source = alternation(months)
    month = rf"(?-i:{source})" if language == "en" else rf"(?:{source})"
    to = rf"(?:\s?(?:{DASH}|to|and|au|et|al|a|y|по|и|إلى|و)\s?\d{{1,2}})?"
    return rf"\d{{1,2}}(?:er|º|-го)?{to}\s(?:(?:of|de|من)\s)?{month}"
