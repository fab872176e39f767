"""Which document a masthead belongs to.

The registry `kb/data/documents.csv` holds what is known of documents whose text does not print
its own symbol. Nothing here invents one.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Protocol

from kb.documents import Masthead
from kb.languages import LANGUAGES, Language
from kb.references import find_symbols
from kb.revisions import is_amending
from kb.terms import load_terms

_LONGEST_SUFFIX = 80  # characters of a title that becomes part of an id
_SHARED_CONCEPTS = 0.4  # of a known title, named by the same title in another language


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """What is known of one document, and from where."""

    id: str
    symbol: str | None
    body: str | None
    session: str | None
    agenda_item: str | None
    issuer: str | None
    titles: Mapping[Language, tuple[str, ...]]  # as printed; the first one is the title
    evidence: str

    def title(self, language: Language) -> str | None:
        """The title in `language`, where it is known."""
        return next(iter(self.titles.get(language, ())), None)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document it is. `symbols` are all that it carries, the registry's one first."""

    document_id: str
    symbol: str | None
    symbols: tuple[str, ...] = ()
    row: RegistryRow | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An original that the store already holds under an id, in the language asked for."""

    title: str | None
    issuer: str | None
    source: str


class Taken(Protocol):
    """What the store knows of ids that are in use."""

    def held(self, document_id: str, language: Language) -> Held | None:
        """The newest original of that id in that language."""

    def by_symbol(self, symbol: str) -> str | None:
        """The id of the document that carries `symbol`."""


def identify(
    masthead: Masthead,
    *,
    source: str,
    taken: Taken,
    override: str | None = None,
    symbol: str | None = None,
) -> Identity:
    """The identity of the document whose file `source` has this masthead.

    In this order: `override`; the one registry row that matches; the document that already
    carries a printed symbol; the printed symbol; a label made of session and agenda item; the
    file's name without its extension. A label or a name that another document holds gets the
    issuer, then the title, as a suffix. `symbol` stands in for what the masthead prints.
    """
    symbols = (symbol,) if symbol else masthead.symbols
    if override:
        row = registry().get(override)
        named = symbols or _own_symbol(override)
        return _identity(override, named, row)
    row = _matching_row(masthead, symbols)
    if row is not None and not _is_another(row, masthead, source, taken):
        return _identity(row.id, symbols, row)
    for printed in symbols:
        known = taken.by_symbol(printed)
        if known is not None:
            return _identity(known, symbols, registry().get(known))
    if symbols:
        return _identity(symbols[0], symbols, None)
    name = _label(masthead) or PurePath(source).stem
    return _identity(_free(name, masthead, source, taken), (), None)


@cache
def registry() -> Mapping[str, RegistryRow]:
    """The rows of `kb/data/documents.csv` by id."""
    text = files("kb").joinpath("data/documents.csv").read_text(encoding="utf-8")
    return {row["id"]: _row(row) for row in csv.DictReader(text.splitlines())}


def issuer_of(text: str | None) -> str | None:
    """The id, in `kb/data/issuers.csv`, of the body that `text` ("Note by the …") names.

    The longest name found wins, so that "Executive Secretary" is not the secretariat.
    """
    if not text:
        return None
    folded = fold(text)
    found = [(len(name), issuer) for name, issuer in _issuer_names() if name in folded]
    return max(found)[1] if found else None


def fold(text: str | None) -> str:
    """Letters and digits of `text` alone, in one case: two prints of one title fold alike."""
    normal = unicodedata.normalize("NFKD", text or "").casefold()
    return "".join(c for c in normal if c.isalnum())


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two prints say the same; an absent one contradicts nothing."""
    return not one or not other or one == other


def _row(row: dict[str, str]) -> RegistryRow:
    titles = {
        language: tuple(row[f"title_{language}"].split("|"))
        for language in LANGUAGES
        if row[f"title_{language}"]
    }
    return RegistryRow(
        id=row["id"],
        symbol=row["symbol"] or None,
        body=row["body"] or None,
        session=row["session"] or None,
        agenda_item=row["agenda_item"] or None,
        issuer=row["issuer"] or None,
        titles=titles,
        evidence=row["evidence"],
    )


@cache
def _issuer_names() -> tuple[tuple[str, str], ...]:
    text = files("kb").joinpath("data/issuers.csv").read_text(encoding="utf-8")
    return tuple(
        (fold(name), row["id"])
        for row in csv.DictReader(text.splitlines())
        for language in LANGUAGES
        for name in row[language].split("|")
        if name
    )


def _matching_row(masthead: Masthead, symbols: tuple[str, ...]) -> RegistryRow | None:
    rows = [row for row in registry().values() if _matches(row, masthead, symbols)]
    return rows[0] if len(rows) == 1 else None


def _matches(row: RegistryRow, masthead: Masthead, symbols: tuple[str, ...]) -> bool:
    if symbols and row.symbol:
        return row.symbol in symbols
    if any(is_amending(symbol) for symbol in symbols):
        return False
    if not row.session or not row.agenda_item or not masthead.agenda_item:
        return False
    if (row.session, _squeeze(row.agenda_item)) != (
        masthead.session,
        _squeeze(masthead.agenda_item),
    ):
        return False
    same_issuer = issuer_of(masthead.issuer) == issuer_of(row.issuer) is not None
    known = [fold(title) for title in row.titles.get(masthead.language, ())]
    printed = fold(masthead.title)
    if not known or not printed:
        return same_issuer and (not printed or _same_subject(row, masthead))
    # Some prints run the title of the agenda item and the document's own title together.
    return printed in known or (same_issuer and any(title in printed for title in known))


def _same_subject(row: RegistryRow, masthead: Masthead) -> bool:
    """Whether a title in a language that the row has none in names the concepts of those it has.

    A body may bring several reports under one item: the issuer alone is no evidence.
    """
    terms = load_terms()
    printed = set(terms.concepts(masthead.title or ""))
    return any(
        len(named & printed) >= _SHARED_CONCEPTS * len(named)
        for titles in row.titles.values()
        for title in titles
        if (named := set(terms.concepts(title)))
    )


def _is_another(row: RegistryRow, masthead: Masthead, source: str, taken: Taken) -> bool:
    """Whether an original in that language is held under the row's id with another title."""
    held = taken.held(row.id, masthead.language)
    if held is None or held.source == source or not masthead.title or not held.title:
        return False
    known = [fold(title) for title in row.titles.get(masthead.language, ())]
    return not known and fold(held.title) != fold(masthead.title)


def _identity(document_id: str, symbols: tuple[str, ...], row: RegistryRow | None) -> Identity:
    registered = (row.symbol,) if row and row.symbol else ()
    every = tuple(dict.fromkeys((*registered, *symbols)))
    return Identity(document_id, every[0] if every else None, every, row)


def _own_symbol(document_id: str) -> tuple[str, ...]:
    """An id that is a symbol as a whole carries that symbol."""
    return (document_id,) if find_symbols(document_id) == (document_id,) else ()


def _label(masthead: Masthead) -> str | None:
    if not masthead.session or not masthead.agenda_item:
        return None
    return f"{masthead.session}, item {_squeeze(masthead.agenda_item)}"


def _free(name: str, masthead: Masthead, source: str, taken: Taken) -> str:
    suffixes = (
        issuer_of(masthead.issuer),
        _shortened(masthead.issuer),
        _shortened(masthead.title),
        PurePath(source).stem,
    )
    candidates = (name, *(f"{name}, {suffix}" for suffix in suffixes if suffix))
    is_free = _is_free_for(masthead, source, taken)
    for candidate in candidates:
        if is_free(candidate):
            return candidate
    return next(
        numbered
        for numbered in (f"{candidates[-1]} ({n})" for n in range(2, 10_000))
        if is_free(numbered)
    )


def _is_free_for(masthead: Masthead, source: str, taken: Taken) -> Callable[[str], bool]:
    def is_free(candidate: str) -> bool:
        if candidate in registry():
            return False
        held = taken.held(candidate, masthead.language)
        if held is None or held.source == source:
            return True
        return _agree(fold(held.title), fold(masthead.title)) and _agree(
            issuer_of(held.issuer), issuer_of(masthead.issuer)
        )

    return is_free


def _shortened(text: str | None) -> str | None:
    return " ".join(text.split())[:_LONGEST_SUFFIX].strip() if text else None


def _squeeze(item: str) -> str:
    return re.sub(r"\s+", "", item)
