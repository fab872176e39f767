"""Activities of a programme by how many have got so far: those with the most and the fewest."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from assistant.drafts import Message
from assistant.question import Question
from assistant.question_words import hints
from assistant.record_claims import RecordClaim
from assistant.record_fit import figure_of
from assistant.record_index import RecordIndex
from assistant.record_states import states_of
from assistant.record_together import Together
from assistant.row_conditions import condition_of
from kb.records.record import Record

_ACTIVITIES: Final = frozenset(("activity", "event"))
_MOST: Final = 3  # activities that share the greatest or the least figure
_LISTED: Final = 8  # activities that are said one by one
_FEWEST: Final = 3  # activities that make a table


def activities(question: Question, index: RecordIndex) -> Together | None:
    """The activities that have the most or the fewest in the state asked about; None where neither
    is asked for, or of no one programme."""
    if not _ACTIVITIES & {*question.units, *question.nouns}:
        return None
    states = states_of(question)
    if len(states) > 1 or question.adds:
        return None
    state = next(iter(states), "completed")
    records = _of_one_programme(question, index, state)
    if len(records) < _FEWEST:
        return None
    if not {"which", "list"} & set(question.kinds):
        return None
    low = bool(hints(question.text, question.language, "smallest"))
    high = bool(hints(question.text, question.language, "greatest"))
    if low == high:
        return None
    values = [_value(one) for one in records]
    wanted = min(values) if low else max(values)
    found = [one for one in records if _value(one) == wanted]
    return Together(tuple(RecordClaim((one,)) for one in found)) if len(found) <= _MOST else None


def counted_activities(question: Question, index: RecordIndex) -> Together | None:
    """The activities of a programme of which a condition holds, of all that are told: "which no
    country has completed"; None where none is put, or it holds of none."""
    if not _ACTIVITIES & {*question.units, *question.nouns} or question.adds:
        return None
    if not {"how_many", "which", "list"} & set(question.kinds):
        return None
    state = state_counted(question)
    records = _of_one_programme(question, index, state) if state is not None else []
    found = records_meeting(question, records)
    if len(records) < _FEWEST or not 0 < len(found) <= _LISTED:
        return None
    return Together(tuple(RecordClaim((one,)) for one in found), of=tuple(records))


def state_counted(question: Question) -> str | None:
    """The one state of which the question puts a condition: done, where it speaks of none."""
    states = states_of(question)
    if len(states) > 1 or condition_of(question) is None:
        return None
    return next(iter(states), "completed")


def records_meeting(question: Question, records: Sequence[Record]) -> list[Record]:
    """Those of which the condition holds; none where that cannot be told of each."""
    condition = condition_of(question)
    if condition is None:
        return []
    told = [condition.holds(_value(r), getattr(r.statement, "of", None)) for r in records]
    if any(one is None for one in told):
        return []
    return [record for record, one in zip(records, told, strict=True) if one]


def met_message(
    question: Question, said: Sequence[Record], held: Sequence[Record]
) -> Message | None:
    """The message that counts the records `said`, where they are all those of which the condition
    of the question holds among those `held` of their programme and state; None where not."""
    state = state_counted(question)
    programmes = {getattr(r.statement, "programme", None) for r in said}
    if state is None or len(programmes) != 1:
        return None
    rows = {
        r.id: r
        for r in held
        if r.kind == "milestones"
        and getattr(r.statement, "programme", None) in programmes
        and getattr(r.statement, "progress", None) == state
    }
    found = records_meeting(question, list(rows.values()))
    if {r.id for r in found} != {r.id for r in said} or len(rows) < _FEWEST:
        return None
    return Message("met_by", (("n", str(len(said))), ("total", str(len(rows)))))


def _of_one_programme(question: Question, index: RecordIndex, state: str) -> list[Record]:
    """The counts of one state of a programme's activities: of the programme that is named, else of
    the only one of which as many are told as make a table."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in index.by_id.values():
        one: Any = record.statement
        if record.kind == "milestones" and one.progress == state and figure_of(record) is not None:
            groups.setdefault((one.programme, one.unit), []).append(record)
    tables = {key: some for key, some in groups.items() if len(some) >= _FEWEST}
    named = {m.concept_id for m in question.names}
    meant = {key: some for key, some in tables.items() if key[0] in named} or tables
    return next(iter(meant.values())) if len(meant) == 1 else []


def _value(record: Record) -> Decimal:
    one: Any = figure_of(record)
    return Decimal(one)
