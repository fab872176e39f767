"""A conversation as a file: questions, statements with numbers, sources in UN form.

Written by those who write briefing notes: a question is a section, the sources are the last one.
"""

from datetime import date
from typing import Final, Literal

from api.brief_files import brief_file
from api.schemas import (
    BriefBody,
    BriefSectionBody,
    BriefSourceBody,
    CitationBody,
    ConversationBody,
    StatementBody,
)
from api.web.words import say
from assistant.brief.words import BriefWords
from kb.languages import Language
from kb.records.times import date_in_words
from kb.wording import Wording

ExportFormat = Literal["md", "docx"]
_LETTERS: Final = 60


def exported(
    conversation: ConversationBody, form: ExportFormat, language: Language, today: date
) -> bytes:
    """The file; what it says of itself is in `language`."""
    return brief_file(note_of(conversation, language, today), form)


def file_name(title: str, form: ExportFormat) -> str:
    """A name that every system takes: letters and digits of the title in any script."""
    words = "".join(one if one.isalnum() else " " for one in title).split()
    return f"{'-'.join(words)[:_LETTERS].strip('-') or 'conversation'}.{form}"


def note_of(conversation: ConversationBody, language: Language, today: date) -> BriefBody:
    """The conversation as the body of a note; sources are numbered through all its turns."""
    sources: dict[tuple[object, ...], BriefSourceBody] = {}
    citations: list[CitationBody] = []
    sections = []
    for turn in conversation.items:
        numbers: dict[int, int] = {}
        for one in turn.answer.citations:
            numbers[one.n] = len(citations) + 1
            citations.append(one.model_copy(update={"n": numbers[one.n]}))
            _gather(sources, citations[-1], language)
        lines = [
            StatementBody(
                text=one.text, kind=one.kind, citations=[numbers[n] for n in one.citations]
            )
            for one in turn.answer.statements
        ]
        sections.append(BriefSectionBody(key="context", title=turn.question, lines=lines, notes=[]))
    if sources:
        title = BriefWords(language).say("section_sources")
        sections.append(BriefSectionBody(key="sources", title=title, lines=[], notes=[]))
    written = date_in_words(today.isoformat(), language)
    return BriefBody(
        topic=conversation.title,
        language=language,
        title=conversation.title,
        subtitle=say(language, "ask.made", date=written),
        dated=today.isoformat(),
        abstained=False,
        sections=sections,
        citations=citations,
        sources=list(sources.values()),
    )


def _gather(
    sources: dict[tuple[object, ...], BriefSourceBody], one: CitationBody, language: Language
) -> None:
    key = (one.document_id, one.label, one.language, one.edition, one.version)
    known = sources.get(key)
    if known is not None:
        known.citations.append(one.n)
        if one.quote not in known.quotes:
            known.quotes.append(one.quote)
        return
    name = Wording(language).language_name(one.language)
    sources[key] = BriefSourceBody(
        n=len(sources) + 1,
        label=one.label,
        edition=BriefWords(language).say(f"edition_{one.edition}", language=name),
        url=one.url,
        quotes=[one.quote],
        citations=[one.n],
    )
