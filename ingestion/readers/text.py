"""Plain text and Markdown.

One reader for both: converted documents carry Markdown's marks whatever their extension says, and
a Markdown parser would renumber lists ("3." after a paragraph becomes "1.") and take an indented
paragraph for code. So each line is read for itself, and its number stays as it is printed.
"""

import re
from typing import Final

from ingestion.blocks import Block, Source
from ingestion.readers.arabic import is_reversed, logical_from_visual
from ingestion.readers.clean import clean_text
from ingestion.readers.encoding import decode
from ingestion.readers.html import read_fragment
from ingestion.readers.legible import check_legible
from ingestion.readers.text_lines import LineReader
from kb.errors import UnreadableFile

MEDIA_TYPES: Final = {".txt": "text/plain", ".md": "text/markdown"}
_FRONT_MATTER = re.compile(r"---\n((?:[\w-]+:.*\n|\s+.*\n|\n)+?)(?:---|\.\.\.)\n")
_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read_text(content: bytes, suffix: str) -> Source:
    """The blocks of a text file; `suffix` is ".txt" or ".md".

    Raises UnreadableFile for binary or garbled content.
    """
    decoded = decode(content)
    text = clean_text(decoded.text)
    if not text.strip():
        raise UnreadableFile("nothing but white space; get the file again from where it came")
    check_legible(text)
    notes = [decoded.note] if decoded.note else []
    if is_reversed(text):
        text = "\n".join(logical_from_visual(line) for line in text.split("\n"))
        notes.append("Arabic lines stood backwards and were turned round")
    title, text = _without_front_matter(text)
    lines = _COMMENT.sub("", text).replace("\f", "\n\f\n").split("\n")
    reader = LineReader(lines, markdown=suffix == ".md", read_html=read_fragment)
    blocks = tuple(reader.blocks())
    return Source(MEDIA_TYPES[suffix], _trimmed(blocks), title=title, notes=tuple(notes))


def _without_front_matter(text: str) -> tuple[str | None, str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return None, text
    title = _TITLE.search(match[1])
    return (title[1] or None if title else None), text[match.end() :]


def _trimmed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without page breaks at the ends, where nothing is cut."""
    start, end = 0, len(blocks)
    while start < end and blocks[start].kind == "page_break":
        start += 1
    while end > start and blocks[end - 1].kind == "page_break":
        end -= 1
    return blocks[start:end]
