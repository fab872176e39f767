"""A home with an answer kept in it, that the tests of the Ask page start from."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from api_samples import WELLS, WELLS_ID, home_settings, written

from api.desk import EditionChoice
from api.house import House, open_house
from api.schemas import (
    AnswerBody,
    CitationBody,
    IngestChoices,
    RecordRequest,
    StatementBody,
    TurnRequest,
)
from kb.wording import Wording

CRIC = "CRIC(23), item 2(a)"
KEPT = "a0c4d3e2f1b05968778695a4b3c2d1e0"
KEPT_QUESTION = "What was granted and pledged?"
PLEDGE = "How much has Saudi Arabia pledged to the Riyadh Global Drought Resilience Partnership?"
PLEDGE_AR = "كم تعهدت المملكة العربية السعودية لشراكة الرياض العالمية للصمود في مواجهة الجفاف؟"
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ask-home")


@pytest.fixture(scope="module")
def answer(home: Path) -> AnswerBody:
    """An answer of every kind of statement, kept as a conversation in the home."""
    with open_house(home_settings(home)) as house:
        house.own.init()
        wells = written(home / "files", "wells.txt", WELLS)
        assert [one.status for one in house.own.ingest([wells], IngestChoices())] == ["added"]
        made = _answer(house)
        house.own.keep_turn(
            TurnRequest(
                conversation_id=KEPT,
                owner=None,
                question=KEPT_QUESTION,
                answer=made.model_dump(mode="json"),
                memory={},
            )
        )
        return made


@pytest.fixture(scope="module")
def spare(home: Path, answer: AnswerBody, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that nobody opens, to make others of: the server has the home itself."""
    del answer  # made first
    return Path(shutil.copytree(home, tmp_path_factory.mktemp("ask-spare") / "home"))


@pytest.fixture(scope="module")
def house(spare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    copied = shutil.copytree(spare, tmp_path_factory.mktemp("ask-house") / "home")
    with open_house(home_settings(copied)) as opened_house:
        yield opened_house


def _answer(house: House) -> AnswerBody:
    original = house.own.paragraph(WELLS_ID, "3", EditionChoice())
    digest = house.own.paragraph(CRIC, "89", EditionChoice(language="en"))
    first = "Norland granted 150 million dollars to the Partnership in 2029"
    start = original.text.index(first)
    spans = [(original, start, start + len(first)), (digest, 0, 40), (digest, 60, 90)]
    citations = [
        CitationBody(
            n=n,
            document_id=text.document_id,
            symbol=text.symbol,
            session=text.session,
            paragraph=text.paragraph,
            language=text.language,
            edition=text.edition,
            version=text.version,
            quote=text.text[begin:end],
            start=begin,
            end=end,
            label=text.label,
            url=text.url,
        )
        for n, (text, begin, end) in enumerate(spans, 1)
    ]
    pledges = house.own.records(
        RecordRequest(kind="funding", where={"stage": ["pledged"], "currency": ["USD"]})
    )
    statements = [
        StatementBody(text="Saudi Arabia: US$150 million", kind="record", citations=[2]),
        StatementBody(text=first, kind="quote", citations=[1]),
        StatementBody(text="1 country + 2 countries = 3 countries", kind="computed", citations=[2]),
        StatementBody(
            text=Wording("en").say("digest", text="A partnership."), kind="digest", citations=[2, 3]
        ),
        StatementBody(text="The rest is not said.", kind="note", citations=[]),
    ]
    return AnswerBody(
        answer="\n".join(one.text for one in statements),
        language="en",
        abstained=False,
        reason=None,
        statements=statements,
        citations=citations,
        records=[one.model_dump(mode="json") for one in pledges.items],
        conversation_id=KEPT,
        follow_ups=["How many wells were dug?"],
        timings_ms={},
    )
