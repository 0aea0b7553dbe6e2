"""Addresses of the site."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from django.views.generic import RedirectView

from enrichment.views.metrics import metrics_text
from jobsite import logins

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="jobs:job-list"), name="home"),
    path("jobs/", include("jobs.urls")),
    path("enrichment/", include("enrichment.urls")),
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", logins.PasswordView.as_view(), name="password"),
    path("language/", include("django.conf.urls.i18n")),
    # One login page for the whole site: the admin's own one comes after this.
    path("admin/login/", logins.admin_login),
    path("api/", include("jobsite.api.urls")),
    path("metrics", metrics_text, name="metrics"),
    path("admin/", admin.site.urls),
]
