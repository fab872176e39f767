"""The seam to OpenTelemetry: spans where the settings name a collector, nothing otherwise."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from kb.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.trace import Span as OtelSpan
    from opentelemetry.trace import TracerProvider

SERVICE: Final = "landbrief"


class Span(Protocol):
    """A stretch of work; no attribute holds what a reader typed."""

    def set(self, **attributes: str | int | float | bool | None) -> None:
        """Adds attributes; None leaves one out."""


class Tracing(Protocol):
    """Makes spans."""

    @contextmanager
    def request(self, method: str, headers: Mapping[bytes, bytes]) -> Iterator[Span]:
        """Around a request, below the span of the caller that its `traceparent` names."""

    @contextmanager
    def span(self, name: str) -> Iterator[Span]:
        """Around a piece of work, below the span in force; an error that passes is noted."""

    def close(self) -> None:
        """Sends what is left; harmless to repeat."""


class _Nothing:
    def set(self, **attributes: str | int | float | bool | None) -> None:
        """Nothing."""


_NOTHING: Final = _Nothing()


class NoTracing:
    """Costs nothing and tells nothing."""

    @contextmanager
    def request(self, method: str, headers: Mapping[bytes, bytes]) -> Iterator[Span]:  # noqa: ARG002
        """No span."""
        yield _NOTHING

    @contextmanager
    def span(self, name: str) -> Iterator[Span]:  # noqa: ARG002
        """No span."""
        yield _NOTHING

    def close(self) -> None:
        """Nothing."""


class OtelTracing:
    """Spans of OpenTelemetry. `provider` is used by this object alone: nothing global is set."""

    def __init__(self, provider: "TracerProvider") -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(SERVICE)

    @contextmanager
    def request(self, method: str, headers: Mapping[bytes, bytes]) -> Iterator[Span]:
        """A server's span, below that of the caller."""
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        carrier = {
            name: headers[name.encode()].decode("latin-1")
            for name in ("traceparent", "tracestate")
            if name.encode() in headers
        }
        above = TraceContextTextMapPropagator().extract(carrier)
        with self._tracer.start_as_current_span(
            f"HTTP {method}",
            context=above,
            kind=SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            yield _Told(span)

    @contextmanager
    def span(self, name: str) -> Iterator[Span]:
        """A span below the one in force."""
        # An error's text can hold what a reader typed: its kind alone is told.
        with self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        ) as span:
            told = _Told(span)
            try:
                yield told
            except Exception as error:
                told.set(error=type(error).__name__)
                raise

    def close(self) -> None:
        """Sends what is left."""
        shutdown = getattr(self._provider, "shutdown", None)
        if shutdown is not None:
            shutdown()


class _Told:
    def __init__(self, span: "OtelSpan") -> None:
        self._span = span

    def set(self, **attributes: Any) -> None:
        """Adds attributes under `landbrief.`."""
        for name, value in attributes.items():
            if value is not None:
                self._span.set_attribute(f"{SERVICE}.{name}", value)


def open_tracing(endpoint: str | None) -> Tracing:
    """Spans sent to the collector at `endpoint` (OTLP over gRPC); none without one.

    Raises SettingsError where the extra `otel` is not installed.
    """
    if endpoint is None:
        return NoTracing()
    try:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(
            f"LANDBRIEF_OTEL_ENDPOINT needs {error.name}: pip install 'landbrief[otel]'"
        ) from error
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}))
    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=endpoint.startswith("http://"))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return OtelTracing(provider)
