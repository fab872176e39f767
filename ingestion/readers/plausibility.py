"""How much a string looks like one of the six languages, by its letters alone.

Used twice: to choose the encoding in which bytes make sense, and to refuse text whose letters are
nonsense because a font or a conversion renamed them. Nothing here knows words: letter frequencies
are enough, and they hold for a masthead of a few lines as for a report.
"""

import math
import re
from collections import Counter
from typing import Final

# Letters by falling frequency in running text; only the rank is used.
_RUSSIAN: Final = "оеаинтсрвлкмдпуяызьбгчйхжшюцщэфъё"
_ARABIC: Final = "اليمنتربوعدسفهكقحةجأصشطىخضذثزإئغءظؤآ"
_LATIN: Final = "etaoinsrldchumpfgybwvkxjqz"
# Russian letters per 1,000, the order of which is _RUSSIAN.
_RUSSIAN_SHARES: Final = (
    110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 17, 14, 12,
    10, 9, 7, 6, 5, 4, 3, 3, 0.4, 0.4,
)  # fmt: skip
_LATIN_SHARES: Final = (
    130, 80, 82, 70, 74, 74, 70, 65, 45, 38, 34, 35, 30, 28, 27, 15, 14, 12, 12, 10, 13, 4, 3, 3,
    5, 3,
)  # fmt: skip
_ACCENTED: Final = "éèàêçôûîùâïœëüæñóíáúÉÀÈÇÊÎÔŒÑÓÍÁÚÖÄÜöäåøß"
_PUNCTUATION: Final = set("«»’‘“”„–—…°ºª¿¡€£§©®·•№\xa0†‡‹›´²³¹½¼¾×±µ")

COMMON_HAN: Final = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    "产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当"
    "使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反"
    "你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根"
    "论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世"
    "金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目"
    "至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫"
    "且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳"
    "便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始"
    "却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严荒漠缔秘书处届议决书约退旱沙尘倡森融董签"
    # traditional forms and the commonest marks of a masthead
    "國會為這時來對們發個後過說產種學經進著開還義應從無與關樣線內數問題條結變黨總設統論運農區強戰報"
    "議題項聯盟締約執審評屆書秘臨權員亞歐萬億點"
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
_WORD = re.compile(r"[^\W\d_]+")


def log_shares(letters: str, shares: tuple[float, ...]) -> dict[str, float]:
    """Natural logarithm of each letter's share among `letters`."""
    total = sum(shares)
    return {letter: math.log(s / total) for letter, s in zip(letters, shares, strict=True)}


def plausibility(text: str) -> float:
    """Mean credit of the characters of `text` outside ASCII, about -4 (noise) to 1 (prose).

    Text that is all ASCII, or blank, gets 0: it says nothing.
    """
    credit = 0.0
    counted = 0
    for character, count in Counter(text).items():
        if character < "\x80":
            if character < " " and character not in "\t\n\r\x0c":
                credit -= 4 * count
                counted += count
            continue
        credit += _credit(character) * count
        counted += count
    if counted == 0:
        return 0.0
    return credit / counted - 3 * _broken_words(text)


def _credit(character: str) -> float:
    code = ord(character)
    if 0x0410 <= code <= 0x044F or character in "ёЁ":
        rank = _RUSSIAN.find(character.lower())
        return 1.0 - rank / 25
    if 0x0621 <= code <= 0x064A:
        return 1.0 - _ARABIC.find(character) / 30 if character in _ARABIC else -1.0
    if 0x4E00 <= code <= 0x9FFF:
        return _han_credit(character)
    if character in _PUNCTUATION or 0x3000 <= code <= 0x33FF or 0xFF01 <= code <= 0xFF5E:
        return 0.5
    if character in _ACCENTED:
        return 0.9 - _ACCENTED.index(character) / 50
    if character in "،؛؟٪٫٬" or 0x0660 <= code <= 0x0669 or 0x064B <= code <= 0x0652:
        return 0.4
    if 0x0400 <= code <= 0x04FF:
        return -1.0
    if 0x80 <= code < 0xA0 or code == 0xFFFD or 0xE000 <= code <= 0xF8FF:
        return -4.0
    return -2.0


def _han_credit(character: str) -> float:
    if character in COMMON_HAN:
        return 1.2
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        try:
            return 0.0 if 0xA4 <= character.encode("big5")[0] <= 0xC6 else -1.5
        except UnicodeEncodeError:
            return -2.0
    return 0.7 if lead <= 0xD7 else -1.0


def _broken_words(text: str) -> float:
    """Share of the words with a letter outside ASCII that no writing system makes, in [0, 1].

    Two scripts in one word, a capital after a small letter, an Arabic or Han letter glued to
    Latin ones, three accented letters in a row.
    """
    words = [w for w in _WORD.findall(text) if not w.isascii()]
    if not words:
        return 0.0
    return sum(_is_broken(word) for word in words) / len(words)


def _is_broken(word: str) -> bool:
    scripts = {_script(c) for c in word}
    if "han" in scripts:
        # Han text has no spaces, so a Latin acronym may touch it; an accented letter may not.
        return bool(scripts - {"han", "ascii"})
    if len(scripts - {"ascii"}) > 1 or ("ascii" in scripts and scripts & {"cyrillic", "arabic"}):
        return True
    if re.search(r"[a-zа-яё][A-ZА-ЯЁ]", word):
        return True
    return bool(re.search(r"[\u00aa-\u024f]{3}", word))


def _script(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        return "ascii"
    if code < 0x0250:
        return "latin"
    if 0x0400 <= code <= 0x052F:
        return "cyrillic"
    if 0x0600 <= code <= 0x06FF or 0xFB50 <= code <= 0xFEFC:
        return "arabic"
    return "han" if _HAN.match(character) else "other"


def likeness_to_russian(text: str) -> float:
    """Cosine of the letter counts of `text` with those of Russian, in [0, 1].

    Real Russian, even a list of names, is above 0.8; a font that renames letters gives about 0.5.
    Meaningful from some 200 letters.
    """
    return _cosine(text, _RUSSIAN, _RUSSIAN_SHARES)


def likeness_to_latin_languages(text: str) -> float:
    """As `likeness_to_russian`, with the mean of English, French and Spanish."""
    return _cosine(text, _LATIN, _LATIN_SHARES)


def _cosine(text: str, letters: str, shares: tuple[float, ...]) -> float:
    counts = Counter(text.lower())
    seen = [counts[letter] for letter in letters]
    norm = math.sqrt(sum(n * n for n in seen)) * math.sqrt(sum(s * s for s in shares))
    if norm == 0:
        return 0.0
    return sum(n * s for n, s in zip(seen, shares, strict=True)) / norm
