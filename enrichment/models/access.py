"""Which permissions the ready groups were given: each once, so that a person may take it back."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models


class ReadyGroup(models.Model):
    """One of the groups that every installation has (`enrichment/ready_groups.py`).

    `group` is empty once a person deleted it, and where one of that name was there before:
    such a group is that person's own. `given` names permissions, taken back since or not.
    """

    name = models.CharField(max_length=150, unique=True)
    group = models.OneToOneField(
        Group, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
