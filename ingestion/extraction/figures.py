"""Amounts, areas, shares and counts of running text: funding, targets, observations."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from ingestion.extraction.ends import ends_of_change
from ingestion.extraction.listed import announced, carried_on, own_name, shares_of_each
from ingestion.extraction.nouns import printed_noun
from ingestion.extraction.proposals import Proposal, about, is_pointer, span_of
from ingestion.extraction.reading import Sentence
from ingestion.extraction.standing import is_baseline
from ingestion.extraction.timing import Timing, baselines, is_before, is_until, timings
from kb.currency_names import shared_at
from kb.languages import Language
from kb.quantities import Quantity
from kb.quantity_patterns import patterns
from kb.quantity_words import find_count_nouns, forms_of
from kb.records.values import UNITS
from kb.sentences import Span, word_count
from kb.terms import Mention, Terms
from kb.writing import fold

# How long something takes is no figure of its own, nor how often it happens.
_TIMES: Final = frozenset(("year", "month", "week", "day", "time", "session", "paragraph", "step"))
_COMPOUNDED: Final = frozenset(("region", "area", "city"))
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_GIVEN: Final = frozenset(("pledged", "committed", "approved", "disbursed"))
_FEWEST_COMPARED: Final = 2
_FEWEST_OWN: Final = 2  # words of a measure beside its figure's
_FARTHEST_COMPARED: Final = 70
_NEAR_DATE: Final = 10
_NEAR_RATE: Final = 25
_NEAR_VERB: Final = 14
_FROM: Final = re.compile(
    r"(?<!\w)(?:с|со|от|de|del|desde|from|من)\s+\d.*"
    r"(?:до|hasta|à|حتى|إلى|up to)\s*(?:el|los|las)?\s*$"
)
# A number or fraction of which only the end was read.
_CUT: Final = re.compile(r"\d[ \u00a0\u202f.,]$|(?<!百)分之$|\w[-–]$|[^\W\d_]\.$")
_COMPARATIVE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"(?:er|more \w+|less \w+) than (?:the )?$"),
    "fr": re.compile(r"(?:plus|moins) \w+ qu(?:e (?:les? )?|['’])$"),
    "es": re.compile(r"(?:más|menos) \w+ que (?:el |los |las )?$"),
    "ru": re.compile(r"(?<!\w)(?!(?:у|да|так|то|по)же )\w+(?:ее|че|ше|же) (?:чем )?$"),
    "ar": re.compile(r"(?:أكثر|أقل) \w+ من $"),
}
_FUTURE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:hopes?|undertook|undertakes|promised|wants?|calls? (?:up)?on)\b"),
    "fr": re.compile(
        r"\b\w{2,}(?:era|eront|ira|iront|dra|dront)\b|s['’](?:est|sont) engag|souhait"
    ),
    "es": re.compile(r"\b\w{2,}(?:rá|rán)\b|propone|comprometi|espera"),
    "ru": re.compile(r"можно|рассчитыва|обязал|надеет|предлага|предстоит|намечен|призыва"),
    "ar": re.compile(r"(?<!\w)و?س[تين]\w{3,}|يُنتظر|ينتظر|يُتوقع|تأمل"),
    "zh": re.compile(r"吁请|要求|希望|力求|承诺"),
}
_INTENDED: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:aims?|intends?|plans?|hopes?|wants?|undertook|undertakes) (?:to|for)\b"
    ),
    "fr": re.compile(r"\b(?:entend|compte|propose de|souhaite|vise|aspire|engagée?s? à)\b"),
    "es": re.compile(r"\b(?:se proponen?|aspiran?|pretenden?|esperan? )\b"),
    "ru": re.compile(r"намерен|планиру|рассчитыва|обязал|стремит"),
    "ar": re.compile(r"(?:يعتزم|تعتزم|يهدف|تهدف|تأمل|يطمح|تطمح)"),
    "zh": re.compile(r"力争|计划|打算|争取"),
}
_PAST: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bhad\b"),
    "fr": re.compile(r"\b(?:avait|avaient)\b"),
    "es": re.compile(r"\b(?:había|habían)\b"),
    "ar": re.compile(r"(?<!\w)و?كان(?:ت)?(?: قد)?(?!\w)"),
    "zh": re.compile(r"已"),
}
_SPELLED_RANGE: Final = re.compile(
    r"([^\W\d_]+|[一二两三四五六七八九十百\d]+)(?:\s(?:to|à|a|до|إلى)\s|(?<=[一二两三四五六七八九十百\d])[至到]|\s?[–-]\s?)$"
)
_OF_PLAN: Final = re.compile(r"的(?:计划|目标|指标|预期|预定|原定)")
_BREAK: Final = re.compile(r"[,;:.،؛，；：。()（）]")


def figures(sentence: Sentence) -> Iterator[Proposal]:
    """A proposal for each amount, area, share and count of `sentence`."""
    if not sentence.amounts or is_pointer(sentence):
        return
    if sentence.has("respectively"):
        yield from shares_of_each(sentence)
        return
    dated, compared = timings(sentence), baselines(sentence)
    told: set[int] = set()
    for amount in sentence.amounts:
        if _is_cut(sentence, amount):
            continue
        if amount.qualifier == "exact" and _is_bound(sentence, amount):
            continue  # "quicker than 15 minutes": more or less, which is not known
        if _OF_PLAN.match(sentence.passage.text, amount.end) and amount.qualifier != "exact":
            continue  # 高于1.5万公顷的计划指标: the plan was 15,000, and no more than that
        baseline = compared.get(amount.start)
        proposal = _proposal(sentence, amount, dated.get(amount.start), baseline)
        if proposal is not None:
            told.add(amount.start)
            yield proposal
    yield from ends_of_change(sentence, subject(sentence, sentence.amounts[0]), told)


def _is_cut(sentence: Sentence, amount: Quantity) -> bool:
    """Whether only the end of a number was read; the second end of "200–220 million" is whole."""
    if not _CUT.search(sentence.passage.text[max(0, amount.start - 3) : amount.start]):
        return False
    return not any(0 <= amount.start - one.end <= 1 for one in sentence.amounts)


def _is_bound(sentence: Sentence, amount: Quantity) -> bool:
    """Whether a comparative, or the first end of a range, stands right before the figure."""
    before = sentence.passage.text[max(sentence.span.start, amount.start - 24) : amount.start]
    language = sentence.passage.language
    if (least := _SPELLED_RANGE.search(before)) and (
        language == "zh" or fold(least[1]) in _cardinals(language)
    ):
        return True  # "trois à cinq": the first end was not read
    pattern = _COMPARATIVE.get(language)
    return pattern is not None and pattern.search(before) is not None


def dates_told(proposals: list[Proposal], sentence: Sentence) -> frozenset[int]:
    """Where the dates stand that `proposals` hold already."""
    told = {
        value
        for proposal in proposals
        for name, value in proposal.fields.items()
        if name in ("as_of", "baseline", "deadline", "since", "period_start", "period_end")
        and value
    }
    return frozenset(
        date.start
        for date in sentence.dates
        if all(part in told for part in (date.iso or "").split("/"))
    )


def _proposal(
    sentence: Sentence, amount: Quantity, timing: Timing | None, baseline: Quantity | None
) -> Proposal | None:
    if amount.value == 1 and not amount.text[:1].isdecimal():
        return None
    if amount.qualifier == "more_than" and _is_denied(sentence, amount):
        return None
    measure = about(sentence, span_of(amount))
    unit = _unit(sentence, amount)
    if measure is not None and word_count(measure) - word_count(amount.text) < _FEWEST_OWN:
        measure = announced(sentence, measure)
    if measure is None or unit is None:
        return None
    said: dict[str, Any] = {"qualifier": _qualifier(sentence, amount)}
    if amount.kind == "money":
        funding = _funding(sentence, amount, timing)
        if funding is not None:
            fields = {**said, **funding, "purpose": measure, "amount": amount.value}
            return _made("funding", {**fields, "currency": amount.currency}, sentence, amount)
    said |= {
        "subject": own_name(sentence, amount) or subject(sentence, amount),
        "measure": measure,
        "value": amount.value,
        "unit": unit,
    }
    if timing is not None and _is_to_reach(sentence, amount, timing):
        return _made("targets", {**said, "deadline": timing.last}, sentence, amount)
    if baseline is not None and "/" not in (baseline.iso or "/"):
        said["baseline"] = baseline.iso
    return _made("observations", {**said, "as_of": _as_of(sentence, timing)}, sentence, amount)


def _as_of(sentence: Sentence, timing: Timing | None) -> str | None:
    """The date at which a figure stood: none for a whole period, nor for what is due by a date."""
    if timing is None or "/" in (timing.date.iso or ""):
        return None
    if timing.deadline and not _is_past(sentence):
        return None
    if is_before(sentence, timing.date) or is_until(sentence, timing.date):
        return None
    return timing.last


def _is_to_reach(sentence: Sentence, amount: Quantity, timing: Timing) -> bool:
    """Whether the figure is to be reached by its date: due by then, or meant for it."""
    if timing.deadline:
        late = timing.date.start > amount.start
        near = sentence.clause_at(timing.date.start) == sentence.clause_at(amount.start)
        if (late and not near) or is_until(sentence, timing.date) or _is_past(sentence):
            return False
        return is_ahead(sentence, timing.date, amount)
    clause = sentence.clause_at(amount.start)
    meant = _INTENDED.get(sentence.passage.language)
    if meant is None or "/" in (timing.date.iso or "") or timing.date.start < clause.start:
        return False
    return meant.search(sentence.passage.text, clause.start, amount.start) is not None


def is_ahead(sentence: Sentence, date: Quantity, amount: Quantity | None = None) -> bool:
    """Whether what is told is still to come: aimed at, asked for, in the future tense; with
    `amount`, said before it.
    """
    if sentence.has("aim") or is_baseline(sentence, date):
        return True
    if any(c.role == "demand" and c.id != "decides" for c in sentence.cues):
        return True
    future = _FUTURE.get(sentence.passage.language)
    end = amount.start if amount else sentence.span.end
    told = sentence.passage.text[sentence.span.start : end]
    return future is not None and future.search(told) is not None


def _is_past(sentence: Sentence) -> bool:
    """Whether it had come about by then: "By 2034, 500 wells had been dug"."""
    past = _PAST.get(sentence.passage.language)
    return past is not None and past.search(sentence.text) is not None


def _is_denied(sentence: Sentence, amount: Quantity) -> bool:
    """ "N'ont pas plus de deux": an upper bound, which the qualifier does not say."""
    clause = sentence.clause_at(amount.start)
    return sentence.has("negation", Span(clause.start, amount.start))


def _qualifier(sentence: Sentence, amount: Quantity) -> str:
    """The figure's qualifier; the end of a rise ("с 9 до 21 процента") is no upper bound."""
    if amount.qualifier == "exact":
        return carried_on(sentence, amount)
    if amount.qualifier != "up_to":
        return amount.qualifier
    clause = sentence.clause_at(amount.start)
    earlier = sentence.passage.text[clause.start : amount.start]
    moves = sentence.passage.words.search("change", clause.of(sentence.passage.text))
    ends = moves and (_FROM.search(earlier) or earlier.rstrip().endswith((" до", "إلى", "حتى")))
    return "exact" if ends or earlier.endswith("add up to ") else "up_to"


def _made(kind: Any, fields: Mapping[str, Any], sentence: Sentence, amount: Quantity) -> Proposal:
    return Proposal(kind, fields, sentence.passage, span_of(amount), sentence.span)


def subject(sentence: Sentence, amount: Quantity) -> str:
    """Who or what stands at the head of the sentence, where that is one name; else the heading."""
    head = [m for m in sentence.mentions if m.start - sentence.span.start <= 5]
    ids = {m.concept_id for m in head}
    if len(ids) != 1:
        return sentence.passage.subject
    clauses = {sentence.clause_at(m.start) for m in sentence.mentions if m.start < amount.start}
    others = {m.concept_id for m in sentence.mentions if m.start < amount.start} - ids
    # "Tajikistan hosts the office, Switzerland pays for it": not of the first.
    return sentence.passage.subject if others and len(clauses) > 1 else ids.pop()


def _funding(sentence: Sentence, amount: Quantity, timing: Timing | None) -> dict[str, Any] | None:
    """Stage, provider or initiative, period; None where it cannot be told whose money it is."""
    segment = sentence.segment_of(amount)
    stages = {c.id for c in sentence.cues if c.role == "stage" and _within(c.start, segment)}
    if len(stages) != 1 or sentence.has("negation"):
        return None
    stage = stages.pop()
    named = {m.concept_id for m in sentence.mentions if m.kind == "initiative"}
    topics = sentence.passage.topics
    initiative = named.pop() if len(named) == 1 else topics[0] if topics and not named else None
    provider = _giver(sentence, amount) if stage in _GIVEN else None
    if provider is None and initiative is None:
        return None
    return {
        "stage": stage,
        "provider": provider,
        "initiative": initiative,
        "per": _per(sentence, amount),
        **_period(timing),
    }


def _period(timing: Timing | None) -> dict[str, str]:
    if timing is None:
        return {}
    if "/" in (timing.date.iso or ""):
        return {"period_start": timing.first, "period_end": timing.last}
    return {"period_end" if timing.deadline else "as_of": timing.last}


def _giver(sentence: Sentence, amount: Quantity) -> str | None:
    """The one Party or organization whose giving the verb before the figure tells of."""
    text = sentence.passage.text
    actors = [m for m in sentence.mentions if m.kind in ("party", "organization")]
    for cue in sentence.cues:
        if cue.role != "give" or cue.end > amount.start:
            continue
        for actor in actors:
            behind = actor.end <= cue.start and cue.start - actor.end <= _NEAR_VERB
            before = sentence.passage.language == "ar" and 0 <= actor.start - cue.end <= 4
            between = text[min(actor.end, cue.end) : max(actor.start, cue.start)]
            if not (behind or before) or _BREAK.search(between):
                continue
            if not _beside(actor, actors) and not _between(cue.end, amount.start, actors, actor):
                return actor.concept_id
    return None


def _beside(actor: Mention, actors: list[Mention]) -> bool:
    """Whether `actor` is the last of several: which of them gave how much is not said."""
    return any(m is not actor and 0 <= actor.start - m.end <= 8 for m in actors) or any(
        m is not actor and m.start == actor.start for m in actors
    )


def _between(start: int, end: int, actors: list[Mention], but: Mention) -> bool:
    return any(m is not but and start <= m.start < end for m in actors)


def _per(sentence: Sentence, amount: Quantity) -> str | None:
    for cue in sentence.cues:
        beside = -_NEAR_RATE <= cue.start - amount.end <= _NEAR_RATE
        if cue.role == "rate" and beside and _within(cue.start, sentence.segment_of(amount)):
            return cue.id
    return None


def _within(place: int, span: Span) -> bool:
    return span.start <= place < span.end


def _unit(sentence: Sentence, amount: Quantity) -> str | None:
    """The unit of a record; None for what is no figure worth a record."""
    if amount.kind in ("money", "share"):
        return amount.unit
    if amount.kind == "area":
        return amount.unit if amount.unit in UNITS else f"name:{amount.unit}"
    shared = shared_at(sentence.passage.text, amount.end, sentence.passage.language)
    if shared and amount.kind in ("number", "count"):  # money, of which of several is not told
        return f"name:{sentence.passage.text[amount.end : shared[1]].strip()}"
    if amount.kind == "number":
        own = printed_noun(sentence.passage.text, amount, sentence.passage.language)
        return own or _unit_left_out(sentence, amount)
    if amount.kind != "count" or amount.unit is None or amount.unit in _TIMES:
        return None
    if amount.value <= 1 or not _counts(sentence.passage.text, amount, sentence.passage.language):
        return None
    return counted(amount.unit, sentence.passage.language, sentence.passage.terms)


def _unit_left_out(sentence: Sentence, amount: Quantity) -> str | None:
    """The unit of the figure that this one is compared with: "118 stops, against 163 in 2037"."""
    text, place = sentence.passage.text, sentence.amounts.index(amount)
    if not place or not amount.text[-1:].isdecimal() or amount.value < _FEWEST_COMPARED:
        return None
    other = sentence.amounts[place - 1]
    between = text[other.end : amount.start]
    dated = any(0 <= date.start - amount.end <= _NEAR_DATE for date in sentence.dates)
    if not (dated or not text[amount.end : amount.end + 1].strip(",.;:،؛。，；)）")):
        return None
    words = sentence.passage.words
    alike = words.search("compared", between) or words.search(
        "change", text[sentence.span.start : amount.start]
    )
    if len(between) > _FARTHEST_COMPARED or not alike:
        return None
    return _unit(sentence, other)


def counted(unit: str, language: Language, terms: Terms) -> str:
    """What is counted, as a concept where the vocabulary has it."""
    if unit == "tonne":
        return "t"
    known = _concepts(terms)
    if f"term:{unit}" in known:
        return f"term:{unit}"
    forms = [form for form in forms_of(language, "count", unit) if "*" not in form]
    return f"name:{forms[0] if forms else unit}"


@cache
def _cardinals(language: Language) -> frozenset[str]:
    return frozenset(fold(word) for word in patterns(language).cardinals)


@cache
def _concepts(terms: Terms) -> frozenset[str]:
    return frozenset(concept.id for concept in terms.all)


def _counts(text: str, amount: Quantity, language: Language) -> bool:
    """Whether the counted noun stands right at its number, at most a word or classifier away."""
    noun = patterns(language).noun.match(text, amount.end)
    if noun is None:
        return language == "ar"  # the noun may stand before its number
    nouns = [n for n in find_count_nouns(noun[0], language) if n[0] == amount.unit]
    if not nouns:
        return False
    written = noun[0][nouns[0][1] :]
    if amount.unit == "party" and language in ("en", "fr", "es", "ru") and written[:1].islower():
        return False  # "three parts"
    if language == "zh" and amount.unit in _COMPOUNDED and _HAN.match(text, noun.end()):
        return False  # 四个区域网络 are four networks
    gap = noun[0][: nouns[0][1]].strip(" \u00a0-")
    return (len(gap) <= 2 and "的" not in gap) if language == "zh" else len(gap.split()) <= 1
