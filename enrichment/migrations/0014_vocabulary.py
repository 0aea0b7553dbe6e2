from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0013_prompts")]

    operations = []  # noqa: RUF012
