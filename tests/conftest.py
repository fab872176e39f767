"""For every test: nothing leaves this machine, no setting of the developer's gets in, and where
LANDBRIEF_NO_SKIPS is set, a test that is skipped has failed."""

import os
from collections.abc import Generator, Iterator

import pytest
from offline import network_guard

from kb.settings import PREFIX, Settings

_attempts: list[str] = []
network_guard.install(_attempts.append)


@pytest.fixture(autouse=True)
def _offline() -> Iterator[None]:
    """Fails the test that tries to leave, even if the program swallowed the refusal."""
    _attempts.clear()
    yield
    assert not _attempts, f"tried to leave this machine: {_attempts}"


@pytest.fixture(autouse=True)
def _default_settings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for field in set(Settings.model_fields) - {"originals"}:
        monkeypatch.delenv(PREFIX + field.upper(), raising=False)
    monkeypatch.setenv("LANDBRIEF_HOME", str(tmp_path_factory.getbasetemp() / "unused-home"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("LANDBRIEF_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and here nothing may be: {report.longrepr}"
    return report
