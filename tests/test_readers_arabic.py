"""Arabic that a conversion stored backwards comes back in reading order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.readers.arabic import (
    brackets_are_mirrored,
    is_reversed,
    logical_from_visual,
    without_stretching,
)

LINE = "طلب مؤتمر الأطراف إلى الأمانة أن تواصل دعم البلدان المتأثرة"


def test_backward_words_are_told_from_forward_ones() -> None:
    assert not is_reversed(LINE)
    assert is_reversed(LINE[::-1])
    assert not is_reversed("Plain English text, no letter of which is Arabic.")
    assert not is_reversed("في")
    # Words that end in "لا" by nature are no evidence against the articles around them.
    assert not is_reversed(
        "وقد قدمت الأمانة مثالا كاملا وفضلا عن ذلك تقريرا أولا عن الأراضي القاحلة"
    )


@pytest.mark.parametrize(
    ("visual", "logical"),
    [
        (LINE[::-1], LINE),
        ("16-أ م/8 ررقملا", "المقرر 8/م أ-16"),
        ("COP.15/8 ررقملا", "المقرر 8/COP.15"),
        ("ICCD/COP(16)/4 ةقيثولا يف", "في الوثيقة ICCD/COP(16)/4"),
        ("2030-2021 ةرتفلا", "الفترة 2021-2030"),
        ("2021-2030 ةرتفلا", "الفترة 2021-2030"),
        (".رالود 6 120 1.5 رايلم", "مليار 1.5 6 120 دولار."),
        ("%40 ةبسنب", "بنسبة 40%"),
        ("40% ةبسنب", "بنسبة 40%"),
        ("(أ) 39 ةرقفلا", "الفقرة 39 (أ)"),
        ("https://www.unccd.int/a-b :رظنا", "انظر: https://www.unccd.int/a-b"),
        ("(\ue0001\ue001ةرقف)", "(فقرة\ue0001\ue001)"),
        ("ظحال -1", "1- لاحظ"),
        ("ظحال 1-", "1- لاحظ"),  # the number was set as a whole, from left to right
    ],
)
def test_numbers_and_latin_words_keep_their_direction(visual: str, logical: str) -> None:
    assert logical_from_visual(visual) == logical


def test_vowel_signs_stay_behind_their_letters() -> None:
    assert logical_from_visual("اًلوأ") == "أولاً"


def test_brackets_named_by_meaning_are_not_mirrored() -> None:
    by_shape = logical_from_visual("(أ) ةرقفلا", mirror=False)
    assert brackets_are_mirrored([by_shape])
    assert not brackets_are_mirrored([logical_from_visual("(أ) ةرقفلا")])


def test_stretching_goes_and_the_letter_ha_keeps_its_tail() -> None:
    assert without_stretching("الأطـــراف (هـ)") == "الأطراف (هـ)"


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ،؛", min_size=1).map(str.strip))
def test_a_line_of_letters_is_turned_round_exactly(text: str) -> None:
    assert logical_from_visual(text[::-1]) == text


@given(st.text("ابتلم abc12 ()/.-", max_size=40))
def test_turning_a_line_loses_no_character(text: str) -> None:
    turned = logical_from_visual(text)
    brackets = str.maketrans("()", "xx")
    assert sorted(turned.translate(brackets)) == sorted(text.translate(brackets))
