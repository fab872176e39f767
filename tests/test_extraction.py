"""What the rules propose of a text, in six languages."""

from decimal import Decimal

import pytest

from ingestion.extraction.candidates import candidates_of, find_candidates
from kb.documents import Masthead, Paragraph, ParsedDocument, Subparagraph, Table
from kb.languages import Language
from kb.records.clauses import find_anchor
from kb.records.record import Record

DOCUMENT = "ICCD/COP(17)/91"


def parsed(
    language: Language,
    text: str,
    *,
    headings: tuple[str, ...] = ("III. Financing",),
    tables: tuple[Table, ...] = (),
    symbols: tuple[str, ...] = (),
    subparagraphs: tuple[Subparagraph, ...] = (),
) -> ParsedDocument:
    paragraph = Paragraph("7", "paragraph", text, headings, subparagraphs)
    return ParsedDocument(Masthead(language, symbols), paragraphs=(paragraph,), tables=tables)


def found(language: Language, text: str, **more: object) -> tuple[Record, ...]:
    return candidates_of(parsed(language, text, **more), DOCUMENT)  # type: ignore[arg-type]


def said(records: tuple[Record, ...], kind: str) -> list[dict[str, object]]:
    return [
        {k: v for k, v in one.statement.model_dump().items() if v is not None}
        for one in records
        if one.kind == kind
    ]


PLEDGES: dict[Language, str] = {
    "en": "In 2031 Norway pledged $2.5 million to the Great Green Wall.",
    "fr": "En 2031, la Norvège a promis 2,5 millions de dollars à la Grande Muraille verte.",
    "es": "En 2031 Noruega prometió 2,5 millones de dólares para la Gran Muralla Verde.",
    "ru": "В 2031 году Норвегия обещала 2,5 млн долл. США для Великой зеленой стены.",
    "ar": "في عام 2031 تعهدت النرويج بمبلغ 2.5 مليون دولار للسور الأخضر العظيم.",
    "zh": "2031年，挪威认捐250万美元用于绿色长城。",
}


@pytest.mark.parametrize("language", PLEDGES)
def test_a_pledge_keeps_its_giver_amount_stage_and_year(language: Language) -> None:
    records = found(language, PLEDGES[language])
    (pledge,) = said(records, "funding")
    assert pledge["provider"] == "party:NOR"
    assert pledge["initiative"] == "initiative:ggw"
    assert (pledge["amount"], pledge["currency"]) == (Decimal(2_500_000), "USD")
    assert (pledge["stage"], pledge["as_of"]) == ("pledged", "2031")


UNNAMED: dict[Language, str] = {
    "en": "Together, the mills cost 16.4 million euros in 2025.",
    "fr": "À eux tous, les moulins ont coûté 16,4 millions d’euros en 2025.",
    "es": "En conjunto, los molinos costaron 16,4 millones de euros en 2025.",
    "ru": "В 2025 году расходы всех мельниц составили 16,4 млн евро.",
    "ar": "بلغت تكلفة الطواحين مجتمعة 16.4 مليون يورو في عام 2025.",
    "zh": "2025年，各磨坊的费用合计1,640万欧元。",
}


@pytest.mark.parametrize("language", UNNAMED)
def test_money_of_nobody_named_is_an_observation_under_its_heading(language: Language) -> None:
    records = found(language, UNNAMED[language])
    (cost,) = said(records, "observations")
    assert (cost["value"], cost["unit"], cost["as_of"]) == (Decimal(16_400_000), "EUR", "2025")
    assert cost["subject"] == "name:Financing"
    assert not said(records, "funding")


DATED: dict[Language, str] = {
    "en": "The network was set up on 3 May 2019 by seven institutes.",
    "fr": "Le réseau a été créé le 3 mai 2019 par sept instituts.",
    "es": "La red fue creada el 3 de mayo de 2019 por siete institutos.",
    "ru": "Сеть была создана 3 мая 2019 года семью институтами.",
    "ar": "أنشئت الشبكة في 3 أيار/مايو 2019 من جانب سبعة معاهد.",
    "zh": "该网络由七家研究所于2019年5月3日设立。",
}


@pytest.mark.parametrize("language", DATED)
def test_a_day_is_an_event_in_the_words_of_its_clause(language: Language) -> None:
    (event,) = said(found(language, DATED[language]), "events")
    assert event["start"] == "2019-05-03"
    assert str(event["name"]).removeprefix("name:") in DATED[language]


DEMANDS: dict[Language, str] = {
    "en": "In its decision 41/COP.16, the Conference requested the secretariat to draw up a map.",
    "fr": "Dans sa décision 41/COP.16, la Conférence a prié le secrétariat de dresser une carte.",
    "es": "En su decisión 41/COP.16, la Conferencia pidió a la secretaría que trazara un mapa.",
    "ru": "В решении 41/СОР.16 Конференция просила секретариат составить карту.",
    "zh": "缔约方会议在第41/COP.16号决定中请秘书处绘制地图。",
}


@pytest.mark.parametrize("language", DEMANDS)
def test_a_cited_demand_names_decision_verb_and_addressee(language: Language) -> None:
    (demand,) = said(found(language, DEMANDS[language]), "decisions")
    assert demand["decision"] == "41/COP.16"
    assert (demand["verb"], demand["addressee"]) == ("requests", "convention:secretariat")


def test_each_item_of_a_resolution_is_a_demand_of_its_own() -> None:
    text = "Requests the secretariat:\n(a) To draw a map;\n(b) To print it."
    subs = (Subparagraph("7(a)", 26, 45), Subparagraph("7(b)", 46, len(text)))
    demands = said(found("en", text, symbols=("A/RES/90/123",), subparagraphs=subs), "decisions")
    assert [d["what"] for d in demands] == ["name:To draw a map", "name:To print it"]
    assert {d["decision"] for d in demands} == {"A/RES/90/123"}


PARTNERS: dict[Language, str] = {
    "en": "The Great Green Wall, supported by FAO and UNDP, reaches eleven countries.",
    "fr": "La Grande Muraille verte, soutenue par la FAO et le PNUD, traverse onze pays.",
    "es": "La Gran Muralla Verde, apoyada por la FAO y el PNUD, cruza once países.",
}


@pytest.mark.parametrize("language", PARTNERS)
def test_a_role_word_ties_its_names_to_the_initiative_before_it(language: Language) -> None:
    partners = said(found(language, PARTNERS[language]), "partnerships")
    assert [p["partner"] for p in partners] == ["organization:fao", "organization:undp"]
    assert {(p["initiative"], p["role"]) for p in partners} == {("initiative:ggw", "supporter")}


def test_a_target_needs_a_deadline_and_a_word_for_what_is_to_come() -> None:
    aimed = said(found("en", "Kenya aims to restore 5.1 million hectares by 2030."), "targets")
    assert [(t["value"], t["unit"], t["deadline"]) for t in aimed] == [
        (Decimal(5_100_000), "ha", "2030")
    ]
    assert not said(found("en", "By 30 June 2029, 640 hectares had been restored."), "targets")


def test_progress_columns_become_milestones() -> None:
    table = Table(
        "table 1",
        "Progress by activity in 26 countries",
        ("Activity", "Done", "Under way", "Not started"),
        (("Plan adopted", "9 (35%)", "11 (42%)", "6 (23%)"),),
    )
    rows = said(found("en", "See table 1.", tables=(table,)), "milestones")
    assert [(r["progress"], r["value"], r["share"], r["of"]) for r in rows] == [
        ("completed", 9, 35, 26),
        ("in_progress", 11, 42, 26),
        ("not_started", 6, 23, 26),
    ]


CAPTIONS: dict[Language, str] = {
    "en": "Resources (Thousands of United States dollars)",
    "fr": "Ressources (en milliers de dollars des États-Unis)",
    "es": "Recursos (en miles de dólares de los Estados Unidos)",
    "ru": "Ресурсы (в тыс. долл. США)",
    "ar": "الموارد (بآلاف دولارات الولايات المتحدة)",
    "zh": "资源(千美元)",
}


@pytest.mark.parametrize("language", CAPTIONS)
def test_a_cell_is_read_in_the_unit_and_scale_of_its_caption(language: Language) -> None:
    table = Table("table 1", CAPTIONS[language], ("", "2036"), (("Total", "2 150"),))
    (cell,) = said(found(language, "-", tables=(table,)), "observations")
    assert (cell["value"], cell["unit"], cell["as_of"]) == (2_150_000, "USD", "2036")


def test_the_ends_of_a_range_are_the_least_and_the_most() -> None:
    ends = said(found("en", "A repair costs between 900 and 3,500 dollars."), "observations")
    assert [(e["value"], e["qualifier"]) for e in ends] == [(900, "at_least"), (3500, "up_to")]


def test_what_is_compared_with_is_no_date_of_the_figure() -> None:
    (share,) = said(found("en", "Fees are 14 per cent lower than in 2035."), "observations")
    assert "as_of" not in share


def test_respectively_and_table_pointers_propose_no_figure() -> None:
    assert not found("en", "Mali and Niger got 5 and 3 million dollars respectively.")
    assert not found("en", "Table 1 sets out how far the 26 countries have come.")


@pytest.mark.parametrize("language", [*UNNAMED])
def test_every_candidate_carries_its_anchor_and_its_sentence(language: Language) -> None:
    document = parsed(language, f"{UNNAMED[language]} {DATED[language]}")
    (paragraph,) = document.paragraphs
    for one in find_candidates(document, DOCUMENT):
        assert one.record.status == "candidate"
        assert one.record.extracted_by == "rules/4"
        (source,) = one.record.sources
        assert (source.document_id, source.paragraph) == (DOCUMENT, "7")
        assert len(source.text) <= 15
        assert find_anchor(paragraph.text, source.text)
        assert one.sentence.holds(one.focus)


def test_ids_are_the_same_in_every_run_and_language() -> None:
    once = [one.id for one in found("en", UNNAMED["en"])]
    assert once == [one.id for one in found("en", UNNAMED["en"])]
    assert once == [one.id for one in found("fr", UNNAMED["fr"])]
