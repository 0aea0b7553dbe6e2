"""Slots for calls: one row per account, the database's clock, any number of workers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

import pytest
from django.db import connection

from enrichment import pacing
from enrichment.models import ProviderPace
from enrichment.pace import TOKEN_CATCH_UP, Pace
from tests.parallel import together

pytestmark = pytest.mark.django_db
ACCOUNT = "https://llm.example"
SLOW = Pace(account=ACCOUNT, interval=600)


def take_soon(pace: Pace, *, tokens: int = 0) -> None:
    """As a worker does: ask, wait as told, ask again."""
    deadline = time.monotonic() + 30
    while wait := pacing.take(pace, tokens=tokens):
        assert time.monotonic() < deadline, "no slot within 30 seconds"
        time.sleep(wait)


def row() -> ProviderPace:
    return ProviderPace.objects.get(account=ACCOUNT)


def now_us() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {pacing._NOW[connection.vendor]}")
        return int(cursor.fetchone()[0])


def be_silent_for(seconds: float) -> None:
    """As if the last slot had come free so long ago."""
    free = now_us() - round(seconds * 1_000_000)
    ProviderPace.objects.update(next_start_us=free, next_tokens_us=free)


class TestTaking:
    def test_first_call_may_start_at_once(self) -> None:
        take_soon(SLOW)

        assert ProviderPace.objects.count() == 1

    def test_next_one_waits_the_interval(self) -> None:
        take_soon(SLOW)

        assert 590 < pacing.take(SLOW) <= 600

    def test_asking_in_vain_moves_nothing(self) -> None:
        take_soon(SLOW)
        before = row().next_start_us
        pacing.take(SLOW)

        assert row().next_start_us == before

    def test_accounts_do_not_wait_for_each_other(self) -> None:
        take_soon(SLOW)
        take_soon(Pace(account="another", interval=600))

        assert ProviderPace.objects.count() == 2

    def test_pace_without_an_interval_is_none(self) -> None:
        free = Pace(account=ACCOUNT)
        for _ in range(20):
            take_soon(free)

        assert not free.is_limited

    def test_clock_is_the_wall_clock(self) -> None:
        assert abs(now_us() / 1_000_000 - time.time()) < 5


class TestCatchingUp:
    PACE = Pace(account=ACCOUNT, interval=100, catch_up=100)

    def test_late_start_is_made_good(self) -> None:
        take_soon(self.PACE)
        be_silent_for(0.3)
        take_soon(self.PACE)

        assert pacing.take(self.PACE) < 99.8

    def test_promised_interval_is_kept_after_a_late_start(self) -> None:
        exact = Pace(account=ACCOUNT, interval=100)
        take_soon(exact)
        be_silent_for(0.3)
        take_soon(exact)

        assert pacing.take(exact) > 95

    def test_silence_is_not_made_good(self) -> None:
        take_soon(self.PACE)
        be_silent_for(3600)
        take_soon(self.PACE)

        assert pacing.take(self.PACE) > 95


class TestTokens:
    """A thousand tokens take 10 seconds, so a minute has 6000."""

    PACE = Pace(account=ACCOUNT, per_thousand_tokens=10)

    def test_big_call_makes_the_next_one_wait(self) -> None:
        take_soon(self.PACE, tokens=2000)

        assert 29 < pacing.take(self.PACE, tokens=1) <= 30

    def test_small_calls_hardly_count_for_more_than_they_are(self) -> None:
        assert 0.1 < self.PACE.seconds_for(10) < 0.1002

    def test_smaller_use_than_estimated_is_given_back(self) -> None:
        take_soon(self.PACE, tokens=2000)
        pacing.settle(self.PACE, estimated=2000, used=500)

        assert 4 < pacing.take(self.PACE, tokens=1) < 5.5

    def test_larger_use_than_estimated_is_waited_for(self) -> None:
        take_soon(self.PACE, tokens=1000)
        pacing.settle(self.PACE, estimated=1000, used=3000)

        assert 58 < pacing.take(self.PACE, tokens=1) <= 60

    def test_little_that_is_given_back_late_can_still_be_used(self) -> None:
        take_soon(self.PACE, tokens=100)
        be_silent_for(0.3)
        take_soon(self.PACE, tokens=100)

        assert pacing.take(self.PACE, tokens=1) < 0.85

    @pytest.mark.parametrize("each", [50, 433, 766, 1543, 2209, 3100, 5000])
    def test_no_minute_holds_more_than_the_limit(self, each: int) -> None:
        """Calls as close together as the pace allows, late starts made good besides."""
        calls = int((60 + TOKEN_CATCH_UP) / self.PACE.seconds_for(each)) + 1

        assert calls * each <= 6000 / 0.99

    def test_exact_estimate_writes_nothing(self, django_assert_num_queries) -> None:
        with django_assert_num_queries(0):
            pacing.settle(self.PACE, estimated=700, used=700)


class TestHolding:
    def test_hold_stops_everybody_at_once(self) -> None:
        free = Pace(account=ACCOUNT)
        take_soon(free)
        pacing.hold(ACCOUNT, seconds=100)

        assert 90 < pacing.take(free) <= 100
        assert 90 < pacing.held_for(ACCOUNT) <= 100

    def test_shorter_hold_does_not_end_a_longer_one(self) -> None:
        pacing.hold(ACCOUNT, seconds=100)
        pacing.hold(ACCOUNT, seconds=1)

        assert pacing.held_for(ACCOUNT) > 90

    def test_account_without_calls_is_not_held(self) -> None:
        assert pacing.held_for(ACCOUNT) == 0

    def test_hold_that_is_over_holds_nobody(self) -> None:
        pacing.hold(ACCOUNT, seconds=-5)

        assert pacing.held_for(ACCOUNT) == 0
        take_soon(SLOW)


# --- Many at once -----------------------------------------------------------------------
_COLUMNS = "(clock BIGINT, free BIGINT, next BIGINT)"
_VALUES = f"({pacing._NOW[connection.vendor]}, OLD.next_start_us, NEW.next_start_us)"
LOG_STARTS = {
    "sqlite": (
        f"CREATE TABLE starts {_COLUMNS}",
        "CREATE TRIGGER log_start AFTER UPDATE ON enrichment_providerpace"
        f" BEGIN INSERT INTO starts VALUES {_VALUES}; END",
    ),
    "postgresql": (
        f"CREATE TABLE starts {_COLUMNS}",
        "CREATE FUNCTION log_start() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" INSERT INTO starts VALUES {_VALUES}; RETURN NEW; END $$",
        "CREATE TRIGGER log_start AFTER UPDATE ON enrichment_providerpace"
        " FOR EACH ROW EXECUTE FUNCTION log_start()",
    ),
}
FORGET_STARTS = {
    "sqlite": ("DROP TRIGGER log_start", "DROP TABLE starts"),
    "postgresql": (
        "DROP TRIGGER log_start ON enrichment_providerpace",
        "DROP FUNCTION log_start",
        "DROP TABLE starts",
    ),
}


def execute(statements: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


@contextmanager
def logged_starts() -> Iterator[list[tuple[int, int, int]]]:
    """Fills with all slots taken: the database's clock, when free, when the next is."""
    starts: list[tuple[int, int, int]] = []
    execute(LOG_STARTS)
    try:
        yield starts
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock, free, next FROM starts ORDER BY next")
            starts += cursor.fetchall()
    finally:
        execute(FORGET_STARTS)


@pytest.mark.django_db(transaction=True)
class TestEightWorkers:
    def test_starts_keep_their_distance_and_nobody_starves(self) -> None:
        pace = Pace(account=ACCOUNT, interval=0.03)

        def work() -> int:
            for _ in range(4):
                take_soon(pace)
            return 4

        with logged_starts() as starts:
            taken = together(*[work] * 8)

        assert taken == [4] * 8
        assert len(starts) == 32
        assert all(clock >= free for clock, free, _next in starts)
        for (*_, promised), (_clock, free, following) in pairwise(starts):
            assert free == promised
            assert following - promised >= 30_000

    def test_of_all_first_calls_one_may_start(self) -> None:
        waits = together(*[partial(pacing.take, SLOW)] * 8)
        waits += together(*[partial(pacing.take, SLOW)] * 8)

        assert waits.count(0.0) == 1
        assert ProviderPace.objects.count() == 1
