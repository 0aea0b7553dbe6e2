"""The terms that enriched postings are found by, and how many have each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enrichment', '0005_faults'),
        ('jobs', '0003_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Term',
            fields=[
                ('pk', models.CompositePrimaryKey('kind', 'value', 'posting', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('role_family', 'Role Family'), ('seniority', 'Seniority'), ('remote_policy', 'Remote Policy'), ('contract_type', 'Contract Type'), ('employment_type', 'Employment Type'), ('education', 'Education'), ('posting_language', 'Posting Language'), ('spoken_language', 'Spoken Language'), ('skill', 'Skill'), ('perk', 'Perk'), ('salary_from', 'Salary From'), ('salary', 'Salary'), ('role_salary', 'Role Salary')], max_length=16)),
                ('value', models.CharField(max_length=100)),
                ('posting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='enrichment.enrichment')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TermCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('value', models.CharField(max_length=100)),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TermCounting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counted_at', models.DateTimeField(null=True)),
                ('took_ms', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('seen', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='enrichment',
            name='terms_version',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(condition=models.Q(('facts__isnull', False)), fields=['terms_version', 'posting'], name='enrichment_by_terms'),
        ),
        migrations.AddIndex(
            model_name='termcount',
            index=models.Index(fields=['kind', '-count', 'value'], name='term_most_frequent'),
        ),
        migrations.AddConstraint(
            model_name='termcount',
            constraint=models.UniqueConstraint(fields=('kind', 'value'), name='term_counted_once'),
        ),
    ]
