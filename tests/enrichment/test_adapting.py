"""The pace slows down when calls are refused, comes back, and follows a told limit."""

from __future__ import annotations

import pytest

from enrichment import adapting, pacing
from enrichment.llm.errors import ErrorKind, LlmError
from enrichment.models import ProviderPace
from enrichment.pace import Pace

ACCOUNT = "https://api.example.com/v1"
HEADERS = {
    "x-ratelimit-limit-requests": "200",
    "x-ratelimit-remaining-requests": "150",
}


def error(**options: object) -> LlmError:
    kind = options.pop("kind", ErrorKind.RATE_LIMITED)
    return LlmError(kind, "refused", **options)  # type: ignore[arg-type]


def stretch() -> int:
    return ProviderPace.objects.get(account=ACCOUNT).stretch


def long_ago(*columns: str) -> None:
    ProviderPace.objects.update(**dict.fromkeys(columns, 1))


class TestWhatIsARefusal:
    def test_limit_with_a_wait_is_one(self) -> None:
        assert adapting.is_refusal(error(retry_after=3.0))

    def test_used_up_limit_is_one_without_a_wait(self) -> None:
        used_up = HEADERS | {"x-ratelimit-remaining-requests": "0"}
        assert adapting.is_refusal(error(headers=used_up))

    def test_refusal_while_the_limit_is_free_is_about_something_else(self) -> None:
        assert not adapting.is_refusal(error(retry_after=3.0, headers=HEADERS))

    def test_so_is_one_at_a_limit_that_has_room_for_a_call_or_two(self) -> None:
        nearly = HEADERS | {"x-ratelimit-remaining-requests": "2"}
        assert not adapting.is_refusal(error(retry_after=3.0, headers=nearly))

    def test_used_up_tokens_are_one_while_requests_are_free(self) -> None:
        tokens = {adapting.TOKEN_LIMIT: "90000", adapting.TOKENS_LEFT: "500"}
        assert adapting.is_refusal(error(headers=HEADERS | tokens))

    def test_nothing_told_is_none(self) -> None:
        assert not adapting.is_refusal(error())

    def test_other_errors_are_none(self) -> None:
        overloaded = error(kind=ErrorKind.SERVER_ERROR, retry_after=9.0)
        assert not adapting.is_refusal(overloaded)
        assert not adapting.is_refusal(None)

    @pytest.mark.parametrize("odd", ["", "many", "-1", "1.5", "9" * 30, "²"])
    def test_odd_headers_tell_nothing(self, odd) -> None:
        assert adapting.told({adapting.LIMIT: odd}).limit is None


@pytest.mark.django_db
class TestLearning:
    @pytest.fixture(autouse=True)
    def _row(self) -> None:
        ProviderPace.objects.create(account=ACCOUNT)

    def test_first_refusal_slows_down_a_little(self) -> None:
        adapting.refused(ACCOUNT)

        assert stretch() == 1080

    def test_calls_refused_together_count_once(self) -> None:
        for _call in range(5):
            adapting.refused(ACCOUNT)

        assert stretch() == 1080

    def test_refusals_soon_after_each_other_slow_down_in_large_steps(self) -> None:
        adapting.refused(ACCOUNT)
        back = 3 * pacing.MICROSECONDS
        row = ProviderPace.objects.get()
        ProviderPace.objects.update(stretched_us=row.stretched_us - back)

        adapting.refused(ACCOUNT)

        assert stretch() == 1350

    def test_there_is_an_end_to_it(self) -> None:
        ProviderPace.objects.update(stretch=19_999)

        adapting.refused(ACCOUNT)

        assert stretch() == adapting.MOST

    def test_quiet_time_brings_it_back_step_by_step(self) -> None:
        ProviderPace.objects.update(stretch=1030)

        adapting.recover(ACCOUNT)
        adapting.recover(ACCOUNT)
        assert stretch() == 1010
        long_ago("recovered_us")
        adapting.recover(ACCOUNT)

        assert stretch() == adapting.NONE

    def test_recent_refusal_keeps_it(self) -> None:
        adapting.refused(ACCOUNT)

        adapting.recover(ACCOUNT)

        assert stretch() == 1080

    def test_first_told_limit_changes_nothing(self) -> None:
        adapting.hear(ACCOUNT, 200)

        assert stretch() == adapting.NONE

    def test_halved_limit_halves_the_pace_and_the_old_one_restores_it(self) -> None:
        adapting.hear(ACCOUNT, 200)
        adapting.hear(ACCOUNT, 100)
        assert stretch() == 2000

        adapting.hear(ACCOUNT, 200)

        assert stretch() == adapting.NONE

    def test_stretched_pace_takes_longer(self) -> None:
        ProviderPace.objects.update(stretch=3000)
        pace = Pace(account=ACCOUNT, interval=10.0)

        assert pacing.take(pace) == 0
        assert 25 < pacing.take(pace) <= 30
