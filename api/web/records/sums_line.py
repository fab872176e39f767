"""The line of sums above a grid, in words."""

from collections.abc import Sequence
from typing import Final

from babel.numbers import format_decimal
from nicegui.element import Element

from api.web.markup import element
from api.web.records.totals import Sum
from api.web.visitor import Visitor

_SHOWN: Final = 3


class SumsLine:
    """Shows sums, that they are being made, or that there are too many figures."""

    def __init__(self, visitor: Visitor) -> None:
        """Builds the empty line where it is made."""
        self._visitor = visitor
        self._line: Element = element("div", classes="rec-sums")

    def show(self, sums: Sequence[Sum]) -> None:
        """Show these; the first few, the others unfold."""
        self._line.clear()
        with self._line:
            for one in sums[:_SHOWN]:
                self._sum(one)
            if len(sums) > _SHOWN:
                with element("details", classes="rec-sums-more"):
                    further = self._visitor.say_count("records.more_sums", len(sums) - _SHOWN)
                    element("summary", further, "lb-small")
                    for one in sums[_SHOWN:]:
                        self._sum(one)

    def wait(self) -> None:
        """Say that they are being made."""
        self._line.clear()
        with self._line:
            element("p", self._visitor.say("records.adding"), "lb-quiet lb-small")

    def decline(self, most: int) -> None:
        """Say that so many records are not added up."""
        self._line.clear()
        written = format_decimal(most, locale=self._visitor.language)
        with self._line:
            text = self._visitor.say("records.too_many_to_add", most=written)
            element("p", text, "lb-quiet lb-small")

    def _sum(self, one: Sum) -> None:
        visitor = self._visitor
        with element("p", classes="rec-sum"):
            element("span", "Σ", "rec-sigma", aria_label=visitor.say("records.sum"), role="img")
            element("bdi", one.text, "lb-strong lb-num")
            element("span", one.of)
            said = [visitor.say_count("records.of_figures", one.count)]
            if one.is_rough:
                said.append(visitor.say("records.rough"))
            if one.left_out:
                said.append(visitor.say_count("records.left_out", one.left_out))
            if one.unclear:
                said.append(visitor.say_count("records.unclear", one.unclear))
            element("span", " · ".join(said), "lb-quiet lb-small")
