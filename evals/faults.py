"""Faults to plant, so that it can be shown that the evaluation catches them.

A planted system is the same system with one defect, of the kinds that such programs really have.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answer import Answer, Citation, Statement
from assistant.knowledge import Knowledge, Relay
from evals.errors import UnknownFault
from evals.systems import Asking, Converse, System
from kb.languages import LANGUAGES, Language, detect_language
from kb.passages import Hit
from kb.quantities import TIME_KINDS, find_quantities

BROKEN_ANALYZER: Final = "analyzer-broken-"
"""Followed by the language whose words are not found."""

MakeAssistant = Callable[[Knowledge], Asking]
"""An assistant over a knowledge base: a broken analyzer must reach its searches, too."""

_Change = Callable[[Answer], Answer]


def fault_names() -> tuple[str, ...]:
    """Every fault that can be planted."""
    return (*_CHANGES, "abstention-off", *(f"{BROKEN_ANALYZER}{code}" for code in LANGUAGES))


def planted(system: System, fault: str, make_assistant: MakeAssistant) -> System:
    """`system` with the fault of that name. Raises UnknownFault."""
    if fault in _CHANGES:
        changed = _Changed(system.assistant, _CHANGES[fault])
        return replace(
            system,
            assistant=changed,
            converse=system.converse and _changed(system.converse, changed.change),
        )
    if fault == "abstention-off":
        return replace(system, assistant=_NeverRefuses(system.assistant, system.kb))
    language = next((code for code in LANGUAGES if fault == f"{BROKEN_ANALYZER}{code}"), None)
    if language is None:
        raise UnknownFault(f'no fault "{fault}"; there are: {", ".join(fault_names())}')
    kb = _BrokenAnalyzer(system.kb, language)
    return replace(system, kb=kb, assistant=make_assistant(kb))


@dataclass(frozen=True, slots=True)
class _Changed:
    """Changes every answer."""

    assistant: Asking
    change: _Change

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """The changed answer."""
        return self.change(self.assistant.ask(question, language=language, documents=documents))


def _changed(converse: Converse, change: _Change) -> Converse:
    return lambda conversation, question: change(converse(conversation, question))


@dataclass(frozen=True, slots=True)
class _NeverRefuses:
    """Quotes the first hit where the assistant would refuse."""

    assistant: Asking
    kb: Knowledge

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """An answer, whatever is asked."""
        answer = self.assistant.ask(question, language=language, documents=documents)
        hits = self.kb.search(question, k=1, language=language, documents=documents)
        if not answer.abstained or not hits:
            return answer
        passage = hits[0].passage
        quote = passage.text[:200]
        citation = Citation(
            1,
            passage.document_id,
            passage.symbol,
            passage.session,
            passage.label,
            passage.language,
            passage.edition,
            passage.version,
            quote,
            passage.start,
            passage.start + len(quote),
            f"{passage.document_id}, para. {passage.label}",
            "",
        )
        statements = (Statement(quote, "quote", (1,)),)
        return replace(
            answer, statements=statements, citations=(citation,), abstained=False, reason=None
        )


class _BrokenAnalyzer(Relay):
    """Reads the words of one language as others, so that none is found; figures stay."""

    def __init__(self, kb: Knowledge, language: Language) -> None:
        super().__init__(kb)
        self._language = language

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        language: Language | None = None,
        documents: Sequence[str] | None = None,
    ) -> tuple[Hit, ...]:
        """The hits of a query whose words nothing holds."""
        if self._language in (language, detect_language(query)):
            query = "".join(_next_letter(character) for character in query)
        return super().search(query, k=k, language=language, documents=documents)


def _next_letter(character: str) -> str:
    """Another letter of the same script."""
    moved = chr(ord(character) + 7)
    return moved if character.isalpha() and moved.isalpha() else character


def _off_by_one(answer: Answer) -> Answer:
    citations = tuple(replace(one, paragraph=_following(one.paragraph)) for one in answer.citations)
    return replace(answer, citations=citations)


def _following(label: str) -> str:
    digits = label.split("(")[0]
    return str(int(digits) + 1) if digits.isdigit() else label


def _altered_quotes(answer: Answer) -> Answer:
    changed = {one.quote: _altered(one.quote) for one in answer.citations}
    citations = tuple(replace(one, quote=changed[one.quote]) for one in answer.citations)
    statements = tuple(replace(one, text=_replaced(one.text, changed)) for one in answer.statements)
    return replace(answer, citations=citations, statements=statements)


def _altered(quote: str) -> str:
    at = next((i for i in range(len(quote) // 2, len(quote)) if quote[i].isalpha()), 0)
    return quote[:at] + _next_letter(quote[at]) + quote[at + 1 :] if quote else quote


def _replaced(text: str, changed: Mapping[str, str]) -> str:
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


def _tenfold(answer: Answer) -> Answer:
    statements = tuple(replace(one, text=_tenfold_text(one.text)) for one in answer.statements)
    return replace(answer, statements=statements)


def _tenfold_text(text: str) -> str:
    for quantity in reversed(find_quantities(text)):
        if quantity.kind in TIME_KINDS or quantity.value == 0:
            continue
        tenfold = format(quantity.value * Decimal(10), "f")
        unit = "%" if quantity.unit == "%" else f" {quantity.currency or ''}".rstrip()
        text = f"{text[: quantity.start]}{tenfold}{unit}{text[quantity.end :]}"
    return text


_CHANGES: Final[Mapping[str, _Change]] = {
    "citations-off-by-one": _off_by_one,
    "quotes-altered": _altered_quotes,
    "amounts-tenfold": _tenfold,
}
