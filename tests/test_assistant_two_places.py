"""Two places that a question holds against one another are both quoted; what was done elsewhere
than a question says is put right."""

from collections.abc import Iterator

import pytest
from kb_fixtures import in_six_languages

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.question_reader import read_question
from assistant.two_places import is_one_thing
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.terms import load_terms
from kb.wording import Wording

SYMBOL = "ICCD/COP(16)/94"
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "The International Drought Resilience Alliance was launched in Nairobi, Kenya.",
        "IDRA has 30 members.",
        "IDRA has 34 members.",
        "The Great Green Wall has 11 members. The Great Green Wall was launched in Germany.",
    ),
    "fr": (
        "L'Alliance internationale pour la résilience à la sécheresse a été lancée à Nairobi "
        "(Kenya).",
        "L'IDRA compte 30 membres.",
        "L'IDRA compte 34 membres.",
        "La Grande Muraille verte compte 11 membres.",
    ),
    "es": (
        "La Alianza Internacional para la Resiliencia ante la Sequía se lanzó en Nairobi (Kenya).",
        "La IDRA tiene 30 miembros.",
        "La IDRA tiene 34 miembros.",
        "La Gran Muralla Verde tiene 11 miembros.",
    ),
    "ru": (
        "Международный альянс по повышению устойчивости к засухе был запущен в Найроби (Кения).",
        "В альянсе IDRA 30 членов.",
        "В альянсе IDRA 34 члена.",
        "В Великой зеленой стене 11 членов.",
    ),
    "ar": (
        "أُطلق التحالف الدولي من أجل القدرة على الصمود في مواجهة الجفاف في كينيا.",
        "يضم تحالف IDRA 30 عضوا.",
        "يضم تحالف IDRA 34 عضوا.",
        "يضم السور الأخضر العظيم 11 عضوا.",
    ),
    "zh": (
        "国际抗旱联盟在肯尼亚启动。",
        "国际抗旱联盟有30个成员。",
        "国际抗旱联盟有34个成员。",
        "绿色长城有11个成员。",
    ),
}
AGREE: dict[Language, str] = {
    "en": "Does paragraph 2 agree with paragraph 3 on the members of IDRA?",
    "fr": "Le paragraphe 2 correspond-il au paragraphe 3 pour les membres de l'IDRA ?",
    "es": "¿Coincide el párrafo 2 con el párrafo 3 en los miembros de la IDRA?",
    "ru": "Совпадает ли пункт 2 с пунктом 3 по членам альянса IDRA?",
    "ar": "هل تتطابق الفقرة 2 مع الفقرة 3 بشأن أعضاء تحالف IDRA؟",
    "zh": "第2段和第3段关于国际抗旱联盟成员的说法一致吗？",
}
SAME: dict[Language, str] = {
    "en": "Paragraphs 1 and 2 name IDRA differently. Is it one and the same?",
    "fr": "Les paragraphes 1 et 2 nomment l'IDRA différemment. Est-ce la même chose ?",
    "es": "Los párrafos 1 y 2 nombran la IDRA de otro modo. ¿Es lo mismo?",
    "ru": "В пунктах 1 и 2 альянс IDRA назван по-разному. Это одно и то же?",
    "ar": "الفقرتان 1 و2 تذكران تحالف IDRA بلفظ آخر، فهل هما نفس الجهة؟",
    "zh": "第1段和第2段对国际抗旱联盟的写法不同，是同一个吗？",
}


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with in_six_languages(tmp_path_factory.mktemp("places"), TEXTS, SYMBOL) as held:
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, load_terms()).ask(question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_two_places_is_quoted(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, AGREE[language])
    assert answer.statements[0].text == Wording(language).say("both_say")
    assert [c.paragraph for c in answer.citations] == ["2", "3"]
    assert "30" in answer.text
    assert "34" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_under_two_names_is_said_to_be_one(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, SAME[language])
    name = load_terms().name("initiative:idra", language)
    assert answer.statements[0].text == Wording(language).say("same_thing", name=name)
    assert [c.paragraph for c in answer.citations] == ["1", "2"]


def test_two_things_are_not_said_to_be_one(kb: KnowledgeBase) -> None:
    answer = ask(kb, "Paragraphs 3 and 4 name IDRA differently. Is it one and the same?")
    assert answer.statements[0].text == Wording("en").say("both_say")


def test_what_is_said_to_be_one_stands_in_every_place_cited() -> None:
    terms = load_terms()
    question = read_question("Paragraphs 1 and 2 name IDRA differently. Is it the same?", terms)
    one, other = ("1", "IDRA has members.", "en"), ("2", "The wall has members.", "en")
    two = ("2", "The International Drought Resilience Alliance met.", "en")
    assert is_one_thing("IDRA", question, (one, two), terms)  # type: ignore[arg-type]
    assert not is_one_thing("IDRA", question, (one, other), terms)  # type: ignore[arg-type]
    assert not is_one_thing("IDRA", question, (one,), terms)  # type: ignore[arg-type]
    assert not is_one_thing("GGW", question, (one, two), terms)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "is_put_right"),
    [
        ("Why was IDRA launched in Dakar?", True),
        ("Pourquoi l'IDRA a-t-elle été lancée à Dakar ?", True),
        ("¿Por qué se lanzó la IDRA en Dakar?", True),
        ("Почему альянс IDRA был запущен в Дакаре?", True),
        ("Why was IDRA launched in Nairobi?", False),
        ("Почему альянс IDRA был запущен в Найроби?", False),
        ("Why was the Changwon Initiative launched in Dakar?", False),
        ("Why did IDRA buy a house in Dakar?", False),
        ("Why was the Great Green Wall launched in Bonn?", False),  # Bonn may be meant
    ],
)
def test_another_town_than_the_one_said_is_put_right(
    kb: KnowledgeBase, question: str, is_put_right: bool
) -> None:
    answer = ask(kb, question)
    assert (answer.reason == "false_premise") is is_put_right
    if is_put_right:
        assert [c.paragraph for c in answer.citations] == ["1"]
