"""Questions that a table answers by several of its rows: sums, shares, differences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.content_words import content_words
from assistant.drafts import cited
from assistant.figure_claims import FigureClaim, FigureOperation, FigureTerm
from assistant.figure_gate import is_allowed
from assistant.question import Question, Vocabulary
from assistant.question_words import find_asking, hints
from assistant.row_conditions import condition_of
from assistant.tables import Row, Table
from kb.languages import Language
from kb.quantities import find_quantities
from kb.sentences import Span

_FITS: Final = 0.34  # of what the question speaks of, in the table and around it
_FITS_FALLING: Final = 0.2  # … where one row alone falls, as is asked
_SIDES: Final = 2
_TABLE: Final = 3  # rows that make a table
_SHOWN: Final = 8  # rows that are quoted one by one
_COUNTING: Final = frozenset(("how_many", "which", "list"))
_SHARE: Final = "term:percentage"
_FIGURES: Final = frozenset(("how_much", "how_many", "sum"))


@dataclass(frozen=True, slots=True)
class FromTable:
    """What answers: computations, and rows to be quoted as they are; `of` how many rows they are
    all of which the question's condition holds."""

    claims: tuple[FigureClaim, ...] = ()
    rows: tuple[Row, ...] = ()
    of: int | None = None


class TableReader:
    """Looks for the rows and the column that a question speaks of."""

    def __init__(self, question: Question, vocabulary: Vocabulary) -> None:
        self._question = question
        self._vocabulary = vocabulary
        self._asked = self._keys(question.text, question.language)

    def fits(self, table: Table) -> float:
        """The share of what is asked that the table, its caption or its headings speak of."""
        language = table.rows[0].source.passage.language
        whole = " | ".join(
            (table.caption, *table.heading_path, *table.headings, *(r.name for r in table.rows))
        )
        return len(self._asked & self._keys(whole, language)) / max(1, len(self._asked))

    def answer(self, table: Table) -> FromTable | None:
        """What the table says to the question; None where it says nothing for sure."""
        question = self._question
        falls = "reduce" in question.actions
        if self.fits(table) < (_FITS_FALLING if falls else _FITS):
            return None
        named = self._named(table.rows)
        heading = self._column(table, named)
        met = self.meeting(table)
        if met is not None:
            return met
        if heading is None:
            return FromTable(rows=tuple(named)) if self._are_sides(named) else None
        total = table.total_of(heading)
        parts = [row for row in table.rows if row is not total]
        extreme = extremes(question, parts, heading) if not named else ()
        if extreme:
            return FromTable(rows=extreme)
        named = [row for row in named if row is not total]
        if question.wants_quantity == frozenset(("share",)):
            if len(named) != 1 or total is None:
                return None
            return _computed("share", (named[0], total), heading, table)
        if "reduce" in question.actions and not named:
            falling = [r for r in parts if (c := r.cell(heading)) is not None and c.negative]
            return FromTable(rows=tuple(falling)) if len(falling) == 1 else None
        if self._are_sides(named):
            return self._compared(named, heading, table)
        if not question.adds and "sum" not in question.kinds:
            return None
        if len(named) > 1:
            return _computed("sum", named, heading, table)
        counts = {q.value for q in question.numbers}
        if named or (counts and len(parts) not in counts):
            return None
        if total is not None:
            return FromTable(rows=(total,))
        return _computed("sum", parts, heading, table)

    def meeting(self, table: Table) -> FromTable | None:
        """The rows of which the condition of the question holds, of all but a total; None where it
        puts none, the column is not sure, or a row has no figure there."""
        question = self._question
        condition = condition_of(question)
        # "How many centres had costs of …" is read as a question of how much.
        kinds = {a.kind for a in find_asking(question.text, question.language)}
        if condition is None or not _COUNTING & kinds:
            return None
        heading = self._column(table, ())
        if heading is None or condition.part is not None:
            return None
        total = table.total_of(heading)
        parts = [row for row in table.rows if row is not total]
        cells = [cell for row in parts if (cell := row.cell(heading)) is not None]
        if len(cells) < len(parts) or any(c.negative for c in cells) or len(parts) < _TABLE:
            return None
        told = [condition.holds(c.quantity.value, None) for c in cells]
        found = tuple(row for row, one in zip(parts, told, strict=True) if one)
        return FromTable(rows=found, of=len(parts)) if 0 < len(found) <= _SHOWN else None

    def _are_sides(self, named: Sequence[Row]) -> bool:
        return self._question.weighs and not self._question.adds and len(named) == _SIDES

    def _compared(self, named: Sequence[Row], heading: str, table: Table) -> FromTable | None:
        ordered = sorted(named, key=lambda r: -(c.quantity.value if (c := r.cell(heading)) else 0))
        found = None
        if _FIGURES & set(self._question.kinds):
            found = _computed("difference", ordered, heading, table)
        return FromTable(found.claims if found else (), tuple(ordered))

    def _named(self, rows: Iterable[Row]) -> list[Row]:
        """The rows of which the question says the whole name; where two are held against one
        another, also those of which it says a part and all terms."""
        whole, partly = [], []
        for row in rows:
            language = row.source.passage.language
            words = self._keys(row.name, language, concepts=False)
            names = self._keys(row.name, language) - words
            if words and words <= self._asked:
                whole.append(row)
            elif names and names <= self._asked and words & self._asked:
                partly.append(row)
        return [*whole, *partly] if self._question.weighs else whole

    def _column(self, table: Table, named: Sequence[Row]) -> str | None:
        """The column that the question speaks of more than of any other, or the only one."""
        headings = table.headings
        if len(headings) == 1:
            return headings[0]
        if "reduce" in self._question.actions and not named:
            falling = [h for h in headings if any(_falls(row, h) for row in table.rows)]
            return falling[0] if len(falling) == 1 else None
        language = table.rows[0].source.passage.language
        shares = [h for h in headings if _SHARE in self._keys(h, language)]
        if _SHARE in self._asked and len(shares) == 1:
            return shares[0]
        common = frozenset.intersection(*(self._keys(h, language) for h in headings))
        fits = {h: len((self._keys(h, language) - common) & self._asked) for h in headings}
        best = max(fits.values())
        chosen = [h for h, n in fits.items() if n == best]
        return chosen[0] if best and len(chosen) == 1 else None

    def _keys(self, text: str, language: Language, *, concepts: bool = True) -> frozenset[str]:
        """Stems, years and (with `concepts`) names of a text."""
        words = {w.stem for w in content_words(text, language)}
        years = {q.iso[:4] for q in find_quantities(text, language) if q.iso}
        names = {m.concept_id for m in self._vocabulary.find(text, language)} if concepts else set()
        return frozenset(words | years | names)


def extremes(question: Question, rows: Sequence[Row], heading: str) -> tuple[Row, ...]:
    """The rows with the least and the greatest figure of the column, of which the question asks:
    "which has the most"; none where a row has no figure there, or many have the same."""
    if not {"which", "who", "list"} & set(question.kinds) or len(rows) <= _SIDES:
        return ()
    text, language = question.text, question.language
    low = hints(text, language, "smallest")
    high = [p for p in hints(text, language, "greatest") if not any(_meet(p, q) for q in low)]
    cells = [row.cell(heading) for row in rows]
    if not (low or high) or not all(cells):
        return ()
    values = [-c.quantity.value if c.negative else c.quantity.value for c in cells if c]
    wanted = [*([min(values)] if low else []), *([max(values)] if high else [])]
    found = tuple(r for value in wanted for r, v in zip(rows, values, strict=True) if v == value)
    return found if len(found) <= _SIDES * len(wanted) else ()


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _falls(row: Row, heading: str) -> bool:
    cell = row.cell(heading)
    return cell is not None and cell.negative


def _computed(
    operation: FigureOperation, rows: Sequence[Row], heading: str, table: Table
) -> FromTable | None:
    terms: list[FigureTerm] = []
    for row in rows:
        cell = row.cell(heading)
        if cell is None or cell.negative:
            return None
        citation = cited(row.source, Span(0, len(row.source.passage.text)))
        quantity = cell.quantity
        terms.append(FigureTerm(citation, quantity.value, quantity.unit, quantity.start, row.name))
    claim = FigureClaim(tuple(terms), operation, heading)
    return FromTable((claim,)) if is_allowed(claim, rows, table) else None
