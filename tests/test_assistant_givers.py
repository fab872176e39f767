"""All that is pledged to one initiative is said together, by whomever; other money is not."""

from collections.abc import Iterator

import pytest
from kb_fixtures import in_six_languages
from record_samples import pledge

from assistant.answer import Answer
from assistant.assistant import Assistant
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.terms import load_terms

SYMBOL = "ICCD/COP(16)/94"
TERMS = load_terms()
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "IDRA received a pledge of US$30 million from Norway; Kenya pledged US$2 million to IDRA.",
        "FAO disbursed US$5 million to IDRA.",
        "Peru pledged up to US$10 billion for drought activities.",
    ),
    "fr": (
        "L'IDRA a reçu une promesse de 30 millions de dollars de la Norvège ; le Kenya a promis 2 "
        "millions de dollars à l'IDRA.",
        "La FAO a versé 5 millions de dollars à l'IDRA.",
        "Le Pérou a promis jusqu'à 10 milliards de dollars pour des activités contre la "
        "sécheresse.",
    ),
    "es": (
        "La IDRA recibió una promesa de 30 millones de dólares de Noruega; Kenya prometió 2 "
        "millones de dólares a la IDRA.",
        "La FAO desembolsó 5 millones de dólares a la IDRA.",
        "El Perú prometió hasta 10.000 millones de dólares para actividades contra la sequía.",
    ),
    "ru": (
        "Норвегия обещала альянсу IDRA 30 млн долл. США; Кения обещала альянсу IDRA 2 млн долл. "
        "США.",
        "ФАО выплатила альянсу IDRA 5 млн долл. США.",
        "Перу обещало до 10 млрд долл. США на деятельность по борьбе с засухой.",
    ),
    "ar": (
        "تعهدت النرويج بمبلغ 30 مليون دولار لتحالف IDRA؛ وتعهدت كينيا بمبلغ 2 مليون دولار "
        "لتحالف IDRA.",
        "صرفت منظمة الأغذية والزراعة 5 ملايين دولار لتحالف IDRA.",
        "تعهدت بيرو بما يصل إلى 10 مليارات دولار لأنشطة الجفاف.",
    ),
    "zh": (
        "挪威向国际抗旱联盟认捐3000万美元；肯尼亚向国际抗旱联盟认捐200万美元。",
        "粮农组织向国际抗旱联盟支付500万美元。",
        "秘鲁为抗旱活动认捐至多100亿美元。",
    ),
}
HOW_MUCH: dict[Language, str] = {
    "en": "How much has been pledged to IDRA?",
    "fr": "Combien a été promis à l'IDRA ?",
    "es": "¿Cuánto se ha prometido a la IDRA?",
    "ru": "Сколько обещано альянсу IDRA?",
    "ar": "كم بلغت التعهدات لتحالف IDRA؟",
    "zh": "国际抗旱联盟共获得多少认捐？",
}
WHO: dict[Language, str] = {
    "en": "Who pledged money to IDRA?",
    "fr": "Qui a promis de l'argent à l'IDRA ?",
    "es": "¿Quién ha prometido fondos a la IDRA?",
    "ru": "Кто обещал средства альянсу IDRA?",
    "ar": "من تعهد بأموال لتحالف IDRA؟",
    "zh": "谁向国际抗旱联盟认捐了资金？",
}
NAMES: dict[Language, tuple[str, str]] = {
    "en": ("Norway", "Kenya"),
    "fr": ("Norvège", "Kenya"),
    "es": ("Noruega", "Kenya"),
    "ru": ("Норвегия", "Кения"),
    "ar": ("النرويج", "كينيا"),
    "zh": ("挪威", "肯尼亚"),
}


def given(record_id: str, provider: str, amount: int, paragraph: str, **more: str | None) -> object:
    fields = {"initiative": "initiative:idra", "purpose": "term:drought", **more}
    return pledge(
        record_id, provider, amount, source=(SYMBOL, paragraph), anchor=str(amount)[:1], **fields
    )


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("givers")
    records = [
        given("norway", "party:NOR", 30_000_000, "1"),
        given("kenya", "party:KEN", 2_000_000, "1"),
        given("fao", "organization:fao", 5_000_000, "2", stage="disbursed"),
        given("peru", "party:PER", 10_000_000_000, "3", initiative=None, qualifier="up_to"),
    ]
    with in_six_languages(home, TEXTS, SYMBOL, records) as held:
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, TERMS).ask(question)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [HOW_MUCH, WHO])
def test_everybody_who_pledged_is_said_and_nobody_else(
    kb: KnowledgeBase, asked: dict[Language, str], language: Language
) -> None:
    answer = ask(kb, asked[language])
    first = answer.statements[0]
    assert first.kind == "record"
    assert all(name in first.text for name in NAMES[language])
    assert {c.paragraph for c in answer.citations} == {"1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_exact_pledges_of_one_currency_are_added(kb: KnowledgeBase, language: Language) -> None:
    computed = [s for s in ask(kb, HOW_MUCH[language]).statements if s.kind == "computed"]
    assert len(computed) == 1
    assert ("3,200" if language == "zh" else "32") in computed[0].text


@pytest.mark.parametrize(
    "question",
    [
        "How much did Norway pledge to IDRA?",
        "How much of what was pledged to IDRA has been disbursed?",
        "How much was pledged to IDRA in 2019?",
        "How much did Kenya and Norway together pledge to the Great Green Wall?",
    ],
)
def test_a_narrower_question_gets_no_list_of_all(kb: KnowledgeBase, question: str) -> None:
    text = ask(kb, question).text
    assert not ("Norway" in text.split("\n", maxsplit=1)[0] and "– pledged: Norway" in text)
