"""Throttled logins: what counts as too many, from where, and what a person is told.

django-axes keeps a row for each name, address and browser that failed, for as long as it
counts. Three limits hold at once: per name and address, per address (many names tried from
one place) and per name (one account tried from many places).
"""

from __future__ import annotations

import ipaddress
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import PasswordChangeView, redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Failures within AXES_COOLOFF_TIME that lock: of a name from an address, of an address with
# whatever names, and of a name from wherever.
PAIR_LIMIT = 5
ADDRESS_LIMIT = 30
NAME_LIMIT = 25
LONGEST_PASSWORD = 128
# One customer of a provider has as many IPv6 addresses as this prefix leaves.
IPV6_PREFIX = 64


class LoginHandler(AxesDatabaseHandler):  # type: ignore[misc]
    def get_failures(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Of the name from the address; enough to lock where a wider limit is reached."""
        attempts = self.get_user_attempts(request, credentials)
        pair, address, name = (
            found.aggregate(n=Sum("failures_since_start"))["n"] or 0
            for found in attempts
        )
        if address >= ADDRESS_LIMIT or name >= NAME_LIMIT:
            return max(pair, PAIR_LIMIT)
        return int(pair)

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """After a login: what that name failed from there, and nothing of others."""
        [pair, *_wider] = self.filter_user_attempts(request, credentials)
        count: int = pair.delete()[0]
        return count

    def post_save_access_attempt(self, instance: AccessAttempt, **_signal: Any) -> None:
        """The row counts; what was sent is nobody's business."""
        AccessAttempt.objects.filter(pk=instance.pk).update(get_data="", post_data="")


def client_address(request: HttpRequest) -> str | None:
    """Who asks, by the connection; behind proxies, by what the outermost trusted one saw.

    Each proxy adds the address that it talked to at the end of X-Forwarded-For. What stands
    before the last `DJANGO_TRUSTED_PROXIES` ones, anybody can have written.
    """
    said = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXIES
    if hops:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        chain = [part.strip() for part in forwarded.split(",") if part.strip()]
        if len(chain) >= hops:
            said = chain[-hops]
    try:
        address = ipaddress.ip_address(said.strip("[]"))
    except ValueError:  # a Unix socket, or a proxy that writes something else
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        network = ipaddress.ip_network((int(address), IPV6_PREFIX), strict=False)
        return str(network.network_address)
    return str(address)


def locked_out(request: HttpRequest, *_rest: object) -> HttpResponse:
    minutes = round(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    return render(
        request, "registration/locked_out.html", {"minutes": minutes}, status=429
    )


class MaximumLengthValidator:
    """The other end of Django's `MinimumLengthValidator`."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        text = ngettext(
            "Your password can have at most %(most)d character.",
            "Your password can have at most %(most)d characters.",
            LONGEST_PASSWORD,
        )
        return text % {"most": LONGEST_PASSWORD}


class PasswordView(LoginRequiredMixin, PasswordChangeView):
    """One's own password, by the old one; other sessions of the person end."""

    template_name = "registration/password_form.html"
    success_url = reverse_lazy(settings.LOGIN_REDIRECT_URL)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, _("Your password is changed."))
        return response


def admin_login(request: HttpRequest) -> HttpResponse:
    """The site's login, and a plain no to whoever is logged in and no staff."""
    if request.user.is_authenticated and not admin.site.has_permission(request):
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
