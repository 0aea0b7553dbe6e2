from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "jobsite.api"
    label = "api"
    verbose_name = _("API")

    def ready(self) -> None:
        from jobsite.api.hooks import outbox, sender

        outbox.listen()
        sender.listen()
