"""Writes that outlast a database's bad minute."""

from __future__ import annotations

import pytest
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)

from enrichment import durable
from enrichment.durable import stubbornly
from enrichment.models import Enrichment
from tests.builders import make_posting


class Failing:
    """An action that fails so often before it succeeds."""

    def __init__(self, times: int, error: Exception) -> None:
        self.left = times
        self.error = error
        self.done = 0

    def __call__(self) -> str:
        self.done += 1
        if self.left:
            self.left -= 1
            raise self.error
        return "written"


@pytest.mark.django_db(transaction=True)
class TestStubbornly:
    @pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
    def test_database_that_comes_back_is_written_to(self, kind, caplog) -> None:
        action = Failing(2, kind("server closed the connection\nunexpectedly"))

        assert stubbornly(action) == "written"
        assert action.done == 3
        assert caplog.messages[0].startswith(
            "⚠️  The database does not answer (server closed the connection). Waiting"
        )

    def test_each_try_has_a_new_connection(self) -> None:
        make_posting()
        before = connection.connection

        stubbornly(Failing(1, OperationalError("gone")))

        Enrichment.objects.get()
        assert connection.connection is not before

    @pytest.mark.parametrize("error", [IntegrityError("x"), ZeroDivisionError()])
    def test_other_errors_are_not_tried_again(self, error) -> None:
        action = Failing(1, error)

        with pytest.raises(type(error)):
            stubbornly(action)
        assert action.done == 1

    def test_inside_a_transaction_there_is_one_try(self) -> None:
        action = Failing(1, OperationalError("gone"))

        with pytest.raises(OperationalError), transaction.atomic():
            stubbornly(action)
        assert action.done == 1

    def test_database_that_stays_away_is_given_up(self, monkeypatch) -> None:
        monkeypatch.setattr(durable, "GIVE_UP_AFTER", 0.3)

        with pytest.raises(OperationalError, match="gone"):
            stubbornly(Failing(1000, OperationalError("gone")))

    @pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has no server to lose"
    )
    def test_connection_ended_by_the_server_is_replaced(self) -> None:
        make_posting()

        def write() -> int:
            with transaction.atomic():
                rows = Enrichment.objects.update(priority=1)
                if not ended:
                    ended.append(True)
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            return rows

        ended: list[bool] = []
        assert stubbornly(write) == 1
        assert Enrichment.objects.get().priority == 1
