"""Documents: the list, the reader, and files coming in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from api_serving import landbrief, serving
from browser import Opened, chromium, console_errors, opened, outside_requests, ready, violations
from playwright.sync_api import Page, expect

__all__ = ["chromium", "opened"]

DOCUMENT = "/documents/ICCD/COP(15)/9"
TEXTS = Path(__file__).parent / "fixtures" / "page"  # one document in English and French
LONG = "CRIC(23), item 2(a)"  # held in digests of 114 paragraphs by every server


@dataclass(frozen=True)
class Served:
    """A server with two documents of one session, and its home."""

    address: str
    home: Path

    def key(self, name: str, role: str) -> str:
        """A new key for `role`."""
        made = landbrief(self.home, "keys", "add", name, "--role", role)
        found = re.search(r"lb_[0-9a-f]{10}_[\w-]{43}", made.stdout)
        assert found, made.stdout + made.stderr
        return found[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("documents-home")
    extra = {"LANDBRIEF_MAX_FILE_MB": "1"}
    with serving(home, "--ingest", TEXTS, extra=extra) as (address, _):
        yield Served(address, home)


@pytest.fixture(scope="module")
def served(house: Served) -> str:
    """The server of this module in place of the one that all share, which holds no files."""
    return house.address


@pytest.fixture
def client(house: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=house.address, trust_env=False) as one:
        yield one


def _clean(page: Page) -> None:
    assert violations(page) == []
    assert console_errors(page) == []
    assert outside_requests(page) == []


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ---- the list ----


def test_the_list_says_what_is_held_of_each_document_and_narrows(opened: Opened) -> None:
    page = opened("/documents")
    row = page.locator("tbody tr", has_text="Progress of the land programme")
    expect(row).to_contain_text("ICCD/COP(15)/9")
    expect(row).to_contain_text("item 4")
    expect(row.locator("[lang=fr]")).to_have_text("Français")
    expect(row.locator("td.lb-num").first).to_have_text("4")
    digests = page.locator("tbody tr", has_text=LONG)
    expect(digests).to_contain_text("summaries in 6 languages")
    expect(digests.locator("td.lb-num").first).to_have_text("114")
    expect(digests.locator("td.lb-num").nth(1)).to_have_text(re.compile(r"^\d{3}$"))
    page.get_by_label("Original text in").select_option("fr")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/documents\?language=fr$"))
    page.get_by_label("Search titles and symbols").fill("no such thing")
    expect(page.get_by_text("No document fits this.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    _fits(page)
    _clean(page)


def test_the_list_is_mirrored_in_arabic_and_fits_a_phone(opened: Opened) -> None:
    page = opened("/documents?session=COP(15)", width="narrow", language="ar")
    expect(page.locator("h1")).to_have_text("الوثائق")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("bdi", has_text="ICCD/COP(15)/9")).to_have_attribute("dir", "ltr")
    _fits(page)
    _clean(page)


# ---- the reader ----


def test_a_deep_link_shows_the_sub_paragraph_marked(opened: Opened) -> None:
    page = opened(f"{DOCUMENT}?paragraph=2(b)&language=en")
    expect(page.locator("h1")).to_have_text("Progress of the land programme")
    marks = page.locator("mark")
    assert marks.all_inner_texts() == ["(b) train:", "(i) young people;", "(ii) women who farm;"]
    expect(marks.first).to_be_in_viewport()
    depths = page.locator("[data-label='2'] .lb-doc-line")
    assert [one.get_attribute("data-depth") for one in depths.all()] == list("011221")
    number = page.get_by_role("link", name="ICCD/COP(15)/9, para. 2", exact=True)
    expect(number).to_have_text("2")
    page.get_by_role("link", name="ICCD/COP(15)/9, para. 4").click()
    assert "paragraph=4" in page.url
    _clean(page)


def test_notes_tables_links_and_search_work_in_place(opened: Opened) -> None:
    page = opened(f"{DOCUMENT}?language=en")
    note = page.locator(".lb-doc-note")
    expect(note).to_be_hidden()
    page.get_by_role("button", name="Footnote 1").click()
    expect(note).to_contain_text("See https://www.unccd.int/documents for more.")
    link = page.get_by_role("link", name="ICCD/COP(16)/4", exact=True)
    expect(link).to_have_attribute("href", "/documents/ICCD/COP%2816%29/4")
    table = page.locator("table")
    assert table.locator("th[scope=col]").all_inner_texts() == ["Region", "Hectares"]
    assert table.locator("th[scope=row]").all_inner_texts() == ["Africa", "Asia"]
    expect(table.locator("caption")).to_have_text("Hectares restored")
    page.keyboard.press("/")
    page.keyboard.type("HECTARES")
    expect(page.locator("output")).to_have_text("1 of 3")
    page.keyboard.press("Enter")
    expect(page.locator("output")).to_have_text("2 of 3")
    expect(page.locator("mark[data-hit=current]")).to_have_text("Hectares")
    expect(page.locator("[data-label='2']")).to_contain_text("1.5 million hectares of land")
    page.keyboard.press("Escape")
    expect(page.locator("mark")).to_have_count(0)
    outline = page.get_by_role("navigation", name="Contents")
    outline.get_by_role("link", name="II. Results").click()
    expect(page.locator("h2", has_text="Results")).to_be_in_viewport()
    _clean(page)


def test_two_editions_stand_side_by_side_by_paragraph_number(opened: Opened) -> None:
    page = opened(f"{DOCUMENT}?language=en")
    page.get_by_label("Beside it").select_option(label="Français · Original text")
    row = page.locator(".lb-doc-row[data-label='2']")
    expect(row.locator(".lb-doc-cell")).to_have_count(2)
    expect(row.locator(".lb-doc-cell").nth(1)).to_contain_text("former des jeunes")
    assert page.url.endswith("?language=en&edition=original&beside=fr-original")
    first, second = row.locator(".lb-doc-cell").all()
    one, other = first.bounding_box(), second.bounding_box()
    assert one is not None
    assert other is not None
    assert one["y"] == pytest.approx(other["y"], abs=1)
    assert other["x"] > one["x"] + one["width"] - 1
    page.locator(".lb-doc-choices select").first.select_option(label="Français · Original text")
    expect(page.locator("h1")).to_have_text("Progrès du programme foncier")
    expect(row.locator(".lb-doc-cell")).to_have_count(1)
    _clean(page)


def test_a_long_document_in_two_editions_is_drawn_whole_and_soon(opened: Opened) -> None:
    path = f"/documents/{LONG}?language=ar&beside=ru-digest&paragraph=89"
    page = opened(path, language="ar")
    expect(page.locator("[data-label='89'] .lb-doc-number")).to_be_in_viewport()
    expect(page.locator("[data-label='114']")).to_be_attached()
    assert (
        page.locator("[data-label]").evaluate_all(
            "rows => rows.filter(row => /^\\d+$/.test(row.dataset.label)).length"
        )
        == 114
    )
    assert page.evaluate("document.querySelectorAll('*').length") < 6_000
    expect(page.locator("[data-label='89'] .lb-doc-count")).to_be_visible(timeout=20_000)
    page.emulate_media(media="print")
    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.locator("[data-label='1'] .lb-doc-paragraph").first).to_be_visible()
    page.emulate_media(media="screen")
    _clean(page)


def test_the_reader_is_mirrored_in_arabic_and_fits_a_phone(opened: Opened) -> None:
    path = f"/documents/{LONG}?paragraph=12"
    page = opened(path, width="narrow", language="ar", theme="dark")
    text = page.locator("[data-label='12'] .lb-doc-paragraph")
    expect(text).to_have_attribute("dir", "rtl")
    expect(text).to_be_in_viewport()
    page.locator("[data-label='12']").get_by_role("button", name=re.compile("سجل")).click()
    links = page.locator("[data-label='12'] .lb-doc-kinds a")
    assert re.match(r"/records/\w+\?id=", links.first.get_attribute("href") or "")
    page.get_by_role("button", name="المحتويات").click()
    expect(page.get_by_role("navigation", name="المحتويات")).to_be_visible()
    _fits(page)
    _clean(page)


def test_what_is_not_held_is_said_with_the_way_back(opened: Opened) -> None:
    page = opened("/documents/ICCD/COP(99)/1")
    expect(page.get_by_role("alert")).to_contain_text("ICCD/COP(99)/1")
    expect(page.get_by_role("link", name="All documents")).to_be_visible()
    there = opened(f"{DOCUMENT}?paragraph=77&language=en")
    expect(there.get_by_text("Paragraph 77 is not in this text.")).to_be_visible()


# ---- files coming in, and going ----


def test_files_are_taken_in_one_by_one_and_a_document_is_removed_by_an_admin_who_means_it(
    opened: Opened, house: Served, tmp_path: Path
) -> None:
    good, bad = tmp_path / "guide.en.md", tmp_path / "broken.pdf"
    good.write_text("# A field guide\n\n1. Plant trees.\n\n2. Water them.\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7 nothing")
    page = opened("/documents")
    page.locator("input[type=file]").set_input_files([good, bad])
    added = page.locator(".lb-upload-file[data-state=added]")
    expect(added).to_contain_text("guide.en.md")
    expect(added).to_contain_text("2 paragraphs")
    refused = page.locator(".lb-upload-file[data-state=rejected]")
    expect(refused).to_contain_text("broken.pdf", timeout=20_000)
    expect(page.locator("tbody tr", has_text="guide")).to_be_visible()
    expect(added.get_by_role("link", name="Open")).to_have_attribute(
        "href", re.compile("^/documents/guide")
    )
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    _clean(page)
    page.request.post(
        f"{house.address}/sign-in", form={"key": house.key("chief", "admin"), "next": "/documents"}
    )
    ready_page = _reloaded(page)
    button = ready_page.get_by_role("button", name=re.compile("^Remove: guide"))
    button.click()
    dialog = ready_page.get_by_role("dialog")
    expect(dialog).to_contain_text("Remove this document?")
    assert violations(ready_page) == []
    dialog.get_by_role("button", name="Keep").click()
    expect(button).to_be_visible()
    button.click()
    dialog.get_by_role("button", name="Remove").click()
    expect(ready_page.locator("tbody tr", has_text="guide")).to_have_count(0)
    assert console_errors(ready_page) == []


def _reloaded(page: Page) -> Page:
    page.reload()
    return ready(page)


def _sent(client: httpx.Client, content: bytes, **headers: str) -> httpx.Response:
    files = {"file": ("note.md", content)}
    return client.post("/documents/upload", files=files, headers=headers)


def test_a_reader_cannot_send_files_by_any_address(client: httpx.Client, house: Served) -> None:
    key = house.key("delegate", "reader")
    client.post("/sign-in", data={"key": key, "next": "/documents"})
    answer = _sent(client, b"# Note\n\n1. Hello there.\n")
    assert answer.status_code == 403
    assert answer.json() == {"error": "Your key does not allow this."}
    page = client.get("/documents").text
    assert "data-upload" not in page
    assert "/upload/" not in page
    for path in ("/_nicegui/client/1/upload/1", "/documents/upload/x"):
        assert client.post(path, files={"file": ("note.md", b"x")}).status_code in (403, 404, 405)
    assert "note" not in client.get("/v1/documents").text


def test_an_upload_obeys_the_limit_of_files_and_other_sites_cannot_send_one(
    client: httpx.Client, house: Served
) -> None:
    assert _sent(client, b"x" * (3 << 20)).status_code == 413
    assert _sent(client, b"x", Origin="https://evil.example").status_code == 403
    named = client.post("/documents/upload", files={"file": ("../../etc/up.exe", b"MZ")})
    told = named.json()["files"][0]
    assert (told["status"], told["href"]) == ("rejected", None)
    assert client.post("/documents/upload", data={"file": "text"}).status_code == 422
    uploads = house.home / "uploads"
    assert not uploads.exists() or not any(uploads.iterdir())
