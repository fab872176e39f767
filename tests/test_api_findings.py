"""Figures that do not agree are shown and judged at the desk."""

from pathlib import Path

from api.house import open_house
from api.schemas import FindingsRequest, JudgeRequest
from kb.settings import Settings


def test_a_contradiction_is_shown_with_its_paragraph_and_judged(tmp_path: Path) -> None:
    with open_house(Settings(home=tmp_path, lock_wait_seconds=0)) as house:
        house.own.init()
        first, *rest = house.own.findings(FindingsRequest(language="fr")).items
        assert (first.kind, first.rule, first.status) == ("contradiction", "parts", "open")
        assert [source.label for source in first.sources] == ["CRIC(23), point 2(a), par. 91"]
        judged = house.own.judge(JudgeRequest(verdict="accept", ids=[first.id]))
        assert judged.changed == 1
        left = house.own.findings(FindingsRequest()).items
        assert [one.id for one in left] == [one.id for one in rest]
        accepted = house.own.findings(FindingsRequest(status=["accepted"])).items
        assert [one.id for one in accepted] == [first.id]
