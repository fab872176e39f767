"""The digests that ship with LandBrief, as passages of `kb/data/digests/*.jsonl`."""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Final

from sqlmodel import Session, col, select

from kb.catalogue import Draft
from kb.languages import as_language
from kb.passage_files import passage_drafts
from kb.tables import Edition
from kb.views import Origin, PassageRow

SOURCE: Final = "shipped digests"


def shipped_rows() -> Iterator[PassageRow]:
    """Every digest that ships, in the order of the files' names."""
    folder = files("kb").joinpath("data/digests")
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                if line.strip():
                    yield _row(line)


def shipped_drafts(session: Session, rows: Iterator[PassageRow]) -> list[Draft]:
    """The digests as drafts, without those that the user has withdrawn as they are."""
    drafts = passage_drafts(session, rows, Origin(source=SOURCE, sha256="", kind="digest"))
    return [draft for draft in drafts if not _is_withdrawn(session, draft)]


def _row(line: str) -> PassageRow:
    fields = json.loads(line)
    path: Sequence[str] = fields.get("heading_path") or ()
    return PassageRow(
        document_id=fields["document_id"],
        paragraph=fields["paragraph"],
        language=as_language(fields["language"]),
        text=fields["text"],
        title=fields.get("title"),
        heading_path=tuple(path),
    )


def _is_withdrawn(session: Session, draft: Draft) -> bool:
    latest = session.exec(
        select(Edition)
        .where(
            Edition.document_id == draft.identity.document_id,
            Edition.language == draft.parsed.masthead.language,
            Edition.kind == draft.origin.kind,
        )
        .order_by(col(Edition.version).desc())
    ).first()
    if latest is None or latest.status != "withdrawn":
        return False
    return (latest.file_hash, latest.parser) == (draft.origin.sha256, draft.origin.parser)
