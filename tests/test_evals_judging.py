"""What comes of a question: judged against a small hand-written catalogue."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Statement
from evals.judging import Judge, Reply
from evals.measures.catalogue import MEASURES
from evals.outcomes import Outcome
from evals.questions import Question, read_question
from kb.documents import EditionKind
from kb.errors import NotFound
from kb.languages import Language
from kb.passages import EditionInfo, Hit, Passage
from kb.terms import load_terms

TEXTS = {
    "fn 4": "The grant is US$150 million.",
    "7": "Chapeau of the paragraph.",
    "89": "Saudi Arabia pledged US$150 million in grants. (a) It runs until 2030.",
    "90": "The Fund has three windows.",
}
PARTS = {"89(a)": ("89", 47)}


class Shelf:
    """A catalogue of one document, `LAKE/1`, held in English only."""

    def passage(
        self,
        document_id: str,
        label: str,
        *,
        language: Language | None = None,  # noqa: ARG002
        edition: EditionKind | None = None,  # noqa: ARG002
        version: int | None = None,
    ) -> Passage:
        top, start = PARTS.get(label, (label, 0))
        if document_id != "LAKE/1" or top not in TEXTS or version not in (None, 1):
            raise NotFound(f"{document_id} has no {label}")
        return passage(label, TEXTS[top][start:], start)

    def editions(self, document_id: str) -> tuple[EditionInfo, ...]:
        if document_id != "LAKE/1":
            raise NotFound(document_id)
        return (EditionInfo("en", "original", 1, "current", None, "lake.txt", len(TEXTS)),)


def passage(label: str, text: str = "", start: int = 0) -> Passage:
    return Passage(
        "LAKE/1", "LAKE/1", None, label, "paragraph", "en", "original", 1, "current", "public",
        text, start, (), ("fn 4",) if label == "89" else (),
    )  # fmt: skip


def hit(label: str, rank: int) -> Hit:
    return Hit(passage(label), 1.0 / rank, rank, ("lexical",))


def question(kind: str = "number", **fields: object) -> Question:
    given: dict[str, object] = {
        "id": "q",
        "lang": "en",
        "topic": "t",
        "type": kind,
        "question": "How much did Saudi Arabia pledge?",
        "gold": [{"doc": "LAKE/1", "para": "89"}],
        "must": [["150 million"]],
    }
    return read_question(given | fields)


REFUSABLE = question("unanswerable", gold=[], must=[])


def citation(label: str = "89", quote: str = "Saudi Arabia pledged US$150 million") -> Citation:
    start = TEXTS["89"].find(quote)
    return Citation(
        1, "LAKE/1", "LAKE/1", None, label, "en", "original", 1, quote, start, start + len(quote),
        "", "",
    )  # fmt: skip


def answer(
    text: str = "Saudi Arabia pledged US$150 million.", cited: Citation | None = None
) -> Answer:
    one = cited or citation()
    return Answer("q", "en", (Statement(text, "record", (1,)),), (one,))


REFUSAL = Answer("q", "en", (Statement("It is not said.", "note"),), (), True, "not_in_documents")


def judged(
    asked: Question, given: Answer | None, labels: tuple[str, ...] = ("90", "89")
) -> Outcome:
    hits = tuple(hit(label, rank) for rank, label in enumerate(labels, start=1))
    error = None if given else "KeyError: lost"
    return Judge(Shelf(), load_terms()).judge("dev/x", asked, Reply(hits, given, 3.0, 9.0, error))


def test_a_right_answer_is_right_in_every_respect() -> None:
    outcome = judged(question(), answer())
    for name, measure in MEASURES.items():
        if measure.unit == "share" and measure.key in outcome.values:
            ideal = 1.0 if measure.better == "higher" else 0.0
            expected = {"R@1": 0.0, "RR": 0.5, "nDCG@10": pytest.approx(0.63, abs=0.01)}
            assert outcome.values[measure.key] == expected.get(name, ideal), name
    assert outcome.rank == 2
    assert outcome.is_right
    assert outcome.remarks == ("search: gold paragraph at rank 2",)


def test_the_right_words_with_the_wrong_paragraph_are_not_a_right_answer() -> None:
    values = judged(question(), answer(cited=citation("90"))).values
    assert values["right_forms"] == 1
    assert values["cites_gold"] == values["right_answer"] == 0


def test_a_citation_of_what_does_not_exist_is_fabricated() -> None:
    outcome = judged(question(), answer(cited=citation("91")))
    assert outcome.values["fabricated_reference"] == 1
    assert outcome.values["statements_supported"] == 0
    assert "[1] cites LAKE/1, 91: not there" in outcome.remarks


def test_a_citation_of_another_version_or_language_is_fabricated() -> None:
    for change in ({"version": 2}, {"language": "fr"}, {"edition": "digest"}):
        other = replace(citation(), **change)
        assert judged(question(), answer(cited=other)).values["fabricated_reference"] == 1


def test_a_quote_altered_by_one_character_is_not_verbatim() -> None:
    altered = replace(citation(), quote="Saudi Arabia pledgad US$150 million")
    outcome = judged(question(), answer(cited=altered))
    assert outcome.values["non_verbatim_quote"] == 1
    assert outcome.values["statements_supported"] == 0


def test_a_sub_paragraph_must_hold_its_quote() -> None:
    inside = citation("89(a)", "It runs until 2030")
    assert judged(question(), answer(cited=inside)).values["non_verbatim_quote"] == 0
    outside = citation("89(a)")
    assert judged(question(), answer(cited=outside)).values["non_verbatim_quote"] == 1


def test_a_figure_of_nowhere_and_a_figure_of_another_are_told_apart() -> None:
    tenfold = judged(question(), answer("Saudi Arabia pledged US$1.5 billion.")).values
    assert (tenfold["unsupported_figure"], tenfold["misattributed_figure"]) == (1, 0)
    other = judged(question(), answer("Kuwait pledged US$150 million.")).values
    assert (other["unsupported_figure"], other["misattributed_figure"]) == (0, 1)
    assert other["statements_supported"] == 0


def test_a_mark_without_its_citation_is_fabricated() -> None:
    outcome = judged(question(), replace(answer(), citations=()))
    assert outcome.values["fabricated_reference"] == 1


def test_prose_that_names_a_paragraph_which_is_not_there_is_fabricated() -> None:
    said = answer("As LAKE/1, para. 300 says, Saudi Arabia pledged US$150 million.")
    assert judged(question(), said).values["fabricated_reference"] == 1
    real = answer("As LAKE/1, para. 7 says, Saudi Arabia pledged US$150 million.")
    assert judged(question(), real).values["fabricated_reference"] == 0


def test_a_note_may_say_that_a_paragraph_is_not_there() -> None:
    note = Statement("LAKE/1, para. 300 is not held here; 4 others are.", "note")
    refused = Answer("q", "en", (note,), (), True, "not_in_documents")
    assert judged(REFUSABLE, refused).remarks == ()


def test_refusing_is_right_only_where_the_documents_do_not_say() -> None:
    wanted = judged(REFUSABLE, REFUSAL).values
    assert wanted["right_answer"] == wanted["unanswerable_refused"] == 1
    assert wanted["abstention_precision"] == 1
    unwanted = judged(question(), REFUSAL).values
    assert unwanted["right_answer"] == unwanted["abstention_precision"] == 0
    assert unwanted["answerable_refused"] == 1
    answered = judged(REFUSABLE, answer()).values
    assert answered["right_answer"] == answered["unanswerable_refused"] == 0


def test_a_refusal_that_says_the_right_thing_nearby_is_still_a_refusal() -> None:
    nearby = replace(answer(), abstained=True, reason="not_in_documents")
    values = judged(question(), nearby).values
    assert values["right_answer"] == values["right_forms"] == values["cites_gold"] == 0


def test_a_false_premise_may_be_refused_as_one() -> None:
    asked = question("false_premise", must=[["May"]])
    refused = replace(answer(), abstained=True, reason="false_premise")
    assert judged(asked, refused).values["premise_handled"] == 1
    assert judged(asked, REFUSAL).values["premise_handled"] == 0


def test_a_question_that_crashes_scores_zero_and_does_not_vanish() -> None:
    outcome = judged(question(), None)
    assert outcome.values["right_answer"] == 0
    assert outcome.values["answerable_refused"] == 0
    assert "asking failed: KeyError: lost" in outcome.remarks
    assert judged(REFUSABLE, None).values["unanswerable_refused"] == 0


def test_an_alternative_found_stands_for_the_gold_paragraph() -> None:
    asked = question(gold_any=[{"doc": "LAKE/1", "para": "90"}])
    outcome = judged(asked, answer(), ("90", "89", "7"))
    assert outcome.rank == 1
    assert outcome.values["nDCG@10"] == 1


def test_each_of_several_gold_paragraphs_counts() -> None:
    both = question(gold=[{"doc": "LAKE/1", "para": "89"}, {"doc": "LAKE/1", "para": "7"}])
    assert judged(both, answer(), ("89", "90")).values["R@5"] == 0.5
    parts = question(gold=[{"doc": "LAKE/1", "para": "89(a)"}])
    assert judged(parts, answer(), ("89",)).values["R@1"] == 1


def test_nothing_found_is_rank_none_and_zero() -> None:
    outcome = judged(question(), answer(), ())
    assert outcome.rank is None
    assert outcome.values["RR"] == outcome.values["R@10"] == 0
    assert "search: gold paragraph not among 10" in outcome.remarks


def test_a_refusable_question_has_no_retrieval_figures() -> None:
    assert not {"RR", "R@5"} & set(judged(REFUSABLE, REFUSAL).values)


def test_a_footnote_stands_for_the_paragraph_that_carries_it() -> None:
    quote = "The grant is US$150 million."
    note = replace(citation("fn 4"), quote=quote, start=0, end=len(quote))
    values = judged(question(), answer(cited=note), ("90", "fn 4")).values
    assert values["right_answer"] == 1
    assert values["RR"] == 0.5
