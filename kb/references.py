"""Names of passages: symbols, decisions, paragraph labels, and how each language cites them.

A label is normalized once, here: `59`, `8(b)(iii)`, `14.35`, `annex I, 4`, `table 1, row 3`,
`fn 16`, `figure 2`, `summary`, `preamble`, `[3]`, `7 (2nd)`. Citation forms follow
`kb/data/citation_forms.csv`.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from kb.languages import Language

_SEGMENT = (
    r"(?!Part\s[A-Z])[A-Z0-9][A-Za-z0-9.]*(?:\(\d+\))?(?:\s?\((?:Sect|Part|Vol)\.?\s?[0-9A-Z]+\))?"
)
# Chinese sets no space between its own characters and a symbol or a number.
_WORD_BUT_HAN = r"[^\W\u3400-\u9fff]"
_SYMBOL = re.compile(
    rf"(?<!{_WORD_BUT_HAN})(?<!/)[A-Z]{{1,6}}(?:/(?:{_SEGMENT}))*/{_SEGMENT}(?:/Part\s[A-Z])?"
    rf"(?!{_WORD_BUT_HAN})(?!\()"
)
_CYRILLIC_LOOKALIKES = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")
_PLAIN_FORMS = dict(
    zip(
        "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹（）［］／．，：０１２３４５６７８９",
        "01234567890123456789()[]/.,:0123456789",
        strict=True,
    )
)
_OTHER_FORM = re.compile(f"[{''.join(_PLAIN_FORMS)}]")
_DECISION = re.compile(
    rf"(?<!{_WORD_BUT_HAN})(?<![/.])(\d{{1,3}})\s?/\s?"
    rf"(?:(COP|CP|CMP|CMA|MOP)\s?[.\-]\s?(\d{{1,2}})|م\s?أ\s?[-–.]\s?(\d{{1,2}}))"
    rf"(?!{_WORD_BUT_HAN})(?!/)"
)

# The order in which the Editorial Manual letters sub-paragraphs in Arabic (abjad) and Russian.
ARABIC_LETTERS: Final = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
RUSSIAN_LETTERS: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
HAN_NUMERALS: Final = "一二三四五六七八九十"

_LABEL = re.compile(
    r"""(?:(?P<annex>annex(?:\s[IVXLC0-9A-Z]+)?),\s)?
        (?:(?P<table>table\s(?:[\w.]+|\[\d+\]))(?:,\srow\s(?P<row>\d+))?
          |(?P<footnote>fn\s[\w*]+)
          |(?P<figure>figure\s[\w.]+)
          |(?P<word>summary|preamble)
          |(?P<ordinal>\[\d+\])
          |(?P<number>\d+[A-Z]?(?:\.\d+)*(?:\s?(?:bis|ter|quater))?)(?P<sub>(?:\([a-z0-9]+\))*)
        )(?P<repeat>\s\(\d+(?:st|nd|rd|th)\))?$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A paragraph label taken apart; every part is in normalized form."""

    text: str
    annex: str | None  # "annex I"
    kind: str  # paragraph, table, row, footnote, figure, summary, preamble, ordinal
    number: str | None  # "8", "14.35", "1" of "table 1"
    row: str | None
    degrees: tuple[str, ...]  # ("b", "iii")
    repeat: str | None  # "(2nd)"

    @property
    def top(self) -> str:
        """Label of the top-level passage that holds this one: "8" for "8(b)(iii)"."""
        if not self.degrees:
            return self.text
        return self.text.replace("".join(f"({d})" for d in self.degrees), "", 1)


def plain_digits(text: str) -> str:
    """`text` with Arabic-Indic and full-width digits and full-width marks made ASCII."""
    # str.translate takes a dictionary look-up for every character that is not ASCII.
    return text if text.isascii() else _OTHER_FORM.sub(lambda m: _PLAIN_FORMS[m[0]], text)


def find_symbols(text: str) -> tuple[str, ...]:
    """The document symbols in `text`, canonical, in order, each once.

    Markdown escapes, a trailing asterisk and spaces around slashes are conversion or printing
    marks and not part of a symbol. A joint symbol (`ICCD/CRIC(22)/7–ICCD/COP(16)/CST/8`) gives
    two.
    """
    if not _has_slash(text):
        return ()
    clean = plain_digits(text.replace("\\", "")).translate(_CYRILLIC_LOOKALIKES)
    clean = re.sub(r"(?<=[)\dA-Z])\s?/\s?(?=[A-Z0-9])", "/", clean)
    found = (match.group().rstrip(".") for match in _SYMBOL.finditer(clean))
    return tuple(dict.fromkeys(re.sub(r"\s+", " ", s) for s in found if _is_symbol(s)))


def _has_slash(text: str) -> bool:
    return "/" in text or "／" in text


def _is_symbol(candidate: str) -> bool:
    """Symbols carry a digit and more than a bare "A/B"; "UN/CEFACT" or "N/A" are words."""
    return bool(re.search(r"\d", candidate)) and not _DECISION.fullmatch(candidate)


def find_decisions(text: str) -> tuple[str, ...]:
    """Decision numbers in `text` in any of the six languages' forms, as `8/COP.15`."""
    if not _has_slash(text):
        return ()
    clean = plain_digits(text.replace("\\", "")).translate(_CYRILLIC_LOOKALIKES)
    found = (f"{m[1]}/{m[2] or 'COP'}.{m[3] or m[4]}" for m in _DECISION.finditer(clean))
    return tuple(dict.fromkeys(found))


def is_corrigendum(symbol: str) -> bool:
    """Whether `symbol` names a correction to its base document."""
    return bool(re.search(r"/Corr\.\d+$", symbol))


def parse_label(text: str) -> Label:
    """The label that `text` writes, in any of the six languages' forms.

    Raises ValueError when `text` is no paragraph label.
    """
    normal = normalize_label(text)
    match = _LABEL.match(normal)
    if match is None:
        raise ValueError(f'"{text}" is not a paragraph label such as 59, 8(b)(iii) or table 1')
    degrees = tuple(re.findall(r"\(([a-z0-9]+)\)", match["sub"] or ""))
    kind, number = _kind_and_number(match)
    return Label(
        normal, match["annex"], kind, number, match["row"], degrees, _strip(match["repeat"])
    )


def _kind_and_number(match: re.Match[str]) -> tuple[str, str | None]:
    if match["row"]:
        return "row", match["table"].removeprefix("table ")
    for kind in ("table", "footnote", "figure"):
        if match[kind]:
            return kind, match[kind].split(" ", 1)[1]
    if match["word"]:
        return match["word"], None
    if match["ordinal"]:
        return "ordinal", match["ordinal"].strip("[]")
    return "paragraph", match["number"]


def _strip(text: str | None) -> str | None:
    return text.strip() if text else None


_LABEL_WORDS: Final = (
    (
        r"(?:^|(?<=,\s))(?:¶|§|paragraphs?|paras?\.?|paragraphes?|par\.|párrafos?|párr\.?|пункт\w*|п\.|الفقرة)\s*",
        "",
    ),
    (r"(?:^|(?<=,\s))第\s*(.+?)\s*段$", r"\1"),
    (r"(?:footnote|脚注|注|note de bas de page|nota|сноска|الحاشية)\s*(?=\d)", "fn "),
    (r"(?:tableau|cuadro|таблица|الجدول|表)\s*(?=\d)", "table "),
    (r"(?:ligne|fila|строка|الصف)\s*(?=\d)", "row "),
    (r"第\s*(\d+)\s*行", r"row \1"),
    (r"(?:gráfico|рисунок|الشكل|图)\s*(?=\d)", "figure "),
    (r"^(?:annexe|anexo|приложение|المرفق|附件)(?=\s|[IVX\d一二三四五六七八九十])\s*", "annex "),
)


_HAN_ANNEX = re.compile(rf"^annex\s?([{HAN_NUMERALS}]{{1,2}})(?=,|$)")
_REPEAT = re.compile(r"(\(\d+(?:st|nd|rd|th)\))$")


def normalize_label(text: str) -> str:
    """`text` in the one spelling of labels; it may still not be a valid one."""
    label = plain_digits(text).replace("،", ",").strip().rstrip(".")
    label = re.sub(r"\s*,\s*", ", ", label)
    for pattern, replacement in _LABEL_WORDS:
        label = re.sub(pattern, replacement, label, flags=re.IGNORECASE)
    label = _HAN_ANNEX.sub(lambda m: f"annex {roman(han_number(m[1])).upper()}", label)
    label, repeat = re.sub(r"\s*(\(\d+(?:st|nd|rd|th)\))$", "", label), _REPEAT.search(label)
    label = re.sub(r"\(([^()]+)\)|(?<=[\d)\s])([^\W\d_]{1,5})\)", _sub_degree, label)
    label = re.sub(r"(?<=[\w)])\s+(?=\([a-z0-9]+\))", "", label)
    label = re.sub(r"^(Annex|Table|Figure|Fn|Summary|Preamble)\b", lambda m: m[0].lower(), label)
    return f"{label} {repeat[1]}" if repeat else label


def _sub_degree(match: re.Match[str]) -> str:
    inner = (match[1] or match[2]).strip()
    return f"({degree_letter(inner)})"


def degree_letter(mark: str) -> str:
    """The Latin letter or roman numeral that a sub-paragraph mark of any script stands for.

    "أ" → "a", "б" → "b", "二" → "ii"; Latin letters and numerals stay, in lower case.
    """
    bare = mark.replace("ـ", "").strip()
    if len(bare) == 1:
        lower = bare.lower()
        if bare in ARABIC_LETTERS:
            return chr(ord("a") + ARABIC_LETTERS.index(bare))
        if bare == "ا":
            return "a"
        if lower in RUSSIAN_LETTERS:
            return chr(ord("a") + RUSSIAN_LETTERS.index(lower))
    if bare and all(c in HAN_NUMERALS for c in bare):
        return roman(han_number(bare))
    return bare.lower()


def han_number(numeral: str) -> int:
    """Value of a Han numeral from 一 to 九十九; ValueError for anything else."""
    if not numeral or any(c not in HAN_NUMERALS for c in numeral):
        raise ValueError(f'"{numeral}" is not a Han numeral up to 99')
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        if len(numeral) != 1:
            raise ValueError(f'"{numeral}" is not a Han numeral up to 99')
        return HAN_NUMERALS.index(numeral) + 1
    value = 10 * (HAN_NUMERALS.index(tens) + 1 if tens else 1)
    return value + (HAN_NUMERALS.index(ones) + 1 if ones else 0)


def roman(number: int) -> str:
    """Lower-case roman numeral of a number from 1 to 399."""
    numerals = (
        (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    if not 1 <= number < 400:
        raise ValueError(f"{number} is outside 1 to 399")
    written = ""
    for value, letters in numerals:
        while number >= value:
            written += letters
            number -= value
    return written


def cite(document: str, label: str, language: Language, *, section: bool = False) -> str:
    """The citation of a passage in the UN form of `language`.

    `document` is a symbol or an id such as `CRIC(23), item 2(a)`; `section` says that the label
    numbers a section, not a paragraph.
    """
    forms = _citation_forms()
    separator = forms["separator"][language]
    parts = [_localized_item(document, language)]
    if label:
        parts += _cited_label(parse_label(label), language, section=section)
    return separator.join(parts)


def _cited_label(label: Label, language: Language, *, section: bool) -> list[str]:
    forms = _citation_forms()
    parts: list[str] = []
    if label.annex:
        number = label.annex.removeprefix("annex").strip()
        parts.append(forms["annex"][language].format(n=number).strip())
    kind = {"row": "table", "paragraph": "section" if section else "paragraph"}.get(
        label.kind, label.kind
    )
    number = label.number or ""
    if label.degrees:
        number += _cited_degrees(label.degrees, language)
    if label.repeat:
        number += f" {label.repeat}"
    parts.append(forms[kind][language].format(n=number))
    if label.row:
        parts.append(forms["row"][language].format(n=label.row))
    return parts


def _cited_degrees(degrees: tuple[str, ...], language: Language) -> str:
    match language:
        case "fr" | "es":
            return " " + " ".join(f"{d})" for d in degrees)
        case "zh":
            return "".join(f"({d})" for d in degrees)
        case "ar":
            first, *rest = degrees
            return " " + " ".join((f"({_arabic_letter(first)})", *(f"({d})" for d in rest)))
        case _:
            return " " + " ".join(f"({d})" for d in degrees)


def _arabic_letter(degree: str) -> str:
    """Arabic prints the first degree in abjad letters; lower degrees keep their numerals."""
    return ARABIC_LETTERS[ord(degree) - ord("a")] if len(degree) == 1 else degree


def _localized_item(document: str, language: Language) -> str:
    form = _citation_forms()["item"][language]
    separator = _citation_forms()["separator"][language]
    return re.sub(r", item (\S+)", lambda m: separator + form.format(n=m[1]), document)


@cache
def _citation_forms() -> Mapping[str, Mapping[Language, str]]:
    source = files("kb").joinpath("data/citation_forms.csv").read_text(encoding="utf-8")
    return {row.pop("element"): row for row in csv.DictReader(source.splitlines())}  # type: ignore[misc]
