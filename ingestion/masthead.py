"""The masthead: symbol, session, agenda item, title and issuer from the lines before the body."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingestion.enumerators import LATIN_TWINS
from ingestion.footnotes import MARK
from ingestion.pieces import Piece
from ingestion.words import fold, is_word, starts_with_word, words
from kb.documents import Masthead
from kb.languages import Language
from kb.references import degree_letter, find_symbols, plain_digits
from kb.sessions import find_session_mentions

_CELL = re.compile(r"\s{2,}|\t|\n")
_ITEM_NUMBER = re.compile(r"(\d{1,3})((?:\s?\(?[a-zأ-يа-я]{1,4}\))*)")
_YEAR = r"(?:19|20)\d{2}"
_MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avr|mai|juin|juil|août|déc"
    r"|ene|abr|ago|dic|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
    r"|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|يناير|فبراير|مارس|أبريل|مايو|يونيو"
    r"|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)"
)
_DATES = re.compile(
    rf"{_YEAR}\s?年\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日?)?(?:\s?(?:至|[-–—])[^日]{{0,12}}日)?"
    rf"|(?:(?:du|del|с|من|from)\s)?\d{{1,2}}(?!\d).{{0,45}}?{_MONTHS}.{{0,45}}?{_YEAR}(?:\sгода|\sг\.)?",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\d.*?(?:至|[-–—]|\b(?:to|au|al|a|y|по|إلى)\b).*?\d")

_LONGEST_LINE = 120


def read_masthead(
    front: Sequence[Piece],
    *,
    language: Language,
    running_symbols: Iterable[str] = (),
    format_title: str | None = None,
) -> Masthead:
    """What the front pieces say. `running_symbols` are printed on every page; the format's own
    title field serves where the front shows none."""
    front = [replace(piece, text=MARK.sub("", piece.text)) for piece in front]
    lines = [cell.strip() for p in front for cell in _CELL.split(_cells(p)) if cell.strip()]
    symbols = _symbols(lines) or tuple(running_symbols)
    body, session = _session(lines, symbols)
    dates, place = _dates_and_place(lines)
    issuer_at = next((i for i, line in enumerate(lines) if _is_issuer(line)), None)
    return Masthead(
        language=language,
        symbols=symbols,
        session=session,
        agenda_item=next((item for item in map(agenda_item, lines) if item), None),
        title=_title(front, lines, issuer_at) or format_title,
        body=body,
        issuer=lines[issuer_at] if issuer_at is not None else None,
        dates=dates,
        place=place,
    )


def _cells(piece: Piece) -> str:
    if piece.kind == "table":
        return "\n".join(cell for row in piece.rows for cell in row)
    return piece.text if piece.kind in ("text", "heading") else ""


def _symbols(lines: Sequence[str]) -> tuple[str, ...]:
    """Symbols printed on a line of their own; a symbol inside a sentence is a reference.

    Where the front's two columns ran together, the first line that begins with one, or in which
    one follows the organization's name, has it.
    """
    found: list[str] = []
    for line in lines:
        symbols = find_symbols(line)
        rest = re.sub(r"[\s*\\]", "", line)
        if symbols and len(rest) - len("".join(symbols).replace(" ", "")) <= len(symbols):
            found += symbols
    return tuple(dict.fromkeys(found)) or _symbols_in_company(lines)


def _symbols_in_company(lines: Sequence[str]) -> tuple[str, ...]:
    for line in lines:
        symbols = find_symbols(line) if len(line) < _LONGEST_LINE else ()
        if not symbols:
            continue
        before = line.replace("\\", "").split(symbols[0])[0].strip()
        if not before or starts_with_word(before, "masthead furniture"):
            return symbols[:1]
    return ()


def _session(lines: Sequence[str], symbols: Sequence[str]) -> tuple[str | None, str | None]:
    """The body as printed and its session; a symbol that names the session decides."""
    text = plain_digits("\n".join(line for line in lines if len(line) < _LONGEST_LINE))
    mention = next(iter(find_session_mentions(text)), None)
    body = None
    if mention is not None:
        line_start = text.rfind("\n", 0, mention.start) + 1
        body = text[line_start:].split("\n", 1)[0]
    for symbol in symbols:
        match = re.match(r"ICCD/(COP|CRIC)\((\d+)\)", symbol)
        if match:
            return body, f"{match[1]}({match[2]})"
    return body, mention.session if mention else None


def agenda_item(line: str) -> str | None:
    """The agenda item that a masthead line names, "5(b)"; None for other lines."""
    if len(line) > _LONGEST_LINE:
        return None
    plain = plain_digits(line)
    named = next((m for m in re.finditer("项目(?=\\s?\\d)", plain)), None)
    if not named and not starts_with_word(line, "agenda item"):
        return None
    match = _ITEM_NUMBER.search(plain, named.end() if named else 0)
    if match is None:
        return None
    degrees = re.findall(r"[a-zأ-يа-я]{1,4}", match[2])
    return match[1] + "".join(
        f"({degree_letter(LATIN_TWINS.get(degree, degree))})" for degree in degrees
    )


def _dates_and_place(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Dates and place of the session stand on one line: "Riyadh, Saudi Arabia, 2–13 December".

    A session lasts more than a day: a single date on the front page is another thing's.
    """
    for line in lines:
        plain = plain_digits(line)
        match = _DATES.search(plain) if len(line) < _LONGEST_LINE else None
        if match is None or not _SPAN.search(match.group()):
            continue
        before = line[: match.start()].strip(" ,，،、.;")
        place = before or line[match.end() :].strip(" ,，،、.;")
        if place and not find_session_mentions(plain):
            return line[match.start() : match.end()].strip(), place
    return None, None


def _is_issuer(line: str) -> bool:
    folded = line.strip(" *")
    if len(folded) > _LONGEST_LINE:
        return False
    ends = any(folded.endswith(word) for word in words("issued as") if word.startswith("的"))
    return ends or starts_with_word(folded, "issued as")


def _title(front: Sequence[Piece], lines: Sequence[str], issuer_at: int | None) -> str | None:
    """The title stands right above the issuer; without one, the last masthead line is it."""
    blocks = [p.text.strip() for p in front if p.kind in ("text", "heading") and p.text.strip()]
    if issuer_at is not None:
        issuer = lines[issuer_at]
        at = next((i for i, text in enumerate(blocks) if issuer in text), len(blocks))
        blocks = blocks[:at] or blocks
    titles = [p.text for p in front if p.kind == "heading" and p.level == 1]
    if issuer_at is None and titles:
        return _bare(titles[-1])
    for text in reversed(blocks):
        if _can_be_title(text):
            return _bare(text)
    return None


def _can_be_title(text: str) -> bool:
    cells = [cell for cell in _CELL.split(text) if cell]
    return (
        len(cells) == 1
        and len(text) <= 400
        and not text.startswith("*")
        and not find_symbols(text)
        and not agenda_item(text)
        and not starts_with_word(text, "masthead furniture")
        and not is_word(text, "summary")
        and not find_session_mentions(plain_digits(text))
        and any(c.isalpha() for c in text)
        and fold(text) not in {fold(word) for word in words("annex")}
    )


def _bare(text: str) -> str:
    title = re.sub(r"\s+", " ", text).strip().rstrip("*").strip()
    return re.sub(r"^[\d٠-٩]+/[\d٠-٩]+\.?\s+(?:[-–]\s)?", "", title)
