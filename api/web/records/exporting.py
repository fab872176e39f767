"""Takes the rows of a grid away: CSV, XLSX, a link to the same records in the API."""

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Final

from babel.numbers import format_decimal
from nicegui import ui
from nicegui.element import Element

from api.desk import Desk
from api.record_sheets import SheetFormat, csv_lines, xlsx
from api.schemas import MAX_RECORDS, RecordBody, RecordList, RecordRequest
from api.web.frame import Frame
from api.web.markup import element, icon
from api.web.records.asked import Asked
from api.web.visitor import Visitor

MOST_IN_XLSX: Final = 20_000
"""A workbook is made in memory: of more rows a CSV file is better, which spreadsheets open too."""
_MEDIA: Final[dict[SheetFormat, str]] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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

            async def save(form: SheetFormat) -> None:
                asked, total = shown()
                if form == "xlsx" and total > MOST_IN_XLSX:
                    most = format_decimal(MOST_IN_XLSX, locale=visitor.language)
                    working.set_text(say("records.too_many_for_xlsx", most=most))
                    return
                with frame.trying():
                    made = await sheet(visitor, asked, form, tell)
                    menu.run_method("hidePopover")
                    ui.download.content(made, f"{asked.kind}.{form}", _MEDIA[form])
                working.set_text("")

            def copy_link() -> None:
                asked, _ = shown()
                menu.run_method("hidePopover")
                frame.call_script("landbriefRecords.copyLink", asked.api_path)

            for key, act in (
                ("records.save_csv", lambda: save("csv")),
                ("records.save_xlsx", lambda: save("xlsx")),
                ("records.copy_api_link", copy_link),
            ):
                element("button", say(key), "rec-menu-item", type="button").on("click", act)
    return whole


async def sheet(
    visitor: Visitor, asked: Asked, form: SheetFormat, done: Callable[[int], None]
) -> bytes:
    """All the records asked for as a file, in which no cell is a formula.

    `done` is told how many are read, a page at a time: others are served between the pages.
    """
    parts: list[str] = []
    records: list[RecordBody] = []
    count, cursor, is_first = 0, None, True
    while is_first or cursor is not None:
        request = asked.request(visitor.language, limit=MAX_RECORDS, cursor=cursor)
        page = await visitor.call("reading", partial(_page, request))
        if form == "csv":
            lines = csv_lines(asked.kind, page.items)
            parts.append("".join(islice(lines, 0 if is_first else 1, None)))
        else:
            records += page.items
        count, cursor, is_first = count + len(page.items), page.next_cursor, False
        done(count)
    if form == "csv":
        return "".join(parts).encode()
    return await visitor.call("reading", lambda _: xlsx(asked.kind, records))


def _page(request: RecordRequest, desk: Desk) -> RecordList:
    return desk.records(request)
