"""What a question computes over figures of one text, and both sides of what it compares."""

from decimal import Decimal

import pytest
from assistant_fakes import FakeKnowledge, passage, small_vocabulary

from assistant.alternatives import is_compared, is_of_time, sides_of
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.drafts import Draft, DraftStatement, cited
from assistant.evidence import Evidence, Finding, Source
from assistant.figure_claims import FigureClaim, FigureTerm, figures_in_words
from assistant.grounding import grounded
from assistant.operations import operation_asked, operation_of
from assistant.question_reader import read_question
from assistant.reading import Reading
from kb.languages import LANGUAGES, Language
from kb.records.naming import shipped_names
from kb.terms import load_terms

TERMS = load_terms()
READING = Reading(TERMS)
LENT: dict[Language, str] = {
    "en": "The fund lent US$240 million to Kenya, US$310 million to Peru and US$95 million to "
    "Norway.",
    "fr": "Le fonds a prêté 240 millions de dollars au Kenya, 310 millions de dollars au Pérou et "
    "95 millions de dollars à la Norvège.",
    "es": "El fondo prestó 240 millones de dólares a Kenya, 310 millones de dólares al Perú y "
    "95 millones de dólares a Noruega.",
    "ru": "Фонд предоставил 240 млн долл. США Кении, 310 млн долл. США Перу и 95 млн долл. США "
    "Норвегии.",
    "ar": "قدم الصندوق 240 مليون دولار إلى كينيا، و310 ملايين دولار إلى بيرو، و95 مليون دولار إلى "
    "النرويج.",
    "zh": "该基金向肯尼亚提供2.4亿美元，向秘鲁提供3.1亿美元，向挪威提供9,500万美元。",
}
TOGETHER: dict[Language, str] = {
    "en": "How much did the fund lend to Kenya and Peru together?",
    "fr": "Combien le fonds a-t-il prêté au Kenya et au Pérou au total ?",
    "es": "¿Cuánto dinero prestó el fondo a Kenya y al Perú en total?",
    "ru": "Сколько денег фонд предоставил Кении и Перу вместе?",
    "ar": "كم مبلغ المال الذي قدمه الصندوق إلى كينيا وبيرو معا؟",
    "zh": "该基金向肯尼亚和秘鲁提供的资金一共多少美元？",
}
DUG: dict[Language, str] = {
    "en": "In all, 640 wells were dug in the valley, and 410 wells were repaired by the farmers.",
    "fr": "Au total, 640 puits ont été creusés dans la vallée, et 410 puits ont été réparés par "
    "les agriculteurs.",
    "es": "Se excavaron 640 pozos en el valle, y 410 pozos fueron reparados por los agricultores.",
    "ru": "Всего в долине было вырыто 640 колодцев, и 410 колодцев были отремонтированы фермерами.",
    "ar": "حُفرت 640 بئرا في الوادي، وأصلح المزارعون 410 آبار.",
    "zh": "山谷里共挖掘了640口水井，农民修复了410口水井。",
}
LEFT: dict[Language, str] = {
    "en": "How many more wells were dug in the valley than the farmers repaired?",
    "fr": "Combien de puits creusés dans la vallée les agriculteurs n'ont-ils pas réparés ?",
    "es": "¿Cuántos pozos excavados en el valle no fueron reparados por los agricultores?",
    "ru": "Сколько вырытых в долине колодцев фермеры не отремонтировали?",
    "ar": "كم عدد الآبار التي حُفرت في الوادي ولم يصلحها المزارعون؟",
    "zh": "山谷里挖掘的水井中，农民没有修复的有多少口？",
}


def terms_of(question: str, text: str, language: Language = "en") -> list[int]:
    read = READING.read(text, language)
    found = operation_of(read_question(question, TERMS), read, READING)
    return [int(one.quantity.value) for one in found.terms] if found else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_what_the_question_puts_in_a_row_are_added(language: Language) -> None:
    question = read_question(TOGETHER[language], TERMS)
    assert question.language == language
    assert operation_asked(question) == "sum"
    found = terms_of(TOGETHER[language], LENT[language], language)
    assert found == [310_000_000, 240_000_000]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_is_the_whole_less_the_part(language: Language) -> None:
    assert operation_asked(read_question(LEFT[language], TERMS)) == "difference"
    assert terms_of(LEFT[language], DUG[language], language) == [640, 410]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        # Each gave so much: the text does not add it up, and neither do we.
        (
            "How much did Norway and Saudi Arabia pledge together?",
            "US$10 million was pledged by Kenya and US$50 million each by Norway and Saudi Arabia.",
        ),
        # A part is no term beside its whole.
        (
            "How many wells were dug in Kenya and in Nairobi together?",
            "In Kenya 640 wells were dug, of which 410 wells in Nairobi.",
        ),
        # The text says itself how many have not.
        (
            "How many of the wells dug in the valley were not repaired by farmers?",
            "In the valley 640 wells were dug; farmers had not repaired 230 wells.",
        ),
        # The difference is printed.
        (
            "How many more wells were repaired in the valley than planned?",
            "In the valley 38 wells were repaired, 4 more wells than planned.",
        ),
        # Figures of different things.
        (
            "How many more wells than workshops were there in Kenya?",
            "Kenya has 640 wells and held 410 workshops.",
        ),
        # One of those in the row has no figure.
        (
            "How much did the fund lend to Kenya, Morocco and Peru together?",
            "The fund lent US$240 million to Kenya and US$310 million to Peru.",
        ),
    ],
)
def test_nothing_is_computed_where_the_operands_are_not_sure(question: str, text: str) -> None:
    assert terms_of(question, text) == []


def test_as_many_figures_as_the_question_says_are_added() -> None:
    text = (
        "In its third call the scheme received 412 applications and awarded 48 places. The second "
        "call had received 365 applications and awarded 40 places, and the first had awarded 24."
    )
    found = terms_of("How many places were awarded in the three rounds together?", text)
    assert found == [48, 40, 24]


def _claim(*changed: FigureTerm, operation: str = "sum") -> tuple[FigureClaim, Source]:
    source = Source(passage(LENT["en"], "7"))
    read = READING.read(LENT["en"], "en")
    found = operation_of(read_question(TOGETHER["en"], TERMS), read, READING)
    assert found is not None
    terms = tuple(
        FigureTerm(
            cited(source, one.sentence.span),
            one.quantity.value,
            one.quantity.unit,
            one.quantity.start,
        )
        for one in found.terms
    )
    kind = found.operation if operation == "sum" else "difference"
    return FigureClaim(changed or terms, kind), source


def _passes(claim: FigureClaim, source: Source, question: str = TOGETHER["en"]) -> bool:
    text = figures_in_words(claim, "en", shipped_names())
    citations = tuple(dict.fromkeys(t.citation for t in claim.terms))
    statement = DraftStatement(text, "computed", citations, figures=claim)
    evidence = Evidence((Finding((source,), 1, 1.0),))
    return not grounded(Draft(question, "en", (statement,)), evidence, TERMS).abstained


def test_the_gate_lets_through_what_the_question_computes() -> None:
    claim, source = _claim()
    assert figures_in_words(claim, "en", shipped_names()) == (
        "US$310 million + US$240 million = US$550 million"
    )
    assert _passes(claim, source)


def test_the_gate_withholds_other_figures_and_other_operations() -> None:
    claim, source = _claim()
    one, _ = claim.terms
    norway = FigureTerm(one.citation, Decimal(95_000_000), "USD", LENT["en"].index("US$95"))
    assert not _passes(_claim(one, norway)[0], source)
    assert not _passes(_claim(operation="difference")[0], source)
    assert not _passes(claim, source, "How much did the fund lend to Kenya and Norway together?")
    assert not _passes(claim, source, "How much did the fund lend?")


SIDES: dict[Language, tuple[str, str, str]] = {
    "en": ("Which got more money, the wells in Kenya or the dams in Peru?", "Kenya", "Peru"),
    "fr": (
        "Qui a reçu le plus d'argent, les puits du Kenya ou les barrages du Pérou ?",
        "Kenya",
        "Pérou",
    ),
    "es": (
        "¿Qué recibió más dinero, los pozos de Kenya o las presas del Perú?",
        "Kenya",
        "Perú",
    ),
    "ru": (
        "Что получило больше денег: колодцы в Кении или плотины в Перу?",
        "Кении",
        "Перу",
    ),
    "ar": ("أيهما حصل على أموال أكثر: آبار كينيا أم سدود بيرو؟", "كينيا", "بيرو"),
    "zh": ("肯尼亚的水井还是秘鲁的水坝，哪个得到的钱更多？", "肯尼亚", "秘鲁"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_side_of_a_comparison_is_a_question_without_the_other(language: Language) -> None:
    text, one, other = SIDES[language]
    question = read_question(text, TERMS)
    assert is_compared(question)
    assert not is_of_time(question)
    found = sides_of(question, READING.read(question.text, language))
    assert found is not None
    assert one in found[0]
    assert other not in found[0]
    assert other in found[1]
    assert one not in found[1]


@pytest.mark.parametrize(
    "text",
    [
        "How many wells were dug in Kenya, and how many dams were built in Peru?",
        "Combien de puits ont été creusés au Kenya, et combien de barrages construits au Pérou ?",
        "¿Cuántos pozos se excavaron en Kenya y cuántas presas se construyeron en el Perú?",
        "Сколько колодцев вырыто в Кении и сколько плотин построено в Перу?",
        "كم بئرا حُفرت في كينيا، وكم سدا بُني في بيرو؟",
        "肯尼亚挖了多少口井，秘鲁建了多少座水坝？",
    ],
)
def test_a_question_that_asks_twice_is_two_questions(text: str) -> None:
    question = read_question(text, TERMS)
    assert is_compared(question)
    found = sides_of(question, READING.read(question.text, question.language))
    assert found is not None
    parties = [{m.concept_id for m in TERMS.find(side, question.language)} for side in found]
    assert "party:KEN" in parties[0]
    assert "party:PER" in parties[1]
    assert "party:PER" not in parties[0]
    assert "party:KEN" not in parties[1]


@pytest.mark.parametrize(
    "question",
    [
        "Which came first, the Great Green Wall or the Peace Forest Initiative?",
        "Qu'est-ce qui est le plus ancien, la Grande Muraille verte ou l'IDRA ?",
        "¿Qué se creó antes, la Gran Muralla Verde o la IDRA?",
        "Что появилось раньше: Великая зеленая стена или ИДРА?",
        "أيهما أقدم: الجدار الأخضر العظيم أم التحالف الدولي؟",
        "绿色长城还是抗旱联盟更早？",
    ],
)
def test_what_came_first_compares_dates(question: str) -> None:
    assert is_of_time(read_question(question, TERMS))


@pytest.mark.parametrize(
    "question",
    [
        "What did Kenya do about drought?",
        "Do the figures of Kenya or Peru add up?",
        "How much did the fund lend to Kenya and Peru together?",
    ],
)
def test_what_compares_nothing_has_no_sides(question: str) -> None:
    assert not is_compared(read_question(question, TERMS))


def _asked(question: str, *texts: str) -> Answer:
    passages = tuple(passage(text, str(n)) for n, text in enumerate(texts, 1))
    return Assistant(FakeKnowledge(passages), small_vocabulary()).ask(question)


def test_a_sum_is_said_before_the_sentence_that_it_rests_on() -> None:
    answer = _asked(TOGETHER["en"], LENT["en"], "Kenya and Peru take part in the programme.")
    computed, quote = answer.statements[:2]
    assert computed.kind == "computed"
    assert computed.text == "US$310 million + US$240 million = US$550 million"
    assert quote.text == LENT["en"]
    assert {c.paragraph for c in answer.citations} == {"1"}


def test_both_sides_are_quoted_each_from_its_own_paragraph() -> None:
    answer = _asked(
        "Which started earlier, the Green Valley Partnership or the Deep Wells Initiative?",
        "The Green Valley Partnership was launched in May 2019 in Doha.",
        "The Deep Wells Initiative was launched in March 2022 in Lima.",
        "Kenya and Peru take part in both.",
    )
    assert [c.paragraph for c in answer.citations] == ["1", "2"]
    assert "May 2019" in answer.statements[0].text
    assert "March 2022" in answer.statements[1].text
