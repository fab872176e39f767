"""What the figures of quoted words come to, where a question asks whether they agree: parts and
their total, a count and its share, an average, a daily amount in a year."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Final, NamedTuple

from assistant.claim_words import ids_of
from assistant.consistency import asks_consistency, given_figures, is_figure
from assistant.question import Question
from assistant.segments import segments
from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.records.amounts import amount_in_words, number_in_words
from kb.records.naming import shipped_names
from kb.sentences import sentences

TIMES_A_YEAR: Final = {"day": Decimal(365), "week": Decimal(52), "month": Decimal(12)}
"""How often what falls due at a rate does so in a year."""

_PARTS: Final = 3  # figures that make up a whole
_NEAR: Final = 3  # signs between a count and its share: "10 countries (56%)" has the noun too
_ONE_PLACE: Final = Decimal("0.1")
_HUNDRED: Final = Decimal(100)


class Quoted(NamedTuple):
    """Words quoted of one place."""

    place: str
    text: str
    language: Language


class Rated(NamedTuple):
    """An amount, and how often it falls due."""

    quantity: Quantity
    rate: str


def workings(question: Question, quotes: Sequence[Quoted]) -> tuple[str, ...]:
    """What the figures of `quotes` come to, each as one line such as
    "10 / 18 = 56%", in the language of the reader; none where the question asks for no check or
    nothing is made of the figures that it speaks of."""
    if not asks_consistency(question):
        return ()
    found: dict[str, None] = {}
    places: dict[str, list[Quantity]] = {}
    for quote in quotes:
        counts = _counts(quote.text, quote.language)
        places.setdefault(quote.place, []).extend(counts)
        for line in (*_shares(question, quote.text, counts), *_whole(question, counts)):
            found.setdefault(line)
    for counts in places.values():
        for line in _average(question, counts):
            found.setdefault(line)
    for line in _in_a_year(question, quotes):
        found.setdefault(line)
    return tuple(found)


def _counts(text: str, language: Language) -> list[Quantity]:
    return [
        q
        for q in find_quantities(text, language)
        if q.kind not in TIME_KINDS and q.kind not in ("money", "area")
    ]


def _shares(question: Question, text: str, found: Sequence[Quantity]) -> Iterator[str]:
    """A count with its share beside it, of the whole that its row adds up to."""
    shares = [q for q in found if q.kind == "share"]
    counts = [q for q in found if q.kind != "share"]
    given = {f.value for f in given_figures(question)}
    asked = any(f.kind == "share" for f in question.numbers)
    asked = asked or any(m.concept_id == "term:percentage" for m in question.names)
    if len(shares) != 1 or not (asked or shares[0].value in given):
        return
    share = shares[0]
    before = [c for c in counts if c.end <= share.start]
    if not before or "(" not in text[before[-1].end : share.start].replace("（", "("):
        return
    part = before[-1]
    rest = [c for c in counts if c is not part]
    for whole in rest:
        others = [c for c in rest if c is not whole]
        if part.value + sum((c.value for c in others), Decimal(0)) != whole.value:
            continue
        if whole.value and _rounded(_HUNDRED * part.value / whole.value) == share.value:
            language = question.reader
            said = amount_in_words(share.value, "%", language, shipped_names())
            yield f"{_plain(part, language)} / {_plain(whole, language)} = {said}"
            return


def _whole(question: Question, found: Sequence[Quantity]) -> Iterator[str]:
    """The parts that make up a whole that the question gives, where all other counts of the words
    quoted do; or whether those that it gives do."""
    counts = [q for q in found if q.kind != "share" and q.qualifier == "exact"]
    given = [f for f in given_figures(question) if f.kind != "share"]
    if len(counts) < _PARTS:
        return
    for whole in (q for q in counts if any(is_figure(f, q) for f in given)):
        parts = [q for q in counts if q is not whole and q.value]
        if len(parts) > 1 and _sum(parts) == whole.value and _alike([whole, *parts]):
            yield _added(parts, whole, question.reader)
            return
    said = [next((q for q in counts if is_figure(f, q)), None) for f in given]
    figures = [q for q in said if q is not None]
    if len(figures) < len(said) or len(figures) < _PARTS:
        return
    total = max(figures, key=lambda q: q.value)
    parts = [q for q in figures if q is not total]
    if len({q.start for q in figures}) == len(figures) and _alike(figures):
        yield _added(parts, total, question.reader)


def _alike(figures: Sequence[Quantity]) -> bool:
    """Whether the figures count one thing, the whole one that has a name."""
    return len({q.unit for q in figures if q.unit}) == 1


def _sum(parts: Sequence[Quantity]) -> Decimal:
    return sum((q.value for q in parts), Decimal(0))


def _added(parts: Sequence[Quantity], whole: Quantity, language: Language) -> str:
    made = _sum(parts)
    text = " + ".join(_plain(q, language) for q in parts)
    text += f" = {number_in_words(made, language)}"
    return text if made == whole.value else f"{text} ≠ {_plain(whole, language)}"


def _average(question: Question, found: Sequence[Quantity]) -> Iterator[str]:
    """So many for so many, of which the question gives the average."""
    given = [f for f in given_figures(question) if f.kind in ("count", "number")]
    if len(given) != _PARTS or not all(any(is_figure(f, q) for q in found) for f in given):
        return
    for total, number in combinations(given, 2):
        average = next(f for f in given if f not in (total, number))
        if total.value <= number.value or number.value <= average.value:
            continue
        quotient = total.value / number.value
        if quotient == average.value or _rounded(quotient) != average.value:
            continue
        language = question.reader
        said = number_in_words(quotient.quantize(_ONE_PLACE, ROUND_HALF_UP), language)
        yield f"{_plain(total, language)} / {_plain(number, language)} = {said}"
        return


def _in_a_year(question: Question, quotes: Sequence[Quoted]) -> Iterator[str]:
    """A daily or monthly amount times the days or months of a year, beside the yearly one."""
    if "year" not in question.rates or len(question.rates) < 2:
        return
    rated = [r for q in quotes for r in rated_amounts(q.text, q.language)]
    given = [f.value for f in given_figures(question)]
    held = {r.rate for r in rated if r.quantity.value in given}
    rated = [r for r in rated if r.quantity.value in given or r.rate not in held]
    yearly = {(r.quantity.value, r.quantity.currency) for r in rated if r.rate == "year"}
    shorter = {
        (r.quantity.value, r.quantity.currency, r.rate) for r in rated if r.rate in TIMES_A_YEAR
    }
    if len(yearly) != 1 or len(shorter) != 1:
        return
    (amount, currency), (each, other, rate) = yearly.pop(), shorter.pop()
    if currency is None or currency != other or rate not in question.rates:
        return
    language, names = question.reader, shipped_names()
    times = TIMES_A_YEAR[rate]
    made = each * times
    sign = "=" if made == amount else "≠"
    words = [amount_in_words(n, currency, language, names) for n in (each, made, amount)]
    yield f"{words[0]} × {times} = {words[1]} {sign} {words[2]}"


def rated_amounts(text: str, language: Language) -> Iterator[Rated]:
    """The amounts of a text that are said to be daily, monthly or yearly."""
    quantities = find_quantities(text, language)
    for sentence in sentences(text, language):
        for piece in segments(text, sentence, language, quantities):
            rates = ids_of(piece.of(text), language, "rate")
            money = [
                q for q in quantities if q.kind == "money" and piece.start <= q.start < piece.end
            ]
            if len(rates) == 1 and len(money) == 1:
                yield Rated(money[0], next(iter(rates)))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def _plain(quantity: Quantity, language: Language) -> str:
    return number_in_words(quantity.value, language)
