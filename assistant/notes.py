"""Whether what LandBrief says of its own accord is so, by the evidence at hand."""

from collections.abc import Callable, Iterable

from assistant.drafts import LABEL_MARK, Message, missing_reference, reference_to
from assistant.evidence import Evidence, Finding
from kb.languages import Language
from kb.passages import Passage
from kb.wording import Wording


def is_true(message: Message, evidence: Evidence, language: Language) -> bool:
    """Whether the evidence bears out a note that is no more than a message."""
    values = dict(message.values)
    match message.key:
        case "held_in":
            return values.get("languages") in _language_lists(evidence, Wording(language))
        case "further":
            return _are_held(values.get("labels", ""), message.count, evidence, language)
        case "superseded":
            return _marked(
                values, evidence, language, lambda p: p.superseded_by == values["document"]
            )
        case "older_version":
            return _marked(values, evidence, language, lambda p: p.status == "superseded")
        case "withdrawn":
            return _marked(values, evidence, language, lambda p: p.status == "withdrawn")
        case "corrected":
            return _marked(
                values, evidence, language, lambda p: values["correction"] in p.corrected_by
            )
        case "no_passage":
            missing = {missing_reference(r, language) for r in evidence.missing}
            return values.get("reference") in missing
        case _:
            return not values


def _language_lists(evidence: Evidence, wording: Wording) -> set[str]:
    held = (dict.fromkeys(s.passage.language for s in f.sources) for f in evidence.findings)
    return {wording.list(wording.language_name(language) for language in h) for h in held}


def _are_held(labels: str, count: int | None, evidence: Evidence, language: Language) -> bool:
    named = labels.split(LABEL_MARK)
    held = {_reference(finding, language) for finding in evidence.findings}
    return len(named) == count == len(set(named)) and set(named) <= held


def _marked(
    values: dict[str, str],
    evidence: Evidence,
    language: Language,
    holds: Callable[[Passage], bool],
) -> bool:
    return any(holds(passage) for passage in _passages(values.get("reference"), evidence, language))


def _passages(reference: str | None, evidence: Evidence, language: Language) -> Iterable[Passage]:
    return (
        source.passage
        for finding in evidence.findings
        for source in finding.sources
        if reference == _reference(finding, language)
    )


def _reference(finding: Finding, language: Language) -> str:
    return reference_to(finding.sources[0], language, finding.part)
