"""References to documents and paragraphs inside running text, in the six languages.

"para. 62 of the CRIC 23 report", 审评委第二十三届会议报告第62段, "пункт 8 b) документа
ICCD/COP(16)/4": which labels are named, and of which document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kb.references import HAN_NUMERALS, find_symbols, han_number, parse_label, plain_digits, roman
from kb.sessions import find_session_mentions

_NEAR: Final = 90  # characters between a paragraph and the document it is said to be of
_LONGEST_RANGE: Final = 60  # of a longer "paragraphs 1-300" only the ends are meant

Kind = Literal["symbol", "session", "elsewhere"]


@dataclass(frozen=True, slots=True)
class ParagraphReference:
    """A label that a text names; at most one of the other three says where it stands."""

    label: str  # normalized, "8(b)"
    symbol: str | None = None
    session: str | None = None
    elsewhere: str | None = None  # the decision or resolution that it is a paragraph of


@dataclass(frozen=True, slots=True)
class _Place:
    kind: Kind
    name: str
    start: int
    end: int


def find_sessions(text: str) -> tuple[str, ...]:
    """The sessions that `text` names, as `COP(16)` or `CRIC(23)`, in order, each once."""
    return tuple(dict.fromkeys(m.session for m in find_session_mentions(_clean(text))))


def find_paragraph_references(text: str) -> tuple[ParagraphReference, ...]:
    """The paragraphs, tables, rows, footnotes and figures that `text` names, in order, each once.

    A label belongs to the symbol, session or decision in its own sentence that is nearest, the one
    after it first ("paragraph 5 of …"); else to the only document that the text names.
    """
    clean = _clean(text)
    places = [*_symbols(clean), *_sessions(clean), *_others(clean)]
    documents = {place.name: place for place in places if place.kind != "elsewhere"}
    only = next(iter(documents.values())) if len(documents) == 1 else None
    found = (
        _reference(label, _nearest(clean, start, end, places) or only)
        for start, end, label in sorted(_labels(clean))
    )
    return tuple(dict.fromkeys(found))


# "sub-paragraph (b) of paragraph 39", "подпункт b) пункта 39".
_INVERTED: Final = re.compile(
    r"(?<!\w)(?:sub-?paragraphs?|l['’]alinéa|alinéas?|apartados?|incisos?|подпункт\w*"
    r"|الفقرة الفرعية)"
    r"\s+\(?(?P<degree>[a-zа-я\u0621-\u064a]{1,4})\)\s+(?:of|du|de la|del|من)?\s*"
    r"(?P<paragraph>(?:paragraph|para\.|paragraphe|par\.|párrafo|párr\.|пункта|п\.|الفقرة)\s?\d{1,4})",
    re.IGNORECASE,
)
_HAN_PARAGRAPH: Final = re.compile(rf"第([{HAN_NUMERALS}]{{1,3}})(?=段)")


def _clean(text: str) -> str:
    """`text` with plain digits and references in the one order, number before letter."""
    plain = plain_digits(text.replace("\\", "")).replace("\u00a0", " ")
    plain = _HAN_PARAGRAPH.sub(_in_digits, plain)
    return _INVERTED.sub(lambda m: f"{m['paragraph']}({m['degree']})", plain)


def _in_digits(match: re.Match[str]) -> str:
    try:
        return f"第{han_number(match[1])}"
    except ValueError:
        return match[0]


def _reference(label: str, place: _Place | None) -> ParagraphReference:
    if place is None:
        return ParagraphReference(label)
    match place.kind:
        case "symbol":
            return ParagraphReference(label, symbol=place.name)
        case "session":
            return ParagraphReference(label, session=place.name)
        case "elsewhere":
            return ParagraphReference(label, elsewhere=place.name)


_TIED: Final = re.compile(r"[\s,:，、：،(的]*")
_SENTENCE_END: Final = re.compile(r"[。！？!?;；؟؛]|\.\s+(?=[A-ZА-Я¿¡])|\n")


def _nearest(text: str, start: int, end: int, places: list[_Place]) -> _Place | None:
    before = [(start - p.end, p) for p in places if _close(text, p.end, start)]
    after = [(p.start - end, p) for p in places if _close(text, end, p.start)]
    earlier = min(before, key=lambda pair: pair[0], default=None)
    later = min(after, key=lambda pair: pair[0], default=None)
    if earlier and later:
        # "decision 8/COP.15, paragraph 4": only punctuation between them.
        tied = _TIED.fullmatch(text[earlier[1].end : start])
        # In Chinese the document always comes first: 第8/COP.15号决定第3段.
        han = text[start] == "第"
        return earlier[1] if tied or han else later[1]
    nearest = earlier or later
    return nearest[1] if nearest else None


def _close(text: str, start: int, end: int) -> bool:
    return 0 <= end - start <= _NEAR and not _SENTENCE_END.search(text[start:end])


def _symbols(text: str) -> Iterator[_Place]:
    for symbol in find_symbols(text):
        spelled = re.escape(symbol).replace("/", r"\s?/\s?")
        for match in re.finditer(rf"(?<![A-Za-z0-9/]){spelled}(?![A-Za-z0-9/(])", text):
            yield _Place("symbol", symbol, match.start(), match.end())


def _sessions(text: str) -> Iterator[_Place]:
    for mention in find_session_mentions(text):
        yield _Place("session", mention.session, mention.start, mention.end)


_OTHERS: Final = (
    re.compile(
        r"(?<![\w/])第?\s?\d{1,3}\s?/\s?(?:[CСKК][OОSС]?[PР]?|م\s?أ)\s?[.\-–]\s?\d{1,2}"
        r"(?:\s?号(?:决定|决议))?"
    ),
    re.compile(r"第?\s?\d+/[\w.\-]+\s?号(?:决定|决议)"),
    re.compile(
        r"(?<!\w)(?:decisions?|resolutions?|décisions?|résolutions?|decisión|decisiones|"
        r"resolución|resoluciones|решени\w+|резолюци\w+|المقرر|القرار|قرارها)"
        r"\s+(?:№\s*)?\d+/[\w.\-]+",
        re.IGNORECASE,
    ),
)


def _others(text: str) -> Iterator[_Place]:
    for pattern in _OTHERS:
        for match in pattern.finditer(text):
            yield _Place("elsewhere", match.group().strip(), match.start(), match.end())


_DEGREE: Final = r"\s?\([A-Za-zа-яА-Я\u0621-\u064a一二三四五六七八九十]{1,5}\)|\s?[a-zа-я]{1,4}\)"
_NUMBER: Final = rf"\d{{1,4}}(?:\.\d{{1,3}})*(?:\s(?:bis|ter|quater)\b)?(?:{_DEGREE})*"
_AND: Final = r"\s?(?:,|،|、|;|and|or|et|ou|y|e|o|и|или|و|أو|和|及|或|&)\s?"
_TO: Final = r"\s?(?:-|–|—|to|through|à|a|al|по|إلى|至|到)\s?"
_LIST: Final = rf"{_NUMBER}(?:(?:{_TO}|{_AND}(?:{_AND})?)(?:{_NUMBER}|(?:{_DEGREE})+))*"
_PARAGRAPHS: Final = re.compile(
    rf"""(?:(?<!\w)(?:paragraphs?|paras?\.?|paragraphes?|par\.|párrafos?|párrs?\.?|parrafos?
             |пункт(?:а|е|у|ом|ы|ов|ам|ах|ами)?|пп?\.)\s?
           |¶+\s?|§+\s?
           |(?<!\w)[ولبف]{{0,2}}(?:ال|ل)?فقر(?:ة|ات|تين|تان|تي)\s
           |(?P<han>第)\s?|段落\s?)
        (?P<list>(?>{_LIST}))(?(han)\s?段|(?!\s?(?:[%‰/\d]|повестки)))""",
    re.VERBOSE | re.IGNORECASE,
)
_WORDED: Final = (
    (
        r"(?<!\w)(?:tables?|tableau|cuadro|таблиц\w+|[ولب]{0,2}الجدول)\s(\d{1,3})|表\s?(\d{1,3})",
        "table",
    ),
    (
        r"(?<!\w)(?:footnote|fn\.?|note de bas de page|nota(?: al pie| a pie de página)?|"
        r"сноск\w+|[ولب]{0,2}الحاشية)\s(\d{1,3})|(?:脚注|注)\s?(\d{1,3})",
        "fn",
    ),
    (r"(?<!\w)(?:figure|gráfico|рисун\w+|[ولب]{0,2}الشكل)\s(\d{1,3})|图\s?(\d{1,3})", "figure"),
)
_ROW: Final = re.compile(
    r"\s?[,،，]?\s?(?:(?:row|ligne|fila|строк\w+|الصف)\s(\d{1,3})|第\s?(\d{1,3})\s?行)",
    re.IGNORECASE,
)
_WORDED_PATTERNS: Final = tuple(
    (re.compile(f"(?:{p})(?!\\d)", re.IGNORECASE), kind) for p, kind in _WORDED
)


_ANNEX: Final = (
    rf"(?:annexe?|anexo|приложени\w|(?:ال|لل)?مرفق|附件)"
    rf"(?:\s?(?P<number>[IVXL]+|\d{{1,2}}|[{HAN_NUMERALS}]{{1,2}}|الأول|الثاني|الثالث)(?!\w))?"
)
_ANNEX_BEHIND: Final = re.compile(
    rf"\s?(?:,\s|(?:of|to|in|de|du|del|à|al|dans|en|в|к|من|في|على)\s)?(?:(?:the|l['’]|la|el)\s?)?{_ANNEX}",
    re.IGNORECASE,
)
_ANNEX_BEFORE: Final = re.compile(rf"{_ANNEX}\s?[,،，]?\s?$", re.IGNORECASE)
_ARABIC_ORDINALS: Final = {"الأول": "I", "الثاني": "II", "الثالث": "III"}


def _annex_beside(text: str, start: int, end: int) -> str | None:
    """The annex that a paragraph is said to be of, right behind it or right before."""
    match = _ANNEX_BEHIND.match(text, end) or _ANNEX_BEFORE.search(text, max(0, start - 20), start)
    if match is None:
        return None
    number = match["number"]
    if number is None:
        return "annex"
    if number[0] in HAN_NUMERALS:
        number = roman(han_number(number))
    return f"annex {_ARABIC_ORDINALS.get(number, number).upper()}"


def _labels(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _PARAGRAPHS.finditer(text):
        annex = _annex_beside(text, match.start(), match.end())
        for label in _spelled_out(match["list"]):
            yield match.start(), match.end(), f"{annex}, {label}" if annex else label
    for pattern, kind in _WORDED_PATTERNS:
        for match in pattern.finditer(text):
            label = f"{kind} {match[1] or match[2]}"
            row = _ROW.match(text, match.end()) if kind == "table" else None
            if row:
                yield match.start(), row.end(), f"{label}, row {row[1] or row[2]}"
            else:
                yield match.start(), match.end(), label


def _spelled_out(listed: str) -> Iterator[str]:
    """ "22-24 and 30(a)" → 22, 23, 24, 30(a); "12(a) and (b)" → 12(a), 12(b)."""
    items = [
        (match["to"] is not None, match["item"])
        for match in re.finditer(
            rf"(?:(?P<to>{_TO})|{_AND})*(?P<item>{_NUMBER}|(?:{_DEGREE})+)", listed, re.IGNORECASE
        )
    ]
    number, previous = "", ""
    for ranged, item in items:
        if item[0].isdigit():
            number = re.match(r"[\d.]+", item)[0]  # type: ignore[index]
        written = item if item[0].isdigit() else number + item.strip()
        try:
            label = parse_label(written).text
        except ValueError:
            continue
        if ranged and previous.isdecimal() and label.isdecimal():
            low, high = int(previous), int(label)
            if 0 < high - low <= _LONGEST_RANGE:
                yield from map(str, range(low + 1, high))
        yield label
        previous = label
