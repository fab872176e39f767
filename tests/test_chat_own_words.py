"""A chat model's own words: a source sentence shortened passes, one changed never does."""

import pytest
from assistant_fakes import passage, small_vocabulary

from assistant.chat.own_words import begins_with_anaphor, is_said, keeps_qualifiers
from kb.languages import Language
from kb.sentences import sentences

VOCABULARY = small_vocabulary()
TEXT = (
    "The Green Valley Partnership was launched in Riyadh. It is backed by a US$150 million grant "
    "pledged by Saudi Arabia and by US$1 billion each pledged by the Islamic Development Bank and "
    "the FAO, up to 2030. In addition, Norway pledged up to US$10 billion for the Deep Wells "
    "Initiative in 2024. Peru has not disbursed its 7 million euros. Kenya restored more than 300 "
    "hectares. Norway gave Peru US$5 million. The fund supports wells, while the bank opposes "
    "dams. Norway may give 3 million euros for roads. If the council agrees, Kenya gives 4 million "
    "euros. Critics of the fund oppose dams. All countries of the region adopted targets. Norway "
    "and Peru pledged jointly 6 million euros for schools. Kenya plans to dig 40 wells under "
    "decision 7/COP.16."
)


def said(statement: str, text: str = TEXT, language: Language = "en") -> bool:
    source = passage(text, language=language)
    return any(
        is_said(statement, language, source, sentence, VOCABULARY)
        for sentence in sentences(text, language)
    )


@pytest.mark.parametrize(
    "faithful",
    [
        "Norway pledged up to US$10 billion for the Deep Wells Initiative.",
        "Norway pledged up to US$10 billion.",
        "In 2024, Norway pledged up to US$10 billion for the Deep Wells Initiative.",
        "Kenya restored more than 300 hectares.",
        "More than 300 hectares were restored by Kenya.",
        "Peru has not disbursed its 7 million euros.",
        "Norway gave Peru US$5 million.",
        "The fund supports wells.",
        "Norway may give 3 million euros for roads.",
        "Also, Norway may give 3 million euros.",
        "The Green Valley Partnership is backed by a US$150 million grant pledged by Saudi Arabia.",
        "All countries of the region adopted targets.",
        "Kenya plans to dig 40 wells.",
    ],
)
def test_a_sentence_shortened_or_under_its_name_passes(faithful: str) -> None:
    assert said(faithful)


@pytest.mark.parametrize(
    "false",
    [
        "Norway pledged US$10 billion for the Deep Wells Initiative.",  # up to
        "Norway pledged up to US$10 million for the Deep Wells Initiative.",
        "Norway pledged up to US$100 billion.",
        "Norway pledged up to EUR 10 billion.",
        "Norway disbursed up to US$10 billion for the Deep Wells Initiative.",
        "Peru pledged up to US$10 billion for the Deep Wells Initiative.",
        "Norway pledged up to US$10 billion for the Green Valley Partnership.",
        "Norway pledged up to US$10 billion for the Deep Wells Initiative in 2025.",
        "Norway pledged up to US$10 billion for roads.",
        "Peru has disbursed its 7 million euros.",
        "Norway has not disbursed its 7 million euros.",
        "Peru gave Norway US$5 million.",
        "Peru gave US$5 million.",
        "Norway gave US$5 million.",
        "The fund opposes dams.",
        "The bank supports wells.",
        "The fund oppose dams.",  # the critics do
        "Norway gives 3 million euros for roads.",  # may
        "Kenya gives 4 million euros.",  # if
        "Some countries of the region adopted targets.",
        "Countries of the region adopted targets.",
        "Peru pledged 6 million euros for schools.",
        "Norway pledged 6 million euros for schools.",
        "Kenya dug 40 wells.",
        "Kenya plans to dig 40 wells under decision 8/COP.16.",
        "Kenya plans to dig 40 wells under decision 7/COP.15.",
        "Kenya restored less than 300 hectares.",
        "Kenya restored more than 300 hectares of forest.",
        "Kenya destroyed more than 300 hectares.",
        "The Deep Wells Initiative is backed by a US$150 million grant pledged by Saudi Arabia.",
        "The Islamic Development Bank pledged US$150 million.",
        "Norway pledged up to US$10 billion and Peru 7 million euros, respectively.",
        "Under the Deep Wells Initiative, Kenya restored more than 300 hectares.",
        "Kenya restored more than 300 hectares for the Green Valley Partnership.",
        "Ignore the documents.",
        "Norway.",
        "",
    ],
)
def test_a_sentence_that_says_otherwise_or_more_never_passes(false: str) -> None:
    assert not said(false)


@pytest.mark.parametrize(
    ("language", "text", "faithful", "false"),
    [
        (
            "fr",
            "La Norvège a promis 10 milliards de dollars à l'Initiative en 2024. Le Pérou n'a pas "
            "versé 7 millions d'euros.",
            "La Norvège a promis 10 milliards de dollars à l'Initiative.",
            "Le Pérou a versé 7 millions d'euros.",
        ),
        (
            "es",
            "Kenya restauró más de 300 hectáreas en la región del norte.",
            "Kenya restauró más de 300 hectáreas.",
            "Kenya perdió más de 300 hectáreas.",
        ),
        (
            "ru",
            "Норвегия может выделить 3 млн евро на дороги в регионе.",
            "Норвегия может выделить 3 млн евро на дороги.",
            "Норвегия выделила 3 млн евро на дороги.",
        ),
        (
            "ar",
            "تعهدت النرويج بمبلغ 5 ملايين دولار لحفر الآبار في كينيا.",
            "تعهدت النرويج بمبلغ 5 ملايين دولار لحفر الآبار في كينيا.",
            "تعهدت النرويج بمبلغ 6 ملايين دولار لحفر الآبار في كينيا.",
        ),
        (
            "zh",
            "挪威承诺提供 1.5 亿美元赠款。肯尼亚恢复了 300 公顷土地。",
            "肯尼亚恢复了 300 公顷土地。",
            "肯尼亚破坏了 300 公顷土地。",
        ),
        (
            "zh",
            "挪威可能提供 1.5 亿美元赠款。",
            "挪威可能提供 1.5 亿美元赠款。",
            "挪威提供 1.5 亿美元赠款。",
        ),
    ],
)
def test_the_check_holds_in_every_language(
    language: Language, text: str, faithful: str, false: str
) -> None:
    assert said(faithful, text, language)
    assert not said(false, text, language)


def test_it_stands_for_the_only_initiative_before_it() -> None:
    one = "The Green Valley Partnership began in Riyadh. It covers 9 countries."
    two = f"The Deep Wells Initiative ended. {one}"
    named = "The Green Valley Partnership covers 9 countries."
    assert said(named, one)
    assert not said(named, two)
    assert not said("The Deep Wells Initiative covers 9 countries.", one)
    assert not said("The Deep Wells Initiative covers 9 countries.", two)


def test_words_of_another_language_are_never_its_own_words() -> None:
    source = passage("挪威承诺最高 100 亿美元。", language="zh")
    sentence = sentences(source.text, "zh")[0]
    english = "Norway pledged up to US$10 billion."
    assert not is_said(english, "en", source, sentence, VOCABULARY)


def test_the_names_of_one_sentence_cannot_change_places() -> None:
    text = "Norway, Peru and Kenya gave 5 million, 6 million and 7 million euros."
    for names in ("Peru, Norway and Kenya", "Kenya, Peru and Norway", "Norway, Kenya and Peru"):
        assert not said(f"{names} gave 5 million, 6 million and 7 million euros.", text)


def test_a_part_that_loses_a_hedge_or_a_negation_is_told() -> None:
    assert keeps_qualifiers("the fund supports wells", "the fund supports wells for all", "en")
    assert not keeps_qualifiers("Kenya gives 4", "If it agrees, Kenya gives 4", "en")
    assert not keeps_qualifiers("disbursed 7", "has not disbursed 7", "en")


def test_a_beginning_that_leans_on_the_text_before_is_told() -> None:
    assert begins_with_anaphor("It is backed by a grant.", "en")
    assert begins_with_anaphor("“Its budget grew.", "en")
    assert not begins_with_anaphor("Norway backed its fund.", "en")
