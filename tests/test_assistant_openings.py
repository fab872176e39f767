"""What counts for a sentence beside its own words: how its document opens, words of another
language, the very day, names that no list has."""

from dataclasses import replace

import pytest
from assistant_fakes import FakeKnowledge, passage, small_vocabulary

from assistant.assistant import Assistant
from assistant.evidence import Finding, gather
from assistant.items import items_of
from assistant.kindred import Kindred, with_kin
from assistant.new_names import brings_names
from assistant.openings import opening_of
from assistant.plan import read
from assistant.ranking import rank
from assistant.reading import Reading
from kb.languages import LANGUAGES, Language
from kb.static_model import shipped_model

# What the first paragraph names, what the second says of it, the question, a text beside the point.
SUBJECTS: dict[Language, tuple[str, str, str]] = {
    "en": ("The Amber Bridge trains herders.", "Courses were held in nine provinces.",
           "In how many provinces were courses of the Amber Bridge held?"),
    "fr": ("Le Pont d'Ambre forme des éleveurs.", "Des cours ont eu lieu dans neuf provinces.",
           "Dans combien de provinces des cours du Pont d'Ambre ont-ils eu lieu ?"),
    "es": ("El Puente de Ámbar capacita a pastores.", "Se dieron cursos en nueve provincias.",
           "¿En cuántas provincias se dieron cursos del Puente de Ámbar?"),
    "ru": ("«Янтарный мост» обучает пастухов.", "Курсы прошли в девяти провинциях.",
           "В скольких провинциях прошли курсы «Янтарного моста»?"),
    "ar": ("يدرب جسر العنبر الرعاة.", "نُظمت دورات في تسع مقاطعات.",
           "في كم مقاطعة نُظمت دورات جسر العنبر؟"),
    "zh": ("琥珀桥培训牧民。", "培训班在九个省举办。", "琥珀桥的培训班在几个省举办？"),
}  # fmt: skip
DAYS: dict[Language, tuple[str, str]] = {
    "en": ("On 30 June 2033 it had 41 members; on 31 March 2033 it had 27 members.",
           "How many members did it have on 31 March 2033?"),
    "fr": ("Au 30 juin 2033, elle comptait 41 membres. Au 31 mars 2033, elle comptait 27 membres.",
           "Combien de membres comptait-elle au 31 mars 2033 ?"),
    "es": ("Al 30 de junio de 2033 tenía 41 miembros. Al 31 de marzo de 2033 tenía 27 miembros.",
           "¿Cuántos miembros tenía al 31 de marzo de 2033?"),
    "ru": ("На 30 июня 2033 года в ней был 41 член. На 31 марта 2033 года в ней было 27 членов.",
           "Сколько членов было в ней на 31 марта 2033 года?"),
    "ar": ("في 30 حزيران/يونيه 2033 كان فيه 41 عضوا. وفي 31 آذار/مارس 2033 كان فيه 27 عضوا.",
           "كم عضوا كان في 31 آذار/مارس 2033؟"),
    "zh": ("2033年6月30日有41个成员。2033年3月31日有27个成员。", "2033年3月31日有多少个成员？"),
}  # fmt: skip
WORDS: dict[Language, tuple[str, str]] = {
    "en": ("Who paid for the hospital?", "hospit"),
    "fr": ("Qui a payé l'hôpital ?", "hopital"),
    "es": ("¿Quién pagó el hospital?", "hospital"),
    "ru": ("Кто оплатил строительство больницы?", "больниц"),
    "ar": ("من دفع تكاليف مستشفى؟", "مستشف"),
    "zh": ("谁支付了医院的费用？", "医院"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_document_opens_with_counts_for_its_other_paragraphs(language: Language) -> None:
    first, second, asked = SUBJECTS[language]
    texts = (passage(first, "1", language=language), passage(second, "2", language=language))
    plan = read(asked, small_vocabulary())
    found = gather(plan, FakeKnowledge(texts)).findings
    reading = Reading(small_vocabulary())
    shares = {
        candidate.finding.label: candidate.coverage.share
        for candidate in rank(plan.question, found, reading)
    }
    bare = {
        candidate.finding.label: candidate.coverage.share
        for candidate in rank(plan.question, [_without_opening(one) for one in found], reading)
    }
    assert shares["2"] > bare["2"]
    assert shares["1"] == bare["1"]
    answer = Assistant(FakeKnowledge(texts), small_vocabulary()).ask(asked)
    assert [citation.paragraph for citation in answer.citations] == ["2"]


def _without_opening(finding: Finding) -> Finding:
    return replace(finding, sources=tuple(replace(one, opening="") for one in finding.sources))


def test_an_opening_is_the_summary_before_the_first_paragraph_and_of_that_edition() -> None:
    summary = passage("What it is about.", "summary", kind="summary")
    first, second = passage("First.", "1"), passage("Second.", "2")
    french = passage("Premier.", "1", language="fr")
    both = FakeKnowledge((summary, first, second, french))
    assert opening_of(both, second).split("\n")[-1] == "What it is about."
    assert opening_of(FakeKnowledge((first, second)), second).split("\n")[-1] == "First."
    last = passage("Dernier.", "3", language="fr")
    assert opening_of(FakeKnowledge((french, last)), last).split("\n")[-1] == "Premier."
    assert opening_of(both, french).split("\n")[-1] == ""
    assert opening_of(FakeKnowledge((second,)), second).split("\n")[-1] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_of_the_very_day_is_said(language: Language) -> None:
    text, asked = DAYS[language]
    question = read(asked, small_vocabulary()).question
    assert question.dates == ("2033-03-31",)
    texts = (passage(text, "1", language=language),)
    found = gather(read(asked, small_vocabulary()), FakeKnowledge(texts)).findings
    best = rank(question, found, Reading(small_vocabulary()))[0]
    assert "27" in best.sentence.text


@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize("held", LANGUAGES)
def test_a_word_knows_its_like_in_another_language(asked: Language, held: Language) -> None:
    if asked == held:
        return
    text, stem = WORDS[asked][0], WORDS[held][1]
    question = read(text, small_vocabulary()).question
    foreign = Reading(small_vocabulary()).read(WORDS[held][0], held)
    items = items_of(question)
    known = with_kin(items, question, [foreign], Kindred(shipped_model()))
    assert any(kin.startswith(stem[:2]) for item in known for kin in item.kin)
    assert with_kin(items, question, [foreign], None) == items


def test_words_of_ones_own_language_need_no_kin() -> None:
    question = read(WORDS["en"][0], small_vocabulary()).question
    own = Reading(small_vocabulary()).read("Somebody paid for deep wells.", "en")
    items = items_of(question)
    assert with_kin(items, question, [own], Kindred(shipped_model())) == items


@pytest.mark.parametrize(
    ("language", "text", "brings"),
    [
        ("en", "The institutes are in Amman and Lanzhou.", True),
        ("en", "The institutes are in two cities.", False),
        ("fr", "Les instituts sont à Amman et à Lanzhou.", True),
        ("es", "Los institutos están en dos ciudades.", False),
        ("ru", "Институты находятся в Аммане и Ланьчжоу.", True),
        ("ru", "Институты находятся в двух городах.", False),
        ("ar", "تقع المعاهد في عمان ولانتشو.", False),  # no capitals: nothing is said of it
    ],
)
def test_names_are_known_by_their_capitals(language: Language, text: str, brings: bool) -> None:
    question = read("Where are the institutes?", small_vocabulary()).question
    sentence = Reading(small_vocabulary()).read(text, language).sentences[0]
    assert brings_names(question, sentence, language) is brings


def test_a_name_of_the_question_is_no_new_one() -> None:
    question = read("Where is the Amber Bridge?", small_vocabulary()).question
    sentence = Reading(small_vocabulary()).read("There is the Amber Bridge.", "en").sentences[0]
    assert not brings_names(question, sentence, "en")
