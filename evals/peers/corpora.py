"""The documents and the questions: those of the evaluation, and synthetic ones for speed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from assistant.knowledge import Knowledge
from evals.bench.costs import write_passages
from evals.bench.generator import corpus as synthetic_rows
from evals.errors import BadQuestionSet
from evals.peers.contestant import Corpus, Text
from evals.questions import Question
from evals.shipped import question_sets
from kb.shipped import shipped_rows
from kb.views import PassageRow

SPLITS: Final = ("dev", "test")
_PLAIN: Final = (".txt", ".md")


def corpora(folder: Path, knowledge: Knowledge) -> tuple[Corpus, Corpus]:
    """The originals as their files' plain text, then the same with the digests as documents.

    `knowledge` has ingested the originals: it tells which document a file is, which a peer could
    not know, for neither founding document prints its symbol.
    """
    editions = [(d.document_id, e) for d in knowledge.documents() for e in d.editions]
    owners = {one.source: document for document, one in editions if one.kind == "original"}
    counted = {"original": 0, "digest": 0}
    for _, one in editions:
        counted[one.kind] += one.paragraphs if one.status == "current" else 0
    files = tuple(sorted(one for one in folder.rglob("*") if one.suffix in _PLAIN))
    texts = tuple(
        Text(owners[file.name], file.read_text(encoding="utf-8"))
        for file in files
        if file.name in owners
    )
    full = (*texts, *as_texts(shipped_rows()))
    return (
        Corpus("originals", files, texts, counted["original"]),
        Corpus("originals and digests", files, full, sum(counted.values()), with_digests=True),
    )


def synthetic(folder: Path, passages: int) -> Corpus:
    """At least that many passages in six languages, as a passages file and as plain text."""
    rows = tuple(synthetic_rows(passages))
    return Corpus("synthetic", (write_passages(folder, passages),), as_texts(rows), len(rows))


def as_texts(rows: Iterable[PassageRow]) -> tuple[Text, ...]:
    """A plain text for each document and language, each paragraph after its label."""
    texts: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        paragraphs = texts.setdefault((row.document_id, row.language), [])
        paragraphs.append(f"{row.paragraph}. {row.text}")
    return tuple(Text(document, "\n\n".join(each)) for (document, _), each in texts.items())


def asked(knowledge: Knowledge) -> tuple[Question, ...]:
    """The questions of dev and test whose gold paragraphs are all of documents that are held."""
    held = {document.document_id for document in knowledge.documents()}
    questions = tuple(
        question
        for one in question_sets(SPLITS)
        for question in one.questions
        if question.gold and held.issuperset(gold.document_id for gold in question.gold)
    )
    if not questions:
        raise BadQuestionSet("no question asks for a paragraph of a document that is held")
    return questions
