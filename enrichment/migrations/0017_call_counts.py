# Calls by outcome, counted as they are closed; those that were closed before are counted here.

from __future__ import annotations

from django.db import migrations, models

# Upper ends in milliseconds, as `enrichment/call_counts.py` had them when this was written.
BUCKETS = (
    250,
    500,
    1000,
    2000,
    3000,
    5000,
    8000,
    13000,
    20000,
    30000,
    45000,
    60000,
    120000,
)
BUCKET = " ".join(
    f"WHEN latency_ms <= {end} THEN {number}" for number, end in enumerate(BUCKETS)
)
COUNT = f"""
INSERT INTO enrichment_callcount
    (model, outcome, error_kind, bucket, calls, latency_ms, input_tokens, cached_tokens,
     output_tokens, cost_microusd, unpriced)
SELECT model, outcome, error_kind, bucket, count(*), coalesce(sum(latency_ms), 0),
    sum(input_tokens), sum(cached_tokens), sum(output_tokens),
    coalesce(sum(cost_microusd), 0),
    sum(CASE WHEN latency_ms IS NOT NULL AND cost_microusd IS NULL THEN 1 ELSE 0 END)
FROM (
    SELECT *, CASE WHEN latency_ms IS NULL THEN -1 {BUCKET} ELSE {len(BUCKETS)} END AS bucket
    FROM enrichment_llmcall WHERE outcome <> 'open'
) AS closed
GROUP BY model, outcome, error_kind, bucket
"""  # noqa: S608


class Migration(migrations.Migration):
    dependencies = [("enrichment", "0016_api_door")]

    operations = [
        migrations.CreateModel(
            name="CallCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("model", models.CharField(max_length=200)),
                ("outcome", models.CharField(max_length=12)),
                ("error_kind", models.CharField(max_length=24)),
                ("bucket", models.SmallIntegerField()),
                ("calls", models.BigIntegerField()),
                ("latency_ms", models.BigIntegerField()),
                ("input_tokens", models.BigIntegerField()),
                ("cached_tokens", models.BigIntegerField()),
                ("output_tokens", models.BigIntegerField()),
                ("cost_microusd", models.BigIntegerField()),
                ("unpriced", models.BigIntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
