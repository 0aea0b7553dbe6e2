"""Addresses that several tests of pages ask for."""

from __future__ import annotations

from django.urls import reverse

from enrichment.models import Run

PANEL = reverse("enrichment:progress")
START = reverse("enrichment:start")
LIST = reverse("jobs:job-list")
HTMX = {"HX-Request": "true"}
SCRIPT = "<script>alert(1)</script>"


def control(run: Run | None, action: str) -> str:
    assert run is not None
    return reverse("enrichment:control", args=[run.pk, action])
