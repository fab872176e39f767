"""Bounds of quantities: comparisons, their negation, and what stands behind unit or noun."""

import pytest

from kb.languages import Language
from kb.quantities import find_quantities

CASES: dict[Language, dict[str, tuple[str, ...]]] = {
    "en": {
        "up_to": (
            "no more than 12 wells", "never more than 12 wells", "does not exceed 12 wells",
            "is not greater than 5 per cent", "12 wells at most", "5 per cent or less",
            "fewer than 12 wells", "does not rise above 5 per cent",
        ),
        "at_least": (
            "not less than 12 wells", "must not be below 5 per cent", "5 per cent or more",
            "12 ha at the least", "does not fall below 5 per cent", "12 wells at least, and a pump",
        ),
        "more_than": ("exceeds 40 dollars", "higher than 5 per cent", "not only more than 12 ha"),
        "exact": ("tested 12 wells at least once", "12 wells are not more"),
    },
    "fr": {
        "up_to": (
            "n'ont pas plus de 12 puits", "ne dépasse pas 12 puits", "12 contributeurs au plus",
            "ne doit pas dépasser 12 ha", "inférieurs à 5 %", "5 % au maximum",
            "ne peut être supérieur à 5 %", "jamais plus de 12 puits",
        ),
        "at_least": (
            "pas moins de 12 puits", "5 % au moins", "égal ou supérieur à 5 %", "12 puits ou plus",
            "ne tombe pas en dessous de 5 %",
        ),
        "more_than": ("supérieurs à 5 %", "supérieures à 12 hectares", "excédant 5 %"),
    },
    "es": {
        "up_to": (
            "no más del 5 por ciento", "no supera el 5 por ciento", "12 pozos como máximo",
            "no debe superar los 12 pozos", "inferiores a 5 hectáreas", "12 pozos o menos",
            "no excede de 5 hectáreas", "menos del 5 por ciento",
        ),
        "at_least": (
            "no menos del 5 por ciento", "no inferior al 5 por ciento", "12 pozos o más",
            "5 por ciento como mínimo",
        ),
        "more_than": ("más del 5 por ciento", "superiores al 5 por ciento", "rebasa los 12 pozos"),
    },
    "ru": {
        "up_to": (
            "не больше 12 колодцев", "не превышает 12 га", "не выше 5 процентов",
            "не должно превышать 12 га", "не превысила 12 га", "ниже 5 процентов",
            "не более чем на 5 процентов", "12 колодцев и менее", "меньше 5 процентов",
        ),
        "at_least": (
            "не ниже 5 процентов", "не менее чем 5 процентов", "12 колодцев и более",
            "не опустится ниже 5 процентов",
        ),
        "more_than": ("выше 5 процентов", "превысила 12 га", "более чем на 5 процентов"),
    },
    "ar": {
        "up_to": (
            "لا يزيد على 12 هكتارا", "لا تزيد عن 5 في المائة", "ألا يتجاوز 12 هكتارا",
            "لم يتجاوز 12 هكتارا", "12 بئرا على الأكثر", "5 في المائة كحد أقصى",
            "ليس أكثر من 12 هكتارا", "تقل عن 5 في المائة",
        ),
        "at_least": (
            "5 في المائة على الأقل", "12 بئرا على الأقل", "5 في المائة أو أكثر",
            "بما لا يقل عن 5 في المائة", "12 بئرا كحد أدنى",
        ),
        "more_than": ("أعلى من 5 في المائة", "فوق 5 في المائة", "أكثر من 12 هكتارا"),
    },
    "zh": {
        "up_to": (
            "不高于5%", "不多于12公顷", "未超过12公顷", "没有超过5%", "5%以下", "12公顷以内",
            "不足5%",
        ),
        "at_least": ("不低于5%", "不小于5%", "至少实地查看5%", "12个国家以上", "5%或以上"),
        "more_than": ("高于5%", "大于5%", "超过12公顷"),
        "about": ("12公顷左右",),
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "qualifier", "text"),
    [
        (language, qualifier, text)
        for language, said in CASES.items()
        for qualifier, texts in said.items()
        for text in texts
    ],
)
def test_a_bound_is_read_as_what_it_bounds(language: Language, qualifier: str, text: str) -> None:
    (one,) = find_quantities(text, language)[:1]
    assert (one.qualifier, one.value in (5, 12, 40)) == (qualifier, True)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("zh", "62 000美元", 62_000),
        ("zh", "共飞行2 140小时", 2_140),
        ("zh", "1 250个国家", 1_250),
        ("ar", "62 500 دولار", 62_500),
        ("ar", "1 250 هكتارا", 1_250),
    ],
)
def test_a_plain_space_groups_digits_where_words_need_none(
    language: Language, text: str, value: int
) -> None:
    (one,) = find_quantities(text, language)
    assert one.value == value


def test_a_season_is_a_period_in_chinese_too() -> None:
    (one,) = find_quantities("2030/31年度的收成", "zh")
    assert one.iso == "2030/2031"
