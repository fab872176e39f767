"""The gate of what is computed from figures of the texts: it reads and computes everything anew."""

from collections.abc import Callable, Sequence

from assistant.drafts import DraftCitation, DraftStatement
from assistant.evidence import Evidence, Source
from assistant.figure_claims import FigureClaim, FigureTerm, figures_in_words
from assistant.item_sums import are_items
from assistant.operations import operation_of
from assistant.part_whole import part_of_whole
from assistant.question import Vocabulary
from assistant.question_reader import read_question
from assistant.reading import Reading
from assistant.tables import Row, Table, read_row, table_label
from kb.languages import Language
from kb.quantities import TIME_KINDS, find_quantities
from kb.records.naming import shipped_names
from kb.sentences import Span, sentences

SourceOf = Callable[[DraftCitation], Source | None]


class FigureGate:
    """Checks computations against the texts of the evidence."""

    def __init__(
        self,
        evidence: Evidence,
        language: Language,
        source_of: SourceOf,
        question: str,
        vocabulary: Vocabulary,
    ) -> None:
        """`question` is what was asked, in words."""
        self._evidence = evidence
        self._language: Language = language
        self._source = source_of
        self._question = question
        self._vocabulary = vocabulary

    def hold(self, statement: DraftStatement) -> bool:
        """Whether the statement is its claim in words, every term stands where it says, with that
        value, unit and qualifier, and all are cells of one column, items of one list, part and
        whole of one sentence, or the figures of one text that the question computes with.
        """
        claim = statement.figures
        if claim is None or statement.claim is not None or statement.kind != "computed":
            return False
        cited = tuple(dict.fromkeys(term.citation for term in claim.terms))
        if statement.citations != cited or not all(map(self._stands, claim.terms)):
            return False
        try:
            said = figures_in_words(claim, self._language, shipped_names())
        except ValueError:
            return False
        if statement.text != said:
            return False
        exact = all(term.qualifier == "exact" for term in claim.terms)
        printed = exact and (
            self._is_of_table(claim) or self._is_of_sentence(claim) or self._is_of_items(claim)
        )
        return printed or self._is_asked(claim)

    def _stands(self, term: FigureTerm) -> bool:
        source = self._source(term.citation)
        if source is None or not term.citation.start <= term.start < term.citation.end:
            return False
        passage = source.passage
        return any(
            (q.start, q.value, q.unit, q.qualifier)
            == (term.start, term.value, term.unit, term.qualifier)
            and q.kind not in TIME_KINDS
            for q in find_quantities(passage.text, passage.language)
        )

    def _is_of_table(self, claim: FigureClaim) -> bool:
        sources = [self._source(term.citation) for term in claim.terms]
        rows = [read_row(source) if source else None for source in sources]
        found = [row for row in rows if row is not None]
        if not claim.heading or len(found) < len(rows):
            return False
        if len({row.source.key for row in found}) < len(found):
            return False
        for row, term in zip(found, claim.terms, strict=True):
            cell = row.cell(claim.heading)
            if cell is None or cell.quantity.start != term.start or cell.negative:
                return False
            if row.name != term.name:
                return False
        table = self._table(found)
        return table is not None and is_allowed(claim, found, table)

    def _table(self, rows: Sequence[Row]) -> Table | None:
        """The table of the rows as far as the evidence has it; None where they are of several."""
        places = {(r.source.key[0], table_label(r.source.key[1]), *r.source.key[2:]) for r in rows}
        if len(places) != 1:
            return None
        place = places.pop()
        every = [
            row
            for source in self._evidence.sources
            if (source.key[0], table_label(source.key[1]), *source.key[2:]) == place
            and (row := read_row(source)) is not None
        ]
        unique = {row.source.key: row for row in every}
        ordered = sorted(unique.values(), key=lambda row: int(row.source.key[1].rpartition(" ")[2]))
        return Table(place[0], place[1] or "", "", (), tuple(ordered))

    def _is_of_items(self, claim: FigureClaim) -> bool:
        sources = [self._source(term.citation) for term in claim.terms]
        return not any(t.name for t in claim.terms) and are_items(claim, sources)

    def _is_asked(self, claim: FigureClaim) -> bool:
        """Whether the question, read anew, computes just so with just these figures of one text,
        each cited with its sentence."""
        sources = {source.key: source for t in claim.terms if (source := self._source(t.citation))}
        if claim.heading or len(sources) != 1 or any(t.name for t in claim.terms):
            return False
        passage = next(iter(sources.values())).passage
        reading = Reading(self._vocabulary)
        question = read_question(self._question, self._vocabulary, self._language)
        found = operation_of(question, reading.read(passage.text, passage.language), reading)
        if found is None or found.operation != claim.operation:
            return False
        places = [
            (o.sentence.span.start, o.sentence.span.end, o.quantity.start) for o in found.terms
        ]
        return places == [(t.citation.start, t.citation.end, t.start) for t in claim.terms]

    def _is_of_sentence(self, claim: FigureClaim) -> bool:
        """Whether its two terms are the part and the whole of one sentence, cited whole."""
        if claim.heading or len(claim.terms) != 2 or claim.operation == "sum":
            return False
        one, other = claim.terms
        source = self._source(one.citation)
        if one.citation != other.citation or source is None or one.name or other.name:
            return False
        text, language = source.passage.text, source.passage.language
        span = Span(one.citation.start, one.citation.end)
        if span not in sentences(text, language):
            return False
        found = part_of_whole(text, span, find_quantities(text, language), language)
        if found is None:
            return False
        places = (found.whole.start, found.part.start)
        return places == ((one.start, other.start)[:: 1 if claim.operation == "difference" else -1])


def is_allowed(claim: FigureClaim, rows: Sequence[Row], table: Table) -> bool:
    """Whether the cells may be combined so: a total is no term of a sum, and is the whole of a
    share."""
    if len(table.rows) < 2:
        return False
    total = table.total_of(claim.heading)
    keys = [row.source.key for row in rows]
    if claim.operation == "share":
        return total is not None and keys[1] == total.source.key and keys[0] != total.source.key
    return total is None or total.source.key not in keys
