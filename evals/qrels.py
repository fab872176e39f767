"""From hits and gold paragraphs to what retrieval measures take: ranked ids and relevant ids."""

from collections.abc import Sequence

from evals.measures.citations import is_at, top_label
from evals.questions import Gold, Question
from kb.passages import Hit


def collapsed(question: Question, hits: Sequence[Hit]) -> tuple[list[str], set[str]]:
    """The paragraphs found, best first, and the gold ones, by top-level paragraph.

    A paragraph that may stand for a gold one counts as the first gold one not yet found.
    """
    relevant = list(dict.fromkeys(top_place(gold) for gold in question.gold))
    waiting = list(relevant)
    ranked: list[str] = []
    for hit in hits:
        document, label = hit.passage.document_id, hit.passage.label
        own = top_place(Gold(document, label))
        found = next((top_place(g) for g in question.gold if is_at(g, document, label)), own)
        if found not in relevant and waiting:
            stands_for = any(is_at(g, document, label) for g in question.alternatives)
            found = waiting[0] if stands_for else found
        if found in waiting:
            waiting.remove(found)
        if found not in ranked:
            ranked.append(found)
    return ranked, set(relevant)


def top_place(gold: Gold) -> str:
    """Names the top-level paragraph of `gold`."""
    return f"{gold.document_id}, {top_label(gold.paragraph)}"


def place(gold: Gold) -> str:
    """Names the paragraph."""
    return f"{gold.document_id}, {gold.paragraph}"
