"""The speed of a run and the time of its end, as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# The further away, the rounder: an end a day ahead is not known to the minute.
ROUNDED_TO = (
    (timedelta(hours=1), 1),
    (timedelta(hours=6), 5),
    (timedelta(days=1), 15),
)
FARTHEST_MINUTES = 60
# Beyond that a date says something that nobody knows.
HORIZON = timedelta(days=365)


def rate_text(per_minute: float) -> str:
    """`42 a minute`, `3.5 a minute`, `30 an hour`."""
    if per_minute >= 10:
        count = number_format(round(per_minute), force_grouping=True)
        return _("%(count)s a minute") % {"count": count}
    if per_minute >= 1:
        return _("%(count)s a minute") % {
            "count": number_format(round(per_minute, 1), 1)
        }
    return _("%(count)s an hour") % {"count": number_format(round(60 * per_minute))}


def finish_text(low: float, high: float, *, now: datetime) -> str:
    """`between 14:20 and 14:35`; seconds from now, told as local times.

    The day is named where it isn't today's.
    """
    if timedelta(seconds=low) > HORIZON:
        return _("in more than a year")
    high = min(high, 2 * HORIZON.total_seconds())
    if high < 60:
        return _("in less than a minute")
    step = _step(timedelta(seconds=high))
    first = _rounded(now + timedelta(seconds=low), step=step, up=False)
    last = _rounded(now + timedelta(seconds=high), step=step, up=True)
    if last - first <= timedelta(minutes=step):
        return _("about %(time)s") % {"time": _moment(last, now)}
    texts = {"first": _moment(first, now), "last": _moment(last, now)}
    if timezone.localdate(first) == timezone.localdate(last):
        texts["last"] = _clock(last)
    return _("between %(first)s and %(last)s") % texts


def _step(ahead: timedelta) -> int:
    return next(
        (minutes for limit, minutes in ROUNDED_TO if ahead <= limit), FARTHEST_MINUTES
    )


def _rounded(moment: datetime, *, step: int, up: bool) -> datetime:
    size = 60 * step
    number = moment.timestamp() / size
    whole = int(number) + (1 if up and number != int(number) else 0)
    return datetime.fromtimestamp(whole * size, tz=moment.tzinfo)


def _moment(moment: datetime, now: datetime) -> str:
    if timezone.localdate(moment) == timezone.localdate(now):
        return _clock(moment)
    return date_format(
        timezone.localtime(moment), pgettext("date format", "D j M, H:i")
    )


def _clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), pgettext("date format", "H:i"))
