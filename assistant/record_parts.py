"""Two questions in one: a record for each."""

from typing import Final

from assistant.question import Question, Vocabulary
from assistant.question_parts import parts_of
from assistant.record_choice import Chosen, Standing, chosen
from assistant.record_claims import RecordClaim
from assistant.record_fit import fit
from assistant.record_index import RecordIndex
from assistant.record_sets import Together

_LIKELY: Final = 0.05  # of a record of the paragraph that answers best
_OF_THE_KIND: Final = 0.5
_MATCHES: Final = 30


def in_parts(
    question: Question, index: RecordIndex, standing: Standing, vocabulary: Vocabulary
) -> Together | None:
    """A record for each of two or three figures or dates that are asked for; None where one is
    not found in the paragraphs that answer best."""
    if question.adds or question.weighs:
        return None
    parts = parts_of(question, vocabulary)
    if not parts:
        return None
    found: list[Chosen] = []
    for part in parts:
        matches = index.matches(part.text, question.language, _MATCHES)
        best = next(
            (
                one
                for one in chosen(part, matches, standing)
                if one.entry.listed is None
                and one.probability >= _LIKELY
                and fit(part, one.entry).kind >= _OF_THE_KIND
                and (not found or one.entry.places & found[0].entry.places)
                and all(one.entry is not other.entry for other in found)
            ),
            None,
        )
        if best is None:
            return None
        found.append(best)
    return Together((RecordClaim(tuple(one.entry.one for one in found), joined=True),))
