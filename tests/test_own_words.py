"""What ships in Chinese says the originals' facts and figures, not their sentences.

The founding documents are at hand in Chinese, so only the Chinese digests and phrases could repeat
them. Compared are *own characters*: a text less the names of Parties, organizations, initiatives
and treaties that `kb.terms` knows (its common words stay), and less all that is no Chinese
character (symbols, URLs, acronyms, figures, punctuation, blanks). A fact, a list of names or an
official title leaves next to nothing; a copied sentence leaves itself.
"""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

import pytest
from originals import originals

from kb.records.shipped import shipped_phrases
from kb.terms import load_terms

LONGEST: Final = 24  # own characters in a row that may stand in an original too
_NOT_CHINESE: Final = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]+")


def own_characters(text: str) -> str:
    """The same for both sides, so that a name put in or left out hides no copied run."""
    kept = list(text)
    for mention in load_terms().find(text, "zh"):
        if mention.kind != "term":
            kept[mention.start : mention.end] = " " * (mention.end - mention.start)
    return _NOT_CHINESE.sub("", "".join(kept))


def runs(text: str) -> Iterator[str]:
    """Every run of one character more than may be shared, in own characters."""
    own = own_characters(text)
    return (own[at : at + LONGEST + 1] for at in range(len(own) - LONGEST))


def shipped_texts() -> Iterator[tuple[str, str]]:
    """Where each Chinese text stands, and the text."""
    for name, phrase in shipped_phrases().items():
        yield name, phrase["zh"]
    for file in files("kb").joinpath("data/digests").iterdir():
        if file.name.endswith(".zh.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                yield f"{row['document_id']} {row['paragraph']}", row["text"]


@pytest.fixture(scope="module")
def theirs() -> frozenset[str]:
    passages = (passage for document in originals() for passage in document.passages())
    return frozenset(run for passage in passages for run in runs(passage.text))


def test_no_sentence_of_an_original_ships(theirs: frozenset[str]) -> None:
    shared = [
        (where, run) for where, text in shipped_texts() for run in runs(text) if run in theirs
    ]
    assert not shared


def test_a_copied_sentence_is_seen_whatever_its_names_and_punctuation(
    theirs: frozenset[str],
) -> None:
    copied = max((p.text for d in originals() for p in d.paragraphs), key=len)
    disguised = re.sub(r"[，。；]", " ", copied).replace("公约", "UNCCD公约")
    assert any(run in theirs for run in runs(copied))
    assert any(run in theirs for run in runs(disguised))


def test_names_figures_and_symbols_are_nobodys_own_words() -> None:
    named = "沙特阿拉伯、全球环境基金(GEF)、ICCD/COP(16)/4、https://www.unccd.int、2,780"
    assert own_characters(named) == ""
