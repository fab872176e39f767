"""The sentence that gives the figures of records, where no statement of them can be made."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.drafts import DraftStatement, Message, note, verbatim
from assistant.evidence import Source, source_of, top_label
from assistant.knowledge import Remembering
from assistant.record_claims import RecordClaim
from assistant.record_fit import figure_of
from kb.documents import EditionKind
from kb.errors import NotFound
from kb.languages import Language
from kb.quantities import TIME_KINDS, find_quantities
from kb.records.amounts import number_in_words
from kb.records.record import Record
from kb.sentences import Span, sentences
from kb.wording import Wording


def quoted(
    kb: Remembering, records: Sequence[Record], language: Language
) -> tuple[DraftStatement, Source] | None:
    """The sentence of one paragraph that holds the figures of all `records`, in the reader's
    language if there is one; None where no sentence does."""
    figures = [value for record in records if (value := figure_of(record)) is not None]
    if len(figures) < len(records):
        return None
    shared = [{(a.document_id, top_label(a.paragraph)) for a in r.sources} for r in records]
    for document, label in sorted(set.intersection(*shared)):
        for source in _texts(kb, document, label, language):
            span = _holding(source, figures)
            if span is not None:
                return verbatim(source, span, span, Wording(language), language), source
    return None


def summed(
    claim: RecordClaim, kb: Remembering, language: Language
) -> tuple[list[DraftStatement], list[Source]]:
    """The sum of a claim beside its printed total, with the sentence that gives them all."""
    if claim.against is None:
        return [], []
    found = quoted(kb, claim.all_records, language)
    if found is None:
        return [], []
    parts = [figure_of(record) or Decimal(0) for record in claim.records]
    total = figure_of(claim.against) or Decimal(0)
    return [sum_of(parts, total, language), found[0]], [found[1]]


def sum_of(parts: Sequence[Decimal], total: Decimal, language: Language) -> DraftStatement:
    """The note "54 + 18 + 4 = 76; the total given is 74."."""
    values = (
        ("working", " + ".join(number_in_words(part, language) for part in parts)),
        ("sum", number_in_words(sum(parts, Decimal(0)), language)),
        ("total", number_in_words(total, language)),
    )
    return note(Message("sum_is", values), Wording(language))


def is_summed(message: Message, cited: Iterable[tuple[str, Language]], language: Language) -> bool:
    """Whether one of the texts cited gives all terms and the total, and the sum is right."""
    values = dict(message.values)
    parts = [_number(term, language) for term in values.get("working", "").split(" + ")]
    said, total = (_number(values.get(key, ""), language) for key in ("sum", "total"))
    known = [part for part in parts if part is not None]
    if len(known) < max(2, len(parts)) or said is None or total is None:
        return False
    if sum(known, Decimal(0)) != said:
        return False
    return total not in known and any({*known, total} <= _figures(text, own) for text, own in cited)


def _number(text: str, language: Language) -> Decimal | None:
    found = find_quantities(text, language)
    if len(found) != 1 or found[0].text.strip() != text.strip():
        return None
    return found[0].value


def _texts(kb: Remembering, document: str, label: str, language: Language) -> Iterable[Source]:
    wished: tuple[tuple[EditionKind, Language | None], ...] = (
        ("original", language),
        ("digest", language),
        ("original", None),
    )
    for edition, own in wished:
        try:
            passage = kb.passage(document, label, language=own, edition=edition)
        except NotFound:
            continue
        if passage.edition == edition and (own is None or passage.language == own):
            yield source_of(kb, passage)


def _holding(source: Source, figures: Iterable[Decimal]) -> Span | None:
    """The first sentence with all of the figures."""
    passage, wanted = source.passage, set(figures)
    for span in sentences(passage.text, passage.language):
        if wanted <= _figures(span.of(passage.text), passage.language):
            return span
    return None


def _figures(text: str, language: Language) -> set[Decimal]:
    return {q.value for q in find_quantities(text, language) if q.kind not in TIME_KINDS}
