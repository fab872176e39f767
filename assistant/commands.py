"""Orders to the machine around a question: what they say is not asked, and is not followed."""

import re
from itertools import pairwise
from typing import Final

from assistant.question_words import find_asking, hints
from kb.languages import Language

_MARKUP: Final = re.compile(r"</?[a-z_]+>|\[/?[A-Z]{2,}\]|<\|[a-z_]+\|>")
_EDGE: Final = re.compile(r"(?<=[.!?:؟»”\"])\s+|(?<=[。！？：，])|(?<=[,،;؛])\s+")


def without_commands(text: str, language: Language) -> str:
    """`text` without the parts, before its question, that order the machine about.

    Nothing is left out where no later part asks anything.
    """
    plain = " ".join(_MARKUP.sub(" ", text).split())
    parts = _parts(plain, language)
    begin = 0
    for index, part in enumerate(parts[:-1]):
        asks_later = any(find_asking(later, language) for later in parts[index + 1 :])
        if hints(part, language, "command") and asks_later:
            begin = index + 1
    left = " ".join(parts[begin:]).strip()
    return left if begin and left else plain or text


def _parts(text: str, language: Language) -> list[str]:
    """The sentences and clauses of `text`, parted where it says "then" too."""
    edges = {0, len(text), *(m.end() for m in _EDGE.finditer(text))}
    edges |= {start for start, _ in hints(text, language, "then")}
    cuts = sorted(edges)
    parts = (text[a:b].strip() for a, b in pairwise(cuts))
    return [part for part in parts if part]
