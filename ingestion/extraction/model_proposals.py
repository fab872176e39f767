"""What a chat model proposes, as far as the paragraph bears it out: each field, or nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Protocol

from pydantic import ValidationError

from ingestion.extraction.excerpts import anchor_of
from ingestion.extraction.words import Role, words_of
from kb.documents import Paragraph, ParsedDocument
from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.records.columns import Column, columns_of
from kb.records.kinds import RECORD_KINDS, STATEMENTS, RecordKind
from kb.records.record import Anchor, Record
from kb.records.values import UNITS
from kb.references import find_decisions, find_symbols
from kb.rows import with_unique_labels
from kb.sentences import Span
from kb.terms import Terms, load_terms

# The words that a column's word must have in the text; other words need none.
_SPOKEN: Final[Mapping[tuple[RecordKind, str], Role]] = {
    ("funding", "stage"): "stage",
    ("funding", "per"): "rate",
    ("partnerships", "role"): "role",
    ("decisions", "verb"): "demand",
    ("milestones", "progress"): "progress",
}
_TEXTS: Final = frozenset(("paragraph", "section", "summary", "ordinal", "footnote", "table_row"))


class ProposalModel(Protocol):
    """A chat model that reads a paragraph into records."""

    @property
    def name(self) -> str:
        """What it is called: its records are said to be extracted by it."""

    def propose(self, text: str, language: Language) -> Sequence[Mapping[str, Any]]:
        """Records that `text` may hold: `kind` and the columns of that kind, as texts."""


def model_candidates(
    parsed: ParsedDocument, document_id: str, model: ProposalModel, terms: Terms | None = None
) -> tuple[Record, ...]:
    """What `model` proposes of each paragraph and is printed there, as candidates.

    A proposal with a figure, date, name or word that is not in its paragraph is dropped.
    """
    known = terms or load_terms()
    language = parsed.masthead.language
    found: dict[str, Record] = {}
    for paragraph in with_unique_labels(parsed).passages():
        if paragraph.kind not in _TEXTS:
            continue
        check = _Check(paragraph, language, known)
        for proposal in model.propose(paragraph.text, language):
            record = check.record(proposal, document_id, f"model:{model.name}")
            if record is not None:
                found.setdefault(record.id, record)
    return tuple(found.values())


class _Check:
    """One paragraph, and what it bears out."""

    def __init__(self, paragraph: Paragraph, language: Language, terms: Terms) -> None:
        self._paragraph = paragraph
        self._language = language
        self._quantities = find_quantities(paragraph.text, language)
        self._mentions = terms.find(paragraph.text, language)
        self._plain = _plain(paragraph.text)

    def record(
        self, proposal: Mapping[str, Any], document_id: str, extracted_by: str
    ) -> Record | None:
        """The proposal as a candidate; None where the paragraph does not say all of it."""
        kind = proposal.get("kind")
        if kind not in RECORD_KINDS:
            return None
        columns = columns_of(kind)
        fields = {
            name: value
            for name, value in proposal.items()
            if value not in (None, "") and name in columns and name not in ("id", "part_of")
        }
        said = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
        key = f"{document_id}\n{self._paragraph.label}\n{kind}\n{said}"
        digest = hashlib.sha256(key.encode()).hexdigest()[:16]
        try:
            statement = STATEMENTS[kind].model_validate({**fields, "id": f"found-{digest}"})
        except ValidationError:
            return None
        places: list[Span] = []
        for name in fields:
            place = self._place(kind, columns[name], getattr(statement, name), statement)
            if place is None:
                return None
            places.append(place)
        # A figure is the best anchor, a name the next best.
        printed = [p for p in places if p.end > p.start]
        figures = [p for p in printed if any(c.isdecimal() for c in p.of(self._paragraph.text))]
        if not printed:
            return None
        anchor = Anchor(
            document_id,
            self._label(printed[0].start),
            anchor_of(self._paragraph.text, (figures or printed)[0]),
        )
        return Record(statement, (anchor,), status="candidate", extracted_by=extracted_by)

    def _place(self, kind: RecordKind, column: Column, value: Any, statement: Any) -> Span | None:
        """Where the paragraph says `value`; an empty span where it need not be printed."""
        match column.type:
            case "exact":
                return _first(q for q in self._amounts() if _is_of(q, value, statement))
            case "date":
                return _first(q for q in self._quantities if _says(q, value))
            case "name" | "names":
                return self._all_named(value)
            case "unit" | "currency":
                return self._unit(value)
            case "word":
                return self._word(kind, column.name, value, statement)
            case _:
                return self._text(column.name, str(value))

    def _amounts(self) -> Iterator[Quantity]:
        return (q for q in self._quantities if q.kind not in TIME_KINDS)

    def _all_named(self, value: str) -> Span | None:
        places = [self._named(one) for one in _each(value)]
        return places[0] if places and all(places) else None

    def _named(self, value: str) -> Span | None:
        if value.startswith("name:"):
            return self._literal(value.removeprefix("name:"))
        return _first(m for m in self._mentions if m.concept_id == value)

    def _unit(self, value: str) -> Span | None:
        own = value.partition(":")[2] or value
        counted = _first(q for q in self._quantities if q.unit == own)
        if counted is not None or (len(value) == 3 and value.isupper()) or value in UNITS:
            return counted
        return self._named(value)

    def _word(self, kind: RecordKind, name: str, value: str, statement: Any) -> Span | None:
        if name == "qualifier":
            amount = getattr(statement, "amount", None) or getattr(statement, "value", None)
            return _first(q for q in self._amounts() if q.value == amount and q.qualifier == value)
        role = _SPOKEN.get((kind, name))
        if role is None:
            return Span(0, 0)
        spoken = words_of(self._language).search(role, self._paragraph.text)
        return Span(0, 0) if value in spoken else None

    def _text(self, name: str, value: str) -> Span | None:
        if name == "decision":
            held = (*find_decisions(self._paragraph.text), *find_symbols(self._paragraph.text))
            return Span(0, 0) if value in held else None
        return self._literal(value)

    def _literal(self, written: str) -> Span | None:
        """Where the words stand, whatever the white space and case."""
        place = self._plain.find(_plain(written))
        if place < 0:
            return None
        start = self._paragraph.text.casefold().find(written.casefold())
        return Span(start, start + len(written)) if start >= 0 else Span(0, 0)

    def _label(self, place: int) -> str:
        inside = [s for s in self._paragraph.subparagraphs if s.start <= place < s.end]
        return min(inside, key=lambda s: s.end - s.start).label if inside else self._paragraph.label


def _is_of(quantity: Quantity, value: Decimal, statement: Any) -> bool:
    currency = getattr(statement, "currency", None)
    return quantity.value == value and (currency is None or quantity.currency == currency)


def _says(quantity: Quantity, date: str) -> bool:
    parts = (quantity.iso or "").split("/")
    return any(part == date or part.startswith(f"{date}-") for part in parts)


def _first(found: Iterator[Any]) -> Span | None:
    one = next(found, None)
    return Span(one.start, one.end) if one is not None else None


def _each(value: str) -> list[str]:
    return [value] if value.startswith("name:") else value.split(" ")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
