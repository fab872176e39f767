"""The sources of records as citations."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.drafts import DraftCitation
from assistant.evidence import HeldRecord, Source, top_label
from assistant.record_choice import Place
from kb.records.sources import Source as RecordSource


def place_of(source: RecordSource) -> Place:
    """Where a source stands."""
    return source.document_id, top_label(source.paragraph)


def citable(
    sources: Iterable[RecordSource], text_of: Callable[[RecordSource], Source | None]
) -> Iterator[tuple[DraftCitation, Source]]:
    """Those of the sources whose words still stand in the text in force, with that text."""
    for source in sources:
        if source.standing != "current" or source.quote is None:
            continue
        text = text_of(source)
        if text is None or source.start is None or source.end is None:
            continue
        passage = text.passage
        if passage.text[source.start : source.end] != source.quote:
            continue
        citation = DraftCitation(
            passage.document_id,
            text.deepest(source.start, source.end),
            passage.language,
            passage.edition,
            passage.version,
            source.start,
            source.end,
            source.quote,
        )
        yield citation, text


def shared_places(held: Sequence[HeldRecord]) -> frozenset[Place]:
    """Where all of the records stand: one paragraph is enough for a list."""
    each = [{place_of(source) for source in one.sources if source.quote} for one in held]
    return frozenset(set.intersection(*each)) if each else frozenset()
