"""Records in words: every shipped record has a card that says all of it in six languages."""

import csv
import re
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import get_args

import pytest

from kb.errors import NotFound
from kb.languages import LANGUAGES, Language
from kb.quantities import find_quantities
from kb.records.cards import card, cards, statement
from kb.records.columns import columns_of
from kb.records.kinds import (
    RECORD_KINDS,
    STATEMENTS,
    Event,
    Funding,
    Milestone,
    Observation,
    Partnership,
    Target,
)
from kb.records.naming import OWN_TEXT, Names, shipped_names
from kb.records.record import Anchor, Record
from kb.records.shipped import shipped_records
from kb.records.values import (
    PartnerRole,
    PartyRole,
    Per,
    Progress,
    Qualifier,
    Stage,
    TargetState,
    Verb,
)
from kb.records.words import fill, group
from kb.references import find_decisions
from kb.terms import load_terms
from kb.wording import placeholders

SOURCES = (Anchor("D", "1", "1"),)
IDS = re.compile(r"\b(?:party|organization|initiative|convention|term|phrase|name):\S")
# A word of Latin letters that is no acronym and no symbol.
LATIN_WORD = re.compile(r"[A-Za-z]*[a-z]{2,}[A-Za-z]*")
ORDINAL_UNITS = ("term:phase",)  # "phase 4" is a name and no quantity


@cache
def shipped() -> tuple[Record, ...]:
    return tuple(shipped_records())


def held_names(record: Record) -> list[str]:
    """Ids of who and what a record is about; what is counted is said in a plural form."""
    found = []
    for column in columns_of(record.kind).values():
        held = getattr(record.statement, column.name)
        if held and column.type == "name":
            found.append(held)
        elif held and column.type == "names":
            found += held.split()
    return found


def figures(record: Record) -> list[tuple[Decimal, str, str]]:
    match record.statement:
        case Funding() as one:
            return [(one.amount, one.currency, one.qualifier)]
        case Target() | Observation() as one if one.unit not in ORDINAL_UNITS:
            return [(one.value, one.unit, one.qualifier)]
        case Milestone() as one:
            shares = [(one.share, "%", "exact")] if one.share is not None else []
            wholes = [(one.of, one.unit, "exact")] if one.of is not None else []
            return [(one.value, one.unit, "exact"), *wholes, *shares]
    return []


def dates(record: Record) -> set[str]:
    columns = columns_of(record.kind).values()
    held = (getattr(record.statement, c.name) for c in columns if c.type == "date")
    return {iso for iso in held if iso}


def said_times(text: str, language: Language) -> set[str]:
    """Dates of a text; the two ends of a period, too, each in full."""
    isos = {quantity.iso for quantity in find_quantities(text, language) if quantity.iso}
    return isos | {edge for iso in isos for edge in iso.split("/")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_shows_a_placeholder_or_an_id(language: Language) -> None:
    for record in shipped():
        for text in (
            card(record, language, shipped_names()).text,
            statement(record, language, shipped_names()),
        ):
            assert not re.search(r"[{}\[\]|]", text), text
            assert not IDS.search(text), text
            assert "None" not in text, text
            assert not re.search(r"  |\.\.|。。|[:：] ?[.。]", text), text


@pytest.mark.parametrize("language", ["ar", "ru", "zh"])
def test_no_latin_word_is_left_over_where_letters_differ(language: Language) -> None:
    for record in shipped():
        text = card(record, language, shipped_names()).text
        for one in held_names(record):
            name = shipped_names().name(one, language)
            text = text.replace(name, " ").replace(name[:1].upper() + name[1:], " ")
        assert not LATIN_WORD.search(text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_names_of_a_record_stand_in_its_card(language: Language) -> None:
    for record in shipped():
        text = card(record, language, shipped_names()).text
        for one in held_names(record):
            name = shipped_names().name(one, language)
            assert name[1:] in text, (record.id, one, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_concepts_of_a_record_are_found_in_its_card(language: Language) -> None:
    terms = load_terms()
    missed = []
    for record in shipped():
        found = terms.concepts(card(record, language, shipped_names()).text, language)
        missed += [
            (record.id, one)
            for one in held_names(record)
            if not one.startswith("phrase:") and one not in found
        ]
    assert not missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_a_card_are_read_back_as_those_of_its_record(language: Language) -> None:
    for record in shipped():
        for text in (
            card(record, language, shipped_names()).text,
            statement(record, language, shipped_names()),
        ):
            found = find_quantities(text, language)
            for value, unit, qualifier in figures(record):
                if language == "ar" and value in (1, 2):
                    continue  # said by the noun alone
                same = [q for q in found if (q.value, q.qualifier) == (value, qualifier)]
                assert same, (value, qualifier, text)
                if ":" not in unit:
                    assert unit in {q.unit for q in same}, (unit, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dates_of_a_card_are_read_back_as_those_of_its_record(language: Language) -> None:
    for record in shipped():
        text = card(record, language, shipped_names()).text
        assert dates(record) <= said_times(text, language), (record.id, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_stage_and_qualifier_are_always_said(language: Language) -> None:
    for record in shipped():
        one = record.statement
        if not isinstance(one, Funding):
            continue
        for text in (
            card(record, language, shipped_names()).text,
            statement(record, language, shipped_names()),
        ):
            assert group("stage")[one.stage][language].lower() in text.lower()
            before, _, after = group("qualifier")[one.qualifier][language].partition("{x}")
            assert before.lower() in text.lower()
            assert after in text


def test_decisions_of_a_card_are_read_back() -> None:
    for record in shipped():
        number = getattr(record.statement, "decision", "")
        if re.fullmatch(r"\d+/COP\.\d+", number):
            for one in cards(record, shipped_names()):
                assert number in find_decisions(one.text), one.text


def test_a_card_is_short() -> None:
    """Some decisions ask for much: their own words alone are fifty."""
    for record in shipped():
        for one in cards(record, shipped_names()):
            own = sum(
                len(shipped_names().name(name, one.language).split()) for name in held_names(record)
            )
            assert len(one.text.split()) - own <= 30, one.text


def test_the_same_record_gives_the_same_cards() -> None:
    for record in shipped()[:20]:
        assert cards(record, shipped_names()) == cards(record, shipped_names())
        assert [one.language for one in cards(record, shipped_names())] == list(LANGUAGES)


def test_what_a_record_does_not_say_its_card_does_not_say() -> None:
    bare = Partnership(id="x", initiative="initiative:idra", partner="party:ESP", role="founder")
    assert card(Record(bare, SOURCES), "en", shipped_names()).text == (
        "Partnership: International Drought Resilience Alliance. Founder: Spain."
    )
    dated = bare.model_copy(update={"since": "2022-11", "until": "2030"})
    assert card(Record(dated, SOURCES), "en", shipped_names()).text.endswith(
        "Spain. November 2022 – 2030."
    )


def test_a_pledge_reads_as_a_delegate_would_write_it() -> None:
    pledge = Funding(
        id="x",
        provider="party:SAU",
        initiative="initiative:rgdrp",
        purpose="name:drought resilience",
        amount=Decimal(150_000_000),
        currency="USD",
        stage="pledged",
        instrument="grant",
        qualifier="up_to",
        per="year",
        as_of="2024-12",
    )
    assert statement(Record(pledge, SOURCES), "en", shipped_names()) == (
        "Saudi Arabia: up to US$150 million per year (pledged; grant) – drought resilience, "
        "Riyadh Global Drought Resilience Partnership; as of December 2024"
    )


def test_an_event_of_one_place_names_it_once() -> None:
    event = Event(id="x", name="initiative:stockholm-50", start="2022", country="party:SWE")
    assert card(Record(event, SOURCES), "en", shipped_names()).text == (
        "Event: Stockholm+50. Date: 2022. Country: Sweden."
    )


def test_a_name_that_nobody_knows_is_an_error() -> None:
    event = Event(id="x", name="phrase:nothing-of-the-kind", start="2022")
    with pytest.raises(NotFound, match="nothing-of-the-kind"):
        card(Record(event, SOURCES), "en", shipped_names())


def test_names_come_from_the_mapping_that_is_handed_in() -> None:
    names = Names({"phrase:x": dict.fromkeys(LANGUAGES, "dunes {stabilized} [all]")})
    event = Event(id="x", name="phrase:x", start="2022")
    text = card(Record(event, SOURCES), "en", names).text
    assert text == "Event: dunes {stabilized} [all]. Date: 2022."


def test_text_of_the_users_own_stays_as_it_is() -> None:
    event = Event(id="x", name=f"{OWN_TEXT}Sahel day: term:land", start="2022")
    assert "Sahel day: term:land" in statement(Record(event, SOURCES), "fr", shipped_names())


def test_of_two_options_the_first_is_taken_whose_values_are_there() -> None:
    assert fill("{a}[: {b}, {c}|: {c}].", {"a": "x", "c": "z"}) == "X: z."
    assert fill("{a}[ ({b})]. {c}", {"a": "x", "c": "z"}) == "X. Z"
    with pytest.raises(KeyError):
        fill("{a}", {})


def test_all_words_of_the_columns_are_in_the_file() -> None:
    for name, types in (
        ("stage", (Stage,)),
        ("qualifier", (Qualifier,)),
        ("per", (Per,)),
        ("progress", (Progress,)),
        ("state", (TargetState,)),
        ("verb", (Verb,)),
        ("role", (PartnerRole, PartyRole)),
    ):
        wanted = {word for one in types for word in get_args(one)}
        assert set(group(name)) == wanted
        assert all(text for words in group(name).values() for text in words.values())


def test_each_kind_has_both_templates_with_the_same_placeholders_in_six_languages() -> None:
    source = files("kb").joinpath("data/record_templates.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(source.splitlines()))
    assert [(row["form"], row["kind"]) for row in rows].count(("card", "funding")) == 1
    assert {(row["form"], row["kind"]) for row in rows} == {
        (form, kind) for form in ("card", "statement") for kind in RECORD_KINDS
    }
    for row in rows:
        assert len({placeholders(row[language]) for language in LANGUAGES}) == 1
        assert all(row[language].count("[") == row[language].count("]") for language in LANGUAGES)


def test_a_card_has_a_place_for_every_column_of_its_kind() -> None:
    source = files("kb").joinpath("data/record_templates.csv").read_text(encoding="utf-8")
    said_otherwise = {
        "value": {"unit", "qualifier", "of"},
        "amount": {"currency", "qualifier", "per"},
        "date": {"start", "end"},
        "period": {"since", "until", "period_start", "period_end"},
    }
    for row in csv.DictReader(source.splitlines()):
        if row["form"] == "card":
            places = placeholders(row["en"])
            covered = places.union(*(said_otherwise.get(place, set()) for place in places))
            model = STATEMENTS[row["kind"]]  # type: ignore[index]
            assert set(model.model_fields) - {"id"} <= covered
