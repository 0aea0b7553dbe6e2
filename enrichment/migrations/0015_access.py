from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0014_vocabulary")]

    operations = []  # noqa: RUF012
