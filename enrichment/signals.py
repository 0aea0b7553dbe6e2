"""What the engine tells whoever wants to know; it doesn't know who that is."""

from __future__ import annotations

from django.dispatch import Signal

# `run_id` and `status` (finished, cancelled, blocked), in the transaction that ends the run.
# A receiver that fails undoes the end; what it writes is there if and only if the end is.
run_ended = Signal()

# From the keeper of each `manage.py qcluster`, every few seconds while the database answers.
# A receiver that takes long holds up the worker's sign of life.
beat = Signal()
