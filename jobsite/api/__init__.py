"""The API for other programs, and the webhooks that tell them of a run's end: `docs/api.md`."""
