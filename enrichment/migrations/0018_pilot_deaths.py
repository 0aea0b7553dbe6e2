# How often a pilot's worker died; those that only handed it over count no more.

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0017_call_counts")]

    operations = [
        migrations.AddField(
            model_name="pilot",
            name="deaths",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="Of its workers, in the middle of it.",
                verbose_name="deaths",
            ),
        ),
    ]
