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
from PIL import Image
from playwright.sync_api import Page

FOLDER = ROOT / "docs" / "screenshots"
_SETTLED_MS = 400
_COLOURS = 192
_ANSWERED_MS = 30_000


@dataclass(frozen=True)
class Shot:
    """One page: `name` begins its files."""

    name: str
    path: str
    widths: tuple[str, ...] = ("narrow", "wide")
    language: str = "en"
    theme: str = "light"
    before: Callable[[Page], None] | None = None


def _first_answered(page: Page) -> None:
    """The first question of the page asked, and the source of its answer opened."""
    page.locator(".ask-starter").first.click()
    page.locator(".ask-text .lb-chip").first.click(timeout=_ANSWERED_MS)
    page.locator(".lb-source mark").first.wait_for()


def _rows(page: Page) -> None:
    """The first rows of a grid read."""
    page.locator(".rec-row").first.wait_for()


def _first_row_opened(page: Page) -> None:
    """The source of the first row of a grid opened."""
    page.locator(".rec-row .lb-chip").first.click()
    page.locator(".lb-source mark").first.wait_for()


def _drawn_map(page: Page) -> None:
    """The outlines of the first map read."""
    page.wait_for_function(
        "document.querySelector('.lb-map use')?.getBoundingClientRect().width > 100"
    )


def _note_is_written(page: Page) -> None:
    """A note written, which a server on a busy machine takes a while for."""
    page.locator(".brief-note").wait_for(timeout=_ANSWERED_MS)


def _note_is_edited(page: Page) -> None:
    """A statement left out, and the place for a remark opened."""
    _note_is_written(page)
    page.click("#brief-edit")
    page.locator(".brief-line [id^='do-']").first.click()
    page.locator("[id^='sum-replace-']").first.click()


_NOTE = "/brief?topic=Riyadh+Global+Drought+Resilience+Partnership&language=en"
_NOTE_ARABIC = "/brief?topic=التحالف+الدولي+للقدرة+على+تحمل+الجفاف&language=ar"

SHOTS: list[Shot] = [
    Shot("ask", "/"),
    Shot("ask-answer", "/", before=_first_answered),
    Shot("ask-arabic", "/", ("narrow",), language="ar", before=_first_answered),
    Shot("ask-dark", "/", ("wide",), theme="dark", before=_first_answered),
    Shot("documents", "/documents", ("wide",)),
    Shot("documents-reader", "/documents/CRIC(23), item 2(a)?paragraph=89"),
    Shot(
        "documents-side-by-side",
        "/documents/ICCD/COP(16)/4?language=en&beside=ar-digest&paragraph=39",
        ("wide",),
    ),
    Shot("records", "/records/funding", ("wide",), before=_rows),
    Shot(
        "records-filtered",
        "/records/partnerships?initiative=rgdrp",
        ("wide",),
        language="ar",
        before=_first_row_opened,
    ),
    Shot("records-charts", "/records/milestones?view=charts", ("wide",)),
    Shot("records-map", "/records/participations?view=charts", ("wide",), before=_drawn_map),
    Shot("records-flow", "/records/partnerships?view=charts", ("wide",), language="ar"),
    Shot("records-findings", "/records/findings", ("wide",)),
    Shot("briefing-note", _NOTE, before=_note_is_written),
    Shot("briefing-note-arabic", _NOTE_ARABIC, ("narrow",), language="ar", before=_note_is_written),
    Shot("briefing-edit", _NOTE, ("wide",), before=_note_is_edited),
]


def _made_small(file: Path) -> None:
    """The page has few colours: a palette of them makes its picture a third of the size."""
    with Image.open(file) as image:
        image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


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
                _made_small(file)
                sys.stdout.write(f"{file.relative_to(ROOT)}\n")
                context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
