"""One contract for every desk: in this process, and over loopback HTTP."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from api_samples import (
    PLANS_ID,
    TOOLS,
    TOOLS_ID,
    WELLS,
    WELLS_CHANGED,
    WELLS_ID,
    home_settings,
    written,
)
from pydantic import SecretStr

from api.app import app_over
from api.desk import Desk, EditionChoice
from api.gate import Gate
from api.house import open_house
from api.local_desk import LocalDesk
from api.remote_desk import RemoteDesk
from api.schemas import (
    AskRequest,
    FindingsRequest,
    IngestChoices,
    JudgeRequest,
    Progress,
    RecordRequest,
    SearchRequest,
)
from kb.errors import LandBriefError, NotFound, StoreBusy, Withdrawn

ANY = EditionChoice()
TOKEN = "a-token"  # noqa: S105


@pytest.fixture(params=["local", "remote"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    settings = home_settings(tmp_path / "home", api_token=SecretStr(TOKEN))
    with open_house(settings) as house:
        if request.param == "local":
            yield house.own
            return
        with (
            _served(app_over(house.public, house.own, settings)) as url,
            RemoteDesk(url, TOKEN) as remote,
        ):
            yield remote


@contextmanager
def _served(app: object) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", lifespan="off")  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def wells(desk: Desk, tmp_path: Path) -> Path:
    path = written(tmp_path / "files", "wells.txt", WELLS)
    assert [r.status for r in desk.ingest([path], IngestChoices())] == ["added"]
    return path


def _found(desk: Desk, query: str) -> list[tuple[str, str]]:
    hits = desk.search(SearchRequest(q=query, k=1)).hits
    return [(hit.document_id, hit.paragraph) for hit in hits]


@pytest.mark.usefixtures("wells")
def test_what_is_ingested_is_read_found_and_cited(desk: Desk) -> None:
    assert [p.paragraph for p in desk.document(WELLS_ID, ANY).paragraphs] == ["1", "2", "3"]
    assert "salaries" in desk.paragraph(WELLS_ID, "2(b)(ii)", ANY).text
    assert _found(desk, "camel troughs") == [(WELLS_ID, "3")]
    answer = desk.ask(AskRequest(question="How many wells has the Lumen Wells Partnership dug?"))
    assert answer.citations[0].document_id == WELLS_ID
    assert [item.document_id for item in desk.documents().items] == [WELLS_ID]


def test_a_changed_file_is_updated_and_an_unchanged_one_is_not(desk: Desk, wells: Path) -> None:
    assert [r.status for r in desk.ingest([wells], IngestChoices())] == ["unchanged"]
    wells.write_text(WELLS_CHANGED)
    assert [r.status for r in desk.ingest([wells], IngestChoices())] == ["updated"]
    assert "goat fences" in desk.paragraph(WELLS_ID, "3", ANY).text
    old = desk.paragraph(WELLS_ID, "3", EditionChoice(version=1))
    assert ("camel troughs" in old.text, old.status) == (True, "superseded")


def test_paths_are_reported_as_they_were_given(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    written(folder / "deep", "wells.txt", WELLS)
    written(folder, "empty.txt", "")
    monkeypatch.chdir(tmp_path)
    absolute = written(tmp_path / "other", "tools.txt", TOOLS)
    given = [Path("folder"), absolute, Path("missing.txt")]
    reports = list(desk.ingest(given, IngestChoices()))
    assert [(r.path, r.status) for r in reports] == [
        ("folder/deep/wells.txt", "added"),
        ("folder/empty.txt", "rejected"),
        (str(absolute), "added"),
        ("missing.txt", "rejected"),
    ]
    assert all("\n" not in r.reason for r in reports if r.reason)


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX alone")
def test_a_file_name_that_is_no_unicode_is_reported(desk: Desk, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/wells\xff.txt"))
    path.write_text(WELLS)
    (report,) = desk.ingest([path], IngestChoices())
    assert report.path == f"{tmp_path}/wells\\xff.txt"


def test_progress_is_told(desk: Desk, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        written(tmp_path / "folder", f"{name}.txt", WELLS)
    told: list[Progress] = []
    list(desk.ingest([tmp_path / "folder"], IngestChoices(), told.append))
    assert [progress.done for progress in told] == [0, 1, 2]
    assert {progress.total for progress in told} == {3}


def test_closing_an_ingestion_ends_it_after_the_file_in_hand(desk: Desk, tmp_path: Path) -> None:
    for n in range(30):
        written(tmp_path / "folder", f"{n:02}.txt", f"1. The number {n} is unlike any other.")
    reports = desk.ingest([tmp_path / "folder"], IngestChoices())
    next(reports)
    reports.close()
    # Other writers get their turn, and what was begun is whole.
    desk.init()
    assert desk.verify().problems == []


def test_the_choices_of_the_user_are_kept(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "tools.txt", "1. A spade lasts nine years when it is oiled.")
    choices = IngestChoices(
        document_id=TOOLS_ID, symbol="T/1", language="en", title="Tools", visibility="internal"
    )
    (report,) = desk.ingest([path], choices)
    assert (report.document_id, report.symbol) == (TOOLS_ID, "T/1")
    held = desk.document("T/1", ANY)
    assert (held.document_id, held.title) == (TOOLS_ID, "Tools")
    assert desk.documents().items[0].visibility == "internal"


def test_the_owner_sees_internal_documents(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "plans.txt", "1. The obsidian reservoir will be built in 2033.")
    choices = IngestChoices(document_id=PLANS_ID, visibility="internal")
    list(desk.ingest([path], choices))
    assert desk.document(PLANS_ID, ANY).document_id == PLANS_ID
    assert _found(desk, "obsidian reservoir") == [(PLANS_ID, "1")]
    answer = desk.ask(AskRequest(question="When will the obsidian reservoir be built?"))
    assert [citation.document_id for citation in answer.citations] == [PLANS_ID]


@pytest.mark.usefixtures("wells")
def test_what_is_removed_is_neither_found_nor_read(desk: Desk) -> None:
    removed = desk.remove(WELLS_ID, None)
    assert (removed.document_id, removed.editions) == (WELLS_ID, 1)
    assert _found(desk, "camel troughs") == []
    assert desk.documents().items == []
    with pytest.raises(Withdrawn):
        desk.document(WELLS_ID, ANY)
    with pytest.raises(Withdrawn):
        desk.remove(WELLS_ID, None)


@pytest.mark.usefixtures("wells")
def test_an_unknown_name_raises_with_the_near_ones(desk: Desk) -> None:
    for call in (
        lambda: desk.document("ICCD/COP(98)/8", ANY),
        lambda: desk.paragraph("ICCD/COP(98)/8", "1", ANY),
        lambda: desk.remove("ICCD/COP(98)/8", None),
        lambda: desk.search(SearchRequest(q="x", document="ICCD/COP(98)/8")),
        lambda: desk.ask(AskRequest(question="x?", documents=["ICCD/COP(98)/8"])),
    ):
        with pytest.raises(NotFound, match=r"did you mean .ICCD/COP\(98\)/7"):
            call()


@pytest.mark.usefixtures("wells")
def test_a_missing_paragraph_or_version_raises(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.paragraph(WELLS_ID, "99", ANY)
    with pytest.raises(NotFound):
        desk.document(WELLS_ID, EditionChoice(version=9))
    with pytest.raises(NotFound):
        desk.remove(WELLS_ID, 9)


@pytest.mark.usefixtures("wells")
def test_the_stores_agree_before_and_after_a_reindex(desk: Desk) -> None:
    assert desk.verify().problems == []
    assert desk.reindex().documents == 1
    assert desk.verify().problems == []
    assert _found(desk, "camel troughs") == [(WELLS_ID, "3")]


def _waiting(desk: Desk, *status: str) -> dict[str, str | None]:
    """Ids of observations, each with who judged it."""
    wanted = list(status) or ["candidate"]
    request = RecordRequest.model_validate({"kind": "observations", "status": wanted})
    return {one.id: one.judged_by for one in desk.records(request).items}


@pytest.mark.usefixtures("wells")
def test_a_candidate_is_judged_and_it_is_kept_by_whom(desk: Desk) -> None:
    first, *rest = _waiting(desk)
    judged = desk.judge(JudgeRequest(verdict="accept", ids=[first], by="Amina"))
    assert (judged.verdict, judged.changed) == ("accept", 1)
    assert _waiting(desk, "reviewed") == {first: "Amina"}
    request = RecordRequest(kind="observations", id=[first], judged=True)
    (record,) = desk.records(request).items
    assert record.judged_at is not None
    assert record.judged_at.tzinfo is not None
    again = desk.judge(JudgeRequest(verdict="reject", all_of=WELLS_ID, by="Boris"))
    assert again.changed >= len(rest)
    assert set(_waiting(desk, "rejected").values()) == ({"Boris"} if rest else set())
    assert _waiting(desk) == {}


@pytest.mark.usefixtures("wells")
def test_an_unknown_id_judges_nothing(desk: Desk) -> None:
    held = _waiting(desk)
    with pytest.raises(NotFound, match="found-nothing"):
        desk.judge(JudgeRequest(verdict="reject", ids=[*held, "found-nothing"]))
    assert _waiting(desk) == held


def test_findings_are_shown_and_judged(desk: Desk) -> None:
    assert desk.findings(FindingsRequest()).items == []
    desk.init()
    first, *rest = desk.findings(FindingsRequest(language="es")).items
    assert first.kind == "contradiction"
    assert first.sources[0].label.startswith("CRIC(23)")
    assert desk.judge(JudgeRequest(verdict="accept", ids=[first.id])).changed == 1
    assert [one.id for one in desk.findings(FindingsRequest()).items] == [one.id for one in rest]
    accepted = desk.findings(FindingsRequest(status=["accepted"])).items
    assert [one.id for one in accepted] == [first.id]


def test_init_is_harmless_to_repeat(desk: Desk) -> None:
    first = desk.init()
    assert first.documents > 0
    assert desk.init() == first


def test_a_desk_behind_a_closed_gate_writes_no_more(tmp_path: Path) -> None:
    gate = Gate()
    with open_house(home_settings(tmp_path / "home")) as house:
        desk = LocalDesk(house.kb, None, home_settings(tmp_path / "home"), gate=gate)  # type: ignore[arg-type]
        gate.close()
        with pytest.raises(StoreBusy):
            list(desk.ingest([tmp_path], IngestChoices()))
        with pytest.raises(StoreBusy):
            desk.init()


def test_a_server_that_is_gone_is_one_plain_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with RemoteDesk(f"http://127.0.0.1:{port}", TOKEN) as remote:
        with pytest.raises(StoreBusy, match="does not answer"):
            remote.verify()
        with pytest.raises(StoreBusy, match="does not answer"):
            list(remote.ingest([Path("x")], IngestChoices()))


def test_a_wrong_token_is_one_plain_error(tmp_path: Path) -> None:
    settings = home_settings(tmp_path, api_token=SecretStr(TOKEN))
    with (
        open_house(settings) as house,
        _served(app_over(house.public, house.own, settings)) as url,
        RemoteDesk(url, "another") as remote,
    ):
        with pytest.raises(LandBriefError, match="token"):
            remote.verify()
        with pytest.raises(LandBriefError, match="token"):
            list(remote.ingest([tmp_path], IngestChoices()))


def test_a_proxy_of_the_environment_never_gets_the_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    settings = home_settings(tmp_path, api_token=SecretStr(TOKEN))
    with (
        open_house(settings) as house,
        _served(app_over(house.public, house.own, settings)) as url,
        RemoteDesk(url, TOKEN) as remote,
    ):
        assert remote.verify().problems == []


def test_closing_the_gate_waits_for_who_is_inside() -> None:
    gate = Gate()
    inside, leave = threading.Event(), threading.Event()

    def work() -> None:
        with gate.entered():
            inside.set()
            leave.wait()

    worker = threading.Thread(target=work)
    worker.start()
    inside.wait()
    closing = threading.Thread(target=gate.close)
    closing.start()
    closing.join(0.05)
    assert closing.is_alive()
    leave.set()
    closing.join(5)
    worker.join(5)
    assert not closing.is_alive()
