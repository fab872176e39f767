"""Which paths the page answers at. Knows nothing of NiceGUI: the guards ask it."""

import re
from types import MappingProxyType
from typing import Final

from api.page_doors import PageDoors

ASSETS: Final = "/_landbrief/"
SIGN_IN: Final = "/sign-in"
SIGN_OUT: Final = "/sign-out"
UPLOAD: Final = "/documents/upload"
"""Where the page posts files: api/web/documents/taking_in.py."""
FRAMEWORK: Final = "/_nicegui/"
_SOCKET: Final = "/_nicegui_ws/"
_EXACT: Final = frozenset({"/", "/documents", "/records", "/brief", SIGN_IN, SIGN_OUT})
_BELOW: Final = ("/documents/", ASSETS, FRAMEWORK, _SOCKET)
EXPORT: Final = "/records/{kind}/file"
"""Where the rows of a grid are fetched as a file: api/web/records/file_sent.py."""
_ONE_BELOW: Final = re.compile(r"/c/[^/]+|/records/[^/]*(/file)?")

_FILES: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def page_policy(nonce: str) -> str:
    """The content security policy of one page, whose own scripts carry `nonce`.

    Vue compiles its templates in the browser, hence `unsafe-eval`; Quasar places what floats by
    style attributes, hence inline styles. Inline scripts and handlers of anybody else do not run,
    and nothing is fetched from or sent to another host.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; connect-src 'self'; font-src 'self'; "
        "img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; object-src 'none'"
    )


def page_doors() -> PageDoors:
    """What the guards of an application with the page have to know."""
    return PageDoors(
        folders=("/c/", "/documents", "/records", "/brief", "/sign-", ASSETS, "/_nicegui"),
        assets=(ASSETS, FRAMEWORK, _SOCKET),
        uploads=(UPLOAD,),
        policies=MappingProxyType(dict.fromkeys((ASSETS, FRAMEWORK), _FILES)),
    )


def is_ours(path: str) -> bool:
    """Whether the page answers at `path`."""
    return path in _EXACT or path.startswith(_BELOW) or _ONE_BELOW.fullmatch(path) is not None


def is_asset(path: str) -> bool:
    """Whether `path` is one of files without secrets, or the socket of a page: of no session."""
    return path.startswith((ASSETS, FRAMEWORK, _SOCKET))


def within(target: str) -> str:
    """`target` where it is a path of this server, else the start page: nobody is sent elsewhere."""
    is_path = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_path and is_ours(target.split("?")[0]) else "/"
