"""What the shape of one printed line tells: a title, or a line that goes on in the next."""

from typing import Final

from ingestion.readers.wrapping import width

_FINAL: Final = (".", "。", ";", "；", ":", "：", ",", "，", "、", "،", "؛", "?", "!", "؟", "…")
_LONGEST_TITLE: Final = 160  # columns
_WRAPPED_FROM: Final = 60  # columns; a shorter line before a line break ends on purpose


def is_short_title(text: str) -> bool:
    """Whether `text` is short and has no final mark, as titles are."""
    text = text.strip()
    return width(text) < _LONGEST_TITLE and not text.endswith(_FINAL)


def breaks_off(text: str) -> bool:
    """Whether a line before a line break is long and unfinished: it was broken to fit."""
    return width(text) > _WRAPPED_FROM and not text.endswith(_FINAL)
