"""Counts, sums and lists at the same cost with a million postings.

On PostgreSQL each statement that moves postings adds to the tally, for each state whose
count it changes, by how much (`enrichment/tally.py`).
"""

import django.db.models.deletion
from django.db import migrations, models

CHANGED = """
CREATE FUNCTION enrichment_tally_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO enrichment_tallyentry (status, error_kind, amount)
    SELECT status, error_kind, sum(moved) FROM ({moved}) AS moves
    GROUP BY status, error_kind HAVING sum(moved) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER enrichment_tally_{event} AFTER {event} ON enrichment_enrichment
REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION enrichment_tally_{event}();
"""
CAME = "SELECT status, error_kind, 1 AS moved FROM came"
WENT = "SELECT status, error_kind, -1 AS moved FROM went"
EVENTS = {
    "insert": (CAME, "NEW TABLE AS came"),
    "update": (f"{CAME} UNION ALL {WENT}", "NEW TABLE AS came OLD TABLE AS went"),
    "delete": (WENT, "OLD TABLE AS went"),
}
EMPTIED = """
CREATE FUNCTION enrichment_tally_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM enrichment_tallyentry;
    RETURN NULL;
END $$;
CREATE TRIGGER enrichment_tally_truncate AFTER TRUNCATE ON enrichment_enrichment
FOR EACH STATEMENT EXECUTE FUNCTION enrichment_tally_truncate();
"""
# The triggers' lock keeps writers away until this is committed.
FIRST_COUNT = """
INSERT INTO enrichment_tallyentry (status, error_kind, amount)
SELECT status, error_kind, count(*) FROM enrichment_enrichment GROUP BY status, error_kind
"""


def create_triggers(_apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for event, (moved, tables) in EVENTS.items():
        schema_editor.execute(CHANGED.format(event=event, moved=moved, tables=tables))
    schema_editor.execute(EMPTIED)
    schema_editor.execute(FIRST_COUNT)


def drop_triggers(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for event in (*EVENTS, "truncate"):
            schema_editor.execute(f"DROP FUNCTION enrichment_tally_{event} CASCADE")


class Migration(migrations.Migration):

    dependencies = [
        ('enrichment', '0002_schedule'),
        ('jobs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TallyEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(max_length=12)),
                ('error_kind', models.CharField(blank=True, max_length=24)),
                ('amount', models.BigIntegerField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.RunPython(create_triggers, drop_triggers),
        migrations.RemoveIndex(
            model_name='enrichment',
            name='enrichment_status',
        ),
        migrations.AddField(
            model_name='run',
            name='folded',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='run',
            name='folded_to',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name='batch',
            name='run',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='enrichment.run', verbose_name='run'),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['run', '-id'], name='batch_of_run'),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['status', '-id'], name='batch_by_status'),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(condition=models.Q(('status', 'failed')), fields=['-priority', 'posting'], name='enrichment_failed'),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(fields=['status', '-posting'], name='enrichment_by_status'),
        ),
        migrations.AddIndex(
            model_name='enrichment',
            index=models.Index(condition=models.Q(('error_kind', ''), _negated=True), fields=['error_kind', '-posting'], name='enrichment_by_error'),
        ),
        migrations.AddIndex(
            model_name='llmcall',
            index=models.Index(fields=['outcome', '-id'], name='call_by_outcome'),
        ),
        migrations.AddIndex(
            model_name='llmcall',
            index=models.Index(condition=models.Q(('error_kind', ''), _negated=True), fields=['error_kind', '-id'], name='call_by_error'),
        ),
        migrations.AddIndex(
            model_name='llmcall',
            index=models.Index(fields=['started_at'], name='call_by_start'),
        ),
    ]
