"""What counts as saying a required form, in six languages: a table of right and wrong pairs."""

import pytest

from evals.matching import Said
from evals.questions import Question, read_question
from kb.languages import Language
from kb.terms import load_terms

# language of the question, form, answer
RIGHT: list[tuple[Language, str, str]] = [
    # bare numbers
    ("en", "76", "A total of 76 countries adopted targets."),
    ("en", "76", "Seventy-six countries adopted targets."),
    ("en", "seventy-six", "A total of 76 countries adopted targets."),
    ("en", "450", "Together they have signed 450 MoUs."),
    ("en", "7", "Seven countries; of these, two are new."),
    ("en", "7", "It has 7."),
    ("en", "278", "The needs are US$278 billion a year."),
    ("en", "13.85", "Together that is 13.85 million euros."),
    ("en", "9", "Integrated planning | Completed: 9 | Ongoing: 8"),
    ("en", "18", "18 (100%)"),
    ("en", "2030", "by 2030"),
    ("en", "2030", "in the period 2021-2030"),
    ("en", "1600", "1,600 projects"),
    ("en", "2,780", "2,780 projects"),
    ("en", "16.7", "a share of 16.7%"),
    ("zh", "50", "共有 50 个国家参加。"),
    ("zh", "50", "共有五十个国家参加。"),
    ("zh", "7 个", "有7个国家"),
    ("zh", "十二", "12个国家"),
    ("fr", "113", "Au total, 113 pays ont validé leurs cibles."),
    ("es", "40", "Cuarenta países"),
    ("es", "cuarenta", "40 países"),
    ("es", "10.000", "10 000 proyectos"),
    ("ru", "четыре", "в 4 странах"),
    ("ru", "11", "одиннадцать стран"),
    ("ar", "16", "بلغ العدد ١٦ بلداً"),
    ("ar", "١٦", "بلغ العدد 16 بلداً"),
    ("ar", "أحد عشر", "11 بلداً"),
    # amounts and areas across scripts, units and magnitudes
    ("en", "1.6 billion", "16 亿美元"),
    ("en", "1.6 billion", "US$1,600,000,000"),
    ("en", "1.6 billion", "Les pays ont mobilisé 1,6 milliard de dollars"),
    ("en", "1.6 billion", "1 600 millones de dólares"),
    ("en", "1.6 billion", "1,6 млрд долл. США"),
    ("en", "1.6 billion", "١٫٦ مليار دولار"),
    ("zh", "16 亿", "US$1.6 billion"),
    ("zh", "16亿", "投资16 亿美元"),
    ("fr", "1,6 milliard", "投资 16 亿美元"),
    ("es", "1 600 millones", "US$1.6 billion was mobilized"),
    ("es", "1.600 millones", "1 600 millones de dólares"),
    ("es", "10,000 millones", "10 000 millones de dólares"),
    ("es", "10 mil millones", "100 亿美元"),
    ("ru", "1,6 млрд", "1,6 миллиарда долларов"),
    ("ar", "١٫٦ مليار", "1.6 مليار دولار"),
    ("en", "2.85 million", "285 万欧元"),
    ("ru", "2,85", "2,85 млн евро"),
    ("zh", "285 万", "2.85 million euros"),
    ("en", "278 billion", "2,780 亿美元"),
    ("zh", "2,780 亿", "2780亿美元"),
    ("en", "150m", "a grant of $150m"),
    ("en", "1bn", "a pipeline worth $1bn"),
    ("en", "US$1", "a pipeline of US$1 billion"),
    ("en", "600 million", "nearly 600 million hectares"),
    ("fr", "600 millions d'hectares", "近 6 亿公顷"),
    ("es", "150 M", "150 M de dólares"),
    ("ar", "150 مليون", "تبرعت بمبلغ ١٥٠ مليون دولار"),
    ("zh", "六亿", "6 亿公顷"),
    # shares
    ("en", "50%", "50 per cent of the land"),
    ("en", "50 per cent", "百分之五十"),
    ("fr", "50 %", "la moitié, soit 50 % des terres"),
    ("ar", "50 في المائة", "بنسبة ٥٠٪ من الأراضي"),
    ("ru", "50 %", "50 процентов земель"),
    ("en", "0%", "0 (0%)"),
    # dates
    ("en", "2023-05-12", "It was launched on 12 May 2023."),
    ("en", "12 May 2023", "2023 年 5 月 12 日启动"),
    ("en", "2024-05", "in May 2024"),
    ("en", "2024-05", "on 14 May 2024"),
    ("en", "May 2024", "14/05/2024"),
    ("en", "2024", "in May 2024"),
    ("en", "2024", "on 2024-05-14"),
    ("zh", "2022 年 6 月", "2022年6月在波恩举行"),
    ("zh", "7 月", "2023年7月3日"),
    ("fr", "juin 2022", "le 17 juin 2022"),
    ("es", "16 de junio de 2025", "2025-06-16"),
    ("es", "junio de 2025", "el 16 de junio de 2025"),
    ("ru", "июл", "в июле 2024 года"),
    ("ru", "2024-07", "в июле 2024 года"),
    ("ar", "2024-12", "في كانون الأول/ديسمبر 2024"),
    ("ar", "كانون الأول 2024", "في كانون الأول ٢٠٢٤"),
    ("en", "2025", "from 2023 to 2025"),
    # words, stems, names
    ("en", "prepar", "a Preparation facility"),
    ("en", "Jordan", "Benin, Jordan and Peru"),
    ("en", "cost-effective", "It is cost effective."),
    ("en", "cost effective", "It is cost-effective."),
    ("en", "Multi-partner Trust Fund", "the Multi‑Partner Trust Fund Office"),
    ("en", "Türkiye", "Turkiye and Panama"),
    ("en", "GEF", "funded by the GEF"),
    ("en", "MoU", "40 MoUs"),
    ("en", "NDC", "the NDCs of Parties"),
    ("en", "COP 16", "at COP16 in Riyadh"),
    ("en", "COP16", "at COP-16 in Riyadh"),
    ("en", "ten ", "ten countries"),
    ("zh", "绿色气候基金", "由绿色气候基金资助"),
    ("zh", "G20", "由 G20 全球土地倡议牵头"),
    ("zh", "最佳做法", "分享《最佳做法》"),
    ("fr", "endett", "la conversion de l’endettement"),
    ("fr", "dette", "une conversion de dettes"),
    ("fr", "élection", "après les elections"),
    ("fr", "Égypte", "l'Égypte"),
    ("fr", "Afrique du Sud", "l’Afrique du Sud"),
    ("fr", "SIG", "un SIG national"),
    ("es", "restaur", "la restauración de tierras"),
    ("es", "Panamá", "en Panama"),
    ("es", "público", "consulta pública y publico en general"),
    ("es", "sí", "Sí, es voluntario."),
    ("es", "17.ª", "la 17.ª reunión"),
    ("ru", "наук", "Научно-политическое взаимодействие и науки"),
    ("ru", "четырёх", "в четырех странах"),
    ("ru", "ООН-женщины", "Структура «ООН-женщины»"),
    ("ru", "6/COP.15", "в решении 6/СОР.15"),
    ("ru", "пастбищ", "состояние пастбищ"),
    ("ar", "الأردن", "والأردن وبيرو"),
    ("ar", "أكاديمي", "المؤسسات الأكاديمية"),
    ("ar", "المجتمع المدني", "للمجتمع المدني دور"),
    ("ar", "افريقيا", "جنوب أفريقيا"),
    ("ar", "مبادرة", "المُبـادرة"),
    ("ar", "لم ", "لم يكتمل أي منها"),
    ("en", "6/COP.15", "decision 6/COP.15"),
    ("en", "Niger", "Benin and Niger"),
    ("en", "Canad", "the Government of Canada"),
    ("en", "SO5", "under SO 5"),
    ("en", "15.3.1", "SDG indicator 15.3.1"),
    ("ru", "4", "Краткое изложение (английский): the Alliance has acted along four pillars"),
    ("ar", "4", "ملخص (الإنجليزية): the Committee met four times in all"),
    ("fr", "5", "Texte chinois : 会议通过了五个治理要素"),
]

WRONG: list[tuple[Language, str, str]] = [
    ("en", "7", "17 countries"),
    ("en", "7", "7.5 million"),
    ("en", "7", "target 15.3.7"),
    ("en", "7", "decision 7/COP.15"),
    ("en", "7", "at COP 7"),
    ("en", "7", "see para. 7"),
    ("en", "7", "70 countries"),
    ("en", "7", "in 2017"),
    ("en", "7", "on 7 May 2023"),
    ("en", "7", "in ICCD/CRIC(22)/7"),
    ("en", "7", "(7) the seventh"),
    ("en", "76", "176 countries"),
    ("en", "76", "1,076 countries"),
    ("en", "ten ", "tenders"),
    ("en", "10", "110 countries"),
    ("en", "10", "10,000 countries"),
    ("en", "278", "2,780 projects"),
    ("en", "16", "1.6 billion"),
    ("en", "16", "at COP 16"),
    ("zh", "7 个", "17 个国家"),
    ("zh", "7 月", "2023年17月"),
    ("zh", "50", "150 个国家"),
    ("zh", "三年", "十三年"),
    ("fr", "11", "111 pays"),
    ("es", "18", "180 países"),
    ("ru", "4", "14 стран"),
    ("ar", "6", "١٦ بلداً"),
    ("ar", "٩", "19 بلداً"),
    ("ar", "9", "٩٫٥ مليون"),
    ("en", "1.6 billion", "160 亿美元"),
    ("en", "1.6 billion", "1.6 million"),
    ("en", "1.6 billion", "US$16 billion"),
    ("en", "1.6 billion", "11.6 billion"),
    ("zh", "16 亿", "16 万美元"),
    ("zh", "16亿", "116亿美元"),
    ("fr", "1,6 milliard", "16 milliards de dollars"),
    ("es", "1 600 millones", "600 millones de dólares"),
    ("es", "600 millones", "1 600 millones de dólares"),
    ("es", "10.000 millones", "10 millones"),
    ("ru", "1,6 млрд", "1,6 млн долл. США"),
    ("ar", "١٫٦ مليار", "١٦ مليار دولار"),
    ("fr", "250 millions", "1 250 millions"),
    ("en", "150m", "$150mn?"),
    ("es", "150 M", "150 miembros"),
    ("en", "5 million hectares", "US$5 million"),
    ("en", "US$5 million", "5 million hectares"),
    ("en", "50%", "50 countries"),
    ("en", "0%", "50%"),
    ("en", "5%", "15%"),
    ("fr", "50 %", "150 %"),
    ("ar", "50 في المائة", "٥ في المائة"),
    ("en", "2023-05-12", "in May 2023"),
    ("en", "2023-05-12", "on 13 May 2023"),
    ("en", "2024-05", "in 2024"),
    ("en", "2024-05", "in June 2024"),
    ("en", "May 2024", "in May 2023"),
    ("en", "2024", "2,024 hectares and more"),
    ("zh", "2022 年 6 月", "2022 年 11 月"),
    ("es", "16 de junio de 2025", "el 6 de junio de 2025"),
    ("ru", "2024-07", "в июне 2024 года"),
    ("ar", "2024-12", "في تشرين الثاني/نوفمبر 2024"),
    ("fr", "juin 2022", "en juillet 2022"),
    ("en", "GEO", "geographic information"),
    ("en", "GEF", "Gefion"),
    ("en", "SIG", "a significant sign"),
    ("fr", "SIG", "une mesure significative"),
    ("en", "Niger", "Benin and Nigeria"),
    ("en", "Mali", "Benin and Malaysia"),
    ("en", "integr", "disintegrated"),
    ("en", "no", "noted"),
    ("es", "sí", "si procede"),
    ("es", "no", "nota"),
    ("fr", "dette", "une vedette"),
    ("fr", "élection", "la sélection"),
    ("fr", "roulement", "un enroulement"),
    ("es", "Panamá", "panameño"),
    ("ru", "нет", "кабинет"),
    ("ru", "наук", "анаука"),
    ("ru", "6/COP.15", "16/COP.15"),
    ("ar", "الأردن", "الأرض"),
    ("ar", "لم ", "لما كان ذلك"),
    ("ar", "مصر", "عصر"),
    ("zh", "尼日尔", "贝宁和尼日利亚"),
    ("zh", "几内亚", "赤道几内亚"),
    ("zh", "绿色气候基金", "绿色基金"),
    ("en", "SO5", "under SO 50"),
    ("en", "COP 16", "at COP 160"),
    ("en", "15.3.1", "SDG target 15.3"),
    ("en", "CRIC(22)/5", "ICCD/CRIC(22)/50"),
]


def says(language: Language, form: str, answer: str) -> bool:
    return Said([answer], language, load_terms()).holds(form)


@pytest.mark.parametrize(("language", "form", "answer"), RIGHT)
def test_a_right_form_is_found(language: Language, form: str, answer: str) -> None:
    assert says(language, form, answer)


@pytest.mark.parametrize(("language", "form", "answer"), WRONG)
def test_a_wrong_form_is_not_found(language: Language, form: str, answer: str) -> None:
    assert not says(language, form, answer)


def test_the_table_has_120_pairs_in_six_languages() -> None:
    assert len(RIGHT) + len(WRONG) >= 120
    assert {language for language, _, _ in (*RIGHT, *WRONG)} == {"ar", "zh", "en", "fr", "ru", "es"}


def question(must: list[list[str]], must_not: list[str]) -> Question:
    return read_question(
        {
            "id": "q",
            "lang": "en",
            "topic": "funding",
            "type": "number",
            "question": "How much?",
            "gold": [{"doc": "D", "para": "1"}],
            "must": must,
            "must_not": must_not,
        }
    )


def test_every_group_needs_one_of_its_forms() -> None:
    asked = question([["150 million"], ["1 billion", "10 亿"]], [])
    assert Said(["150 million and 10 亿美元"], "en").judge(asked).right
    assert Said(["150 million"], "en").judge(asked).missing == (("1 billion", "10 亿"),)


def test_a_forbidden_form_makes_an_answer_wrong() -> None:
    verdict = Said(["76, or 74"], "en").judge(question([["76"]], ["74"]))
    assert not verdict.right
    assert verdict.forbidden == ("74",)


def test_forms_may_be_spread_over_statements() -> None:
    assert Said(["17 sites", "44 countries"], "en").judge(question([["17"], ["44"]], [])).right


def test_the_number_of_a_day_counts_where_a_date_is_asked_for() -> None:
    said = Said(["from 20 to 22 February 2024"], "en")
    assert said.holds("22", "date")
    assert not said.holds("22", "number")


def test_the_number_of_a_name_counts_where_names_are_asked_for() -> None:
    said = Said(["It links SDG 15 and COP 16."], "en")
    assert said.holds("15", "list")
    assert not said.holds("15", "number")
    assert not said.holds("1", "list")
