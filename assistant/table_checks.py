"""The rows of a table that a question holds against what is said elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.consistency import given_figures, is_figure
from assistant.evidence import Finding, Source, source_of
from assistant.items import Item, in_sentence
from assistant.knowledge import Knowledge
from assistant.question import Question
from assistant.ranking import Candidate
from assistant.rankings import Rankings
from assistant.second_places import QUOTED
from assistant.tables import table_label
from kb.documents import EditionKind
from kb.errors import NotFound
from kb.languages import Language
from kb.passages import Passage
from kb.quantities import Quantity, find_quantities

_MOST_ROWS: Final = 60
_AMONG: Final = 10  # paragraphs found of which a table may be
_SHOWN: Final = 4
_COMMON: Final = 0.6  # of the rows: what so many speak of tells none apart
_GAIN: Final = 0.5  # of what the first row adds must the next one add
_TELLS: Final = frozenset(("name", "term", "word", "noun", "action"))
_BAR: Final = "|"
_OTHER: Final = 0.45  # of the question that the sentence beside the table speaks of


@dataclass(frozen=True, slots=True)
class RowsAsked:
    """The rows that the question speaks of, the best sentence of each in the order of the table."""

    rows: tuple[Candidate, ...]
    by_figure: bool


def table_asked(question: Question, rankings: Rankings) -> Finding | None:
    """The table that the question speaks of, or a row of it; None where it speaks of none."""
    spoken = any(m.concept_id == "term:table" for m in question.names)
    named = [f for f in rankings.findings if f.named and _table(f) is not None]
    if named:
        return named[0] if len({(f.document_id, _table(f)) for f in named}) == 1 else None
    if not spoken:
        return None
    return next((f for f in rankings.findings[:_AMONG] if _table(f) is not None), None)


def rows_asked(
    question: Question, table: Finding, rankings: Rankings, kb: Knowledge
) -> RowsAsked | None:
    """The rows with the shares that the question gives, else those that speak of what only few
    rows do and it asks about; None where no row is told apart."""
    findings = _rows(table, question.reader, kb)
    if len(findings) < 2:
        return None
    ranked = Rankings(findings, rankings.reading).of(question)
    best: dict[str, Candidate] = {}
    for candidate in ranked:
        best.setdefault(candidate.finding.label, candidate)
    shares = [f for f in given_figures(question) if f.kind == "share"]
    if shares:
        found = [c for c in best.values() if _has(c, shares)]
        if 0 < len(found) <= _SHOWN:
            return RowsAsked(_in_order(found), by_figure=True)
    chosen = _telling(question, list(best.values()))
    return RowsAsked(_in_order(chosen), by_figure=False) if chosen else None


def row_of_each(
    sides: Sequence[Question], table: Finding, rankings: Rankings, kb: Knowledge
) -> tuple[Candidate, ...]:
    """The row of the table that each question is about; nothing where one has none, or two have
    the same."""
    findings = _rows(table, sides[0].reader, kb)
    chosen: dict[str, Candidate] = {}
    for side in sides:
        best: dict[str, Candidate] = {}
        for candidate in Rankings(findings, rankings.reading).of(side):
            best.setdefault(candidate.finding.label, candidate)
        found = _telling(side, list(best.values()))[:1] if len(best) > 1 else []
        chosen |= {c.finding.label: c for c in found}
    return tuple(chosen.values()) if len(chosen) == len(sides) else ()


def beside(question: Question, table: Finding, rankings: Rankings) -> list[Candidate]:
    """The sentences that the table is held against: of each paragraph named, else the best one of
    the same document that speaks of what is asked."""
    ranked = [
        c
        for c in rankings.of(question)
        if c.finding.document_id == table.document_id and _table(c.finding) is None
    ]
    named: dict[str, Candidate] = {}
    for candidate in ranked:
        if candidate.finding.named:
            named.setdefault(candidate.finding.label, candidate)
    if named:
        return list(named.values())[:2]
    quoted = QUOTED.findall(question.text)
    ranked.sort(key=lambda c: -sum(one in c.sentence.text for one in quoted))
    first = next(iter(ranked), None)
    if first is not None and any(one in first.sentence.text for one in quoted):
        return [first]
    return [first] if first is not None and first.coverage.share >= _OTHER else []


def rows_total(text: str, language: Language) -> tuple[int, Decimal] | None:
    """How many rows the text of a table has, and what the counts of each of them add up to; None
    where they differ, or a line is no row of counts. A share beside a count is no count."""
    lines = [line for line in text.splitlines() if _BAR in line]
    rows = []
    for line in lines[1:]:
        cells = [_count(cell, language) for cell in line.split(_BAR)[1:]]
        counts = [c for c in cells if c is not None]
        if len(counts) < 2 or len(counts) < len(cells):
            return None
        rows.append(sum(counts, Decimal(0)))
    return (len(rows), rows[0]) if len(rows) > 1 and len(set(rows)) == 1 else None


def _count(cell: str, language: Language) -> Decimal | None:
    found = [q for q in find_quantities(cell, language) if q.kind in ("count", "number")]
    if not found or cell[: found[0].start].strip():
        return None
    return found[0].value


def _table(finding: Finding) -> str | None:
    passage = finding.sources[0].passage
    if passage.kind == "table":
        return passage.label
    return table_label(passage.label)


def whole_table(table: Finding, kb: Knowledge) -> Source | None:
    """The original of the table."""
    label = _table(table)
    passage = table.sources[0].passage
    for source in table.sources:
        if source.passage.edition == "original" and source.passage.label == label:
            return source
    try:
        found = kb.passage(passage.document_id, label or "", edition="original")
    except NotFound:
        return None
    return source_of(kb, found)


def _rows(table: Finding, reader: Language, kb: Knowledge) -> list[Finding]:
    """Every row in the text that a reader reads best."""
    label, document = _table(table), table.document_id
    found: list[Finding] = []
    for number in range(1, _MOST_ROWS):
        passage = _row(kb, document, f"{label}, row {number}", reader)
        if passage is None:
            break
        found.append(Finding((source_of(kb, passage),), number, 1.0))
    return found


def _row(kb: Knowledge, document: str, label: str, reader: Language) -> Passage | None:
    found: list[Passage] = []
    editions: tuple[EditionKind, ...] = ("original", "digest")
    for edition in editions:
        try:
            found.append(kb.passage(document, label, language=reader, edition=edition))
        except NotFound:
            continue
    return next((p for p in found if p.language == reader), found[0] if found else None)


def _has(candidate: Candidate, figures: Sequence[Quantity]) -> bool:
    return any(is_figure(figure, q) for figure in figures for q in candidate.sentence.quantities)


def _telling(question: Question, rows: Sequence[Candidate]) -> list[Candidate]:
    held = {id(c): _items(question, c) for c in rows}
    counts: dict[Item, int] = {}
    for items in held.values():
        for item in items:
            counts[item] = counts.get(item, 0) + 1
    rare = {i for i, n in counts.items() if n < max(2, _COMMON * len(rows))}
    chosen: list[Candidate] = []
    taken: set[Item] = set()
    first = 0.0
    while len(chosen) < _SHOWN:
        gains = [
            (sum(c.coverage.weights[i] for i in (held[id(c)] & rare) - taken), -n, c)
            for n, c in enumerate(rows)
            if c not in chosen
        ]
        gain, _, best = max(gains, key=lambda g: g[:2])
        if gain <= 0 or gain < _GAIN * first:
            break
        first = first or gain
        chosen.append(best)
        taken |= held[id(best)]
    return chosen


def _items(question: Question, candidate: Candidate) -> set[Item]:
    language = candidate.source.passage.language
    return {
        item
        for item in candidate.coverage.weights
        if item.kind in _TELLS and in_sentence(item, candidate.sentence, language, question)
    }


def _in_order(rows: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(rows, key=lambda c: c.finding.rank))
