"""A figure or a fact of others is never given for the one that a question names."""

from collections.abc import Iterator

import pytest
from kb_fixtures import in_six_languages

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.holding import is_place
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.terms import load_terms

SYMBOL = "ICCD/COP(16)/93"
TERMS = load_terms()
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "Norway pledged US$40 million to IDRA.",
        "The first meeting of IDRA was held in Nairobi, Kenya, in May 2023.",
        "By 2024, 500,000 hectares of degraded land had been restored.",
        "The French Development Agency (AFD) pledged US$9 million to the Great Green Wall.",
    ),
    "fr": (
        "La Norvège a promis 40 millions de dollars à l'IDRA.",
        "La première réunion de l'IDRA s'est tenue à Nairobi (Kenya) en mai 2023.",
        "En 2024, 500 000 hectares de terres dégradées avaient été restaurés.",
        "L'Agence française de développement (AFD) a promis 9 millions de dollars à la Grande "
        "Muraille verte.",
    ),
    "es": (
        "Noruega prometió 40 millones de dólares a la IDRA.",
        "La primera reunión de la IDRA se celebró en Nairobi (Kenya) en mayo de 2023.",
        "En 2024 se habían restaurado 500.000 hectáreas de tierras degradadas.",
        "La Agencia Francesa de Desarrollo (AFD) prometió 9 millones de dólares a la Gran Muralla "
        "Verde.",
    ),
    "ru": (
        "Норвегия объявила взнос в размере 40 млн долл. США в альянс IDRA.",
        "Первое совещание альянса IDRA состоялось в Найроби, Кения, в мае 2023 года.",
        "К 2024 году было восстановлено 500 000 гектаров деградированных земель.",
        "Французское агентство развития обещало Великой зеленой стене 9 млн долл. США.",
    ),
    "ar": (
        "تعهدت النرويج بمبلغ 40 مليون دولار لتحالف IDRA.",
        "عُقد الاجتماع الأول لتحالف IDRA في نيروبي بكينيا في أيار/مايو 2023.",
        "بحلول عام 2024 تمت استعادة 500000 هكتار من الأراضي المتدهورة.",
        "تعهدت الوكالة الفرنسية للتنمية بمبلغ 9 ملايين دولار للسور الأخضر العظيم.",
    ),
    "zh": (
        "挪威向国际抗旱联盟认捐4000万美元。",
        "国际抗旱联盟第一次会议于2023年5月在肯尼亚内罗毕举行。",
        "到2024年，已恢复50万公顷退化土地。",
        "法国开发署向绿色长城认捐900万美元。",
    ),
}
OF_ALL: dict[Language, str] = {
    "en": "How many hectares of degraded land has Peru restored?",
    "fr": "Combien d'hectares de terres dégradées le Pérou a-t-il restaurés ?",
    "es": "¿Cuántas hectáreas de tierras degradadas ha restaurado el Perú?",
    "ru": "Сколько гектаров деградированных земель восстановило Перу?",
    "ar": "كم هكتارا من الأراضي المتدهورة استعادت بيرو؟",
    "zh": "秘鲁恢复了多少公顷退化土地？",
}
OF_A_HOST: dict[Language, str] = {
    "en": "Has Kenya joined IDRA?",
    "fr": "Le Kenya a-t-il adhéré à l'IDRA ?",
    "es": "¿Se ha sumado Kenya a la IDRA?",
    "ru": "Присоединилась ли Кения к альянсу IDRA?",
    "ar": "هل انضمت كينيا إلى تحالف IDRA؟",
    "zh": "肯尼亚是否加入了国际抗旱联盟？",
}
OF_AN_AGENCY: dict[Language, str] = {
    "en": "How much did France pledge to the Great Green Wall?",
    "fr": "Quel montant la France a-t-elle promis à la Grande Muraille verte ?",
    "es": "¿Cuánto prometió Francia a la Gran Muralla Verde?",
    "ru": "Какую сумму Франция обещала Великой зеленой стене?",
    "ar": "كم تعهدت فرنسا للسور الأخضر العظيم؟",
    "zh": "法国向绿色长城认捐了多少资金？",
}
HOW_MANY_OF_AN_AGENCY: dict[Language, str] = {
    "en": "What sum did France pledge to the Great Green Wall?",
    "fr": "Combien la France a-t-elle promis à la Grande Muraille verte ?",
    "es": "¿Qué suma prometió Francia a la Gran Muralla Verde?",
    "ru": "Сколько Франция обещала Великой зеленой стене?",
    "ar": "كم تعهدت به فرنسا للسور الأخضر العظيم؟",
    "zh": "法国向绿色长城认捐了多少？",
}
OF_A_BYSTANDER: dict[Language, str] = {
    "en": "Has Kenya contributed to IDRA?",
    "fr": "Le Kenya a-t-il contribué à l'IDRA ?",
    "es": "¿Ha contribuido Kenya a la IDRA?",
    "ru": "Сделала ли Кения взнос в альянс IDRA?",
    "ar": "هل ساهمت كينيا في تحالف IDRA؟",
    "zh": "肯尼亚是否向国际抗旱联盟捐款？",
}
OF_ANOTHER_INITIATIVE: dict[Language, str] = {
    "en": "Who leads the Changwon Initiative?",
    "fr": "Qui dirige l'Initiative de Changwon ?",
    "es": "¿Quién dirige la Iniciativa de Changwon?",
    "ru": "Кто руководит Чханвонской инициативой?",
    "ar": "من يقود مبادرة تشانغوون؟",
    "zh": "谁领导昌原倡议？",
}
OF_THE_GIVER: dict[Language, str] = {
    "en": "How much did Norway pledge to IDRA?",
    "fr": "Quel montant la Norvège a-t-elle promis à l'IDRA ?",
    "es": "¿Cuánto prometió Noruega a la IDRA?",
    "ru": "Какую сумму Норвегия объявила в альянс IDRA?",
    "ar": "كم تعهدت النرويج لتحالف IDRA؟",
    "zh": "挪威向国际抗旱联盟认捐了多少资金？",
}
OF_THE_PLACE: dict[Language, str] = {
    "en": "When was the first meeting of IDRA held in Kenya?",
    "fr": "Quand la première réunion de l'IDRA s'est-elle tenue au Kenya ?",
    "es": "¿Cuándo se celebró en Kenya la primera reunión de la IDRA?",
    "ru": "Когда в Кении состоялось первое совещание альянса IDRA?",
    "ar": "متى عُقد الاجتماع الأول لتحالف IDRA في كينيا؟",
    "zh": "国际抗旱联盟第一次会议何时在肯尼亚举行？",
}


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with in_six_languages(tmp_path_factory.mktemp("holding"), TEXTS, SYMBOL) as held:
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, TERMS).ask(question)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [OF_ALL, OF_A_HOST, OF_AN_AGENCY, HOW_MANY_OF_AN_AGENCY])
def test_what_is_said_of_others_is_refused(
    kb: KnowledgeBase, asked: dict[Language, str], language: Language
) -> None:
    answer = ask(kb, asked[language])
    assert (answer.abstained, answer.reason) == (True, "not_in_documents")
    assert "500" not in answer.statements[0].text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [OF_A_BYSTANDER, OF_ANOTHER_INITIATIVE])
def test_a_bystander_gives_nothing_and_another_initiative_has_no_leader(
    kb: KnowledgeBase, asked: dict[Language, str], language: Language
) -> None:
    answer = ask(kb, asked[language])
    assert answer.abstained or answer.reason == "false_premise"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("asked", "paragraph"), [(OF_THE_GIVER, "1"), (OF_THE_PLACE, "2")])
def test_what_is_said_of_the_one_asked_about_is_answered(
    kb: KnowledgeBase, asked: dict[Language, str], paragraph: str, language: Language
) -> None:
    answer = ask(kb, asked[language])
    assert not answer.abstained
    assert {c.paragraph for c in answer.citations} == {paragraph}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It met in Kenya.", True),
        ("en", "It met in Nairobi, Kenya, in May.", True),
        ("en", "Kenya hosts it.", False),
        ("en", "It was launched by Senegal and Kenya.", False),
        ("fr", "La réunion a eu lieu à Nairobi (Kenya).", True),
        ("fr", "Le Kenya y participe.", False),
        ("es", "Se reunió en Kenya.", True),
        ("es", "Participan Kenya y el Perú.", False),
        ("ru", "Встреча прошла в Найроби, Кения.", True),
        ("ru", "Кения присоединилась.", False),
        ("ar", "اجتمع في نيروبي بكينيا.", True),
        ("ar", "انضمت كينيا إليه.", False),
        ("zh", "在肯尼亚内罗毕举行", True),
        ("zh", "肯尼亚加入", False),
    ],
)
def test_a_place_is_told_from_one_who_acts(language: Language, text: str, expected: bool) -> None:
    mention = next(m for m in TERMS.find(text, language) if m.concept_id == "party:KEN")
    assert is_place(text, mention, language, TERMS) is expected
