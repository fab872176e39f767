"""Both ends of a change in what no list of units names: "from 9 months in 2030 to 16 in 2033"."""

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import InvalidOperation
from typing import Final

from ingestion.extraction.proposals import Proposal, about
from ingestion.extraction.reading import Sentence
from kb.languages import Language
from kb.numerals import parse_digits
from kb.references import plain_digits
from kb.sentences import Span

_FEWEST_ENDS: Final = 2
_LONGEST: Final = 50
_MAGNITUDES: Final[Mapping[str, int]] = {"ألف": 1_000, "آلاف": 1_000, "ألفا": 1_000, "тыс.": 1_000}
_HAN_END: Final = re.compile(r"\s?年?的\s?(\d[\d,]*)\s?([\u3400-\u9fff])")
_END: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"(\d[\d,.]*)((?: [^\W\d_]+){0,3}) in $"),
    "fr": re.compile(r"(\d[\d,.\u00a0\u202f]*)((?: [^\W\d_]+){0,3}) en $"),
    "es": re.compile(r"(\d[\d,.]*)((?: [^\W\d_]+){0,3}) en $"),
    "ru": re.compile(r"(\d[\d,.\u00a0\u202f]*)((?: [^\W\d_]+\.?){0,3}) в $"),
    "ar": re.compile(r"([\d٠-٩][\d٠-٩,.٫٬]*)((?: [^\W\d_]+){0,3}?) (?:في )?(?:عام|سنة|العام) $"),
}


def ends_of_change(sentence: Sentence, subject: str, told: Collection[int]) -> Iterator[Proposal]:
    """An observation of each end that stands right before its year; `told` are the starts of the
    figures that are proposed already.
    """
    language, text = sentence.passage.language, sentence.passage.text
    pattern = _END.get(language)
    years = [d for d in sentence.dates if (d.iso or "").isdecimal()]
    if len(years) < _FEWEST_ENDS:
        return
    if not sentence.passage.words.search("change", sentence.text):
        return
    unit = ""
    for year in years:
        before = text[max(sentence.span.start, year.start - _LONGEST) : year.start]
        found = pattern.search(before) if pattern else _HAN_END.match(text, year.end)
        if found is None:
            continue
        start = found.start(1) if pattern is None else year.start - len(before) + found.start()
        words = found[2].split()
        scale = _MAGNITUDES.get(words[0], 1) if words else 1
        unit = " ".join(words[1:] if scale > 1 else words) or unit
        end = max(year.end, found.end(2)) if pattern is None else year.end
        if not unit or any(start <= place < end for place in told):
            continue
        try:
            value = parse_digits(plain_digits(found[1]), language) * scale
        except (InvalidOperation, ValueError):
            continue
        focus = Span(min(start, year.start), end)
        fields = {
            "subject": subject,
            "measure": about(sentence, focus),
            "value": value,
            "unit": f"name:{unit}",
            "as_of": year.iso,
        }
        if fields["measure"] is not None:
            yield Proposal("observations", fields, sentence.passage, focus, sentence.span)
