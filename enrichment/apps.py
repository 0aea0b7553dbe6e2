from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrichmentConfig(AppConfig):
    name = "enrichment"
    verbose_name = _("Enrichment")

    def ready(self) -> None:
        from enrichment import checks, forks

        checks.register_all()
        forks.install()
