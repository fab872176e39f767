"""Files that must be refused, made on the spot."""

import io
import struct
import zipfile
from pathlib import Path

from fpdf import FPDF
from PIL import Image
from renderings.fonts import fonts_for

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def text_pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF with one paragraph a page, in any script but Han and Arabic."""
    pdf = FPDF()
    if password is not None:
        pdf.set_encryption(owner_password=password + "owner", user_password=password)
    pdf.add_font("text", "", fonts_for("en").text)
    pdf.set_font("text", size=11)
    for text in pages:
        pdf.add_page()
        pdf.multi_cell(0, 6, text)
    return bytes(pdf.output())


def scanned_pdf(*texts: str | None) -> bytes:
    """A PDF with one page for each text; a page of None is a picture."""
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    pdf.add_font("text", "", fonts_for("en").text)
    pdf.set_font("text", size=11)
    for text in texts:
        pdf.add_page()
        if text is None:
            pdf.image(Image.new("L", (300, 420), 230), 0, 0, pdf.w, pdf.h)
        else:
            pdf.multi_cell(0, 6, text)
    return bytes(pdf.output())


def private_use(text: str) -> str:
    """`text` as a font without a map to Unicode gives it."""
    return "".join(chr(0xF000 + ord(c)) if c.isalpha() else c for c in text)


def word_file(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A .docx whose document body is `body`; `parts` are further parts by path."""
    files = {
        "[Content_Types].xml": CONTENT_TYPES,
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        **(parts or {}),
    }
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def zip_bomb(megabytes: int) -> bytes:
    """A .docx of a few kilobytes that unpacks to `megabytes`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * 1024 * 1024)
    return buffer.getvalue()


def lying_zip_bomb(megabytes: int) -> bytes:
    """A bomb whose directory declares a small size, so that only counting finds it out."""
    content = bytearray(zip_bomb(megabytes))
    declared = struct.pack("<L", megabytes * 1024 * 1024)
    small = struct.pack("<L", 4096)
    return bytes(content.replace(declared, small))


def entity_bomb() -> bytes:
    """A .docx whose XML defines entities that grow a thousandfold."""
    entities = "".join(
        f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "ha"}{"ha" * 9}">' for n in range(9)
    )
    document = (
        f"<?xml version='1.0'?><!DOCTYPE d [{entities}]>"
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&e8;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    return zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document})


def encrypted_office() -> bytes:
    """The container that Office writes around a password-protected document."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def old_word() -> bytes:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return header + "WordDocument".encode("utf-16-le") + bytes(512)


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, "PNG")
    return buffer.getvalue()


def sparse(path: Path, megabytes: int) -> None:
    """A file of that size that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(megabytes * 1024 * 1024)
