"""Every number of the recipe in one place."""

from dataclasses import dataclass, field
from typing import Final

SEED: Final = 20241202


@dataclass(frozen=True)
class Task:
    """One kind of batch: how many pairs it holds, and how often it is drawn."""

    rows: int
    share: float


@dataclass(frozen=True)
class Recipe:
    """What a training run does; the shipped model is the default one."""

    seed: int = SEED
    threads: int = 2  # another number of threads adds in another order
    pieces: int = 80_000
    dimensions: int = 256
    nested: tuple[int, ...] = (256, 128, 64)
    nested_weights: tuple[float, ...] = (1.0, 0.5, 0.5)
    scale: float = 20.0
    steps: int = 24_000
    rate: float = 0.05
    first_square: float = 1e-10
    first_size: float = 0.01
    favoured: dict[str, float] = field(default_factory=lambda: {"ar": 1.6})  # drawn more often
    taught: float = 0.0  # of the texts that the teacher can encode in some ten minutes
    longest: int = 192  # pieces of a text that training reads
    tasks: dict[str, Task] = field(
        default_factory=lambda: {
            "domain": Task(512, 0.26),
            "terms": Task(768, 0.08),
            "general": Task(768, 0.16),
            "dictionary": Task(1024, 0.14),
            "senses": Task(768, 0.04),
            "questions": Task(256, 0.24),
            "halves": Task(384, 0.08),
            "teacher": Task(768, 0.06),
        }
    )


TINY: Final = Recipe(
    pieces=2_000, dimensions=32, nested=(32, 16), nested_weights=(1.0, 0.3), taught=0.001, steps=20
)
