from pathlib import Path

import pytest
from api_samples import fill, home_settings
from fastapi.testclient import TestClient

from api.app import app_over
from api.house import open_house
from api.operations.operating import operations_of
from api.operations.tracing import NoTracing, OtelTracing, open_tracing

trace = pytest.importorskip("opentelemetry.sdk.trace")
export = pytest.importorskip("opentelemetry.sdk.trace.export")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
HOW_MANY = "How many wells has the Lumen Wells Partnership dug?"


def test_spans_lie_around_answers_searches_and_files(tmp_path: Path) -> None:
    exporter = memory.InMemorySpanExporter()
    provider = trace.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))
    settings = home_settings(tmp_path / "home")
    with open_house(settings) as house:
        fill(house, tmp_path)
        operations = operations_of(house.kb, settings, OtelTracing(provider))
        app = app_over(house.public, house.own, settings, operations=operations)
        with TestClient(app, "http://127.0.0.1", client=("127.0.0.1", 1)) as client:
            client.post("/v1/ask", json={"question": HOW_MANY}, headers={"traceparent": CALLER})
            client.post("/v1/ask", json={"question": HOW_MANY, "stream": True})
            client.get("/v1/search", params={"q": "camel troughs"})
            client.get("/v1/search", params={"q": "camel", "document": "Camels"})
            client.post("/v1/documents", files={"file": ("heron.txt", b"1. Herons yodel.")})
    spans = exporter.get_finished_spans()
    named = [span.name for span in spans]
    assert named.count("ask") == 2
    assert named.count("search") == 2
    assert "ingest" in named
    assert named.count("HTTP POST") == 3
    asked = next(span for span in spans if span.name == "ask")
    request = next(span for span in spans if span.name == "HTTP POST")
    assert asked.parent.span_id == request.context.span_id
    assert f"{request.context.trace_id:032x}" == CALLER.split("-")[1]
    assert request.attributes["landbrief.route"] == "/v1/ask"
    assert asked.attributes["landbrief.reason"] == "answered"
    refused = [span for span in spans if span.attributes.get("landbrief.error")]
    assert [span.attributes["landbrief.error"] for span in refused] == ["NotFound"]
    told = "".join(span.to_json() for span in spans).casefold()
    for word in ("lumen", "camel", "herons yodel"):
        assert word not in told


def test_without_a_collector_nothing_is_traced() -> None:
    tracing = open_tracing(None)
    assert isinstance(tracing, NoTracing)
    with tracing.request("GET", {}) as span, tracing.span("ask") as inner:
        span.set(a=1)
        inner.set(a=None)
    tracing.close()


def test_a_collector_is_opened_without_waiting_for_it() -> None:
    pytest.importorskip("opentelemetry.exporter.otlp.proto.grpc")
    tracing = open_tracing("http://127.0.0.1:1")
    assert isinstance(tracing, OtelTracing)
    tracing.close()
