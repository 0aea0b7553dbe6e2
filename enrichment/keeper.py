"""A thread of `manage.py qcluster`: says that the worker lives, and looks for lost batches."""

from __future__ import annotations

import logging
import threading
import time

from django.db import Error, connection

from enrichment import agreement, conf, sweeper
from enrichment.durable import forget_connection
from enrichment.leases import holder_name
from enrichment.models import Worker
from enrichment.signals import beat

logger = logging.getLogger(__name__)

BEAT_EVERY = 5.0
# Workers heard of in so many seconds are compared with this one.
NEIGHBOURS_WITHIN = 3 * BEAT_EVERY
# After the database was away, those at work get as long, but no longer, to renew leases.
SETTLE_AT_MOST = 30.0
FORGET_AFTER = 24 * 3600.0


class Keeper(threading.Thread):
    """Runs until `stop`; the database may come and go meanwhile."""

    def __init__(self, *, processes: int) -> None:
        super().__init__(name="keeper", daemon=True)
        self._processes = processes
        self._name = holder_name()
        self._stopping = threading.Event()
        self._beat_at = 0.0
        self._away_since: float | None = None
        self._settled_at = 0.0
        self._settings = agreement.own()
        self._told: set[tuple[str, str]] = set()

    def run(self) -> None:
        # Often enough that a takeover starts soon after the silence is long enough.
        pause = min(max(conf.current().stalled_after / 10, 0.5), 5.0)
        wait = 0.0  # the first sign of life at once: somebody may be waiting for it
        while not self._stopping.wait(wait):
            wait = pause
            try:
                self._look()
            except Error as error:
                reason = (str(error) or type(error).__name__).splitlines()[0]
                logger.warning("⚠️  The database does not answer (%s)", reason)
                self._missed()
            except Exception:  # nobody would notice that this thread has ended
                logger.exception("❌ Looking for lost batches met a fault")
        self._say_goodbye()

    def stop(self) -> None:
        self._stopping.set()
        self.join(3)

    def _look(self) -> None:
        if time.monotonic() >= self._beat_at:
            Worker.objects.beat(
                self._name, processes=self._processes, settings=self._settings
            )
            Worker.objects.forget(after=FORGET_AFTER)
            self._answered()
            self._compare()
        if time.monotonic() >= self._settled_at:
            sweeper.take_over()
            sweeper.probe_blocked()
            sweeper.keep_terms()
            beat.send(sender=type(self))

    def _compare(self) -> None:
        """Tell once of each other worker that is set otherwise."""
        others = Worker.objects.alive(within=NEIGHBOURS_WITHIN).exclude(name=self._name)
        for name, theirs in others.values_list("name", "settings"):
            found = agreement.differences(here=self._settings, there=theirs)
            told = (name, ", ".join(found))
            if found and told not in self._told:
                self._told.add(told)
                logger.warning("⚠️  Worker %s is set otherwise: %s", *told)

    def _missed(self) -> None:
        """The database is away: nobody can renew a lease."""
        if self._away_since is None:
            self._away_since = time.monotonic()
        self._beat_at = 0.0  # ask it that first
        forget_connection()

    def _answered(self) -> None:
        now = time.monotonic()
        self._beat_at = now + BEAT_EVERY
        if self._away_since is not None:
            # Every lease may look expired now. A worker comes back about as late as the
            # outage was long, and its calls in flight would be paid for twice.
            self._settled_at = now + min(now - self._away_since, SETTLE_AT_MOST)
            self._away_since = None

    def _say_goodbye(self) -> None:
        try:
            Worker.objects.filter(name=self._name).delete()
        except Error:
            pass  # silence says the same, a little later
        connection.close()
