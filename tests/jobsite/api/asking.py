"""Programs that ask the API, each with a token of its own."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from jobsite.api import tokens
from jobsite.api.models import ApiToken
from jobsite.api.models.tokens import Scope
from tests.people import PERMISSIONS, make_user

ALL = tuple(Scope.values)
MAY_ALL = (*PERMISSIONS, "add_jobposting", "change_jobposting")
_numbers = itertools.count(1)


class Caller:
    """`status`, `data` and headers are the last answer's."""

    def __init__(self, *scopes: str, user: User | None = None, text: str = "") -> None:
        self.token: ApiToken | None = None
        if not text:
            owner = user or make_user(f"program-{next(_numbers)}", *MAY_ALL)
            self.token, text = tokens.make(
                user=owner, name="test", scopes=scopes or ALL
            )
        self.text = text
        self._client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Any:
        return self._ask("get", path, headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._ask("post", path, headers, body)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._ask("put", path, headers, body)

    def send(
        self, raw: bytes, content_type: str = "application/json", method: str = "post"
    ) -> Any:
        """Any bytes, as a start of a run."""
        return self._ask(method, "runs", {}, raw, content_type)

    def _ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: Any = None,
        content_type: str = "application/json",
    ) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        ask = getattr(self._client, method)
        body = {} if body is None and method == "get" else body
        self.answer = ask(
            f"/api/{path}",
            body,
            content_type=content_type,
            headers={"Authorization": f"Bearer {self.text}", **named},
        )
        self.status = self.answer.status_code
        self.data = self.answer.json()
        return self.data

    @property
    def refused(self) -> tuple[int, str, str | None]:
        """Status, kind and field of the last answer."""
        return self.status, self.data["kind"], self.data["field"]


def pending() -> dict[str, Any]:
    return {"selection": "pending"}


def chosen(*postings: Any, **more: Any) -> dict[str, Any]:
    return {"selection": {"ids": [posting.pk for posting in postings]}, **more}
