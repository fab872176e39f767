"""Figures that do not agree, or seem not to: what is found, and of which class.

A *contradiction* cannot be: one of the figures is wrong. A *change* is the same thing at another
time. A different *scope* is no change at all, though it can be taken for one: two figures of one
subject, counted in the same unit, of which each measures something else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from kb.records.figures import Figure
from kb.records.record import Anchor
from kb.records.sources import ROW

FindingKind = Literal["contradiction", "scope", "change"]
Rule = Literal["parts", "progress", "share", "same_measure", "other_measure"]

_STATES: Final = frozenset(("completed", "in_progress", "not_started"))
_TOKEN: Final = re.compile(r"[\u3400-\u9fff]|[^\W_]+")
_SHARED_WORDS: Final = 2
_UNCOUNTED: Final = frozenset(("%", "year", "day"))  # too common to make two figures look alike


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a rule has found in some records; the first of them is what the others are held to."""

    kind: FindingKind
    rule: Rule
    figures: tuple[Figure, ...]
    detail: str


@dataclass(frozen=True, slots=True)
class Origins:
    """Where figures stand: anchors by record, and the session of each document."""

    anchors: Mapping[str, tuple[Anchor, ...]]
    sessions: Mapping[str, str | None]

    def documents(self, figure: Figure) -> frozenset[str]:
        """The documents that give a figure."""
        return frozenset(one.document_id for one in self.anchors.get(figure.record, ()))

    def spoken_at(self, figure: Figure) -> frozenset[str | None]:
        """The sessions of those documents."""
        return frozenset(self.sessions.get(one) for one in self.documents(figure))

    def is_row(self, figure: Figure) -> bool:
        """Whether it is a row of the user's own file: one of many, each about its own thing."""
        anchors = self.anchors.get(figure.record, ())
        return bool(anchors) and all(one.paragraph.startswith(ROW) for one in anchors)


def wrong_sums(figures: Sequence[Figure]) -> Iterator[Disagreement]:
    """Parts that exceed the figure which includes them.

    Figures "of which" may overlap or be incomplete, so that their sum says nothing, and a sum that
    stays below the total is never wrong. Parts are added only where they exclude each other: one
    measure broken down ("eligible countries in Africa", "… in Asia"), or one measure of different
    subjects, in one unit and of one date.
    """
    totals = {one.record: one for one in figures}
    parts: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        if one.part_of in totals and one.unit == totals[one.part_of].unit:
            parts[one.part_of].append(one)
    for record, some in parts.items():
        total = totals[record]
        for one in some:
            if one.least > total.most:
                detail = f"a part is {one.value}, the whole {total.value}"
                yield Disagreement("contradiction", "parts", (total, one), detail)
        for family in _families(some):
            least = sum((one.least for one in family), Decimal(0))
            if len(family) > 1 and least > total.most:
                added = " + ".join(str(one.value) for one in family)
                value = sum((one.value for one in family), Decimal(0))
                detail = f"the parts add up to {value} ({added}), the whole is {total.value}"
                yield Disagreement("contradiction", "parts", (total, *family), detail)


def wrong_progress(figures: Sequence[Figure], origins: Origins) -> Iterator[Disagreement]:
    """Completed, in progress and not started that are not together the number they are of."""
    groups: dict[object, list[Figure]] = defaultdict(list)
    for one in figures:
        if one.kind == "milestones" and one.row["of"] is not None:
            key = (one.row["programme"], one.measure, one.unit, one.scope, one.as_of)
            groups[key, origins.documents(one)].append(one)
    for group in groups.values():
        states = [one.row["progress"] for one in group]
        if len(set(states)) < len(states):  # several statements: the same measure is compared below
            continue
        whole = group[0].row["of"]
        found = sum((one.value for one in group), Decimal(0))
        if found > whole or (set(states) >= _STATES and found != whole):
            added = " + ".join(str(one.value) for one in group)
            detail = f"{added} = {found}, of {whole}"
            yield Disagreement("contradiction", "progress", tuple(group), detail)


def wrong_shares(figures: Sequence[Figure]) -> Iterator[Disagreement]:
    """Printed percentages that are not those of their figures, rounded to as many decimals."""
    for one in figures:
        if one.kind != "milestones" or not one.row["of"] or one.row["share"] is None:
            continue
        share, exact = one.row["share"], one.value * 100 / one.row["of"]
        half = Decimal(5).scaleb(share.as_tuple().exponent - 1)
        if abs(exact - share) > half:
            detail = f"{one.value} of {one.row['of']} is {exact:.1f}%, printed is {share}%"
            yield Disagreement("contradiction", "share", (one,), detail)


def different_values(figures: Sequence[Figure], origins: Origins) -> Iterator[Disagreement]:
    """One measure of one subject with different figures, each beside the next in time."""
    for group in _alike(figures):
        ordered = sorted(group, key=lambda one: (one.as_of or "", one.value, one.record))
        for before, after in pairwise(ordered):
            if before.value == after.value or _of_one_list(before, after, origins):
                continue
            kind = _class(before, after, origins)
            if kind is not None:
                detail = f"{_said(before)} and {_said(after)}"
                yield Disagreement(kind, "same_measure", (before, after), detail)


def different_measures(figures: Sequence[Figure], origins: Origins) -> Iterator[Disagreement]:
    """Figures of one subject in one counted unit that documents of two sessions give of different
    measures: no two of them make a rise or a fall."""
    groups: dict[object, list[Figure]] = defaultdict(list)
    for one in figures:
        if one.kind == "observations" and one.unit[0] not in _UNCOUNTED:
            groups[one.subject, one.unit].append(one)
    for group in groups.values():
        measures = {one.measure for one in group}
        if len(measures) < 2 or len({one.value for one in group}) < 2:
            continue
        stated = [one for one in group if not origins.is_row(one)]
        sides: dict[frozenset[str | None], list[Figure]] = defaultdict(list)
        for one in stated:
            sides[origins.spoken_at(one)].append(one)
        shared = {
            measure
            for measure in measures
            if len({origins.spoken_at(one) for one in stated if one.measure == measure}) > 1
        }
        rest = [one for one in stated if one.measure not in shared]
        if len({origins.spoken_at(one) for one in rest}) < 2:
            continue
        detail = "each is of another measure: " + ", ".join(_said(one) for one in rest)
        yield Disagreement("scope", "other_measure", tuple(rest), detail)


def disagreements(figures: Sequence[Figure], origins: Origins) -> Iterator[Disagreement]:
    """All that the rules find."""
    yield from wrong_sums(figures)
    yield from wrong_progress(figures, origins)
    yield from wrong_shares(figures)
    yield from different_values(figures, origins)
    yield from different_measures(figures, origins)


def compared(figures: Iterable[Figure]) -> set[str]:
    """The records whose origins the rules ask about."""
    wanted: set[str] = set()
    some = list(figures)
    wanted.update(one.record for one in some if one.kind == "milestones")
    wanted.update(one.record for group in _alike(some) for one in group)
    units: dict[object, list[str]] = defaultdict(list)
    for one in some:
        if one.kind == "observations":
            units[one.subject, one.unit].append(one.record)
    wanted.update(one for group in units.values() if len(group) > 1 for one in group)
    return wanted


def _alike(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    """Figures of one subject and measure in one unit, where they differ."""
    groups: dict[object, list[Figure]] = defaultdict(list)
    for one in figures:
        groups[one.kind, one.subject, one.measure, one.unit].append(one)
    for group in groups.values():
        if len({one.value for one in group}) > 1:
            yield group


def _class(one: Figure, other: Figure, origins: Origins) -> FindingKind | None:
    if one.scope != other.scope:
        return "scope"
    if one.as_of and other.as_of:
        if one.as_of != other.as_of:
            return "change"
    elif not origins.spoken_at(one) & origins.spoken_at(other):
        return "change"
    return None if one.agrees_with(other) else "contradiction"


def _of_one_list(one: Figure, other: Figure, origins: Origins) -> bool:
    return origins.is_row(one) and origins.is_row(other)


def _families(parts: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Parts that exclude each other."""
    left = list(parts)
    while left:
        first = left.pop(0)
        family = [first, *(one for one in left if _exclude(first, one))]
        left = [one for one in left if one not in family]
        yield family


def _exclude(one: Figure, other: Figure) -> bool:
    if one.as_of != other.as_of:
        return False
    if one.measure == other.measure:
        return one.subject != other.subject or one.scope == other.scope
    if one.subject != other.subject:
        return False
    words, others = _TOKEN.findall(one.measure), _TOKEN.findall(other.measure)
    words, others = words[1:], others[1:]  # without "phrase" and the like
    shared = 0
    for word, match in zip(words, others, strict=False):
        if word != match:
            break
        shared += 1
    rests = len(words) > shared and len(others) > shared
    return rests and shared >= max(_SHARED_WORDS, min(len(words), len(others)) / 2)


def _said(figure: Figure) -> str:
    when = f" ({figure.as_of})" if figure.as_of else ""
    return f"{figure.qualifier.replace('_', ' ')} {figure.value}{when}".removeprefix("exact ")
