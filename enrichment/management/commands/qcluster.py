"""`manage.py qcluster`: django-q2's worker, hardened; see `enrichment/cluster.py`."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.db import connections
from django_q.management.commands.qcluster import Command as QClusterCommand

from enrichment.cluster import Cluster, worker_processes
from enrichment.keeper import Keeper


class Command(QClusterCommand):  # type: ignore[misc]
    help = "Start a worker: the processes that run batches. SIGTERM or Ctrl-C ends it."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["cluster_name"]:
            os.environ["Q_CLUSTER_NAME"] = options["cluster_name"]
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
                "The worker could not go on (one of its processes died idle, which can "
                "block the queue). It ends, for its supervisor to start it again."
            )
            sys.exit(1)
