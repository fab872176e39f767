"""Every measure by name: what it says, which way is better, and how values become one figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from evals.measures.statistics import Statistic, mean, quantile

Better = Literal["higher", "lower"]
Unit = Literal["share", "ms"]


@dataclass(frozen=True, slots=True)
class Measure:
    """`key` names the value of one question that goes into it; a question without it is left out.

    `broken` says in plain words what is wrong when it falls below its floor.
    """

    name: str
    key: str
    definition: str
    broken: str
    better: Better = "higher"
    unit: Unit = "share"
    statistic: Statistic = mean


def _share(name: str, definition: str, broken: str, better: Better = "higher") -> Measure:
    return Measure(name, name, definition, broken, better)


def _latency(name: str, key: str, share: float, of: str) -> Measure:
    return Measure(
        name,
        key,
        f"{of}, warm: the {round(100 * share)}th percentile in milliseconds",
        f"{of.lower()} takes too long",
        "lower",
        "ms",
        quantile(share),
    )


_ALL: Final = (
    _share(
        "R@1",
        "share of the gold paragraphs that search ranks first",
        "search does not put the right paragraph first",
    ),
    _share(
        "R@5",
        "share of the gold paragraphs among the first five that search finds",
        "search does not find the right paragraph",
    ),
    _share(
        "R@10",
        "share of the gold paragraphs among the first ten that search finds",
        "search does not find the right paragraph",
    ),
    _share(
        "RR",
        "one divided by the rank of the first gold paragraph, 0 beyond ten",
        "search ranks the right paragraph too low",
    ),
    _share(
        "nDCG@10",
        "discounted cumulated gain over the first ten, gold paragraphs gaining 1",
        "search ranks the right paragraph too low",
    ),
    _share(
        "right_answer",
        "all required forms said, no forbidden one, a gold paragraph cited; where the documents do"
        " not say: abstained",
        "answers are wrong",
    ),
    _share(
        "right_forms",
        "all required forms said and no forbidden one, whatever is cited",
        "answers say the wrong thing",
    ),
    _share("cites_gold", "a gold paragraph is cited", "answers cite the wrong paragraphs"),
    _share(
        "citation_precision",
        "share of the paragraphs cited that are gold (a lower bound)",
        "answers cite paragraphs beside the point",
    ),
    _share(
        "citation_recall",
        "share of the gold paragraphs that are cited",
        "answers leave paragraphs uncited that they rest on",
    ),
    _share(
        "statements_supported",
        "share of the statements that cite existing text word for word, which holds their figures,"
        " of the same subject",
        "statements are not supported by what they cite",
    ),
    _share(
        "fabricated_reference",
        "answers that refer to a paragraph which does not exist",
        "answers refer to paragraphs that do not exist",
        "lower",
    ),
    _share(
        "non_verbatim_quote",
        "answers with a quote that is not word for word at the place it gives",
        "quotes are not word for word what the cited paragraph says",
        "lower",
    ),
    _share(
        "unsupported_figure",
        "answers with a figure that none of the paragraphs cited beside it says",
        "answers say figures (amounts, dates, counts) that the cited paragraphs do not say",
        "lower",
    ),
    _share(
        "misattributed_figure",
        "answers with a figure that the cited paragraphs say of somebody else",
        "answers give figures to the wrong subject",
        "lower",
    ),
    _share(
        "brief",
        "answers to how much, how many, when, who and whether that say it in the first statement,"
        " within 60 words or 150 Han characters in all",
        "answers do not come to the point",
    ),
    _share(
        "unanswerable_refused",
        "questions that the documents do not answer, or that are off topic, refused",
        "abstention does not work: questions are answered that the documents do not answer",
    ),
    _share(
        "answerable_refused",
        "questions that the documents answer, refused",
        "answerable questions are refused",
        "lower",
    ),
    _share(
        "abstention_precision",
        "share of the refusals that are right",
        "answerable questions are refused",
    ),
    _share(
        "premise_handled",
        "false premises and contradictions answered as what they are: a right answer, or refused as"
        " a false premise with a gold paragraph",
        "false premises and contradictions pass unnoticed",
    ),
    _share(
        "in_language",
        "share of the statements, quotes left out, in the language of the question",
        "answers are in another language than the question",
    ),
    _share(
        "turn_right",
        "turns of a dialogue answered right: all required forms said, no forbidden one, a gold"
        " paragraph cited; where the documents do not say: abstained",
        "turns of a dialogue are answered wrong",
    ),
    _share(
        "follow_up_right",
        "turns of a dialogue after the first that are answered right",
        "follow-up questions are answered wrong",
    ),
    _share(
        "labels_found",
        "share of a document's paragraph labels that the parser finds, averaged over documents",
        "paragraph numbers are not found",
    ),
    _share(
        "labels_exact",
        "share of a document's labels that are found with their text from its first word to its"
        " last",
        "paragraphs hold more or less than their text",
    ),
    _share(
        "labels_invented",
        "share of the labels that the parser gives which the document does not have",
        "paragraph numbers are invented",
        "lower",
    ),
    _share(
        "subparagraphs_right",
        "share of a document's paragraphs whose sub-paragraph labels are all right",
        "sub-paragraphs are not found",
    ),
    _share(
        "quantity_precision",
        "share of the amounts and dates found in a sentence that it states, with value, unit and"
        " qualifier",
        "amounts or dates are read that a text does not state",
    ),
    _share(
        "quantity_recall",
        "share of the amounts and dates that a sentence states which are found, with value, unit"
        " and qualifier",
        "amounts or dates of a text are not read",
    ),
    _share(
        "brief_figures_right",
        "share of a briefing note's statements with figures whose cited paragraphs hold them, of"
        " the same subject, word for word",
        "figures of a briefing note are not cited or not right",
    ),
    _share(
        "brief_facts",
        "share of the facts that a briefing note must hold which one statement says beside their"
        " paragraph",
        "a briefing note leaves out what it must say",
    ),
    _share(
        "brief_gold_cited",
        "share of the paragraphs that a briefing note rests on which it cites",
        "a briefing note does not cite the paragraphs that it rests on",
    ),
    _share(
        "brief_sections",
        "share of the sections that a topic calls for which a briefing note has",
        "sections of a briefing note are missing",
    ),
    _share(
        "brief_wrong",
        "briefing notes that say what is known to be wrong",
        "briefing notes say what is wrong",
        "lower",
    ),
    _latency("search_p50", "search_ms", 0.5, "Search"),
    _latency("search_p95", "search_ms", 0.95, "Search"),
    _latency("ask_p50", "ask_ms", 0.5, "An answer"),
    _latency("ask_p95", "ask_ms", 0.95, "An answer"),
)

MEASURES: Final[Mapping[str, Measure]] = {measure.name: measure for measure in _ALL}
