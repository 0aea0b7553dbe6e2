"""The project's settings, untouched by the developer's environment and `.env` file.

pytest-django loads settings before any conftest, so the scrubbing has to happen here.
"""

from __future__ import annotations

import os
import tempfile

PREFIXES = ("OPENAI_", "ENRICHMENT_", "DJANGO_", "JOBSITE_", "Q_", "API_", "LOG_LEVEL")
KEPT = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}

for name in [name for name in os.environ if name.startswith(PREFIXES)]:
    if name not in KEPT:
        del os.environ[name]
os.environ["JOBSITE_DOTENV"] = "off"
# Nothing that a test forgets to redirect reaches the developer's `var/`.
os.environ["JOBSITE_VAR_DIR"] = tempfile.mkdtemp(prefix="jobsite-tests-")

from jobsite.settings import *  # noqa: E402, F403

# Hashing slowly is the real hasher's purpose; tests make users by the hundred.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, as in production: threads of a test have connections, and locks, of their own.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}  # noqa: F405
elif "TESTED_PART" in os.environ:
    # Two parts of the suite are at work on one server.
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": f"test_{os.environ['TESTED_PART']}"
    }
