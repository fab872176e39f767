"""The paragraphs that a chart, a candidate or a finding rests on, as chips."""

from collections.abc import Sequence

from api.schemas import RecordSourceBody
from api.web.chip import chip
from api.web.frame import Frame
from api.web.markup import element
from api.web.reference import cited, short_form
from api.web.visitor import Visitor


def is_held(source: RecordSourceBody) -> bool:
    """Whether there is a paragraph to show."""
    return source.url is not None


def place_chips(
    visitor: Visitor, frame: Frame, sources: Sequence[RecordSourceBody], most: int = 12
) -> None:
    """A chip for each source; what is not held is named in plain text, and the rest counted."""
    with element("span", classes="lb-places"):
        for source in sources[:most]:
            text = short_form(
                source.paragraph,
                source.symbol,
                source.session,
                source.document_id,
                visitor.language,
            )
            if is_held(source):
                chip(
                    visitor,
                    text,
                    cited(source),
                    frame.source.show,
                    sentence=source.quote or "",
                    citation=source.label or "",
                )
            else:
                element("span", text, "lb-small lb-quiet", dir="ltr")
        if len(sources) > most:
            more = visitor.say_count("charts.more_places", len(sources) - most)
            element("span", more, "lb-small lb-quiet")
