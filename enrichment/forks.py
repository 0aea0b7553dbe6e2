"""A forked process opens database connections of its own.

Django's connection pool is inherited by a fork with its open sockets, and two processes
that talk on one socket read each other's answers. django-q2 forks all its processes.
"""

from __future__ import annotations

import os
from typing import Any

from django.db import connections

# Kept: collecting them would say goodbye on the parent's sockets.
_inherited: list[Any] = []


def install() -> None:
    os.register_at_fork(after_in_child=_forget_connections)


def _forget_connections() -> None:
    for wrapper in connections.all(initialized_only=True):
        if wrapper.vendor != "postgresql":
            continue
        pools: dict[str, Any] = getattr(wrapper, "_connection_pools", {})
        _inherited.extend([wrapper.connection, pools.pop(wrapper.alias, None)])
        wrapper.connection = None
