"""Averages that are asked for, of an amount and a number that one sentence gives; and what an
amount a day makes in a year."""

from collections.abc import Callable
from typing import Final

from assistant.averages import asks_average, average_in, message_of
from assistant.drafts import Draft, DraftStatement, Message, note, verbatim
from assistant.question import Question
from assistant.rankings import Rankings
from assistant.reading import Reading, ReadText
from assistant.speaker import Speaker
from assistant.yearly import asks_yearly, yearly_in
from kb.sentences import Span
from kb.wording import Wording

_AMONG: Final = 3  # best paragraphs looked at


def average_statements(
    question: Question, rankings: Rankings, draft: Draft
) -> tuple[DraftStatement, ...]:
    """What is computed, then the sentence that gives the figures; empty where nothing of the kind
    is asked for, or found, or where the draft says an average already."""
    if any(s.message is not None and s.message.key == "average_is" for s in draft.statements):
        return ()
    if asks_average(question) and not question.adds:
        return _of_best(question, rankings, _average)
    return _of_best(question, rankings, _yearly) if asks_yearly(question) else ()


def _average(question: Question, text: ReadText, reading: Reading) -> tuple[Message, Span] | None:
    found = average_in(question, text, reading)
    message = message_of(found, question.reader) if found is not None else None
    return (message, found.sentence) if found is not None and message is not None else None


def _yearly(question: Question, text: ReadText, reading: Reading) -> tuple[Message, Span] | None:
    found = yearly_in(question, text, reading)
    return (found.message, found.sentence) if found is not None else None


def _of_best(
    question: Question,
    rankings: Rankings,
    compute: Callable[[Question, ReadText, Reading], tuple[Message, Span] | None],
) -> tuple[DraftStatement, ...]:
    speaker = Speaker(question, rankings.reading, Wording(question.reader))
    ranked = rankings.of(question)
    firsts = {id(c.finding): c for c in reversed(ranked)}
    for candidate in sorted(firsts.values(), key=ranked.index)[:_AMONG]:
        passage = candidate.source.passage
        if passage.language != question.language:
            continue
        text = rankings.reading.read(passage.text, passage.language)
        found = compute(question, text, rankings.reading)
        if found is None:
            continue
        message, span = found
        shown = verbatim(candidate.source, span, span, speaker.wording, question.reader)
        beside = (*speaker.language_note(candidate.finding), *speaker.marks(candidate.finding))
        return (note(message, speaker.wording), shown, *beside)
    return ()
