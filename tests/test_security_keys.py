"""Keys, limits, and what is written down: each by itself, and the commands."""

import json
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from api_samples import WELLS, WELLS_ID, home_settings, written
from api_serving import ROOT, environment, landbrief, serving
from fastapi.testclient import TestClient
from pydantic import SecretStr, ValidationError

from api.app import app_over
from api.house import House, open_house
from api.schemas import IngestChoices, JudgeRequest
from api.schemas.keys import KeyRequest
from api.security.access import access_of, check_exposure
from api.security.audit import FILE_NAME
from api.security.key_ring import KeyRing
from api.security.log_secrets import SecretsHidden, hide_secrets, without_secrets
from api.security.rates import Rates, network_of
from api.security.secret_keys import id_in, is_made_of, make_key
from kb.errors import LandBriefError, NotFound, SettingsError
from kb.keys import ApiKey, KeyStore, has_keys
from kb.store import open_store


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(home_settings(tmp_path_factory.mktemp("home"))) as opened:
        yield opened


def test_only_a_slow_hash_of_a_key_is_kept(house: House) -> None:
    made = house.own.add_key(KeyRequest(name="slow", role="editor", internal=True))
    kept = next(key for key in house.kb.keys.all() if key.id == made.id)
    assert kept.hash.startswith("$argon2id$")
    assert (kept.role, kept.internal, kept.revoked_at) == ("editor", True, None)
    secret = made.key.removeprefix(made.prefix)
    for path in house.kb.home.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path
    assert secret not in house.own.keys().model_dump_json()
    assert is_made_of(kept.hash, made.key)
    assert not is_made_of(kept.hash, made.key[:-1] + ("A" if made.key[-1] != "A" else "B"))
    assert not is_made_of("no hash", made.key)


def test_two_keys_in_use_never_share_a_name(house: House) -> None:
    house.own.add_key(KeyRequest(name="one"))
    with pytest.raises(LandBriefError, match="in use"):
        house.own.add_key(KeyRequest(name="one"))
    house.own.revoke_key("one")
    again = house.own.add_key(KeyRequest(name="one"))
    assert house.own.revoke_key(again.prefix).id == again.id
    with pytest.raises(NotFound, match="was revoked"):
        house.own.revoke_key("one")
    with pytest.raises(NotFound, match="no key"):
        house.own.revoke_key("nobody")
    with pytest.raises(ValidationError):
        KeyRequest(name="two\nlines")


class Held:
    """Keys in memory, and how often the slow hash was asked."""

    def __init__(self) -> None:
        self.made = make_key()
        self.key = ApiKey(
            self.made.id, "a", "reader", False, self.made.hashed, datetime(2026, 1, 1, tzinfo=UTC)
        )
        self.keys = (self.key,)
        self.changes = 0
        self.hashed = 0
        self.now = 0.0

    def all(self) -> tuple[ApiKey, ...]:
        return self.keys

    def matches(self, hashed: str, text: str) -> bool:
        self.hashed += 1
        return (hashed, text) == (self.key.hash, self.made.text)

    def ring(self) -> KeyRing:
        return KeyRing(self, matches=self.matches, clock=lambda: self.now)


def test_a_key_is_hashed_slowly_once() -> None:
    held = Held()
    ring = held.ring()
    assert ring.known(held.made.text) is None
    for _ in range(5):
        assert ring.find(held.made.text) == held.key
        assert ring.known(held.made.text) == held.key
    assert held.hashed == 1
    for wrong in (held.made.text[:-1] + "!", held.made.text[:-2] + "xx", "", "lb_", "é"):
        assert ring.known(wrong) is None
        assert ring.find(wrong) is None


def test_a_revoked_key_opens_nothing_from_that_moment() -> None:
    held = Held()
    ring = held.ring()
    ring.find(held.made.text)
    held.keys = ()
    held.changes += 1  # in this process
    assert ring.known(held.made.text) is None
    assert ring.find(held.made.text) is None


def test_a_key_revoked_by_another_process_opens_nothing_after_a_second() -> None:
    held = Held()
    ring = held.ring()
    ring.find(held.made.text)
    held.keys = ()
    held.now = 1.5
    assert ring.known(held.made.text) is None
    assert ring.find(held.made.text) is None


def test_a_key_has_one_form() -> None:
    made = make_key()
    assert id_in(made.text) == made.id
    assert made.text != make_key().text
    for other in (made.text + "x", made.text[1:], made.text.upper(), f" {made.text}", "sk-abc"):
        assert id_in(other) is None


def test_rates_let_so_many_through_and_then_one_at_a_time() -> None:
    now = 0.0
    rates = Rates(60, clock=lambda: now)
    assert [rates.wait("a") for _ in range(61)] == [None] * 60 + [1]
    assert rates.wait("b") is None
    now = 2.0
    assert [rates.wait("a") for _ in range(3)] == [None, None, 1]
    slow = Rates(1, clock=lambda: now)
    assert [slow.wait("a"), slow.wait("a")] == [None, 60]
    assert all(Rates(0).wait("a") is None for _ in range(1_000))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_of_version_6_counts_with_its_neighbours(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_server_for_other_machines_wants_a_key_first(tmp_path: Path) -> None:
    settings = home_settings(tmp_path, host="192.0.2.1")
    with pytest.raises(SettingsError, match="landbrief keys add"):
        check_exposure(settings, insecure=False, has_keys=lambda: False)
    check_exposure(settings, insecure=True, has_keys=lambda: False)
    check_exposure(settings, insecure=False, has_keys=lambda: True)
    check_exposure(home_settings(tmp_path), insecure=False, has_keys=lambda: False)
    with pytest.raises(SettingsError, match="contradict"):
        check_exposure(
            home_settings(tmp_path, require_key=True), insecure=True, has_keys=lambda: True
        )
    assert access_of(settings, None).without_key is None
    assert access_of(settings, None, insecure=True).without_key == "editor"
    assert access_of(home_settings(tmp_path), None).without_key == "editor"
    assert access_of(home_settings(tmp_path, require_key=True), None).without_key is None


def test_whether_there_is_a_key_is_known_without_making_anything(tmp_path: Path) -> None:
    assert not has_keys(tmp_path)
    assert list(tmp_path.iterdir()) == []
    store = open_store(tmp_path)
    keys = KeyStore(store)
    assert not has_keys(tmp_path)
    made = make_key()
    keys.add(made.id, "a", "reader", internal=False, hashed=made.hashed)
    assert has_keys(tmp_path)
    keys.revoke("a")
    assert not has_keys(tmp_path)
    store.close()


def test_every_write_is_noted_with_who_and_when_and_nothing_of_what_is_asked(
    tmp_path: Path,
) -> None:
    settings = home_settings(tmp_path / "home", require_key=True, api_token=SecretStr("own-token"))
    with open_house(settings) as house:
        list(house.own.ingest([written(tmp_path, "wells.txt", WELLS)], IngestChoices()))
        key = house.own.add_key(KeyRequest(name="desk", role="admin"))
        app = app_over(house.public, house.own, settings, access_of(settings, house.kb.keys))
        client = TestClient(app, base_url="http://127.0.0.1", client=("192.0.2.7", 50_000))
        shown = {"Authorization": f"Bearer {key.key}"}
        client.post("/v1/ask", json={"question": "How many camel troughs?"}, headers=shown)
        client.get("/v1/search?q=camel", headers=shown)
        note = b"A note on sieves\n\n1. The sieve was mended.\n"
        client.post("/v1/documents", files={"file": ("s.txt", note)}, headers=shown)
        client.delete(f"/v1/documents/{WELLS_ID}", headers=shown)
        house.own.judge(JudgeRequest(verdict="accept", ids=[], by="Ann"))
        house.own.reindex()
        house.own.revoke_key("desk")
    path = tmp_path / "home" / FILE_NAME
    text = path.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["action"] for line in lines] == [
        *("ingest", "key.add", "ingest", "remove", "accept", "reindex", "key.revoke")
    ]
    assert lines[0]["who"].startswith("command (")
    assert lines[2]["who"] == lines[3]["who"] == f"key {key.id} (desk)"
    assert (lines[2]["address"], lines[2]["file"]) == ("192.0.2.7", "s.txt")
    assert lines[3]["document"] == WELLS_ID
    assert lines[4]["by"] == "Ann"
    assert all(datetime.fromisoformat(line["at"]).tzinfo is not None for line in lines)
    for secret in ("camel", key.key, "own-token"):
        assert secret not in text
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_secret_is_ever_logged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = make_key().text
    settings = home_settings(
        tmp_path,
        api_token=SecretStr("token-of-the-owner"),
        chat_api_key=SecretStr("sk-chat-secret"),
    )
    handler = logging.StreamHandler(sys.stdout)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        hide_secrets(settings)
        assert isinstance(handler.formatter, SecretsHidden)
        log = logging.getLogger("landbrief.test")
        log.warning("request with Authorization: Bearer %s", key)
        log.warning("x-api-key: %s and token-of-the-owner", key)
        try:
            raise ValueError(f"cannot reach the model with sk-chat-secret and {key}")
        except ValueError:
            log.exception("it failed")
        log.warning("Bearer eyJhbGciOi.J9.abc-def_123")
    finally:
        root.removeHandler(handler)
    said = capsys.readouterr().out
    assert said.count("********") >= 5
    for secret in (key.rpartition("_")[2], "token-of-the-owner", "sk-chat-secret", "eyJhbGciOi"):
        assert secret not in said
    assert without_secrets("the bearer of good news") == "the bearer of good news"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that the commands use, one after another."""
    return tmp_path_factory.mktemp("of-commands") / "home"


def test_the_commands_make_list_and_revoke_keys_beside_a_server(home: Path) -> None:
    first = json.loads(landbrief(home, "keys", "add", "ann", "--json").stdout)
    assert first["key"].startswith(first["prefix"])
    with serving(home, extra={"LANDBRIEF_REQUIRE_KEY": "1"}) as (url, _):

        def status(key: str) -> int:
            headers = {"X-API-Key": key}
            return httpx.get(
                f"{url}/v1/models", headers=headers, timeout=60, trust_env=False
            ).status_code

        assert (status(first["key"]), status("")) == (200, 401)
        added = landbrief(home, "keys", "add", "bob", "--role", "admin", "--internal").stdout
        second = added.splitlines()[0]
        assert status(second) == 200
        listed = landbrief(home, "keys", "list").stdout
        assert "ann: reader" in listed
        assert "bob: admin, sees internal documents" in listed
        assert second not in listed
        assert landbrief(home, "keys", "revoke", "bob").returncode == 0
        assert (status(second), status(first["key"])) == (401, 200)
        assert "revoked" in landbrief(home, "keys", "list").stdout
        assert landbrief(home, "keys", "revoke", "bob").returncode == 1
        assert landbrief(home, "keys", "add", "ann").returncode == 1
        assert landbrief(home, "search", "drought").returncode == 0


def test_a_question_on_the_command_line_loads_no_hash(home: Path) -> None:
    script = (
        "import sys; from api.cli import main\n"
        "try:\n    main(['ask', 'What is drought?'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'argon2', 'ingestion.isolated', 'multiprocessing.pool'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.stdout.splitlines()[-1] == "[]", ran.stdout + ran.stderr
