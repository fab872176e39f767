"""Requests made from the OpenAPI document, right and wrong ones, judged by it.

A few for each operation here; `make fuzz` sends more than two thousand.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from api_samples import fill, home_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from openapi_snapshot import operations, snapshot
from pydantic import SecretStr
from schemathesis.checks import CheckContext
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import app_over
from api.house import open_house
from api.operations.operating import operations_of
from api.security.access import access_of

EXAMPLES = int(os.environ.get("LANDBRIEF_FUZZ", "3"))
TOKEN = "a-token"  # noqa: S105


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    with TemporaryDirectory() as folder, open_house(home_settings(Path(folder))) as house:
        house.own.init()
        fill(house, tmp_path_factory.mktemp("files"))
        given = home_settings(house.kb.home, api_token=SecretStr(TOKEN))
        access = access_of(given, house.kb.keys)
        operated = operations_of(house.kb, given)
        app = app_over(house.public, house.own, given, access, operated)
        yield schemathesis.openapi.from_asgi("/openapi.json", app)
        sent = operated.metrics.text().decode().splitlines()
        counted = (one for one in sent if one.startswith("landbrief_requests_total{"))
        print(f"\n{sum(float(one.rpartition(' ')[2]) for one in counted):,.0f} requests")


@schemathesis.check
def refuses_only_what_no_schema_can_say(
    _: CheckContext, response: Response, case: schemathesis.Case
) -> None:
    """Names that nobody has and files that are none are refused, though the form of the request
    is right; nothing else is."""
    if (
        case.meta is None
        or not case.meta.generation.mode.is_positive
        or response.status_code != 422
    ):
        return
    kind = response.json()["type"].rpartition(":")[2]
    assert kind in ("invalid-query", "unreadable-file"), response.text


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
@pytest.mark.parametrize(("method", "path"), operations(snapshot()))
def test_every_answer_is_as_the_document_says(
    served: BaseSchema, method: str, path: str, mode: GenerationMode
) -> None:
    operation = served[path][method]

    @given(case=operation.as_strategy(generation_mode=mode))
    @seed(20241202)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(
            headers={"Authorization": f"Bearer {TOKEN}"},
            additional_checks=[refuses_only_what_no_schema_can_say],
            excluded_checks=[positive_data_acceptance],  # the check above is its stricter twin
        )

    # Where the document leaves nothing to be wrong about, no wrong request can be made.
    with suppress(Unsatisfiable):
        check()
