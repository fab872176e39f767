"""What the page shows of an answer: frozen values, made of the body that every door gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from api.schemas import AnswerBody, CitationBody, StatementBody
from assistant.answer import StatementKind
from kb.languages import LANGUAGES, Language
from kb.wording import Wording


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement. `text` is without the words that mark a summary: the page has its own.

    `language` is that of the text: of what is quoted, else of the answer; None where it is not
    known yet. `citations` stand in the order of the text.
    """

    text: str
    kind: StatementKind
    language: Language | None
    citations: tuple[CitationBody, ...]


def statement_view(
    statement: StatementBody, citations: Sequence[CitationBody], language: Language | None
) -> StatementView:
    """One statement; `language` is that of the answer, None while it is being made."""
    known = {one.n: one for one in citations}
    cited = tuple(known[n] for n in statement.citations if n in known)
    shown = language
    if statement.kind in ("quote", "digest") and cited:
        shown = cited[0].language
    text = statement.text
    if statement.kind == "digest":
        text = unmarked(text)
    return StatementView(text, statement.kind, shown, cited)


def statements_of(answer: AnswerBody) -> tuple[StatementView, ...]:
    """Every statement of a whole answer."""
    return tuple(
        statement_view(one, answer.citations, answer.language) for one in answer.statements
    )


def unmarked(text: str) -> str:
    """A summary without the words before it that say so, in whichever language."""
    for mark in _marks():
        if text.startswith(mark):
            return text.removeprefix(mark)
    return text


@cache
def _marks() -> tuple[str, ...]:
    """The longest first: one may begin another."""
    found: set[str] = set()
    for language in LANGUAGES:
        wording = Wording(language)
        found.add(wording.say("digest", text=""))
        for named in LANGUAGES:
            found.add(wording.say("digest_in", language=wording.language_name(named), text=""))
    return tuple(sorted(found, key=len, reverse=True))
