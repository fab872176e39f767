"""Where numbers, dates and periods stand in a text: one compiled scanner per language.

What stands there is said in `kb.quantity_names`, `kb.quantity_nouns` and `kb.quantity_times`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from kb.currency_names import sign_source, sign_starts
from kb.languages import Language
from kb.numerals import digits_pattern
from kb.quantity_names import LETTER, han_names, named_numbers, named_words, names_with_digits
from kb.quantity_nouns import head_after, noun_after, noun_before
from kb.quantity_times import BETWEEN, dates, periods
from kb.quantity_words import Word, count_nouns, forms, forms_of, grouped, words
from kb.word_patterns import alternation

# "twenty-eighth" and "двадцать восьмой" are ordinals.
_NO_ORDINAL: Final = (
    r"(?!-[^\W\d_]+(?:th|st|nd|rd|ième|ièmes)(?![^\W\d_]))"
    r"(?!\s(?:перв|втор|трет|четв[её]рт|пят(?!ь|и)|шест(?!ь|и)|седьм|восьм[оа](?!м)|девят(?!ь|и)))"
)


# Up to two words of a noun that no list has; then the qualifier, with which the phrase must end:
# "tested 12 wells at least once" says nothing of the number.
_NEAR_UNIT: Final = (
    r"(?:[\s\u00a0]+[^\W\d_][\w’'-]*){0,2}?"
    r"(?:\s(?:an?|per|par|por|al|à l[ae’']|в|за|في)\s?[^\W\d_]+)?[\s\u00a0]+",
    r"\s?[（(]?",
)
_CLOSED: Final = (
    r"(?=\s*(?:[,.;:،؛。，；：、()（）\]|]|$)|\s+(?:of|in|and|de|des|du|del|en|et|y|из|в|и|من|و)"
    r"|\s?[\u3400-\u9fff]|\s+و)"
)
_ARABIC_SUBJECT: Final = r"(?:\s[^\W\d_]+){1,4}\s"
_ARABIC_ONE: Final = r"\s(?!ال)[^\W\d_]+\s"  # "يفوق ميلها 15", and no "exceeds the target of 15"
_HAN_VERB: Final = r"[^\W\d_一二三四五六七八九十百千万亿两约近]{1,6}"

# Arabic joins "and", "so", "by", "as", "to" and the article to the word that follows.
_JOINED: Final = re.compile(r"[وفبكل]?ال|لل|[وفبكل]")


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
    denied: re.Pattern[str]  # "not", at the end of what stands before a comparison
    after: re.Pattern[str]
    afters: Mapping[str, Word]
    behind: re.Pattern[str]  # as `after`, behind the unit or the noun: "12 wells at most"
    behinds: Mapping[str, Word]
    apart: re.Pattern[str]  # with words between: 至少查看5%, "تزيد رطوبتها على 12"
    aparts: Mapping[str, Word]
    cardinals: Mapping[str, Decimal]
    dual: re.Pattern[str]
    duals: Mapping[str, Word]  # "دولتين", "трехлетний": so many of what it counts, in one word
    head: re.Pattern[str] | None
    multiple: re.Pattern[str]
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
        joined = _JOINED.match(lower) if self.prefixed else None
        rest = lower[joined.end() :] if joined else ""
        return rest in self.words or lower[1:] in self.words if joined else False


@cache
def patterns(language: Language) -> Patterns:
    """The patterns of `language`, compiled on first use."""
    magnitude, magnitudes = grouped(language, "magnitude")
    short, shorts = grouped(language, "short_magnitude")
    unit, units = grouped(language, "currency", "area", "share")
    sign, signs = _signs(language)
    before, befores = grouped(language, "qualifier", start=language != "ar")
    if language == "ar":
        before = rf"(?<![^\W\d_])[وفبل]?(?:{before})"
    elif language != "zh":  # once for all forms: most places of a text start no word
        before = rf"(?<![^\W\d_])(?=[^\W\d_])(?:{before})"
    after, afters = grouped(language, "qualifier_after")
    behind, behinds = grouped(language, "qualifier_behind")
    apart, aparts = _apart(language)
    denied = alternation(forms_of(language, "qualifier_not", "not"), start=language != "ar")
    denied = rf"(?<![^\W\d_])[وف]?(?:{denied})" if language == "ar" else denied
    only = alternation(forms_of(language, "qualifier_not", "only"))
    verb = rf"(?:\s(?!(?:{only})\s)[^\W\d_]+)?"  # "does not fall below", and no "not only"
    months, month_names = grouped(language, "month")
    link = r"(?:\s?(?:de|d['’]|of|من)\s?)?"
    apart_by = ",?" if language in ("fr", "es") else ""  # "como mínimo, 9.000"
    one = rf"{apart_by}(?:\s*(?:{alternation(forms(language, 'qualifier_link'))}))?\s*"
    dual, duals = grouped(language, "count_dual", start=False)
    multiple = alternation(forms(language, "multiple"))
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
        noun=noun_after(language),
        nouns=count_nouns(language)[1],
        before=re.compile(rf"(?:{before}){one}$", re.IGNORECASE),
        befores=befores,
        denied=re.compile(rf"(?:{denied}){verb}\s*$", re.IGNORECASE),
        after=re.compile(rf"[\s,]?(?:{after})", re.IGNORECASE),
        afters=afters,
        behind=re.compile(rf"{_NEAR_UNIT[language == 'zh']}(?:{behind}){_CLOSED}", re.IGNORECASE),
        behinds=behinds,
        apart=re.compile(rf"(?:{apart})$"),
        aparts=aparts,
        cardinals={
            form.lower(): word.value
            for role in ("article", "cardinal", "dual")
            for word in words(language).get(role, ())
            for form in word.forms
            if word.value is not None
        },
        dual=re.compile(dual, re.IGNORECASE),
        duals=duals,
        head=head_after(language),
        multiple=re.compile(rf"[\s\u00a0-]?(?:{multiple})", re.IGNORECASE),
        months=re.compile(months, re.IGNORECASE),
        month_names=month_names,
        share_before=re.compile(rf"(?:{share_before})\s?$"),
        starts=_starts(language),
    )


def _apart(language: Language) -> tuple[str, Mapping[str, Word]]:
    """Qualifiers that other words may stand in; in the data, `…` is where."""
    gap, near = (_ARABIC_SUBJECT, _ARABIC_ONE) if language == "ar" else (_HAN_VERB, _HAN_VERB)
    sources, names = ["(?!)"], {}
    for index, word in enumerate(words(language).get("qualifier_apart", ())):
        names[f"apart_{index}"] = word
        first = "" if language == "zh" else r"(?<![^\W\d_])[وف]?"
        either = "|".join(
            rf"{head}{gap}{tail}\s" if tail else rf"{head}{near}"
            for head, _, tail in (form.partition("…") for form in word.forms)
        )
        sources.append(rf"(?P<apart_{index}>{first}(?:{either}))")
    return "|".join(sources), names


def _starts(language: Language) -> Starts:
    roles = ["cardinal", "article", "dual", "count_dual", "month", "body", "no_quantity"]
    if language == "ar":
        roles.append("count")
    least = forms_of(language, "qualifier", "at_least") if language == "ar" else ()
    listed = (*forms(language, *roles), *named_words(language), *BETWEEN[language], *least)
    first = [re.split(r"[^\w*]", form.lower())[0] for form in listed]
    stems = tuple({word.rstrip("*") for word in first if word.endswith("*")})
    return Starts(
        frozenset(word for word in first if word and not word.endswith("*"))
        | {"http", "https", "www"}
        | sign_starts(),
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


def _scanner(language: Language) -> str:
    magnitude = alternation(forms(language, "magnitude"))
    cardinal = alternation(forms(language, "cardinal"), start=False)
    article = alternation(forms(language, "article"))
    currency = "|".join(
        alternation(f for f in w.forms if not any(c.islower() or c > "\u0250" for c in f))
        for w in words(language)["currency"]
    )
    currency = rf"{currency}|{sign_source(language)}"
    sign = rf"(?:(?P<currency>(?<![{LETTER}])(?:{currency}|€|£)\s?))?"
    digits = digits_pattern(language, magnitude)
    number = rf"(?<!\d[.,/])(?<!\+){sign}(?P<number>{digits})"
    names = "|".join((*names_with_digits(language), *named_numbers(language, magnitude)))
    parts = [*periods(language), *dates(language)]
    if before := noun_before(language):
        parts.append(before)
    parts += [
        rf"(?P<skip_first>{han_names()})" if language == "zh" else r"(?!)",
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
        if language in ("fr", "es"):  # the article says one after "at least" only
            parts.append(rf"(?P<one>{article})(?=\s)")
    return rf"(?<![{LETTER}\d_])(?:{'|'.join(parts)})"
