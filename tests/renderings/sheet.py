"""Pages as plain values: what is drawn where, in points from the top left corner."""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from .fonts import Face

WIDTH: Final = 595.28
HEIGHT: Final = 841.89


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Text on a baseline; `x` is its left edge in either direction."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    thickness: float = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled grey or only outlined."""

    x: float
    y: float
    width: float
    height: float
    filled: bool = False


Mark: TypeAlias = Glyphs | Rule | Box


@dataclass(slots=True)
class Page:
    """One page's marks in drawing order, which is the order of its text layer."""

    marks: list[Mark] = field(default_factory=list)
