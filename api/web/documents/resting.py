"""Which records rest on which paragraphs of a document."""

from collections.abc import Mapping, Sequence
from typing import Final

from api.desk import Desk
from api.schemas import RecordRequest
from api.schemas.records import MAX_RECORDS
from api.web.documents.labels import top_of
from kb.languages import Language
from kb.records.kinds import RECORD_KINDS, RecordKind

_MOST_PAGES: Final = 20

Resting = Mapping[str, Mapping[RecordKind, Sequence[str]]]
"""By the label of a block, the ids of the records of each kind that rest on it or a part of it."""


def resting(desk: Desk, document_id: str, language: Language) -> Resting:
    """What rests on the paragraphs of a document. Takes about 0.3 s for 400 records."""
    found: dict[str, dict[RecordKind, list[str]]] = {}
    for kind in RECORD_KINDS:
        request = RecordRequest(
            kind=kind, document=[document_id], limit=MAX_RECORDS, language=language
        )
        for _ in range(_MOST_PAGES):
            page = desk.records(request)
            for record in page.items:
                tops = {
                    top_of(source.paragraph)
                    for source in record.sources
                    if source.document_id == document_id
                }
                for top in tops:
                    found.setdefault(top, {}).setdefault(kind, []).append(record.id)
            if page.next_cursor is None:
                break
            request = request.model_copy(update={"cursor": page.next_cursor})
    return found


def counts(desk: Desk, document_ids: Sequence[str]) -> Mapping[str, int]:
    """How many records rest on each of the documents."""
    return {
        one: sum(
            desk.record_count(RecordRequest(kind=kind, document=[one]), []).count
            for kind in RECORD_KINDS
        )
        for one in document_ids
    }
