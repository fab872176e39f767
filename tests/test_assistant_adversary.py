"""A thousand drafts that say what their paragraph does not, and a thousand that say what it does.

The drafts are prose that cites the whole paragraph, in its language and in others: the hardest
case, for everything that is said stands somewhere in the text that is cited.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random

from assistant_fakes import passage
from pledge_texts import (
    Pledge,
    falsehoods,
    other_language,
    paragraph,
    sentence,
    some_pledges,
)

from assistant.drafts import Draft, DraftStatement, cited
from assistant.evidence import Evidence, Finding, Source
from assistant.grounding import grounded
from kb.languages import LANGUAGES, Language
from kb.sentences import Span
from kb.terms import load_terms

VOCABULARY = load_terms()
PARAGRAPHS = 40  # in each language


def passes(text: str, language: Language, source: Source) -> bool:
    whole = cited(source, Span(0, len(source.passage.text)))
    draft = Draft("", language, (DraftStatement(text, "note", (whole,)),))
    return not grounded(draft, Evidence((Finding((source,), 1, 1.0),)), VOCABULARY).abstained


def cases(seed: int) -> Iterator[tuple[Random, Language, Source, tuple[Pledge, ...]]]:
    random = Random(seed)  # noqa: S311
    for number in range(PARAGRAPHS):
        for language in LANGUAGES:
            pledges = some_pledges(random)
            text = paragraph(pledges, language, random)
            yield random, language, Source(passage(text, str(number), language=language)), pledges


def test_no_adversarial_draft_passes() -> None:
    tried: Counter[str] = Counter()
    passed: list[tuple[str, str, str]] = []
    for random, language, source, pledges in cases(1):
        wrong = sorted(set(falsehoods(pledges)), key=str)
        for kind, one in random.sample(wrong, 10):
            told = other_language(language, random) if random.random() < 0.3 else language
            text = sentence(one, told, passive=random.random() < 0.4)
            tried[kind] += 1
            if passes(text, told, source):
                passed.append((kind, text, source.passage.text))
    assert sum(tried.values()) >= 1_000
    assert min(tried.values()) >= 30
    assert not passed, (len(passed), Counter(k for k, _, _ in passed), passed[:12])


def test_faithful_drafts_pass() -> None:
    tried: Counter[str] = Counter()
    withheld: list[tuple[str, str]] = []
    for random, language, source, pledges in cases(2):
        for one in pledges:
            for told in (language, other_language(language, random)):
                tried[told] += 1
                text = sentence(one, told, passive=random.random() < 0.4)
                if not passes(text, told, source):
                    withheld.append((text, source.passage.text))
    total = sum(tried.values())
    assert total >= 1_000
    assert len(withheld) <= 0.02 * total, (len(withheld), total, withheld[:12])
