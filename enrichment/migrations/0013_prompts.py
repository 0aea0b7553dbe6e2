"""Prompts as versions, pilots, and the order in which stale enrichments are read again.

The instructions that this release came with are entered as the current version. A trigger
keeps what was used as it is.
"""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from enrichment.llm.prompt import INSTRUCTIONS, PROMPT_VERSION

CHANGED = "NEW.instructions <> OLD.instructions OR NEW.version <> OLD.version"
POSTGRES = f"""
CREATE FUNCTION enrichment_prompt_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
        MESSAGE = 'the prompt was used: its instructions never change';
END $$;
CREATE TRIGGER enrichment_prompt_stays BEFORE UPDATE ON enrichment_prompt FOR EACH ROW
WHEN (OLD.used_at IS NOT NULL AND ({CHANGED}))
EXECUTE FUNCTION enrichment_prompt_stays();
"""
SQLITE = f"""
CREATE TRIGGER enrichment_prompt_stays BEFORE UPDATE ON enrichment_prompt FOR EACH ROW
WHEN OLD.used_at IS NOT NULL AND ({CHANGED})
BEGIN SELECT RAISE(ABORT, 'the prompt was used: its instructions never change'); END
"""


def create_trigger(_apps, schema_editor):
    is_postgres = schema_editor.connection.vendor == "postgresql"
    # No parameters: the percent sign is of PL/pgSQL.
    schema_editor.execute(POSTGRES if is_postgres else SQLITE, params=None)


def drop_trigger(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION enrichment_prompt_stays CASCADE")
    else:
        schema_editor.execute("DROP TRIGGER enrichment_prompt_stays")


def enter_shipped(apps, _schema_editor):
    apps.get_model("enrichment", "Prompt").objects.create(
        version=PROMPT_VERSION,
        instructions=INSTRUCTIONS,
        note="Came with a release of the program.",
        status="current",
        used_at=Now(),
        promoted_at=Now(),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("enrichment", "0012_grounding"),
        ("jobs", "0003_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pilot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=200, verbose_name='model')),
                ('status', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('finished', 'finished'), ('stopped', 'stopped')], default='queued', max_length=12, verbose_name='status')),
                ('attempt', models.PositiveIntegerField(default=0, verbose_name='attempt')),
                ('holder', models.CharField(blank=True, max_length=200, verbose_name='worker')),
                ('lease_expires_at', models.DateTimeField(null=True, verbose_name='lease until')),
                ('error_kind', models.CharField(blank=True, choices=[('rate_limited', 'rate limited'), ('server_error', 'provider error'), ('connection', 'no connection'), ('timeout', 'no answer in time'), ('invalid_json', 'invalid JSON'), ('bad_output', 'wrong shape'), ('refused', 'refused by the model'), ('truncated', 'answer cut off'), ('empty_output', 'empty answer'), ('bad_request', 'request not accepted'), ('no_text', 'no text'), ('insufficient_quota', 'account has no credit'), ('unauthorized', 'key not accepted'), ('forbidden', 'not allowed'), ('unknown_model', 'unknown model'), ('provider_down', 'provider is down'), ('worker_died', 'worker died'), ('internal_error', 'internal error')], max_length=24, verbose_name='error kind')),
                ('error_message', models.TextField(blank=True, verbose_name='error')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='queued at')),
                ('enqueued_at', models.DateTimeField(null=True, verbose_name='last put in the task queue')),
                ('started_at', models.DateTimeField(null=True, verbose_name='started at')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished at')),
            ],
            options={
                'verbose_name': 'pilot',
                'verbose_name_plural': 'pilots',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='PilotPosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=64)),
                ('before', models.JSONField()),
                ('before_version', models.PositiveIntegerField()),
                ('after', models.JSONField(null=True)),
                ('before_missing', models.JSONField(default=list)),
                ('after_missing', models.JSONField(default=list)),
                ('error_kind', models.CharField(blank=True, choices=[('rate_limited', 'rate limited'), ('server_error', 'provider error'), ('connection', 'no connection'), ('timeout', 'no answer in time'), ('invalid_json', 'invalid JSON'), ('bad_output', 'wrong shape'), ('refused', 'refused by the model'), ('truncated', 'answer cut off'), ('empty_output', 'empty answer'), ('bad_request', 'request not accepted'), ('no_text', 'no text'), ('insufficient_quota', 'account has no credit'), ('unauthorized', 'key not accepted'), ('forbidden', 'not allowed'), ('unknown_model', 'unknown model'), ('provider_down', 'provider is down'), ('worker_died', 'worker died'), ('internal_error', 'internal error')], max_length=24)),
                ('error_message', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Prompt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('instructions', models.TextField(verbose_name='instructions')),
                ('note', models.TextField(blank=True, help_text='What is different, and why.', verbose_name='note')),
                ('status', models.CharField(choices=[('draft', 'draft'), ('current', 'current'), ('retired', 'retired')], default='draft', max_length=12, verbose_name='status')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written at')),
                ('used_at', models.DateTimeField(null=True, verbose_name='first used at')),
                ('promoted_at', models.DateTimeField(null=True, verbose_name='promoted at')),
            ],
            options={
                'verbose_name': 'prompt',
                'verbose_name_plural': 'prompts',
                'permissions': [('manage_prompts', 'Can write, try, promote and roll back prompts')],
                'default_permissions': ('view',),
            },
        ),
        migrations.AlterField(
            model_name='run',
            name='priority',
            field=models.SmallIntegerField(choices=[(-1, 'low'), (0, 'normal'), (1, 'high')], db_default=0, default=0, help_text='Batches of a run of high priority go before those of others, and those of one of low priority after them.', verbose_name='priority'),
        ),
        migrations.AlterField(
            model_name='run',
            name='retries',
            field=models.CharField(blank=True, choices=[('all', 'all failures'), ('stale', 'what an older prompt or schema read'), ('rate_limited', 'rate limited'), ('server_error', 'provider error'), ('connection', 'no connection'), ('timeout', 'no answer in time'), ('invalid_json', 'invalid JSON'), ('bad_output', 'wrong shape'), ('refused', 'refused by the model'), ('truncated', 'answer cut off'), ('empty_output', 'empty answer'), ('bad_request', 'request not accepted'), ('no_text', 'no text'), ('insufficient_quota', 'account has no credit'), ('unauthorized', 'key not accepted'), ('forbidden', 'not allowed'), ('unknown_model', 'unknown model'), ('provider_down', 'provider is down'), ('worker_died', 'worker died'), ('internal_error', 'internal error')], db_default='', default='', help_text='It takes postings of this kind once more, and no others.', max_length=24, verbose_name='retries'),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(condition=models.Q(('status', 'enriched')), fields=['prompt_version', 'schema_version', 'posting'], name='enrichment_by_versions'),
        ),
        migrations.AddField(
            model_name='pilot',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='pilotposting',
            name='call',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrichment.llmcall'),
        ),
        migrations.AddField(
            model_name='pilotposting',
            name='pilot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='postings', to='enrichment.pilot'),
        ),
        migrations.AddField(
            model_name='pilotposting',
            name='posting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='jobs.jobposting'),
        ),
        migrations.AddField(
            model_name='prompt',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='prompt',
            name='promoted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='promoted by'),
        ),
        migrations.AddField(
            model_name='pilot',
            name='prompt',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pilots', to='enrichment.prompt', verbose_name='prompt'),
        ),
        migrations.AddConstraint(
            model_name='pilotposting',
            constraint=models.UniqueConstraint(fields=('pilot', 'posting'), name='pilot_posting_once'),
        ),
        migrations.AddConstraint(
            model_name='pilotposting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', True), ('ended_at__isnull', True), ('error_kind', '')), models.Q(('after__isnull', False), ('ended_at__isnull', False), ('error_kind', '')), models.Q(('after__isnull', True), ('ended_at__isnull', False), models.Q(('error_kind', ''), _negated=True)), _connector='OR'), name='pilot_posting_ended_with_facts_or_error'),
        ),
        migrations.AddConstraint(
            model_name='prompt',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'current')), fields=('status',), name='prompt_one_current'),
        ),
        migrations.AddConstraint(
            model_name='prompt',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='prompt_version_from_one'),
        ),
        migrations.AddConstraint(
            model_name='prompt',
            constraint=models.CheckConstraint(condition=models.Q(('instructions', ''), _negated=True), name='prompt_has_instructions'),
        ),
        migrations.AddConstraint(
            model_name='prompt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'current'), _negated=True), models.Q(('promoted_at__isnull', False), ('used_at__isnull', False)), _connector='OR'), name='prompt_current_was_promoted'),
        ),
        migrations.AddConstraint(
            model_name='prompt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'draft'), _negated=True), ('promoted_at__isnull', True), _connector='OR'), name='prompt_draft_was_never_promoted'),
        ),
        migrations.AddConstraint(
            model_name='pilot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('status__in', ['finished', 'stopped'])), models.Q(('finished_at__isnull', True), ('status__in', ['queued', 'running'])), _connector='OR'), name='pilot_finished_iff_terminal'),
        ),
        migrations.AddConstraint(
            model_name='pilot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_expires_at__isnull', False), ('status', 'running')), models.Q(models.Q(('status', 'running'), _negated=True), ('lease_expires_at__isnull', True)), _connector='OR'), name='pilot_lease_iff_running'),
        ),
        migrations.AddConstraint(
            model_name='pilot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'stopped'), models.Q(('error_kind', ''), _negated=True)), models.Q(models.Q(('status', 'stopped'), _negated=True), ('error_kind', '')), _connector='OR'), name='pilot_error_iff_stopped'),
        ),
        migrations.AddConstraint(
            model_name='pilot',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['queued', 'running'])), fields=('prompt',), name='pilot_one_at_a_time'),
        ),
        migrations.RunPython(create_trigger, drop_trigger),
        migrations.RunPython(enter_shipped, migrations.RunPython.noop),
    ]
