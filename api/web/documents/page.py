"""Documents: what is held, and the reader."""

from collections.abc import Mapping

from api.web.documents.listing import build_list
from api.web.documents.reading import build_reader
from api.web.frame import Frame
from api.web.visitor import Visitor


async def build(
    visitor: Visitor, frame: Frame, *, document: str | None, query: Mapping[str, str]
) -> None:
    """Build the list, or the reader of `document`; `query` may name paragraph and language."""
    if document is None:
        await build_list(visitor, frame, query)
    else:
        await build_reader(visitor, frame, document, query)
