#!/usr/bin/env python
"""Django's command line; a bad setting and a missing database end it with one line."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobsite.settings")
    import django.db
    from django.core.management import execute_from_command_line

    from jobsite.env import SettingError

    try:
        import jobsite.settings  # noqa: F401  # fails here, by name, or not at all
    except SettingError as error:
        sys.exit(f"manage.py: {error}")
    from enrichment.redaction import write_uncaught

    sys.excepthook = write_uncaught
    try:
        execute_from_command_line(sys.argv)
    except django.db.Error as error:
        from jobsite.database_trouble import advice

        told = advice(error)
        if told is None:
            raise
        sys.exit(f"manage.py: {told}")


if __name__ == "__main__":
    main()
