"""What is computed beside a quotation: spans of time, averages, yearly amounts, rows counted by a
condition, shares and multiples; and the gate that reads and computes everything anew."""

from dataclasses import replace
from decimal import Decimal

import pytest
from assistant_fakes import FakeKnowledge, passage, small_vocabulary

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.averages import average_in, average_message, message_of, rounded
from assistant.drafts import Draft, DraftStatement, Message, note, verbatim
from assistant.elapsed import elapsed, elapsed_message, lasted, lasted_message, span_asked
from assistant.evidence import Evidence, Finding, Source
from assistant.figure_claims import FigureClaim, FigureTerm, result_of
from assistant.grounding import grounded
from assistant.moments import between, sides_asked
from assistant.operations import operation_asked, operation_of
from assistant.question_reader import read_question
from assistant.reading import Reading
from assistant.row_conditions import Condition, condition_of
from assistant.yearly import yearly_in
from kb.languages import LANGUAGES, Language
from kb.sentences import Span
from kb.terms import load_terms
from kb.wording import Wording

TERMS = load_terms()
READING = Reading(TERMS)

BETWEEN: dict[Language, tuple[str, str]] = {
    "en": (
        "How many days passed between the approval of the plan and the opening workshop?",
        "The plan was approved on 3 March 2024. The opening workshop was held on 24 April 2024.",
    ),
    "fr": (
        "Combien de jours se sont écoulés entre l'approbation du plan et l'atelier d'ouverture ?",
        "L'approbation du plan date du 3 mars 2024. L'atelier d'ouverture s'est tenu le "
        "24 avril 2024.",
    ),
    "es": (
        "¿Cuántos días transcurrieron entre la aprobación del plan y el taller de apertura?",
        "La aprobación del plan fue el 3 de marzo de 2024. El taller de apertura se celebró el "
        "24 de abril de 2024.",
    ),
    "ru": (
        "Сколько дней прошло между утверждением плана и вводным семинаром?",
        "Утверждение плана состоялось 3 марта 2024 года. Вводный семинар прошел "
        "24 апреля 2024 года.",
    ),
    "ar": (
        "كم يوما مر بين اعتماد الخطة وحلقة العمل الافتتاحية؟",
        "جرى اعتماد الخطة في 3 آذار/مارس 2024. وعُقدت حلقة العمل الافتتاحية في 24 نيسان/أبريل 2024.",
    ),
    "zh": (
        "从批准计划到举办启动研讨会隔了多少天？",
        "该计划于2024年3月3日获得批准。启动研讨会于2024年4月24日举办。",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_between_two_dates_are_counted(language: Language) -> None:
    asked, text = BETWEEN[language]
    question = read_question(asked, TERMS)
    span = span_asked(question)
    assert span is not None
    assert span.unit == "day"
    sides = sides_asked(span, question, READING)
    pair = between(sides, READING.read(text, language), READING)
    assert pair is not None
    assert [one.iso for one in pair] == ["2024-03-03", "2024-04-24"]
    message = elapsed_message(pair[0].iso, pair[1].iso, span.unit, language)
    assert message is not None
    assert "52" in dict(message.values)["span"]


LASTED: dict[Language, str] = {
    "en": "How many days did the workshop in Lima last?",
    "fr": "Combien de jours a duré l'atelier de Lima ?",
    "es": "¿Cuántos días duró el taller de Lima?",
    "ru": "Сколько дней длился семинар в Лиме?",
    "ar": "كم يوما دامت حلقة العمل في ليما؟",
    "zh": "利马研讨会开了几天？",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_long_something_lasted_has_no_sides(language: Language) -> None:
    span = span_asked(read_question(LASTED[language], TERMS))
    assert span is not None
    assert span.unit == "day"
    assert not span.sides


@pytest.mark.parametrize(
    "text",
    [
        "When was the workshop held?",
        "How many countries took part between 2020 and 2024?",
        "How many years of drought are there?",
        "Is the term of office three years long?",
        "¿En qué plazo deben presentarse los informes?",
        "В какой срок следует представить доклады?",
    ],
)
def test_no_span_of_time_is_read_where_none_is_asked(text: str) -> None:
    assert span_asked(read_question(text, TERMS)) is None


def test_the_coarser_date_decides_how_a_span_is_told() -> None:
    days = elapsed("2023-05-12", "2023-07-03", None)
    assert days is not None
    assert (days.value, days.unit, days.about) == (52, "day", None)
    months = elapsed("2022-06-14", "2025-05", "day")
    assert months is not None
    assert (months.value, months.unit, months.exactly) == (35, "month", (2, 11))
    years = elapsed("2020", "2040-05", "year")
    assert years is not None
    assert (years.value, years.unit) == (20, "year")
    about = elapsed("2025-06-16", "2025-10-15", "month")
    assert about is not None
    assert about.about == (4, "month")
    assert elapsed("2024", "2024", None) is None
    assert elapsed("2025", "2024", None) is None


def test_the_first_and_the_last_day_are_both_counted() -> None:
    found = lasted("2024-02-20", "2024-02-22")
    assert found is not None
    assert found.value == 3
    assert lasted("2024", "2027") is None
    message = lasted_message("2024-02-20", "2024-02-22", "en")
    assert message is not None
    assert message.said(Wording("en")) == "20–22 February 2024: 3 days"


def _ask(question: str, *texts: str) -> Answer:
    passages = tuple(passage(text, str(n)) for n, text in enumerate(texts, 1))
    return Assistant(FakeKnowledge(passages), small_vocabulary()).ask(question)


def test_a_span_is_said_before_the_sentences_with_its_dates() -> None:
    asked, text = BETWEEN["en"]
    answer = _ask(asked, text, "The plan names five valleys and their farmers.")
    assert answer.statements[0].text == "3 March 2024 → 24 April 2024: 52 days"
    assert "opening workshop" in answer.statements[1].text
    assert {c.paragraph for c in answer.citations} == {"1"}


def test_a_text_that_says_the_span_itself_is_only_quoted() -> None:
    answer = _ask(
        "How many days did the workshop on dams in Lima last?",
        "The workshop on dams in Lima lasted four days, from 6 to 9 May 2024.",
    )
    assert not any(": " in s.text and "→" in s.text for s in answer.statements)
    assert all(s.kind != "note" for s in answer.statements)


def _stands(message: Message, asked: str, text: str) -> bool:
    """Whether the gate lets a note through before a quotation of the whole text."""
    source = Source(passage(text, "7"))
    whole = Span(0, len(text))
    quoted = verbatim(source, whole, whole, Wording("en"), "en")
    draft = Draft(asked, "en", (note(message, Wording("en")), quoted))
    answer = grounded(draft, Evidence((Finding((source,), 1, 1.0),)), TERMS)
    return len(answer.statements) == 2


def test_the_gate_lets_through_only_the_span_that_the_question_asks_for() -> None:
    asked, text = BETWEEN["en"]
    right = elapsed_message("2024-03-03", "2024-04-24", "day", "en")
    assert right is not None
    assert _stands(right, asked, text)
    wrong = replace(right, values=(*right.values[:2], ("span", "53 days")))
    assert not _stands(wrong, asked, text)
    assert not _stands(right, "When was the plan approved?", text)
    assert not _stands(right, asked, text.replace("24 April", "25 April"))
    other = elapsed_message("2024-03-03", "2024-06-01", "day", "en")
    assert other is not None
    assert not _stands(other, asked, f"{text} The dam was closed on 1 June 2024.")


MEAN: dict[Language, tuple[str, str]] = {
    "en": (
        "What was the average amount per project financed by the fund?",
        "The fund financed 24 projects with US$1.6 billion.",
    ),
    "fr": (
        "Quel montant moyen par projet le fonds a-t-il financé ?",
        "Le fonds a financé 24 projets pour 1,6 milliard de dollars des États-Unis.",
    ),
    "es": (
        "¿Cuál fue el monto promedio por proyecto que financió el fondo?",
        "El fondo financió 24 proyectos con 1.600 millones de dólares de los Estados Unidos.",
    ),
    "ru": (
        "Сколько денег фонда в среднем приходится на один проект?",
        "Фонд профинансировал 24 проекта на 1,6 млрд долл. США.",
    ),
    "ar": (
        "ما متوسط تمويل الصندوق لكل مشروع؟",
        "موّل الصندوق 24 مشروعا بمبلغ 1.6 مليار دولار.",
    ),
    "zh": (
        "该基金平均每个项目提供多少资金？",
        "该基金为24个项目提供了16亿美元资金。",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_average_divides_the_amount_by_what_it_is_for(language: Language) -> None:
    asked, text = MEAN[language]
    question = read_question(asked, TERMS)
    found = average_in(question, READING.read(text, language), READING)
    assert found is not None
    assert (found.amount.value, found.count.value) == (1_600_000_000, 24)
    message = message_of(found, language)
    assert message is not None
    assert any(form in message.said(Wording(language)) for form in ("66.7", "66,7", "6,670"))


def test_an_average_has_three_digits_that_count() -> None:
    assert rounded(Decimal(1_600_000_000) / 24) == 66_700_000
    assert rounded(Decimal(9_300_000_000) / 46) == 202_000_000
    assert rounded(Decimal("2.5")) == Decimal("2.5")


def test_no_average_where_two_numbers_may_be_meant_or_a_bound_is_given() -> None:
    question = read_question(MEAN["en"][0], TERMS)
    for text in (
        "The fund financed 24 projects and 3 further projects with US$1.6 billion.",
        "The fund financed more than 24 projects with US$1.6 billion.",
        "The fund financed up to 24 projects with up to US$1.6 billion.",
    ):
        assert average_in(question, READING.read(text, "en"), READING) is None


def test_the_gate_reads_an_average_in_the_words_quoted() -> None:
    asked, text = MEAN["en"]
    right = average_message(Decimal(1_600_000_000), "USD", Decimal(24), "project", "en")
    assert right is not None
    assert right.said(Wording("en")) == "US$1.6 billion ÷ 24 projects ≈ US$66.7 million"
    assert _stands(right, asked, text)
    assert not _stands(right, "How much did the fund finance?", text)
    assert not _stands(right, asked, text.replace("24", "25"))
    wrong = replace(right, values=(*right.values[:2], ("average", "US$67 million")))
    assert not _stands(wrong, asked, text)


DAILY: dict[Language, tuple[str, str]] = {
    "en": (
        "US$2 million a day for the dams: how much is that per year?",
        "The dams need US$2 million per day.",
    ),
    "fr": (
        "Combien coûtent les barrages par an, à 2 millions de dollars par jour ?",
        "Les barrages coûtent 2 millions de dollars par jour.",
    ),
    "es": (
        "Con 2 millones de dólares al día para las presas, ¿cuánto dinero es al año?",
        "Las presas necesitan 2 millones de dólares al día.",
    ),
    "ru": (
        "Плотинам нужно 2 млн долл. США в день — сколько это в год?",
        "Плотинам нужно 2 млн долл. США в день.",
    ),
    "ar": (
        "تحتاج السدود إلى مليوني دولار في اليوم، فكم يبلغ ذلك سنويا؟",
        "تحتاج السدود إلى مليوني دولار في اليوم.",
    ),
    "zh": (
        "水坝每天需要200万美元，一年需要多少钱？",
        "水坝每天需要200万美元。",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_a_day_is_told_for_a_year(language: Language) -> None:
    asked, text = DAILY[language]
    found = yearly_in(read_question(asked, TERMS), READING.read(text, language), READING)
    assert found is not None
    assert dict(found.message.values)["times"] == "365"
    assert "730" in dict(found.message.values)["total"] or "7.3" in found.message.said(
        Wording(language)
    )


def test_the_gate_reads_the_rate_anew() -> None:
    asked, text = DAILY["en"]
    found = yearly_in(read_question(asked, TERMS), READING.read(text, "en"), READING)
    assert found is not None
    assert _stands(found.message, asked, text)
    assert not _stands(found.message, asked, text.replace("per day", "per year"))
    assert not _stands(found.message, "How much do the dams need a day?", text)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("How many activities has no country completed?", Condition("is", Decimal(0))),
        ("Combien d'activités aucun pays n'a-t-il achevées ?", Condition("is", Decimal(0))),
        ("¿Cuántas actividades no ha terminado ningún país?", Condition("is", Decimal(0))),
        ("Сколько мероприятий не завершила ни одна страна?", Condition("is", Decimal(0))),
        ("كم نشاطا لم ينجزه أي بلد؟", Condition("is", Decimal(0))),
        ("有几项活动一个国家都没完成？", Condition("is", Decimal(0))),
        (
            "How many activities were completed by at least 16 countries?",
            Condition("at_least", Decimal(16)),
        ),
        (
            "Combien d'activités ont été achevées par au moins 16 pays ?",
            Condition("at_least", Decimal(16)),
        ),
        (
            "¿Cuántas actividades completaron al menos 16 países?",
            Condition("at_least", Decimal(16)),
        ),
        (
            "Сколько мероприятий завершили не менее 16 стран?",
            Condition("at_least", Decimal(16)),
        ),
        ("كم نشاطا أنجزه 16 بلدا على الأقل؟", Condition("at_least", Decimal(16))),
        ("至少16个国家完成的活动有几项？", Condition("at_least", Decimal(16))),
        (
            "Which activities have more than half of the countries finished?",
            Condition("above", part=Decimal("0.5")),
        ),
        ("Which activities were completed by all countries?", Condition("is", part=Decimal(1))),
        ("How many activities have been completed?", None),
        ("How many of the 18 countries completed at least 16 activities?", None),
    ],
)
def test_the_condition_on_a_number_of_countries_is_read(
    text: str, condition: Condition | None
) -> None:
    assert condition_of(read_question(text, TERMS)) == condition


def test_a_part_of_an_unknown_whole_tells_nothing() -> None:
    half = Condition("at_least", part=Decimal("0.5"))
    assert half.holds(Decimal(9), Decimal(18))
    assert half.holds(Decimal(8), Decimal(18)) is False
    assert half.holds(Decimal(9), None) is None


EARLIER: dict[Language, tuple[str, str]] = {
    "en": (
        "How many memorandums were signed before COP 15?",
        "By 2024 the fund had signed 450 memorandums, 40 of them signed after COP 15.",
    ),
    "fr": (
        "Combien de mémorandums d'accord ont été signés avant la COP 15 ?",
        "Le fonds a signé 450 mémorandums d'accord, dont 40 signés après la COP 15.",
    ),
    "es": (
        "¿Cuántos memorandos de entendimiento se firmaron antes de la COP 15?",
        "El fondo firmó 450 memorandos de entendimiento, de los cuales 40 se firmaron después de "
        "la COP 15.",
    ),
    "ru": (
        "Сколько меморандумов было подписано до КС 15?",
        "Фонд подписал 450 меморандумов, из них 40 подписаны после КС 15.",
    ),
    "zh": (
        "缔约方会议第十五届会议之前签署了多少份谅解备忘录？",
        "该基金已签署450份谅解备忘录，其中40份签署于缔约方会议第十五届会议之后。",
    ),
    "ar": (
        "كم مذكرة تفاهم وُقعت قبل الدورة الخامسة عشرة لمؤتمر الأطراف؟",
        "وقّع الصندوق 450 مذكرة تفاهم، منها 40 مذكرة وُقعت بعد الدورة الخامسة عشرة لمؤتمر الأطراف.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_before_is_all_less_what_came_after(language: Language) -> None:
    asked, text = EARLIER[language]
    question = read_question(asked, TERMS)
    assert operation_asked(question) == "difference"
    found = operation_of(question, READING.read(text, language), READING)
    assert found is not None
    assert [int(one.quantity.value) for one in found.terms] == [450, 40]


@pytest.mark.parametrize(
    "text",
    [
        "By 2024 the fund had signed 450 memorandums, 40 of them signed after COP 14.",
        "By 2024 the fund had signed 450 memorandums, 40 of them signed before COP 15.",
        "By 2024 the fund had signed 450 memorandums after COP 15.",
    ],
)
def test_another_meeting_or_the_same_time_leaves_the_text_alone(text: str) -> None:
    question = read_question(EARLIER["en"][0], TERMS)
    assert operation_of(question, READING.read(text, "en"), READING) is None


def test_a_share_is_the_part_by_the_whole_and_a_multiple_the_greater_by_the_less() -> None:
    text = (
        "The valley has 640 wells dug by the villages, and 160 wells were repaired by the farmers."
    )
    share = operation_of(
        read_question("What percentage of the wells dug did the farmers repair?", TERMS),
        READING.read(text, "en"),
        READING,
    )
    assert share is not None
    assert (share.operation, [int(o.quantity.value) for o in share.terms]) == ("share", [160, 640])
    times = operation_of(
        read_question("How many times more wells were dug than repaired by farmers?", TERMS),
        READING.read(text, "en"),
        READING,
    )
    assert times is not None
    assert (times.operation, [int(o.quantity.value) for o in times.terms]) == ("ratio", [640, 160])


def test_a_multiple_has_one_decimal_and_the_greater_figure_first() -> None:
    source = Source(passage("11 million and 2.85 million", "1"))
    cited = verbatim(source, Span(0, 27), Span(0, 27), Wording("en"), "en").citations[0]

    def claim(*values: str) -> FigureClaim:
        return FigureClaim(tuple(FigureTerm(cited, Decimal(v), "EUR", 0) for v in values), "ratio")

    assert result_of(claim("11000000", "2850000")) == Decimal("3.9")
    with pytest.raises(ValueError, match="greater"):
        result_of(claim("2850000", "11000000"))


def test_a_computed_note_without_its_quotation_is_withheld() -> None:
    message = elapsed_message("2024-03-03", "2024-04-24", "day", "en")
    assert message is not None
    wording = Wording("en")
    source = Source(passage("Kenya takes part.", "1"))
    whole = Span(0, 17)
    quoted = verbatim(source, whole, whole, wording, "en")
    alone: tuple[DraftStatement, ...] = (note(message, wording), quoted)
    draft = Draft(BETWEEN["en"][0], "en", alone)
    answer = grounded(draft, Evidence((Finding((source,), 1, 1.0),)), TERMS)
    assert [s.text for s in answer.statements] == ["Kenya takes part."]


def test_after_something_subtracts_no_other_figures() -> None:
    text = (
        "After the launch of the plan 18 countries met, and 16 countries held a workshop in Lima."
    )
    for asked in (
        "How many months after the launch of the plan was the workshop in Lima held?",
        "How many countries held a workshop in Lima after the launch of the plan?",
    ):
        assert operation_of(read_question(asked, TERMS), READING.read(text, "en"), READING) is None


def test_from_several_days_their_last_is_counted_from() -> None:
    text = (
        "The workshop on dams took place from 20 to 22 February 2024. The plan for the lakes was "
        "approved on 1 March 2024."
    )
    asked = "How many days passed between the workshop on dams and the approval of the lakes plan?"
    answer = _ask(asked, text)
    assert answer.statements[0].text == "22 February 2024 → 1 March 2024: 8 days"
    wrong = elapsed_message("2024-02-20", "2024-03-01", "day", "en")
    assert wrong is not None
    assert not _stands(wrong, asked, text)
