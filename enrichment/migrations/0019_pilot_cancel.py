# A pilot can be cancelled: at once while it waits, else by the worker that has it.

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0018_pilot_deaths")]

    operations = [
        migrations.AddField(
            model_name="pilot",
            name="cancel_requested_at",
            field=models.DateTimeField(
                null=True, verbose_name="asked to be cancelled at"
            ),
        ),
        migrations.AlterField(
            model_name="pilot",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "queued"),
                    ("running", "running"),
                    ("finished", "finished"),
                    ("stopped", "stopped"),
                    ("cancelled", "cancelled"),
                ],
                default="queued",
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="pilot", name="pilot_finished_iff_terminal"
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.CheckConstraint(
                name="pilot_finished_iff_terminal",
                condition=Q(
                    status__in=["finished", "stopped", "cancelled"],
                    finished_at__isnull=False,
                )
                | Q(status__in=["queued", "running"], finished_at__isnull=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.CheckConstraint(
                name="pilot_cancelled_by_request",
                condition=~Q(status="cancelled") | Q(cancel_requested_at__isnull=False),
            ),
        ),
    ]
