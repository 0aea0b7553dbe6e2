"""Evaluations: how good each model's answers were, for each version of the prompt."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from enrichment.admin.base import ReadOnlyAdmin
from enrichment.models import Evaluation
from enrichment.templatetags.enrichment_text import usd


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    list_display = (
        *("__str__", "labels", "model", "prompt_version", "schema_version"),
        *("postings", "calls", "failed", "not_in_text", "money", "created_at"),
    )

    @admin.display(description=_("not in the text"), empty_value="-")
    def not_in_text(self, evaluation: Evaluation) -> str | None:
        rate = evaluation.figures.get("hallucination_rate")
        return None if rate is None else f"{rate:.1%}"

    @admin.display(description=_("cost"), empty_value="?")
    def money(self, evaluation: Evaluation) -> str | None:
        return usd(evaluation.cost_microusd) or None
