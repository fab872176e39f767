"""Bytes to text: the encoding is found, not asked for.

A byte order mark and valid UTF-8 prove themselves. Everything else is decoded in every encoding
that UN texts come in, and the reading that looks most like a language wins.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from ingestion.readers.plausibility import plausibility
from kb.errors import UnreadableFile

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# On a tie the first wins.
_SINGLE_BYTE: Final = ("cp1252", "cp1251", "cp1256")
_WIDE: Final = ("utf-16-le", "utf-16-be")
_SAMPLE: Final = 60_000  # bytes: enough to tell, however long the file
_LEAST_CREDIT: Final = -0.6  # below: bytes that are text in none of the encodings
_DECLARED_AS: Final = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252",
    "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-6": "iso8859_6", "x-user-defined": "cp1252", "unicode": "utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that it was in, and what was lost, if anything."""

    text: str
    encoding: str
    note: str | None = None


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """The text of `content`; `declared` is what the file says of itself, believed if it fits.

    Raises UnreadableFile when the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded_as_marked(content, encoding)
    if declared and (reading := _as_declared(content, declared)):
        return reading
    if b"\x00" in content:
        return _wide(content)
    if reading := _utf8(content):
        return reading
    return _best_reading(content)


def _decoded_as_marked(content: bytes, encoding: str) -> Decoded:
    if encoding == "utf-16" and len(content) % 2:
        content = content[:-1]
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode(encoding, errors="replace")
        if text.count("\ufffd") > max(1, len(text) // 100):
            raise UnreadableFile(
                "its first bytes promise Unicode and the rest is not; get the file again"
            ) from None
        return Decoded(text, encoding, _damage(text))
    if "\x00" in text:
        raise UnreadableFile("NUL bytes: a binary file, not text; give the document itself")
    return Decoded(text, encoding)


def _as_declared(content: bytes, declared: str) -> Decoded | None:
    name = declared.strip().strip("\"'").lower()
    try:
        encoding = codecs.lookup(_DECLARED_AS.get(name, name)).name
        text = content.decode(encoding)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    # A page declared Latin-1 by a template is often something else.
    if encoding not in ("utf-8", "gb18030") and plausibility(text[:_SAMPLE]) < 0:
        return None
    return None if "\x00" in text else Decoded(text, encoding)


def _utf8(content: bytes) -> Decoded | None:
    try:
        text = content.decode("utf-8")
        # Two bytes of a UTF-16 letter can pass for two ASCII ones, a control and a letter.
        proven = not text.isascii() or _controls(text) * 100 <= len(text)
        return Decoded(text, "utf-8") if proven else None
    except UnicodeDecodeError as error:
        if error.end >= len(content) - 1 and error.start >= len(content) - 3:
            text = content[: error.start].decode("utf-8")
            if not text.isascii():
                return Decoded(text, "utf-8", "cut in the middle of its last character")
    text = content.decode("utf-8", errors="replace")
    damaged, whole = text.count("\ufffd"), sum(c > "\x7f" for c in text)
    if damaged * 50 <= whole - damaged:
        return Decoded(text, "utf-8", _damage(text))
    return None


def _damage(text: str) -> str:
    return f"{text.count(chr(0xFFFD))} damaged characters"


def _wide(content: bytes) -> Decoded:
    """UTF-16 without a mark: half of the bytes of its spaces, digits and newlines are zero."""
    even = content[: len(content) // 2 * 2]
    readings = []
    for encoding in _WIDE:
        try:
            text = even.decode(encoding)
        except UnicodeDecodeError:
            continue
        known = sum(c < "\x7f" or _is_usual(c) for c in text)
        credit = plausibility(text[:_SAMPLE])
        if not _controls(text) and known > 0.4 * len(text) and credit >= 0:
            readings.append((known + credit, text, encoding))
    if not readings:
        raise UnreadableFile("NUL bytes: a binary file, not text; give the document itself")
    _, text, encoding = max(readings)
    return Decoded(text, encoding)


def _controls(text: str) -> int:
    return len(re.findall(r"[\x00-\x08\x0e-\x1f]", text))


def _is_usual(character: str) -> bool:
    code = ord(character)
    return (
        0xA0 <= code < 0x180
        or 0x0400 <= code < 0x0530
        or 0x0600 <= code < 0x0700
        or 0x2000 <= code < 0x2300
        or 0x3000 <= code < 0x3040
        or 0x4E00 <= code < 0xA000
        or 0xFF00 <= code < 0xFFF0
    )


def _best_reading(content: bytes) -> Decoded:
    sample = _telling_lines(content)
    readings = [(_credit(sample, encoding), encoding) for encoding in (*_SINGLE_BYTE, "gb18030")]
    readings += [(_credit_wide(content, encoding), encoding) for encoding in _WIDE]
    credit, encoding = max(readings, key=lambda reading: reading[0])
    if credit < _LEAST_CREDIT:
        raise UnreadableFile(
            "binary, or text in an unknown encoding; save it as UTF-8 text and try again"
        )
    text = content.decode(encoding, errors="replace")
    return Decoded(text, encoding, _damage(text) if "\ufffd" in text else None)


def _telling_lines(content: bytes) -> bytes:
    """A sample of the lines that are not all ASCII: the others read the same in all encodings."""
    if len(content) <= _SAMPLE:
        return content
    lines: list[bytes] = []
    size = 0
    for line in content.split(b"\n"):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"\n".join(lines)


def _credit(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, errors="replace")
    return plausibility(text)


def _credit_wide(content: bytes, encoding: str) -> float:
    if len(content) % 2:
        return -9.0
    text = content[:_SAMPLE].decode(encoding, errors="replace")
    # Any two bytes make a Han character: only common ones prove anything.
    return plausibility(text) if all(c < "\x7f" or _is_usual(c) for c in text) else -9.0
