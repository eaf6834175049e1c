"""Figures for monitoring: how many requests, how long, by route template and never by id."""

import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class RequestMetrics:
    """One registry per application, so that two applications in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route")
        self._count = Counter("tongban_requests", "Requests answered", (*labels, "status"), registry=self.registry)
        self._seconds = Histogram(
            "tongban_request_seconds", "Time to answer", labels, buckets=_SECONDS, registry=self.registry
        )
        self._running = Gauge("tongban_requests_running", "Requests being answered", registry=self.registry)

    def begin(self) -> None:
        g.request_began = time.perf_counter()
        self._running.inc()

    def note(self, response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "unknown"
        method = request.method if request.url_rule else "ANY"
        self._count.labels(method, route, response.status_code).inc()
        self._seconds.labels(method, route).observe(time.perf_counter() - g.request_began)
        return response

    def end(self, _error: BaseException | None) -> None:
        self._running.dec()


def measure(app: Flask) -> None:
    metrics = RequestMetrics()
    app.extensions["tongban.metrics"] = metrics
    app.before_request_funcs.setdefault(None, []).insert(0, metrics.begin)
    app.after_request(metrics.note)
    app.teardown_request(metrics.end)
