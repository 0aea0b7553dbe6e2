"""What the employer itself says of a posting, beside what the model reads in its text."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_search")]

    operations = [
        migrations.AddField(
            model_name="jobposting",
            name="given",
            field=models.JSONField(blank=True, editable=False, null=True, verbose_name="given by the employer"),
        ),
    ]
