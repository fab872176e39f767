"""Briefing in a real browser: written, edited, saved."""

from pathlib import Path

from browser import (
    Opened,
    chromium,
    console_errors,
    opened,
    outside_requests,
    served,
    violations,
)
from playwright.sync_api import Page, expect

from api.web.briefing.suggestions import BEST

__all__ = ["chromium", "opened", "served"]

TOPIC = "Peace Forest Initiative"
CHARTED = "Land Degradation Neutrality Target Setting Programme 2.0"
REMARK = "We thank the host country."


def written(page: Page) -> Page:
    page.wait_for_selector(".brief-place:not([aria-busy]) .brief-note", timeout=20_000)
    return page


def sound(page: Page) -> None:
    assert console_errors(page) == []
    assert outside_requests(page) == []
    assert violations(page) == []


def test_a_topic_is_picked_by_keyboard_and_its_note_edited_and_saved(opened: Opened) -> None:
    page = opened("/brief")
    expect(page.locator(".brief-starter")).to_have_count(BEST)
    page.keyboard.press("/")
    page.keyboard.type("peace for")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#brief-topic")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#brief-topic")).to_have_value(TOPIC)
    sound(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/brief?topic=*")
    written(page)
    expect(page.locator("h1")).to_contain_text(TOPIC)
    # A chip opens the paragraph beside the note.
    page.locator(".brief-note .lb-chip").first.click()
    page.wait_for_selector("html[data-source='open'] .lb-source-here")
    page.keyboard.press("Escape")
    sound(page)
    # She leaves a statement out, puts a remark in its place, and moves a section.
    page.click("#brief-edit")
    first = page.locator(".brief-line [id^='do-']").first
    first.click()
    page.locator("[id^='sum-replace-']").first.click()
    page.locator(".brief-remark[open] textarea").fill(REMARK)
    page.locator(".brief-remark[open] button").click()
    expect(page.locator(".brief-own")).to_contain_text(REMARK)
    page.locator("#down-context").click()
    expect(page.locator(".brief-section").nth(1).locator("textarea").first).to_have_attribute(
        "id", "head-context"
    )
    sound(page)
    # It is all there after the page is loaded again, and in the file.
    page.reload()
    written(page)
    expect(page.locator(".brief-own")).to_contain_text(REMARK)
    expect(page.locator(".brief-section").nth(1)).to_contain_text(REMARK)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as Markdown").click()
    text = Path(saving.value.path()).read_text(encoding="utf-8")
    assert f"Own remark: {REMARK}" in text
    page.emulate_media(media="print")
    expect(page.locator(".brief-bar")).to_be_hidden()
    expect(page.locator(".brief-again")).to_be_hidden()
    expect(page.locator(".brief-note")).to_be_visible()


def test_a_note_in_arabic_fits_a_phone(opened: Opened) -> None:
    page = written(
        opened("/brief?topic=التحالف الدولي للقدرة على تحمل الجفاف", width="narrow", language="ar")
    )
    note = page.locator(".brief-note")
    expect(note).to_have_attribute("dir", "rtl")
    expect(note).to_have_attribute("lang", "ar")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#brief-edit")
    page.wait_for_selector(".brief-editing")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sound(page)


def test_a_topic_that_nothing_is_held_on_is_said_calmly_with_what_is_near(opened: Opened) -> None:
    page = opened("/brief?topic=Baltic%20fisheries%20quota")
    page.wait_for_selector(".brief-near-one .lb-chip")
    expect(page.locator(".brief-place")).to_contain_text("say nothing about")
    expect(page.locator(".brief-starter")).to_have_count(BEST)
    assert page.locator(".lb-problem").count() == 0
    sound(page)
