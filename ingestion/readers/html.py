"""HTML pages: blocks from the tree, never markup."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingestion.blocks import Block, Source
from ingestion.readers.clean import clean_text
from ingestion.readers.encoding import decode
from ingestion.readers.html_inline import tidy
from ingestion.readers.html_walk import PageWalk
from ingestion.readers.legible import check_legible
from kb.errors import UnreadableFile

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_XML_CHARSET = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_JUNK_TITLES: Final = re.compile(r"untitled|document|microsoft word.*|\s*", re.IGNORECASE)


def read_html(content: bytes) -> Source:
    """The blocks of an HTML page.

    Raises UnreadableFile when there is no text in it, or none that can be read.
    """
    declared = _CHARSET.search(content[:4096]) or _XML_CHARSET.match(content[:400])
    decoded = decode(content, declared[1].decode("ascii") if declared else None)
    root = _tree(decoded.text)
    blocks = tuple(PageWalk(root).blocks())
    text = "\n".join(_texts(blocks))
    if not text.strip():
        raise UnreadableFile("a page without text; save the page that shows the document")
    check_legible(text)
    return Source(
        "text/html",
        blocks,
        title=_title(root),
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        notes=(decoded.note,) if decoded.note else (),
    )


def _tree(markup: str) -> HtmlElement:
    markup = _XML_DECLARATION.sub("", markup.replace("\x00", ""), count=1)
    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("no readable HTML; save the page again from a browser") from error


def read_fragment(markup: str) -> Iterator[Block]:
    """The blocks of a piece of HTML that stands in another text, such as a table."""
    yield from PageWalk(_tree(markup)).blocks()


def _title(root: HtmlElement) -> str | None:
    element = root.find(".//title")
    title = tidy(clean_text(element.text_content())) if element is not None else ""
    return None if _JUNK_TITLES.fullmatch(title) else title.replace("\n", " ")


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield block.text
        for row in block.rows:
            yield from row
