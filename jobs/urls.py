"""Addresses below /jobs/."""

from __future__ import annotations

from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job-list"),
    path("rows/", views.job_rows, name="job-rows"),
    path("<int:pk>/", views.job_detail, name="job-detail"),
    path("<int:pk>/enrichment/", views.job_enrichment, name="job-enrichment"),
]
