"""What is wrong with an answer by itself, whatever was asked: checked against the catalogue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Statement
from evals.matching import Names
from evals.measures.citations import Cited, top_label
from evals.measures.support import misattributed_figures, own_words, unsupported_figures
from evals.questions import Gold
from evals.systems import Catalogue
from kb.errors import NotFound
from kb.mentions import find_paragraph_references


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` is the measure that counts it; `statement` its place, None for a citation."""

    kind: str
    statement: int | None
    remark: str


class Checker:
    """Looks up what answers cite."""

    def __init__(self, catalogue: Catalogue, names: Names) -> None:
        self._catalogue = catalogue
        self._names = names

    def look_up(self, citation: Citation) -> Cited:
        """The citation beside the text that it is of."""
        text: str | None = None
        span: tuple[int, int] | None = None
        top = top_label(citation.paragraph)
        try:
            whole = self._passage(citation, top)
            part = (
                whole if top == citation.paragraph else self._passage(citation, citation.paragraph)
            )
            text, span = whole.text, (part.start, part.start + len(part.text))
        except NotFound:
            pass
        return Cited(
            citation.n,
            citation.document_id,
            citation.paragraph,
            citation.language,
            citation.quote,
            citation.start,
            citation.end,
            text,
            span,
        )

    def footnotes(self, gold: Gold) -> tuple[str, ...]:
        """Labels of the footnotes in a paragraph, none where it is not held."""
        try:
            return self._catalogue.passage(gold.document_id, gold.paragraph).footnotes
        except NotFound:
            return ()

    def _passage(self, citation: Citation, label: str) -> _Text:
        passage = self._catalogue.passage(
            citation.document_id,
            label,
            language=citation.language,
            edition=citation.edition,
            version=citation.version,
        )
        if (passage.language, passage.edition) != (citation.language, citation.edition):
            # Language and edition are wishes there; a citation names one text.
            raise NotFound(f"{citation.document_id} is not held in {citation.language}")
        return _Text(passage.text, passage.start)

    def faults(self, answer: Answer, cited: Sequence[Cited]) -> Iterator[Fault]:
        """Everything that is wrong with an answer by itself, whatever was asked."""
        for one in cited:
            place = f"{one.document_id}, {one.paragraph}"
            if not one.exists:
                yield Fault("fabricated_reference", None, f"[{one.n}] cites {place}: not there")
            elif not one.is_verbatim:
                remark = f"[{one.n}] is not word for word in {place}"
                yield Fault("non_verbatim_quote", None, remark)
        by_number = {one.n: one for one in cited}
        for at, statement in enumerate(answer.statements):
            own = [by_number[n] for n in statement.citations if n in by_number]
            if len(own) < len(statement.citations):
                remark = f"statement {at + 1} refers to a citation that is not given"
                yield Fault("fabricated_reference", at, remark)
            if statement.kind == "note" and not own:
                continue  # a fixed message: it counts paragraphs, or says that one is not there
            yield from self._reference_faults(at, statement)
            computed = statement.kind == "computed"
            for figure in unsupported_figures(
                statement.text, own, answer.language, computed=computed
            ):
                remark = f'"{figure}" stands in nothing that statement {at + 1} cites'
                yield Fault("unsupported_figure", at, remark)
            quoting = statement.kind in ("quote", "digest")
            said = own_words(statement.text, own) if quoting else statement.text
            for figure in misattributed_figures(said, own, answer.language, self._names):
                remark = f'"{figure}" is said of somebody else than in statement {at + 1}'
                yield Fault("misattributed_figure", at, remark)

    def _reference_faults(self, at: int, statement: Statement) -> Iterator[Fault]:
        """References in prose to paragraphs of documents that are held; quotes may refer freely."""
        if statement.kind in ("quote", "digest"):
            return
        for reference in find_paragraph_references(statement.text):
            if reference.symbol is None or not self._holds(reference.symbol):
                continue
            try:
                self._catalogue.passage(reference.symbol, reference.label)
            except NotFound:
                remark = f"statement {at + 1} names {reference.symbol}, {reference.label}: no such"
                yield Fault("fabricated_reference", at, remark)

    def _holds(self, document: str) -> bool:
        try:
            return bool(self._catalogue.editions(document))
        except NotFound:
            return False
