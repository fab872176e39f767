"""The OpenAPI document that is committed, and the one that the application gives.

`python tests/openapi_snapshot.py` writes it anew: read the difference before you commit it, for
other people's programs were written from it.
"""

import json
from pathlib import Path
from typing import Any

from api.app import app_over
from kb.settings import Settings

FILE = Path(__file__).parents[1] / "docs" / "openapi.json"


def snapshot() -> dict[str, Any]:
    """The one that is committed."""
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return document


def current() -> dict[str, Any]:
    """The one that the application gives."""
    settings = Settings(_env_file=None, home=Path("nowhere"))  # type: ignore[call-arg]
    desk: Any = object()
    return app_over(desk, desk, settings).openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Method and path of each operation."""
    return [
        (method.upper(), path) for path, of_one in document["paths"].items() for method in of_one
    ]


if __name__ == "__main__":
    text = json.dumps(current(), ensure_ascii=False, indent=1, sort_keys=True)
    FILE.write_text(text + "\n", encoding="utf-8")
