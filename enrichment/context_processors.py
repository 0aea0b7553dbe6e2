"""What every page says about the provider."""

from __future__ import annotations

from django.http import HttpRequest

from enrichment import conf


def provider(_request: HttpRequest) -> dict[str, bool | str]:
    """Whether the offline extractor serves, and the model's name."""
    settings = conf.current()
    return {"is_offline": settings.is_offline, "model_name": settings.model}
