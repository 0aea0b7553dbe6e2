"""The tally: how many postings are in which state, without counting them."""

from __future__ import annotations

from django.db import models


class TallyEntry(models.Model):
    """So many postings more, or fewer, in one state; a state's count is the sum of its entries.

    On PostgreSQL triggers of `enrichment_enrichment` write them, in the transaction that
    moved the postings (migration 0003); `enrichment/tally.py` reads them. Empty on SQLite.
    """

    status = models.CharField(max_length=12)
    error_kind = models.CharField(max_length=24, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.status} {self.error_kind} {self.amount:+d}"
