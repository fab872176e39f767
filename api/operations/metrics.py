"""Counts and times of one application, for Prometheus. No label holds what a reader typed."""

from collections.abc import Callable
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER: Final = "other"
"""What is counted under a name that is none of the application's own."""
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.7, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)


class Metrics:
    """Made once for an application; two in a process share no numbers. Any thread may call."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        self._requests = Counter(
            "landbrief_requests",
            "Requests served",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "landbrief_request_seconds",
            "Time from a request's first byte to its answer's last",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter(
            "landbrief_answers",
            "Answers given, by why they hold back; `answered` where they do not",
            ("reason",),
            registry=self._registry,
        )
        self._work_seconds = Histogram(
            "landbrief_work_seconds",
            "Time of an answer, a search or the ingestion of a file, without waiting in line",
            ("work",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._files = Counter(
            "landbrief_ingested_files",
            "Files ingested, by what became of them",
            ("status",),
            registry=self._registry,
        )
        self._refused = Counter(
            "landbrief_refused",
            "Requests refused because too many were waiting",
            ("lane",),
            registry=self._registry,
        )
        self._waiting = Gauge(
            "landbrief_waiting", "Requests that wait in line", ("lane",), registry=self._registry
        )
        self._running = Gauge(
            "landbrief_running", "Requests that are worked on", ("lane",), registry=self._registry
        )
        self._feedback = Counter(
            "landbrief_feedback", "Verdicts on answers", ("verdict",), registry=self._registry
        )

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """One request is done; `route` is a template of the application, or OTHER."""
        method = method if method in METHODS else OTHER
        self._requests.labels(route, method, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answer(self, reason: str | None) -> None:
        """One answer was given."""
        self._answers.labels(reason or "answered").inc()

    def work(self, work: str, seconds: float) -> None:
        """A piece of work (`ask`, `search`, `ingest`) took so long."""
        self._work_seconds.labels(work).observe(seconds)

    def file(self, status: str) -> None:
        """One file was ingested, or rejected."""
        self._files.labels(status).inc()

    def feedback(self, verdict: str) -> None:
        """One reader said what she thinks of an answer."""
        self._feedback.labels(verdict).inc()

    def refused(self, lane: str) -> None:
        """One request was sent away."""
        self._refused.labels(lane).inc()

    def watch(self, lane: str, waiting: Callable[[], int], running: Callable[[], int]) -> None:
        """Has the depth of a line read whenever the metrics are."""
        self._waiting.labels(lane).set_function(waiting)
        self._running.labels(lane).set_function(running)

    def watch_generation(self, generation: Callable[[], int]) -> None:
        """Has the generation of the stores read whenever the metrics are."""
        gauge = Gauge(
            "landbrief_generation", "Grows with every visible change", registry=self._registry
        )
        gauge.set_function(generation)

    def text(self) -> bytes:
        """All of it, as CONTENT_TYPE says."""
        return generate_latest(self._registry)
