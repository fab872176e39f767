"""What a question takes for granted and the documents say otherwise is put right, or left alone."""

from collections.abc import Iterator

import pytest
from kb_fixtures import in_six_languages
from record_samples import pledge, record

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.corrections import is_borne_out
from assistant.drafts import Message
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.terms import load_terms

SYMBOL = "ICCD/COP(16)/92"
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "IDRA was launched in Nairobi, Kenya, in May 2023.",
        "Kenya pledged US$12 million to the Riyadh Global Drought Resilience Partnership.",
        "The secretariat of IDRA is hosted by FAO.",
    ),
    "fr": (
        "L'IDRA a été lancée à Nairobi (Kenya) en mai 2023.",
        "Le Kenya a promis 12 millions de dollars au Partenariat mondial de Riyad pour la "
        "résilience à la sécheresse.",
        "Le secrétariat de l'IDRA est hébergé par la FAO.",
    ),
    "es": (
        "La IDRA se puso en marcha en Nairobi (Kenya) en mayo de 2023.",
        "Kenya prometió 12 millones de dólares a la Alianza Mundial de Riad para la Resiliencia "
        "ante la Sequía.",
        "La secretaría de la IDRA está acogida por la FAO.",
    ),
    "ru": (
        "Альянс IDRA был запущен в Найроби, Кения, в мае 2023 года.",
        "Кения объявила взнос в размере 12 млн долл. США в Эр-Риядское глобальное партнерство по "
        "повышению устойчивости к засухе.",
        "Секретариат альянса IDRA размещен в ФАО.",
    ),
    "ar": (
        "أُطلق تحالف IDRA في نيروبي، كينيا، في أيار/مايو 2023.",
        "تعهدت كينيا بمبلغ 12 مليون دولار لشراكة الرياض العالمية من أجل القدرة على الصمود في "
        "مواجهة الجفاف.",
        "تستضيف منظمة الأغذية والزراعة أمانة تحالف IDRA.",
    ),
    "zh": (
        "国际抗旱联盟于2023年5月在肯尼亚内罗毕启动。",
        "肯尼亚向利雅得全球抗旱伙伴关系认捐1200万美元。",
        "国际抗旱联盟秘书处设在粮农组织。",
    ),
}
OTHER_DATE: dict[Language, str] = {
    "en": "Why was IDRA launched in March 2021?",
    "fr": "Pourquoi le lancement de l'IDRA a-t-il eu lieu en mars 2021 ?",
    "es": "¿Por qué se puso en marcha la IDRA en marzo de 2021?",
    "ru": "Почему альянс IDRA был запущен в марте 2021 года?",
    "ar": "لماذا أُطلق تحالف IDRA في آذار/مارس 2021؟",
    "zh": "国际抗旱联盟为什么在2021年3月启动？",
}
DATE: dict[Language, str] = {
    "en": "May 2023, not March 2021.",
    "fr": "Mai 2023, et non mars 2021.",
    "es": "Mayo de 2023, y no marzo de 2021.",
    "ru": "Май 2023 года, а не март 2021 года.",
    "ar": "أيار/مايو 2023، وليس آذار/مارس 2021.",
    "zh": "2023年5月，而非2021年3月。",
}
OTHER_PLACE: dict[Language, str] = {
    "en": "Why was IDRA launched in Peru?",
    "fr": "Pourquoi le lancement de l'IDRA a-t-il eu lieu au Pérou ?",
    "es": "¿Por qué se puso en marcha en el Perú la IDRA?",
    "ru": "Почему альянс IDRA был запущен в Перу?",
    "ar": "لماذا أُطلق تحالف IDRA في بيرو؟",
    "zh": "国际抗旱联盟为什么在秘鲁启动？",
}
PLACE: dict[Language, str] = {
    "en": "Kenya, not Peru.",
    "fr": "Kenya, et non Pérou.",
    "es": "Kenya, y no Perú.",
    "ru": "Кения, а не Перу.",
    "ar": "كينيا، وليس بيرو.",
    "zh": "肯尼亚，而非秘鲁。",
}
OTHER_AMOUNT: dict[Language, str] = {
    "en": "Why did Kenya pledge US$90 million to the Riyadh drought partnership?",
    "fr": "Pourquoi le Kenya a-t-il promis 90 millions de dollars au partenariat de Riyad ?",
    "es": "¿Por qué prometió Kenya 90 millones de dólares a la Alianza de Riad?",
    "ru": "Почему Кения пообещала Эр-Риядскому партнерству 90 млн долл. США?",
    "ar": "لماذا تعهدت كينيا بمبلغ 90 مليون دولار لشراكة الرياض؟",
    "zh": "肯尼亚为什么向利雅得伙伴关系认捐9000万美元？",
}
RIGHT: dict[Language, str] = {
    "en": "Why was IDRA launched in Kenya in May 2023?",
    "fr": "Pourquoi le lancement de l'IDRA a-t-il eu lieu au Kenya en mai 2023 ?",
    "es": "¿Por qué se puso en marcha la IDRA en Kenya en mayo de 2023?",
    "ru": "Почему альянс IDRA был запущен в Кении в мае 2023 года?",
    "ar": "لماذا أُطلق تحالف IDRA في كينيا في أيار/مايو 2023؟",
    "zh": "国际抗旱联盟为什么于2023年5月在肯尼亚启动？",
}
RECORDS = (
    record(
        "events",
        "idra-launch",
        name="phrase:launch-of-idra",
        start="2023-05",
        country="party:KEN",
        source=(SYMBOL, "1"),
        anchor="2023年5月",
    ),
    pledge("kenya", "party:KEN", 12_000_000, source=(SYMBOL, "2"), anchor="1200万"),
    record(
        "partnerships",
        "idra-host",
        partner="organization:fao",
        initiative="initiative:idra",
        role="host",
        source=(SYMBOL, "3"),
        anchor="粮农组织",
    ),
)


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with in_six_languages(tmp_path_factory.mktemp("premises"), TEXTS, SYMBOL, RECORDS) as held:
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, load_terms()).ask(question)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_date_is_put_right_in_the_questions_language(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, OTHER_DATE[language])
    assert (answer.reason, answer.abstained) == ("false_premise", False)
    assert answer.statements[1].text == DATE[language]
    assert {c.paragraph for c in answer.citations} == {"1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_place_is_put_right_in_the_questions_language(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, OTHER_PLACE[language])
    assert answer.reason == "false_premise"
    assert answer.statements[1].text == PLACE[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_amounts_are_said_of_one_that_is_put_right(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, OTHER_AMOUNT[language])
    assert answer.reason == "false_premise"
    said = answer.statements[1].text
    assert ("9,000" if language == "zh" else "90") in said
    assert ("1,200" if language == "zh" else "12") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_documents_say_too_is_not_put_right(kb: KnowledgeBase, language: Language) -> None:
    assert ask(kb, RIGHT[language]).reason != "false_premise"


@pytest.mark.parametrize(
    "question",
    [
        "Why was the Great Green Wall Accelerator launched in March 2021?",
        "Why did Peru paint the logo of IDRA?",
        "Why did Kenya host the secretariat of the World Bank?",
    ],
)
def test_a_question_about_another_subject_is_not_put_right(
    kb: KnowledgeBase, question: str
) -> None:
    assert ask(kb, question).reason != "false_premise"


QUESTION = "Why was it launched in March 2021 by Peru?"
CITED: list[tuple[str, Language]] = [("Kenya launched it in May 2023.", "en")]


@pytest.mark.parametrize(
    ("said", "claimed", "is_so"),
    [
        ("May 2023", "March 2021", True),
        ("Kenya", "Peru", True),
        ("June 2023", "March 2021", False),
        ("May 2023", "March 2020", False),
        ("Chad", "Peru", False),
        ("Kenya", "Chad", False),
        ("Kenya", "May 2023", False),
        ("a launch", "March 2021", False),
        ("May 2023", "a launch", False),
    ],
)
def test_only_what_is_cited_is_said_instead_of_what_is_asked(
    said: str, claimed: str, is_so: bool
) -> None:
    message = Message("instead", (("said", said), ("claimed", claimed)))
    assert is_borne_out(message, QUESTION, CITED, "en", load_terms()) is is_so
