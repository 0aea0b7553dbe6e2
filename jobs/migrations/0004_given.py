from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_search")]

    operations = []  # noqa: RUF012
