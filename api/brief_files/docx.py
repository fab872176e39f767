"""A note as a Word file: styles, captions with fields, real footnotes, right to left in Arabic.

Written as plain WordprocessingML (ECMA-376): every part of the package is made here.
"""

import io
import zipfile
from collections.abc import Sequence
from typing import Final

from api.brief_files.docx_body import Body
from api.brief_files.docx_parts import (
    content_types,
    core_properties,
    document_relations,
    footer,
    footnotes,
    numbering,
    package_relations,
    settings,
    styles,
)
from api.brief_files.docx_text import Writing
from api.brief_files.marks import captions, clean
from api.schemas import BriefBody
from assistant.brief.words import BriefWords

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of a ZIP file: the same note gives the same bytes


def docx(note: BriefBody) -> bytes:
    """The file."""
    writing = Writing(note.language)
    words = BriefWords(note.language)
    body = Body(note, writing, words)
    body.title()
    labelled = list(captions(note))
    body.list_of_tables(labelled)
    for section in note.sections:
        body.heading(section.title)
        if section.key == "sources":
            body.sources()
            continue
        body.lines(section.lines)
        for one in labelled:
            if one.section is section:
                body.captioned(one)
        body.lines(section.notes)
    title = clean(note.title)
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": package_relations(),
        "docProps/core.xml": core_properties(title, clean(note.topic), note.language, note.dated),
        "word/document.xml": body.document(),
        "word/styles.xml": styles(writing),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(writing),
        "word/footnotes.xml": footnotes(body.footnotes),
        "word/footer1.xml": footer(writing),
        "word/_rels/document.xml.rels": document_relations(),
    }
    return _zipped(list(parts.items()))


def _zipped(parts: Sequence[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts:
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, text.encode())
    return out.getvalue()
