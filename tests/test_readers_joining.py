"""Lines of a paragraph put together by the habits of their document."""

import pytest

from ingestion.readers.joining import LineJoiner

DOCUMENT = [
    "The stakeholders discussed the implementation of land-based solutions, decision makers and",
    "the drought in the Asia-Pacific region; the multi-stakeholder platform reported on policy.",
    "2024 年 12 月，第 8 号决定，共 12 国，在第 8 段",
]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the word", "after it", "the word after it"),
        ("the imple-", "mentation of", "the implementation of"),
        ("the land-", "based solutions", "the land-based solutions"),
        ("a multi-", "stakeholder platform", "a multi-stakeholder platform"),
        ("the drought-", "resilient crops", "the drought-resilient crops"),
        ("for decision-", "makers in", "for decision-makers in"),
        ("of desertifi-", "cation", "of desertification"),
        ("soft\u00ad", "hyphen", "softhyphen"),
        ("in Asia-", "Pacific", "in Asia-Pacific"),
        ("from 2021-", "2030", "from 2021-2030"),
        ("from 2021–", "2030", "from 2021–2030"),
        ("a dash -", "and more", "a dash - and more"),
        ("a dash —", "and more", "a dash — and more"),
        ("ICCD/COP(16)/", "CST/5", "ICCD/COP(16)/CST/5"),
        ("at https://unccd.int/land-", "use/a", "at https://unccd.int/land-use/a"),
        ("at https://unccd.int/a", "and then", "at https://unccd.int/a and then"),
        ("резуль-", "таты", "результаты"),
        ("социально-", "экономических", "социально-экономических"),
        ("缔约方会", "议请秘书处", "缔约方会议请秘书处"),
        ("《公约》", "“十年”", "《公约》“十年”"),
        ("共", "12 国", "共 12 国"),
        ("见(GM)", "报告", "见(GM)报告"),
        ("网站\ue0003\ue001", "推出", "网站\ue0003\ue001推出"),
        ("the site\ue0003\ue001", "shows", "the site\ue0003\ue001 shows"),
        ("مؤتمر", "الأطراف", "مؤتمر الأطراف"),
    ],
)
def test_lines_are_joined_as_they_were_broken(before: str, after: str, joined: str) -> None:
    assert LineJoiner(DOCUMENT).join(before, after) == joined


def test_han_and_digits_touch_where_the_document_sets_them_so() -> None:
    assert LineJoiner(["2024年12月，第8号决定"]).join("共", "12国") == "共12国"
    assert LineJoiner(["2024 年 12 月，第 8 号"]).join("共", "12 国") == "共 12 国"
