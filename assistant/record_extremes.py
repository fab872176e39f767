"""Activities of a programme by how many have got so far: those with the most and the fewest."""

from decimal import Decimal
from typing import Any, Final

from assistant.question import Question
from assistant.question_words import hints
from assistant.record_claims import RecordClaim
from assistant.record_fit import figure_of
from assistant.record_index import RecordIndex
from assistant.record_states import states_of
from assistant.record_together import Together
from kb.records.record import Record

_ACTIVITIES: Final = frozenset(("activity", "event"))
_MOST: Final = 3  # activities that share the greatest or the least figure
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
