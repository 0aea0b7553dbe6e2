"""Telling other programs that a run has ended: an outbox, a sender, a signature."""
