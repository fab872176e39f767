"""Renders a document as a plain web page, as UN documents stand on web sites.

`numbers`: "typed" writes `<p>12. …</p>`; "lists" leaves the numbers to `<ol start>`.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Literal

from .model import (
    Annex,
    Contents,
    Figure,
    FlowItem,
    Heading,
    Masthead,
    Para,
    RenderedDocument,
    SubParagraph,
    Table,
    plain,
    printed_heading,
    spans,
)

Numbers = Literal["typed", "lists"]


def render_html(document: RenderedDocument, path: Path, *, numbers: Numbers = "typed") -> None:
    """Writes `document` to `path` as UTF-8."""
    title = plain(document.masthead.title)
    direction = ' dir="rtl"' if document.right_to_left else ""
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{document.language}"{direction}>',
        f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>',
        "<body>",
        *_masthead(document.masthead, document.symbol),
        *(() if document.contents is None else _contents(document.contents)),
        *(line for item in document.flow for line in _item(item, numbers)),
        *_footnotes(document),
        "</body>",
        "</html>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _masthead(masthead: Masthead, symbol: str | None) -> Iterator[str]:
    left = "<br>".join(escape(line) for line in masthead.organisation)
    shown = (line for line in (symbol, *masthead.distribution) if line)
    right = "<br>".join(escape(line) for line in shown)
    yield f'<table class="masthead"><tr><td>{left}</td><td>{right}</td></tr></table>'
    for line in (masthead.body, masthead.session, masthead.place_and_dates, *masthead.item):
        yield f"<p>{escape(line)}</p>"
    yield f"<h1>{_inline(masthead.title)}</h1>"
    if masthead.byline is not None:
        yield f"<p><strong>{escape(masthead.byline)}</strong></p>"
    if masthead.summary_heading is not None:
        yield f"<h2>{escape(masthead.summary_heading)}</h2>"
    for paragraph in masthead.summary:
        yield f"<p>{_inline(paragraph)}</p>"


def _contents(contents: Contents) -> Iterator[str]:
    yield f'<div class="contents"><h2>{escape(contents.heading)}</h2>'
    yield "<table>"
    cells = "".join(f"<th>{escape(name)}</th>" for name in ("", *contents.columns))
    yield f"<tr>{cells}</tr>"
    for entry in contents.entries:
        texts = [entry.text, entry.page]
        if len(contents.columns) > 1:
            texts.insert(1, entry.paragraphs or "")
        yield f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in texts)}</tr>"
    yield "</table></div>"


def _item(item: FlowItem, numbers: Numbers) -> Iterator[str]:
    match item:
        case Heading():
            tag = f"h{item.level + 1}"
            text = _inline(printed_heading(item.number, item.text))
            yield f"<{tag}>{text}</{tag}>"
        case Para():
            yield from _para(item) if numbers == "typed" else _listed(item)
        case Table():
            yield from _table(item)
        case Figure():
            yield from _figure(item)
        case Annex():
            yield f"<h2>{escape(item.label)}<br>{escape(item.title)}</h2>"


def _para(para: Para) -> Iterator[str]:
    number = "" if para.number is None else f"{para.number} "
    yield f"<p>{number}{_inline(para.text)}</p>"
    for part in para.subparagraphs:
        yield f'<p class="degree{part.degree}">{escape(part.mark)} {_inline(part.text)}</p>'


def _listed(para: Para) -> Iterator[str]:
    if para.number is None:
        yield from _para(para)
        return
    parts = "".join(_nested(list(para.subparagraphs)))
    number = para.number.rstrip(".-")
    yield f'<ol start="{number}"><li><p>{_inline(para.text)}</p>{parts}</li></ol>'


def _nested(parts: list[SubParagraph]) -> Iterator[str]:
    """Parts as lists in lists: browsers count letters for odd degrees, Roman for even ones."""
    depth = 0
    for part in parts:
        if part.degree <= depth:
            yield "</li>" + "</ol></li>" * (depth - part.degree)
        while depth < part.degree:
            depth += 1
            yield f'<ol type="{"a" if depth % 2 else "i"}">'
        depth = part.degree
        yield f"<li>{_inline(part.text)}"
    if depth:
        yield "</li></ol>" * depth


def _table(table: Table) -> Iterator[str]:
    caption = f"{escape(table.label)}<br>{escape(table.caption)}"
    yield f"<table><caption>{caption}</caption>"
    heads = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"
    if table.source is not None:
        yield f"<p>{escape(table.source)}</p>"


def _figure(figure: Figure) -> Iterator[str]:
    legend = "" if figure.legend is None else f"<p>{escape(figure.legend)}</p>"
    yield (
        '<figure><img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">'
        f"<figcaption>{escape(figure.label)}<br>{escape(figure.caption)}{legend}</figcaption>"
        "</figure>"
    )


def _footnotes(document: RenderedDocument) -> Iterator[str]:
    yield "<hr>"
    for note in document.footnotes:
        mark, name = escape(note.mark), _name(note.mark)
        back = f'<sup><a href="#ref-{name}">{mark}</a></sup>'
        yield f'<p id="fn-{name}">{back} {escape(note.text)}</p>'
        if note.bullets:
            items = "".join(f"<li>{escape(bullet)}</li>" for bullet in note.bullets)
            yield f"<ul>{items}</ul>"


def _inline(text: str) -> str:
    pieces = []
    for span in spans(text):
        if span.reference:
            name = _name(span.text)
            link = f'<a id="ref-{name}" href="#fn-{name}">{escape(span.text)}</a>'
            pieces.append(f"<sup>{link}</sup>")
        else:
            pieces.append(escape(span.text))
    return "".join(pieces)


def _name(mark: str) -> str:
    return "star" if mark == "*" else mark
