"""Yes or no is said where one clause decides, and only there."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files

import pytest
from kb_fixtures import in_six_languages

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.compose import compose
from assistant.drafts import Message
from assistant.evidence import gather
from assistant.grounding import grounded
from assistant.plan import read
from assistant.polarity import signs
from assistant.propositions import proposition
from assistant.question_reader import read_question
from assistant.rankings import Rankings
from assistant.reading import Reading
from kb.knowledge_base import KnowledgeBase
from kb.languages import LANGUAGES, Language
from kb.terms import load_terms
from kb.wording import Wording

SYMBOL = "ICCD/COP(16)/93"
TEXTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "IDRA was launched at COP 15.",
        "Private sector participation in drought projects is still insufficient.",
        "The Changwon Initiative is to be evaluated; its launch is expected at COP 17.",
        "Kenya supports IDRA.",
    ),
    "fr": (
        "L'IDRA a été lancée à la COP 15.",
        "La participation du secteur privé aux projets de sécheresse reste insuffisante.",
        "L'Initiative de Changwon sera évaluée ; son lancement est attendu à la COP 17.",
        "Le Kenya soutient l'IDRA.",
    ),
    "es": (
        "La IDRA se lanzó en la COP 15.",
        "La participación del sector privado en los proyectos de sequía sigue siendo insuficiente.",
        "La Iniciativa de Changwon será evaluada; se espera su lanzamiento en la COP 17.",
        "Kenya apoya la alianza IDRA.",
    ),
    "ru": (
        "Альянс IDRA был запущен на КС 15.",
        "Участие частного сектора в проектах по борьбе с засухой остается недостаточным.",
        "Чханвонская инициатива будет оценена; ожидается ее запуск на КС 17.",
        "Кения поддерживает альянс IDRA.",
    ),
    "ar": (
        "أُطلق تحالف IDRA في الدورة الخامسة عشرة لمؤتمر الأطراف.",
        "لا تزال مشاركة القطاع الخاص في مشاريع الجفاف غير كافية.",
        "ستقيَّم مبادرة تشانغوون؛ ومن المتوقع إطلاقها في الدورة السابعة عشرة لمؤتمر الأطراف.",
        "تدعم كينيا تحالف IDRA.",
    ),
    "zh": (
        "国际抗旱联盟在缔约方会议第十五届会议上启动。",
        "私营部门对干旱项目的参与仍然不足。",
        "昌原倡议有待评估；预计在缔约方会议第十七届会议上启动。",
        "肯尼亚支持国际抗旱联盟。",
    ),
}
LAUNCHED: dict[Language, str] = {
    "en": "Was IDRA launched at COP {n}?",
    "fr": "L'IDRA a-t-elle été lancée à la COP {n} ?",
    "es": "¿Se lanzó la IDRA en la COP {n}?",
    "ru": "Был ли альянс IDRA запущен на КС {n}?",
    "ar": "هل أُطلق تحالف IDRA في الدورة {n} لمؤتمر الأطراف؟",
    "zh": "国际抗旱联盟是在缔约方会议第{n}届会议上启动的吗？",
}
ENOUGH: dict[Language, str] = {
    "en": "Is private sector participation in drought projects sufficient?",
    "fr": "La participation du secteur privé aux projets de sécheresse est-elle suffisante ?",
    "es": "¿Es suficiente la participación del sector privado en los proyectos de sequía?",
    "ru": "Достаточно ли участие частного сектора в проектах по борьбе с засухой?",
    "ar": "هل مشاركة القطاع الخاص في مشاريع الجفاف كافية؟",
    "zh": "私营部门对干旱项目的参与是否足够？",
}
SUPPORTS: dict[Language, str] = {
    "en": "Does {party} support IDRA?",
    "fr": "{party} soutient-il l'IDRA ?",
    "es": "¿Apoya {party} la alianza IDRA?",
    "ru": "Поддерживает ли {party} альянс IDRA?",
    "ar": "هل تدعم {party} تحالف IDRA؟",
    "zh": "{party}支持国际抗旱联盟吗？",
}
KENYA: dict[Language, str] = {
    "en": "Kenya", "fr": "Le Kenya", "es": "Kenya", "ru": "Кения", "ar": "كينيا", "zh": "肯尼亚",
}  # fmt: skip
PERU: dict[Language, str] = {
    "en": "Peru", "fr": "Le Pérou", "es": "el Perú", "ru": "Перу", "ar": "بيرو", "zh": "秘鲁",
}  # fmt: skip
ORDINALS: dict[int, tuple[str, str]] = {15: ("الخامسة عشرة", "十五"), 12: ("الثانية عشرة", "十二")}


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with in_six_languages(tmp_path_factory.mktemp("verdicts"), TEXTS, SYMBOL) as held:
        yield held


def ask(kb: KnowledgeBase, question: str) -> Answer:
    return Assistant(kb, load_terms()).ask(question)


def word(answer: Answer) -> str | None:
    """What is said of its own accord before the words quoted: "yes" or "no"."""
    first, wording = answer.statements[0], Wording(answer.language)
    if first.kind != "note":
        return None
    words = {wording.say("yes_so", text="").rstrip(".。 "): "yes"}
    words |= {wording.say("no_so", text="").rstrip(".。 "): "no"}
    told = re.match(r"(\w+)(?:\s?[:：]|[.。])", first.text)
    return words.get(told[1]) if told else None


def launched(language: Language, session: int) -> str:
    arabic, chinese = ORDINALS[session]
    said = {"ar": arabic, "zh": chinese}.get(language, str(session))
    return LAUNCHED[language].format(n=said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_is_said_where_one_sentence_says_all_of_it(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, launched(language, 15))
    assert word(answer) == "yes"
    assert answer.statements[0].citations
    assert [c.paragraph for c in answer.citations][:1] == ["1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_is_said_where_it_was_done_at_another_session(
    kb: KnowledgeBase, language: Language
) -> None:
    answer = ask(kb, launched(language, 12))
    assert word(answer) == "no"
    assert [c.paragraph for c in answer.citations][:1] == ["1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_is_said_where_the_opposite_stands(kb: KnowledgeBase, language: Language) -> None:
    answer = ask(kb, ENOUGH[language])
    assert word(answer) == "no"
    assert [c.paragraph for c in answer.citations][:1] == ["2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_another_party_nothing_is_said(kb: KnowledgeBase, language: Language) -> None:
    assert word(ask(kb, SUPPORTS[language].format(party=KENYA[language]))) == "yes"
    assert word(ask(kb, SUPPORTS[language].format(party=PERU[language]))) is None


@pytest.mark.parametrize(
    "question",
    [
        "Was IDRA launched at COP 15 or at COP 16?",  # two things
        "Was IDRA not launched at COP 15?",  # yes may mean either
        "Was only IDRA launched at COP 15?",
        "Were at least a third of the projects launched at COP 15?",
        "Are IDRA and the Changwon Initiative the same?",
        "When was IDRA launched?",
    ],
)
def test_what_asks_more_than_whether_has_no_word(kb: KnowledgeBase, question: str) -> None:
    assert proposition(read_question(question, load_terms())) is None
    assert word(ask(kb, question)) is None


@pytest.mark.parametrize(
    "text",
    [
        "IDRA was launched by Peru at COP 15, and Kenya praised it.",
        "Kenya, which will support IDRA, met Peru.",
        "Kenya is invited to support IDRA.",
        "Kenya may support IDRA.",
        "Only Peru and Kenya support IDRA in part.",
        "Chad supports IDRA, and Kenya supports the Great Green Wall.",
    ],
)
def test_yes_is_not_said_of_what_is_wished_limited_or_of_others(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    texts: dict[Language, tuple[str, ...]] = dict.fromkeys(LANGUAGES, (text,))
    with in_six_languages(tmp_path_factory.mktemp("wished"), texts, SYMBOL) as held:
        assert word(ask(held, "Does Kenya support IDRA?")) != "yes"


def test_the_gate_withholds_a_word_that_the_quotation_does_not_bear_out(
    kb: KnowledgeBase,
) -> None:
    terms = load_terms()
    plan = read("Was IDRA launched at COP 15?", terms)
    answer = ask(kb, plan.question.text)
    evidence = gather(plan, kb)
    draft = compose(plan, evidence, Rankings(evidence.findings, Reading(terms)))
    quote = draft.statements[0]
    for key, passes in (("yes_quoted", True), ("no_quoted", False)):
        message = Message(key)  # type: ignore[arg-type]
        text = message.said(Wording("en"), text=quote.text)
        said = replace(quote, text=text, kind="note", message=message)
        whole = replace(draft, statements=(said, *draft.statements))
        texts = [s.text for s in grounded(whole, evidence, terms).statements]
        assert (text in texts) is passes
        changed = replace(said, text=text.replace("launched", "closed"))
        assert not grounded(replace(draft, statements=(changed,)), evidence, terms).citations
    assert word(answer) == "yes"


@pytest.mark.parametrize("name", ["polarity_words", "same_acts"])
def test_every_list_of_words_has_forms_in_all_six_languages(name: str) -> None:
    source = files("kb").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(source.splitlines()))
    assert rows
    for row in rows:
        for language in LANGUAGES:
            forms = row[language].split("|")
            assert all(forms), (row, language)
            assert len(set(forms)) == len(forms), (row, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It is not only useful", "en"),
        ("不断加强合作", "zh"),
        ("不仅如此", "zh"),
        ("لا تزال كافية", "ar"),
        ("не только", "ru"),
        ("no solo", "es"),
    ],
)
def test_a_denial_inside_another_word_denies_nothing(text: str, language: Language) -> None:
    assert not signs(text, language).of("denial")
