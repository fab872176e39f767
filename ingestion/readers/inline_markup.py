"""Markdown inside of a line: links, emphasis, escapes, tags and footnote marks.

Plain text may hold any of these by chance, so a mark is only taken away where it could have been
meant: an asterisk behind "Part A*" opens nothing.
"""

import html
import re
from typing import Final

from ingestion.blocks import MARK_CLOSE, MARK_OPEN
from ingestion.readers.marks import with_marks

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN_BASE: Final = 0xF0000  # escaped characters wait here, out of the way of the patterns
_HIDDEN = re.compile("[\U000f0021-\U000f007e]")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(\s*<?[^)\s>]*>?(?:\s+[\"'][^)]*[\"'])?\s*\)")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\(\s*<?([^)\s>]*)>?(?:\s+[\"'][^)]*[\"'])?\s*\)|（\S*?）)")
_REFERENCE_LINK = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]+|www\.[^<>\s]+|[\w.+-]+@[\w.-]+\.\w+)>")
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|bdi|bdo|br|center|cite|code|del|em|font|i|ins|kbd|mark|p|q|s|small|span"
    r"|strike|strong|sub|sup|tt|u|wbr|div)\b[^<>]*>",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\{[a-z:-]+\}`([^`<]*?)(?:\s*<[^`>]*>)?`")
_CODE = re.compile(r"(`+)([^`]+)\1")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![*_])")
_STRONG_AND_WEAK = re.compile(r"(\*\*\*|\*__|___|__\*)(?=\S)(.+?)(?<=\S)(?:\*\*\*|__\*|___|\*__)")
_WEAK_STAR = re.compile(r"(?<![\w*/)\\])\*(?=[^\s*])(?!\d+\*)([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_WEAK_LINE = re.compile(r"(?<![\w_/\\])_(?=[^\s_])([^\n]+?)(?<=[^\s_])_(?![\w_])")
_STRIKE = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~")
_WHOLE_STRONG = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+(?<=\S)\1[:.]?|<(b|strong)>[^<]+</\2>")


def plain(line: str) -> str:
    """`line` without Markdown's inline marks; footnote marks stand between private-use ones."""
    if not any(sign in line for sign in "\\[<*_`&~!$⁰¹²³⁴⁵⁶⁷⁸⁹"):
        return line
    line = _ESCAPED.sub(lambda m: chr(_HIDDEN_BASE + ord(m[1])), line)
    line = _ROLE.sub(r"\1", line)
    line = _CODE.sub(lambda m: m[2].strip(), line)
    line = with_marks(_AUTOLINK.sub(lambda m: m[1].removeprefix("mailto:"), line))
    line = _IMAGE.sub("", line)
    for _ in range(2):  # a link's text may hold brackets of its own
        line = _LINK.sub(lambda m: m[1], line)
    line = _REFERENCE_LINK.sub(r"\1", line)
    line = _TAG.sub(lambda m: " " if m[0].lower().startswith("<br") else "", line)
    line = _without_emphasis(line)
    return _HIDDEN.sub(lambda m: chr(ord(m[0]) - _HIDDEN_BASE), html.unescape(line))


def _without_emphasis(line: str) -> str:
    if not any(sign in line for sign in "*_~"):
        return line
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"{MARK_OPEN}{len(held) - 1}#{MARK_CLOSE}"

    # Addresses and marks keep their asterisks and underscores.
    line = re.sub(
        rf"(?:https?://|www\.)[^\s<>*]+|{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE}", hold, line
    )
    line = _STRONG_AND_WEAK.sub(r"\2", line)
    line = _STRONG.sub(r"\2", line)
    line = _WEAK_STAR.sub(r"\1", line)
    line = _WEAK_LINE.sub(r"\1", line)
    line = _STRIKE.sub(r"\1", line)
    return re.sub(rf"{MARK_OPEN}(\d+)#{MARK_CLOSE}", lambda m: held[int(m[1])], line)


def is_strong(line: str) -> bool:
    """Whether the whole of `line` is set in bold."""
    return _WHOLE_STRONG.fullmatch(line.strip()) is not None
