"""What holds the calls back just now, in words: the pace set, the provider's limit, its wish."""

from __future__ import annotations

import math
from datetime import datetime

from django.db.models.functions import Now
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enrichment import adapting, capacity, conf
from enrichment.conf import EngineSettings
from enrichment.models import ProviderPace
from enrichment.pacing import MICROSECONDS

# At so much of the limit it is the limit that a run waits for, and not its answers.
AT_THE_LIMIT = 0.85


def words(settings: EngineSettings, *, per_minute: float | None) -> str:
    """One sentence; `per_minute` is the speed of what goes on, where it is known."""
    row = (
        ProviderPace.objects.filter(account=conf.account())
        .annotate(now=Now())
        .values_list("hold_until_us", "next_tokens_us", "stretch", "now")
        .first()
    )
    hold, tokens, stretch, now = row or (0, 0, adapting.NONE, None)
    now_us = _microseconds(now) if now else 0
    if hold > now_us:
        seconds = math.ceil((hold - now_us) / MICROSECONDS)
        return ngettext(
            "The provider asks to wait %(count)s s more.",
            "The provider asks to wait %(count)s s more.",
            seconds,
        ) % {"count": number_format(seconds, force_grouping=True)}
    if stretch > adapting.NONE:
        percent = round(100 * adapting.NONE / stretch)
        return _(
            "Slowed down to %(percent)d %%: the provider refuses at the set rate."
        ) % {"percent": min(percent, 99)}
    return _of_settings(settings, per_minute, waits_for_tokens=tokens > now_us)


def _of_settings(
    settings: EngineSettings, per_minute: float | None, *, waits_for_tokens: bool
) -> str:
    requests, tokens = settings.requests_per_minute, settings.tokens_per_minute
    if tokens and waits_for_tokens:
        return _("Waiting for the provider's limit: %(count)s tokens a minute.") % {
            "count": number_format(tokens, force_grouping=True)
        }
    if requests:
        limit = {"count": number_format(requests, force_grouping=True)}
        if per_minute is not None and per_minute >= AT_THE_LIMIT * requests:
            return (
                _("Waiting for the provider's limit: %(count)s requests a minute.")
                % limit
            )
        too_few = capacity.bottleneck() if per_minute is not None else None
        if too_few:
            return too_few
        return _("Below the provider's limit of %(count)s requests a minute.") % limit
    if tokens:
        return _("Below the provider's limit of %(count)s tokens a minute.") % {
            "count": number_format(tokens, force_grouping=True)
        }
    return _of_delay(settings.delay_seconds)


def _of_delay(seconds: float) -> str:
    if not seconds:
        return _("Nothing: calls start as soon as a place is free.")
    if seconds == 1:
        return _("One call a second (the default pace).")
    return _("One call every %(seconds)s s (the pace set).") % {
        "seconds": f"{number_format(seconds, decimal_pos=2).rstrip('0').rstrip('.,')}"
    }


def _microseconds(moment: datetime) -> int:
    return round(moment.timestamp() * MICROSECONDS)
