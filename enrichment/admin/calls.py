"""The ledger: every call that was made, and what it cost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enrichment.admin.base import ReadOnlyAdmin
from enrichment.models import LlmCall, ProviderPace
from enrichment.templatetags.enrichment_text import usd


@admin.register(LlmCall)
class LlmCallAdmin(ReadOnlyAdmin):
    list_display = (
        *("__str__", "posting_number", "outcome", "error_kind", "try_number"),
        *("model", "prompt_version", "tokens", "cost", "latency_ms"),
        "started_at",
    )
    list_filter = (
        ("outcome", admin.ChoicesFieldListFilter),
        ("error_kind", admin.ChoicesFieldListFilter),
        "started_at",
    )
    list_defer: ClassVar[tuple[str, ...]] = ("answer", "error_message")

    @admin.display(description=_("posting"), empty_value="-")
    def posting_number(self, call: LlmCall) -> int | None:
        return call.posting_id

    @admin.display(description=_("tokens in / out"))
    def tokens(self, call: LlmCall) -> str:
        return f"{call.input_tokens} / {call.output_tokens}"

    @admin.display(description=_("cost"), empty_value="?")
    def cost(self, call: LlmCall) -> str | None:
        return usd(call.cost_microusd) or None


@admin.register(ProviderPace)
class ProviderPaceAdmin(ReadOnlyAdmin):
    list_display = ("account", "next_start", "held_until")

    @admin.display(description=_("next call may start"))
    def next_start(self, pace: ProviderPace) -> str:
        return _moment(pace.next_start_us)

    @admin.display(description=_("held until"))
    def held_until(self, pace: ProviderPace) -> str:
        return _moment(pace.hold_until_us)


def _moment(microseconds: int) -> str:
    if not microseconds:
        return "-"
    moment = datetime.fromtimestamp(microseconds / 1_000_000, tz=UTC)
    return date_format(timezone.localtime(moment), "j M Y, H:i:s")
