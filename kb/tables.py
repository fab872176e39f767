"""The tables of the truth. Values that flow through the code are in `kb/documents.py`; these rows
are only read and written by the rooms that name SQL in their docstring.

An edition's content never changes once written: a changed file becomes a new version. Column types
are generic, so that the same models serve PostgreSQL.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


def _text() -> Any:
    return Column(Text, nullable=False)


def _json() -> Any:
    return Column(JSON, nullable=False)


class StoreState(SQLModel, table=True):
    """One row: which derived index is in force and how often anything has changed."""

    __tablename__ = "store_state"

    id: int = Field(default=1, primary_key=True)
    generation: int = 0  # grows with every change that a reader could see
    index_folder: str | None = None  # name under the home's index folder
    embedder: str | None = None
    dimensions: int | None = None
    analysis: str | None = None  # how the index's tokens were made
    units: int = 0  # how many the index held after the last completed write
    cards: str | None = None  # fingerprint of what worded the record cards
    card_units: int = 0  # how many of them the index held after the last completed write


class Document(SQLModel, table=True):
    """One document, in however many languages and versions."""

    __tablename__ = "document"

    id: str = Field(primary_key=True)
    symbol: str | None = None  # None where no source gives it
    session: str | None = Field(default=None, index=True)
    agenda_item: str | None = None
    body: str | None = None
    issuer: str | None = None
    title: str | None = None
    visibility: str = "public"
    corrects: str | None = Field(default=None, index=True)  # symbol; this is a corrigendum to it
    superseded_by: str | None = None  # id of the latest revision held
    withdrawn: bool = False


class DocumentSymbol(SQLModel, table=True):
    """Every symbol that a document carries; a joint document carries several."""

    __tablename__ = "document_symbol"

    symbol: str = Field(primary_key=True)
    document_id: str = Field(primary_key=True, foreign_key="document.id")
    base: str = Field(index=True)  # the symbol without its last /Rev.N
    revision: int = 0  # N of that /Rev.N, 0 without one


class Edition(SQLModel, table=True):
    """One version of one text of a document: a language, as an original or as a digest."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("document_id", "language", "kind", "version"),
        Index("ix_edition_file_hash", "file_hash"),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: str = Field(foreign_key="document.id")
    language: str
    kind: str  # original, digest
    version: int
    status: str  # current, superseded, withdrawn
    file_hash: str
    parser: str  # version of what made the passages
    source: str
    title: str | None = None
    masthead: dict[str, Any] = Field(sa_column=_json())
    numbered: int = 0  # paragraphs with an official number
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class HeadingRow(SQLModel, table=True):
    """A heading, in reading order."""

    __tablename__ = "heading"

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")
    position: int = Field(primary_key=True)
    level: int
    number: str | None = None
    text: str = Field(sa_column=_text())
    before: int  # position of the first paragraph under it


class ParagraphRow(SQLModel, table=True):
    """A passage of any kind, or a sub-paragraph.

    A sub-paragraph has no text of its own: it is a span of its top-level `parent`.
    """

    __tablename__ = "paragraph"
    __table_args__ = (Index("ix_paragraph_position", "edition_id", "position"),)

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")
    label: str = Field(primary_key=True)
    position: int
    kind: str
    text: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    heading_path: list[str] = Field(sa_column=_json())
    parent: str | None = None
    start: int | None = None
    end: int | None = None
    run_in: bool = False
    nth: int = 0  # among the sub-paragraphs of its parent, from 1
    source: str | None = None  # the passages file, where an edition is put together from several


class FootnoteRow(SQLModel, table=True):
    """Where a footnote is anchored; its text is the paragraph row of the same label."""

    __tablename__ = "footnote"

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")
    label: str = Field(primary_key=True)
    position: int
    anchor: str | None = None
    offset: int | None = None


class TableRow(SQLModel, table=True):
    """A printed table."""

    __tablename__ = "printed_table"

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")
    label: str = Field(primary_key=True)
    position: int
    caption: str = Field(sa_column=_text())
    note: str = Field(sa_column=_text())
    heading_path: list[str] = Field(sa_column=_json())


class TableCell(SQLModel, table=True):
    """One cell; row 0 holds the column names."""

    __tablename__ = "table_cell"

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")
    table: str = Field(primary_key=True, sa_column_kwargs={"name": "table_label"})
    row: int = Field(primary_key=True, sa_column_kwargs={"name": "row_number"})
    column: int = Field(primary_key=True, sa_column_kwargs={"name": "column_number"})
    text: str = Field(sa_column=_text())


class FigureRow(SQLModel, table=True):
    """A picture's label and what is printed of it."""

    __tablename__ = "figure"

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")
    label: str = Field(primary_key=True)
    position: int
    caption: str = Field(sa_column=_text())
    legend: str = Field(sa_column=_text())
    heading_path: list[str] = Field(sa_column=_json())


class AmendmentRow(SQLModel, table=True):
    """What the parser changed or found odd."""

    __tablename__ = "amendment"

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")
    position: int = Field(primary_key=True)
    kind: str
    label: str
    printed: str = Field(sa_column=_text())
    amended: str = Field(sa_column=_text())


class Correction(SQLModel, table=True):
    """A corrigendum names a paragraph of the document that it corrects."""

    __tablename__ = "correction"

    edition_id: int = Field(primary_key=True, foreign_key="edition.id")  # of the corrigendum
    label: str = Field(primary_key=True)  # in the corrected document
    by: str = Field(primary_key=True, sa_column_kwargs={"name": "by_label"})  # in the corrigendum
    symbol: str = Field(index=True)  # of the corrected document


class IndexWork(SQLModel, table=True):
    """An edition whose index units may differ from what the tables say: the outbox."""

    __tablename__ = "index_work"

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")


class CardWork(SQLModel, table=True):
    """A record whose cards in the index may differ from what the tables say: the outbox too.

    No foreign key: a record that is gone has cards to be taken out.
    """

    __tablename__ = "card_work"

    id: int | None = Field(default=None, primary_key=True)
    record: str
