"""Where LandBrief's summary in the reader's language says a record: what is cited of it where the
original's sentence alone does not tell whom it is about."""

from collections.abc import Iterator

from assistant.evidence import top_label
from assistant.knowledge import Knowledge
from kb.errors import NotFound
from kb.languages import Language
from kb.records.clauses import Finder, find_anchor
from kb.records.record import Record
from kb.records.sources import Source
from kb.sentences import sentences


def summary_sources(
    record: Record, kb: Knowledge, language: Language, finder: Finder
) -> Iterator[Source]:
    """The sentence of each summary in `language` that holds the record's figure, date or name."""
    for anchor in record.sources:
        try:
            passage = kb.passage(
                anchor.document_id, top_label(anchor.paragraph), language=language, edition="digest"
            )
        except NotFound:
            continue
        if (passage.language, passage.edition) != (language, "digest"):
            continue
        found = find_anchor(passage.text, anchor.text) or finder.find(
            record, anchor.text, passage.text, language
        )
        if found is None or passage.status != "current" or passage.superseded_by:
            continue
        for sentence in sentences(passage.text, language):
            if sentence.start <= found[0] < sentence.end:
                yield Source(
                    passage.document_id,
                    passage.symbol,
                    passage.session,
                    anchor.paragraph,
                    anchor.text,
                    sentence.of(passage.text),
                    sentence.start,
                    sentence.end,
                    passage.language,
                    passage.edition,
                    passage.version,
                    "current",
                    passage.superseded_by,
                    passage.corrected_by,
                )
