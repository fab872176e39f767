"""Documents from the UN's Official Document System, by symbol."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

import httpx

from ingestion.addresses import Border
from ingestion.download import Bounds, Reply, download
from ingestion.readers.choose import read_source
from ingestion.readers.file_kinds import sniff
from ingestion.readers.limits import ReadLimits
from ingestion.structure import parse
from kb.errors import DownloadFailed, SettingsError, UnreadableFile
from kb.languages import LANGUAGES, Language
from kb.references import find_symbols

Format = Literal["pdf", "docx"]
_TYPES: Final[dict[Format, str]] = {"pdf": "pdf", "docx": "doc"}  # as the system calls them
_NAMES: Final[dict[Language, str]] = {
    "ar": "Arabic",
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "ru": "Russian",
    "es": "Spanish",
}
_SYSTEM: Final = "the Official Document System"
_HEAD: Final = 4096  # bytes that tell what a file is
_TAIL: Final = 4096  # bytes in which a PDF that is whole has its end mark
_LOOK_SECONDS: Final = 10.0  # for the question whether another language is there
_TITLE: Final = re.compile(rb"<title[^>]*>(.{0,400}?)</title", re.IGNORECASE | re.DOTALL)
_NOT_THERE: Final = frozenset({204, 404, 410})


class _NotThere(DownloadFailed):
    """No such document, or none in that language; the text is what the system said."""


@dataclass(frozen=True, slots=True)
class DocumentSystem:
    """Where documents are asked for: `url` takes the symbol, language and type as its query."""

    url: httpx.URL
    border: Border
    bounds: Bounds
    limits: ReadLimits


def checked_base(address: str) -> httpx.URL:
    """The address of the system. Raises SettingsError where it is none."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise SettingsError(f'LANDBRIEF_ODS_URL: "{address}" is no address') from error
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise SettingsError(f'LANDBRIEF_ODS_URL: "{address}" is no http or https address')
    return url


def checked_symbol(text: str) -> str:
    """The one symbol that `text` is, canonical. Raises DownloadFailed where it is none."""
    found = find_symbols(text)
    if len(found) != 1 or _plain(found[0]) != _plain(text.rstrip("*")):
        raise DownloadFailed("is no UN document symbol such as ICCD/COP(16)/4")
    return found[0]


@contextmanager
def fetched(
    symbol: str, language: Language, form: Format, system: DocumentSystem
) -> Iterator[Path]:
    """A file that holds the document `symbol`, while the block lasts.

    It is whole, and what it says of itself does not contradict what was asked for. Raises
    DownloadFailed or UnreadableFile with the cause in one line.
    """
    with TemporaryDirectory(prefix="landbrief-") as folder:
        name = re.sub(r"[^\w.()-]+", "_", symbol)
        path = Path(folder, f"{name}.{language}.{form}")
        try:
            _check_kind(_reply(symbol, language, form, path, system), path, form)
        except _NotThere as error:
            raise DownloadFailed(_why_not(symbol, language, form, system, str(error))) from error
        _check_identity(path, symbol, language, system.limits)
        yield path


def _reply(
    symbol: str,
    language: Language,
    form: Format,
    path: Path,
    system: DocumentSystem,
    *,
    head: int | None = None,
) -> Reply:
    query = {"s": symbol, "l": language, "t": _TYPES[form]}
    url = system.url.copy_merge_params(query)
    return download(url, path, system.border, system.bounds, head=head)


def _check_kind(reply: Reply, path: Path, form: Format) -> None:
    _check_status(reply.status)
    content = path.read_bytes()
    found = sniff(content)
    if found.kind == "html":
        raise _NotThere(f"answered with a web page{_title(content)} instead of a file")
    if not content:
        raise _NotThere("answered with an empty file")
    if found.kind != form:
        raise DownloadFailed(f"{_SYSTEM} sent {found.name} where a {form.upper()} was asked for")
    if form == "pdf" and b"%%EOF" not in content[-_TAIL:]:
        raise DownloadFailed("the file is cut off at its end: try again")


def _check_status(status: int) -> None:
    if status in _NOT_THERE:
        raise _NotThere(f"answered with HTTP status {status}")
    if status in (401, 403):
        raise DownloadFailed(f"{_SYSTEM} does not give it out (HTTP status {status})")
    if status == 429:
        raise DownloadFailed(f"{_SYSTEM} asks to wait before the next download")
    if status >= 500:
        raise DownloadFailed(f"{_SYSTEM} is out of order (HTTP status {status}): try again later")
    if status != 200:
        raise DownloadFailed(f"{_SYSTEM} answered with HTTP status {status}")


def _title(page: bytes) -> str:
    match = _TITLE.search(page[:65_536])
    if match is None:
        return ""
    text = " ".join(html.unescape(match[1].decode("utf-8", "replace")).split())
    shown = "".join(c for c in text if c.isprintable())[:80]
    return f' ("{shown}")' if shown else ""


def _why_not(
    symbol: str, language: Language, form: Format, system: DocumentSystem, said: str
) -> str:
    others = [
        _NAMES[other]
        for other in LANGUAGES
        if other != language and _is_there(symbol, other, form, system)
    ]
    if others:
        return f"is not there in {_NAMES[language]} as {form.upper()}; it is in {_listed(others)}"
    return f"{_SYSTEM} has no such document, or not as {form.upper()}: it {said}"


def _is_there(symbol: str, language: Language, form: Format, system: DocumentSystem) -> bool:
    seconds = min(_LOOK_SECONDS, system.bounds.seconds)
    quick = replace(system, bounds=replace(system.bounds, seconds=seconds))
    with TemporaryDirectory(prefix="landbrief-") as folder:
        path = Path(folder, "head")
        try:
            reply = _reply(symbol, language, form, path, quick, head=_HEAD)
        except DownloadFailed:
            return False
        return reply.status == 200 and sniff(path.read_bytes()).kind == form


def _check_identity(path: Path, symbol: str, language: Language, limits: ReadLimits) -> None:
    """Raise DownloadFailed where the file says that it is another document or edition."""
    try:
        masthead = parse(read_source(path, limits)).masthead
    except UnreadableFile as error:
        raise DownloadFailed(f"the file that came {error}") from error
    printed = {_plain(one) for one in masthead.symbols}
    if printed and _plain(symbol) not in printed:
        raise DownloadFailed(f"{_SYSTEM} sent {masthead.symbols[0]} in its place")
    if masthead.language != language:
        raise DownloadFailed(
            f"{_SYSTEM} sent it in {_NAMES[masthead.language]} instead of {_NAMES[language]}"
        )


def _plain(symbol: str) -> str:
    return "".join(symbol.split()).casefold()


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
