"""What every model of the doors shares."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MAX_QUESTION = 2_000  # characters
MAX_HITS = 100
MAX_ITEMS = 200


def _storable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("is not valid Unicode text") from error
    if "\0" in text:
        raise ValueError("holds a NUL character")
    return text


Text = Annotated[
    str, AfterValidator(_storable), Field(json_schema_extra={"pattern": r"^[^\u0000]*$"})
]


class Body(BaseModel):
    """Base of every model here: frozen, documented by its fields."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)
