"""Words that a sentence cannot lose or gain without saying something else: "may", "all", "only".

From `kb/data/draft_words.csv`: roles `hedge`, `count` and `change`; `neutral` are words that a
sentence may begin with of its own, for they say nothing of the matter.
"""

from typing import Final, Literal

from assistant.claim_words import patterns_of
from assistant.content_words import content_words
from kb.languages import Language

Role = Literal["hedge", "count", "change", "neutral"]
HEDGES: Final[tuple[Role, ...]] = ("hedge",)
AMOUNTS: Final[tuple[Role, ...]] = ("count", "change")


def qualifiers(text: str, language: Language, roles: tuple[Role, ...]) -> frozenset[str]:
    """Ids of the words of some roles that `text` has."""
    patterns = patterns_of("draft_words", language)
    return frozenset(
        key for role in roles for key, found in patterns[role].items() if found.search(text)
    )


def without_neutral(text: str, language: Language) -> str:
    """`text` with the neutral words blanked that it begins with; offsets stay."""
    patterns = patterns_of("draft_words", language)["neutral"].values()
    found = sorted((m.start(), m.end()) for p in patterns for m in p.finditer(text))
    for start, end in found:
        if next(content_words(text[:start], language), None) is not None:
            break
        text = text[:start] + " " * (end - start) + text[end:]
    return text
