"""The page's own files, at addresses that change when they do."""

import hashlib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.web.door import FOREVER
from api.web.doors import ASSETS
from api.web.theme import tokens_css

_CSS: Final = "text/css; charset=utf-8"
_SCRIPT: Final = "text/javascript; charset=utf-8"
_PICTURE: Final = "image/svg+xml"


class Assets:
    """Read once; every style sheet of `static/` is one file to the browser, and every script."""

    def __init__(self) -> None:
        folder = files("api.web").joinpath("static")
        texts = {
            one.name: one.read_text(encoding="utf-8")
            for one in folder.iterdir()
            if one.name.endswith((".css", ".js", ".svg"))
        }
        styles = [texts[name] for name in sorted(texts) if name.endswith(".css")]
        # theme.css comes first: others refine it.
        styles.sort(key=lambda text: text != texts["theme.css"])
        scripts = [texts[name] for name in sorted(texts) if name.endswith(".js")]
        self._files: Mapping[str, tuple[str, str]] = {
            "page.css": (tokens_css() + "\n".join(styles), _CSS),
            "page.js": ("\n".join(scripts), _SCRIPT),
            **{name: (texts[name], _PICTURE) for name in texts if name.endswith(".svg")},
        }
        told = "".join(text for text, _ in self._files.values())
        self.version = hashlib.blake2b(told.encode(), digest_size=6).hexdigest()

    @property
    def head(self) -> str:
        """What loads them."""
        at = escape(f"{ASSETS}{self.version}")
        return (
            f'<link rel="stylesheet" href="{at}/page.css">\n'
            f'<script defer src="{at}/page.js"></script>'
        )

    def serve(self, request: Request) -> Response:
        """Answer a request for one; an old address gets the new file, which is not kept."""
        text, media = self._files.get(request.path_params["name"], ("", ""))
        if not media:
            return Response(status_code=404)
        current = _digest(text) if media == _PICTURE else self.version
        is_current = request.path_params["version"] == current
        keep = FOREVER if is_current else "no-store"
        return Response(text, media_type=media, headers={"Cache-Control": keep})


@cache
def picture(name: str) -> str:
    """The address of a picture of `static/`, such as `world.svg`; it changes with the picture."""
    text = files("api.web").joinpath("static").joinpath(name).read_text(encoding="utf-8")
    return f"{ASSETS}{_digest(text)}/{name}"


@cache
def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
