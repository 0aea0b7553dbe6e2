"""`manage.py qcluster`: django-q2's worker, hardened; see `enrichment/cluster.py`."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError, connection, connections
from django_q.management.commands.qcluster import Command as QClusterCommand

from enrichment.cluster import Cluster, worker_processes
from enrichment.durable import stubbornly
from enrichment.keeper import Keeper


def wait_for_database() -> None:
    """Two minutes; the processes of django-q2 would end with a traceback each."""
    try:
        stubbornly(connection.ensure_connection)
    except OperationalError as error:
        reason = (str(error) or "no reason given").splitlines()[0]
        raise CommandError(f"The database does not answer ({reason})") from None


class Command(QClusterCommand):  # type: ignore[misc]
    help = "Start a worker: the processes that run batches. SIGTERM or Ctrl-C ends it."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["cluster_name"]:
            os.environ["Q_CLUSTER_NAME"] = options["cluster_name"]
        wait_for_database()
        cluster = Cluster()
        # What is open now would be shared with the processes forked next.
        connections.close_all()
        cluster.start()
        if options["run_once"]:
            cluster.sig_handler(0, None)
        keeper = Keeper(processes=worker_processes())
        keeper.start()
        ended_as_told = cluster.run()
        keeper.stop()
        if not ended_as_told:
            self.stderr.write(
                "The worker could not go on (one of its processes died in a way that can "
                "block the queue). It ends, for its supervisor to start it again."
            )
            sys.exit(1)
