"""What `make check` says of the packages that LandBrief pins."""

import json

import pytest
from package_audit import UNREACHED, verdict

CLEAN = {"name": "a", "version": "1", "vulns": []}
FLAWED = {"name": "b", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


def test_a_known_flaw_fails_the_check() -> None:
    code, lines = verdict(json.dumps({"dependencies": [CLEAN, FLAWED, SKIPPED]}))
    assert (code, lines) == (1, ["b 2: X-1 (mended in 3)"])


def test_what_was_checked_is_counted() -> None:
    code, lines = verdict(json.dumps({"dependencies": [CLEAN, SKIPPED]}))
    assert code == 0
    assert "1 of 2 packages" in lines[0]


@pytest.mark.parametrize(
    "report", [None, "", "no JSON", "[]", json.dumps({"dependencies": [SKIPPED]})]
)
def test_without_a_network_the_check_passes_and_says_that_it_checked_nothing(
    report: str | None,
) -> None:
    assert verdict(report) == (0, [UNREACHED])
