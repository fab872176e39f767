"""What a record of each kind says: the columns of its file, its table and its answers.

Written once: `kb/records/tables.py` makes the tables of these, files are read and checked by them.
Names (`party:SAU`, `initiative:rgdrp`, `phrase:…`) are put into words by `kb/records/naming.py`.
"""

from typing import Any, ClassVar, Final, Literal, Self, get_args

from pydantic import model_validator
from sqlalchemy import String
from sqlmodel import Field, SQLModel

from kb.records.values import (
    Currency,
    Exact,
    ExactDecimal,
    IsoDate,
    Name,
    Names,
    PartnerRole,
    PartyRole,
    Per,
    Progress,
    Qualifier,
    Stage,
    TargetState,
    Unit,
    Verb,
    dates_of,
)

RecordKind = Literal[
    "targets",
    "milestones",
    "partnerships",
    "participations",
    "funding",
    "observations",
    "events",
    "decisions",
]
RECORD_KINDS: Final[tuple[RecordKind, ...]] = get_args(RecordKind)


def _word(**more: Any) -> Any:
    """A column of one of a few words."""
    return Field(sa_type=String, **more)


def _amount(**more: Any) -> Any:
    """A column of an exact decimal."""
    return Field(sa_type=ExactDecimal, **more)


class Statement(SQLModel):
    """What every kind has. `part_of` is the id of the record whose figure includes this one's."""

    kind: ClassVar[RecordKind]

    id: str = Field(primary_key=True, min_length=1, max_length=200)
    part_of: str | None = Field(default=None)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for first, last in (("start", "end"), ("since", "until"), ("period_start", "period_end")):
            begin, end = getattr(self, first, None), getattr(self, last, None)
            if begin and end and dates_of(begin)[0] > dates_of(end)[1]:
                raise ValueError(f"{last}: {end} is before {begin}")
        return self


class Target(Statement):
    """Something to be reached: by whom (`subject`), what, how much, and when (`deadline`)."""

    kind: ClassVar[RecordKind] = "targets"

    subject: Name = Field(index=True)
    measure: Name
    value: Exact = _amount()
    unit: Unit
    qualifier: Qualifier = _word(default="exact")
    baseline: str | None = None
    deadline: IsoDate | None = Field(default=None, index=True)
    indicator: Name | None = Field(default=None, index=True)
    state: TargetState | None = _word(default=None)
    party: Name | None = Field(default=None, index=True)


class Milestone(Statement):
    """How many (`value` of `of`) have completed, begun or not begun an activity, and when."""

    kind: ClassVar[RecordKind] = "milestones"

    programme: Name = Field(index=True)
    activity: Name
    progress: Progress = _word(index=True)
    value: Exact = _amount()
    unit: Unit
    of: Exact | None = _amount(default=None)
    share: Exact | None = _amount(default=None)  # per cent, as printed
    as_of: IsoDate | None = None


class Partnership(Statement):
    """Who (`partner`) stands behind an initiative, and as what."""

    kind: ClassVar[RecordKind] = "partnerships"

    initiative: Name = Field(index=True)
    partner: Name = Field(index=True)
    role: PartnerRole = _word(index=True)
    activity: Name | None = None
    since: IsoDate | None = None
    until: IsoDate | None = None


class Participation(Statement):
    """A Party that takes part in a programme."""

    kind: ClassVar[RecordKind] = "participations"

    party: Name = Field(index=True)
    programme: Name = Field(index=True)
    role: PartyRole = _word(index=True)
    supported_by: Names | None = None
    activity: Name | None = None
    since: IsoDate | None = None


class Funding(Statement):
    """Money: from whom, for what, how much, and how far it has come (`stage`).

    `perhaps_part_of` is the id of a record whose figure may include this one: nothing says so.
    """

    kind: ClassVar[RecordKind] = "funding"

    provider: Name | None = Field(default=None, index=True)
    recipient: Name | None = Field(default=None, index=True)
    initiative: Name | None = Field(default=None, index=True)
    purpose: Name
    amount: Exact = _amount()
    currency: Currency
    stage: Stage = _word(index=True)
    instrument: str | None = None
    qualifier: Qualifier = _word(default="exact")
    per: Per | None = _word(default=None)
    period_start: IsoDate | None = None
    period_end: IsoDate | None = None
    as_of: IsoDate | None = None
    perhaps_part_of: str | None = None

    @model_validator(mode="after")
    def _of_somebody(self) -> Self:
        if not (self.provider or self.recipient or self.initiative):
            raise ValueError("provider, recipient or initiative: one of them is needed")
        return self


class Observation(Statement):
    """Any other figure that a document gives of something (`subject`).

    `baseline` is the date that a change or difference is measured from: 2036 of "2 per cent less
    than in 2036".
    """

    kind: ClassVar[RecordKind] = "observations"

    subject: Name = Field(index=True)
    measure: Name
    value: Exact = _amount()
    unit: Unit
    qualifier: Qualifier = _word(default="exact")
    as_of: IsoDate | None = None
    baseline: IsoDate | None = None


class Event(Statement):
    """Something that took, or is to take, place at a date."""

    kind: ClassVar[RecordKind] = "events"

    name: Name
    start: IsoDate = Field(index=True)
    end: IsoDate | None = None
    place: Name | None = None
    country: Name | None = Field(default=None, index=True)
    outcome: Name | None = None
    organizers: Names | None = None


class Decision(Statement):
    """One demand of a decision that a paragraph cites: who is asked, and what."""

    kind: ClassVar[RecordKind] = "decisions"

    decision: str = Field(index=True, min_length=1)
    addressee: Names
    verb: Verb = _word(index=True)
    what: Name


STATEMENTS: Final[dict[RecordKind, type[Statement]]] = {
    one.kind: one
    for one in (
        Target,
        Milestone,
        Partnership,
        Participation,
        Funding,
        Observation,
        Event,
        Decision,
    )
}
