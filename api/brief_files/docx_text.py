"""Runs and paragraphs of WordprocessingML, with the marks that each script needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from api.brief_files.marks import clean
from kb.languages import Language

LOCALES: Final[dict[Language, str]] = {
    "en": "en-GB",
    "fr": "fr-FR",
    "es": "es-ES",
    "ru": "ru-RU",
    "ar": "ar-SA",
    "zh": "zh-CN",
}
NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_ARABIC: Final = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
# Latin letters and all between the first and the last of them: brackets stay with their words.
_LATIN: Final = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:[^" + _ARABIC + r"]*[A-Za-z\u00c0-\u024f0-9)%])?"
)
_HAS_ARABIC: Final = re.compile(f"[{_ARABIC}]")
_HAN: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Writing:
    """How a note's language is written."""

    language: Language

    @property
    def is_rtl(self) -> bool:
        """Whether it runs from right to left."""
        return self.language == "ar"

    @property
    def bidi(self) -> str:
        """What a paragraph that runs from right to left says."""
        return "<w:bidi/>" if self.is_rtl else ""

    def runs(self, text: str, properties: str = "") -> str:
        """`text` as runs; `properties` are those of each, as XML."""
        return "".join(self._runs(clean(text), properties))

    def _runs(self, text: str, properties: str) -> Iterator[str]:
        if not _HAS_ARABIC.search(text):
            yield run(text, properties)
            return
        at = 0
        for match in _LATIN.finditer(text):
            if match.start() > at:
                yield run(text[at : match.start()], properties + "<w:rtl/>")
            yield run(match[0], properties)
            at = match.end()
        if at < len(text):
            yield run(text[at:], properties + "<w:rtl/>")

    def paragraph(self, runs: str, style: str, properties: str = "", *, rtl: bool = True) -> str:
        """A paragraph of a style; `properties` come behind the style, as XML."""
        bidi = self.bidi if rtl else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}{bidi}</w:pPr>{runs}</w:p>'


def run(text: str, properties: str = "") -> str:
    """One run; East Asian text is marked as such, so that quotation marks get its font."""
    if not text:
        return ""
    hint = '<w:rFonts w:hint="eastAsia"/>' if _HAN.search(text) else ""
    own = f"<w:rPr>{hint}{properties}</w:rPr>" if hint or properties else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(code: str, shown: str, properties: str = "") -> str:
    """A field with the result that it has until it is brought up to date."""
    own = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{own}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{own}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r>{own}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{shown}"
        f'<w:r>{own}<w:fldChar w:fldCharType="end"/></w:r>'
    )
