"""Mounts the page on an application: the one place that starts the framework."""

import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from api.desk import Desk
from api.operations.lines import Line
from api.operations.overload import Lane
from api.opinions import Opinions
from api.responses import unexpected_response
from api.security.access import Access
from api.security.rates import Rates
from api.web.admission import Admission
from api.web.background import Work
from api.web.doors import ASSETS, EXPORT, SIGN_IN, SIGN_OUT, UPLOAD
from kb.settings import Settings

FOLDER: Final = "page"
"""Folder of a home for what is remembered of sessions: languages, colours, ids of keys."""
_SIGNATURE: Final = "cookie-signature"
_COOKIE: Final = "landbrief"
_COOKIE_SECONDS: Final = 30 * 24 * 3600
_FORGOTTEN_SECONDS: Final = 90 * 24 * 3600
"""After which what is remembered of a session goes, if nothing of it was changed meanwhile."""
_AWAY_SECONDS: Final = 60.0
"""How long the server keeps a page whose browser went away."""
_PING_SECONDS: Final = 10


def mount_page(
    app: FastAPI,
    *,
    public: Desk,
    own: Desk,
    access: Access,
    lines: Mapping[Lane, Line],
    settings: Settings,
    opinions: Opinions | None = None,
) -> None:
    """Have `app`, made with `page_doors()`, answer at the paths of the page too.

    Once in a process: the framework keeps one application for all. `own` is the desk of who may
    see internal documents.
    """
    folder = _private_folder(settings)
    os.environ["NICEGUI_STORAGE_PATH"] = str(folder)  # read when the framework is imported
    from nicegui import app as framework
    from nicegui import core, ui

    from api.app import UPLOADS
    from api.web.assets import Assets
    from api.web.documents.taking_in import TakingIn
    from api.web.door import PageDoor
    from api.web.pages import register
    from api.web.reception import Reception
    from api.web.records.file_sent import FileSent
    from api.web.signing_in import SigningIn

    by_key = Rates(settings.key_requests_per_minute)
    by_address = Rates(settings.address_requests_per_minute)
    admission = Admission(access, by_key, by_address)
    work = Work(public, own, admission, lines, opinions)
    register(Reception(admission, work))
    assets, signing_in = Assets(), SigningIn(admission)
    taking_in = TakingIn(admission, work, settings.home.expanduser() / UPLOADS)
    framework.add_route(f"{ASSETS}{{version}}/{{name}}", assets.serve)
    framework.add_route(SIGN_IN, signing_in.sign_in, methods=["POST"])
    framework.add_route(SIGN_OUT, signing_in.sign_out, methods=["POST"])
    framework.add_route(UPLOAD, taking_in.take, methods=["POST"])
    framework.add_route(EXPORT, FileSent(admission, work).send, methods=["GET"])
    ui.add_head_html(assets.head, shared=True)
    if settings.api_workers:
        # A socket may reach any worker, and cannot be handed on; a request can, and is.
        framework.config.socket_io_js_transports = ["polling"]
    ui.run_with(
        app,
        title="LandBrief",
        favicon=_MARK,
        dark=None,
        reconnect_timeout=_AWAY_SECONDS,
        binding_refresh_interval=None,
        gzip_middleware_factory=None,  # the application compresses already
        tailwind=False,
        show_welcome_message=False,
        storage_secret=_secret(folder),
        session_middleware_kwargs={
            "session_cookie": _COOKIE,
            "max_age": _COOKIE_SECONDS,
            "same_site": "lax",
            "https_only": False,
        },
    )
    # At all other paths the application answers as without the page.
    app.router.routes.pop()
    app.router.routes.insert(0, PageDoor(core.app, core.app.router))
    core.app.add_exception_handler(Exception, _failed)
    core.sio.eio.cors_allowed_origins = []  # the guard knows whose pages may connect
    core.sio.handlers["/"].pop("log", None)  # browsers write nothing into the server's log
    framework.storage.max_tab_storage_age = _AWAY_SECONDS  # nothing is kept by tab
    framework.on_startup(_notice_soon)


def _notice_soon() -> None:
    from nicegui import core

    core.sio.eio.ping_interval = _PING_SECONDS
    core.sio.eio.ping_timeout = _PING_SECONDS


def _failed(_: Request, __: Exception) -> Response:
    return unexpected_response()  # the framework's own page would name the error


def _private_folder(settings: Settings) -> Path:
    folder = settings.home.expanduser().resolve() / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    longest_ago = time.time() - _FORGOTTEN_SECONDS
    for session in folder.glob("storage-user-*.json"):
        if session.stat().st_mtime < longest_ago:
            session.unlink(missing_ok=True)
    return folder


def _secret(folder: Path) -> str:
    """What cookies are signed with: made once for a home, and readable by its user alone."""
    path = folder / _SIGNATURE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made := secrets.token_urlsafe(32))
    return made


_MARK: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">'
    '<rect width="20" height="20" rx="4" fill="#2f6b4f"/>'
    '<path d="M10 16.5V9M10 11C6 11 4 9 4 5.5c4 0 6 1.8 6 5.5M10 9c0-3 2-4.8 6-5 0 3.5-2 5.5-6 5.5"'
    ' fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>'
    "</svg>"
)
