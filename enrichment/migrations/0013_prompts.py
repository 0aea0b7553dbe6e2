from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0012_grounding")]

    operations = []  # noqa: RUF012
