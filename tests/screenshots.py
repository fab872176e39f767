"""`make screenshots`: each place in both widths, as the README shows them.

Add a row to `SHOTS` for a page worth showing; `before` brings it into the state to show.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api_serving import ROOT, serving
from browser import WIDTHS, chromium_path, ready, started_browser
from playwright.sync_api import Page

FOLDER = ROOT / "docs" / "screenshots"
_SETTLED_MS = 400


@dataclass(frozen=True)
class Shot:
    """One page: `name` begins its files."""

    name: str
    path: str
    widths: tuple[str, ...] = ("narrow", "wide")
    language: str = "en"
    theme: str = "light"
    before: Callable[[Page], None] | None = None


SHOTS: list[Shot] = [
    Shot("ask", "/"),
    Shot("ask-arabic", "/", language="ar"),
    Shot("ask-dark", "/", ("wide",), theme="dark"),
    Shot("documents", "/documents"),
    Shot("records", "/records"),
    Shot("briefing", "/brief"),
]


def main(wanted: list[str]) -> int:
    """Take the shots whose names begin with one of `wanted`, or all."""
    if chromium_path() is None:
        sys.stderr.write("no Chromium on the PATH: install one, or name it by LANDBRIEF_CHROMIUM\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    shots = [one for one in SHOTS if not wanted or one.name.startswith(tuple(wanted))]
    with (
        tempfile.TemporaryDirectory() as home,
        serving(Path(home)) as (address, _),
        started_browser() as browser,
    ):
        for shot in shots:
            for width in shot.widths:
                context = browser.new_context(
                    viewport={"width": WIDTHS[width][0], "height": WIDTHS[width][1]},
                    locale=shot.language,
                    color_scheme=shot.theme,  # type: ignore[arg-type]
                    reduced_motion="reduce",
                )
                page = context.new_page()
                page.goto(address + shot.path)
                ready(page)
                if shot.before:
                    shot.before(page)
                page.wait_for_timeout(_SETTLED_MS)
                file = FOLDER / f"{shot.name}-{WIDTHS[width][0]}.png"
                page.screenshot(path=file)
                sys.stdout.write(f"{file.relative_to(ROOT)}\n")
                context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
