"""Briefing notes as files: Markdown, HTML and Word, all from the body that HTTP gives."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from api.brief_files.markdown import markdown
from api.schemas import BriefBody, BriefFormat
from kb.errors import LandBriefError

MEDIA_TYPES: Final[Mapping[BriefFormat, str]] = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

__all__ = ["MEDIA_TYPES", "brief_file", "format_of", "markdown", "write_file"]


def brief_file(note: BriefBody, form: BriefFormat) -> bytes:
    """The note as a file of that format."""
    return _WRITERS[form](note)


def format_of(path: Path) -> BriefFormat:
    """The format that a file's name asks for. Raises LandBriefError naming those that there are."""
    ending = path.suffix.lower().removeprefix(".")
    for form in _WRITERS:
        if form == ending:
            return form
    known = ", ".join(f".{form}" for form in _WRITERS)
    raise LandBriefError(f'"{path.name}": the name must end in one of {known}')


def write_file(path: Path, content: bytes) -> None:
    """Raises LandBriefError where the file cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise LandBriefError(f'"{path}" cannot be written: {error.strerror}') from error


def _json(note: BriefBody) -> bytes:
    return note.model_dump_json(indent=1).encode()


def _markdown(note: BriefBody) -> bytes:
    return markdown(note).encode()


def _html(note: BriefBody) -> bytes:
    from api.brief_files.html import html

    return html(note).encode()


def _docx(note: BriefBody) -> bytes:
    from api.brief_files.docx import docx

    return docx(note)


_WRITERS: Final[Mapping[BriefFormat, Callable[[BriefBody], bytes]]] = {
    "json": _json,
    "md": _markdown,
    "html": _html,
    "docx": _docx,
}
