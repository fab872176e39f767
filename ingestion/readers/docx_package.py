"""The zip file that a Word document is, unpacked with care."""

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import Final

from lxml import etree

from ingestion.readers.limits import MEGABYTE, ReadLimits
from kb.errors import UnreadableFile

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_MOST_ENTRIES: Final = 20_000
_SUSPECT_RATIO: Final = 200  # text shrinks 10 to 50 times; a bomb 1,000 times
_SUSPECT_FROM: Final = 10 * MEGABYTE
_CHUNK: Final = MEGABYTE

_LOCKED: Final = "password-protected document; open it, remove the password and save it again"
_BOMB: Final = "unpacks to {size} MB or more, far more than a document holds (zip bomb?); {remedy}"


class Package:
    """The parts of a Word document. Every way of opening it raises UnreadableFile when it is
    damaged, locked or unpacks to more than the limits allow."""

    def __init__(self, content: bytes, limits: ReadLimits) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableFile(
                "damaged or cut short (its zip directory is missing); get the file again"
            ) from error
        self._limits = limits
        self._left = limits.max_unpacked_bytes
        self._check()
        self.main = self._main_part()
        self._relations = self._read_relations(self.main)

    def _check(self) -> None:
        entries = self._archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFile(_LOCKED)
        total = sum(entry.file_size for entry in entries)
        remedy = "raise LANDBRIEF_MAX_UNPACKED_MB if you trust it"
        if total > self._limits.max_unpacked_bytes or len(entries) > _MOST_ENTRIES:
            raise UnreadableFile(_BOMB.format(size=total // MEGABYTE, remedy=remedy))
        for entry in entries:
            packed = max(entry.compress_size, 1)
            if entry.file_size > _SUSPECT_FROM and entry.file_size > _SUSPECT_RATIO * packed:
                size = entry.file_size // MEGABYTE
                raise UnreadableFile(_BOMB.format(size=size, remedy="open and save it in Word"))

    def _main_part(self) -> str:
        relations = self._parse("_rels/.rels")
        if relations is not None:
            for relation in relations:
                if str(relation.get("Type", "")).endswith("/officeDocument"):
                    return str(relation.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def _read_relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        root = self._parse(f"{folder}/_rels/{name}.rels")
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
            target = str(relation.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            found[str(relation.get("Id"))] = (kind, posixpath.normpath(path))
        return found

    def document(self) -> etree._Element:
        """The main part."""
        root = self._parse(self.main)
        if root is None:
            raise UnreadableFile("a zip file without a Word document in it; give the document")
        return root

    def related(self, kind: str) -> etree._Element | None:
        """The part that the main one relates to as `kind` ("styles", "footnotes"), or None."""
        for found, path in self._relations.values():
            if found == kind:
                return self._parse(path)
        return None

    def by_id(self, relation_id: str) -> etree._Element | None:
        """The part with this relation id, or None."""
        relation = self._relations.get(relation_id)
        return self._parse(relation[1]) if relation else None

    def core_properties(self) -> etree._Element | None:
        """Title, language and such, or None."""
        return self._parse("docProps/core.xml")

    def _parse(self, name: str) -> etree._Element | None:
        content = self._read(name)
        if content is None:
            return None
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableFile(
                f"damaged inside ({name} is not well-formed XML); open and save it in Word"
            ) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFile(
                f"{name} defines XML entities, which no Word document does (an attack?); "
                "open and save it in Word"
            )
        return root

    def _read(self, name: str) -> bytes | None:
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return None
        content = bytearray()
        try:
            with self._archive.open(info) as part:
                # The declared size may lie, so what really comes out is counted.
                while chunk := part.read(_CHUNK):
                    content += chunk
                    self._left -= len(chunk)
                    if self._left < 0:
                        size = self._limits.max_unpacked_mb
                        remedy = "raise LANDBRIEF_MAX_UNPACKED_MB if you trust it"
                        raise UnreadableFile(_BOMB.format(size=size, remedy=remedy))
        except RuntimeError as error:
            # zipfile's way to say that a part is encrypted, but for its one subclass.
            locked = not isinstance(error, NotImplementedError)
            cause = _LOCKED if locked else f"damaged inside ({name}); get the file again"
            raise UnreadableFile(cause) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableFile(f"damaged inside ({name}); get the file again") from error
        return bytes(content)


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute `w:name` of an element, None where either is missing."""
    return None if element is None else element.get(W + name)


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle such as `w:b` is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
