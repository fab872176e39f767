"""Settings as a reader sees them."""

from typing import Final

from pydantic import SecretStr

from kb.settings import PREFIX, Settings, source_of

HIDDEN: Final = "********"


def listed(settings: Settings) -> list[dict[str, str | None]]:
    """Name, value, source and description of every setting; a secret's value is HIDDEN."""
    return [
        {
            "name": PREFIX + field.upper(),
            "value": _value(getattr(settings, field)),
            "source": source_of(field),
            "description": info.description,
        }
        for field, info in type(settings).model_fields.items()
    ]


def _value(value: object) -> str | None:
    if value is None:
        return None
    return HIDDEN if isinstance(value, SecretStr) else str(value)
