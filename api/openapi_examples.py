"""Whole examples of what the interface takes and gives, for the OpenAPI document.

Of an invented document, so that nobody takes one for a fact.
"""

from collections.abc import Mapping
from typing import Any, Final

_DOCUMENT: Final = {
    "document_id": "ICCD/COP(98)/7",
    "symbol": "ICCD/COP(98)/7",
    "session": "COP(98)",
}
_TEXT: Final = "The Lumen Wells Partnership has dug 4,200 wells in 17 countries since 2028."
_URL: Final = "/v1/documents/ICCD/COP%2898%29/7"
_CITATION: Final = {
    "n": 1,
    **_DOCUMENT,
    "paragraph": "1",
    "language": "en",
    "edition": "original",
    "version": 1,
    "quote": _TEXT,
    "start": 0,
    "end": len(_TEXT),
    "label": "ICCD/COP(98)/7, para. 1",
    "url": f"{_URL}/paragraphs/1",
}
_STATEMENT: Final = {"text": _TEXT, "kind": "quote", "citations": [1]}
_ANSWER: Final = {
    "answer": f"{_TEXT} [1]",
    "language": "en",
    "abstained": False,
    "reason": None,
    "statements": [_STATEMENT],
    "citations": [_CITATION],
    "records": [],
    "conversation_id": "3f0c1d5e8a7b4c6f9e2d1a0b3c4d5e6f",
    "follow_ups": ["How much was granted to the Lumen Wells Partnership?"],
    "timings_ms": {"read": 0.8, "gather": 5.1, "compose": 3.9, "ground": 1.2, "total": 11.0},
}
_EDITION: Final = {
    "language": "en",
    "edition": "original",
    "version": 1,
    "status": "current",
    "title": "Wells and their keepers",
    "source": "wells.pdf",
    "paragraphs": 3,
}
_NOTE: Final = {"label": "fn 1", "text": "Counted by the Partnership itself.", "anchor": "1"}
_SOURCE: Final[Mapping[str, Any]] = {
    **_DOCUMENT,
    "paragraph": "3",
    "anchor": "150 million",
    "quote": "Norland granted 150 million dollars to the Partnership in 2029",
    "start": 0,
    "end": 62,
    "language": "en",
    "edition": "original",
    "version": 1,
    "status": "current",
    "superseded_by": None,
    "corrected_by": [],
    "label": "ICCD/COP(98)/7, para. 3",
    "url": f"{_URL}/paragraphs/3",
}
_RECORD: Final = {
    "id": "funding-lumen-norland",
    "kind": "funding",
    "status": "reviewed",
    "visibility": "public",
    "extracted_by": "a person",
    "judged_by": None,
    "judged_at": None,
    "names": {"initiative": "Lumen Wells Partnership"},
    "sources": [_SOURCE],
    "amount": 150_000_000,
    "currency": "USD",
    "stage": "committed",
    "date": "2029",
}
_FILE: Final[Mapping[str, Any]] = {
    "path": "wells.pdf",
    "status": "added",
    "reason": None,
    **_DOCUMENT,
    "language": "en",
    "edition": "original",
    "paragraphs": 3,
    "footnotes": 1,
    "tables": 0,
    "records": 0,
    "row_errors": [],
}
_HIT: Final = {
    "rank": 1,
    "score": 0.031,
    **_DOCUMENT,
    "paragraph": "1",
    "language": "en",
    "edition": "original",
    "text": _TEXT,
    "heading_path": ["I. Background"],
    "via": ["dense", "lexical"],
    "candidate": False,
}
_TURN: Final = {
    "question": "How many wells has the Lumen Wells Partnership dug?",
    "answer": _ANSWER,
    "asked_at": "2026-01-02T09:30:00Z",
}
_CONVERSATION: Final = {
    "conversation_id": _ANSWER["conversation_id"],
    "title": _TURN["question"],
    "created_at": "2026-01-02T09:30:00Z",
    "updated_at": "2026-01-02T09:30:00Z",
    "turns": 1,
}
_ITEM: Final = {
    **_DOCUMENT,
    "title": "Wells and their keepers",
    "visibility": "public",
    "editions": [_EDITION],
    "url": _URL,
}
_MODEL: Final = {
    "id": "landbrief",
    "object": "model",
    "created": 1_767_346_200,
    "owned_by": "landbrief",
}
_KEY: Final = {
    "id": "k7f3",
    "name": "the archive's reader",
    "role": "reader",
    "internal": False,
    "prefix": "lb_k7f3",
    "created_at": "2026-01-02T09:30:00Z",
    "revoked_at": None,
}

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "AskRequest": {"question": _TURN["question"], "language": "en", "stream": False},
    "AnswerBody": _ANSWER,
    "StatementBody": _STATEMENT,
    "CitationBody": _CITATION,
    "SearchBody": {"hits": [_HIT]},
    "HitBody": _HIT,
    "EditionBody": _EDITION,
    "DocumentItem": _ITEM,
    "DocumentList": {"items": [_ITEM], "next_cursor": None},
    "DocumentBody": {
        **_DOCUMENT,
        "title": "Wells and their keepers",
        "language": "en",
        "edition": "original",
        "version": 1,
        "status": "current",
        "superseded_by": None,
        "corrected_by": [],
        "editions": [_EDITION],
        "headings": [{"level": 1, "number": "I.", "text": "Background", "before": 0}],
        "paragraphs": [
            {
                "paragraph": "1",
                "text": _TEXT,
                "heading_path": ["I. Background"],
                "footnotes": ["fn 1"],
                "subparagraphs": [],
            }
        ],
        "footnotes": [_NOTE],
        "tables": [],
        "figures": [],
        "amendments": [],
    },
    "ParagraphBody": {
        **_DOCUMENT,
        "paragraph": "1",
        "language": "en",
        "edition": "original",
        "version": 1,
        "status": "current",
        "text": _TEXT,
        "start": 0,
        "heading_path": ["I. Background"],
        "footnotes": ["fn 1"],
        "footnote_texts": [_NOTE],
        "subparagraphs": [],
        "superseded_by": None,
        "corrected_by": [],
        "label": "ICCD/COP(98)/7, para. 1",
        "url": f"{_URL}/paragraphs/1",
    },
    "RecordBody": _RECORD,
    "RecordSourceBody": _SOURCE,
    "RecordList": {"items": [_RECORD], "next_cursor": None},
    "CountBody": {
        "count": 2,
        "items": [{"key": {"stage": "pledged"}, "names": {}, "count": 2}],
        "next_cursor": None,
    },
    "TotalList": {
        "items": [
            {
                "key": {},
                "of": {"currency": "USD", "stage": "committed"},
                "names": {},
                "value": 150_000_000,
                "count": 1,
                "records": ["funding-lumen-norland"],
                "left_out": {},
                "unclear": {},
                "qualifiers": {"exact": 1},
                "notes": [],
            }
        ],
        "next_cursor": None,
    },
    "ChangeList": {"items": [], "next_cursor": None},
    "IngestBody": {"files": [_FILE]},
    "FileReportBody": _FILE,
    "ConversationItem": _CONVERSATION,
    "ConversationList": {"items": [_CONVERSATION], "next_cursor": None},
    "ConversationBody": {**_CONVERSATION, "items": [_TURN]},
    "TurnBody": _TURN,
    "FeedbackRequest": {
        "verdict": "down",
        "conversation_id": _ANSWER["conversation_id"],
        "turn": 1,
        "comment": "Paragraph 3 says it.",
        "expected": {"document_id": "ICCD/COP(98)/7", "paragraph": "3"},
        "expected_words": ["150 million"],
    },
    "FeedbackBody": {"id": "feedback-0123456789abcdef", "verdict": "down"},
    "BriefBody": {
        "topic": "Lumen Wells Partnership",
        "language": "en",
        "title": "Lumen Wells Partnership",
        "subtitle": "Briefing note",
        "dated": "2026-01-02",
        "abstained": False,
        "sections": [
            {
                "key": "sources",
                "title": "Sources",
                "lines": [_STATEMENT],
                "table": None,
                "chart": None,
                "notes": [],
            }
        ],
        "citations": [_CITATION],
        "sources": [
            {
                "n": 1,
                "label": "ICCD/COP(98)/7, para. 1",
                "edition": "original (English)",
                "url": f"{_URL}/paragraphs/1",
                "quotes": [_TEXT],
                "citations": [1],
            }
        ],
    },
    "RemovedBody": {"document_id": "ICCD/COP(98)/7", "version": None, "editions": 1, "records": 0},
    "ModelBody": _MODEL,
    "ModelList": {"object": "list", "data": [_MODEL]},
    "KeyRequest": {"name": "the archive's reader", "role": "reader", "internal": False},
    "KeyBody": _KEY,
    "KeyList": {"items": [_KEY], "next_cursor": None},
    "JudgeRequest": {"verdict": "accept", "ids": ["funding-lumen-norland"], "by": "A reviewer"},
    "JudgedBody": {"verdict": "accept", "changed": 1},
    "FindingList": {"items": []},
    "ReadyBody": {"status": "ready", "problems": []},
    "HealthBody": {"status": "ok"},
    "Problem": {
        "type": "urn:landbrief:problem:not-found",
        "title": "Not found",
        "status": 404,
        "detail": 'no document "ICCD/COP(98)/8": did you mean "ICCD/COP(98)/7"?',
    },
}
