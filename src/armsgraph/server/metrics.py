"""What the server counts, for Prometheus."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

__all__ = ["CONTENT_TYPE", "Metrics"]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """One set of counters, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = self._counter("requests", "Requests by route, method and status", ("route", "method", "status"))
        self.outcomes = self._counter("outcomes", "Requests by route and how they ended", ("route", "outcome"))
        self.duration = Histogram(
            "armsgraph_request_seconds",
            "Time from the head of a request to the end of its answer",
            ("route",),
            registry=self.registry,
            buckets=_SECONDS,
        )
        self.sent = self._counter("response_bytes", "Bytes of bodies sent, after compression", ("route",))
        self.rejected = self._counter("queue_rejections", "Requests turned away as the queue was full")
        self.deadlines = self._counter("deadline_kills", "Queries stopped at their deadline")
        self.preempted = self._counter("preemptions", "Long queries stopped as others waited")
        self.crashes = self._counter("worker_crashes", "Workers that ended in the middle of a task")
        self.respawned = self._counter("workers_replaced", "Workers started in place of others")
        self.reloads = self._counter("reloads", "Attempts to swap in a new graph", ("outcome",))
        self.writes = self._counter("writes", "Updates and graph store writes", ("outcome",))
        self.build = Gauge(
            "armsgraph_build_info", "The graph that is served; always 1", ("build", "version"), registry=self.registry
        )

    def _counter(self, name: str, text: str, labels: tuple[str, ...] = ()) -> Counter:
        return Counter(f"armsgraph_{name}", text, labels, registry=self.registry)

    def add_gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        """Add a number that is read when it is asked for."""
        gauge = Gauge(f"armsgraph_{name}", text, registry=self.registry)
        gauge.set_function(read)

    def render(self) -> bytes:
        """Return everything in the text format."""
        return generate_latest(self.registry)
