"""What is judged at one desk: candidate records, and figures that do not agree."""

from collections.abc import Mapping, Sequence
from typing import Final, get_args

from api.gate import Gate
from api.record_corrections import corrected
from api.schemas import (
    FindingBody,
    FindingList,
    FindingSourceBody,
    FindingsRequest,
    JudgedBody,
    JudgeRequest,
)
from api.security.audit import Audit
from kb.documents import Visibility
from kb.errors import InvalidQuery, NotFound
from kb.knowledge_base import PUBLIC
from kb.records.findings import PREFIX, FindingStatus
from kb.records.room import Records
from kb.records.values import Status
from kb.references import cite

_OF_RECORDS: Final[Mapping[str, Status]] = {
    "accept": "reviewed",
    "reject": "rejected",
    "reopen": "candidate",
}
_OF_FINDINGS: Final[Mapping[str, FindingStatus]] = {
    "accept": "accepted",
    "reject": "rejected",
    "reopen": "open",
}
_STATUSES: Final[tuple[FindingStatus, ...]] = get_args(FindingStatus)


class DeskReviewing:
    """Judges what those who may see `visibility` can see, until `gate` is closed."""

    def __init__(
        self, records: Records, visibility: frozenset[Visibility], gate: Gate, audit: Audit
    ) -> None:
        self._records = records
        self._visibility = visibility
        self._gate = gate
        self._audit = audit

    def judge(self, request: JudgeRequest, document_id: str | None) -> JudgedBody:
        """Accept or reject; also all that waits of `document_id`. Raises NotFound."""
        ids = [one for one in request.ids if not one.startswith(PREFIX)]
        found = [one for one in request.ids if one.startswith(PREFIX)]
        self._check_seen(ids, found)
        with self._gate.entered():
            if document_id is not None:
                ids += self._records.waiting_of(document_id)
            changed = self._records.judge(
                ids, _OF_RECORDS[request.verdict], request.by, self._corrections(request)
            )
            if found:
                changed += self._records.judge_findings(found, _OF_FINDINGS[request.verdict])
        self._audit.note(
            request.verdict,
            records=changed,
            document=document_id,
            by=request.by,
            corrected=" ".join(request.corrections) or None,
        )
        return JudgedBody(verdict=request.verdict, changed=changed)

    def findings(self, request: FindingsRequest) -> FindingList:
        """Compare all figures anew, and show where they do not agree."""
        with self._gate.entered():
            self._records.check()
        found = self._records.findings(request.status, self._visibility)
        return FindingList(
            items=[
                FindingBody(
                    id=one.id,
                    kind=one.kind,
                    rule=one.rule,
                    status=one.status,
                    records=list(one.records),
                    sources=[
                        FindingSourceBody(
                            document_id=document,
                            paragraph=label,
                            label=cite(document, label, request.language),
                        )
                        for document, label in one.paragraphs
                    ],
                    detail=one.detail,
                )
                for one in found
            ]
        )

    def _corrections(self, request: JudgeRequest) -> dict[str, dict[str, object]]:
        for one in request.corrections:
            if one not in request.ids:
                raise InvalidQuery(f'corrections: "{one}" is not among the ids')
        return {
            one: corrected(self._records.get(one, self._visibility).kind, written, request.language)
            for one, written in request.corrections.items()
        }

    def _check_seen(self, records: Sequence[str], found: Sequence[str]) -> None:
        """Raise NotFound where a record or a finding may not be seen here."""
        if self._visibility != PUBLIC:
            return
        for one in records:
            self._records.get(one, self._visibility)
        seen = {one.id for one in self._records.findings(_STATUSES, self._visibility)}
        for one in found:
            if one not in seen:
                raise NotFound(f'no finding "{one}"')
