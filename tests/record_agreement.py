"""Where a record says what its paragraphs do not: an anchor, a figure, a date or a name."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity, find_quantities
from kb.records.clauses import find_anchor
from kb.records.columns import amount_column, columns_of
from kb.records.record import Record
from kb.terms import Terms, load_terms

LONGEST_ANCHOR = 15
_CHECKED_NAMES = ("party", "organization", "initiative", "convention")


class Agreement:
    """Compares records with paragraphs: `texts` by document and label.

    Names and dates may also stand in what is `around` a paragraph, under the same keys: its
    headings, the paragraph that a sub-paragraph belongs to, the masthead.
    """

    def __init__(
        self,
        texts: Mapping[tuple[str, str], str],
        around: Mapping[tuple[str, str], tuple[str, ...]],
        language: Language,
    ) -> None:
        self._texts = texts
        self._around = around
        self._language = language
        self._terms: Terms = load_terms()
        self._read: dict[str, tuple[tuple[Quantity, ...], frozenset[str]]] = {}

    def faults(self, record: Record) -> tuple[str, ...]:
        """The columns that do not agree, `anchor` for an anchor; none where all does."""
        texts = [self._texts.get((one.document_id, one.paragraph)) for one in record.sources]
        if not texts or None in texts:
            return ("paragraph",)
        held = [text for text in texts if text is not None]
        return tuple(dict.fromkeys(self._compared(record, held)))

    def _compared(self, record: Record, texts: list[str]) -> Iterator[str]:
        for one, text in zip(record.sources, texts, strict=True):
            if len(one.text) > LONGEST_ANCHOR or find_anchor(text, one.text) is None:
                yield "anchor"
        places = [(one.document_id, one.paragraph) for one in record.sources]
        wider = [*texts, *(text for place in places for text in self._around.get(place, ()))]
        quantities = [one for text in texts for one in self._parts(text)[0]]
        yield from self._figures(record, quantities)
        times = [one for text in wider for one in self._parts(text)[0]]
        named = {one for text in wider for one in self._parts(text)[1]}
        for column in columns_of(record.kind).values():
            value = getattr(record.statement, column.name)
            if value is None:
                continue
            if column.type == "date" and not _dated(value, times):
                yield column.name
            if column.type in ("name", "names") and not _named(value.split(" "), named):
                yield column.name

    def _figures(self, record: Record, found: Iterable[Quantity]) -> Iterator[str]:
        one = record.statement
        figures = [q for q in found if q.kind not in TIME_KINDS]
        for column in filter(None, (amount_column(record.kind), "of", "share")):
            value: Decimal | None = getattr(one, column, None)
            if value is None:
                continue
            unit = "%" if column == "share" else _unit(record)
            same = [q for q in figures if q.value == value]
            if not same:
                yield column
            elif not (fitting := [q for q in same if _counts(q, unit)]):
                yield "unit"
            elif column in ("value", "amount") and (
                getattr(one, "qualifier", None) not in {None, *(q.qualifier for q in fitting)}
            ):
                yield "qualifier"

    def _parts(self, text: str) -> tuple[tuple[Quantity, ...], frozenset[str]]:
        if text not in self._read:
            self._read[text] = (
                find_quantities(text, self._language),
                frozenset(m.concept_id for m in self._terms.find(text, self._language)),
            )
        return self._read[text]


def _unit(record: Record) -> str:
    one = record.statement
    return str(getattr(one, "currency", None) or getattr(one, "unit", ""))


def _counts(quantity: Quantity, unit: str) -> bool:
    """Whether the quantity may be one of `unit`: another thing that is counted is none."""
    if quantity.kind == "money" or unit.isupper():
        return quantity.currency == unit
    if quantity.kind in ("share", "area") or unit in ("%", "ha", "km2"):
        return quantity.unit == unit
    counted = unit.partition(":")[2]
    return not unit.startswith("term:") or quantity.unit in (None, counted)


def _dated(value: str, times: Iterable[Quantity]) -> bool:
    edges = {edge for one in times if one.iso for edge in (one.iso, *one.iso.split("/"))}
    return any(edge == value or edge.startswith(f"{value}-") for edge in edges)


def _named(ids: Iterable[str], found: Iterable[str]) -> bool:
    known = set(found)
    return all(one in known for one in ids if one.split(":")[0] in _CHECKED_NAMES)
