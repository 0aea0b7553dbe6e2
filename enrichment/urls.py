"""Addresses below /enrichment/."""

from __future__ import annotations

from django.urls import path

from enrichment.views import (
    failures,
    insights,
    panel,
    pilots,
    prompts,
    runs,
    start,
    stream,
)

app_name = "enrichment"
urlpatterns = [
    path("progress/", panel.progress_panel, name="progress"),
    path("progress/stream/", stream.progress_stream, name="progress-stream"),
    path("start/", start.start, name="start"),
    path("failures/", failures.failure_list, name="failures"),
    path("failures/retry/", failures.retry, name="retry"),
    path("insights/", insights.page, name="insights"),
    path("insights/<str:name>.csv", insights.figure_csv, name="insights-csv"),
    path("again/<int:pk>/", start.enrich_again, name="again"),
    path("prompts/", prompts.prompt_list, name="prompts"),
    path("prompts/renew/", prompts.renew, name="renew"),
    path("prompts/pilot/", pilots.choose, name="pilot-choice"),
    path("prompts/pilot/start/", pilots.start, name="pilot-start"),
    path("prompts/<int:version>/", prompts.prompt_page, name="prompt"),
    path("prompts/<int:version>/draft/", prompts.new_draft, name="prompt-draft"),
    path("prompts/<int:version>/edit/", prompts.edit_draft, name="prompt-edit"),
    path("prompts/<int:version>/promote/", prompts.promote, name="prompt-promote"),
    path("prompts/<int:version>/discard/", prompts.discard, name="prompt-discard"),
    path("pilots/<int:pk>/", pilots.page, name="pilot"),
    path("pilots/<int:pk>/progress/", pilots.pilot_progress, name="pilot-progress"),
    path("pilots/<int:pk>/cancel/", pilots.cancel, name="pilot-cancel"),
    path("runs/", runs.run_list, name="runs"),
    path("runs/<int:pk>/", runs.run_detail, name="run-detail"),
    path("runs/<int:pk>/batch-size/", runs.resize, name="run-resize"),
    path("runs/<int:pk>/<str:action>/", panel.control, name="control"),
    path("batches/<int:pk>/", runs.batch_detail, name="batch-detail"),
]
