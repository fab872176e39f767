"""One question, what search found and what was answered → what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.answer import Answer
from evals.checks import Checker, Fault
from evals.matching import Names, Said, Verdict
from evals.measures.citations import (
    Cited,
    citation_precision,
    citation_recall,
    cites_gold,
)
from evals.measures.manner import in_language, is_brief
from evals.measures.retrieval import first_rank, ndcg_at_k, recall_at_k, reciprocal_rank
from evals.outcomes import Outcome
from evals.qrels import collapsed, place
from evals.questions import BRIEF_KINDS, Gold, Question
from evals.systems import Catalogue
from kb.passages import Hit

HITS: Final = 10
_FAULT_KINDS: Final = (
    "fabricated_reference",
    "non_verbatim_quote",
    "unsupported_figure",
    "misattributed_figure",
)
_PREMISE_KINDS: Final = frozenset(("false_premise", "consistency"))


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system gave to one question; `answer` is None where asking failed, `error` says how.

    An unanswered question scores zero; it does not vanish.
    """

    hits: tuple[Hit, ...]
    answer: Answer | None
    search_ms: float
    ask_ms: float
    error: str | None = None


class Judge:
    """Judges replies against the catalogue, which holds what may be cited."""

    def __init__(self, catalogue: Catalogue, names: Names) -> None:
        self._checker = Checker(catalogue, names)
        self._names = names

    def judge(self, set_name: str, question: Question, reply: Reply) -> Outcome:
        """What came of `question`."""
        answer = reply.answer or Answer(question.text, question.language, ())
        cited = tuple(self._checker.look_up(citation) for citation in answer.citations)
        question = self._with_footnotes(question)
        verdict = Said(
            [statement.text for statement in answer.statements], question.language, self._names
        ).judge(question)
        ranked, relevant = collapsed(question, reply.hits)
        faults = tuple(self._checker.faults(answer, cited))
        values = dict(_retrieval_values(ranked, relevant))
        values |= _right_values(question, answer, cited, verdict)
        if answer.statements:
            values |= _soundness_values(question, answer, cited, faults)
        if answer.statements and not answer.abstained:
            values |= _citation_values(question, cited)
            if question.kind in BRIEF_KINDS:
                values["brief"] = float(is_brief(question, answer.statements, self._names))
        values |= {"search_ms": reply.search_ms, "ask_ms": reply.ask_ms}
        rank = first_rank(ranked, relevant) if relevant else None
        return Outcome(
            set_name=set_name,
            question_id=question.id,
            language=question.language,
            kind=question.kind,
            question=question.text,
            values=values,
            rank=rank,
            gold=tuple(map(place, question.gold)),
            cited=tuple(dict.fromkeys(f"{c.document_id}, {c.paragraph}" for c in cited)),
            answer=answer.text,
            abstained=answer.abstained,
            reason=answer.reason,
            remarks=(
                *([f"asking failed: {reply.error}"] if reply.error else []),
                *_remarks(question, answer, verdict, values, rank),
                *(fault.remark for fault in faults),
            ),
        )

    def _with_footnotes(self, question: Question) -> Question:
        """A footnote belongs to the paragraph that carries its mark: it may stand for it."""
        notes = [
            Gold(gold.document_id, label)
            for gold in (*question.gold, *question.alternatives)
            for label in self._checker.footnotes(gold)
        ]
        return replace(question, alternatives=(*question.alternatives, *notes))


def _soundness_values(
    question: Question, answer: Answer, cited: Sequence[Cited], faults: Sequence[Fault]
) -> dict[str, float]:
    kinds = {fault.kind for fault in faults}
    values = {kind: float(kind in kinds) for kind in _FAULT_KINDS}
    sound = {one.n for one in cited if one.is_verbatim}
    at_fault = {fault.statement for fault in faults}
    claims = [
        (at, statement)
        for at, statement in enumerate(answer.statements)
        if statement.citations or statement.kind != "note"
    ]
    if claims:
        supported = sum(
            bool(statement.citations) and sound >= set(statement.citations)
            for at, statement in claims
            if at not in at_fault
        )
        values["statements_supported"] = supported / len(claims)
    if any(statement.kind != "quote" for statement in answer.statements):
        values["in_language"] = in_language(answer.statements, answer.citations, question.language)
    return values


def _retrieval_values(ranked: Sequence[str], relevant: set[str]) -> Iterator[tuple[str, float]]:
    if relevant:
        for k in (1, 5, 10):
            yield f"R@{k}", recall_at_k(ranked, relevant, k)
        yield "RR", reciprocal_rank(ranked[:HITS], relevant)
        yield "nDCG@10", ndcg_at_k(ranked, relevant, 10)


def _right_values(
    question: Question, answer: Answer, cited: Sequence[Cited], verdict: Verdict
) -> dict[str, float]:
    values: dict[str, float] = {}
    if answer.abstained:
        values["abstention_precision"] = float(question.wants_refusal)
    if question.wants_refusal:
        values["unanswerable_refused"] = values["right_answer"] = float(answer.abstained)
        return values
    said = verdict.right and not answer.abstained
    at_gold = cites_gold(cited, (*question.gold, *question.alternatives))
    values["answerable_refused"] = float(answer.abstained)
    values["right_forms"] = float(said)
    values["cites_gold"] = float(at_gold and not answer.abstained)
    values["right_answer"] = float(said and at_gold)
    if question.kind in _PREMISE_KINDS:
        corrected = answer.reason == "false_premise" and at_gold
        values["premise_handled"] = float((said and at_gold) or corrected)
    return values


def _citation_values(question: Question, cited: Sequence[Cited]) -> dict[str, float]:
    if question.wants_refusal:
        return {}
    values = {"citation_recall": citation_recall(cited, question.gold, question.alternatives)}
    if cited:
        wanted = (*question.gold, *question.alternatives)
        values["citation_precision"] = citation_precision(cited, wanted)
    return values


def _remarks(
    question: Question,
    answer: Answer,
    verdict: Verdict,
    values: dict[str, float],
    rank: int | None,
) -> Iterator[str]:
    if question.wants_refusal:
        if not answer.abstained:
            yield "answered, though the documents do not say"
        return
    if rank is None:
        yield f"search: gold paragraph not among {HITS}"
    elif rank > 1:
        yield f"search: gold paragraph at rank {rank}"
    if answer.abstained:
        yield f"refused ({answer.reason or 'no reason given'}), though the documents say"
        return
    for group in verdict.missing:
        yield f"does not say {' | '.join(group[:3])}"
    for form in verdict.forbidden:
        yield f"says {form}, which is wrong"
    if not values["cites_gold"]:
        yield "cites no gold paragraph"
    if values.get("brief") == 0 and values["right_forms"]:
        yield "says it late or at too great length"
