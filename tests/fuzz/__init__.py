"""Anything at all for what reads the outside world: it answers, or says why not.

In the gate a few examples, always the same; `make fuzz` takes random ones, for long.
"""
