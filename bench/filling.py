"""A database as after months of work, filled by the server itself: a million rows in minutes."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from enrichment import checking, conf, term_counts, terms
from enrichment.llm.prompt import PROMPT_VERSION
from enrichment.llm.schema import SCHEMA_VERSION
from enrichment.offline import extractor
from enrichment.querysets.answered import Checked
from jobs.models import JobPosting

SOURCES = 40
BATCH_SIZE = 50
# Postings whose title has the word: always so few, and a share of them all.
RARE_WORD, RARE = "falconer", 20
FREQUENT_WORD = "engineer"
RARE_SKILL = "falconry"
# In an eighth of the postings, and never together with the seniority "junior".
SELDOM_SKILL = "leadership"

POSTINGS = """
INSERT INTO jobs_jobposting (source, external_id, title, company, location, description,
    description_html, url, posted_at, priority, content_hash, created_at, updated_at)
SELECT 'source-' || lpad((n * 7919 %% 10007 %% {sources})::text, 2, '0'), 'ext-' || md5(n::text),
    (ARRAY['Senior', 'Junior', 'Lead', 'Night', 'Assistant'])[1 + n %% 5] || ' '
    || (ARRAY['engineer', 'nurse', 'baker', 'welder', 'driver', 'accountant', 'engineer',
              'teacher', 'IT consultant', 'engineer'])[1 + n * 7907 %% 10009 %% 10]
    || CASE WHEN n %% greatest({size} / {rare}, 1) = 0 THEN ' and falconer' ELSE '' END
    || ' (' || substr(md5(n::text), 1, 6) || ')',
    'Company ' || n %% 5000, (ARRAY['Ghent', 'Brussels', 'Lille', 'Antwerp'])[1 + n * 7901 %% 10007 %% 4],
    (SELECT string_agg(md5((n * 50 + i)::text), ' ') FROM generate_series(1, 45) i),
    '', 'https://jobs.example/' || n, now() - (n %% 90) * interval '1 day',
    CASE WHEN n %% 100 = 0 THEN 1 ELSE 0 END, encode(sha256(n::text::bytea), 'hex'),
    now() - ({size} - n) * interval '1 second', now()
FROM generate_series(1, {size}::bigint) n
"""
RUN = """
INSERT INTO enrichment_run (status, door, continuous, batch_size, force, reason_kind,
    reason, probing, created_at, folded_to, folded)
VALUES ('active', 'page', true, {batch_size}, false, '', '', false, now(), 0, '{{}}')
"""
BATCHES = """
INSERT INTO enrichment_batch (run_id, status, attempt, holder, total, successful, failed,
    rate_limited, calls, input_tokens, output_tokens, cost_microusd, unpriced_calls,
    created_at, enqueued_at, started_at, finished_at)
SELECT (SELECT max(id) FROM enrichment_run), 'finished', 1, 'host:1', {batch_size}, 43, 7,
    1, 55, 30000, 15000, 20000, 0, now(), now(), now(), now()
FROM generate_series(1, {size} / {batch_size}) n ORDER BY n
"""
CALLS = """
INSERT INTO enrichment_llmcall (posting_id, batch_id, batch_attempt, try_number, outcome,
    error_kind, error_message, provider, model, reported_model, prompt_version,
    schema_version, content_hash, request_id, http_status, input_tokens, cached_tokens,
    output_tokens, cost_microusd, latency_ms, answer, started_at, finished_at)
SELECT id, (SELECT min(id) FROM enrichment_batch) + (id - 1) / {batch_size}, 1, 1,
    CASE WHEN id %% 10 = 6 THEN 'error' ELSE 'ok' END,
    CASE WHEN id %% 10 = 6 THEN 'timeout' ELSE '' END, '', 'provider', %(model)s, '',
    %(prompt)s, %(schema)s, content_hash, 'req-' || id, 200, 700, 0, 400, 900, 2500,
    %(facts)s, now() - ({size} - id) * interval '0.1 second', now()
FROM jobs_jobposting WHERE id %% 10 < 7 ORDER BY id
"""
ENRICHMENTS = """
INSERT INTO enrichment_enrichment (posting_id, status, priority, batch_id, tries,
    error_kind, error_message, retry_at, facts, call_id, content_hash, finished_at,
    updated_at, prompt_version, schema_version, terms_version, grounding, values_checked,
    not_found)
SELECT posting.id, CASE WHEN outcome = 'ok' THEN 'enriched' WHEN outcome = 'error'
        THEN 'failed' ELSE 'pending' END,
    priority, batch_id, CASE WHEN outcome = 'error' THEN 1 ELSE 0 END,
    CASE WHEN outcome = 'error' THEN (ARRAY['timeout', 'rate_limited', 'bad_output',
        'refused'])[1 + (posting.id / 10) %% 4] ELSE '' END,
    CASE WHEN outcome = 'error' THEN 'It went wrong' ELSE '' END,
    CASE WHEN outcome = 'error' THEN now() + posting.id * interval '1 second' END,
    CASE WHEN outcome = 'ok' THEN
        %(facts)s::jsonb || jsonb_build_object('title', title) END,
    call.id, coalesce(call.content_hash, ''), call.finished_at, now(),
    coalesce(call.prompt_version, 0), coalesce(call.schema_version, 0), {terms_version},
    CASE WHEN outcome = 'ok' THEN
        %(grounding)s::jsonb || jsonb_build_object('call', call.id) END,
    CASE WHEN outcome = 'ok' THEN {checked} ELSE 0 END,
    CASE WHEN outcome = 'ok' THEN {not_found} ELSE 0 END
FROM jobs_jobposting posting LEFT JOIN enrichment_llmcall call
    ON call.posting_id = posting.id ORDER BY posting.id
"""
TERMS = """
INSERT INTO enrichment_term (kind, value, posting_id)
SELECT kind, value, id FROM (
    SELECT posting_id AS id, posting_id * 7901 %% 10007 %% 8 AS pay,
        (ARRAY['engineering', 'healthcare', 'hospitality', 'manufacturing', 'logistics',
            'finance', 'software', 'education', 'it_operations', 'data']
        )[1 + posting_id * 7907 %% 10009 %% 10] AS role
    FROM enrichment_enrichment WHERE facts IS NOT NULL
) AS enriched, LATERAL (
    SELECT 'role_family', role
    UNION ALL SELECT 'seniority',
        (ARRAY['senior', 'junior', 'lead', 'mid', 'junior'])[1 + id %% 5]
    UNION ALL SELECT 'remote_policy',
        (ARRAY['on_site', 'hybrid', 'remote'])[1 + id * 7 %% 11 %% 3] WHERE id %% 4 <> 0
    UNION ALL SELECT 'contract_type', 'permanent' WHERE id %% 10 < 5
    UNION ALL SELECT 'spoken_language', language
        FROM (VALUES ('nl', 2), ('en', 3), ('fr', 7)) AS spoken (language, each)
        WHERE id %% each = 0
    UNION ALL SELECT 'skill', skill FROM (VALUES ('excel', 2), ('sql', 3), ('python', 4),
        ('welding', 11), ('{rare_skill}', greatest({size} / {rare}, 1))
        ) AS skills (skill, each) WHERE id %% each = 0
    UNION ALL SELECT 'skill', 'skill ' || id * 7919 %% 10007 %% 800
    UNION ALL SELECT 'skill', '{seldom_skill}' WHERE id %% 5 = 2
    UNION ALL SELECT 'perk', 'bike' WHERE id %% 6 = 0
    UNION ALL SELECT 'not_found', field FROM (VALUES ('any'), ('tools')) AS missing (field)
    UNION ALL SELECT 'role', role || ' developer' WHERE id %% 3 <> 0
    UNION ALL SELECT 'title', 'senior ' || role || ' developer ' || id * 7919 %% 10007 %% 2000
    UNION ALL SELECT 'salary', 'EUR ' || 20000 + pay * 10000 WHERE id %% 2 = 0
    UNION ALL SELECT 'role_salary', role || ' EUR ' || 20000 + pay * 10000 WHERE id %% 2 = 0
    UNION ALL SELECT 'salary_from', 'EUR ' || step
        FROM generate_series(10000, 20000 + pay * 10000, 10000) AS step WHERE id %% 2 = 0
) AS term (kind, value) ORDER BY kind, value, id
"""


def fill(size: int) -> None:
    """60 % enriched, 10 % failed, 30 % pending; one continuous run had done all that."""
    values, check = _values()
    numbers = {
        "checked": check.values_checked,
        "not_found": check.not_found,
        "size": size,
        "batch_size": BATCH_SIZE,
        "sources": SOURCES,
        "rare": RARE,
        "terms_version": terms.VERSION,
        "rare_skill": RARE_SKILL,
        "seldom_skill": SELDOM_SKILL,
    }
    with connection.cursor() as cursor:
        for statement in (POSTINGS, RUN, BATCHES, CALLS, ENRICHMENTS, TERMS):
            cursor.execute(statement.format(**numbers), values)
        cursor.execute("ANALYZE")
    term_counts.refresh()


def _values() -> tuple[dict[str, Any], Checked]:
    """What the statements take, and the check of the facts that all postings have."""
    posting = JobPosting(title="Night baker", description="Bakes bread in Ghent. " * 40)
    facts = extractor.extract(posting.text).model_dump(mode="json")
    facts["summary_long"] = dict.fromkeys(
        ("en", "nl"), "Bread, and who bakes it. " * 20
    )
    facts["tools"] = ["Excel"]  # it isn't in the text
    check = checking.check(posting.text, facts, call_id=None, name="all").stored
    values = {
        "facts": json.dumps(facts),
        "model": conf.current().model,
        "prompt": PROMPT_VERSION,
        "schema": SCHEMA_VERSION,
        "grounding": check.grounding,
    }
    return values, check
