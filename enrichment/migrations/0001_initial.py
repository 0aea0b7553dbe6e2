# The engine's tables.

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('jobs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('finished', 'finished'), ('released', 'given back')], default='queued', max_length=12, verbose_name='status')),
                ('attempt', models.PositiveIntegerField(default=0, verbose_name='attempt')),
                ('holder', models.CharField(blank=True, help_text='host:process id', max_length=200, verbose_name='worker')),
                ('lease_expires_at', models.DateTimeField(blank=True, null=True, verbose_name='lease until')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='total')),
                ('successful', models.PositiveIntegerField(default=0, verbose_name='successful')),
                ('failed', models.PositiveIntegerField(default=0, verbose_name='failed')),
                ('rate_limited', models.PositiveIntegerField(default=0, verbose_name='rate limited')),
                ('calls', models.PositiveIntegerField(default=0, verbose_name='calls')),
                ('input_tokens', models.BigIntegerField(default=0, verbose_name='input tokens')),
                ('output_tokens', models.BigIntegerField(default=0, verbose_name='output tokens')),
                ('cost_microusd', models.BigIntegerField(default=0, help_text='Millionths of a US dollar.', verbose_name='cost')),
                ('unpriced_calls', models.PositiveIntegerField(default=0, verbose_name='calls without a price')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='queued at')),
                ('enqueued_at', models.DateTimeField(null=True, verbose_name='last put in the task queue')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
            ],
            options={
                'verbose_name': 'batch',
                'verbose_name_plural': 'batches',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='ProviderPace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=200, unique=True, verbose_name='account')),
                ('next_start_us', models.BigIntegerField(default=0, verbose_name='next call may start (µs)')),
                ('next_tokens_us', models.BigIntegerField(default=0, verbose_name='tokens free again (µs)')),
                ('hold_until_us', models.BigIntegerField(default=0, verbose_name='held until (µs)')),
            ],
            options={
                'verbose_name': 'provider pace',
                'verbose_name_plural': 'provider paces',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='worker')),
                ('processes', models.PositiveIntegerField(default=1, verbose_name='processes')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started at')),
                ('seen_at', models.DateTimeField(verbose_name='last seen at')),
            ],
            options={
                'verbose_name': 'worker',
                'verbose_name_plural': 'workers',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='LlmCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch_attempt', models.PositiveIntegerField(default=0, verbose_name='attempt at the batch')),
                ('try_number', models.PositiveSmallIntegerField(default=1, verbose_name='try')),
                ('outcome', models.CharField(choices=[('open', 'in flight'), ('ok', 'answered'), ('error', 'failed'), ('in_doubt', 'in doubt'), ('abandoned', 'abandoned'), ('unsent', 'not sent')], default='open', max_length=12, verbose_name='outcome')),
                ('error_kind', models.CharField(blank=True, choices=[('rate_limited', 'rate limited'), ('server_error', 'provider error'), ('connection', 'no connection'), ('timeout', 'no answer in time'), ('invalid_json', 'invalid JSON'), ('bad_output', 'wrong shape'), ('refused', 'refused by the model'), ('truncated', 'answer cut off'), ('empty_output', 'empty answer'), ('bad_request', 'request not accepted'), ('no_text', 'no text'), ('insufficient_quota', 'account has no credit'), ('unauthorized', 'key not accepted'), ('forbidden', 'not allowed'), ('unknown_model', 'unknown model'), ('provider_down', 'provider is down'), ('worker_died', 'worker died'), ('internal_error', 'internal error')], max_length=24, verbose_name='error kind')),
                ('error_message', models.TextField(blank=True, verbose_name='error')),
                ('provider', models.CharField(max_length=200, verbose_name='provider')),
                ('model', models.CharField(max_length=200, verbose_name='model')),
                ('reported_model', models.CharField(blank=True, max_length=200, verbose_name='model that answered')),
                ('prompt_version', models.PositiveIntegerField(verbose_name='prompt version')),
                ('schema_version', models.PositiveIntegerField(verbose_name='schema version')),
                ('content_hash', models.CharField(max_length=64, verbose_name='content hash')),
                ('request_id', models.CharField(blank=True, max_length=200, verbose_name='request id')),
                ('http_status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='HTTP status')),
                ('input_tokens', models.PositiveIntegerField(default=0, verbose_name='input tokens')),
                ('cached_tokens', models.PositiveIntegerField(default=0, verbose_name='cached input tokens')),
                ('output_tokens', models.PositiveIntegerField(default=0, verbose_name='output tokens')),
                ('cost_microusd', models.BigIntegerField(blank=True, help_text='Millionths of a US dollar.', null=True, verbose_name='cost')),
                ('latency_ms', models.PositiveIntegerField(blank=True, null=True, verbose_name='milliseconds')),
                ('answer', models.TextField(blank=True, verbose_name='raw answer')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='llm_calls', to='enrichment.batch', verbose_name='batch')),
                ('posting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='llm_calls', to='jobs.jobposting', verbose_name='posting')),
            ],
            options={
                'verbose_name': 'call',
                'verbose_name_plural': 'calls',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Enrichment',
            fields=[
                ('posting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='enrichment', serialize=False, to='jobs.jobposting', verbose_name='posting')),
                ('status', models.CharField(choices=[('pending', 'pending'), ('queued', 'queued'), ('running', 'running'), ('enriched', 'enriched'), ('failed', 'failed')], default='pending', max_length=12, verbose_name='status')),
                ('priority', models.SmallIntegerField(default=0, verbose_name='priority')),
                ('tries', models.PositiveSmallIntegerField(default=0, help_text='How often it ended failed since it last succeeded or changed.', verbose_name='failed tries')),
                ('error_kind', models.CharField(blank=True, choices=[('rate_limited', 'rate limited'), ('server_error', 'provider error'), ('connection', 'no connection'), ('timeout', 'no answer in time'), ('invalid_json', 'invalid JSON'), ('bad_output', 'wrong shape'), ('refused', 'refused by the model'), ('truncated', 'answer cut off'), ('empty_output', 'empty answer'), ('bad_request', 'request not accepted'), ('no_text', 'no text'), ('insufficient_quota', 'account has no credit'), ('unauthorized', 'key not accepted'), ('forbidden', 'not allowed'), ('unknown_model', 'unknown model'), ('provider_down', 'provider is down'), ('worker_died', 'worker died'), ('internal_error', 'internal error')], max_length=24, verbose_name='error kind')),
                ('error_message', models.TextField(blank=True, verbose_name='error')),
                ('retry_at', models.DateTimeField(blank=True, help_text='A failed posting without one waits for a person.', null=True, verbose_name='next try')),
                ('facts', models.JSONField(blank=True, null=True, verbose_name='facts')),
                ('content_hash', models.CharField(blank=True, help_text='The text that the facts were read from.', max_length=64, verbose_name='content hash')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrichments', to='enrichment.batch', verbose_name='batch')),
                ('call', models.ForeignKey(blank=True, help_text='The call whose answer gave the facts.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enrichment.llmcall', verbose_name='answer')),
            ],
            options={
                'verbose_name': 'enrichment',
                'verbose_name_plural': 'enrichments',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('active', 'active'), ('paused', 'paused'), ('blocked', 'blocked'), ('finished', 'finished'), ('cancelled', 'cancelled')], default='active', max_length=12, verbose_name='status')),
                ('door', models.CharField(choices=[('page', 'jobs page'), ('admin', 'admin'), ('command', 'command'), ('schedule', 'schedule'), ('shell', 'Python shell')], max_length=12, verbose_name='started from')),
                ('continuous', models.BooleanField(default=False, help_text='Batch after batch, until nothing is pending.', verbose_name='continuous')),
                ('batch_size', models.PositiveIntegerField(verbose_name='batch size')),
                ('force', models.BooleanField(default=False, help_text='Ask the model again even where an answer is stored.', verbose_name='force')),
                ('reason_kind', models.CharField(blank=True, choices=[('rate_limited', 'rate limited'), ('server_error', 'provider error'), ('connection', 'no connection'), ('timeout', 'no answer in time'), ('invalid_json', 'invalid JSON'), ('bad_output', 'wrong shape'), ('refused', 'refused by the model'), ('truncated', 'answer cut off'), ('empty_output', 'empty answer'), ('bad_request', 'request not accepted'), ('no_text', 'no text'), ('insufficient_quota', 'account has no credit'), ('unauthorized', 'key not accepted'), ('forbidden', 'not allowed'), ('unknown_model', 'unknown model'), ('provider_down', 'provider is down'), ('worker_died', 'worker died'), ('internal_error', 'internal error')], max_length=24, verbose_name='reason')),
                ('reason', models.TextField(blank=True, verbose_name='why it stopped')),
                ('blocked_at', models.DateTimeField(blank=True, null=True, verbose_name='blocked at')),
                ('probing', models.BooleanField(default=False, help_text='Asks with a single call whether the provider works again.', verbose_name='probing')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='started at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'run',
                'verbose_name_plural': 'runs',
                'permissions': [('start_run', 'Can start enrichment'), ('control_run', 'Can pause, resume and cancel runs')],
                'default_permissions': ('view',),
            },
        ),
        migrations.AddField(
            model_name='batch',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='enrichment.run', verbose_name='run'),
        ),
        migrations.AddIndex(
            model_name='llmcall',
            index=models.Index(condition=models.Q(('outcome', 'ok')), fields=['content_hash', 'prompt_version', 'schema_version', 'model'], name='call_answers'),
        ),
        migrations.AddIndex(
            model_name='llmcall',
            index=models.Index(condition=models.Q(('outcome', 'open')), fields=['batch'], name='call_open'),
        ),
        migrations.AddConstraint(
            model_name='llmcall',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('outcome', 'open')), models.Q(models.Q(('outcome', 'open'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='call_finished_iff_closed'),
        ),
        migrations.AddConstraint(
            model_name='llmcall',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'error'), models.Q(('error_kind', ''), _negated=True)), models.Q(models.Q(('outcome', 'error'), _negated=True), ('error_kind', '')), _connector='OR'), name='call_error_iff_failed'),
        ),
        migrations.AddConstraint(
            model_name='llmcall',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'open')), fields=('content_hash', 'prompt_version', 'schema_version', 'model'), name='call_one_in_flight_per_text'),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(condition=models.Q(('status', 'pending')), fields=['-priority', 'posting'], name='enrichment_pending'),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(condition=models.Q(('retry_at__isnull', False), ('status', 'failed')), fields=['retry_at'], name='enrichment_retry'),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(fields=['status', 'error_kind'], name='enrichment_status'),
        ),
        migrations.AddConstraint(
            model_name='enrichment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('status__in', ['enriched', 'failed'])), models.Q(('finished_at__isnull', True), ('status__in', ['pending', 'queued', 'running'])), _connector='OR'), name='enrichment_finished_iff_terminal'),
        ),
        migrations.AddConstraint(
            model_name='enrichment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), models.Q(('error_kind', ''), _negated=True)), models.Q(models.Q(('status', 'failed'), _negated=True), ('error_kind', '')), _connector='OR'), name='enrichment_error_iff_failed'),
        ),
        migrations.AddConstraint(
            model_name='enrichment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['queued', 'running']), _negated=True), ('batch__isnull', False), _connector='OR'), name='enrichment_live_has_batch'),
        ),
        migrations.AddConstraint(
            model_name='enrichment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'enriched'), _negated=True), ('facts__isnull', False), _connector='OR'), name='enrichment_enriched_has_facts'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(condition=models.Q(('status__in', ['active', 'paused', 'blocked'])), fields=['id'], name='run_unfinished'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('status__in', ['finished', 'cancelled'])), models.Q(('finished_at__isnull', True), ('status__in', ['active', 'paused', 'blocked'])), _connector='OR'), name='run_finished_iff_terminal'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'blocked'), _negated=True), models.Q(models.Q(('reason_kind', ''), _negated=True), ('blocked_at__isnull', False)), _connector='OR'), name='run_blocked_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('probing', False), ('status', 'active'), _connector='OR'), name='run_probing_is_active'),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(condition=models.Q(('status__in', ['queued', 'running'])), fields=['lease_expires_at'], name='batch_live'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('status__in', ['finished', 'released'])), models.Q(('finished_at__isnull', True), ('status__in', ['queued', 'running'])), _connector='OR'), name='batch_finished_iff_terminal'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_expires_at__isnull', False), ('status', 'running')), models.Q(models.Q(('status', 'running'), _negated=True), ('lease_expires_at__isnull', True)), _connector='OR'), name='batch_lease_iff_running'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('total__gte', django.db.models.expressions.CombinedExpression(models.F('successful'), '+', models.F('failed'))), ('failed__gte', models.F('rate_limited'))), name='batch_counts_within_total'),
        ),
    ]
