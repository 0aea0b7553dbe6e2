"""What every page says about the provider, and how it follows the progress."""

from __future__ import annotations

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from enrichment import conf


def provider(request: HttpRequest) -> dict[str, bool | str]:
    """Whether the offline extractor serves, the model's name, and whether panels are pushed."""
    settings = conf.current()
    return {
        "is_offline": settings.is_offline,
        "model_name": settings.model,
        "is_pushed": settings.pushes and isinstance(request, ASGIRequest),
    }
