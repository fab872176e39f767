"""What a reviewer decides of candidate records, and of figures that do not agree."""

from typing import Literal

from pydantic import Field

from api.schemas.base import Body, Text
from kb.languages import Language


class JudgeRequest(Body):
    """Records or findings to accept or to reject: by id, or all candidates of a document."""

    verdict: Literal["accept", "reject", "reopen"]
    """What becomes of them: `reviewed` or `rejected`; `reopen` has them wait again."""
    ids: list[Text] = Field(default_factory=list, max_length=100_000)
    """Ids of records or findings."""
    all_of: Text | None = None
    """Id or symbol of a document: all that still waits of it."""
    by: Text | None = Field(default=None, max_length=200)
    """Who judges, as she calls herself; kept with the time."""
    corrections: dict[Text, dict[Text, Text | None]] = Field(default_factory=dict, max_length=1_000)
    """Other values of columns of records, by id: names, figures and dates as a reader writes them
    in `language`; null empties a column. Only of records that `ids` name."""
    language: Language = "en"
    """Of what is written in `corrections`."""


class JudgedBody(Body):
    """What was decided."""

    verdict: Literal["accept", "reject", "reopen"]
    """As asked."""
    changed: int
    """How many records and findings had another status before."""


class FindingsRequest(Body):
    """Which findings are wanted."""

    status: list[Literal["open", "accepted", "rejected"]] = Field(default=["open"])
    """What a reviewer has made of them."""
    language: Language = "en"
    """Of the citations."""


class FindingSourceBody(Body):
    """A paragraph that gives one of the figures."""

    document_id: str
    """Its document."""
    paragraph: str
    """Its label."""
    label: str
    """Its citation in the language asked for."""


class FindingBody(Body):
    """Figures of several records that do not agree, or seem not to."""

    id: str
    """Begins with `finding-`."""
    kind: Literal["contradiction", "scope", "change"]
    """A wrong figure; figures of different measures; the same thing at another time."""
    rule: Literal["parts", "progress", "share", "same_measure", "other_measure"]
    """What found it."""
    status: Literal["open", "accepted", "rejected"]
    """What a reviewer has made of it."""
    records: list[str]
    """Ids of the records; the first is what the others are held to."""
    sources: list[FindingSourceBody]
    """The paragraphs that they cite."""
    detail: str
    """What does not agree, in English."""


class FindingList(Body):
    """Findings, contradictions first."""

    items: list[FindingBody]
    """All that were asked for."""
