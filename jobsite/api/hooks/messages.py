"""What a message says: the run, as `GET /api/runs/{id}` would tell it."""

from __future__ import annotations

import json
from typing import Any

from jobsite.api.models.webhooks import WebhookDelivery
from jobsite.api.shapes import runs


def compose(delivery: WebhookDelivery) -> str:
    if delivery.run is None:
        data: dict[str, Any] = {"webhook": delivery.webhook_id}
    else:
        data = {"run": runs.full(delivery.run).model_dump(mode="json")}
    return json.dumps(
        {
            "type": delivery.event,
            "timestamp": delivery.happened_at.isoformat(),
            "data": data,
        }
    )
