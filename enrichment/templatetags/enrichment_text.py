"""Amounts as people read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def number(value: Any) -> str:
    """With thousands apart; `10,000+` where counting stopped."""
    return (
        str(value)
        if type(value) is not int
        else number_format(value, force_grouping=True)
    )


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """`24 Nov 2026, 19:46`, in the order and the letter case of the language."""
    if value is None:
        return ""
    return date_format(value, pgettext("date format", "j M Y, H:i"))


@register.filter(expects_localtime=True)
def clock(value: datetime | None) -> str:
    """`19:46:30`."""
    if value is None:
        return ""
    return date_format(value, pgettext("date format", "H:i:s"))


@register.filter(expects_localtime=True)
def day(value: datetime | None) -> str:
    if value is None:
        return ""
    return date_format(value, pgettext("date format", "j M Y"))


@register.filter
def usd(microusd: int | None) -> str:
    """Millionths of a dollar as dollars; small amounts keep the digits that matter."""
    if not microusd:
        return "" if microusd is None else "$0"
    dollars = microusd / 1_000_000
    return f"${number_format(dollars, decimal_pos=2 if dollars >= 1 else 4)}"


@register.simple_tag
def cost_text(microusd: int | None) -> str:
    """The cost, or why it isn't known and what to do about it."""
    if microusd is not None:
        return usd(microusd)
    return _("unknown: set ENRICHMENT_PRICE_INPUT and ENRICHMENT_PRICE_OUTPUT")


@register.simple_tag
def duration(start: datetime | None, end: datetime | None) -> str:
    """`52 s`, `3 min 20 s`, `2 h 5 min`."""
    if start is None or end is None:
        return ""
    seconds = max(round((end - start).total_seconds()), 0)
    if seconds < 60:
        return _("%(seconds)d s") % {"seconds": seconds}
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return _("%(minutes)d min %(seconds)d s") % {
            "minutes": minutes,
            "seconds": seconds,
        }
    hours, minutes = divmod(minutes, 60)
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
