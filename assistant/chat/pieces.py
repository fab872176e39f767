"""The evidence that a chat model is shown, piece by piece, each under the key that it cites."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from assistant.drafts import DraftStatement, reference_to
from assistant.evidence import Evidence, Finding, HeldRecord, Source
from kb.languages import Language

_LONGEST: Final = 2_400  # code points of one text that are shown
_MOST: Final = 60  # pieces of one answer


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to quote, or a statement of records that the gate has passed; one of the two."""

    key: str
    source: Source | None = None
    statement: DraftStatement | None = None


class Pieces:
    """Gives each text and each statement of records its key, "E1" first, and what is shown of it.

    What it was given is the evidence of the answer: nothing else can be cited.
    """

    def __init__(self, language: Language, evidence: Evidence) -> None:
        self._language: Language = language
        self._held: dict[str, Piece] = {}
        self._keys: dict[object, str] = {}
        self._findings = {_place(f): f for f in evidence.findings}
        self._missing = evidence.missing
        self._records = {one.record.id: one for one in evidence.records}
        self._texts = {s.key: s for s in evidence.record_texts}

    def of(self, key: str) -> Piece | None:
        """The piece of that key."""
        return self._held.get(key)

    @property
    def evidence(self) -> Evidence:
        """All that may be cited, with what was looked up."""
        return Evidence(
            tuple(self._findings.values()),
            self._missing,
            tuple(self._records.values()),
            tuple(self._texts.values()),
        )

    def finding_of(self, source: Source) -> Finding:
        """The paragraph that a text is of."""
        passage = source.passage
        return self._findings.get(
            (passage.document_id, passage.label), Finding((source,), len(self._findings) + 1, 0.0)
        )

    def add_text(self, source: Source) -> str:
        """Shows a text; what is shown, empty where there are too many pieces."""
        place = (source.passage.document_id, source.passage.label)
        finding = self._findings.get(place)
        if finding is None:
            self._findings[place] = Finding((source,), len(self._findings) + 1, 0.0)
        elif all(one.key != source.key for one in finding.sources):
            self._texts.setdefault(source.key, source)
        passage = source.passage
        return self._shown(
            source.key,
            Piece("", source=source),
            {
                "reference": reference_to(source, self._language),
                "is": "document" if passage.edition == "original" else "LandBrief summary",
                "language": passage.language,
                "headings": " / ".join(passage.heading_path),
                "text": passage.text[:_LONGEST],
            },
        )

    def add_statement(
        self,
        statement: DraftStatement,
        held: Iterable[HeldRecord] = (),
        texts: Iterable[Source] = (),
    ) -> str:
        """Shows what records say; what is shown, empty where there are too many pieces."""
        self._records.update({one.record.id: one for one in held})
        for source in texts:
            self._texts.setdefault(source.key, source)
        return self._shown(
            statement.text,
            Piece("", statement=statement),
            {
                "is": "computed" if statement.kind == "computed" else "record",
                "text": statement.text,
            },
        )

    def _shown(self, identity: object, piece: Piece, fields: dict[str, str]) -> str:
        key = self._keys.get(identity)
        if key is None:
            if len(self._held) >= _MOST:
                return ""
            key = self._keys[identity] = f"E{len(self._held) + 1}"
            self._held[key] = Piece(key, piece.source, piece.statement)
        # JSON: no text can end what it stands in, or look like another piece.
        return json.dumps(
            {"key": key, **{k: v for k, v in fields.items() if v}}, ensure_ascii=False
        )


def _place(finding: Finding) -> tuple[str, str]:
    return finding.document_id, finding.label
