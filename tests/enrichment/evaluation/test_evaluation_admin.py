"""Evaluations in the admin: to read, with cost and made-up values."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from enrichment.models import Evaluation

LIST = "admin:enrichment_evaluation_changelist"


def evaluation(**fields: Any) -> Evaluation:
    return Evaluation.objects.create(
        **{
            "labels": "gold.jsonl",
            "digest": "0" * 64,
            "provider": "openai",
            "model": "small-model",
            "prompt_version": 1,
            "schema_version": 1,
            "postings": 10,
            "calls": 10,
            "failed": 0,
            "seconds": 1.5,
            "cost_microusd": 1500,
            "figures": {"hallucination_rate": 0.125},
            **fields,
        }
    )


class EvaluationAdminTests(TestCase):
    user: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.user = User.objects.create_superuser("boss")

    def setUp(self) -> None:
        self.client.force_login(self.user)

    def test_list_tells_cost_and_made_up_values(self) -> None:
        evaluation()

        response = self.client.get(reverse(LIST))
        self.assertContains(response, "small-model")
        self.assertContains(response, "12.5%")
        self.assertContains(response, "$0.0015")

    def test_unknown_figures_are_told_as_such(self) -> None:
        row = evaluation(cost_microusd=None, figures={})

        response = self.client.get(reverse(LIST))
        self.assertContains(response, '<td class="field-money">?</td>', html=True)
        assert row.figures == {}

    def test_rows_are_only_read(self) -> None:
        row = evaluation()
        page = reverse("admin:enrichment_evaluation_change", args=[row.pk])

        assert self.client.get(page).status_code == 200
        assert self.client.post(page, {"model": "x"}).status_code == 403
        assert (
            self.client.get(reverse("admin:enrichment_evaluation_add")).status_code
            == 403
        )
