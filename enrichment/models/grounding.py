"""How many values of answers were checked against their texts, and not found there."""

from __future__ import annotations

from django.db import models


class GroundingCount(models.Model):
    """Entries add up: `enrichment/grounding_counts.py` adds them and makes them few again."""

    prompt_version = models.PositiveIntegerField()
    field = models.CharField(max_length=40)
    checked = models.BigIntegerField()
    not_found = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.prompt_version} {self.field}: {self.not_found} of {self.checked}"
