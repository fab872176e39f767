"""The amounts and dates of whole documents, against gold made by hand."""

import pytest
from extraction_recall import Recall, pairs, recall


def _sum(folder: str, documents: str) -> tuple[Recall, Recall]:
    amounts, dates = Recall(), Recall()
    for gold, document in pairs(folder, documents):
        for whole, part in zip((amounts, dates), recall(gold, document), strict=True):
            whole.wanted += part.wanted
            whole.found += part.found
            whole.missing += part.missing
    return amounts, dates


@pytest.mark.parametrize(
    ("folder", "documents"),
    [("", "documents"), ("heldout", "heldout2"), ("heldout_later", "heldout")],
)
def test_four_fifths_of_amounts_and_dates_are_proposed(folder: str, documents: str) -> None:
    amounts, dates = _sum(folder, documents)
    assert amounts.wanted >= 30
    assert dates.wanted >= 60
    assert amounts.found >= 0.8 * amounts.wanted, amounts.missing
    assert dates.found >= 0.78 * dates.wanted, dates.missing
