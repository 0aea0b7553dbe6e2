"""Each reader of a variable: what it takes, what it refuses, and that it names the variable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobsite import env

NAME = "JOBSITE_TEST_VALUE"

Reader = Callable[[str], Any]


def number(name: str) -> float:
    return env.number(name, 1.5, maximum=10)


def whole(name: str) -> int:
    return env.integer(name, 7, minimum=1, maximum=10)


def boolean(name: str) -> bool:
    return env.boolean(name, default=True)


def choice(name: str) -> str:
    return env.choice(name, "responses", ("responses", "chat"))


def database(name: str) -> dict[str, object]:
    return env.database(name, default_file=Path("/x/default.sqlite3"))


GOOD: list[tuple[Reader, str, Any]] = [
    (env.text, "  words  ", "words"),
    (env.secret, "s3cret", "s3cret"),
    (env.header, "X-Forwarded-Proto", "HTTP_X_FORWARDED_PROTO"),
    (env.header, "", ""),
    (boolean, "yes", True),
    (boolean, "OFF", False),
    (boolean, "0", False),
    (number, "0", 0.0),
    (number, "2.5", 2.5),
    (number, "10", 10.0),
    (whole, "10", 10),
    (env.optional_integer, "3", 3),
    (env.optional_number, "0.25", 0.25),
    (choice, "chat", "chat"),
    (env.words, " a, b ,,c,", ["a", "b", "c"]),
    (env.http_url, "http://127.0.0.1:8090/v1/", "http://127.0.0.1:8090/v1"),
    (env.redis_url, "redis://h", "redis://h"),
    (env.redis_url, "rediss://:p@h:1/2?db=2", "rediss://:p@h:1/2?db=2"),
]
UNSET: list[tuple[Reader, Any]] = [
    (env.text, ""),
    (env.secret, ""),
    (boolean, True),
    (number, 1.5),
    (whole, 7),
    (env.optional_integer, None),
    (env.optional_number, None),
    (choice, "responses"),
    (env.words, []),
    (env.http_url, ""),
    (env.redis_url, ""),
]
BAD: list[tuple[Reader, str, str]] = [
    (boolean, "maybe", "expected true or false, got 'maybe'"),
    (number, "fast", "expected a number, got 'fast'"),
    (number, "-1", "expected 0 to 10, got '-1'"),
    (number, "10.1", "expected 0 to 10, got '10.1'"),
    (number, "nan", "expected 0 to 10, got 'nan'"),
    (number, "inf", "expected 0 to 10, got 'inf'"),
    (env.optional_number, "-0.1", "expected at least 0, got '-0.1'"),
    (whole, "0", "expected 1 to 10, got '0'"),
    (whole, "11", "expected 1 to 10, got '11'"),
    (whole, "2.5", "expected a whole number, got '2.5'"),
    (env.optional_integer, "-3", "expected at least 0, got '-3'"),
    (choice, "soap", "expected one of responses, chat; got 'soap'"),
    (env.http_url, "127.0.0.1:8090", "expected http://host"),
    (env.http_url, "ftp://ann:hunter2@example.org", "expected http://host"),
    (env.http_url, "https://", "expected http://host"),
    (env.http_url, "http://ann:hunter2@example.org:port/", "expected http://host"),
    (env.http_url, "http://[::1/", "expected http://host"),
    (env.redis_url, "h:6379", "expected redis://host"),
    (env.redis_url, "http://u:hunter2@h/0", "expected redis://host"),
    (env.redis_url, "redis://", "expected redis://host"),
    (env.redis_url, "redis://:hunter2@h:port/0", "expected redis://host"),
    (env.redis_url, "redis://:hunter2@h/queue", "expected redis://host"),
    (env.redis_url, "redis://:hunter2@[::1/0", "expected redis://host"),
    (env.redis_url, "redis://:hunter2@h/0?speed=9", "expected redis://host"),
    (env.redis_url, "rediss://:hunter2@h?ssl_cert_reqs=no", "expected redis://host"),
    (database, "mysql://u:hunter2@h/db", "expected sqlite:///... or postgres://..."),
    (database, "postgres://u:hunter2@h:port/db", "can't be read"),
    (database, "postgres://u:hunter2@h", "names no database"),
]


@pytest.mark.parametrize(("read", "raw", "expected"), GOOD)
def test_good_value_is_read(
    monkeypatch: pytest.MonkeyPatch, read: Reader, raw: str, expected: Any
) -> None:
    monkeypatch.setenv(NAME, raw)

    assert read(NAME) == expected


@pytest.mark.parametrize("raw", [None, "", "   "])
@pytest.mark.parametrize(("read", "expected"), UNSET)
def test_unset_or_empty_gives_the_default(
    monkeypatch: pytest.MonkeyPatch, read: Reader, expected: Any, raw: str | None
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    if raw is not None:
        monkeypatch.setenv(NAME, raw)

    assert read(NAME) == expected


@pytest.mark.parametrize(("read", "raw", "problem"), BAD)
def test_bad_value_is_refused_by_name_without_a_password(
    monkeypatch: pytest.MonkeyPatch, read: Reader, raw: str, problem: str
) -> None:
    monkeypatch.setenv(NAME, raw)

    with pytest.raises(env.SettingError) as caught:
        read(NAME)

    assert str(caught.value).startswith(f"{NAME}: ")
    assert problem in str(caught.value)
    assert "hunter2" not in str(caught.value)


class TestSecretFile:
    def test_file_wins_and_its_line_break_is_left_out(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "key").write_text("from-file\n")
        monkeypatch.setenv(NAME, "from-variable")
        monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "key"))

        assert env.secret(NAME) == "from-file"

    @pytest.mark.parametrize("content", [None, b"\xff\xfe"])
    def test_unreadable_file_is_refused_by_name(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
    ) -> None:
        if content is not None:
            (tmp_path / "key").write_bytes(content)
        monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "key"))

        with pytest.raises(env.SettingError, match=f"^{NAME}_FILE: can't read"):
            env.secret(NAME)


class TestDirectory:
    def test_missing_one_is_made(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv(NAME, str(tmp_path / "a" / "b"))

        assert env.directory(NAME, default=tmp_path) == tmp_path / "a" / "b"
        assert (tmp_path / "a" / "b").is_dir()

    def test_one_that_cannot_be_made_is_refused_by_name(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv(NAME, str(tmp_path / "file" / "inside"))

        with pytest.raises(env.SettingError, match=f"^{NAME}: can't make"):
            env.directory(NAME, default=tmp_path)


class TestDatabase:
    def test_address_may_stand_in_a_file(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "address").write_text("postgres://ann@db.example/jobs\n")
        monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "address"))

        found = env.database(NAME, default_file=Path("unused"))

        assert (found["NAME"], found["HOST"]) == ("jobs", "db.example")

    def test_unset_is_the_sqlite_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(NAME, raising=False)

        assert database(NAME) == {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": "/x/default.sqlite3",
        }

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
    def test_postgres_address_is_taken_apart(
        self, monkeypatch: pytest.MonkeyPatch, scheme: str
    ) -> None:
        monkeypatch.setenv(NAME, f"{scheme}://ann:p%40ss@db.example:5433/site")

        config = database(NAME)

        assert config["ENGINE"] == "django.db.backends.postgresql"
        assert [
            config[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")
        ] == [
            *("ann", "p@ss", "db.example"),
            *(5433, "site"),
        ]

    def test_sqlite_path_may_hold_spaces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(NAME, "sqlite:////srv/job%20site/a.sqlite3")

        assert database(NAME)["NAME"] == "/srv/job site/a.sqlite3"


@pytest.mark.parametrize(
    "value",
    ["", "hunter2", "hunter2" * 3, "ab" * 40, "django-insecure-" + "aB3-dE6_gH9" * 5],
)
def test_secret_that_can_be_guessed_is_refused_and_not_repeated(value: str) -> None:
    with pytest.raises(env.SettingError) as refusal:
        env.require_strong("DJANGO_SECRET_KEY", value, refused=set())

    assert str(refusal.value).startswith("DJANGO_SECRET_KEY: ")
    assert not value or value not in str(refusal.value)


def test_header_with_a_value_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "X-Forwarded-Proto: https")
    with pytest.raises(env.SettingError):
        env.header(NAME)
