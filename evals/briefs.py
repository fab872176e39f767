"""Topics of briefing notes, with what a right note says, and how a note is judged.

`{"id", "lang", "topic", "sections", "facts": [{"must", "gold"}], "must_not"}`: `sections` are keys
of `SECTIONS` that the topic calls for; a fact is said where one statement holds a form of each
group of `must` and cites one of `gold`; `must_not` are forms of what would be wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Statement
from evals.brief_text import SECTIONS, BriefText, Section
from evals.checks import Checker
from evals.fields import forms_of, list_of, object_of, text_of
from evals.figures import figures_in
from evals.matching import Names, Said
from evals.measures.citations import Cited, citation_recall, cites_gold
from evals.outcomes import Outcome
from evals.questions import Gold, Split, read_gold
from kb.languages import Language, as_language


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that must stand in the note: a form of each group, beside one of `gold`."""

    must: tuple[tuple[str, ...], ...]
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class BriefTopic:
    """What a note is asked about, and what a right one says. No form of `must_not` is said."""

    id: str
    language: Language
    topic: str
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefSet:
    """The topics of one file; `sha256` is that of its bytes."""

    name: str
    topics: tuple[BriefTopic, ...]
    sha256: str
    split: Split | None = None


def read_brief_topic(value: object) -> BriefTopic:
    """The topic that one line's object describes. Raises ValueError."""
    fields = object_of(value, ("id", "lang", "topic", "sections", "facts"), ("must_not",))
    named = list_of(fields, "sections")
    sections = tuple(key for key in SECTIONS if key in named)
    if len(sections) != len(named):
        raise ValueError(f"sections are some of: {', '.join(SECTIONS)}")
    facts = tuple(_fact(one) for one in list_of(fields, "facts"))
    if not facts or not sections:
        raise ValueError("a topic needs sections and facts")
    return BriefTopic(
        text_of(fields, "id"),
        as_language(text_of(fields, "lang")),
        text_of(fields, "topic"),
        sections,
        facts,
        forms_of(fields.get("must_not", []), "must_not", empty=True),
    )


def judge_brief(
    set_name: str, topic: BriefTopic, brief: BriefText, checker: Checker, names: Names
) -> Outcome:
    """What came of the note on `topic`."""
    answer = Answer(topic.topic, topic.language, brief.statements, brief.citations)
    cited = {one.n: checker.look_up(one) for one in brief.citations}
    faults = tuple(checker.faults(answer, tuple(cited.values())))
    at_fault = {fault.statement for fault in faults}
    figured = [
        at
        for at, one in enumerate(brief.statements)
        if figures_in(one.text, topic.language) and (one.citations or one.kind != "note")
    ]
    values = {
        "brief_sections": sum(s in brief.sections for s in topic.sections) / len(topic.sections),
        "brief_gold_cited": citation_recall(tuple(cited.values()), _gold_of(topic)),
        "brief_facts": 1 - len(_unsaid(topic, brief, cited, names)) / len(topic.facts),
        "brief_wrong": float(bool(_wrong(topic, brief, names))),
    }
    if figured:
        sound = [at for at in figured if _is_sound(brief.statements[at], cited)]
        values["brief_figures_right"] = len(set(sound) - at_fault) / len(figured)
    return Outcome(
        set_name,
        topic.id,
        topic.language,
        "brief",
        topic.topic,
        values,
        gold=tuple(f"{g.document_id}, {g.paragraph}" for g in _gold_of(topic)),
        cited=tuple(dict.fromkeys(f"{c.document_id}, {c.paragraph}" for c in cited.values())),
        answer=answer.text,
        remarks=(*_remarks(topic, brief, cited, names), *(fault.remark for fault in faults)),
    )


def _is_sound(statement: Statement, cited: dict[int, Cited]) -> bool:
    own = [cited.get(n) for n in statement.citations]
    return bool(own) and all(one is not None and one.is_verbatim for one in own)


def _gold_of(topic: BriefTopic) -> tuple[Gold, ...]:
    return tuple(dict.fromkeys(gold for fact in topic.facts for gold in fact.gold))


def _unsaid(
    topic: BriefTopic, brief: BriefText, cited: dict[int, Cited], names: Names
) -> list[Fact]:
    return [
        fact
        for fact in topic.facts
        if not any(
            _says(Said([one.text], topic.language, names), fact.must)
            and cites_gold([cited[n] for n in one.citations if n in cited], fact.gold)
            for one in brief.statements
        )
    ]


def _says(said: Said, groups: Sequence[Sequence[str]]) -> bool:
    return all(any(said.holds(form) for form in group) for group in groups)


def _wrong(topic: BriefTopic, brief: BriefText, names: Names) -> list[str]:
    said = Said([one.text for one in brief.statements], topic.language, names)
    return [form for form in topic.must_not if said.holds(form)]


def _remarks(
    topic: BriefTopic, brief: BriefText, cited: dict[int, Cited], names: Names
) -> Iterator[str]:
    for section in topic.sections:
        if section not in brief.sections:
            yield f"has no section {section}"
    for fact in _unsaid(topic, brief, cited, names):
        forms = " and ".join(group[0] for group in fact.must)
        yield f"does not say {forms} beside its paragraph"
    for form in _wrong(topic, brief, names):
        yield f"says {form}, which is wrong"


def _fact(value: object) -> Fact:
    fields = object_of(value, ("must", "gold"))
    must = tuple(forms_of(group, "must") for group in list_of(fields, "must"))
    gold = read_gold(fields, "gold")
    if not must or not gold:
        raise ValueError("a fact needs must and gold")
    return Fact(must, gold)
