"""The questions that one text asks, each with the names of the whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.question import FIGURE_KINDS, Question, Vocabulary
from assistant.question_reader import read_question
from assistant.question_words import find_asking

_BETWEEN: Final = re.compile(r"[,;?，；？،؛؟、]|\s(?=(?:and|et|y|e|и|а)\s|و)", re.IGNORECASE)
_EDGES: Final = " ,;?，；？،؛؟、"


def figures_asked(question: Question) -> int:
    """How many figures and dates are asked for."""
    return sum(a.kind in FIGURE_KINDS for a in find_asking(question.text, question.language))


def parts_of(question: Question, vocabulary: Vocabulary) -> tuple[Question, ...]:
    """The questions for a figure or date that `question` is made of; none where it is one, or
    where one of them asks for something else."""
    pieces = _pieces(question)
    if len(pieces) < 2:
        return ()
    parts = tuple(_parts(question, pieces, vocabulary))
    return parts if len(parts) == len(pieces) else ()


def _parts(question: Question, pieces: Sequence[str], vocabulary: Vocabulary) -> Iterator[Question]:
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
    return [text[a:b].strip(_EDGES) for a, b in pairwise(edges)]
