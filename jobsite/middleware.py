"""What holds for every request and answer, beside what Django's own middleware sees to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

_UNUSED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "usb"),
)
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in _UNUSED)


class Guard(MiddlewareMixin):
    """Refuses what is too large before anything reads it; adds headers to every answer."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.LARGEST_REQUEST_BYTES
        if length.isdecimal() and int(length[:18]) <= limit:
            return None
        text = f"The request is larger than {limit // settings.MEGABYTE} MB.\n"
        return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # No page stays in a browser or a proxy; static files say how long they may.
        response.headers.setdefault("Cache-Control", "private, no-store")
        if getattr(request, "is_logging_out", False):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@receiver(user_logged_out)
def _note_logout(*, request: Any, **_signal: Any) -> None:
    request.is_logging_out = True
