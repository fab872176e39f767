"""Which paths a mounted page answers at: what the guards of the application have to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

_NO_POLICIES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PageDoors:
    """`folders` are the beginnings of its paths, whose readers it finds out by itself.

    Below `assets` lie files without secrets, below `uploads` files are posted. `policies` are the
    content security policies below a path.
    """

    folders: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    uploads: tuple[str, ...] = ()
    policies: Mapping[str, str] = field(default_factory=lambda: _NO_POLICIES)


NO_PAGE: Final = PageDoors()
