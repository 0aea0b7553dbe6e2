"""The one place that puts tasks into django-q2's queue.

The queue is a table of the same database, so inside a transaction a task and the rows that
it is about are committed together, or not at all.
"""

from __future__ import annotations

from django_q.tasks import async_task


def enqueue_batch(batch_id: int) -> None:
    """Have some worker run the batch. More than once does no harm: the lease decides."""
    async_task(
        "enrichment.tasks.run_batch", batch_id, task_name=f"enrich-batch-{batch_id}"
    )
