"""The six official languages, and which of them a text is written in."""

import re
from collections import Counter
from typing import Final, Literal, get_args

Language = Literal["ar", "zh", "en", "fr", "ru", "es"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")

# Words that are frequent in one of the three Latin-script languages and absent in the others.
_FUNCTION_WORDS: Final[dict[Language, frozenset[str]]] = {
    "en": frozenset(
        "the of and to is in for that with by on are which what how when who many much has have "
        "was were does did it its from at an be this not their will been".split()
    ),
    "fr": frozenset(
        "le les des du et à dans pour que qui est sont une par au aux sur avec quel quelle "
        "quels quelles combien quand ce cette ont été dont il elle leur ne pas d l qu où".split()
    ),
    "es": frozenset(
        "el los las del y en para que es son una por con cuál cuáles cuánto cuánta cuántos cuántas "
        "cuándo quién qué este esta se ha han fue su sus al lo no como dónde cómo".split()
    ),
}
_MARKS: Final[dict[Language, re.Pattern[str]]] = {
    "fr": re.compile(r"[èêëîïôûùçœ]|\b[ldqnsj]['’]", re.IGNORECASE),
    "es": re.compile(r"[ñ¿¡íóúá]", re.IGNORECASE),
}


def as_language(code: str) -> Language:
    """The language of a code such as `fr` or `fr-CA`; ValueError names the six if it is none."""
    primary = code.strip().lower().replace("_", "-").split("-")[0]
    for language in LANGUAGES:
        if language == primary:
            return language
    raise ValueError(f'"{code}" is not one of the six languages: {" ".join(LANGUAGES)}')


def detect_language(text: str) -> Language | None:
    """The language that most of `text` is written in, or None when nothing tells.

    By script first (a Han character counts three letters: it carries about as much), then, for
    Latin script, by function words and accents.
    """
    scripts: Counter[str] = Counter(
        zh=3 * len(_HAN.findall(text)),
        ar=len(_ARABIC.findall(text)),
        ru=len(_CYRILLIC.findall(text)),
        latin=len(_LATIN.findall(text)),
    )
    script, count = scripts.most_common(1)[0]
    if count == 0:
        return None
    # A question in Han, Arabic or Cyrillic often names things in Latin letters.
    for native in ("zh", "ar", "ru"):
        if scripts[native] >= max(4, 0.2 * scripts["latin"]):
            script = max(("zh", "ar", "ru"), key=lambda name: scripts[name])
            break
    if script != "latin":
        return as_language(script)
    return _latin_language(text)


def _latin_language(text: str) -> Language | None:
    words = Counter(_WORD.findall(text.lower()))
    scores: dict[Language, float] = {
        language: float(sum(words[word] for word in function_words))
        for language, function_words in _FUNCTION_WORDS.items()
    }
    for language, marks in _MARKS.items():
        scores[language] += 0.7 * len(marks.findall(text))
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > 0 else None
