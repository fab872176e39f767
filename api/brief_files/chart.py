"""Stacked bars of a note's chart as an SVG picture, drawn without any library."""

from html import escape
from typing import Final
from unicodedata import east_asian_width

from api.brief_files.marks import clean
from api.schemas import BriefChartBody
from kb.languages import Language

COLOURS: Final = ("1F4E79", "8DB4DA", "E3E8EE")  # dark to light: told apart in grey print too
INK: Final = ("FFFFFF", "000000", "000000")
_WIDTH: Final = 640
_BAR: Final = 18
_LINE: Final = 15
_GAP: Final = 9
_LEGEND: Final = 30
_COLUMNS: Final = 96  # half-width characters of a label's line


def svg(chart: BriefChartBody, language: Language) -> str:
    """The picture, with its figures in words for those who do not see it."""
    rtl = language == "ar"
    parts = [_legend(chart, rtl=rtl)]
    y = _LEGEND
    for bar in chart.bars:
        for line in _wrapped(clean(bar.label)):
            parts.append(_text(line, _WIDTH if rtl else 0, y + 11, "end" if rtl else "start"))
            y += _LINE
        parts += _bar((bar.completed, bar.in_progress, bar.not_started), bar.of, y, rtl=rtl)
        y += _BAR + _GAP
    said = "; ".join(
        f"{clean(bar.label)}: "
        + ", ".join(
            f"{clean(name)} {n}"
            for name, n in zip(
                chart.legend, (bar.completed, bar.in_progress, bar.not_started), strict=True
            )
        )
        for bar in chart.bars
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" role="img" '
        f'direction="ltr" font-size="11.5"><title>{escape(clean(chart.caption))}</title>'
        f"<desc>{escape(said)}</desc>{''.join(parts)}</svg>"
    )


def _legend(chart: BriefChartBody, *, rtl: bool) -> str:
    width = _WIDTH / 3
    found = []
    for at, name in enumerate(chart.legend):
        x = _WIDTH - at * width - 12 if rtl else at * width
        found.append(
            f'<rect x="{x:.0f}" y="4" width="12" height="12" fill="#{COLOURS[at]}" '
            'stroke="#1F4E79" stroke-width="0.5"/>'
        )
        found.append(_text(clean(name), x - 6 if rtl else x + 18, 14, "end" if rtl else "start"))
    return "".join(found)


def _bar(parts: tuple[int, int, int], whole: int, y: int, *, rtl: bool) -> list[str]:
    found = []
    begin = 0.0
    for at, part in enumerate(parts):
        width = _WIDTH * part / whole if whole else 0.0
        if not part:
            continue
        x = _WIDTH - begin - width if rtl else begin
        found.append(
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="#{COLOURS[at]}" '
            'stroke="#1F4E79" stroke-width="0.5"/>'
        )
        found.append(_text(str(part), x + width / 2, y + 13, "middle", INK[at]))
        begin += width
    return found


def _text(text: str, x: float, y: float, anchor: str, colour: str = "000000") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#{colour}">{escape(text)}'
        "</text>"
    )


def _wrapped(text: str) -> list[str]:
    """`text` in lines; a Han character is as wide as two others."""
    lines: list[str] = []
    line, width = "", 0
    units = list(text) if any(east_asian_width(c) in "WF" for c in text) else text.split(" ")
    joint = "" if units and len(units) == len(text) else " "
    for unit in units:
        size = sum(2 if east_asian_width(c) in "WF" else 1 for c in unit) + len(joint)
        if line and width + size > _COLUMNS:
            lines.append(line)
            line, width = "", 0
        line = f"{line}{joint}{unit}" if line else unit
        width += size
    return [*lines, line]
