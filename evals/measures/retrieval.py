"""Retrieval measures with binary judgements, under the names that `ir_measures` uses.

`ranked` are ids, best first, each once; `relevant` are the judged ones (qrels). Where nothing is
relevant nothing can be measured: ValueError, not 0. What was not retrieved scores 0.
"""

from collections.abc import Sequence, Set
from math import log2


def recall_at_k(ranked: Sequence[str], relevant: Set[str], k: int) -> float:
    """R@k: share of `relevant` among the first `k` of `ranked`, in [0, 1].

    Raises ValueError if `relevant` is empty or an id is ranked twice.
    Source: Manning, Raghavan & Schütze (2008), Introduction to Information Retrieval, §8.4.
    """
    _check(ranked, relevant)
    return sum(one in relevant for one in ranked[:k]) / len(relevant)


def reciprocal_rank(ranked: Sequence[str], relevant: Set[str]) -> float:
    """RR: 1 / rank of the first relevant id, 0 where none is ranked.

    Raises ValueError as `recall_at_k`.
    Source: Kantor & Voorhees (2000), The TREC-5 Confusion Track.
    """
    rank = first_rank(ranked, relevant)
    return 0.0 if rank is None else 1.0 / rank


def ndcg_at_k(ranked: Sequence[str], relevant: Set[str], k: int = 10) -> float:
    """nDCG@k with gain 1 and discount log2(rank + 1), in [0, 1].

    Raises ValueError as `recall_at_k`. Source: Järvelin & Kekäläinen (2002), Cumulated gain-based
    evaluation of IR techniques, in the form of trec_eval.
    """
    _check(ranked, relevant)
    gained = sum(1.0 / log2(r + 1) for r, one in enumerate(ranked[:k], start=1) if one in relevant)
    ideal = sum(1.0 / log2(r + 1) for r in range(1, min(k, len(relevant)) + 1))
    return gained / ideal


def first_rank(ranked: Sequence[str], relevant: Set[str]) -> int | None:
    """Rank, from 1, of the first relevant id; None where none is ranked. Raises ValueError."""
    _check(ranked, relevant)
    return next((rank for rank, one in enumerate(ranked, start=1) if one in relevant), None)


def _check(ranked: Sequence[str], relevant: Set[str]) -> None:
    if not relevant:
        raise ValueError("nothing is relevant: the measure is undefined")
    if len(set(ranked)) != len(ranked):
        raise ValueError("an id is ranked twice")
