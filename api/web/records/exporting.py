"""Takes the rows of a grid away: CSV, XLSX, a link to the same records in the API."""

from collections.abc import Callable
from typing import Final

from babel.numbers import format_decimal
from nicegui import ui
from nicegui.element import Element

from api.record_sheets import xlsx
from api.schemas import RecordBody
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.records.asked import Asked
from api.web.records.file_sent import page_of
from api.web.visitor import Visitor

MOST_IN_XLSX: Final = 20_000
"""A workbook is made in memory: of more rows a CSV file is better, which spreadsheets open too."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_menu(visitor: Visitor, frame: Frame, shown: Callable[[], tuple[Asked, int]]) -> Element:
    """Build its button where it is called; `shown` is what is asked now, and how many they are."""
    say = visitor.say
    with element("div", classes="lb-no-print rec-export") as whole:
        opener = element(
            "button", classes="lb-button-quiet", type="button", popovertarget="rec-export"
        )
        with opener:
            icon("download")
            element("span", say("records.export"))
        with element(
            "div",
            classes="rec-choices rec-export-menu",
            id="rec-export",
            popover="auto",
            role="dialog",
            aria_label=say("records.export"),
        ) as menu:
            working = element("p", classes="lb-quiet lb-small rec-choice-none", role="status")

            def tell(done: int) -> None:
                working.set_text(visitor.say_count("records.exported", done))

            def save_csv() -> None:
                asked, _ = shown()
                menu.run_method("hidePopover")
                # Not over the socket, which a large file would keep busy for too long.
                ui.download.from_url(asked.file_path)

            async def save_xlsx() -> None:
                asked, total = shown()
                if total > MOST_IN_XLSX:
                    most = format_decimal(MOST_IN_XLSX, locale=visitor.language)
                    working.set_text(say("records.too_many_for_xlsx", most=most))
                    return
                with frame.trying():
                    made = await workbook(visitor, asked, tell)
                    menu.run_method("hidePopover")
                    ui.download.content(made, f"{asked.kind}.xlsx", _XLSX)
                working.set_text("")

            def copy_link() -> None:
                asked, _ = shown()
                menu.run_method("hidePopover")
                frame.call_script("landbriefRecords.copyLink", asked.api_path)

            for key, act in (
                ("records.save_csv", save_csv),
                ("records.save_xlsx", save_xlsx),
                ("records.copy_api_link", copy_link),
            ):
                element("button", say(key), "rec-menu-item", type="button").on("click", act)
    return whole


async def workbook(visitor: Visitor, asked: Asked, done: Callable[[int], None]) -> bytes:
    """All the records asked for as a workbook, in which no cell is a formula.

    `done` is told how many are read, a page at a time: others are served between the pages.
    """
    page = await page_of(visitor, asked, None)
    records: list[RecordBody] = list(page.items)
    done(len(records))
    while page.next_cursor is not None:
        page = await page_of(visitor, asked, page.next_cursor)
        records += page.items
        done(len(records))
    return await visitor.call("reading", lambda _: xlsx(asked.kind, records))
