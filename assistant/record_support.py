"""Whether the figures of a statement about records stand in the paragraphs that it cites."""

from collections.abc import Iterable
from functools import lru_cache

from assistant.record_claims import RecordClaim, computed
from kb.languages import Language
from kb.passages import Passage
from kb.quantities import Quantity, agrees, find_quantities


def unsupported(
    text: str, claim: RecordClaim, language: Language, cited: Iterable[Passage]
) -> tuple[Quantity, ...]:
    """The figures and dates of `text` that no paragraph cited says; what is computed may be new."""
    held = [q for passage in cited for q in _read(passage.text, passage.language)]
    result = computed(claim) if claim.operation is not None else None
    return tuple(
        q
        for q in _read(text, language)
        if not any(agrees(q, other) for other in held)
        and not (result is not None and q.iso is None and q.value == result)
    )


@lru_cache(maxsize=2_000)
def _read(text: str, language: Language) -> tuple[Quantity, ...]:
    return tuple(find_quantities(text, language))
