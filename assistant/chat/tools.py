"""What a chat model may look up: it can only read, and only what the reader may see."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, get_args

from assistant.chat.pieces import Pieces
from assistant.chat.records import RecordStatements
from assistant.evidence import Source, source_of, top_label
from assistant.knowledge import Knowledge
from assistant.plan import Plan
from kb.chat_model_turns import ToolCall
from kb.documents import EditionKind
from kb.errors import LandBriefError, NotFound
from kb.records.kinds import RECORD_KINDS

_HITS: Final = 6
_LONGEST: Final = 400  # code points of what the model may ask
NOTHING: Final = "nothing found"


def _tool(name: str, description: str, needed: Sequence[str], **properties: Any) -> dict[str, Any]:
    parameters = {"type": "object", "properties": properties, "required": list(needed)}
    function = {"name": name, "description": description, "parameters": parameters}
    return {"type": "function", "function": function}


TOOLS: Final[tuple[Mapping[str, Any], ...]] = (
    _tool(
        "search",
        "Paragraphs of the documents that speak of something, best first.",
        ("query",),
        query={"type": "string", "description": "words or a question, in any language"},
    ),
    _tool(
        "get_paragraph",
        "One paragraph of a document.",
        ("document", "paragraph"),
        document={"type": "string", "description": "its symbol or id, as references name it"},
        paragraph={"type": "string", "description": 'its label, such as "59" or "table 1"'},
    ),
    _tool(
        "query_records",
        "Reviewed facts of one kind that name somebody or something.",
        ("kind",),
        kind={"type": "string", "enum": list(RECORD_KINDS)},
        names={
            "type": "array",
            "items": {"type": "string"},
            "description": "Parties, organizations or initiatives; all must be named",
        },
    ),
)
"""The tools as the OpenAI protocol describes them."""


class Tools:
    """Answers the calls of one answer; what is found becomes pieces of its evidence."""

    def __init__(
        self, plan: Plan, kb: Knowledge, pieces: Pieces, records: RecordStatements | None
    ) -> None:
        self._plan = plan
        self._kb = kb
        self._pieces = pieces
        self._records = records
        self._known: Mapping[str, Callable[[Mapping[str, Any]], Iterable[str]]] = {
            "search": self._search,
            "get_paragraph": self._paragraph,
            "query_records": self._query,
        }

    def answer(self, call: ToolCall) -> str:
        """What is found, or in a few words why nothing is."""
        known = self._known.get(call.name)
        if known is None:
            return f"there is no such tool; there are {', '.join(self._known)}"
        try:
            return "\n".join(filter(None, known(call.arguments))) or NOTHING
        except (ValueError, LandBriefError) as error:
            return str(error)

    def _search(self, asked: Mapping[str, Any]) -> Iterable[str]:
        query = _text(asked, "query")
        language = self._plan.question.reader
        hits = self._kb.search(query, k=_HITS, language=language, documents=self._plan.documents)
        for hit in hits:
            passage = hit.passage
            label = top_label(passage.label)
            top = (
                passage
                if passage.label == label
                else self._kb.passage(
                    passage.document_id, label, language=passage.language, edition=passage.edition
                )
            )
            yield self._pieces.add_text(source_of(self._kb, top))

    def _paragraph(self, asked: Mapping[str, Any]) -> Iterable[str]:
        named, label = _text(asked, "document"), top_label(_text(asked, "paragraph"))
        language = self._plan.question.reader
        document = next(
            (
                d.document_id
                for d in self._kb.documents()
                if named in (d.document_id, *d.symbols)
                and self._is_chosen(d.document_id, d.symbols)
            ),
            None,
        )
        if document is None:
            raise NotFound(f'no document "{named}"')
        found: dict[object, Source] = {}
        for edition in get_args(EditionKind):
            try:
                one = self._kb.passage(document, label, language=language, edition=edition)
            except NotFound:
                continue
            source = source_of(self._kb, one)
            found.setdefault(source.key, source)
        return [self._pieces.add_text(source) for source in found.values()]

    def _is_chosen(self, document_id: str, symbols: Iterable[str]) -> bool:
        chosen = self._plan.documents
        return chosen is None or bool({document_id, *symbols} & set(chosen))

    def _query(self, asked: Mapping[str, Any]) -> Iterable[str]:
        kind = asked.get("kind")
        if self._records is None or kind not in RECORD_KINDS:
            raise ValueError(f"kind is one of {', '.join(RECORD_KINDS)}")
        names = asked.get("names") or []
        if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
            raise ValueError("names is a list of names")
        found = self._records.find(kind, [n[:_LONGEST] for n in names], self._plan)
        for one in found:
            yield self._pieces.add_statement(one.statement, one.held, one.texts)


def _text(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is missing")
    return value[:_LONGEST]
