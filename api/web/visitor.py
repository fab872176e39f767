"""Who looks at a page: her language, her colours, what she may do, and her desk."""

from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

from api.desk import Desk
from api.operations.overload import Lane
from api.security.callers import Caller
from api.web import words
from api.web.background import Work
from api.web.saying import said
from api.web.theme import THEMES, Theme
from kb.languages import LANGUAGES, Language
from kb.roles import Role

LANGUAGE: Final = "language"
THEME: Final = "theme"
KEY: Final = "key_id"
"""What is remembered of a session, on the server."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever opened one page, as she was when it was opened; `caller` is None until she signs in.

    Her desk is only reached by `call` and `steps`, which look anew whether she still may.
    """

    language: Language
    theme: Theme
    caller: Caller | None
    asks_key: bool
    work: Work = field(repr=False, compare=False)
    session: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)
    """What is remembered of her session while it lasts; None where she comes without one."""

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Of her language."""
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def owner(self) -> str | None:
        """Whose her conversations are: the id of her key; None without one."""
        return self.caller.key_id if self.caller else None

    def may(self, role: Role) -> bool:
        """Whether to offer what `role` may do."""
        return self.caller is not None and self.caller.may(role)

    def say(self, key: str, **values: str) -> str:
        """Words in her language."""
        return words.say(self.language, key, **values)

    def say_count(self, key: str, count: int, **values: str) -> str:
        """Words for so many in her language."""
        return words.say_count(self.language, key, count, **values)

    def said(self, error: BaseException) -> str:
        """An error in her language."""
        return said(self.language, error)

    async def call(self, lane: Lane | None, job: Callable[[Desk], _T], role: Role = "reader") -> _T:
        """What `job` makes of her desk, off the event loop: see `Work.call`."""
        return await self.work.call(self._here(), lane, job, role)

    def steps(
        self,
        lane: Lane,
        begin: Callable[[Desk, Callable[[], bool]], Generator[_T]],
        role: Role = "reader",
    ) -> AsyncGenerator[_T]:
        """The steps of what `begin` makes of her desk, each as it comes: see `Work.steps`."""
        return self.work.steps(self._here(), lane, begin, role)

    def _here(self) -> Caller | None:
        """Who she is; nobody once she has signed out, on whichever of her pages she did."""
        if self.session is not None and self.owner != self.session.get(KEY):
            return None
        return self.caller


def language_of(stored: Mapping[str, Any], accepted: str) -> Language:
    """What she chose, else the first of the six that her browser (`Accept-Language`) names."""
    chosen = next((one for one in LANGUAGES if one == stored.get(LANGUAGE)), None)
    if chosen is not None:
        return chosen
    named = [_weighed(part, nth) for nth, part in enumerate(accepted.split(","))]
    for _, _, tag in sorted(named):
        language = next((one for one in LANGUAGES if tag.split("-")[0] == one), None)
        if language is not None:
            return language
    return "en"


def theme_of(stored: Mapping[str, Any]) -> Theme:
    """What she chose, else that of her device."""
    return next((one for one in THEMES if one == stored.get(THEME)), "system")


def _weighed(part: str, nth: int) -> tuple[float, int, str]:
    """What to sort the parts of the header by: the greatest weight, then the first."""
    tag, _, weight = part.partition(";")
    try:
        value = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        value = 0.0
    # A weight of 0 says that she does not want it.
    return (-value, nth, tag.strip().lower() if value > 0 else "")
