"""What the words beside a date make of it: a limit, a beginning, the day of a count, prices."""

import re
from collections.abc import Mapping
from typing import Final, Literal

from ingestion.extraction.reading import Sentence
from kb.languages import Language
from kb.quantities import Quantity
from kb.sentences import Span

Standing = Literal["due", "after", "start", "at", "price"]

_ORDER: Final[tuple[Standing, ...]] = ("at", "after", "due", "start", "price")
_LOOK_BACK: Final = 45
_MOST_FILLERS: Final = 5
_NEAR: Final = 45
# "تشرين الأول/" of "تشرين الأول/أكتوبر", of which the date begins with the second name.
_OTHER_MONTH: Final = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?\s?/\s?$")
# Of a day at the head of a clause: "Au 30 juin 2034, 12 projets …".
_AT_HEAD: Final = re.compile(r"(?:^|[,;:،：；，]\s?)(?:au|al|a|на|at)\s$", re.IGNORECASE)
_BEHIND: Final[Mapping[Language, Mapping[Standing, re.Pattern[str]]]] = {
    "en": {
        "due": re.compile(
            r",?\s(?:at the (?:very )?latest|at latest|or (?:earlier|before|sooner))\b"
        ),
        "price": re.compile(r"\s(?:prices|dollars|euros|exchange rates?)\b"),
    },
    "fr": {"due": re.compile(r",?\s(?:au plus tard|dernier délai|ou avant|au maximum)\b")},
    "es": {"due": re.compile(r",?\s(?:a más tardar|como (?:máximo|muy tarde)|o antes)\b")},
    "ru": {"due": re.compile(r"(?:\sгода?|\sг\.)?,?\s(?:самое позднее|или ранее|или раньше)")},
    "ar": {"due": re.compile(r"،?\s(?:على أبعد تقدير|على أقصى تقدير|كحد أقصى|كموعد أقصى|أو قبل)")},
    "zh": {
        "due": re.compile(r"\s?(?:年?(?:底|末|年底)|[上下]半年|中期)?(?:之|以)?前|\s?为止|\s?止"),
        "after": re.compile(r"\s?(?:之|以)?后"),
        "price": re.compile(r"\s?年?的?(?:美元|欧元|不变|价格|币值|汇率)"),
    },
}


def standing_of(sentence: Sentence, date: Quantity) -> Standing | None:
    """What is told of `date`; None where something simply is at it."""
    text, language = sentence.passage.text, sentence.passage.language
    for found_behind, pattern in _BEHIND[language].items():
        whole = found_behind == "due" and "/" in (date.iso or "")  # 自…起，至…止
        if pattern.match(text, date.end) and not whole:
            return found_behind
    before = text[max(sentence.span.start, date.start - _LOOK_BACK) : date.start]
    if len(date.iso or "") == len("2034-06-30") and _AT_HEAD.search(before):
        return "at"
    if language == "zh" and "/" in (date.iso or ""):
        return None  # 分摊到2032年至2037年 is over these years
    words = sentence.passage.words
    before = _OTHER_MONTH.sub("", before)
    for _ in range(_MOST_FILLERS):
        found = {one: words.length_at_end("standing", before, one) for one in _ORDER}
        if any(found.values()):  # "не позднее" is no "позднее"
            longest = max(_ORDER, key=lambda one: found[one])
            whole = longest == "start" and "/" in (date.iso or "")  # "the period from 2033 to 2035"
            return None if whole else longest
        shorter = words.without_last("filler", before)
        if shorter == before:
            return None
        before = shorter
    return None


def is_end(sentence: Sentence, date: Quantity) -> bool:
    """Whether something ends at `date`: "the mandate was extended until 30 June 2041"."""
    clause = sentence.clause_at(date.start)
    before = Span(clause.start, date.start).of(sentence.passage.text)
    return bool(sentence.passage.words.search("extension", before))


def is_baseline(sentence: Sentence, date: Quantity) -> bool:
    """Whether the clause of `date` names a baseline, or what is aimed at in a bare year."""
    clause, text = sentence.clause_at(date.start), sentence.passage.text
    near = Span(max(clause.start, date.start - _NEAR), min(clause.end, date.end + _NEAR)).of(text)
    found = sentence.passage.words.search("yardstick", near)
    return "word" in found or ("target" in found and "-" not in (date.iso or ""))


def is_void(sentence: Sentence, date: Quantity) -> bool:
    """Whether what was to be at `date` was put off: "the move, planned for 2035, was postponed"."""
    behind = sentence.passage.text[date.end : sentence.span.end]
    return bool(sentence.passage.words.search("void", behind))
