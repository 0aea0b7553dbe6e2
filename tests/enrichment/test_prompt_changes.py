"""What a new prompt, the way back, and another schema make of postings; and what that costs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.conf import settings

from enrichment import (
    conf,
    leases,
    ledger,
    prompts,
    renewing,
    runner,
)
from enrichment.models import LlmCall
from tests.builders import (
    answered_call,
    enrichment_of,
    make_posting,
    make_postings,
    start,
    start_batch,
    work_of,
)
from tests.enrichment.prompting import (
    a_new_prompt,
    enrich,
    promote,
    read_by,
    renew,
    say_otherwise,
    stored,
)
from tests.enrichment.running import FAST, use
from tests.provider import Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _provider(provider, settings) -> None:
    use(provider, settings)
    settings.ENRICHMENT_BATCH_SIZE = 3


class TestRollBack:
    def test_is_exact_and_free(self) -> None:
        postings = make_postings(4)
        with Provider() as first, pytest.MonkeyPatch.context() as patch:
            self.point(first, patch)
            enrich(*postings)
            before = [stored(posting) for posting in postings]
        with (
            Provider(say=say_otherwise) as second,
            pytest.MonkeyPatch.context() as patch,
        ):
            self.point(second, patch)
            a_new_prompt()
            renew()
            assert all(
                stored(posting)["facts"] != old["facts"]
                for posting, old in zip(postings, before, strict=True)
            )
            second.reset()

            promote(1)
            renew()

            assert second.calls == []
        after = [stored(posting) for posting in postings]
        assert json.dumps(after, default=str) == json.dumps(before, default=str)

    def point(self, provider: Provider, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(settings, "OPENAI_BASE_URL", provider.base_url)


class TestBatchOverAPromotion:
    def test_goes_on_with_the_prompt_it_began_with(self) -> None:
        batch = start_batch(*make_postings(3))
        engine = replace(conf.current(), retry=FAST)
        held = leases.acquire(batch.pk, engine)
        assert held is not None

        version = a_new_prompt()
        runner.Runner(engine, None, alone=True).work(held)

        assert read_by() == {1: 3}
        assert renewing.count() == 3
        assert {call.prompt_version for call in LlmCall.objects.all()} == {1}
        enrich(make_posting())
        assert read_by() == {1: 3, version: 1}


class TestChangeOfTheSchema:
    def test_stored_answers_are_read_anew_for_free(self, provider, monkeypatch) -> None:
        posting = make_posting()
        enrich(posting)
        answer = enrichment_of(posting).call_id
        provider.reset()
        for module in ("ledger", "prompts", "querysets.answered"):
            monkeypatch.setattr(f"enrichment.{module}.SCHEMA_VERSION", 2)
        assert renewing.count() == 1

        renew()

        assert provider.calls == []
        now = stored(posting)
        assert (now["schema_version"], now["call_id"]) == (2, answer)
        assert LlmCall.objects.get().schema_version == 1
        assert renewing.count() == 0

    def test_answer_to_this_schema_goes_before_a_newer_one_to_another(self) -> None:
        posting = make_posting()
        own = answered_call(posting)
        answered_call(posting, schema_version=0)

        found = ledger.stored_answers(
            [work_of(posting)], model=conf.current().model, prompt_version=1
        )

        assert found[posting.content_hash].call_id == own.pk


def test_run_without_a_prompt_of_its_own_keeps_the_version_it_started_under() -> None:
    version = a_new_prompt()

    run = start(selection=[make_posting().pk]).run

    assert run is not None
    assert run.settings_used["prompt_version"] == version == prompts.current().version
