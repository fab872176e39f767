"""What waits for a reviewer, as frozen values: what was understood, and where it was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal

from api.desk import Desk, EditionChoice
from api.schemas import ParagraphBody, RecordBody, RecordRequest
from api.schemas.records import MAX_RECORDS
from api.web.records.cells import Reading
from api.web.records.charts_places import is_held
from api.web.reference import short_form
from api.web.source_view import Part, marked
from api.web.words import say
from kb.languages import Language
from kb.records.columns import Column, columns_of
from kb.records.kinds import RECORD_KINDS, RecordKind
from kb.records.naming import sentence_case
from kb.records.words import group, word

_HIDDEN: Final = frozenset({"id", "part_of", "perhaps_part_of"})
_LONG: Final = frozenset({"name", "names", "text"})


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a record. `text` is what is read, `value` what stands in its input.

    `stored` is what the record holds; `choices` are the words it may be, with their texts.
    """

    name: str
    label: str
    text: str
    value: str
    stored: str | None
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: whether it is of the quote, and the figure, date or name in it."""

    text: str
    is_quoted: bool
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph that a record rests on; `parts` are None where no text is held."""

    name: str
    language: Language | None
    headings: tuple[str, ...]
    parts: tuple[Piece, ...] | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is asked of a reviewer: ids in the order of the documents, all at once."""

    ids: tuple[tuple[RecordKind, str], ...]
    is_cut: bool


def waiting(desk: Desk, language: Language) -> Waiting:
    """The candidates of all kinds, document by document, in the order of their paragraphs."""
    found: list[tuple[tuple[str, list[int], str], RecordKind, str]] = []
    is_cut = False
    for kind in RECORD_KINDS:
        request = RecordRequest(
            kind=kind, status=["candidate"], limit=MAX_RECORDS, language=language
        )
        page = desk.records(request)
        is_cut = is_cut or page.next_cursor is not None
        found += [(_place(one), kind, one.id) for one in page.items]
    return Waiting(tuple((kind, one) for _, kind, one in sorted(found)), is_cut)


def candidate(
    desk: Desk, kind: RecordKind, record_id: str, language: Language
) -> RecordBody | None:
    """A record by its id, whatever was made of it; None where it is there no more."""
    request = RecordRequest(
        kind=kind,
        id=[record_id],
        status=["candidate", "reviewed", "rejected"],
        language=language,
        limit=1,
    )
    return next(iter(desk.records(request).items), None)


def fields(record: RecordBody, language: Language, labels: Mapping[str, str]) -> tuple[Field, ...]:
    """Its columns; those without a value are there too, to be filled in."""
    return tuple(
        _field(record, column, language, labels[name])
        for name, column in columns_of(record.kind).items()
        if name not in _HIDDEN
    )


def places(desk: Desk, record: RecordBody, language: Language) -> tuple[Place, ...]:
    """The paragraphs of its sources, with what was found in them marked."""
    found = []
    for source in record.sources:
        named = short_form(
            source.paragraph, source.symbol, source.session, source.document_id, language
        )
        if not is_held(source):
            found.append(Place(named, None, (), None))
            continue
        choice = EditionChoice(source.language, source.edition, source.version)
        held: ParagraphBody = desk.paragraph(source.document_id, source.paragraph, choice)
        spans = (
            [(source.start, source.end)]
            if source.start is not None and source.end is not None
            else []
        )
        found.append(
            Place(
                named,
                held.language,
                tuple(held.heading_path),
                pieces(marked(held.text, spans, held.start), source.anchor),
            )
        )
    return tuple(found)


def pieces(parts: Sequence[Part], anchor: str) -> tuple[Piece, ...]:
    """The parts of a paragraph, with the `anchor` in the quote told apart where it stands there."""
    found: list[Piece] = []
    for part in parts:
        before, anchored, after = part.text.partition(anchor) if part.is_marked else ("", "", "")
        if not anchor or not anchored:
            found.append(Piece(part.text, part.is_marked))
            continue
        found += [Piece(before, True), Piece(anchored, True, True), Piece(after, True)]
    return tuple(one for one in found if one.text)


def corrections(
    known: Sequence[Field], written: Mapping[str, str]
) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """What to correct, as written, and what takes it back: only what is not as it was."""
    changed = [one for one in known if written.get(one.name, one.value).strip() != one.value]
    return (
        {one.name: written[one.name].strip() or None for one in changed},
        {one.name: one.stored for one in changed},
    )


def _field(record: RecordBody, column: Column, language: Language, label: str) -> Field:
    one = Reading(record, language)
    name, stored = column.name, one.said(column.name)
    choices: tuple[tuple[str, str], ...] = ()
    text = value = stored or ""
    if column.type == "word":
        choices = tuple((known, _word(name, known, language)) for known in column.words)
        text = _word(name, stored, language) if stored else ""
        if name == "qualifier" and stored == "exact":
            text = ""  # said by saying nothing
    elif column.type == "exact" and stored is not None:
        text = format_decimal(Decimal(stored), locale=language, decimal_quantization=False)
        value = stored
    elif column.type == "date" and stored is not None:
        text = one.date(name)
    elif column.type in ("name", "names", "unit") and stored is not None:
        text = value = record.names.get(name, stored.removeprefix("name:"))
        text = sentence_case(text)
        if column.type == "names" and not stored.startswith("name:"):
            stored = "; ".join(stored.split())
    elif name == "instrument":
        text = one.word(name)
    return Field(
        name,
        label,
        text,
        value,
        stored,
        required=column.required,
        choices=choices,
        is_long=column.type in _LONG,
    )


def _word(column: str, known: str, language: Language) -> str:
    """The word of a column in the language, without the place of a figure in it."""
    if column not in ("stage", "role", "progress", "state", "verb", "qualifier", "per"):
        return sentence_case(known)
    if known == "exact":
        return sentence_case(say(language, "review.exact"))
    if known not in group(column):
        return sentence_case(known)
    return sentence_case(word(column, known, language).replace("{x}", "…").strip())


def _place(record: RecordBody) -> tuple[str, list[int], str]:
    source = record.sources[0] if record.sources else None
    if source is None:
        return ("", [], record.id)
    digits = "".join(one if one.isdigit() else " " for one in source.paragraph).split()
    return (source.document_id, [int(one) for one in digits], record.id)
