"""Who looks at a page, without a browser: language, rights, errors in words."""

from collections.abc import Callable, Generator, Iterator
from contextlib import aclosing, closing
from pathlib import Path
from typing import Any, Literal

import anyio
import pytest
from starlette.routing import Match

from api.desk import Desk
from api.operations.lines import Full, Line
from api.operations.overload import LANES
from api.security.access import Access
from api.security.callers import who_acts
from api.security.key_ring import KeyRing
from api.security.rates import Rates
from api.security.secret_keys import make_key
from api.web.admission import Admission, NotAllowed, SignedOut, TooManyKeys, WrongKey
from api.web.background import Work
from api.web.door import PageDoor
from api.web.doors import page_doors, page_policy, within
from api.web.reference import Reference, short_form
from api.web.saying import said
from api.web.visitor import Visitor, language_of, theme_of
from kb.errors import NotFound, StoreBusy
from kb.keys import KeyStore
from kb.store import open_store


@pytest.mark.parametrize(
    ("stored", "accepted", "language"),
    [
        ({}, "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ({}, "de-DE,de;q=0.9,ru;q=0.5,es;q=0.7", "es"),
        ({}, "zh-TW", "zh"),
        ({}, "de", "en"),
        ({}, "", "en"),
        ({}, "ar;q=0, ru", "ru"),
        ({}, "es;q=often, ar", "ar"),
        ({"language": "zh"}, "fr", "zh"),
        ({"language": "tlh"}, "fr", "fr"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_browsers_first_of_the_six(
    stored: dict[str, str], accepted: str, language: str
) -> None:
    assert language_of(stored, accepted) == language


def test_colours_are_those_of_the_device_until_others_are_chosen() -> None:
    assert theme_of({}) == "system"
    assert theme_of({"theme": "dark"}) == "dark"
    assert theme_of({"theme": "<script>"}) == "system"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    with closing(open_store(tmp_path)) as opened:
        yield KeyStore(opened)


def _admission(store: KeyStore, **access: object) -> Admission:
    given = {"token": None, "without_key": None, "is_private": False} | access
    rules = Access(KeyRing(store), **given)  # type: ignore[arg-type]
    return Admission(rules, Rates(600), Rates(2))


def test_without_a_key_nothing_is_open_where_one_is_asked(store: KeyStore) -> None:
    admission = _admission(store)
    assert admission.asks_key
    assert admission.caller(None, "10.0.0.9") is None
    with pytest.raises(SignedOut):
        admission.still(None)


def test_without_a_key_an_editor_of_public_documents_comes_in_where_none_is_asked(
    store: KeyStore,
) -> None:
    caller = _admission(store, without_key="editor").caller(None, "127.0.0.1")
    assert caller is not None
    assert (caller.role, caller.sees_internal, caller.key_id) == ("editor", False, None)


def test_a_key_opens_what_its_role_may_until_it_is_revoked(store: KeyStore) -> None:
    made = make_key()
    store.add(made.id, "corridor", "reader", internal=True, hashed=made.hashed)
    admission = _admission(store)
    assert admission.key_in(f"  {made.text}\n") == made.id
    assert admission.key_in(made.text[:-1] + "x") is None
    assert admission.key_in("hello") is None
    caller = admission.caller(made.id, "10.0.0.9")
    assert caller is not None
    assert (caller.role, caller.sees_internal, caller.key_name) == ("reader", True, "corridor")
    assert not caller.may("editor")
    assert admission.still(caller) == caller
    store.revoke(made.id)
    with pytest.raises(SignedOut):
        admission.still(caller)


def test_wrong_keys_are_counted_together_with_those_of_other_doors(store: KeyStore) -> None:
    admission = _admission(store)
    told = [admission.wrong("10.0.0.9") for _ in range(21)]
    assert all(isinstance(one, WrongKey) for one in told[:20])
    assert isinstance(told[20], TooManyKeys)
    assert isinstance(admission.wrong("10.0.0.10"), WrongKey)


def test_actions_without_a_key_from_elsewhere_are_counted(store: KeyStore) -> None:
    admission = _admission(store, without_key="editor")
    far, near = admission.caller(None, "10.0.0.9"), admission.caller(None, "127.0.0.1")
    assert far is not None
    assert near is not None
    assert [admission.wait(far) is None for _ in range(3)] == [True, True, False]
    assert all(admission.wait(near) is None for _ in range(9))


def test_an_error_is_said_in_the_readers_language() -> None:
    assert said("en", NotFound("there is no document X")) == "There is no document X"
    assert said("fr", StoreBusy("process 1 owns it")).startswith("Les données sont occupées")
    assert "X" in said("zh", NotFound("there is no document X"))
    assert said("ru", NotAllowed("this wants an editor")) == "Ваш ключ этого не разрешает."
    assert "7" in said("es", Full(7))
    assert "Traceback" not in said("ar", ZeroDivisionError("division by zero"))
    assert "division" not in said("en", ZeroDivisionError("division by zero"))


@pytest.mark.parametrize(
    ("target", "goes_to"),
    [
        ("/documents/ICCD/COP(16)/4?paragraph=8", "/documents/ICCD/COP(16)/4?paragraph=8"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/v1/documents", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_nowhere_but_to_the_page(target: str, goes_to: str) -> None:
    assert within(target) == goes_to


@pytest.mark.parametrize(
    ("path", "is_page"),
    [
        *((path, True) for path in ("/", "/c/1", "/documents", "/documents/A/B(1)/2", "/brief")),
        *((path, True) for path in ("/records", "/records/review", "/_nicegui_ws/socket.io/")),
        *((path, False) for path in ("/v1/ask", "/docs", "/openapi.json", "/mcp", "/nothing")),
        *((path, False) for path in ("/documentsx", "/briefs", "/web/page.css", "/healthz", "")),
    ],
)
def test_the_page_answers_at_its_own_paths_alone(path: str, is_page: bool) -> None:
    async def page(*_: object) -> None: ...

    match, _ = PageDoor(page, page).matches({"type": "http", "path": path})
    assert (match is Match.FULL) == is_page


def test_the_policy_names_no_other_host_and_lets_no_foreign_script_run() -> None:
    policy = page_policy("n0nce")
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "*" not in policy
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert all("unsafe" not in one for one in page_doors().policies.values())


@pytest.mark.parametrize(
    ("given", "short"),
    [
        (("89", None, "CRIC(23)", "CRIC(23), item 2(a)"), "CRIC 23 ¶89"),
        (("39(a)", "ICCD/COP(16)/4", "COP(16)", "ICCD/COP(16)/4"), "COP 16/4 ¶39(a)"),
        (("table 1, row 3", None, "CRIC(23)", "CRIC(23)"), "CRIC 23 table 1, row 3"),
        (("8", None, None, "wells"), "wells ¶8"),
    ],
)
def test_a_chip_is_as_short_as_it_can_be(given: tuple[str, str, str, str], short: str) -> None:
    assert short_form(*given) == short


def test_a_reference_is_a_deep_link() -> None:
    there = Reference("ICCD/COP(16)/4", "39(a)", "zh")
    assert there.path == "/documents/ICCD/COP%2816%29/4?paragraph=39%28a%29&language=zh"


@pytest.mark.parametrize(("role", "may"), [("reader", False), ("editor", True), ("admin", True)])
def test_a_reader_is_offered_nothing_of_an_editor(
    store: KeyStore, role: Literal["reader", "editor", "admin"], may: bool
) -> None:
    made = make_key()
    store.add(made.id, "k", role, internal=False, hashed=made.hashed)
    admission = _admission(store)
    work = Work(_Desk("public"), _Desk("own"), admission, _LINES)
    visitor = Visitor("fr", "system", admission.caller(made.id, "10.0.0.9"), True, work)
    assert visitor.may("editor") == may
    assert visitor.owner == made.id
    if may:
        assert anyio.run(visitor.call, "writing", _name, "editor") == "public"
    else:
        with pytest.raises(NotAllowed):
            anyio.run(visitor.call, "writing", _name, "editor")


def test_a_key_for_internal_documents_opens_the_own_desk_and_acts_in_its_name(
    store: KeyStore,
) -> None:
    made = make_key()
    store.add(made.id, "inside", "reader", internal=True, hashed=made.hashed)
    admission = _admission(store)
    work = Work(_Desk("public"), _Desk("own"), admission, _LINES)
    visitor = Visitor("en", "system", admission.caller(made.id, "10.0.0.9"), True, work)
    assert anyio.run(visitor.call, "reading", _name) == "own"
    assert anyio.run(visitor.call, None, _actor) == f"key {made.id} (inside)"
    store.revoke(made.id)
    with pytest.raises(SignedOut):
        anyio.run(visitor.call, "reading", _name)


def test_the_steps_of_an_answer_come_one_by_one_and_end_with_whoever_takes_them(
    store: KeyStore,
) -> None:
    ended: list[str] = []

    def begin(desk: Desk, is_cancelled: Callable[[], bool]) -> Generator[str]:  # noqa: ARG001
        try:
            for word in ("a", "b", "c"):
                assert who_acts() is not None
                yield word
        finally:
            ended.append("closed")

    admission = _admission(store, without_key="editor")
    work = Work(_Desk("public"), _Desk("own"), admission, _LINES)
    visitor = Visitor("en", "system", admission.caller(None, "127.0.0.1"), False, work)

    async def take(most: int) -> list[str]:
        taken = []
        async with aclosing(visitor.steps("answers", begin)) as steps:
            async for step in steps:
                taken.append(step)
                if len(taken) == most:
                    break
        return taken

    assert anyio.run(take, 9) == ["a", "b", "c"]
    assert anyio.run(take, 1) == ["a"]
    assert ended == ["closed", "closed"]
    assert all(line.running == 0 for line in _LINES.values())


class _Desk:
    def __init__(self, name: str) -> None:
        self.name = name


def _name(desk: Any) -> str:
    return str(desk.name)


def _actor(_: Any) -> str | None:
    caller = who_acts()
    return caller.who if caller else None


_LINES = {lane: Line(2, 2, 1.0) for lane in LANES}
