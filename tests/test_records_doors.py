"""Records through every door: HTTP, a desk in this process or over loopback, the command line."""

import csv
import io
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from api_samples import home_settings, written
from cli_calls import Landbrief
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from pydantic import SecretStr

from api.app import app_over
from api.desk import Desk
from api.house import House, open_house
from api.record_requests import request_of
from api.record_sheets import safe
from api.remote_desk import RemoteDesk
from api.schemas import IngestChoices
from kb.errors import InvalidQuery

TOKEN = "a-token"  # noqa: S105
FUNDING = """id,donor,initiative,purpose,amount,currency,stage,part_of
nor,Norway,IDRA,wells,40000000,USD,pledged,
nor-part,Norway,IDRA,pumps,5.25,USD,pledged,nor
fao,FAO,IDRA,seeds,2,EUR,disbursed,
ken,كينيا,IDRA,"'=SUM(A1) wells",7,USD,pledged,
"""
MEMBERS = """initiative,partner,role
IDRA,Norway,member
IDRA,FAO,member
Changwon Initiative,Norway,donor
"""
INTERNAL = "id,donor,initiative,purpose,amount,currency,stage\nin,Chad,IDRA,x,1,USD,pledged\n"


def fill(desk: Desk, folder: Path) -> None:
    for name, text, visibility in (
        ("funding.csv", FUNDING, None),
        ("partnerships.csv", MEMBERS, None),
        ("inside funding.csv", INTERNAL, "internal"),
    ):
        path = written(folder, name, text)
        choices = IngestChoices(visibility=visibility)  # type: ignore[arg-type]
        (report,) = desk.ingest([path], choices)
        assert (report.status, report.row_errors) == ("added", []), report


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(home_settings(tmp_path_factory.mktemp("home"))) as opened:
        # The names that ship, without what ships: only these records are held.
        from kb.records import loading

        with opened.kb.records._store.writing() as session:
            loading.load_shipped(session)
            loading.load_records(session, ())
        fill(opened.own, tmp_path_factory.mktemp("files"))
        yield opened


@pytest.fixture(scope="module")
def app(house: House) -> Any:
    settings = home_settings(house.kb.home, api_token=SecretStr(TOKEN))
    return app_over(house.public, house.own, settings)


@pytest.fixture(scope="module")
def client(app: Any) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000))


@pytest.fixture(scope="module", params=["local", "remote"])
def desk(request: pytest.FixtureRequest, house: House, app: Any) -> Iterator[Desk]:
    if request.param == "local":
        yield house.own
        return
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        with RemoteDesk(f"http://127.0.0.1:{listener.getsockname()[1]}", TOKEN) as remote:
            yield remote
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def problem(response: httpx2.Response) -> str:
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["detail"])


def test_a_record_has_the_agreed_fields(client: TestClient) -> None:
    body = client.get("/v1/records/funding", params={"id": "nor"}).json()
    assert set(body) == {"items", "next_cursor"}
    (item,) = body["items"]
    assert {
        "id": "nor",
        "kind": "funding",
        "status": "reviewed",
        "visibility": "public",
        "extracted_by": "funding.csv",
        "provider": "NOR",
        "initiative": "initiative:idra",
        "purpose": "name:wells",
        "amount": 40_000_000,
        "currency": "USD",
        "stage": "pledged",
        "qualifier": "exact",
        "period_start": None,
    }.items() <= item.items()
    assert item["names"]["provider"] == "Norway"
    (source,) = item["sources"]
    assert (source["document_id"], source["paragraph"], source["status"]) == (
        "funding.csv",
        "row 2",
        "file",
    )
    assert source["quote"].startswith("nor | Norway")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"party": "KEN"}, ["ken"]),
        ({"party": "肯尼亚"}, ["ken"]),
        ({"party": ["Кения", "NO"]}, ["ken", "nor", "nor-part"]),
        ({"provider": "organization:fao"}, ["fao"]),
        ({"organization": "FAO"}, ["fao"]),
        ({"initiative": "idra", "currency": "EUR"}, ["fao"]),
        ({"stage": "disbursed"}, ["fao"]),
        ({"minimum": "6", "maximum": "7"}, ["ken"]),
        ({"order": "-amount", "limit": 2}, ["nor", "ken"]),
        ({"also_in": "Changwon Initiative"}, ["nor", "nor-part"]),
        ({"not_in": "changwon"}, ["fao", "ken"]),
        ({"also_in": "changwon", "in_role": "member"}, []),
        ({"document": "funding.csv", "where.provider": "KEN"}, ["ken"]),
        ({"status": "candidate"}, []),
    ],
)
def test_filters_take_names_in_any_language(
    client: TestClient, query: dict[str, Any], expected: list[str]
) -> None:
    response = client.get("/v1/records/funding", params=query)
    assert [item["id"] for item in response.json()["items"]] == expected


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/v1/records/pledges", "funding"),
        ("/v1/records/funding?donor=x", "provider"),
        ("/v1/records/funding?stage=promised", "pledged"),
        ("/v1/records/funding?party=Atlantis", "Atlantis"),
        ("/v1/records/funding?limit=0", "limit"),
        ("/v1/records/funding?limit=x", "limit"),
        ("/v1/records/funding?status=good", "status"),
        ("/v1/records/funding?cursor=x", "cursor"),
        ("/v1/records/funding?since=soon", "soon"),
        ("/v1/records/funding?minimum=x", "minimum"),
        ("/v1/records/funding?not_in=idra&in_role=boss", "member"),
        ("/v1/records/funding?order=colour", "colour"),
        ("/v1/records/funding/count?group_by=colour", "colour"),
        ("/v1/records/events/totals", "funding"),
        ("/v1/records/funding/changes?compare=a", "compare"),
        ("/v1/records/funding/changes?compare=a&compare=b", "no document"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_that_names_what_can(
    client: TestClient, path: str, said: str
) -> None:
    assert said in problem(client.get(path))


def test_pages_follow_one_another(client: TestClient) -> None:
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        body = client.get("/v1/records/funding", params=query).json()
        seen += [item["id"] for item in body["items"]]
        if body["next_cursor"] is None:
            break
        query["cursor"] = body["next_cursor"]
    assert seen == ["fao", "ken", "nor", "nor-part"]


def test_internal_records_reach_only_their_owner(client: TestClient) -> None:
    owner = {"Authorization": f"Bearer {TOKEN}"}
    ask = {"party": "Chad"}
    assert client.get("/v1/records/funding", params=ask).json()["items"] == []
    (item,) = client.get("/v1/records/funding", params=ask, headers=owner).json()["items"]
    assert (item["id"], item["visibility"]) == ("in", "internal")
    assert client.get("/v1/records/funding/count").json()["count"] == 4
    assert client.get("/v1/records/funding/count", headers=owner).json()["count"] == 5


def test_totals_say_what_they_took_and_left_out(client: TestClient) -> None:
    items = client.get("/v1/records/funding/totals").json()["items"]
    usd = next(one for one in items if one["of"]["currency"] == "USD")
    assert (usd["value"], usd["records"], usd["left_out"]) == (
        40_000_007,
        ["ken", "nor"],
        {"nor-part": "nor"},
    )


def test_csv_is_a_file_of_all_or_a_page(client: TestClient) -> None:
    accept = {"Accept": "text/csv"}
    whole = client.get("/v1/records/funding", headers=accept)
    assert whole.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(whole.text.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == ["fao", "ken", "nor", "nor-part"]
    assert rows[3]["amount"] == "5.25"
    page = client.get("/v1/records/funding", params={"limit": 1}, headers=accept)
    assert 'rel="next"' in page.headers["link"]
    assert len(page.text.splitlines()) == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", "\rx"])
def test_an_exported_cell_never_begins_as_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_every_desk_gives_the_same(desk: Desk) -> None:
    request = request_of("funding", [("party", "NOR"), ("where.stage", "pledged"), ("limit", "1")])
    page = desk.records(request)
    assert [item.id for item in page.items] == ["nor"]
    assert page.next_cursor is not None
    assert page.items[0].fields["amount"] == 40_000_000
    assert desk.record_count(request, ["stage"]).items[0].key == {"stage": "pledged"}
    assert desk.record_totals(request, ["provider"]).items[0].names["provider"] == "Norway"
    with pytest.raises(InvalidQuery, match="colour"):
        desk.record_count(request, ["colour"])
    with pytest.raises(InvalidQuery, match="no document"):
        desk.record_changes(request, "COP(1)", "COP(2)")


@pytest.fixture
def landbrief(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Landbrief:
    monkeypatch.setenv("LANDBRIEF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANDBRIEF_LOCK_WAIT_SECONDS", "0.3")
    monkeypatch.chdir(tmp_path)
    return Landbrief(capsys)


def test_the_command_line_imports_asks_sums_and_exports(
    landbrief: Landbrief, tmp_path: Path
) -> None:
    path = written(tmp_path, "my funding.csv", FUNDING.replace(",7,", ",-7,"))
    ended = landbrief("ingest", path)
    assert ended.code == 1
    assert "3 records" in ended.out
    assert 'row 5, amount: "-7" is negative' in ended.out

    mine = ("--document", "my funding.csv")
    assert "amount: 40,000,000" in landbrief("records", "funding", *mine, "--party", "NOR").out
    assert "40,000,000  USD · pledged" in landbrief("records", "funding", *mine, "--sum").out
    assert "3 records" in landbrief("records", "funding", *mine, "--count").out
    found = json.loads(landbrief("records", "funding", *mine, "--format", "json").out)
    assert [item["id"] for item in found["items"]] == ["fao", "nor", "nor-part"]

    assert landbrief("records", "funding", *mine, "-o", "out.xlsx").code == 0
    sheet = load_workbook("out.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == ["id", "fao", "nor", "nor-part"]

    assert landbrief("remove", "my funding.csv").code == 0
    assert landbrief("records", "funding", *mine, "--count").out.startswith("0 records")


def test_what_is_exported_can_be_ingested_again(landbrief: Landbrief, tmp_path: Path) -> None:
    landbrief("ingest", written(tmp_path, "funding.csv", FUNDING))
    mine = ("--document", "funding.csv")
    before = json.loads(landbrief("records", "funding", *mine, "--format", "json").out)["items"]
    for name in ("funding-out.csv", "funding-out.xlsx", "funding-out.json"):
        assert landbrief("records", "funding", *mine, "-o", name).code == 0
        ended = landbrief("ingest", tmp_path / name)
        assert ended.code == 0, ended.out
        after = json.loads(landbrief("records", "funding", *mine, "--format", "json").out)["items"]
        for item in (*before, *after):
            item["extracted_by"] = ""
        assert after == before


def test_a_template_is_a_form_that_can_be_filled_in(landbrief: Landbrief, tmp_path: Path) -> None:
    from kb.records.kinds import RECORD_KINDS

    for kind in RECORD_KINDS:
        out = landbrief("records", "template", kind).out
        assert out.startswith("id,")
        assert landbrief("records", "template", kind, "-o", f"{kind}.xlsx").code == 0
    form = landbrief("records", "template", "targets").out
    row = "t1,KEN,restore,5,ha,,,2030,,,KEN,,,,\n"
    ended = landbrief("ingest", written(tmp_path, "filled.csv", form + row))
    assert (ended.code, "1 record" in ended.out) == (0, True), ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("records", "pledges"),
        ("records", "funding", "--where", "colour"),
        ("records", "funding", "--stage", "promised"),
        ("records", "template", "pledges"),
        ("records", "template"),
        ("records", "funding", "more"),
        ("records", "funding", "--format", "xlsx"),
    ],
)
def test_a_wrong_question_ends_with_one_line(
    landbrief: Landbrief, arguments: tuple[str, ...]
) -> None:
    ended = landbrief(*arguments)
    assert ended.code != 0
    assert ended.out == ""
    assert ended.err


def test_an_upload_of_bad_rows_names_each(client: TestClient) -> None:
    bad = FUNDING.replace("pledged", "promised").replace("disbursed", "promised")
    response = client.post("/v1/documents", files={"file": ("bad funding.csv", bad.encode())})
    assert problem(response)
    assert len(response.json()["errors"]) >= 4
