"""Where numbers, dates and periods stand in a text: one compiled scanner per language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from kb.languages import Language
from kb.numerals import digits_pattern
from kb.quantity_words import Word, count_nouns, forms, grouped, words
from kb.word_patterns import alternation

_YEAR: Final = r"(?:19|20)\d\d"
_LETTER: Final = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
_DASH: Final = r"[-\u2010-\u2015\u2212]"

# What has digits and is no quantity: links, symbols, decisions, dotted numbers, fractions, names.
_NAMES_WITH_DIGITS: Final = (
    r"https?://\S+|www\.\S+",
    r"(?-i:[A-Z]{1,6}/[A-Z0-9()./\-–]*\d[A-Z0-9()./]*)",
    r"\d{1,3}\s?/\s?(?-i:[A-ZА-Я]{2,4})\s?[.\-]\s?\d{1,2}|\d{1,3}\s?/\s?م\s?أ\s?[-–.]\s?\d{1,2}",
    r"(?-i:[A-ZА-Я]{2,})\s?\(\d+\)(?:/\d+)*",
    r"(?!\d{1,3}(?:\.\d{3}){2,}(?![\d.]\d))\d+(?:\.\d+){2,}",  # 150.000.000 is grouped
    r"\d+\s?/\s?\d+",
    r"\(\d{1,2}\)(?!\s?%)",
    r"(?-i:[A-Z]{1,3}\.\d+-\d+)",
    rf"(?<![\d{_LETTER}])[{_LETTER}]+{_DASH}?(?!{_YEAR}(?!\d))\d[{_LETTER}\d_.]*(?:{_DASH}\d+)*",
    rf"\d+{_DASH}?(?:th|st|nd|rd|ème|eme|er|ère|º|ª|й|я|е|го|му|ой|ю|ом|м|х|ых|ми)(?![{_LETTER}])",
)
_BETWEEN: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("between",), "fr": ("entre",), "es": ("entre",), "ru": ("между",), "ar": ("بين",),
    "zh": (),
}  # fmt: skip
# "twenty-eighth" and "двадцать восьмой" are ordinals.
_NO_ORDINAL: Final = (
    r"(?!-[^\W\d_]+(?:th|st|nd|rd|ième|ièmes)(?![^\W\d_]))"
    r"(?!\s(?:перв|втор|трет|четв[её]рт|пят(?!ь|и)|шест(?!ь|и)|седьм|восьм[оа](?!м)|девят(?!ь|и)))"
)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled patterns of one language.

    `scan` finds candidates by the groups `skip`, `number`, `word`, `han`, `currency` and those of
    dates and periods; the others are matched right after a number.
    """

    scan: re.Pattern[str]
    magnitude: re.Pattern[str]
    magnitudes: Mapping[str, Word]
    short: re.Pattern[str]
    shorts: Mapping[str, Word]
    unit: re.Pattern[str]
    units: Mapping[str, Word]
    sign: re.Pattern[str]
    signs: Mapping[str, Word]
    noun: re.Pattern[str]
    nouns: Mapping[str, Word]
    before: re.Pattern[str]
    befores: Mapping[str, Word]
    after: re.Pattern[str]
    afters: Mapping[str, Word]
    cardinals: Mapping[str, Decimal]
    duals: Mapping[str, str]  # "دولتين" → "country": two of what it counts
    months: re.Pattern[str]
    month_names: Mapping[str, Word]
    share_before: re.Pattern[str]
    starts: "Starts"


@dataclass(frozen=True, slots=True)
class Starts:
    """Which words of a text are worth trying `scan` at: most words start no quantity."""

    words: frozenset[str]  # lower case
    stems: tuple[str, ...]
    prefixed: bool  # Arabic joins "and", "by", "to" to the word that follows

    def includes(self, word: str) -> bool:
        """Whether a quantity, or a name with a number, may start with `word`."""
        if word.isupper() and len(word) > 1:
            return True
        lower = word.lower()
        if lower in self.words or lower.startswith(self.stems):
            return True
        return self.prefixed and (lower[1:] in self.words or lower[1:].startswith(self.stems))


@cache
def patterns(language: Language) -> Patterns:
    """The patterns of `language`, compiled on first use."""
    magnitude, magnitudes = grouped(language, "magnitude")
    short, shorts = grouped(language, "short_magnitude")
    unit, units = grouped(language, "currency", "area", "share")
    sign, signs = _signs(language)
    before, befores = grouped(language, "qualifier")
    after, afters = grouped(language, "qualifier_after")
    months, month_names = grouped(language, "month")
    link = r"(?:\s?(?:de|d['’]|of|من)\s?)?"
    one = r"(?:\s*(?:a|un|une))?\s*"
    share_before = "|".join(forms(language, "share_before")) or r"(?!)"
    return Patterns(
        scan=re.compile(_scanner(language), re.IGNORECASE),
        magnitude=re.compile(rf"[\s-]?(?:{magnitude})[\u064b-\u0652]*", re.IGNORECASE),
        magnitudes=magnitudes,
        short=re.compile(rf"[\s\u00a0]?(?:{short})(?=[\s€$£.,;)]|$)"),
        shorts=shorts,
        unit=re.compile(rf"[\s-]?{link}(?:{unit})[\u064b-\u0652]*", re.IGNORECASE),
        units=units,
        sign=re.compile(rf"(?:{sign})$", re.IGNORECASE),
        signs=signs,
        noun=_noun_after(language),
        nouns=count_nouns(language)[1],
        before=re.compile(rf"(?:{before}){one}$", re.IGNORECASE),
        befores=befores,
        after=re.compile(rf"[\s,]?(?:{after})", re.IGNORECASE),
        afters=afters,
        cardinals={
            form.lower(): word.value
            for role in ("article", "cardinal", "dual")
            for word in words(language).get(role, ())
            for form in word.forms
            if word.value is not None
        },
        duals={f: w.id for w in words(language).get("count_dual", ()) for f in w.forms},
        months=re.compile(months, re.IGNORECASE),
        month_names=month_names,
        share_before=re.compile(rf"(?:{share_before})\s?$"),
        starts=_starts(language),
    )


def _starts(language: Language) -> Starts:
    roles = ("cardinal", "article", "dual", "count_dual", "month", "name_before", "body")
    first = [
        re.split(r"[^\w*]", form.lower())[0]
        for form in (*forms(language, *roles), *_BETWEEN[language])
    ]
    stems = tuple({word.rstrip("*") for word in first if word.endswith("*")})
    return Starts(
        frozenset(word for word in first if word and not word.endswith("*"))
        | {"http", "https", "www"},
        stems,
        language == "ar",
    )


def _signs(language: Language) -> tuple[str, Mapping[str, Word]]:
    """Currency codes and signs: what may stand before a number."""
    source, names = [], {}
    for index, word in enumerate(words(language)["currency"]):
        written = [f for f in word.forms if not any(c.islower() or c > "\u0250" for c in f)]
        written += [f for f in word.forms if f in ("€", "£")]
        name = f"sign_{index}"
        names[name] = word
        source.append(f"(?P<{name}>{alternation(written)})")
    return "|".join(source), names


def _noun_after(language: Language) -> re.Pattern[str]:
    """The noun that a number counts: the nearest within four words and before a stop word; in
    Chinese right after the classifier, or the head of a phrase that ends in 的."""
    source = count_nouns(language)[0].pattern
    if language == "zh":
        classifier = alternation(forms(language, "classifier"))
        phrase = r"[^\d，。；、：（）()“”,.;\s][^\d，。；：（）(),.;]{0,24}的"
        near = r"[^\d，。；、：（）(),.;]{1,10}?"
        ways = rf"(?:(?:{classifier})\s?(?:|{phrase}|{near})|\s?)"
        return re.compile(rf"\s?{ways}(?:{source})")
    stop = alternation(forms(language, "stop"))
    word = rf"[\s\u00a0-]+(?!(?:{stop})(?![\w]))[^\W\d][\w’'-]*"
    return re.compile(rf"(?:{word}){{0,3}}?[\s\u00a0-]+(?:{source})", re.IGNORECASE)


def _scanner(language: Language) -> str:
    magnitude = alternation(forms(language, "magnitude"))
    cardinal = alternation(forms(language, "cardinal"), start=False)
    article = alternation(forms(language, "article"))
    named = alternation(forms(language, "name_before"))
    currency = "|".join(
        alternation(f for f in w.forms if not any(c.islower() or c > "\u0250" for c in f))
        for w in words(language)["currency"]
    )
    sign = rf"(?:(?P<currency>(?<![{_LETTER}])(?:{currency}|€|£)\s?))?"
    digits = digits_pattern(language, magnitude)
    number = rf"(?<!\d[.,/])(?<!\+){sign}(?P<number>{digits})"
    names = "|".join((*_NAMES_WITH_DIGITS, *_named_numbers(language, named, magnitude)))
    parts = [
        *_periods(language),
        *_dates(language),
        rf"(?P<skip_first>{_han_names()})" if language == "zh" else r"(?!)",
        rf"(?P<skip>(?!(?:{currency})\s?\d)(?:{names}))",
        number,
    ]
    if language == "zh":
        parts.append(r"(?P<han>[一二三四五六七八九十百两兩]+)")
    else:
        dual = alternation(forms(language, "dual", "count_dual"), start=False)
        join = {"en": r"[\s-]", "fr": r"(?:-|\s?et\s)", "es": r"\sy\s", "ru": r"\s", "ar": r"\sو"}
        prefix = "[وفبلك]?" if language == "ar" else ""
        two = rf"(?:{cardinal})(?:{join[language]}(?:{cardinal}))?"
        parts.append(rf"{prefix}(?P<dual>{dual})")
        parts.append(rf"{prefix}(?P<word>(?:{article})(?=\s(?:{magnitude}))|{two}){_NO_ORDINAL}")
    return rf"(?<![{_LETTER}\d_])(?:{'|'.join(parts)})"


def _han_names() -> str:
    return (
        r"第\s?[\d一二三四五六七八九十百]+(?:\s?/\s?[A-ZА-Я]{2,4}\s?[.\-]\s?\d{1,2})?"
        r"(?:\s?[和至、]\s?第?\s?[\d一二三四五六七八九十百]+(?!\s?[个万亿]))*"
        r"|[一二三四五六七八九十\d]+国集团|十年"
    )


def _named_numbers(language: Language, named: str, magnitude: str) -> tuple[str, ...]:
    """Numbers that belong to a name: "COP 16", "SDGs 15 and 16", "decision 8/COP.15", "2.0"."""
    unit = alternation(forms(language, "currency", "area", "share"))
    bodies = alternation(forms(language, "body"))
    amount = rf"(?:{magnitude}|{unit})"
    one = r"\d{1,3}(?:\.\d+)*(?:\s?/\s?(?:[A-ZА-Я]{2,4}|م\s?أ)\s?[.\-–]\s?\d{1,2})?"
    more = rf"(?:\s?(?:,|{_DASH}|and|to|et|à|y|a|и|و|和|至|、)\s?{one}){{0,3}}"
    end = r"(?![\d.]*\d|[,\u00a0\u202f ]\d{3})"
    if language == "zh":
        counted = rf"(?!\s?(?:{amount}|{alternation(forms(language, 'classifier'))}|[多余年月]))"
    else:
        nouns = alternation(f for f in forms(language, "count") if not f.startswith("-"))
        counted = rf"(?!\s?{amount}|\s(?:{nouns}))"
    acronym = r"(?-i:(?:[A-ZА-Я]{2,}[a-z]?))"
    return (
        rf"(?:{bodies})\)?[\s\u00a0]?\(?{one}{more}(?!\s?{amount}){end}",
        rf"(?:{named})\)?[\s\u00a0]?\(?{one}{more}{counted}{end}",
        rf"{acronym}\)?[\s\u00a0]\d{{1,2}}(?:\.\d)?{counted}{end}",
        rf"\d\.0(?!\s?{amount}){end}",
    )


def _periods(language: Language) -> tuple[str, ...]:
    """Spans of years: "2024-2027", "from 2022 to 2024", "2023-24"."""
    if language == "zh":
        return (
            rf"(?P<from>{_YEAR})\s?年?\s?(?:至|到|{_DASH}|/)\s?(?P<to>{_YEAR})(?!\d)(?:\s?年)?(?!\s?\d*\s?月)",
        )
    to = {"en": "to|through|until", "fr": "à|jusqu['’]en", "es": "a|al|hasta"} | {
        "ru": "по|до", "ar": "إلى|حتى",
    }  # fmt: skip
    year_word = r"(?:عام\s|سنة\s|l['’]an\s)?"
    also = {"en": "and", "fr": "et", "es": "y", "ru": "и", "ar": r"و"}[language]
    between = "|".join(_BETWEEN[language])
    return (
        rf"(?<!\d)(?P<from>{_YEAR})\s?(?:{_DASH}|/|(?:{to[language]})\s)\s?{year_word}(?P<to>{_YEAR})(?!\d)",
        rf"(?:{between})\s(?:عامي\s)?(?P<between>{_YEAR})\s?{also}\s?(?P<and>{_YEAR})(?!\d)",
        rf"(?<!\d)(?P<short_from>{_YEAR})\s?[-–/]\s?(?P<short_to>(?!0[1-9]|1[0-2])\d\d)(?![\d{_LETTER}])",
    )


def _dates(language: Language) -> tuple[str, ...]:
    iso = rf"(?<!\d)(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d])"
    dotted = rf"(?<!\d)(?P<dotted>\d{{1,2}}([./])\d{{1,2}}\2{_YEAR})(?!\d)"
    dotted = dotted.replace(r"([./])", r"(?P<mark>[./])").replace(r"\2", "(?P=mark)")
    if language == "zh":
        to = rf"(?:至|到|{_DASH})"
        day = rf"(?:\s?(?P<day>\d{{1,2}})\s?[日号](?:\s?{to}\s?(?P<last>\d{{1,2}})\s?[日号])?)?"
        months = rf"(?:\s?{to}\s?(?P<last_month>\d{{1,2}})\s?月(?!\s?\d))?"
        return (
            iso,
            dotted,
            rf"(?<!\d)(?P<year>{_YEAR})\s?年(?:\s?(?P<month>\d{{1,2}})\s?月{day}{months})?",
            r"(?<!\d)(?P<month_only>\d{1,2})\s?月\s?(?P<day_only>\d{1,2})\s?[日号]",
        )
    month = alternation(forms(language, "month"))
    to = rf"(?:{_DASH}|to|and|au|al|a|et|y|по|до|إلى|و)"
    of = r"(?:\s?(?:of|de|من)\s|\s)"
    year = rf"(?:(?:\s(?:de|del|of|عام|من عام|لعام|سنة))?[\s,]*(?:عام\s)?(?P<year>{_YEAR})(?!\d))?"
    ordinal = r"(?:st|nd|rd|th|er|º|-го|-е)?"
    day = rf"(?P<day>\d{{1,2}}){ordinal}(?:\s?{to}\s?(?P<last>\d{{1,2}}){ordinal})?"
    textual = rf"(?:(?<![\d.,/]){day}{of})?(?P<month>{month})(?:\s?/\s?(?:{month}))?{year}"
    if language != "en":
        return iso, dotted, textual
    american = (
        rf"(?P<us_month>{month})\s(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"(?:\s?{_DASH}\s?\d{{1,2}})?(?!\d)(?:,?\s(?P<us_year>{_YEAR}))?"
    )
    return iso, dotted, american, textual
