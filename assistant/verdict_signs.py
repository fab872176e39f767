"""Whether the deciding words of a piece of text say that what is asked is so."""

from collections.abc import Iterable, Sequence
from typing import Final

from assistant.claim_words import has_role
from assistant.polarity import PAIRS, Sign, Signs, signs
from assistant.reading import ReadSentence, ReadText
from kb.sentences import Span, clauses

_NEAR: Final = 45  # code points between what puts off or denies and what is done
_PUT_OFF: Final = frozenset(("planned", "pending"))
_AFTER: Final = 4  # code points between what is done and that it is expected
_WHOLE: Final = 100
MODES: Final = frozenset(("requested", "recommended", "planned", "possible", "aimed"))
"""Stages of what is not done yet, or only wished."""


def is_so_said(
    asked: Signs,
    said: Signs,
    acts: Sequence[Span],
    extents: frozenset[str],
    text: ReadText,
    piece: Span,
) -> bool | None:
    """Whether a piece that speaks of all that is asked says that it is so; None where it is not
    sure. `asked` and `said` are the deciding words of the question and of the piece, `acts` the
    places of what is done, `extents` whether it speaks of all or of a part.
    """
    opposed, unmet = _poles(asked, said, extents)
    denials = _clusters(said.of("denial"))
    others = (*denials, *said.of("stage"))
    limits = [d for d in said.of("doubt") if not any(_touch(d, n) for n in others)]
    new = said.poles("stage") - asked.poles("stage")
    if denials:
        if len(denials) > 1 or limits or opposed or new & (MODES - {"possible"}) or unmet:
            return None
        return False if _governs(denials[0], acts, text, piece) else None
    if opposed:
        return False if len(opposed) == 1 and not (limits and opposed != ["extent"]) else None
    if new & _PUT_OFF and not asked.poles("stage") & MODES:
        late = [s for s in said.of("stage") if s.pole in _PUT_OFF]
        put_off = any(_is_before(s, acts) for s in late)
        return False if put_off and not limits and not unmet else None
    if limits or unmet or new or asked.poles("stage") & MODES - said.poles("stage"):
        return None
    return None if extents == {"part"} and not asked.poles("extent") else True


def _poles(asked: Signs, said: Signs, extents: frozenset[str]) -> tuple[list[str], list[str]]:
    """The facets of which the piece says the opposite of what is asked, and those of which it says
    nothing, or both. What is only to come is not said."""
    late = [s for s in said.of("stage") if s.pole in MODES]
    opposed: list[str] = []
    unmet: list[str] = []
    for facet, (one, other) in PAIRS.items():
        wanted = asked.poles(facet)
        if not wanted:
            continue
        own = frozenset(s.pole for s in said.found if s.facet == facet and not _is_late(s, late))
        held = extents if facet == "extent" else own
        if held == wanted:
            continue
        (opposed if held == {one, other} - wanted and len(wanted) == 1 else unmet).append(facet)
    return opposed, unmet


def _is_late(sign: Sign, late: Sequence[Sign]) -> bool:
    return any(0 <= sign.start - s.end <= _NEAR for s in late)


def extents_of(sentence: ReadSentence, piece: Span, text: ReadText) -> frozenset[str]:
    """Whether the piece speaks of all or of a part: "16 of the 18", "18 (100%)"."""
    said = signs(text.text, text.language, piece.start, piece.end).poles("extent")
    shares = [
        q.value
        for q in sentence.quantities
        if q.kind == "share" and piece.start <= q.start < piece.end
    ]
    counts = sorted(
        {
            q.value
            for q in sentence.quantities
            if q.kind in ("count", "number") and piece.start <= q.start < piece.end
        }
    )
    if len(shares) == 1 and not said:
        return frozenset(("all",) if shares[0] == _WHOLE else ("part",))
    if len(counts) == 2 and counts[0] and not said:
        between = has_role(piece.of(text.text), text.language, "partitive")
        return frozenset(("part",)) if between else said
    return said


def _clusters(denials: Sequence[Sign]) -> list[Sign]:
    """Denials, those of one phrase ("n'a pas", "ne … aucun") as one."""
    kept: list[Sign] = []
    for one in denials:
        if not kept or one.start - kept[-1].end > 3:
            kept.append(one)
    return kept


def _touch(one: Sign, other: Sign, within: int = 14) -> bool:
    """Whether two words are of one phrase: "ne comprend pas", "没有"."""
    return one.start <= other.end + 1 and other.start <= one.end + within


def _is_before(sign: Sign, acts: Iterable[Span]) -> bool:
    """Whether it puts off what is asked: "will be launched", "its launch is expected"."""
    return any(
        0 <= act.start - sign.end <= _NEAR or 0 <= sign.start - act.end <= _AFTER for act in acts
    )


def _governs(denial: Sign, acts: Sequence[Span], text: ReadText, piece: Span) -> bool:
    """Whether the denial stands in a clause with what is asked, near it."""
    own = next(
        (c for c in clauses(text.text, piece, text.language) if c.start <= denial.start < c.end),
        piece,
    )
    near = [
        act
        for act in acts
        if own.holds(act) and min(abs(act.start - denial.end), abs(denial.start - act.end)) <= _NEAR
    ]
    return bool(near)
