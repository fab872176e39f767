"""What the tools give that no other door does."""

from api.schemas import Body, RecordBody, TotalBody


class RecordsFound(Body):
    """Records that meet every condition, and their sums."""

    count: int
    """How many there are in all, on whatever page."""
    items: list[RecordBody]
    """At most `limit` of them."""
    totals: list[TotalBody]
    """Their sums, where they were asked for: never across currencies, units, stages or periods."""
    next_cursor: str | None
    """Asks for those after them; null at the end."""
