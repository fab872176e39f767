"""What the documents say in place of what a question takes for granted, in a few words.

"May 2024, not March 2024": said beside the sentence or the record that it rests on.
"""

from collections.abc import Iterable, Sequence

from assistant.drafts import DraftStatement, Message, note
from assistant.question import Vocabulary
from kb.errors import NotFound
from kb.languages import Language
from kb.quantities import TIME_KINDS, Quantity, agrees, find_quantities
from kb.records.amounts import amount_in_words
from kb.records.naming import sentence_case, shipped_names
from kb.records.times import date_in_words, period_in_words
from kb.wording import Wording

Quote = tuple[str, Language]


def correction(
    said: str | None, claimed: str | None, language: Language
) -> tuple[DraftStatement, ...]:
    """The note that names both; none where one of them cannot be named."""
    if not said or not claimed or said == claimed:
        return ()
    values = (("said", sentence_case(said)), ("claimed", claimed))
    return (note(Message("instead", values), Wording(language)),)


def quantity_in_words(quantity: Quantity, language: Language) -> str | None:
    """A figure or date as the language writes it; None for what counts nothing by itself."""
    if quantity.iso is not None:
        start, _, end = quantity.iso.partition("/")
        if quantity.iso.startswith("-"):
            return None
        return period_in_words(start, end, language) if end else date_in_words(start, language)
    unit = quantity.currency or quantity.unit
    if unit is None:
        return None
    coded = quantity.currency is not None or unit == "%" or quantity.kind == "area"
    try:
        return amount_in_words(
            quantity.value,
            unit if coded else f"term:{unit}",
            language,
            shipped_names(),
            qualifier=quantity.qualifier,
        )
    except (NotFound, KeyError):
        return None


def name_in_words(concept: str, language: Language) -> str | None:
    """The name of a Party or a body; None where it has none."""
    try:
        return shipped_names().name(concept, language)
    except (NotFound, KeyError):
        return None


def is_borne_out(
    message: Message,
    question: str,
    cited: Sequence[Quote],
    language: Language,
    vocabulary: Vocabulary,
) -> bool:
    """Whether what the message says stands in the words cited, and what it denies stands in the
    question and in none of them."""
    values = dict(message.values)
    said, claimed = values.get("said", ""), values.get("claimed", "")
    held = [q for text, own in cited for q in find_quantities(text, own)]
    named = {c for text, own in cited for c in vocabulary.concepts(text, own)}
    figures, names = find_quantities(said, language), _names(said, language, vocabulary)
    denied, others = find_quantities(claimed, language), _names(claimed, language, vocabulary)
    asked = find_quantities(question)
    if not (figures or names) or not (denied or others):
        return False
    if not all(any(agrees(q, other) for other in held) for q in figures) or not names <= named:
        return False
    if not all(any(_same(q, other) for other in asked) for q in denied):
        return False
    if not others <= set(vocabulary.concepts(question)) or others & named:
        return False
    return not any(_is_among(q, held) for q in denied)


def _names(text: str, language: Language, vocabulary: Vocabulary) -> frozenset[str]:
    kinds = ("party", "organization")
    return frozenset(m.concept_id for m in vocabulary.find(text, language) if m.kind in kinds)


def _same(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.iso) == (other.value, other.iso)


def _is_among(quantity: Quantity, held: Iterable[Quantity]) -> bool:
    """Whether the figure or date is among those held, whatever bounds it."""
    if quantity.kind in TIME_KINDS:
        return any(agrees(quantity, other) for other in held)
    return any(
        (quantity.value, quantity.unit) == (other.value, other.unit)
        for other in held
        if other.kind not in TIME_KINDS
    )
