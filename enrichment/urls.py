"""Addresses below /enrichment/."""

from __future__ import annotations

from django.urls import path

from enrichment import views

app_name = "enrichment"
urlpatterns = [
    path("progress/", views.progress_panel, name="progress"),
    path("start/", views.start, name="start"),
    path("again/<int:pk>/", views.enrich_again, name="again"),
    path("runs/<int:pk>/", views.run_detail, name="run-detail"),
    path("runs/<int:pk>/<str:action>/", views.control, name="control"),
    path("batches/<int:pk>/", views.batch_detail, name="batch-detail"),
]
