"""All that is pledged to one initiative or recipient, or approved for it, …: by whomever."""

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.claim_words import stages
from assistant.question import Question, denies
from assistant.record_claims import RecordClaim
from assistant.record_fit import figure_of
from assistant.record_index import RecordIndex
from assistant.record_together import Together, asks_one_number, is_computable
from kb.records.kinds import Funding
from kb.records.record import Record
from kb.terms import Kind as ConceptKind

_STAGES: Final = ("needed", "pledged", "committed", "approved", "mobilised", "disbursed")
_KINDS: Final = frozenset(("how_much", "how_many", "sum", "who", "which", "list", "about"))
# Words that a question about money has beside the one whose money it is.
_OF_MONEY: Final = frozenset(
    f"term:{one}"
    for one in (
        "pledge", "contribution", "funding", "fund", "grant", "donor", "finance", "financing",
        "commitment", "approval", "need", "financial-resources", "investment", "amount", "money",
        "alliance", "partnership", "initiative", "programme",
    )
)  # fmt: skip
_GIVING: Final = frozenset(("give", "fund", "need", "approve", "mobilize", "receive", "announce"))
_GIVEN_TO: Final[tuple[ConceptKind, ...]] = ("initiative", "party", "organization", "convention")
_MOST: Final = 6


def givers(question: Question, index: RecordIndex) -> Together | None:
    """Every record of the stage asked for and of the one that the question names, where it names
    nobody who gives; the figures added where they may be."""
    stage = _stage(question)
    if stage is None or not _asks_all(question):
        return None
    named = {m.concept_id for m in question.names if m.kind in _GIVEN_TO}
    if len(named) != 1:
        return None
    found = list(_records(next(iter(named)), stage, index))
    if not 1 < len(found) <= _MOST or not _are_apart(found):
        return None
    found.sort(key=lambda one: (-(figure_of(one) or 0), one.id))
    claims = [RecordClaim(tuple(found), listed="provider")]
    total = RecordClaim(tuple(found), operation="sum")
    asks_sum = asks_one_number(question)
    if asks_sum and _may_be_added(found) and is_computable(total):
        claims.append(total)
    return Together(tuple(claims))


def _stage(question: Question) -> str | None:
    """The stage that is asked about; None for none or several. What is promised is a pledge: some
    languages have one word for a pledge and a commitment."""
    said = stages(question.text, question.language) & set(_STAGES)
    if any(m.concept_id == "term:pledge" for m in question.names):
        said |= {"pledged"}
    if said == {"pledged", "committed"}:
        return "pledged"
    return next(iter(said)) if len(said) == 1 else None


def _asks_all(question: Question) -> bool:
    """Whether it asks for money as such: of no year, place, purpose, instrument or part."""
    if not _KINDS & set(question.kinds) or question.kinds[0] not in _KINDS or denies(question):
        return False
    restricted = (
        question.years, question.numbers, question.units, question.nouns, question.sessions,
        question.references, question.decisions, question.rates, question.measures,
    )  # fmt: skip
    if any(restricted) or question.weighs or question.asks_member:
        return False
    if "how_many" in question.kinds and "money" not in question.wants_quantity:
        return False
    terms = {m.concept_id for m in question.names if m.kind == "term"}
    done = {*question.actions, *dict(question.done).values()}
    return terms <= _OF_MONEY and done <= _GIVING and not any(_tells(question))


def _tells(question: Question) -> Iterator[str]:
    """Words that narrow down what is asked."""
    return (w.stem for w in question.words if not (w.doubled or w.han))


def _records(named: str, stage: str, index: RecordIndex) -> Iterator[Record]:
    for record in index.by_id.values():
        one = record.statement
        if not isinstance(one, Funding) or one.stage != stage or one.part_of is not None:
            continue
        if named in (one.initiative, one.recipient):
            yield record


def _are_apart(records: Sequence[Record]) -> bool:
    """Whether each is somebody's: what nobody is named for may be what others gave."""
    given = [one.provider for r in records if isinstance(one := r.statement, Funding)]
    return all(given) and len(set(given)) == len(given)


def _may_be_added(records: Sequence[Record]) -> bool:
    """Whether the figures mean the same: bounded ones and exact ones have no sum."""
    return len({getattr(r.statement, "qualifier", "exact") for r in records}) == 1
