"""Two questions in one: a record for each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.question import FIGURE_KINDS, Question, Vocabulary
from assistant.question_reader import read_question
from assistant.question_words import find_asking
from assistant.record_choice import Chosen, Standing, chosen
from assistant.record_claims import RecordClaim
from assistant.record_fit import fit
from assistant.record_index import RecordIndex
from assistant.record_sets import Together

_BETWEEN: Final = re.compile(r"[,;，；،؛、]|\s(?=(?:and|et|y|e|и|а)\s|و)", re.IGNORECASE)
_LIKELY: Final = 0.05  # of a record of the paragraph that answers best
_OF_THE_KIND: Final = 0.5
_MATCHES: Final = 30


def in_parts(
    question: Question, index: RecordIndex, standing: Standing, vocabulary: Vocabulary
) -> Together | None:
    """A record for each of two or three figures or dates that are asked for; None where one is
    not found in the paragraphs that answer best."""
    pieces = _pieces(question)
    if len(pieces) < 2 or question.adds or question.weighs:
        return None
    parts = list(_parts(question, pieces, vocabulary))
    if len(parts) < len(pieces):
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


def _parts(question: Question, pieces: Sequence[str], vocabulary: Vocabulary) -> Iterator[Question]:
    """The questions that `question` is made of, each with the names of the whole."""
    names = " ".join(m.text for m in question.names if m.kind != "term")
    for piece in pieces:
        own = read_question(piece, vocabulary, question.reader)
        if own.kind not in FIGURE_KINDS:
            return
        bare = not any(m.kind != "term" for m in own.names)
        whole = read_question(f"{piece} ({names})", vocabulary, question.reader) if bare else own
        yield replace(whole, language=question.language, kinds=own.kinds)


def _pieces(question: Question) -> Sequence[str]:
    """The text, cut at the last mark or conjunction before each further question word."""
    text = question.text
    asked = [a for a in find_asking(text, question.language) if a.kind in FIGURE_KINDS]
    edges = [0]
    for one, other in pairwise(asked):
        cuts = [m.start() for m in _BETWEEN.finditer(text, one.end, other.start)]
        if not cuts:
            return ()
        edges.append(cuts[-1])
    edges.append(len(text))
    return [text[a:b].strip(" ,;，；،؛、") for a, b in pairwise(edges)]
