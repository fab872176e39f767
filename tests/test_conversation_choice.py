"""Which of the readings of a turn is taken, by what is found to them."""

from dataclasses import replace

from assistant.answer import Answer, Citation, Statement
from assistant.conversation_choice import Choice, is_near
from assistant.conversation_turn import Turn, Understood
from kb.terms import load_terms

DOCUMENT = "CRIC(99), item 1"
SAID = "The Lumen Wells Partnership had 14 members at the end of 2025."
LAST = Turn(
    "How many members?", "How many members?", "whole", "en", cited=((DOCUMENT, "6"),), said=(SAID,)
)
LEANING = Understood(
    "How often do they meet (members)?", "continued", own="How often do they meet?"
)
ALONE = replace(LEANING, asked="How often do they meet?", near=True)


def answer(text: str, paragraph: str = "7") -> Answer:
    cited = Citation(
        1, DOCUMENT, None, None, paragraph, "en", "original", 1, text, 0, len(text), "", ""
    )
    return Answer("?", "en", (Statement(text, "quote", (1,)),), (cited,))


def refusal(reason: str = "not_in_documents") -> Answer:
    return Answer("?", "en", (Statement("No.", "note"),), abstained=True, reason=reason)  # type: ignore[arg-type]


def chosen(*tried: tuple[Answer, Understood]) -> Answer:
    choice = Choice(LAST, load_terms())
    for one, meant in tried:
        choice.takes(one, meant)
        if choice.settles(one, meant):
            break
    assert choice.kept is not None
    return choice.kept[0]


def test_an_answer_that_says_what_was_said_and_not_what_is_asked_gives_way() -> None:
    better = answer("They meet once a year, before the rains.")
    assert chosen((answer(SAID, "6"), LEANING), (better, ALONE)) is better


def test_what_was_said_may_be_said_again_where_it_speaks_of_what_is_asked() -> None:
    again = answer(SAID, "6")
    members = replace(LEANING, own="And how many members at the end of 2025?")
    assert chosen((again, members), (answer("Something else."), ALONE)) is again


def test_a_repetition_gives_way_to_a_refusal() -> None:
    refused = refusal()
    again = answer(SAID, "6")
    assert chosen((again, LEANING), (refused, ALONE), (again, LEANING)) is refused


def test_what_is_asked_without_its_topic_is_answered_from_nearby_only() -> None:
    refused = refusal()
    far = answer("They meet once a year.", "60")
    assert chosen((refused, LEANING), (far, ALONE)) is refused
    assert not is_near(far, LAST)


def test_what_no_document_speaks_of_is_not_asked_of_the_topic_before() -> None:
    whole = Understood("How is mus played?", "whole", otherwise=LEANING)
    choice = Choice(LAST, load_terms())
    assert choice.settles(refusal("off_topic"), whole)
    assert not choice.settles(refusal(), whole)


def test_where_nothing_says_that_a_turn_leans_its_answer_speaks_of_it() -> None:
    refused = refusal()
    doubtful = replace(LEANING, doubtful=True, own="How is mus played?")
    whole = Understood("How is mus played?", "whole")
    assert chosen((refused, whole), (answer(SAID, "6"), doubtful)) is refused
