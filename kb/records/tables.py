"""The tables of records, made of the kinds; and the names that they use.

A record belongs to a `batch`: what ships, one imported file, or one document's extraction. Loading
a batch anew replaces it as a whole.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, Column, DateTime, Index, String, Text
from sqlmodel import Field, SQLModel

from kb.documents import Visibility
from kb.records.kinds import (
    Decision,
    Event,
    Funding,
    Milestone,
    Observation,
    Participation,
    Partnership,
    RecordKind,
    Statement,
    Target,
)
from kb.records.values import Status


class Custody(SQLModel):
    """What is known of a record beside what it says."""

    status: Status = Field(default="reviewed", sa_type=String)
    visibility: Visibility = Field(default="public", sa_type=String)
    extracted_by: str = "landbrief"
    batch: str = Field(default="", index=True)


class TargetRow(Target, Custody, table=True):
    """Targets, as stored."""

    __tablename__ = "record_target"
    __table_args__ = (Index("ix_record_target_party_status", "party", "status", "visibility"),)


class MilestoneRow(Milestone, Custody, table=True):
    """Milestones, as stored."""

    __tablename__ = "record_milestone"


class PartnershipRow(Partnership, Custody, table=True):
    """Partnerships, as stored."""

    __tablename__ = "record_partnership"


class ParticipationRow(Participation, Custody, table=True):
    """Participations, as stored."""

    __tablename__ = "record_participation"


class FundingRow(Funding, Custody, table=True):
    """Funding, as stored."""

    __tablename__ = "record_funding"


class ObservationRow(Observation, Custody, table=True):
    """Observations, as stored."""

    __tablename__ = "record_observation"


class EventRow(Event, Custody, table=True):
    """Events, as stored."""

    __tablename__ = "record_event"


class DecisionRow(Decision, Custody, table=True):
    """Decisions, as stored."""

    __tablename__ = "record_decision"


ROWS: Final[dict[RecordKind, type[Statement]]] = {
    "targets": TargetRow,
    "milestones": MilestoneRow,
    "partnerships": PartnershipRow,
    "participations": ParticipationRow,
    "funding": FundingRow,
    "observations": ObservationRow,
    "events": EventRow,
    "decisions": DecisionRow,
}


class RecordBatch(SQLModel, table=True):
    """What was loaded as one: what ships, an imported file, or one document's extraction."""

    __tablename__ = "record_batch"

    name: str = Field(primary_key=True)
    fingerprint: str | None = None  # of what it was loaded from; None: load it again
    loaded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class RecordSource(SQLModel, table=True):
    """A paragraph that a record rests on, and the figure, date or name printed there."""

    __tablename__ = "record_source"
    __table_args__ = (Index("ix_record_source_paragraph", "document_id", "paragraph"),)

    record: str = Field(primary_key=True)
    nth: int = Field(primary_key=True)  # from 1
    document_id: str
    paragraph: str  # to the deepest degree
    anchor: str


class RecordJudgement(SQLModel, table=True):
    """What a reviewer last made of a record: who, when, and the status that she gave it."""

    __tablename__ = "record_judgement"

    record: str = Field(primary_key=True)
    status: Status = Field(sa_type=String)
    judged_by: str | None = None  # None where she gave no name
    judged_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class Party(SQLModel, table=True):
    """A Party to the Convention by its ISO 3166 alpha-3 code."""

    __tablename__ = "party"

    id: str = Field(primary_key=True)
    alpha2: str | None = None


class Organization(SQLModel, table=True):
    """An organization, fund or body by its key in the vocabulary."""

    __tablename__ = "organization"

    id: str = Field(primary_key=True)


class Initiative(SQLModel, table=True):
    """An initiative, programme or partnership by its key in the vocabulary."""

    __tablename__ = "initiative"

    id: str = Field(primary_key=True)


class NameRow(SQLModel, table=True):
    """The names of a concept or phrase in a language; the first is the official one."""

    __tablename__ = "name"

    owner: str = Field(primary_key=True)  # party:SAU, phrase:…
    language: str = Field(primary_key=True)
    nth: int = Field(primary_key=True)  # from 1
    name: str = Field(sa_column=Column(Text, nullable=False, index=False))


class Finding(SQLModel, table=True):
    """Records that do not agree, or seem not to."""

    __tablename__ = "finding"

    id: str = Field(primary_key=True)
    kind: str = Field(index=True)  # contradiction, scope, change
    rule: str  # what found it
    status: str = "open"  # open, accepted, rejected
    records: list[str] = Field(sa_column=Column(JSON, nullable=False))  # ids
    paragraphs: list[list[str]] = Field(  # document and label of each
        sa_column=Column(JSON, nullable=False)
    )
    detail: str = Field(sa_column=Column(Text, nullable=False))
    found_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
