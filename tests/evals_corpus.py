"""A small corpus of this project's own text in six languages, with questions about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.bench.generator import corpus
from evals.home import opened, system_of
from evals.questions import Question, QuestionSet, read_question
from evals.systems import System
from kb.languages import LANGUAGES, Language
from kb.settings import Settings
from kb.views import Origin, PassageRow

DOCUMENT = "LAKE/COP(3)/2"
FACTS: dict[str, dict[Language, str]] = {
    "7": {
        "en": "Finland pledged 40 million euros to the Lake Fund in March 2031.",
        "fr": "La Finlande a annoncé 40 millions d’euros pour le Fonds des lacs en mars 2031.",
        "es": "Finlandia prometió 40 millones de euros al Fondo de los Lagos en marzo de 2031.",
        "ru": "Финляндия объявила о взносе в 40 млн евро в Фонд озер в марте 2031 года.",
        "ar": "تعهدت فنلندا بمبلغ 40 مليون يورو لصندوق البحيرات في آذار/مارس 2031.",
        "zh": "芬兰于2031年3月向湖泊基金承诺提供4,000万欧元。",
    },
    "8": {
        "en": "The Lake Fund supports 23 countries from its office in Nairobi.",
        "fr": "Le Fonds des lacs soutient 23 pays depuis son bureau de Nairobi.",
        "es": "El Fondo de los Lagos apoya a 23 países desde su oficina en Nairobi.",
        "ru": "Фонд озер поддерживает 23 страны из своего отделения в Найроби.",
        "ar": "يدعم صندوق البحيرات 23 بلداً من مكتبه في نيروبي.",
        "zh": "湖泊基金通过其内罗毕办事处向23个国家提供支助。",
    },
    "9": {
        "en": "Kenya planted mangroves on 350,000 hectares of coast.",
        "fr": "Le Kenya a planté des mangroves sur 350 000 hectares de côtes.",
        "es": "Kenya plantó manglares en 350.000 hectáreas de costa.",
        "ru": "Кения высадила мангровые леса на 350 000 га побережья.",
        "ar": "زرعت كينيا أشجار المانغروف على مساحة 350,000 هكتار من الساحل.",
        "zh": "肯尼亚在35万公顷海岸种植了红树林。",
    },
    "10": {
        "en": "The observatory of glaciers was opened in Lima on 5 June 2029.",
        "fr": "L’observatoire des glaciers a été ouvert à Lima le 5 juin 2029.",
        "es": "El observatorio de glaciares se inauguró en Lima el 5 de junio de 2029.",
        "ru": "Обсерватория ледников была открыта в Лиме 5 июня 2029 года.",
        "ar": "افتُتح مرصد الأنهار الجليدية في ليما في 5 حزيران/يونيه 2029.",
        "zh": "冰川观测站于2029年6月5日在利马启用。",
    },
}
ASKED: dict[Language, tuple[str, str, str, str]] = {
    "en": (
        "How much did Finland pledge to the Lake Fund?",
        "How many countries does the Lake Fund support?",
        "On how many hectares did Kenya plant mangroves?",
        "When was the observatory of glaciers opened?",
    ),
    "fr": (
        "Combien la Finlande a-t-elle annoncé pour le Fonds des lacs ?",
        "Combien de pays le Fonds des lacs soutient-il ?",
        "Sur combien d’hectares le Kenya a-t-il planté des mangroves ?",
        "Quand l’observatoire des glaciers a-t-il été ouvert ?",
    ),
    "es": (
        "¿Cuánto prometió Finlandia al Fondo de los Lagos?",
        "¿A cuántos países apoya el Fondo de los Lagos?",
        "¿En cuántas hectáreas plantó Kenya manglares?",
        "¿Cuándo se inauguró el observatorio de glaciares?",
    ),
    "ru": (
        "О каком взносе в Фонд озер объявила Финляндия?",
        "Сколько стран поддерживает Фонд озер?",
        "На скольких гектарах Кения высадила мангровые леса?",
        "Когда была открыта обсерватория ледников?",
    ),
    "ar": (
        "كم تعهدت فنلندا لصندوق البحيرات؟",
        "كم بلداً يدعم صندوق البحيرات؟",
        "على كم هكتاراً زرعت كينيا أشجار المانغروف؟",
        "متى افتُتح مرصد الأنهار الجليدية؟",
    ),
    "zh": (
        "芬兰向湖泊基金承诺提供多少资金？",
        "湖泊基金支助多少个国家？",
        "肯尼亚在多少公顷海岸种植了红树林？",
        "冰川观测站是什么时候启用的？",
    ),
}
FORMS = ("40 million euros", "23", "350,000 hectares", "2029-06-05")
UNANSWERABLE: dict[Language, str] = {
    "en": "What is the salary of the chess champion of Iceland?",
    "fr": "Quel est le salaire du champion d’échecs d’Islande ?",
    "es": "¿Cuál es el salario del campeón de ajedrez de Islandia?",
    "ru": "Какова зарплата чемпиона Исландии по шахматам?",
    "ar": "ما راتب بطل الشطرنج في آيسلندا؟",
    "zh": "冰岛国际象棋冠军的薪水是多少？",
}


def questions() -> QuestionSet:
    """Four questions that the corpus answers and one that it does not, in each language."""
    return QuestionSet("dev/lakes", tuple(_questions()), "0" * 64, "dev")


@contextmanager
def system(home: Path) -> Iterator[System]:
    """The system as it ships over the corpus, among 240 synthetic passages."""
    rows = [
        PassageRow(DOCUMENT, label, language, text)
        for label, texts in FACTS.items()
        for language, text in texts.items()
    ]
    with opened(Settings(home=home), write=True) as kb:
        kb.add_passages([*rows, *corpus(240)], Origin(source="lakes.jsonl", sha256="0" * 64))
        yield system_of(kb)


def _questions() -> Iterator[Question]:
    kinds = ("number", "number", "number", "date")
    for language in LANGUAGES:
        for at, (text, form, kind) in enumerate(zip(ASKED[language], FORMS, kinds, strict=True)):
            yield _question(
                f"{language}-{at}",
                language,
                kind,
                text,
                gold=[{"doc": DOCUMENT, "para": list(FACTS)[at]}],
                must=[[form]],
            )
        yield _question(f"{language}-none", language, "unanswerable", UNANSWERABLE[language])


def _question(
    identifier: str,
    language: Language,
    kind: str,
    text: str,
    gold: list[dict[str, str]] | None = None,
    must: list[list[str]] | None = None,
) -> Question:
    # Forms are written as in English; they are read as figures, which have no language.
    return read_question(
        {
            "id": identifier,
            "lang": language,
            "topic": "lakes",
            "type": kind,
            "question": text,
            "gold": gold or [],
            "must": must or [],
        }
    )
