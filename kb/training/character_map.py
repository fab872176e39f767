"""How every character is written before it is cut into pieces.

Compatibility forms, capitals, accents, Arabic marks and letter forms, traditional characters: what
two writers of one word may do differently is made equal. The map is compiled into the tokenizer,
so that whoever loads the model writes texts the same way.
"""

import tempfile
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Final

SPACE: Final = "▁"
_ARABIC: Final = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_KEPT_ACCENTS: Final = frozenset("йñ")
_SYMBOLS: Final = frozenset("%$€£")


def character_map() -> dict[str, str]:
    """What is written for each character of the basic plane that is not written as itself."""
    simplified = _simplified()
    written: dict[str, str] = {}
    for code in range(0x20, 0x10000):
        character = chr(code)
        if 0xD800 <= code <= 0xDFFF or 0xE000 <= code <= 0xF8FF:
            continue
        form = "".join(_written(one, simplified) for one in _plain(character))
        if form != character:
            written[character] = form
    # Letters that are one letter with their mark stay so when the mark is typed apart.
    written["\u0438\u0306"] = "й"
    written["n\u0303"] = "ñ"
    return written


def compiled(mapping: dict[str, str]) -> bytes:
    """The map as the double-array trie that tokenizers reads; sentencepiece builds it."""
    from sentencepiece import SentencePieceTrainer, sentencepiece_model_pb2

    def codes(text: str) -> str:
        return " ".join(f"{ord(character):X}" for character in text)

    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.tsv"
        lines = [f"{codes(source)}\t{codes(target)}" for source, target in sorted(mapping.items())]
        rules.write_text("\n".join(lines) + "\n", encoding="utf-8")
        SentencePieceTrainer.train(
            sentence_iterator=iter(["a b c d e f g"] * 20),
            model_prefix=str(Path(folder) / "rules"),
            vocab_size=12,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(rules),
            minloglevel=2,
        )
        proto = sentencepiece_model_pb2.ModelProto()
        proto.ParseFromString((Path(folder) / "rules.model").read_bytes())
    compiled_map: bytes = proto.normalizer_spec.precompiled_charsmap
    return compiled_map


def _plain(character: str) -> str:
    """Compatibility form, lower case, without accents (but й and ñ are letters of their own)."""
    folded = unicodedata.normalize("NFKC", character).lower()
    kept = []
    for one in folded:
        # Hangul would fall apart into its letters.
        whole = one in _KEPT_ACCENTS or "\uac00" <= one <= "\ud7a3"
        kept.append(one if whole else unicodedata.normalize("NFKD", one))
    return "".join(kept)


def _written(character: str, simplified: dict[str, str]) -> str:
    category = unicodedata.category(character)
    if category.startswith("M") or category == "Cf" or character == "\u0640":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    if character in _SYMBOLS:
        return SPACE + character + SPACE
    if category[0] in "ZPSC":
        return SPACE
    return simplified.get(character, character).translate(_ARABIC)


def _simplified() -> dict[str, str]:
    """Traditional characters to simplified ones, as OpenCC has them."""
    text = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        source, _, targets = line.partition("\t")
        first = targets.split(" ")[0].strip()
        if len(source) == 1 and len(first) == 1 and first <= "\uffff":
            pairs[source] = first
    return pairs
