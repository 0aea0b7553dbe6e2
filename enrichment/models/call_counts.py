"""How many calls ended how, what they used, and how long they took."""

from __future__ import annotations

from django.db import models


class CallCount(models.Model):
    """Entries add up: `enrichment/call_counts.py` sums them and makes them few again.

    `bucket` is the number of the latency's bucket in `call_counts.BUCKETS`; that behind the
    last one holds the rest, and -1 the calls without an answer, which have no latency.
    """

    model = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12)
    error_kind = models.CharField(max_length=24)
    bucket = models.SmallIntegerField()
    calls = models.BigIntegerField()
    latency_ms = models.BigIntegerField()
    input_tokens = models.BigIntegerField()
    cached_tokens = models.BigIntegerField()
    output_tokens = models.BigIntegerField()
    cost_microusd = models.BigIntegerField()
    unpriced = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.model} {self.outcome} {self.error_kind}: {self.calls}"
