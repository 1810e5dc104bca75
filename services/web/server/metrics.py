"""``/metrics`` for Prometheus: what all workers answered and how fast, and which release they answer from.

The workers' counters lie in files of a folder that gunicorn.conf.py makes before this module is imported;
those of a worker that died go on counting.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from services.site.alerts.served import Served
from services.site.jobs.job import Stage
from services.site.jobs.queue import Jobs
from services.site.settings import counters
from services.site.state import StateUnusable
from services.web.answers.failure import METRICS
from services.web.answers.references import failed

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from services.desk import Services
    from services.site.state import State

NAMESPACE = "segment_desk"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
ANSWERS = Counter(
    "answers",
    "Requests answered, by callback or address and by status.",
    ["what", "status"],
    namespace=NAMESPACE,
)
SECONDS = Histogram(
    "answer_seconds",
    "Seconds to an answer, by callback or address.",
    ["what"],
    namespace=NAMESPACE,
    buckets=_BUCKETS,
)
UNCOUNTED = ("/current", "/healthz", "/readyz", METRICS, "/api/v1/health")
"""What machines ask whether anybody works or not; as files of pages, not among what was served lately."""
_FILES = ("/assets/", "/vendor/", "/_dash-component-suites/", "/_favicon.ico")


def install(server: Flask, services: Services) -> None:
    """Count what ``server`` answers, and add ``/metrics``."""
    served = Served(services.state)

    @server.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @server.after_request
    def count(response: Response) -> Response:
        what = name_of_request()
        ANSWERS.labels(what, response.status_code).inc()
        if "began" in g:
            seconds = time.perf_counter() - g.began
            SECONDS.labels(what).observe(seconds)
            if what not in UNCOUNTED and not what.startswith(_FILES):
                served.note(seconds, failed=response.status_code >= 500 or failed())
        if served.due:
            response.call_on_close(served.keep)  # nobody waits for it
        return response

    @server.get(METRICS)
    def metrics() -> Response:
        registry = CollectorRegistry()
        registry.register(OfSite(services))
        if counters():
            MultiProcessCollector(registry)
            counted = generate_latest(registry)
        else:
            counted = generate_latest(registry) + generate_latest(REGISTRY)
        return Response(counted, content_type=CONTENT_TYPE_LATEST)


def name_of_request() -> str:
    """Return the callback that was asked, by its name in the code, or the rule of the address.

    An address that nobody has is ``unknown``, so that no visitor can make up new series.
    """
    if callback := g.get("callback"):
        return str(callback)
    return request.url_rule.rule if request.url_rule else "unknown"


class OfSite(Collector):
    """What is true of the site at the moment, whichever worker is asked.

    Parameters
    ----------
    services : Services
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges."""
        state, release = self._services.state, self._services.releases.current()
        yield _gauge("records_readable", "Whether the site's own records can be read.", state.readable)
        yield _gauge("records_writable", "Whether the site's own records can be written.", state.writable)
        yield from _of_jobs(state)
        if release is None:
            return
        manifest, zone = release.manifest, ZoneInfo(self._services.settings.time_zone)
        info = GaugeMetricFamily(f"{NAMESPACE}_release", "The active release.", labels=["release", "preset"])
        info.add_metric([release.id, manifest.preset], 1)
        yield info
        for name, what, value in (
            ("release_made_seconds", "When the release was made, Unix time.", manifest.made_at.timestamp()),
            (
                "data_to_seconds",
                "The last purchase in the data, Unix time.",
                manifest.data_to.replace(tzinfo=zone).timestamp(),
            ),
            ("training_seconds", "How long its training took.", sum(manifest.seconds.values())),
            ("customers", "Customers in the release.", manifest.customers),
        ):
            yield _gauge(name, what, value)


def _of_jobs(state: State) -> Iterator[Metric]:
    """Yield what is known of trainings; nothing while the records cannot be read."""
    try:
        tally = Jobs(state).tally()
    except StateUnusable:
        return
    counts = GaugeMetricFamily(f"{NAMESPACE}_jobs", "Jobs that are listed, by state.", labels=["state"])
    for stage in Stage:
        counts.add_metric([stage.value], tally.states.get(stage, 0))
    yield counts
    yield _gauge("worker_there", "Whether a worker has been heard of lately.", tally.worker)
    for name, what, value in (
        ("job_seconds", "How long the last job that made a release took.", tally.seconds),
        ("job_failed_seconds", "When a job failed last, Unix time.", tally.failed_at),
    ):
        if value is not None:
            yield _gauge(name, what, value)


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{NAMESPACE}_{name}", what, value=float(value))
