from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.core.signals import request_started
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EnrichmentConfig(AppConfig):
    name = "enrichment"
    verbose_name = _("Enrichment")

    def ready(self) -> None:
        from enrichment import checks, forks, ready_groups
        from enrichment.vocabulary import current, seeding

        checks.register_all()
        forks.install()
        post_migrate.connect(enter_shipped_prompt, sender=self)
        request_started.connect(current.expire, dispatch_uid="vocabulary-expires")
        post_migrate.connect(
            seeding.after_migrate, sender=self, dispatch_uid="vocabulary-seeded"
        )
        # After the app of permissions has made all of them: it comes later than ours.
        post_migrate.connect(
            ready_groups.offer,
            sender=apps.get_app_config("auth"),
            dispatch_uid="ready-groups",
        )


def enter_shipped_prompt(**_options: Any) -> None:
    """A release may come with a new prompt: it becomes a draft, and no more by itself."""
    from django.db import connection

    from enrichment import prompts
    from enrichment.models import Prompt

    # Migrated to a state before it existed, there is no table.
    if Prompt._meta.db_table in connection.introspection.table_names():
        prompts.enter_shipped()
