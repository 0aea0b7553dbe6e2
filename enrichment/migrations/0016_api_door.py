# The door of the API; no database keeps the list.

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0015_access")]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="door",
            field=models.CharField(
                choices=[
                    ("page", "jobs page"),
                    ("admin", "admin"),
                    ("command", "command"),
                    ("schedule", "schedule"),
                    ("shell", "Python shell"),
                    ("api", "API"),
                ],
                max_length=12,
                verbose_name="started from",
            ),
        ),
    ]
