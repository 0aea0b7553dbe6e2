"""Versions of the prompt: entered, written, promoted one at a time, never changed once used."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from enrichment import prompts
from enrichment.llm.prompt import SHIPPED
from enrichment.llm.prompt import Prompt as Told
from enrichment.models import Prompt
from tests.enrichment.prompting import NEW, draft, promote, somebody
from tests.parallel import together

pytestmark = pytest.mark.django_db


def statuses() -> dict[int, str]:
    return dict(Prompt.objects.values_list("version", "status"))


class TestShippedPrompt:
    def test_is_current_from_the_first_migration_on(self) -> None:
        row = Prompt.objects.get()

        assert (row.version, row.status) == (SHIPPED.version, "current")
        assert prompts.current() == SHIPPED

    def test_is_entered_once(self) -> None:
        assert prompts.enter_shipped() is None

    def test_of_another_release_becomes_a_draft_that_nobody_is_asked_with(
        self, monkeypatch
    ) -> None:
        draft()
        release = Told(version=2, instructions="Those of the next release.")
        monkeypatch.setattr(prompts, "SHIPPED", release)

        entered = prompts.enter_shipped()

        assert entered is not None
        # A person's draft has the number 2 already.
        assert (entered.version, entered.status) == (3, "draft")
        assert prompts.current() == SHIPPED

    def test_serves_while_none_is_stored(self) -> None:
        Prompt.objects.all().delete()

        assert prompts.current() == SHIPPED


class TestDrafts:
    def test_each_has_the_next_number_and_its_author(self) -> None:
        first, second = draft("One."), draft("Two.")

        assert (second.version, second.created_by) == (first.version + 1, somebody())

    def test_unused_one_is_rewritten_in_place(self) -> None:
        made = draft()

        kept = prompts.rewrite(made, instructions="Other.", note="", user=somebody())

        assert (kept.pk, kept.instructions) == (made.pk, "Other.")

    def test_used_one_stays_and_what_is_written_is_a_new_version(self) -> None:
        made = draft()
        prompts.use(made.version)

        kept = prompts.rewrite(made, instructions="Other.", note="", user=somebody())

        made.refresh_from_db()
        assert made.instructions == NEW
        assert (kept.version, kept.instructions) == (made.version + 1, "Other.")

    def test_database_keeps_used_instructions_as_they_are(self) -> None:
        made = draft()
        rows = Prompt.objects.filter(pk=made.pk)
        assert rows.update(instructions="Before its use.")
        prompts.use(made.version)

        for change in ({"instructions": "Other."}, {"version": 77}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)

        assert rows.update(note="Notes may.")

    def test_discarded_one_can_be_promoted_all_the_same(self) -> None:
        made = draft()
        assert prompts.discard(made.version, user=somebody())
        assert not prompts.discard(made.version, user=somebody())

        promote(made.version)

        assert prompts.current().version == made.version


class TestPromotion:
    def test_retires_the_one_before(self) -> None:
        made = draft()

        promote(made.version)

        assert statuses() == {SHIPPED.version: "retired", made.version: "current"}
        made.refresh_from_db()
        assert made.promoted_by == somebody()

    def test_older_one_comes_back_the_same_way(self) -> None:
        made = draft()
        promote(made.version)

        promote(SHIPPED.version)

        assert prompts.current() == SHIPPED

    @pytest.mark.parametrize("version", [SHIPPED.version, 99])
    def test_of_the_current_one_or_of_none_changes_nothing(self, version) -> None:
        seen = SHIPPED.version

        assert not prompts.promote(version, seen=seen, user=somebody())

        assert statuses() == {SHIPPED.version: "current"}

    def test_by_somebody_who_saw_another_current_one_changes_nothing(self) -> None:
        first, second = draft("One."), draft("Two.")
        promote(first.version)

        seen = SHIPPED.version
        assert not prompts.promote(second.version, seen=seen, user=somebody())

        assert prompts.current().version == first.version

    def test_two_current_ones_can_not_be_stored(self) -> None:
        made = draft()

        with pytest.raises(IntegrityError), transaction.atomic():
            Prompt.objects.filter(pk=made.pk).update(
                status="current", used_at=Now(), promoted_at=Now()
            )


@pytest.mark.django_db(transaction=True)
def test_of_promotions_at_once_one_wins() -> None:
    made = [draft(f"Draft {number}.").version for number in range(4)]
    user, seen = somebody(), prompts.current().version

    won = together(
        *(partial(prompts.promote, one, seen=seen, user=user) for one in made)
    )

    assert sorted(won) == [False, False, False, True]
    assert prompts.current().version == made[won.index(True)]
