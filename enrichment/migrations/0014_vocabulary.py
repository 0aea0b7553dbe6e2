"""The names that skills, roles and perks go by, and the words that lead to them."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

KINDS = [("skill", "skill"), ("role", "role"), ("perk", "perk")]


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0013_prompts")]

    operations = [
        migrations.CreateModel(
            name="Concept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=8, verbose_name="kind")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("key", models.CharField(editable=False, max_length=100)),
                ("scheme", models.CharField(blank=True, choices=[("esco", "ESCO"), ("onet", "O*NET"), ("other", "other")], help_text="The classification that the code is of.", max_length=8, verbose_name="scheme")),
                ("code", models.CharField(blank=True, max_length=100, verbose_name="code")),
                ("uri", models.CharField(blank=True, max_length=300, verbose_name="URI")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("edit_number", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
            ],
            options={
                "verbose_name": "concept",
                "verbose_name_plural": "vocabulary",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key"), name="concept_named_once"),
                    models.CheckConstraint(condition=models.Q(("code", ""), models.Q(("scheme", ""), _negated=True), _connector="OR"), name="concept_code_has_scheme"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("word", models.CharField(max_length=100, verbose_name="word")),
                ("folded", models.CharField(max_length=100)),
                ("concept", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="enrichment.concept")),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("kind", "folded"), name="alias_of_one_concept")],
            },
        ),
        migrations.CreateModel(
            name="SeededWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("folded", models.CharField(max_length=100)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("kind", "folded"), name="word_brought_once")],
            },
        ),
        migrations.CreateModel(
            name="VocabularyState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=32)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="VocabularyChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("values", models.JSONField(default=list)),
                ("reached", models.BigIntegerField(default=0)),
                ("words", models.JSONField(default=list)),
                ("searched", models.CharField(blank=True, max_length=100)),
                ("due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={"default_permissions": ()},
        ),
    ]
