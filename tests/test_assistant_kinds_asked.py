"""What is said is of the very kind asked for: participants, organizations, givers, a launch."""

from collections.abc import Iterator

import pytest
from kb_fixtures import in_six_languages
from record_samples import member, observation, record

from assistant.answer import Answer
from assistant.assistant import Assistant
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.records.record import Anchor, Record
from kb.terms import load_terms

SYMBOL = "ICCD/COP(16)/95"
TERMS = load_terms()
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "23 participating countries are in IDRA. Kenya and Peru are two of them.",
        "Of the 23 countries participating in IDRA, 4 countries have not completed their plans.",
        "FAO is a partner of IDRA. Norway is a donor of IDRA.",
        "The founding meeting of the Great Green Wall was held in June 2019.",
        "The Great Green Wall was launched in December 2014.",
        "IDRA has teams in nine countries.",
    ),
    "fr": (
        "23 pays participants font partie de l'IDRA. Le Kenya et le Pérou en sont deux.",
        "Sur les 23 pays participant à l'IDRA, 4 pays n'ont pas achevé leurs plans.",
        "La FAO est partenaire de l'IDRA. La Norvège est donatrice de l'IDRA.",
        "La réunion constitutive de la Grande Muraille verte s'est tenue en juin 2019.",
        "La Grande Muraille verte a été lancée en décembre 2014.",
        "L'IDRA dispose d'équipes dans neuf pays.",
    ),
    "es": (
        "23 países participantes forman parte de la IDRA. Kenya y el Perú son dos de ellos.",
        "De los 23 países participantes en la IDRA, 4 países no han completado sus planes.",
        "La FAO es asociada de la IDRA. Noruega es donante de la IDRA.",
        "La reunión fundacional de la Gran Muralla Verde se celebró en junio de 2019.",
        "La Gran Muralla Verde se puso en marcha en diciembre de 2014.",
        "La IDRA tiene equipos en nueve países.",
    ),
    "ru": (
        "23 страны-участницы входят в альянс IDRA. Две из них – Кения и Перу.",
        "Из 23 стран, участвующих в альянсе IDRA, 4 страны не завершили свои планы.",
        "ФАО – партнер альянса IDRA. Норвегия – донор альянса IDRA.",
        "Учредительное совещание Великой зеленой стены состоялось в июне 2019 года.",
        "Инициатива «Великая зеленая стена» была запущена в декабре 2014 года.",
        "У альянса IDRA есть группы в девяти странах.",
    ),
    "ar": (
        "يضم تحالف IDRA 23 بلدا مشاركا. كينيا وبيرو من بينها.",
        "من أصل 23 بلدا مشاركا في تحالف IDRA، لم تكمل 4 بلدان خططها.",
        "منظمة الأغذية والزراعة شريك لتحالف IDRA. النرويج جهة مانحة لتحالف IDRA.",
        "عُقد الاجتماع التأسيسي للسور الأخضر العظيم في حزيران/يونيه 2019.",
        "أُطلق السور الأخضر العظيم في كانون الأول/ديسمبر 2014.",
        "لدى تحالف IDRA فرق في تسعة بلدان.",
    ),
    "zh": (
        "国际抗旱联盟有23个参加国。肯尼亚和秘鲁是其中两个。",
        "在参加国际抗旱联盟的23个国家中，4个国家尚未完成计划。",
        "粮农组织是国际抗旱联盟的伙伴。挪威是国际抗旱联盟的捐助方。",
        "绿色长城创始会议于2019年6月举行。",
        "绿色长城于2014年12月启动。",
        "国际抗旱联盟在九个国家设有工作组。",
    ),
}
HOW_MANY: dict[Language, str] = {
    "en": "How many countries participate in IDRA?",
    "fr": "Combien de pays participent à l'IDRA ?",
    "es": "¿Cuántos países participan en la IDRA?",
    "ru": "Сколько стран участвуют в IDRA?",
    "ar": "كم بلدا يشارك في IDRA؟",
    "zh": "有多少个国家参加国际抗旱联盟？",
}
WHO_GAVE: dict[Language, str] = {
    "en": "Who funded IDRA?",
    "fr": "Qui a financé l'IDRA ?",
    "es": "¿Quién financió la IDRA?",
    "ru": "Кто финансировал IDRA?",
    "ar": "من موّل IDRA؟",
    "zh": "谁资助了国际抗旱联盟？",
}
ORGANIZATIONS: dict[Language, str] = {
    "en": "Which organizations support IDRA?",
    "fr": "Quelles organisations soutiennent l'IDRA ?",
    "es": "¿Qué organizaciones apoyan la IDRA?",
    "ru": "Какие организации поддерживают IDRA?",
    "ar": "أي المنظمات تدعم IDRA؟",
    "zh": "哪些组织支持国际抗旱联盟？",
}
LAUNCH: dict[Language, str] = {
    "en": "When was the Great Green Wall launched?",
    "fr": "Quand la Grande Muraille verte a-t-elle été lancée ?",
    "es": "¿Cuándo se puso en marcha la Gran Muralla Verde?",
    "ru": "Когда была запущена инициатива «Великая зеленая стена»?",
    "ar": "متى أُطلق السور الأخضر العظيم؟",
    "zh": "绿色长城何时启动？",
}
COUNTRIES: dict[Language, str] = {
    "en": "In which countries does IDRA have teams?",
    "fr": "Dans quels pays l'IDRA a-t-elle des équipes ?",
    "es": "¿En qué países tiene equipos la IDRA?",
    "ru": "В каких странах есть группы альянса IDRA?",
    "ar": "في أي بلدان توجد فرق تحالف IDRA؟",
    "zh": "哪些国家设有国际抗旱联盟的工作组？",
}
NORWAY = {
    "en": "Norway",
    "fr": "Norvège",
    "es": "Noruega",
    "ru": "Норвегия",
    "ar": "النرويج",
    "zh": "挪威",
}


def at(one: Record, paragraph: str, anchor: str) -> Record:
    return Record(one.statement, (Anchor(SYMBOL, paragraph, anchor),), one.status, one.visibility)


def records() -> list[Record]:
    idra = "initiative:idra"
    count = observation("count", idra, 23, measure="phrase:participating-countries")
    return [
        at(count, "1", "23"),
        at(member("fao", "organization:fao", idra, "partner"), "3", "粮农组织"),
        at(member("norway", "party:NOR", idra, "donor"), "3", "挪威"),
        record(
            "milestones",
            "plans",
            programme=idra,
            activity="phrase:official-launch",
            progress="not_started",
            value=4,
            unit="term:country",
            of=23,
            source=(SYMBOL, "2"),
            anchor="4",
        ),
    ]


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with in_six_languages(tmp_path_factory.mktemp("kinds"), TEXTS, SYMBOL, records()) as held:
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, TERMS).ask(question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_count_of_participants_is_not_a_step_that_they_took(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, HOW_MANY[language])
    assert answer.statements[0].kind == "record"
    assert {c.paragraph for c in answer.citations} == {"1"}
    assert "23" in answer.statements[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_funds_is_a_donor(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, WHO_GAVE[language])
    assert NORWAY[language] in answer.statements[0].text
    assert {c.paragraph for c in answer.citations} == {"3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_organizations_asked_for_are_no_countries(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, ORGANIZATIONS[language])
    assert answer.abstained or {c.paragraph for c in answer.citations} == {"3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_launch_is_no_founding_meeting(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, LAUNCH[language])
    assert {c.paragraph for c in answer.citations} == {"5"}
    assert "2014" in answer.statements[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_countries_is_not_answered_with_their_number(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, COUNTRIES[language])
    assert {c.paragraph for c in answer.citations if not answer.abstained} <= {"1"}
