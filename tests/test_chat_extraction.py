"""A chat model that reads ingested documents for records: asked only where that is set."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openai_server import Reply, openai_service
from pydantic import SecretStr

from api.house import open_house
from api.schemas import IngestChoices
from ingestion.pipeline import IngestOptions, ingest_paths
from ingestion.readers.limits import ReadLimits
from kb.errors import LandBriefError
from kb.languages import Language
from kb.records.record import Record
from kb.settings import Settings
from kb.views import Added, Origin

TEXT = (
    "ICCD/COP(98)/7\n\nReport\n\n"
    "1. In 2031 Norway pledged $2.5 million to the Great Green Wall for wells.\n\n"
    "2. Nothing more is said here.\n"
)
PLEDGE = {
    "kind": "funding",
    "provider": "party:NOR",
    "initiative": "initiative:ggw",
    "purpose": "name:wells",
    "amount": "2500000",
    "currency": "USD",
    "stage": "pledged",
    "as_of": "2031",
}


class Shelf:
    """Takes every document; keeps what is proposed of it."""

    def __init__(self) -> None:
        self.proposed: dict[str, Sequence[Record]] = {}
        self.records = self

    def add(self, parsed: Any, origin: Origin) -> Added:
        del parsed, origin
        return Added("added", "D", None, None, "en", "original", 1)

    def awaits(self, document_id: str, language: Language, fingerprint: str) -> bool:
        del document_id, language
        return fingerprint not in self.proposed

    def propose(
        self, document_id: str, language: Language, records: Sequence[Record], fingerprint: str = ""
    ) -> None:
        del document_id, language
        self.proposed[fingerprint] = records


class Reading:
    """Proposes the pledge, or fails."""

    name = "some-model"

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.read: list[str] = []

    def propose(self, text: str, language: Language) -> Sequence[Mapping[str, Any]]:
        del language
        if self.fails:
            raise LandBriefError("no quota")
        self.read.append(text)
        return [PLEDGE]


def ingest(folder: Path, shelf: Shelf, model: Reading | None) -> None:
    path = folder / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    reports = ingest_paths(
        shelf,  # type: ignore[arg-type]
        [path],
        options=IngestOptions(),
        limits=ReadLimits(),
        proposals=shelf,  # type: ignore[arg-type]
        model=model,
    )
    assert [one.status for one in reports] == ["added"]


def by_model(records: Sequence[Record]) -> list[Record]:
    return [one for one in records if one.extracted_by.startswith("model:")]


def test_what_the_model_reads_is_proposed_beside_what_the_rules_find(tmp_path: Path) -> None:
    shelf, model = Shelf(), Reading()
    ingest(tmp_path, shelf, model)
    ((fingerprint, records),) = shelf.proposed.items()
    (found,) = by_model(records)
    assert (found.status, found.extracted_by) == ("candidate", "model:some-model")
    assert len(records) > 1
    assert "some-model" in fingerprint
    assert len(model.read) >= 2
    ingest(tmp_path, shelf, model)
    assert len(model.read) < 5  # an unchanged document is not read again


def test_a_model_that_fails_leaves_what_the_rules_find_and_is_asked_again(tmp_path: Path) -> None:
    shelf = Shelf()
    ingest(tmp_path, shelf, Reading(fails=True))
    ((fingerprint, records),) = shelf.proposed.items()
    assert records
    assert not by_model(records)
    assert "some-model" not in fingerprint
    ingest(tmp_path, shelf, Reading())
    assert any(by_model(found) for found in shelf.proposed.values())


@pytest.mark.parametrize("wanted", [True, False])
def test_the_setting_alone_has_documents_read_by_the_model(tmp_path: Path, wanted: bool) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    with openai_service(Reply('{"records": []}')) as service:
        settings = Settings(
            home=tmp_path / "home",
            chat_model="openai:some-model",
            chat_base_url=service.url,
            chat_api_key=SecretStr("not-a-key"),
            extract_with_chat_model=wanted,
        )
        with open_house(settings) as house:
            (report,) = house.own.ingest([path], IngestChoices())
        assert report.status == "added"
    assert bool(service.asked) is wanted
