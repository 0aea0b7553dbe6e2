"""Which refusals an address may answer with, for the OpenAPI description."""

from __future__ import annotations

from typing import Any

from jobsite.api.errors import Refusal

_ALWAYS = (401, 403, 429, 503)


def refused(*statuses: int) -> dict[int, Any]:
    return dict.fromkeys((*statuses, *_ALWAYS), Refusal)
