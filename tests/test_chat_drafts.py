"""Drafts made of the shipped digests in six languages: the faithful pass, the altered never do."""

from itertools import islice

import pytest
from assistant_fakes import passage
from chat_drafts import Draft, altered, faithful

from assistant.chat.checking import Checker
from assistant.chat.pieces import Pieces
from assistant.chat.reading import DraftSentence
from assistant.drafts import Draft as AnswerDraft
from assistant.drafts import DraftStatement, cited
from assistant.evidence import Evidence, Finding, Source
from kb.sentences import Span
from kb.terms import load_terms

ALTERED = 1_000
EVERY = 3  # of the faithful ones, which are some three thousand
PASSING = 0.98


def kind_of(draft: Draft) -> str | None:
    """What the draft's sentence leaves as; None where it is withheld."""
    source = Source(draft.source)
    evidence = Evidence((Finding((source,), 1, 1.0),))
    pieces = Pieces(draft.source.language, evidence)
    pieces.add_text(source)
    same = DraftStatement("", "note", (cited(source, Span(0, 1)),))
    composed = AnswerDraft("", draft.source.language, (same,))
    passed = Checker(composed, pieces, load_terms()).passed(DraftSentence(draft.text, ("E1",)))
    return passed.statement.kind if passed is not None else None


@pytest.mark.parametrize("seed", [1, 2])
def test_no_altered_draft_passes(seed: int) -> None:
    passed = [d for d in islice(altered(seed), ALTERED // 2) if kind_of(d) is not None]
    assert [(d.how, d.text) for d in passed] == []


def test_nearly_every_faithful_draft_passes() -> None:
    drafts = list(faithful())[::EVERY]
    withheld = [d for d in drafts if kind_of(d) is None]
    assert len(drafts) >= 1_000
    assert 1 - len(withheld) / len(drafts) >= PASSING


def test_the_samples_are_what_they_say() -> None:
    kinds = {draft.how for draft in islice(altered(), 300)}
    assert kinds == {
        *(
            "_digits",
            "_figures",
            "_names",
            "_swapped",
            "_negation",
            "_word",
            "_dropped",
            "_elsewhere",
        ),
    }
    assert kind_of(Draft("No such thing.", passage("One thing."), Span(0, 10), "")) is None
