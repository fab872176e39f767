"""What went wrong, as one line."""

from typing import Any, TypeVar

from pydantic import ValidationError

from api.schemas import Body
from kb.errors import LandBriefError

_B = TypeVar("_B", bound=Body)


def checked(model: type[_B], **values: Any) -> _B:
    """The request that `values` make; LandBriefError names the part that is wrong."""
    try:
        return model(**values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LandBriefError(f"{where}: {first['msg']}") from error


def checked_text(argument: str) -> str:
    """`argument`, unless the terminal sent bytes that are no text: then LandBriefError."""
    try:
        argument.encode()
    except UnicodeEncodeError as error:
        raise LandBriefError(f'"{argument}" is not valid Unicode text') from error
    return argument
