"""What was found of each value in the text, withheld or not, and what was asked for it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0011_evaluations")]

    operations = [
        migrations.CreateModel(
            name='GroundingCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prompt_version', models.PositiveIntegerField()),
                ('field', models.CharField(max_length=40)),
                ('checked', models.BigIntegerField()),
                ('not_found', models.BigIntegerField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='batch',
            name='values_checked',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='values checked'),
        ),
        migrations.AddField(
            model_name='batch',
            name='values_not_found',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='values not found'),
        ),
        migrations.AddField(
            model_name='enrichment',
            name='grounding',
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='enrichment',
            name='not_found',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, help_text='In the text; they are withheld.', verbose_name='values not found'),
        ),
        migrations.AddField(
            model_name='enrichment',
            name='prompt_version',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='prompt version'),
        ),
        migrations.AddField(
            model_name='enrichment',
            name='schema_version',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='schema version'),
        ),
        migrations.AddField(
            model_name='enrichment',
            name='values_checked',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, verbose_name='values checked'),
        ),
        migrations.AlterField(
            model_name='term',
            name='kind',
            field=models.CharField(choices=[('role_family', 'Role Family'), ('seniority', 'Seniority'), ('remote_policy', 'Remote Policy'), ('contract_type', 'Contract Type'), ('employment_type', 'Employment Type'), ('education', 'Education'), ('posting_language', 'Posting Language'), ('spoken_language', 'Spoken Language'), ('skill', 'Skill'), ('perk', 'Perk'), ('role', 'Role'), ('title', 'Title'), ('not_found', 'Not Found'), ('given', 'Given'), ('salary_from', 'Salary From'), ('salary', 'Salary'), ('role_salary', 'Role Salary')], max_length=16),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(condition=models.Q(('status', 'enriched')), fields=['prompt_version', 'posting'], name='enrichment_by_prompt'),
        ),
    ]
