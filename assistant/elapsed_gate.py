"""Whether a span of time that is said follows from the dates quoted beside it, and is asked for."""

from collections.abc import Sequence
from itertools import permutations

from assistant.drafts import Message
from assistant.elapsed import elapsed_message, lasted_message, span_asked
from assistant.moments import Moment, moments, own_items, sides_asked, span_between
from assistant.operands import hits_in
from assistant.question import Question, Vocabulary
from assistant.question_reader import read_question
from assistant.reading import Reading, ReadText
from kb.languages import Language
from kb.quantities import find_quantities

KEYS = frozenset(("elapsed", "lasted"))


def is_elapsed(
    message: Message,
    question: str,
    quotes: Sequence[tuple[str, Language]],
    language: Language,
    vocabulary: Vocabulary,
) -> bool:
    """Whether the question, read anew, asks for the span, and the words quoted have its dates:
    the only days of a period for what lasted; for what lies between two, a date of which each side
    of the question is said, or the outermost of those listed."""
    read = read_question(question, vocabulary, language)
    asked = span_asked(read)
    if asked is None:
        return False
    if message.key == "lasted":
        return not asked.sides and _has_period(message, quotes, language)
    reading = Reading(vocabulary)
    texts = [reading.read(quote, one) for quote, one in quotes]
    held = [(text, moment) for text in texts for moment in moments(text)]
    if asked.outermost:
        dates = sorted({moment.iso for _, moment in held if "/" not in moment.iso})
        return len(dates) > 2 and message == elapsed_message(
            dates[0], dates[-1], asked.unit, language
        )
    return any(
        message == span_between(one, other, asked.unit, language)
        and _are_sides(read, (text, one), (beside, other), reading)
        for (text, one), (beside, other) in permutations(held, 2)
    )


def _has_period(
    message: Message, quotes: Sequence[tuple[str, Language]], language: Language
) -> bool:
    periods = {
        q.iso for quote, own in quotes for q in find_quantities(quote, own) if q.kind == "period"
    }
    return any(
        message == lasted_message(first, last, language)
        for first, _, last in ((iso or "").partition("/") for iso in periods)
        if first and last
    )


def _are_sides(
    question: Question,
    one: tuple[ReadText, Moment],
    other: tuple[ReadText, Moment],
    reading: Reading,
) -> bool:
    """Whether the sentence of the first date speaks of what tells one side apart, and that of the
    second of what does the other."""
    asked = span_asked(question)
    for first, second in sides_asked(asked, question, reading) if asked else ():
        pairs = ((own_items(first, second), one), (own_items(second, first), other))
        if all(
            hits_in(own, moment.sentence.span, moment.sentence, text, reading)
            for own, (text, moment) in pairs
        ):
            return True
    return False
