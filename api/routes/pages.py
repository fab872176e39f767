"""`/` and `/docs`: plain pages that load nothing from outside."""

from html import escape
from importlib.resources import files
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

_ASSETS: Final = {"page.css": "text/css", "page.js": "text/javascript"}


def routes() -> APIRouter:
    """The router."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(_read("index.html"))

    @router.get("/web/{name}")
    def asset(name: str) -> Response:
        if name not in _ASSETS:
            raise HTTPException(404, f'there is no "/web/{name}"')
        return Response(_read(name), media_type=_ASSETS[name])

    @router.get("/docs")
    def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(_read("docs.html").replace("<!-- routes -->", _listing(request)))

    return router


def _read(name: str) -> str:
    return files("api").joinpath("web", name).read_text(encoding="utf-8")


def _listing(request: Request) -> str:
    paths = request.app.openapi()["paths"]
    return "".join(
        f"<dt><code>{escape(method.upper())} {escape(path)}</code></dt>"
        f"<dd>{escape(operation.get('description') or operation['summary'])}</dd>"
        for path, operations in sorted(paths.items())
        for method, operation in operations.items()
    )
