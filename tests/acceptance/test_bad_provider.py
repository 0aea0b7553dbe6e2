"""Every kind of bad answer in one batch, beside good ones, by real worker processes."""

from __future__ import annotations

from tests.acceptance.bad_days import ENRICHED, furnish, wait_for_end

# The fault, and the kind of error that stays; "" = enriched after the retries.
FAULTS = {
    "[[fault:hang]]": "timeout",
    "[[fault:hang x1]]": "",
    "[[fault:drip]]": "timeout",
    "[[fault:reset]]": "connection",
    "[[fault:reset x2]]": "",
    "[[fault:reset-body x1]]": "",
    "[[fault:200-html]]": "server_error",
    "[[fault:200-html x3]]": "",
    "[[fault:502-html x1]]": "",
    "[[fault:200-bad-body x1]]": "",
    "[[fault:failed]]": "server_error",
    "[[fault:failed x1]]": "",
    "[[fault:big x1]]": "",
    "[[fault:429]]": "rate_limited",
    "[[fault:429 x3]]": "",
    "[[fault:invalid-json]]": "invalid_json",
    "[[fault:refusal]]": "refused",
}


def test_bad_answers_harm_nobody_else(installation, provider) -> None:
    site = furnish(
        installation, provider, *FAULTS, count=40, ENRICHMENT_TIMEOUT_SECONDS="3"
    )
    provider.configure(latency=0.05)
    site.start_worker()

    site.manage("enrich_batch", "--size", "40")
    wait_for_end(site)

    rows = site.rows(
        "select p.description, e.error_kind from jobs_jobposting p"
        " join enrichment_enrichment e on e.posting_id = p.id"
    )
    found = {mark: kind for text, kind in rows for mark in FAULTS if mark in text}
    assert found == FAULTS
    assert site.value(ENRICHED) == 40 - sum(kind != "" for kind in FAULTS.values())
    open_calls = "select count(*) from enrichment_llmcall where outcome = 'open'"
    assert site.value(open_calls) == 0
