"""Addresses below /enrichment/."""

from __future__ import annotations

from django.urls import path

from enrichment.views import panel, runs, start

app_name = "enrichment"
urlpatterns = [
    path("progress/", panel.progress_panel, name="progress"),
    path("start/", start.start, name="start"),
    path("again/<int:pk>/", start.enrich_again, name="again"),
    path("runs/<int:pk>/", runs.run_detail, name="run-detail"),
    path("runs/<int:pk>/<str:action>/", panel.control, name="control"),
    path("batches/<int:pk>/", runs.batch_detail, name="batch-detail"),
]
