"""The documents and the questions: those of the evaluation, and synthetic ones for speed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from assistant.knowledge import Knowledge
from evals.bench.costs import write_passages
from evals.bench.generator import corpus as synthetic_rows
from evals.errors import BadQuestionSet
from evals.peers.contestant import Corpus, Text
from evals.questions import Question, load_sets
from kb.documents import EditionKind
from kb.shipped import shipped_rows
from kb.views import PassageRow

ORIGINALS: Final = "originals"
WITH_DIGESTS: Final = "originals and shipped digests"
SPLITS: Final = ("dev", "test")
_PLAIN: Final = (".txt", ".md")


def corpora(folder: Path, knowledge: Knowledge) -> tuple[Corpus, ...]:
    """The originals as their files' plain text, then the same with the digests as documents.

    `knowledge` has ingested the originals: it tells which document a file is, which a peer could
    not know, for neither founding document prints its symbol.
    """
    files = tuple(sorted(file for file in folder.rglob("*") if file.suffix in _PLAIN))
    owners = {
        edition.source: document.document_id
        for document in knowledge.documents()
        for edition in document.editions
        if edition.kind == "original"
    }
    texts = tuple(
        Text(owners[file.name], file.read_text(encoding="utf-8"))
        for file in files
        if file.name in owners
    )
    paragraphs = {kind: _paragraphs(knowledge, kind) for kind in ("original", "digest")}
    return (
        Corpus(ORIGINALS, files, texts, paragraphs["original"]),
        Corpus(
            WITH_DIGESTS,
            files,
            (*texts, *as_texts(shipped_rows())),
            sum(paragraphs.values()),
            with_digests=True,
        ),
    )


def synthetic(folder: Path, passages: int) -> Corpus:
    """At least that many passages in six languages, as a passages file and as plain text."""
    rows = tuple(synthetic_rows(passages))
    file = write_passages(folder, passages)
    return Corpus(f"{len(rows):,} synthetic paragraphs", (file,), as_texts(rows), len(rows))


def as_texts(rows: Iterator[PassageRow] | Sequence[PassageRow]) -> tuple[Text, ...]:
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
        for one in load_sets(SPLITS)
        for question in one.questions
        if question.gold and held.issuperset(gold.document_id for gold in question.gold)
    )
    if not questions:
        raise BadQuestionSet("no question asks for a paragraph of a document that is held")
    return questions


def _paragraphs(knowledge: Knowledge, kind: EditionKind) -> int:
    return sum(
        edition.paragraphs
        for document in knowledge.documents()
        for edition in document.editions
        if edition.kind == kind and edition.status == "current"
    )
