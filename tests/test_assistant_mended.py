"""Kinds of question that were once answered wrong, on fictional paragraphs in several languages."""

import pytest
from assistant_fakes import FakeKnowledge, passage, small_vocabulary

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.citation_language import citation_language
from assistant.drafts import Draft, verbatim
from assistant.evidence import Evidence, Finding, Source
from assistant.foreign import is_foreign
from assistant.grounding import grounded
from assistant.segments import segments
from kb.languages import LANGUAGES, Language
from kb.passages import Passage
from kb.quantities import find_quantities
from kb.sentences import Span, word_count
from kb.wording import Wording


def asked(question: str, *held: Passage, language: Language | None = None) -> Answer:
    return Assistant(FakeKnowledge(held), small_vocabulary()).ask(question, language=language)


def digest(text: str, label: str = "1", **more: object) -> Passage:
    return passage(text, label, edition="digest", **more)  # type: ignore[arg-type]


PLEDGES = digest(
    "The Green Valley Partnership turns promises into results. At a meeting in 2021 leading "
    "partners, including Norway, Peru, the Global Environment Facility (GEF), the Islamic "
    "Development Bank (IsDB) and the FAO, pledged more than US$19 billion, which showed that a "
    "body to coordinate them was needed."
)
FOLLOW_UP = digest(
    "The first phase of the Deep Wells Initiative, with money of Norway, has ended. Its second "
    "phase, on the growth of the Deep Wells Initiative, has been approved with 3 million euros; a "
    "speaker from Norway praised it.",
    "2",
)
MEMBERS = digest(
    "On 3 July 2023 the secretariat announced the 4 countries chosen for the Green Valley "
    "Partnership and for what has to be done before it can begin in every one of them, which is "
    "to find the money, the people and the places: Kenya, Morocco, Norway and Peru.",
    "3",
)
MEMBERS_ZH = passage(
    "秘书处选定以下 4 个国家参加绿谷伙伴关系：肯尼亚、摩洛哥、挪威和秘鲁。", "3", language="zh"
)
COMMITTED = digest(
    "Kenya had committed itself to restore more than 450 million hectares, in addition to which "
    "Morocco had committed 250 million hectares and Peru about 90 million hectares.",
    "4",
)
NEEDS = digest(
    "US$1 billion a day is needed until 2030 for the Deep Wells Initiative; US$635 billion a year "
    "goes into drought relief that the Deep Wells Initiative would make needless.",
    "5",
)
ROW = digest(
    "Of the 18 countries in the Deep Wells Initiative, as of 30 June 2025, 6 countries (33%) had "
    "revised their drought plans; in 5 countries this was in progress and 7 countries had not "
    "started.",
    "table 1, row 6",
)
ROW_ZH = passage(
    "已修订深井倡议抗旱计划 | 已完成的国家的数目: 6 (33%) | "
    "正在进行的国家数目: 5 | 尚未开始的国家数目: 7",
    "table 1, row 6",
    language="zh",
)
LAUNCH = digest(
    "At a conference held in Doha in December 2024, drought became the main theme. While others "
    "still waited, the Green Valley Partnership was launched as a gift of Saudi Arabia.",
    "6",
)
FOUNDING = digest(
    "In June 2025 the founding meeting of the Green Valley Partnership took place in Lima.", "7"
)
PILOTS = digest(
    "The Deep Wells Initiative is at work in many places. In 2025 three pilot projects were "
    "launched, in Kenya, in Peru and in Morocco.",
    "8",
)
TOOLKIT = digest(
    "The handbook of the Deep Wells Initiative helps to find money for wells; its publication is "
    "expected at the seventeenth session of the Conference of the Parties (COP 17).",
    "9",
)
LEADER = digest(
    "In February 2024 the Executive Secretary chaired a meeting of the Green Valley Partnership "
    "with the Government of Norway.",
    "10",
)


@pytest.mark.parametrize(
    "question",
    [
        "How much did Norway pledge to the Green Valley Partnership?",
        "Combien la Norvège a-t-elle promis au Partenariat pour les vallées vertes ?",
        "¿Cuánto prometió Noruega a la Alianza de los Valles Verdes?",
        "Сколько Норвегия пообещала Партнерству «Зеленая долина»?",
        "挪威向绿谷伙伴关系承诺了多少资金？",
    ],
)
def test_a_joint_figure_is_quoted_with_all_who_share_it(question: str) -> None:
    answer = asked(question, PLEDGES)
    assert not answer.abstained
    for name in ("Norway", "Peru", "GEF", "IsDB", "FAO", "US$19 billion"):
        assert name in answer.statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "How much has Norway approved for the Green Valley Partnership?",
        "Сколько Норвегия утвердила для Партнерства «Зеленая долина»?",
        "¿Cuánto aprobó Noruega para la Alianza de los Valles Verdes?",
    ],
)
def test_a_figure_of_another_initiative_is_no_answer(question: str) -> None:
    answer = asked(question, FOLLOW_UP)
    assert answer.abstained
    assert "3 million" not in answer.text


def test_the_gate_withholds_a_figure_that_is_quoted_of_another() -> None:
    text = "Norway pledged 5 million dollars. Peru pledged 7 million dollars."
    source = Source(passage(text))
    evidence = Evidence((Finding((source,), 1, 1.0),))
    wrong, right = Span(34, len(text)), Span(0, 33)
    for span, withheld in ((wrong, True), (right, False)):
        quoted = verbatim(source, span, span, Wording("en"), "en")
        draft = Draft("How much did Norway pledge?", "en", (quoted,))
        subjects = frozenset(("party:NOR",))
        checked = Draft(draft.question, "en", draft.statements, subjects=subjects)
        assert not grounded(draft, evidence, small_vocabulary()).abstained
        assert grounded(checked, evidence, small_vocabulary()).abstained is withheld


@pytest.mark.parametrize(
    "question",
    [
        "Which 4 countries take part in the Green Valley Partnership?",
        "List the countries of the Green Valley Partnership",
        "Quels sont les 4 pays du Partenariat pour les vallées vertes ?",
        "¿Qué 4 países participan en la Alianza de los Valles Verdes?",
    ],
)
def test_a_list_is_given_whole(question: str) -> None:
    text = asked(question, MEMBERS, MEMBERS_ZH).statements[0].text
    assert text.endswith("Kenya, Morocco, Norway and Peru.")


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("Is Saudi Arabia one of the 4 countries of the Green Valley Partnership?", "not among"),
        (
            "L'Arabie saoudite est-elle l'un des 4 pays du Partenariat pour les vallées vertes ?",
            "ne figure pas",
        ),
        (
            "¿Es Arabia Saudita uno de los 4 países de la Alianza de los Valles Verdes?",
            "no figura",
        ),
        ("沙特阿拉伯是绿谷伙伴关系的4个国家之一吗？", "不在所列之中"),
    ],
)
def test_a_list_tells_who_is_not_in_it(question: str, note: str) -> None:
    answer = asked(question, MEMBERS, MEMBERS_ZH)
    assert not answer.abstained
    assert note in answer.statements[0].text
    assert {c.paragraph for c in answer.citations} == {"3"}


def test_a_list_tells_who_is_in_it() -> None:
    answer = asked("Is Kenya one of the 4 countries of the Green Valley Partnership?", MEMBERS)
    assert not answer.abstained
    assert answer.statements[0].kind == "digest"
    assert "Kenya" in answer.statements[0].text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How many hectares did Morocco commit?", "250 million"),
        ("Combien d'hectares le Maroc a-t-il engagés ?", "250 million"),
        ("¿Cuántas hectáreas comprometió Perú?", "90 million"),
        ("摩洛哥承诺了多少公顷？", "250 million"),
    ],
)
def test_of_an_enumeration_the_clause_of_the_subject_answers(question: str, figure: str) -> None:
    assert figure in asked(question, COMMITTED).statements[0].text


def test_a_figure_keeps_the_clauses_that_belong_to_it() -> None:
    text = "113 countries had, with help, set and validated targets, and 107 reports came out."
    pieces = segments(text, Span(0, len(text)), "en", find_quantities(text, "en"))
    assert [p.of(text) for p in pieces] == [
        "113 countries had, with help, set and validated targets, ",
        "and 107 reports came out.",
    ]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How much money is needed per day for the Deep Wells Initiative?", "1 billion"),
        ("Combien d'argent faut-il par jour pour l'Initiative des puits profonds ?", "1 billion"),
        ("深井倡议每天需要多少资金？", "1 billion"),
        ("How much money goes into drought relief per year?", "635 billion"),
    ],
)
def test_a_rate_is_answered_by_the_same_rate(question: str, figure: str) -> None:
    assert figure in asked(question, NEEDS).statements[0].text


def test_another_rate_is_no_answer() -> None:
    yearly = digest("The Deep Wells Initiative needs US$3 billion a year for drought.", "5")
    assert not asked("How much does the Deep Wells Initiative need per year?", yearly).abstained
    assert asked("How much does the Deep Wells Initiative need per day?", yearly).abstained


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (
            "How many countries of the Deep Wells Initiative revised their drought plans?",
            "6 countries",
        ),
        ("How many countries of the Deep Wells Initiative have not started?", "7 countries"),
        ("In how many countries of the Deep Wells Initiative is it in progress?", "5 countries"),
        ("¿Cuántos países de la Iniciativa Pozos Profundos no han empezado?", "7 countries"),
        ("Сколько стран Инициативы «Глубокие колодцы» не начали?", "7 countries"),
    ],
)
def test_the_column_asked_for_decides(question: str, shown: str) -> None:
    text = asked(question, ROW).statements[0].text
    assert shown in text
    assert "Deep Wells Initiative" in text


def test_a_table_row_is_quoted_with_its_headings() -> None:
    answer = asked("深井倡议有多少国家修订了抗旱计划？", ROW_ZH)
    assert answer.statements[0].text == ROW_ZH.text


@pytest.mark.parametrize(
    "question",
    [
        "When was the Green Valley Partnership launched?",
        "Quand le Partenariat pour les vallées vertes a-t-il été lancé ?",
        "¿Cuándo se lanzó la Alianza de los Valles Verdes?",
        "Когда было запущено Партнерство «Зеленая долина»?",
        "绿谷伙伴关系是何时启动的？",
    ],
)
def test_the_date_of_a_launch_is_not_that_of_a_meeting(question: str) -> None:
    answer = asked(question, LAUNCH, FOUNDING)
    assert not answer.abstained
    first = answer.statements[0].text
    assert "December 2024" in first
    assert "was launched" in first
    assert "June 2025" not in answer.text


@pytest.mark.parametrize(
    "question",
    ["When was the Deep Wells Initiative launched?", "深井倡议是何时启动的？"],
)
def test_the_launch_of_its_pilots_is_not_that_of_an_initiative(question: str) -> None:
    assert asked(question, PILOTS).abstained


def test_a_session_answers_when_something_is_expected() -> None:
    answer = asked("When is the handbook of the Deep Wells Initiative expected?", TOOLKIT)
    assert not answer.abstained
    assert "handbook" in answer.statements[0].text
    assert "COP 17" in answer.statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Who is the Executive Secretary?",
        "Qui est le secrétaire exécutif ?",
        "¿Quién es el secretario ejecutivo?",
        "Кто является Исполнительным секретарем?",
        "谁是执行秘书？",
    ],
)
def test_an_office_is_no_name(question: str) -> None:
    assert asked(question, LEADER).abstained


@pytest.mark.parametrize(
    "question",
    [
        "Who is the president of Norway?",
        "Кто президент Норвегии?",
        "¿Quién es el presidente de Noruega?",
        "挪威有多少个省？",
    ],
)
def test_a_question_about_a_country_alone_is_off_topic(question: str) -> None:
    answer = asked(question, LEADER, PILOTS)
    assert (answer.abstained, answer.reason, answer.citations) == (True, "off_topic", ())


@pytest.mark.parametrize(
    "question", ["thanks", "Thank you!", "merci", "gracias", "спасибо", "谢谢"]
)
def test_a_courtesy_is_no_question(question: str) -> None:
    answer = asked(question, digest("Thanks to Norway, the Deep Wells Initiative has grown."))
    assert (answer.abstained, answer.reason) == (True, "unclear_question")


@pytest.mark.parametrize(
    "question",
    [
        "What is the budget of the Green Valley Partnership?",
        "Quel est le budget du Partenariat pour les vallées vertes ?",
        "Каков бюджет Партнерства «Зеленая долина»?",
        "绿谷伙伴关系的预算是多少？",
    ],
)
def test_a_pledge_is_no_budget(question: str) -> None:
    pledge = digest("Saudi Arabia pledged US$150 million to the Green Valley Partnership.")
    budget = digest("The budget of the Green Valley Partnership is US$27 billion.", "2")
    assert asked(question, pledge).abstained
    answer = asked(question, pledge, budget)
    assert "US$27 billion" in answer.statements[0].text


def test_the_original_beside_a_summary_has_the_same_figure() -> None:
    summed_up = digest("Norway gave the Deep Wells Initiative US$12 million for wells.")
    other = passage("挪威支持深井倡议。秘鲁提供了 500 万美元。", language="zh")
    same = passage("秘鲁提供了 500 万美元。挪威向深井倡议提供了 1,200 万美元。", language="zh")
    question = "How much did Norway give the Deep Wells Initiative?"
    assert [s.kind for s in asked(question, summed_up, other).statements] == ["digest"]
    beside = asked(question, summed_up, same).statements[1]
    assert beside.text == "挪威向深井倡议提供了 1,200 万美元。"


def test_beside_a_refusal_stands_only_what_is_near() -> None:
    link = passage(
        "深井倡议：https://www.example.org/wells.", "fn 3", language="zh", kind="footnote"
    )
    answer = asked("What is the budget of the Deep Wells Initiative?", link, NEEDS, PLEDGES)
    assert answer.abstained
    assert "http" not in answer.text
    assert "Green Valley" not in answer.text
    assert asked("Who won the football cup?", link, NEEDS).citations == ()


def test_a_short_answer_leaves_out_the_original_before_the_subject() -> None:
    original = passage(
        "绿谷伙伴关系将承诺转化为成果。在 2021 年的会议上，挪威、秘鲁、全球环境基金、"
        "伊斯兰开发银行和粮农组织等主要伙伴承诺提供逾 190 亿美元，"
        "表明需要设立一个协调机构来统筹各方的工作和资金流动以及报告要求。",
        language="zh",
    )
    question = "How much did Norway pledge to the Green Valley Partnership?"
    answer = asked(question, PLEDGES, original)
    assert sum(word_count(s.text) for s in answer.statements) <= 60
    assert "Norway" in answer.statements[0].text
    assert "US$19 billion" in answer.statements[0].text


@pytest.mark.parametrize(
    ("question", "held", "right", "message"),
    [
        (
            "Did Saudi Arabia pledge 200 million dollars to the Green Valley Partnership?",
            "Saudi Arabia pledged US$150 million to the Green Valley Partnership.",
            "150 million",
            "The documents say otherwise:",
        ),
        (
            "Was the Deep Wells Initiative launched in 2015?",
            "The Deep Wells Initiative was launched in 2011 in Lima.",
            "2011",
            "The documents say otherwise:",
        ),
        (
            "沙特阿拉伯是否向绿谷伙伴关系承诺了2亿美元？",
            "Saudi Arabia pledged US$150 million to the Green Valley Partnership.",
            "150 million",
            "文件的说法与此不同：",
        ),
        (
            "هل تعهدت المملكة العربية السعودية بمبلغ 200 مليون دولار لشراكة الأودية الخضراء؟",
            "Saudi Arabia pledged US$150 million to the Green Valley Partnership.",
            "150 million",
            "تقول الوثائق خلاف ذلك:",
        ),
    ],
)
def test_a_wrong_figure_in_a_question_is_put_right(
    question: str, held: str, right: str, message: str
) -> None:
    answer = asked(question, digest(held))
    assert answer.reason == "false_premise"
    assert answer.statements[0].text == message
    assert right in answer.statements[1].text


@pytest.mark.parametrize(
    "question",
    [
        "Did Saudi Arabia pledge 150 million dollars to the Green Valley Partnership?",
        "Did Norway pledge 200 million dollars to the Green Valley Partnership?",
        "Did Saudi Arabia pledge more than 100 million dollars to the Green Valley Partnership?",
    ],
)
def test_a_figure_that_is_right_or_of_another_is_not_put_right(question: str) -> None:
    held = digest("Saudi Arabia pledged US$150 million to the Green Valley Partnership.")
    assert asked(question, held).reason != "false_premise"


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Länder nehmen an der Partnerschaft teil?",
        "Quantos países participam do programa?",
        "Quanto ha promesso la Norvegia?",
        "パートナーシップとは何ですか？",
        "협약은 무엇인가요?",
        "Скільки країн беруть участь?",
    ],
)
def test_another_language_is_told_which_are_read(question: str) -> None:
    answer = asked(question, PLEDGES)
    assert (answer.abstained, answer.reason, answer.language) == (True, "unclear_question", "en")
    assert "six languages" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How many countries take part?",
        "Combien de pays participent au partenariat ?",
        "¿Cuántos países participan en el programa?",
        "Сколько стран участвуют?",
        "有多少个国家参加？",
        "كم عدد البلدان المشاركة؟",
        "Norway pledge",
        "What does the Gesellschaft für Internationale Zusammenarbeit do?",
    ],
)
def test_the_six_languages_are_not_taken_for_others(question: str) -> None:
    assert not is_foreign(question)


CITATIONS: list[tuple[Language, str]] = [
    ("en", "CRIC(99), item 2(a), para. 59"),
    ("zh", "ICCD/COP(99)/1，第39(a)段"),
    ("fr", "ICCD/COP(99)/1, par. 39 a)"),
    ("es", "ICCD/COP(99)/1, párr. 39 a)"),
    ("ru", "ICCD/COP(99)/1, п. 39 (a)"),
    ("ar", "ICCD/COP(99)/1، الفقرة 39 (أ)"),
]


@pytest.mark.parametrize(("language", "citation"), CITATIONS)
def test_a_citation_alone_is_read_in_the_language_of_its_form(
    language: Language, citation: str
) -> None:
    assert citation_language(citation) == language
    assert asked(citation, passage("Norway gives. (a) Peru gives.", "39")).language == language


@pytest.mark.parametrize("question", ["What does para. 59 say?", "COP 99", "59", "пункт"])
def test_a_question_with_other_words_is_no_citation(question: str) -> None:
    assert citation_language(question) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_put_right_is_said_in_the_readers_language(language: Language) -> None:
    held = digest("Saudi Arabia pledged US$150 million to the Green Valley Partnership.")
    question = "Did Saudi Arabia pledge 200 million dollars to the Green Valley Partnership?"
    answer = asked(question, held, language=language)
    assert answer.statements[0].text == Wording(language).say("false_premise")


def test_a_number_behind_a_name_counts_nothing() -> None:
    held = digest("The Green Valley Partnership 4 unites Norway, Kenya and Peru as its members.")
    question = "How many members does the Green Valley Partnership unite?"
    assert asked(question, held).abstained
    counted = digest("The Green Valley Partnership 4 unites 30 countries as its members.")
    assert "30 countries" in asked(question, counted).text
