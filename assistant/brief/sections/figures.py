"""Key figures, and funding by stage: tables whose cells are pieces of what records say."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from assistant.brief.dossier import Dossier, place_order
from assistant.brief.drafting import (
    DraftRow,
    DraftSection,
    DraftTable,
    Line,
    Point,
    Remark,
    Voice,
)
from assistant.brief.sections.room import room
from assistant.drafts import DraftStatement
from assistant.record_claims import RecordClaim
from assistant.record_together import is_computable
from kb.records.amounts import amount_in_words
from kb.records.kinds import Funding, Observation, Target
from kb.records.naming import shipped_names
from kb.records.record import Record
from kb.records.times import date_in_words, period_in_words
from kb.records.values import Stage
from kb.records.words import word

FIGURES: Final = 9  # rows of a table
FEW: Final = 6  # … where some are of the topic's own and the others near it
_QUOTED: Final = 3  # sentences beside a table that say what no row may
AMOUNTS: Final = 12
STAGES: Final[tuple[Stage, ...]] = (
    "needed", "pledged", "committed", "approved", "mobilised", "disbursed", "reported", "subsidy",
)  # fmt: skip
_SHARED: Final = ("currency", "stage", "per", "instrument", "period_start", "period_end", "as_of")


def key_figures(dossier: Dossier, voice: Voice) -> tuple[DraftSection | None, int]:
    """The table of what is counted and aimed at; how many more there are."""
    found = dossier.records("observations", "targets")
    own = [one for one in found if dossier.is_direct(one)]
    most = FIGURES if not own else max(min(FIGURES, len(own)), FEW)
    most = room(dossier, most)
    rows: list[tuple[Record, DraftRow]] = []
    lines: list[Line] = []
    for record in (*own, *(one for one in found if not dossier.is_direct(one))):
        if len(rows) == most:
            break
        draft = voice.said(RecordClaim((record,)))
        if draft is not None:
            rows.append((record, DraftRow(_figure_cells(record, draft, dossier), (draft,))))
        elif dossier.is_direct(record) and len(lines) < _QUOTED:
            quoted = voice.quoted(record)
            lines += [Point(quoted)] if quoted else []
    if not rows:
        return (DraftSection("key_figures", tuple(lines)) if lines else None), 0
    # Of one subject side by side, the most relevant subject first.
    order = {subject: at for at, subject in enumerate(_subject(one) for one, _ in reversed(rows))}
    first = {subject: -at for subject, at in order.items()}
    rows.sort(key=lambda row: (first[_subject(row[0])], place_order(row[0])))
    table = DraftTable(
        "caption_key_figures",
        ("col_what", "col_value", "col_as_of"),
        tuple(row for _, row in rows),
    )
    section = DraftSection("key_figures", tuple(lines), table)
    return section, max(0, len(found) - len(rows) - len(lines))


def funding(dossier: Dossier, voice: Voice) -> DraftSection | None:
    """The table of amounts, and sums of those that are alike."""
    rows: list[tuple[Record, DraftRow]] = []
    lines: list[Line] = []
    for record in dossier.records("funding"):
        if len(rows) == room(dossier, AMOUNTS):
            break
        draft = voice.said(RecordClaim((record,)))
        if draft is not None:
            rows.append((record, DraftRow(_funding_cells(record, draft, dossier), (draft,))))
        elif len(lines) < _QUOTED:
            quoted = voice.quoted(record)
            lines += [Point(quoted)] if quoted else []
    if not rows:
        return DraftSection("funding", tuple(lines)) if lines else None
    # A stable sort: within a stage the most relevant stays first.
    rows.sort(key=lambda row: STAGES.index(_funding(row[0]).stage))
    records = [one for one, _ in rows]
    notes: list[Line] = [Point(one, "sum") for one in _sums(records, voice)]
    if not_alike(records):
        notes.append(Remark("not_summed", (), tuple(one.id for one in records)))
    table = DraftTable(
        "caption_funding",
        ("col_stage", "col_amount", "col_from", "col_for", "col_when"),
        tuple(row for _, row in rows),
    )
    return DraftSection("funding", tuple(lines), table, notes=tuple(notes))


def not_alike(records: Sequence[Record]) -> bool:
    """Whether there are amounts among these that must not be added to one another."""
    return len({_kind_of_money(one) for one in records}) > 1


def _sums(records: Sequence[Record], voice: Voice) -> Iterator[DraftStatement]:
    """Of exact amounts of one stage, currency, instrument and period that several providers give
    to one thing, none of them part of another."""

    def alike(one: Record) -> tuple[str, ...]:
        statement = _funding(one)
        return tuple(map(str, (*_kind_of_money(one), statement.initiative, statement.purpose)))

    for _, group in groupby(sorted(records, key=alike), alike):
        some = list(group)
        statements = [_funding(one) for one in some]
        providers = {one.provider for one in statements}
        if (
            len(some) > 1
            and None not in providers
            and len(providers) == len(some)
            and all(one.qualifier == "exact" for one in statements)
            and not any(one.part_of or one.perhaps_part_of for one in statements)
        ):
            claim = RecordClaim(tuple(some), operation="sum")
            draft = voice.said(claim) if is_computable(claim) else None
            if draft is not None:
                yield draft


def _kind_of_money(record: Record) -> tuple[object, ...]:
    return tuple(getattr(record.statement, name) for name in _SHARED)


def _funding(record: Record) -> Funding:
    if not isinstance(record.statement, Funding):
        raise TypeError(f"{record.id} is no funding")
    return record.statement


def _subject(record: Record) -> str:
    return str(getattr(record.statement, "subject", ""))


def _figure_cells(
    record: Record, draft: DraftStatement, dossier: Dossier
) -> tuple[tuple[str, ...], ...]:
    one: Any = record.statement
    language = dossier.topic.language
    names = shipped_names()
    what = [names.name(one.measure, language)]
    if one.subject not in dossier.topic.subjects:
        what.insert(0, names.name(one.subject, language))
    if isinstance(one, Target) and one.state:
        what.append(word("state", one.state, language))
    value = amount_in_words(one.value, one.unit, language, names, qualifier=one.qualifier)
    when: str | None = None
    if isinstance(one, Observation) and one.as_of and _is_said("as_of", draft):
        when = date_in_words(one.as_of, language, "as_of")
    if isinstance(one, Target) and one.deadline and _is_said("deadline", draft):
        when = date_in_words(one.deadline, language, "deadline")
    return tuple(what), (value,), _given(when)


def _funding_cells(
    record: Record, draft: DraftStatement, dossier: Dossier
) -> tuple[tuple[str, ...], ...]:
    one = _funding(record)
    language = dossier.topic.language
    names = shipped_names()
    amount = amount_in_words(
        one.amount, one.currency, language, names, qualifier=one.qualifier, per=one.per
    )
    purpose = [names.name(one.purpose, language)]
    if one.initiative and one.initiative not in dossier.topic.subjects:
        purpose.append(names.name(one.initiative, language))
    said = {name for name in ("period_start", "period_end") if _is_said(name, draft)}
    period = period_in_words(
        one.period_start if "period_start" in said else None,
        one.period_end if "period_end" in said else None,
        language,
    )
    as_of = (
        date_in_words(one.as_of, language, "as_of")
        if one.as_of and _is_said("as_of", draft)
        else None
    )
    return (
        (word("stage", one.stage, language),),
        (amount,),
        _given(names.name(one.provider, language) if one.provider else None),
        tuple(purpose),
        (*_given(period), *_given(as_of)),
    )


def _given(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _is_said(column: str, draft: DraftStatement) -> bool:
    """Whether the statement says the column: what its paragraph does not say is left out."""
    return draft.claim is not None and column not in draft.claim.omitted
