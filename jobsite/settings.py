"""The one place that reads the environment; everything else reads `django.conf.settings`.

Names of environment variables equal the names of settings. The table of all of them with
their meaning stands in README.md and, to copy, in `.env.example`.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from dotenv import load_dotenv

from jobsite import env

BASE_DIR = Path(__file__).resolve().parent.parent
# Variables that are already set win over the file; tests switch it off.
if env.boolean("JOBSITE_DOTENV", default=True):
    load_dotenv(BASE_DIR / ".env")
# The SQLite database, the first login and the collected static files.
VAR_DIR = env.directory("JOBSITE_VAR_DIR", default=BASE_DIR / "var")

# --- Security: who this site is, HTTPS, cookies, headers, logins ------------------------
from jobsite import security  # noqa: E402  # after `.env`
from jobsite.security import *  # noqa: E402, F403

DEBUG = security.DEBUG

# --- Application ------------------------------------------------------------------------
INSTALLED_APPS = [
    # Before django_q: `manage.py qcluster` is then this project's hardened one.
    "enrichment",
    "jobs",
    "jobsite.api",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "import_export",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "jobsite.health.health_middleware",
    "jobsite.middleware.Guard",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",  # last: its answer takes the place of the view's
]
ROOT_URLCONF = "jobsite.urls"
WSGI_APPLICATION = "jobsite.wsgi.application"
ASGI_APPLICATION = "jobsite.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "enrichment.context_processors.provider",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database ---------------------------------------------------------------------------
DATABASES = {
    "default": env.database("DATABASE_URL", default_file=VAR_DIR / "jobs.sqlite3")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A reader upgraded to writer in the middle of a transaction fails at once with
        # "database is locked"; IMMEDIATE takes the write lock first and waits for it.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # the pool keeps the connections
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        # A network that swallows packets shows in a minute, not in hours.
        "connect_timeout": 10,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 60_000,
        # One connection while idle: every worker process has a pool of its own.
        "pool": {"min_size": 1, "max_size": 8, "timeout": 30},
        # What the address itself says, such as ?sslmode=require.
        **env.options(DATABASES["default"]),
    }

# --- Languages, time, static files ------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("nl", "Nederlands"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "jobsite" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("DJANGO_TIME_ZONE", "Europe/Brussels")
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "jobsite" / "static"]
# In development static files come from where they lie; in production collected, compressed,
# and under names that change with the content. Said here, not left to whitenoise, because
# tests switch DEBUG off after this line.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
if not DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        },
    }

# --- The provider -----------------------------------------------------------------------
OPENAI_API_KEY = env.secret("OPENAI_API_KEY")
OPENAI_BASE_URL = env.http_url("OPENAI_BASE_URL")
# With neither, the offline extractor on loopback answers, and every page says so.
ENRICHMENT_OFFLINE = not OPENAI_API_KEY and not OPENAI_BASE_URL
ENRICHMENT_MODEL = env.text("ENRICHMENT_MODEL", "gpt-5.4-mini")
# Chat completions are for servers without /v1/responses, or whose /v1/responses ignores
# the JSON schema (llama.cpp).
ENRICHMENT_API = env.choice("ENRICHMENT_API", "responses", ("responses", "chat"))
ENRICHMENT_MAX_OUTPUT_TOKENS = env.integer(
    "ENRICHMENT_MAX_OUTPUT_TOKENS", 4000, minimum=100
)
# Only for reasoning models; unset leaves it to the model.
ENRICHMENT_REASONING_EFFORT = env.text("ENRICHMENT_REASONING_EFFORT")
# US dollars for a million tokens; without them the cost is shown as unknown.
ENRICHMENT_PRICE_INPUT = env.optional_number("ENRICHMENT_PRICE_INPUT")
ENRICHMENT_PRICE_CACHED_INPUT = env.optional_number("ENRICHMENT_PRICE_CACHED_INPUT")
ENRICHMENT_PRICE_OUTPUT = env.optional_number("ENRICHMENT_PRICE_OUTPUT")

# --- The engine -------------------------------------------------------------------------
ENRICHMENT_BATCH_SIZE = env.integer(
    "ENRICHMENT_BATCH_SIZE", 50, minimum=1, maximum=1000
)
ENRICHMENT_DELAY_BETWEEN_JOBS = env.number(
    "ENRICHMENT_DELAY_BETWEEN_JOBS", 1.0, maximum=3600
)
ENRICHMENT_REQUESTS_PER_MINUTE = env.optional_integer(
    "ENRICHMENT_REQUESTS_PER_MINUTE", minimum=1
)
ENRICHMENT_TOKENS_PER_MINUTE = env.optional_integer(
    "ENRICHMENT_TOKENS_PER_MINUTE", minimum=1
)
ENRICHMENT_CONCURRENCY = env.integer(
    "ENRICHMENT_CONCURRENCY", 16, minimum=1, maximum=512
)
ENRICHMENT_MAX_RETRIES = env.integer("ENRICHMENT_MAX_RETRIES", 3, maximum=10)
ENRICHMENT_RATE_LIMIT_BACKOFF = env.number(
    "ENRICHMENT_RATE_LIMIT_BACKOFF", 5.0, maximum=600
)
ENRICHMENT_API_ERROR_BACKOFF = env.number(
    "ENRICHMENT_API_ERROR_BACKOFF", 3.0, maximum=600
)
ENRICHMENT_TIMEOUT_SECONDS = env.number(
    "ENRICHMENT_TIMEOUT_SECONDS", 60.0, minimum=0.1, maximum=3600
)
ENRICHMENT_RETRY_FAILED_AFTER_HOURS = env.number(
    "ENRICHMENT_RETRY_FAILED_AFTER_HOURS", 24.0, maximum=24 * 365
)
ENRICHMENT_MAX_TRIES = env.integer("ENRICHMENT_MAX_TRIES", 5, minimum=1, maximum=100)
ENRICHMENT_STALLED_AFTER_SECONDS = env.number(
    "ENRICHMENT_STALLED_AFTER_SECONDS", 60.0, minimum=2, maximum=3600
)

# push: the panel is sent by the site, where it runs under ASGI; else the page asks for it.
ENRICHMENT_LIVE_UPDATES = env.choice(
    "ENRICHMENT_LIVE_UPDATES", "poll", ("poll", "push")
)
# How often a blocked run asks with one call whether the provider works again.
ENRICHMENT_PROBE_SECONDS = env.number(
    "ENRICHMENT_PROBE_SECONDS", 60.0, minimum=1, maximum=86_400
)

# --- Worker -----------------------------------------------------------------------------
Q_WORKERS = env.integer("Q_WORKERS", 2, minimum=1, maximum=64)
# Redis in place of the database as the queue of tasks.
Q_BROKER_URL = env.redis_url("Q_BROKER_URL")
# One delivery of a batch works at most this long; then it hands the rest to a new task.
ENRICHMENT_TASK_SECONDS = 600
_TASK_TIMEOUT = math.ceil(ENRICHMENT_TASK_SECONDS + 2 * ENRICHMENT_TIMEOUT_SECONDS + 60)
Q_CLUSTER = {
    "name": "jobsite",
    **(
        {"broker_class": "enrichment.redis_queue.RedisQueue"}
        if Q_BROKER_URL
        else {"orm": "default"}
    ),
    "workers": Q_WORKERS,
    # Prefetched tasks are locked in this cluster's memory; the fewer the better.
    "queue_limit": Q_WORKERS,
    "bulk": 1,
    # A backstop for a task that hangs; whole seconds, or django-q2 fails every task.
    "timeout": _TASK_TIMEOUT,
    # Counted from the prefetch, so it has to outlast all that may wait in front
    # (`enrichment.E003` checks). Takeover after a crash doesn't wait for it: leases do that.
    "retry": _TASK_TIMEOUT * 3 + 60,
    "max_attempts": 1,
    "ack_failures": True,
    # Only 0.25, 0.5 and 1 let the guard's countdown meet zero exactly.
    "guard_cycle": 0.5,
    "poll": 0.5,
    "recycle": 1000,
    "catch_up": False,
    # Successes aren't kept: runs, batches and the ledger tell more, and are never pruned.
    "save_limit": -1,
    "label": "Task queue",
    "ALT_CLUSTERS": {},
}

# --- The API ----------------------------------------------------------------------------
# Of each token.
API_REQUESTS_PER_MINUTE = env.integer(
    "API_REQUESTS_PER_MINUTE", 600, minimum=1, maximum=60_000
)
# Hosts that webhooks may reach though they are inside the network; over http as well.
API_WEBHOOK_INSIDE_HOSTS = env.words("API_WEBHOOK_INSIDE_HOSTS")

# --- Monitoring -------------------------------------------------------------------------
# What Prometheus shows at /metrics as `Authorization: Bearer`.
METRICS_TOKEN = env.secret("METRICS_TOKEN")

# --- Logging ----------------------------------------------------------------------------
LOG_LEVEL = env.choice(
    "LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
# One JSON object a line, for programs, or a line for people.
LOG_FORMAT = env.choice("LOG_FORMAT", "text", ("text", "json"))
_FORMATTER = "json" if LOG_FORMAT == "json" else "line"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "jobsite.logs.JsonLine"},
        "line": {
            "()": "enrichment.redaction.Hiding",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": _FORMATTER,
        },
        # To ADMINS, where an installation has any.
        "mails": {
            "class": "enrichment.redaction.Mails",
            "level": "ERROR",
            "formatter": "line",
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["mails"], "level": "WARNING"},
        "enrichment": {"level": LOG_LEVEL},
        "jobs": {"level": LOG_LEVEL},
        "jobsite": {"level": LOG_LEVEL},
        # A line per enqueue and per task is noise beside the engine's own lines.
        "django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
