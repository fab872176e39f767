"""Dated events of running text."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from ingestion.extraction.excerpts import name_of
from ingestion.extraction.figures import is_ahead
from ingestion.extraction.proposals import Proposal, clause_of, span_of
from ingestion.extraction.proposals import told as told_of
from ingestion.extraction.reading import Sentence
from ingestion.extraction.standing import is_baseline, is_end, is_void, standing_of
from ingestion.extraction.timing import is_before, is_deadline, is_until, is_yardstick
from kb.analysis import stop_words
from kb.languages import Language
from kb.quantities import Quantity
from kb.references import find_symbols
from kb.sentences import Span, word_count
from kb.writing import fold

_FEWEST_WORDS = 4
_FEWEST_HAN = 2
_ENOUGH_WORDS = 7  # with fewer, who or what it happened to is in the clause before
_MOST_NOUNS = 5  # words of "the proposed programme budget for 2037"
_MOST_HAN = 8
_LONGEST_LEAD = 9
_NEAR_REFERENCE = 24
_NEAR_SEE = 45
_FEWEST_CELLS = 4
_FEWEST_ENDS = 2  # bare years of "from 1.4 in 2030 to 2.1 in 2035"
_NEAR_PAPER = 60
_NO_TIMES: Final = frozenset(("due", "after", "at", "price"))
_OF_PAPER: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\s(?:of|dated)\s$"),
    "fr": re.compile(r"\s(?:du|en date du|datée? du)\s$"),
    "es": re.compile(r"\s(?:de|del|de fecha|con fecha de)\s$"),
    "ru": re.compile(r"\s(?:от|,? датированн\w+)\s$"),
    "ar": re.compile(r"\s(?:المؤرخة?|مؤرخة?|بتاريخ)\s(?:[^\W\d_]+(?:\s[^\W\d_]+)?\s?/\s?)?$"),
}
_MANY_CELLS = 0.4
_CELLS_RUN: Final = re.compile(
    r"(?:19|20)\d\d\s+(?:19|20)\d\d(?!\d)|(?:(?<!\d)\d{1,3}(?:[.,]\d+)*\s[^\W\d_]{0,12}\s?\d){3}"
)
_FIGURE: Final = re.compile(r"\d[\d.,٫٬]*")
_CITED: Final = re.compile(r"[(（][^()（）]{0,22}[^\W\d_][,，]\s?$|/$")
# What a year stands before in a title or a reference.
_REFERENCE: Final = re.compile(r"\s?[)）]?\s?[（(]?\d+[.)）]|/|[–-]\d")


def events(sentence: Sentence, told: Collection[int]) -> Iterator[Proposal]:
    """A proposal for each date that no figure holds (`told` are the starts of those).

    A day or a month is an event's. A bare year is that of what the clause tells of, or of the noun
    that it belongs to: "the budget for 2037"; never one that something is only compared with.
    """
    for date in sentence.dates:
        if date.start in told or _is_of_figures(sentence, date) or _is_no_time(sentence, date):
            continue
        name = (
            _document(sentence, date)
            or _happening(sentence, date)
            or _clause(sentence, date)
            or _dated_thing(sentence, date)
        )
        if name is None:
            continue
        first, _, last = (date.iso or "").partition("/")
        fields = {"name": name, "start": first, "end": last or None}
        yield Proposal("events", fields, sentence.passage, span_of(date), sentence.span)


def _happening(sentence: Sentence, date: Quantity) -> str | None:
    """The clause that tells what happened at `date`."""
    focus = span_of(date)
    clause = clause_of(sentence, focus, _ENOUGH_WORDS)
    text = sentence.passage.text
    day = "-" in (date.iso or "").split("/")[0]
    if not day:
        # "its accounts for 2037 on 31 March 2038"
        fuller = any("-" in (d.iso or "") and _in(d.start, clause) for d in sentence.dates)
        if fuller or is_yardstick(sentence, date) or is_before(sentence, date):
            return None
        due = is_deadline(sentence, date)
        if not due and not _leads(sentence, date) and not _happens(sentence, clause):
            return None
    if text[clause.end - 1] in ":：":
        clause = Span(clause.start, _next_end(sentence, clause.end))
    if word_count(clause.of(text)) < _FEWEST_WORDS:
        return None
    return told_of(sentence, clause, focus)


def _clause(sentence: Sentence, date: Quantity) -> str | None:
    """The clause of a year that no word for a happening goes with: "soils were poor in 2036"."""
    focus = span_of(date)
    if is_yardstick(sentence, date) or is_before(sentence, date) or _is_of_source(sentence, date):
        return None
    clause = clause_of(sentence, focus, _ENOUGH_WORDS)
    text = sentence.passage.text
    if any("-" in (d.iso or "") and _in(d.start, clause) for d in sentence.dates):
        return None
    fewest = _FEWEST_HAN if sentence.passage.language == "zh" else _FEWEST_WORDS
    if word_count(clause.of(text)) - word_count(date.text) < fewest:
        return None
    return told_of(sentence, clause, focus)


def _is_no_time(sentence: Sentence, date: Quantity) -> bool:
    """Whether nothing takes place at `date`: a limit, the day of a count, the year of prices, a
    baseline, an end of a change, what was put off.
    """
    standing = standing_of(sentence, date)
    if standing == "due" and (is_end(sentence, date) or _comes_about(sentence, date)):
        standing = None
    if standing in _NO_TIMES or is_baseline(sentence, date) or is_void(sentence, date):
        return True
    clause = sentence.clause_at(date.start)
    if standing == "start" and sentence.has("negation", clause):
        return True
    bare = [d for d in sentence.dates if _in(d.start, clause) and (d.iso or "").isdecimal()]
    moves = sentence.passage.words.search("change", clause.of(sentence.passage.text))
    return bool(date in bare and len(bare) >= _FEWEST_ENDS and moves)


def _comes_about(sentence: Sentence, date: Quantity) -> bool:
    """Whether nobody is to do it by then: "most of the belts will have gone by 2045"."""
    bare = (date.iso or "").isdecimal() and not sentence.amounts
    return bare and not is_before(sentence, date) and not is_ahead(sentence, date)


def _document(sentence: Sentence, date: Quantity) -> str | None:
    """The paper that a day is the date of: "the agreement of 16 May 2033"."""
    text, language = sentence.passage.text, sentence.passage.language
    link = _OF_PAPER.get(language)
    if link is None or "-" not in (date.iso or ""):
        return None
    before = text[max(sentence.span.start, date.start - _NEAR_PAPER) : date.start]
    of = link.search(before)
    if of is None:
        return None
    papers = [(s, e) for _, s, e in sentence.passage.words.places("paper", before[: of.start()])]
    if not papers or before[papers[-1][1] : of.start()].strip():
        return None
    return name_of(before[papers[-1][0] :] + date.text)


def _is_tabular(sentence: Sentence) -> bool:
    """Whether these are cells that a conversion ran together: "Región 2037 2038 África 41.000"."""
    if _CELLS_RUN.search(sentence.text):
        return True
    figures, words = len(_FIGURE.findall(sentence.text)), word_count(sentence.text)
    most = words * _MANY_CELLS
    return sentence.passage.language != "zh" and figures >= _FEWEST_CELLS and figures > most


def _is_of_source(sentence: Sentence, date: Quantity) -> bool:
    """Whether the year belongs to what is cited: "see ICCD/CRIC(24)/7 (2036)", "(Silva, 2031)"."""
    text = sentence.passage.text
    behind = text[date.end : date.end + _NEAR_REFERENCE]
    before = text[max(sentence.span.start, date.start - _NEAR_REFERENCE) : date.start]
    if _CITED.search(before) or _REFERENCE.match(behind):
        return True
    clause = sentence.clause_at(date.start)
    earlier = text[max(clause.start, date.start - _NEAR_SEE) : date.start]
    if sentence.passage.words.search("reference", earlier):
        return True
    return bool(find_symbols(sentence.text) and sentence.passage.paragraph.kind == "footnote")


def _is_of_figures(sentence: Sentence, date: Quantity) -> bool:
    """Whether a year only says until when a figure holds, or heads a column of figures: "$350,000 a
    year until 2036", "Region 2037 2038 Asia 30 36".
    """
    clause = sentence.clause_at(date.start)
    bare = "-" not in (date.iso or "")
    if bare and _is_tabular(sentence):
        return True
    return bare and is_until(sentence, date) and any(_in(a.start, clause) for a in sentence.amounts)


def _leads(sentence: Sentence, date: Quantity) -> bool:
    """Whether the sentence begins with its date: "In 2038 …", 2037年…."""
    return date.start - sentence.span.start <= _LONGEST_LEAD


def _happens(sentence: Sentence, clause: Span) -> bool:
    if sentence.passage.text[clause.end - 1] in ":：":
        return True
    return any(
        c.role in ("event", "give") or (c.role == "stage" and c.id != "needed")
        for c in sentence.cues
        if _in(c.start, clause)
    )


def _dated_thing(sentence: Sentence, date: Quantity) -> str | None:
    """The noun that a year belongs to: "the appropriation for 2036", 2036年批款."""
    text = sentence.passage.text
    clause = sentence.clause_at(date.start)
    if is_yardstick(sentence, date) and "/" in (date.iso or ""):
        return None
    if sentence.passage.language == "zh":
        behind = text[date.end : date.end + _MOST_HAN]
        if is_before(sentence, date) or sentence.passage.words.at("compared", behind, 0):
            return None
        end = date.end
        ends = {c.start for c in sentence.cues}
        while end < clause.end and end - date.end <= _MOST_HAN and end not in ends:
            if not "\u3400" <= text[end] <= "\u9fff":
                break
            end += 1
        written = text[date.start : end]
        if (of := text.find("的", date.end, end)) > date.end:
            end = of  # 2038年批款的差异 is the appropriation's
        whole = end == clause.end or not text[end].isalnum() or end in ends or text[end] == "的"
        return name_of(written) if whole and 2 <= end - date.end <= _MOST_HAN else None
    before = text[clause.start : date.start]
    words = sentence.passage.words
    if not words.ends_with("for_date", before):
        return None
    before = before[words.last_end("compared", "with", before) :]
    verb = max((c.end for c in sentence.cues if c.end <= date.start), default=0)
    behind_verb = text[max(verb, date.start - len(before)) : date.start]
    for own, fewest in ((behind_verb, 2), (before, 3)):
        nouns = _nouns(own)
        if len(nouns) >= fewest and not words.at("edge", nouns[-2], 0):
            return name_of(" ".join([*nouns, date.text]))
    return None


def _nouns(before: str) -> list[str]:
    """The last words of `before`, without what no noun phrase begins with."""
    words = before.split()[-_MOST_NOUNS:]
    while words and (fold(words[0].strip("«“(\"'")) in stop_words() or words[0][0].isdecimal()):
        words = words[1:]
    return words if all(word[-1] not in ")]" for word in words) else []


def _next_end(sentence: Sentence, place: int) -> int:
    """Where the item ends that a sentence ending in a colon announces."""
    following = [s.span.end for s in sentence.passage.sentences if s.span.start >= place]
    return following[0] if following else place


def _in(place: int, span: Span) -> bool:
    return span.start <= place < span.end
