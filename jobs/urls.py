"""Addresses below /jobs/."""

from __future__ import annotations

from django.urls import path

from jobs.views import detail, edit, export, list

app_name = "jobs"
urlpatterns = [
    path("", list.job_list, name="job-list"),
    path("rows/", list.job_rows, name="job-rows"),
    path("export.<slug:extension>", export.export_list, name="export-list"),
    path("enrich/", list.enrich_matching, name="enrich-matching"),
    path("<int:pk>/", detail.job_detail, name="job-detail"),
    path("<int:pk>/posting.jsonld", export.export_posting, name="export-posting"),
    path("<int:pk>/edit/", edit.job_edit, name="job-edit"),
    path("<int:pk>/take-back/<str:field>/", edit.job_take_back, name="job-take-back"),
    path("<int:pk>/take-in/<str:field>/", edit.job_take_in, name="job-take-in"),
    path("<int:pk>/restore/<int:call>/", edit.job_restore, name="job-restore"),
    path("<int:pk>/enrichment/", detail.job_enrichment, name="job-enrichment"),
]
