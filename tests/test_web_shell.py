"""The shell of the page in a real browser."""

import re
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from api_serving import landbrief, serving
from browser import (
    WIDTHS,
    Opened,
    chromium,
    console_errors,
    opened,
    outside_requests,
    ready,
    served,
    violations,
)
from playwright.sync_api import Page, expect

__all__ = ["chromium", "opened", "served"]

PLACES = ("/", "/documents", "/records", "/brief")
_ASKING = {"LANDBRIEF_REQUIRE_KEY": "true"}


def _clean(page: Page) -> None:
    assert console_errors(page) == []
    assert outside_requests(page) == []


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_place_opens_without_a_flaw(opened: Opened, path: str, language: str, width: str) -> None:
    page = opened(path, width=width, language=language)
    root = page.locator("html")
    expect(root).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    assert (root.get_attribute("lang") or "").startswith(language)
    expect(page.locator("main h1")).to_have_count(1)
    expect(page.locator("[aria-current=page]:visible")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls aside"
    assert violations(page) == []
    _clean(page)


def test_a_dark_page_keeps_its_contrast(opened: Opened) -> None:
    page = opened("/", theme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(20, 26, 23)"
    assert violations(page) == []


def test_the_first_content_is_there_within_a_second(opened: Opened) -> None:
    page = opened("/")
    page.reload()
    ready(page)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 1_000


def test_the_language_and_the_colours_are_chosen_and_kept(opened: Opened) -> None:
    page = opened("/documents")
    page.get_by_label("Language").locator("visible=true").select_option("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    ready(page)
    page.get_by_label("ألوان تلقائية").locator("visible=true").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.goto(page.url.replace("/documents", "/brief"))
    ready(page)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    _clean(page)


def test_the_keyboard_reaches_the_content_and_the_question(opened: Opened) -> None:
    page = opened("/documents")
    page.locator("body").press("Tab")
    expect(page.locator(":focus")).to_have_class(re.compile("lb-skip"))
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("[data-main-input]")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("[data-main-input]")).to_have_value("a/b")
    # The list has been narrowed by it, and left it where it was typed.
    page.wait_for_url("**/documents?q=a%2Fb")
    page.wait_for_timeout(300)
    expect(page.locator("[data-main-input]")).to_have_value("a/b")


@pytest.fixture
def client(served: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, trust_env=False) as opened_client:
        yield opened_client


def test_other_paths_are_answered_as_without_the_page(client: httpx.Client) -> None:
    for path in ("/v1/nothing", "/nothing", "/documentsx"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
    assert "HTTP interface" in client.get("/docs").text
    assert client.get("/v1/documents").status_code == 200


def test_the_page_is_guarded(client: httpx.Client) -> None:
    answer = client.get("/", headers={"X-Forwarded-Prefix": '/evil"><script>'})
    policy = answer.headers["content-security-policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    assert nonce
    assert "evil" not in answer.text
    assert set(re.findall(r"<script([^>]*)>", answer.text)) != set()
    assert all(nonce[1] in one for one in re.findall(r"<script([^>]*)>", answer.text))
    assert nonce[1] not in client.get("/").headers["content-security-policy"]
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    refused = client.post("/sign-in", data={"key": "x"}, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    style = re.search(r'href="(/_landbrief/[^"]+\.css)"', answer.text)
    assert style
    sheet = client.get(style[1])
    assert "immutable" in sheet.headers["cache-control"]
    assert not re.search(r"""url\((?!['"]?data:)""", sheet.text)


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server that asks for a key, and its home."""
    home = tmp_path_factory.mktemp("asking-home")
    with serving(home, extra=_ASKING) as (address, _):
        yield address, home


def _key(home: Path, name: str, role: str) -> str:
    made = landbrief(home, "keys", "add", name, "--role", role)
    found = re.search(r"lb_[0-9a-f]{10}_[\w-]{43}", made.stdout)
    assert found, made.stdout + made.stderr
    return found[0]


def _sign_in(page: Page, key: str) -> Page:
    page.get_by_label("Key").fill(key)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    return ready(page)


def test_a_key_opens_the_page_it_was_asked_for_and_a_wrong_one_does_not(
    opened: Opened, asking: tuple[str, Path]
) -> None:
    address, home = asking
    key = _key(home, "corridor", "reader")
    page = opened("/records?party=SAU", address=address)
    expect(page.locator("h1")).to_have_text("Sign in")
    assert violations(page) == []
    _sign_in(page, key[:-1] + ("a" if key[-1] != "a" else "b"))
    expect(page.get_by_role("alert")).to_contain_text("The key is wrong")
    _sign_in(page, key)
    expect(page.locator("h1")).to_have_text("Records")
    assert page.url.endswith("/records?party=SAU")
    kept = "".join(file.read_text() for file in (home / "page").iterdir())
    assert key not in kept + page.content() + page.evaluate("JSON.stringify(sessionStorage)")
    assert stat.S_IMODE((home / "page").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "page" / "cookie-signature").stat().st_mode) == 0o600
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_text("Sign in")
    _clean(page)


def test_a_revoked_key_ends_the_session(opened: Opened, asking: tuple[str, Path]) -> None:
    address, home = asking
    page = opened("/documents", address=address)
    _sign_in(page, _key(home, "lent", "reader"))
    expect(page.locator("h1")).to_have_text("Documents")
    landbrief(home, "keys", "revoke", "lent")
    page.wait_for_timeout(1_100)  # another process may take it for a second
    page.reload()
    ready(page)
    expect(page.get_by_role("alert")).to_contain_text("Your key no longer opens anything")


def test_a_server_that_dies_is_said_to_and_what_was_typed_outlives_it(
    opened: Opened, tmp_path: Path
) -> None:
    with serving(tmp_path) as (address, process):
        port = address.rpartition(":")[2]
        page = opened("/", address=address)
        page.locator("[data-main-input]").fill("How much is pledged?")
        process.send_signal(signal.SIGKILL)
        process.wait()
        banner = page.locator(".lb-banner")
        expect(banner).to_be_visible(timeout=10_000)
        expect(banner).to_contain_text("What you typed is kept")
        expect(page.locator("[data-main-input]")).to_have_value("How much is pledged?")
    page.evaluate("document.documentElement.dataset.old = 'true'")
    with serving(tmp_path, "--port", port):
        page.wait_for_selector("html[data-ready]:not([data-old])", timeout=20_000)
        expect(page.locator("[data-main-input]")).to_have_value("How much is pledged?")
        expect(page.locator(".lb-banner")).to_be_hidden(timeout=6_000)


def test_workers_beside_the_server_hand_the_page_on(opened: Opened, tmp_path: Path) -> None:
    with serving(tmp_path, "--api-workers", "2") as (address, _):
        pages = [opened("/", address=address) for _ in range(3)]
        for page in pages:
            page.get_by_label("Language").locator("visible=true").select_option("ar")
            expect(page.locator("html")).to_have_attribute("dir", "rtl")
            ready(page)
            _clean(page)
