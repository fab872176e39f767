"""A server and a real browser: Debian's Chromium, headless, driven by Playwright.

    from browser import *  # noqa: F403  (the fixtures: chromium, served, opened)

Tests are skipped where there is no Chromium on the PATH; LANDBRIEF_CHROMIUM names another one.
"""

import functools
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from api_serving import ROOT, serving
from playwright.sync_api import Browser, Error, Page, sync_playwright

__all__ = [
    "Opened",
    "chromium",
    "console_errors",
    "opened",
    "outside_requests",
    "ready",
    "served",
    "started_browser",
    "violations",
]

WIDTHS = {"narrow": (390, 844), "wide": (1440, 900)}
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_AXE = ROOT / "build" / "axe" / "axe.min.js"
_AXE_PACKAGE = "axe-core@4"
_READY_MS = 20_000
_SERIOUS = {"serious", "critical"}
# Every module that imports a fixture has one of its own, whatever its scope: they share these.
_STARTED: list[Browser] = []
_SERVED: list[str] = []

Opened = Callable[..., Page]
"""`opened(path="/", width="wide", language="en", address=…, theme="light")`."""


def chromium_path() -> str | None:
    """Where the browser is."""
    named = os.environ.get("LANDBRIEF_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return named or next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def started_browser() -> Iterator[Browser]:
    """One with an empty profile, which it leaves behind nowhere."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(_FLAGS), headless=True
        )
        try:
            yield browser
        finally:
            with suppress(Error):
                browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if chromium_path() is None:
        pytest.skip("no Chromium on the PATH: install one, or name it by LANDBRIEF_CHROMIUM")
    if _STARTED:
        yield _STARTED[0]
        return
    with started_browser() as browser:
        _STARTED.append(browser)
        yield browser
        _STARTED.clear()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server without keys that all test modules share: leave it as it was."""
    if _SERVED:
        yield _SERVED[0]
        return
    with serving(tmp_path_factory.mktemp("page-home")) as (address, _):
        _SERVED.append(address)
        yield address
        _SERVED.clear()


@pytest.fixture
def opened(chromium: Browser, served: str) -> Iterator[Opened]:
    """Opens pages; what the console and the network did is asked of each afterwards."""
    contexts = []

    def open_page(
        path: str = "/",
        *,
        width: str = "wide",
        language: str = "en",
        address: str = "",
        theme: str = "light",
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": WIDTHS[width][0], "height": WIDTHS[width][1]},
            locale=language,
            color_scheme=theme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        listen(page)
        page.goto((address or served) + path)
        return ready(page)

    yield open_page
    for context in contexts:
        context.close()


def listen(page: Page) -> None:
    """Note what the page says and asks for, for `console_errors` and `outside_requests`."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: said.append(str(one)))
    page.on("request", lambda one: asked.append(one.url))
    page.said, page.asked = said, asked  # type: ignore[attr-defined]


def ready(page: Page) -> Page:
    """The page once it is built, and connected to the server."""
    page.wait_for_selector("html[data-ready]", timeout=_READY_MS)
    return page


def console_errors(page: Page) -> list[str]:
    """What its console has said in red."""
    return list(page.said)  # type: ignore[attr-defined]


def outside_requests(page: Page) -> list[str]:
    """What it asked of any other server than its own."""
    own = urlsplit(page.url).netloc
    asked: list[str] = page.asked  # type: ignore[attr-defined]
    return [
        url
        for url in asked
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own
    ]


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical, a line each. Skips where npm cannot get it."""
    # Not as a script element: the page's policy would not let it run.
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate("axe.run(document).then(r => r.violations)")
    return [
        f"{one['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for one in found
        if one["impact"] in _SERIOUS
        for node in one["nodes"]
    ]


@functools.cache
def _axe() -> str:
    if not _AXE.exists():
        _fetch_axe(_AXE.parent)
    return _AXE.read_text(encoding="utf-8")


def _fetch_axe(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("axe-core comes from npm, which is not here")
    folder.mkdir(parents=True, exist_ok=True)
    ran = subprocess.run(
        [npm, "pack", _AXE_PACKAGE, "--silent"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if ran.returncode:
        pytest.skip(f"npm cannot get axe-core: {ran.stderr.strip()[-200:]}")
    packed = folder / ran.stdout.strip().splitlines()[-1]
    subprocess.run(
        ["tar", "-xzf", packed.name, "--strip-components=1", "package/axe.min.js"],
        cwd=folder,
        check=True,
        timeout=60,
    )
