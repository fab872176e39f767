"""What a question computes, and the figures of one text that it computes with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.claim_words import role_patterns, stages
from assistant.figure_claims import FigureOperation
from assistant.items import Item, items_of, marks_of
from assistant.operands import TELLING, Operand, may_combine, operands, told_by
from assistant.pairs_of_figures import best_two
from assistant.question import Question, denies
from assistant.question_words import hints
from assistant.reading import Reading, ReadText, years_of
from assistant.rest_in_time import order_of, rest_in_time
from assistant.rows import rows_of
from kb.sentences import Span

_SHARE: Final = frozenset(("share",))
_NUMBERS: Final = frozenset(("how_much", "how_many", "sum"))
_TOLD: Final = 0.5  # least weight of what tells an operand apart
_FEW: Final = range(2, 5)  # terms of a sum; so many can be said by their number
_SUMMED: Final = 0.35  # of what is asked about, said by the terms of a sum
_TAKEN: Final = 0.65  # … of a difference
_SIDES: Final = 2
_CLEARLY: Final = 1.3  # times as much speaks for the figures of the number that is said
_NAMING: Final = frozenset(("name", "term", "year"))
_NEAR: Final = 20  # code points before or behind a figure
_BARS: Final = 2  # a text with more cells than this is a table


@dataclass(frozen=True, slots=True)
class Operation:
    """A computation over figures of one text, in order; `share` is the weighted share of what is
    asked about that their pieces speak of, in [0, 1]."""

    operation: FigureOperation
    terms: tuple[Operand, ...]
    share: float


def operation_asked(question: Question) -> FigureOperation | None:
    """The operation that the question states; None where it states none."""
    if question.is_empty or not (_NUMBERS & set(question.kinds) or _is_total(question)):
        return None
    if question.wants_quantity == _SHARE:
        return None if denies(question) or question.adds else "share"
    if hints(question.text, question.language, "asks_times"):
        return "ratio" if question.weighs or question.language in ("ru", "zh") else None
    if _subtracts(question):
        return "difference"
    if question.adds and not question.weighs:
        return "sum"
    return "difference" if "how_many" in question.kinds and order_of(question) else None


def _subtracts(question: Question) -> bool:
    """Whether what is left is asked for, or how much more one is than another."""
    left = "how_many" in question.kinds and _asks_the_rest(question)
    return left or bool(hints(question.text, question.language, "subtracts"))


def _is_total(question: Question) -> bool:
    """ "Total in hectares of …": an amount is asked for without a question word."""
    text, language = question.text, question.language
    amount = hints(text, language, "asks_area") or hints(text, language, "asks_money")
    return question.adds and question.kind == "about" and bool(amount)


def _asks_the_rest(question: Question) -> bool:
    """Whether those are counted of whom something is not so. "Not started, or under way" names
    two states, of which neither is a rest."""
    text, language = question.text, question.language
    named = "started" in stages(text, language) or bool(hints(text, language, "either"))
    return denies(question) and not named


def operation_of(question: Question, text: ReadText, reading: Reading) -> Operation | None:
    """The computation that the question asks for over figures of `text`; None where its operands
    are not told apart by what the question says of them."""
    asked = operation_asked(question)
    if text.language != question.language or text.text.count("|") > _BARS:
        return None
    turned = rest_in_time(question, text, reading)
    if turned or asked is None or (asked == "difference" and not _subtracts(question)):
        return Operation("difference", turned, 1.0) if turned else None
    read = reading.read(question.text, question.language)
    items = [i for i in items_of(question) if i.kind in TELLING and not _operates(i, question)]
    groups = operands(items, text, reading)
    known = frozenset[Item]().union(*(o.hits for group in groups for o in group))
    if asked == "sum":
        terms = _sum(groups, read, question)
    else:
        terms = _difference(groups, known, text) or best_two(groups, items, question, _TAKEN)
    if not terms or (asked == "share" and _says_share(terms)):
        return None
    held = frozenset[Item]().union(*(o.hits for o in terms))
    whole = sum(i.weight for i in items)
    share = sum(i.weight for i in items if i in held) / whole if whole else 0.0
    if share < (_SUMMED if asked == "sum" else _TAKEN):
        return None
    ordered = sorted(terms, key=_largest)
    return Operation(asked, tuple(ordered[::-1] if asked == "share" else ordered), share)


def _says_share(terms: Sequence[Operand]) -> bool:
    """Whether a sentence of the terms gives a share itself."""
    return any(q.kind == "share" for o in terms for q in o.sentence.quantities)


def _sum(
    groups: Sequence[Sequence[Operand]], read: ReadText, question: Question
) -> tuple[Operand, ...]:
    """The figures of one sentence that the question puts in a row, else those of the text, else
    as many as it says."""
    for scope in _scopes(groups):
        row = _coordinated(scope, read)
        if row is not None:
            return row if _is_sum(row) else ()
    for group in groups:
        terms = _numbered(group, question)
        if _is_sum(terms):
            return terms
    return ()


def _difference(
    groups: Sequence[Sequence[Operand]], known: frozenset[Item], text: ReadText
) -> tuple[Operand, ...]:
    for scope in _scopes(groups):
        terms = tuple(
            one
            for one, own in zip(scope, told_by(scope), strict=True)
            if sum(i.weight for i in own) >= _TOLD
        )
        if _is_difference(terms, scope, known, text):
            return terms
    return ()


def _largest(one: Operand) -> Decimal:
    return -one.quantity.value


def _operates(item: Item, question: Question) -> bool:
    """Whether the word says the operation, not what it is done with: "put together"."""
    text, language = question.text, question.language
    places = [*hints(text, language, "adds"), *hints(text, language, "subtracts")]
    return item.kind == "word" and any(
        text[start:end].lower().startswith(item.key) for start, end in places
    )


def _scopes(groups: Sequence[Sequence[Operand]]) -> Iterator[list[Operand]]:
    """The figures of each sentence, then those of the whole text."""
    for group in groups:
        for place in dict.fromkeys(one.sentence.span for one in group):
            yield [o for o in group if o.sentence.span == place]
    for group in groups:
        if len({one.sentence.span for one in group}) > 1:
            yield list(group)


def _coordinated(group: Sequence[Operand], question: ReadText) -> tuple[Operand, ...] | None:
    """The figures of what the question puts in a row: "in Asia and in Latin America". None where
    it puts no two of them so; empty where something of the row has no figure, or several."""
    own = told_by(group)
    for row in rows_of(question):
        spoken = [_within(part, group, question) for part in row]
        told = [_told(part, own) for part in spoken]
        if len(frozenset[int]().union(*told)) < _SIDES:
            continue
        chosen: list[int] = []
        for part, figures in zip(spoken, told, strict=True):
            if not figures and 0 not in frozenset[int]().union(*told) and part & group[0].led:
                figures = {0}
            if len(figures) != 1:
                return ()
            chosen += figures
        return tuple(group[at] for at in sorted(set(chosen)))
    return None


def _told(part: frozenset[Item], own: Sequence[frozenset[Item]]) -> set[int]:
    """The figures that a part of the row tells apart, by names and years where it does by any."""
    plainly = {i for i in part if i.kind in _NAMING}
    named = {at for at, items in enumerate(own) if items & plainly}
    return named or {at for at, items in enumerate(own) if items & part}


def _within(part: Span, group: Sequence[Operand], question: ReadText) -> frozenset[Item]:
    """What the question says in that part of it, of all that the figures speak of."""
    items = frozenset[Item]().union(*(o.hits | o.led for o in group))
    return frozenset(
        item
        for item in items
        for start, end in _places(item, question)
        if part.start <= start and end <= part.end
    )


def _places(item: Item, question: ReadText) -> Iterator[tuple[int, int]]:
    """Where the question says the item."""
    for sentence in question.sentences:
        yield from ((m.start, m.end) for m in marks_of(item, sentence))
        if item.kind == "year":
            yield from ((q.start, q.end) for q in sentence.quantities if item.key in years_of(q))


def _numbered(group: Sequence[Operand], question: Question) -> tuple[Operand, ...]:
    """The figures that share something of the question, as many as it says: "the three calls"."""
    numbers = {int(q.value) for q in question.numbers if q.value in _FEW}
    weights: dict[tuple[int, ...], float] = {}
    for item in {i for o in group for i in o.hits}:
        holders = tuple(at for at, o in enumerate(group) if item in o.hits)
        if len(holders) in numbers:
            weights[holders] = weights.get(holders, 0.0) + item.weight
    ordered = sorted(weights, key=lambda holders: -weights[holders])
    if not ordered or any(weights[o] * _CLEARLY > weights[ordered[0]] for o in ordered[1:]):
        return ()
    return tuple(group[at] for at in ordered[0])


def _is_sum(terms: Sequence[Operand]) -> bool:
    units = {o.quantity.unit for o in terms}
    return may_combine(terms) and len(units) == 1 and not any(o.inside or o.apiece for o in terms)


def _is_difference(
    terms: Sequence[Operand], group: Sequence[Operand], known: frozenset[Item], text: ReadText
) -> bool:
    """Whether two figures of one thing are told apart, and nothing known of others is asked."""
    if len(terms) != _SIDES or not may_combine(terms):
        return False
    if any(o.denied or o.apiece or not o.quantity.value for o in terms):
        return False
    whole, part = sorted(terms, key=_largest)
    if whole.quantity.unit != part.quantity.unit and not (
        whole.sentence is part.sentence and (part.inside or _is_partitive(whole, text))
    ):
        return False
    if any(_is_surplus(o, text) for o in group):
        return False
    return known <= whole.hits | part.hits


def _is_partitive(one: Operand, text: ReadText) -> bool:
    """ "Of the 1,200 trained, …"."""
    before = text.text[max(0, one.quantity.start - _NEAR) : one.quantity.start].rstrip()
    patterns = role_patterns(text.language)["partitive"].values()
    return any(m.end() == len(before) for p in patterns for m in p.finditer(before))


def _is_surplus(one: Operand, text: ReadText) -> bool:
    """ "4 more than planned": the text says the difference itself."""
    behind = text.text[one.quantity.end : one.quantity.end + _NEAR]
    return any(start <= 1 for start, _ in hints(behind, text.language, "weighs"))
