"""Runs, batches, the queue and the workers: is anything standing still?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Max
from django.db.models.functions import Now
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from enrichment import conf, progress, queue, run_sums
from enrichment.models import Batch, Enrichment, LlmCall, Run

# A run that had nothing to show is looked for among those of a day, if they are so few.
LATELY = timedelta(days=1)
NEWEST_RUNS = 200
# A run works on its newest batches.
NEWEST_BATCHES = 8


def families() -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "enrichment_workers",
        "Worker commands with a sign of life in the last 30 seconds.",
        value=progress.workers_alive(),
    )
    yield _queue()
    yield from _batches()
    yield from _runs()
    yield GaugeMetricFamily(
        "enrichment_last_answer_seconds",
        "Since the newest answered call has its answer; 0 = there has been none.",
        value=_since_answer(),
    )


def _since_answer() -> float:
    newest = LlmCall.objects.filter(outcome="ok").order_by("-pk").annotate(now=Now())
    answered = newest.values_list("finished_at", "now").first()
    if answered is None or answered[0] is None:
        return 0.0
    return (answered[1] - answered[0]).total_seconds()


def _queue() -> Metric:
    family = GaugeMetricFamily(
        "enrichment_queue_tasks", "Tasks in the queue that no worker has fetched yet."
    )
    try:
        family.add_metric([], queue.count_waiting())
    except queue.QueueAwayError:
        pass  # not a number: `/readyz` says that the queue is away
    return family


def _batches() -> Iterator[Metric]:
    live = Batch.objects.live().order_by()
    counts = dict(live.values_list("status").annotate(count=Count("pk")))
    family = GaugeMetricFamily(
        "enrichment_batches", "Batches that aren't over, by state.", labels=["status"]
    )
    for status in Batch.LIVE:
        family.add_metric([status], counts.get(status, 0))
    yield family
    yield GaugeMetricFamily(
        "enrichment_stalled_batches",
        "Batches whose worker fell silent, or whose task got lost.",
        value=_lost(),
    )


def _lost() -> int:
    """Those that wait for their turn are not lost, however long they do."""
    try:
        tasks_wait = queue.count_waiting() > 0
    except queue.QueueAwayError:  # nothing can be said of its tasks
        tasks_wait = True
    after = conf.current().stalled_after
    return Batch.objects.lost(after=after, tasks_wait=tasks_wait).count()


def _runs() -> Iterator[Metric]:
    counts = dict(
        Run.objects.unfinished().values_list("status").annotate(count=Count("pk"))
    )
    family = GaugeMetricFamily(
        "enrichment_runs", "Runs that aren't over, by state.", labels=["status"]
    )
    for status in Run.UNFINISHED:
        family.add_metric([status], counts.get(status, 0))
    yield family
    yield GaugeMetricFamily(
        "enrichment_run_idle_seconds",
        "Since an active run, the one that has stood longest, last started or ended"
        " a call; 0 = none is active. Of the highest priority there is.",
        value=_idle_seconds(),
    )
    yield GaugeMetricFamily(
        "enrichment_runs_without_result",
        "Runs that ended in the last 24 hours and enriched nothing.",
        value=_without_result(),
    )


def _idle_seconds() -> float:
    """Also a posting that ends without a call, by an answer that was stored, is a move.

    Runs of a lower priority than another's wait for their turn.
    """
    idle = []
    active = Run.objects.filter(status=Run.Status.ACTIVE)
    urgent = active.aggregate(highest=Max("priority"))["highest"]
    turn = active.filter(priority=urgent).annotate(now=Now())
    for pk, created_at, now in turn.values_list("pk", "created_at", "now"):
        newest = (
            Batch.objects.filter(run=pk).order_by("-pk").values_list("pk", flat=True)
        )
        batches = list(newest[:NEWEST_BATCHES])
        calls = LlmCall.objects.filter(batch__in=batches).aggregate(
            start=Max("started_at"), end=Max("finished_at")
        )
        ended = Enrichment.objects.filter(batch__in=batches)
        moments = [
            created_at,
            *calls.values(),
            *ended.aggregate(Max("finished_at")).values(),
        ]
        idle.append((now - max(filter(None, moments))).total_seconds())
    return max(idle, default=0.0)


def _without_result() -> int:
    since = timezone.now() - LATELY
    ended = [
        run
        for run in Run.objects.order_by("-pk")[:NEWEST_RUNS]
        if run.status == Run.Status.FINISHED and (run.finished_at or since) > since
    ]
    sums = run_sums.of_many(ended)
    return sum(not sums[run.pk]["successful"] for run in ended)
