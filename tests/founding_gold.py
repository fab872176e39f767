"""What a careful reader counts in the two founding documents (figures and labels only)."""

LETTERS = "abcdefgh"


def lettered(paragraph: int, count: int) -> list[str]:
    return [f"{paragraph}({letter})" for letter in LETTERS[:count]]


NUMBERED = {"COP(16)": 55, "CRIC(23)": 114}
AGENDA_ITEMS = {"COP(16)": "3", "CRIC(23)": "2(a)"}
SUBPARAGRAPHS = {
    "COP(16)": {"39": lettered(39, 3), "40": lettered(40, 4), "48": lettered(48, 4)},
    "CRIC(23)": {
        "8": [
            *("8(a)", "8(b)", "8(b)(i)", "8(b)(ii)", "8(b)(iii)", "8(b)(iv)"),
            *("8(c)", "8(d)", "8(d)(i)", "8(d)(ii)", "8(e)"),
        ],
        "46": lettered(46, 3),
        "107": lettered(107, 3),
        "108": lettered(108, 5),
        "109": lettered(109, 3),
        "110": lettered(110, 4),
        "111": lettered(111, 3),
    },
}
# Enumerations inside a sentence are addressable too, but are no sub-paragraphs of their own.
RUN_IN = {"COP(16)": {"52"}, "CRIC(23)": {"78", "84", "90"}}
ANCHORS = {
    "COP(16)": ["5", "20", "23", "35", "43", "43"],
    "CRIC(23)": [
        *("3", "3", "4", "4", "11", "11", "11", "12", "13"),
        *("24", "28", "44", "44", "63", "69", "71", "107(c)"),
    ],
}
FIGURES = {"COP(16)": 0, "CRIC(23)": 4}
# Level and first paragraph of each heading, in order.
HEADINGS = {
    "COP(16)": [
        *((1, 1), (1, 8), (2, 14), (3, 24), (2, 30), (2, 37), (2, 38)),
        *((3, 38), (3, 44), (3, 49), (3, 51), (1, 52)),
    ],
    "CRIC(23)": [
        *((1, 1), (2, 2), (2, 6), (1, 10), (2, 11), (2, 15), (2, 17), (2, 19)),
        *((1, 20), (2, 21), (3, 21), (3, 22), (3, 25), (3, 29), (3, 32), (2, 33), (3, 33)),
        *((3, 34), (3, 35), (3, 36), (3, 39), (3, 43), (1, 45), (2, 51), (1, 56), (2, 57)),
        *((2, 62), (3, 62), (3, 64), (3, 65), (3, 66), (1, 69), (2, 70), (2, 72), (2, 73)),
        *((2, 77), (3, 77), (3, 80), (3, 87), (3, 88), (3, 94), (3, 98), (3, 100), (3, 101)),
        *((3, 102), (1, 103), (2, 104), (3, 104), (3, 105), (3, 106), (2, 107), (3, 107)),
        *((3, 108), (3, 109), (3, 110), (3, 111), (2, 112)),
    ],
}
# Paragraphs that a page cuts in two.
CUT = {
    "COP(16)": {"10", "31", "41", "48", "53"},
    "CRIC(23)": {"8", "19", "24", "38", "44", "51", "66", "71", "82", "97", "103"},
}
# Column sums of table 1: every row is about the same 18 countries.
TABLE_ROWS, TABLE_COLUMNS, TABLE_COUNTRIES = 10, 4, 18
