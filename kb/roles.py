"""What a key lets its bearer do."""

from typing import Final, Literal

Role = Literal["reader", "editor", "admin"]
ROLES: Final[tuple[Role, ...]] = ("reader", "editor", "admin")
"""From the least to the most: each may do what those before it may."""
