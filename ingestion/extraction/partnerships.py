"""Who stands behind an initiative: "hosted by", "with the support of"."""

import re
from collections.abc import Iterator
from typing import Final

from ingestion.extraction.proposals import Proposal
from ingestion.extraction.reading import Sentence
from ingestion.extraction.words import Cue
from kb.sentences import Span
from kb.terms import Mention

_FARTHEST_INITIATIVE: Final = 80
_FARTHEST_PARTNER: Final = 8
_LINK: Final = re.compile(
    r"\s*(?:,|،|、)?\s*(?:and|et|y|e|и|و|和|与|及|以及)?\s*(?:the|la|le|les|l['’]|el|los|las|du|de)?\s*"
)
_BREAK: Final = re.compile(r"[;:.؛；：。]")
_HAN_BY: Final = ("由", "在")


def partnerships(sentence: Sentence) -> Iterator[Proposal]:
    """A proposal for each name that a role word ties to the one initiative before it."""
    if not sentence.has("role"):
        return
    initiatives = [m for m in sentence.mentions if m.kind == "initiative"]
    if len({m.concept_id for m in initiatives}) != 1 or sentence.has("negation"):
        return
    for cue in sentence.cues:
        before = [m for m in initiatives if m.end <= cue.start]
        if cue.role != "role" or not before or not _of(sentence, before[-1], cue):
            continue
        for partner in partners_of(sentence, cue):
            fields = {
                "initiative": before[-1].concept_id,
                "partner": partner.concept_id,
                "role": cue.id,
            }
            focus = Span(partner.start, partner.end)
            yield Proposal("partnerships", fields, sentence.passage, focus, sentence.span)


def _of(sentence: Sentence, initiative: Mention, cue: Cue) -> bool:
    """Whether the role is the initiative's: near, and no other noun's in a clause between."""
    between = sentence.passage.text[initiative.end : cue.start]
    return (
        len(between) <= _FARTHEST_INITIATIVE
        and not _BREAK.search(between)
        and (
            sentence.passage.language == "zh"
            or len(between.split()) <= 3
            or between.count(",") == 1
        )
    )


def partners_of(sentence: Sentence, cue: Cue) -> list[Mention]:
    """The names that a role word is beside, as one list."""
    text = sentence.passage.text
    actors = [m for m in sentence.mentions if m.kind in ("party", "organization")]
    if sentence.passage.language == "zh":
        # 由环境署牵头: the name stands before the word, and 由 before the name.
        return [
            m
            for m in actors
            if 0 <= cue.start - m.end <= 2 and text[: m.start].rstrip().endswith(_HAN_BY)
        ]
    found: list[Mention] = []
    place = cue.end
    for actor in sorted((m for m in actors if m.start >= cue.end), key=lambda m: m.start):
        gap = text[place : actor.start]
        near = len(gap) <= _FARTHEST_PARTNER and not _BREAK.search(gap)
        if near if not found else _LINK.fullmatch(gap) is not None:
            found.append(actor)
            place = actor.end
        else:
            break
    return found
