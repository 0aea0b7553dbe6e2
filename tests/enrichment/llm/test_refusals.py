"""What statuses, codes and Retry-After headers mean."""

from __future__ import annotations

import pytest

from enrichment.llm import refusals
from enrichment.llm.errors import ErrorKind, LlmError, Remedy

NOW = 784_111_777.0  # Sun, 06 Nov 1994 08:49:37 GMT
DAY = 24 * 3600.0


def refused(status: int, **error: object) -> LlmError:
    return refusals.from_status(
        status, error, headers={}, request_id="req_1", key="sk-very-secret"
    )


class TestRetryAfter:
    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [
            ({}, None),
            ({"retry-after": ""}, None),
            ({"retry-after": "0"}, 0.0),
            ({"retry-after": "7"}, 7.0),
            ({"retry-after": " 7 "}, 7.0),
            ({"retry-after": "1.5"}, 1.5),
            ({"retry-after": "100000"}, DAY),
            ({"retry-after": "1e300"}, DAY),
            ({"retry-after": "-5"}, None),
            ({"retry-after": "nan"}, None),
            ({"retry-after": "inf"}, None),
            ({"retry-after": "-inf"}, None),
            ({"retry-after": "soon"}, None),
            ({"retry-after": "7s"}, None),
            ({"retry-after": "9" * 5000}, None),
            ({"retry-after": "Sun, 06 Nov 1994 08:49:47 GMT"}, 10.0),
            ({"retry-after": "Sun, 06 Nov 1994 08:49:27 GMT"}, 0.0),
            ({"retry-after": "Sun Nov  6 08:49:47 1994"}, 10.0),
            ({"retry-after": "Sun, 06 Nov 1994 08:49:47 -0000"}, 10.0),
            ({"retry-after": "Sun, 06 Nov 1994 09:49:47 +0100"}, 10.0),
            ({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}, DAY),
            ({"retry-after": "Fri, 29 Sep 100000 10:00:00 GMT"}, None),
            ({"retry-after": "Fri, 99 Foo 2026 99:99:99 GMT"}, None),
            ({"retry-after-ms": "1500"}, 1.5),
            ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
            ({"retry-after-ms": "-1", "retry-after": "9"}, 9.0),
            ({"retry-after-ms": "nan", "retry-after": "9"}, 9.0),
            ({"retry-after-ms": "1e300"}, DAY),
        ],
    )
    def test_header_is_read(
        self, headers: dict[str, str], seconds: float | None
    ) -> None:
        assert refusals.retry_after(headers, now=NOW) == seconds


class TestStatuses:
    @pytest.mark.parametrize(
        ("status", "kind"),
        [
            (307, ErrorKind.UNKNOWN_MODEL),
            (400, ErrorKind.BAD_REQUEST),
            (401, ErrorKind.UNAUTHORIZED),
            (402, ErrorKind.INSUFFICIENT_QUOTA),
            (403, ErrorKind.FORBIDDEN),
            (404, ErrorKind.UNKNOWN_MODEL),
            (408, ErrorKind.SERVER_ERROR),
            (409, ErrorKind.SERVER_ERROR),
            (413, ErrorKind.BAD_REQUEST),
            (422, ErrorKind.BAD_REQUEST),
            (429, ErrorKind.RATE_LIMITED),
            (500, ErrorKind.SERVER_ERROR),
            (502, ErrorKind.SERVER_ERROR),
            (529, ErrorKind.SERVER_ERROR),
        ],
    )
    def test_status_has_its_kind(self, status: int, kind: ErrorKind) -> None:
        error = refused(status)

        assert (error.kind, error.status) == (kind, status)
        assert f"HTTP {status}" in error.message

    @pytest.mark.parametrize("code", sorted(refusals.QUOTA_CODES))
    def test_empty_account_is_no_rate_limit(self, code: str) -> None:
        assert refused(429, code=code).kind is ErrorKind.INSUFFICIENT_QUOTA
        assert refused(429, type=code).kind is ErrorKind.INSUFFICIENT_QUOTA
        assert refused(400, code=code).kind.remedy is Remedy.ACCOUNT

    @pytest.mark.parametrize("code", sorted(refusals.MODEL_CODES))
    def test_unknown_model_is_told_by_its_code(self, code: str) -> None:
        assert refused(400, code=code).kind is ErrorKind.UNKNOWN_MODEL

    @pytest.mark.parametrize(
        "body", [None, "", "<html>oops</html>", [1], {}, {"error": None}, {"error": {}}]
    )
    def test_body_that_says_nothing_leaves_the_status(self, body: object) -> None:
        error = refusals.from_status(500, body, headers={}, request_id="", key="")

        assert error.message == "The provider had an error (HTTP 500)"

    def test_error_may_be_a_bare_text(self) -> None:
        error = refusals.from_status(
            404, {"error": "model 'x' not found"}, headers={}, request_id="", key=""
        )

        assert error.message.endswith("(HTTP 404: model 'x' not found)")

    def test_message_is_one_short_line_without_a_key(self) -> None:
        error = refused(
            401, message="Wrong\n key\0 sk-very-secret or sk-ab****yz. " + "x" * 9999
        )

        assert "Wrong key [key] or [key]" in error.message
        assert len(error.message) < 400

    def test_short_placeholder_key_leaves_messages_alone(self) -> None:
        error = refusals.from_status(
            400, {"message": "none"}, headers={}, request_id="", key="none"
        )

        assert error.message.endswith("(HTTP 400: none)")


class TestFailuresInsideA200:
    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("server_error", ErrorKind.SERVER_ERROR),
            ("rate_limit_exceeded", ErrorKind.RATE_LIMITED),
            (429, ErrorKind.RATE_LIMITED),
            ("insufficient_quota", ErrorKind.INSUFFICIENT_QUOTA),
            ("invalid_prompt", ErrorKind.BAD_REQUEST),
            (None, ErrorKind.SERVER_ERROR),
        ],
    )
    def test_code_says_what_it_was(self, code: object, kind: ErrorKind) -> None:
        error = refusals.from_failure({"code": code, "message": "Stopped."})

        assert (error.kind, error.status) == (kind, 200)
        assert error.message == "The provider gave up on the answer: Stopped."

    @pytest.mark.parametrize("said", [None, {}, "", 5])
    def test_failure_without_words_is_a_server_error(self, said: object) -> None:
        assert refusals.from_failure(said).kind is ErrorKind.SERVER_ERROR


class TestKinds:
    def test_only_these_are_tried_again(self) -> None:
        again = {
            kind: kind.remedy
            for kind in ErrorKind
            if kind.remedy in {Remedy.RATE_BACKOFF, Remedy.API_BACKOFF}
        }

        assert again == {
            ErrorKind.RATE_LIMITED: Remedy.RATE_BACKOFF,
            ErrorKind.SERVER_ERROR: Remedy.API_BACKOFF,
            ErrorKind.CONNECTION: Remedy.API_BACKOFF,
            ErrorKind.TIMEOUT: Remedy.API_BACKOFF,
        }

    def test_these_stop_the_run(self) -> None:
        assert {kind for kind in ErrorKind if kind.remedy is Remedy.ACCOUNT} == {
            ErrorKind.INSUFFICIENT_QUOTA,
            ErrorKind.UNAUTHORIZED,
            ErrorKind.FORBIDDEN,
            ErrorKind.UNKNOWN_MODEL,
            ErrorKind.PROVIDER_DOWN,
        }
