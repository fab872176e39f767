"""Which Parties take part in what, in six languages."""

import pytest
from test_extraction import found, said

from kb.languages import Language

JOINED: dict[Language, str] = {
    "en": "Kenya, Mali and the Niger joined the Great Green Wall in 2031.",
    "fr": "Le Kenya, le Mali et le Niger ont rejoint la Grande Muraille verte en 2031.",
    "es": "Kenya, Malí y el Níger se sumaron a la Gran Muralla Verde en 2031.",
    "ru": "Кения, Мали и Нигер присоединились к Великой зеленой стене в 2031 году.",
    "ar": "انضمت كينيا ومالي والنيجر إلى السور الأخضر العظيم في عام 2031.",
    "zh": "2031年，肯尼亚、马里和尼日尔加入了绿色长城。",
}
PILOTS: dict[Language, str] = {
    "en": "The pilot countries of the Great Green Wall are Kenya, Mali and Chad.",
    "fr": "Les pays pilotes de la Grande Muraille verte sont le Kenya, le Mali et le Tchad.",
    "es": "Los países piloto de la Gran Muralla Verde son Kenya, Malí y el Chad.",
    "ru": "Пилотные страны Великой зеленой стены: Кения, Мали и Чад.",
    "ar": "البلدان التجريبية للسور الأخضر العظيم هي كينيا ومالي وتشاد.",
    "zh": "绿色长城的试点国家包括肯尼亚、马里和乍得。",
}
SUPPORTED: dict[Language, str] = {
    "en": "Kenya and Mali take part in the Rainwater Exchange Programme with the support of FAO.",
    "fr": "Le Kenya et le Mali participent au programme d’échange d’eau avec l'appui de la FAO.",
    "es": "Kenya y Malí participan en el programa de intercambio de agua con el apoyo de la FAO.",
    "ru": "Кения и Мали участвуют в программе обмена опытом по воде при поддержке ФАО.",
    "ar": "تشارك كينيا ومالي في برنامج تبادل المياه بدعم من منظمة الأغذية والزراعة.",
    "zh": "肯尼亚和马里参加了雨水交流方案，由粮农组织支持。",
}
PLANNED: dict[Language, str] = {
    "en": "Peru will join the Peace Forest Initiative.",
    "fr": "Le Pérou rejoindra l’Initiative Forêt pour la paix.",
    "es": "El Perú se sumará a la Iniciativa Bosques para la Paz.",
    "ru": "Перу присоединится к Великой зеленой стене.",
    "ar": "ستنضم بيرو إلى السور الأخضر العظيم.",
    "zh": "秘鲁将加入绿色长城。",
}
DENIED: dict[Language, str] = {
    "en": "Kenya did not join the Great Green Wall.",
    "fr": "Le Kenya n’a pas rejoint la Grande Muraille verte.",
    "es": "Kenya no se sumó a la Gran Muralla Verde.",
    "ru": "Кения не присоединилась к Великой зеленой стене.",
    "ar": "لم تنضم كينيا إلى السور الأخضر العظيم.",
    "zh": "肯尼亚没有加入绿色长城。",
}


@pytest.mark.parametrize("language", JOINED)
def test_each_party_that_joined_is_a_participant_since_then(language: Language) -> None:
    each = said(found(language, JOINED[language]), "participations")
    assert [one["party"] for one in each] == ["party:KEN", "party:MLI", "party:NER"]
    assert {(one["programme"], one["role"], one["since"]) for one in each} == {
        ("initiative:ggw", "participant", "2031")
    }


@pytest.mark.parametrize("language", PILOTS)
def test_a_list_of_countries_has_the_role_that_its_head_says(language: Language) -> None:
    each = said(found(language, PILOTS[language]), "participations")
    assert [one["party"] for one in each] == ["party:KEN", "party:MLI", "party:TCD"]
    assert {(one["programme"], one["role"]) for one in each} == {("initiative:ggw", "pilot")}


@pytest.mark.parametrize("language", SUPPORTED)
def test_a_programme_that_no_vocabulary_has_keeps_its_name_and_its_supporter(
    language: Language,
) -> None:
    each = said(found(language, SUPPORTED[language]), "participations")
    assert [one["party"] for one in each] == ["party:KEN", "party:MLI"]
    assert {one["supported_by"] for one in each} == {"organization:fao"}
    (programme,) = {str(one["programme"]) for one in each}
    assert programme.removeprefix("name:") in SUPPORTED[language]


@pytest.mark.parametrize("language", PLANNED)
def test_who_will_join_is_planned(language: Language) -> None:
    (one,) = said(found(language, PLANNED[language]), "participations")
    assert (one["party"], one["role"]) == ("party:PER", "planned")


@pytest.mark.parametrize("language", DENIED)
def test_who_did_not_join_takes_no_part(language: Language) -> None:
    assert said(found(language, DENIED[language]), "participations") == []


@pytest.mark.parametrize(
    "text",
    [
        "Kenya took part in the meeting.",
        "Kenya supports Mali, which joined the Great Green Wall.",
        "Table 1 shows the countries that take part in the Great Green Wall: Kenya and Mali.",
    ],
)
def test_meetings_other_parties_and_pointers_propose_nothing(text: str) -> None:
    assert said(found("en", text), "participations") == []
