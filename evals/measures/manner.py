"""How an answer is said: briefly, and in the language of the question."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assistant.answer import Citation, Statement
from evals.figures import language_of
from evals.matching import Names, Said
from evals.questions import Question
from kb.languages import Language

MOST_WORDS: Final = 60
MOST_HAN: Final = 150

_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def length_share(texts: Sequence[str]) -> float:
    """Length of an answer as a share of what is allowed: 60 words or 150 Han characters.

    Words and Han characters of a mixed answer add up, each by its own measure.
    """
    whole = " ".join(texts)
    han = len(_HAN.findall(whole))
    words = sum(any(c.isalnum() for c in word) for word in _HAN.sub(" ", whole).split())
    return words / MOST_WORDS + han / MOST_HAN


def is_brief(question: Question, statements: Sequence[Statement], names: Names | None) -> bool:
    """Whether the first statement says all that is asked, and the whole stays within bounds."""
    if not statements or length_share([s.text for s in statements]) > 1:
        return False
    return Said([statements[0].text], question.language, names).judge(question).right


def in_language(
    statements: Sequence[Statement], citations: Sequence[Citation], language: Language
) -> float:
    """Share of the statements, quotes left out, that are in `language`, in [0, 1].

    A digest is in the language of the edition that it cites, whatever introduces it; a statement
    of a few Latin words counts as in any language of that script. Raises ValueError where all are
    quotes.
    """
    own = [s for s in statements if s.kind != "quote"]
    if not own:
        raise ValueError("only quotes: the language is undefined")
    cited = {citation.n: citation.language for citation in citations}
    return sum(_is_in(one, cited, language) for one in own) / len(own)


def _is_in(statement: Statement, cited: Mapping[int, Language], language: Language) -> bool:
    if statement.kind == "digest":
        return all(cited.get(n, language) == language for n in statement.citations)
    return language_of(statement.text, language) == language
