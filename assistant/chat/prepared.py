"""What a chat model's answer is made from."""

from dataclasses import dataclass

from assistant.chat.records import RecordStatements
from assistant.drafts import Draft
from assistant.evidence import Evidence
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from assistant.reading import Reading


@dataclass(frozen=True, slots=True)
class Prepared:
    """The plan, the composed draft, and the evidence of both."""

    plan: Plan
    draft: Draft
    evidence: Evidence
    kb: Knowledge
    reading: Reading
    records: RecordStatements | None = None
