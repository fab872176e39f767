"""What a file is by its first bytes, whatever its name says."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal

FileKind = Literal["pdf", "docx", "html", "text", "ole", "other"]

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|section|article|main|div|table|p|h[1-6])[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
# Only signatures that cannot start a text in any of the six languages.
_SIGNATURES: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xfe\xed\xfa", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound file"),
    (b"RIFF", "a sound or video file"),
    (b"\x00\x00\x00\x18ftyp", "a video file"),
    (b"\x00\x00\x00\x20ftyp", "a video file"),
    (b"From nobody", "a web archive"),
    (b"MIME-Version:", "a web archive"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The kind of a file and its name for people: "a PDF", "a PNG image"."""

    kind: FileKind
    name: str


def sniff(content: bytes) -> Sniffed:
    """What `content` is. Anything without a known signature is taken for text."""
    if b"%PDF-" in content[:1024]:
        return Sniffed("pdf", "a PDF")
    if content.startswith(_OLE):
        return _sniff_ole(content)
    if content.startswith(_ZIPS):
        return _sniff_zip(content)
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            return Sniffed("other", name)
    if _HTML.match(_single_bytes(content[:8192])):
        return Sniffed("html", "an HTML page")
    return Sniffed("text", "a text file")


def is_whole_page(content: bytes) -> bool:
    """Whether `content` is an HTML page from its first tag on; Markdown may begin with others."""
    return bool(_WHOLE_PAGE.match(_single_bytes(content[:8192])))


def _single_bytes(head: bytes) -> bytes:
    """UTF-16 markup without its zero bytes, so that one pattern finds it."""
    if head.startswith(b"\xef\xbb\xbf"):
        return head[3:]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head


def _sniff_ole(content: bytes) -> Sniffed:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Sniffed("ole", "a password-protected Office document")
    if "WordDocument".encode("utf-16-le") in content:
        return Sniffed("ole", "a Word 97-2003 document")
    return Sniffed("ole", "an old Office document")


def _sniff_zip(content: bytes) -> Sniffed:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = set()
    # A cut archive has lost its directory at the end; its local headers still carry the names.
    if "word/document.xml" in names or (not names and b"word/" in content):
        return Sniffed("docx", "a Word document")
    if any(name.startswith("word/") for name in names):
        return Sniffed("docx", "a Word document")
    for start, name in (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint file")):
        if any(entry.startswith(start) for entry in names):
            return Sniffed("other", name)
    if "content.xml" in names:
        return Sniffed("other", "an OpenDocument file")
    return Sniffed("other", "a ZIP archive")
