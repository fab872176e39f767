"""Short questions to the records of a knowledge base, for tests."""

from typing import Any

from kb.knowledge_base import KnowledgeBase
from kb.records.columns import amount_column
from kb.records.kinds import RecordKind
from kb.records.query import RecordQuery, Standing
from kb.records.record import Record


def says(record: Record) -> Any:
    """What a record says, with the columns of its kind."""
    return record.statement


class Answers:
    """Questions to the records, and the figures and paragraphs of what they answer."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.records = kb.records

    def ask(self, kind: RecordKind, **where: str | tuple[str, ...]) -> tuple[Record, ...]:
        return self.records.every(query(kind, where))

    def figures(
        self, kind: RecordKind, **where: str | tuple[str, ...]
    ) -> dict[str, tuple[int, str]]:
        """By id, the figure and the first paragraph that it rests on."""
        found = {}
        for one in self.ask(kind, **where):
            value = getattr(one.statement, amount_column(kind) or "value")
            found[one.id] = (int(value), one.sources[0].paragraph)
        return found

    def partners(self, initiative: str, role: str | None = None) -> dict[str, str]:
        """Who stands in an initiative, with the first paragraph that says so."""
        standing = Standing((initiative,), (role,) if role else ())
        return {
            one.name: one.records[0].sources[0].paragraph for one in self.records.members(standing)
        }

    def events(self, name: str) -> list[tuple[str, str | None, str]]:
        """Start, country and paragraph of the events whose id begins so, in order."""
        return [
            (says(one).start, says(one).country, one.sources[0].paragraph)
            for one in self.records.every(RecordQuery(kind="events"))
            if one.id.startswith(name)
        ]


def query(kind: RecordKind, where: dict[str, str | tuple[str, ...]]) -> RecordQuery:
    values = {
        name: (value,) if isinstance(value, str) else value
        for name, value in where.items()
        if name != "documents"
    }
    return RecordQuery(kind=kind, where=values, documents=tuple(where.get("documents", ())))
