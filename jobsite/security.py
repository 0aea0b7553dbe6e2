"""The part of the settings that keeps the site safe; read by `jobsite/settings.py` alone.

What each protects from, and the test that proves it, stands in `docs/security.md`.
"""

from __future__ import annotations

from datetime import timedelta

from csp.constants import NONE, SELF

from jobsite import env

# --- Who this site is -------------------------------------------------------------------
# Development is what a newcomer gets; production says DJANGO_DEBUG=false, and then has to
# bring its own secret and host names.
DEBUG = env.boolean("DJANGO_DEBUG", default=True)
DEVELOPMENT_SECRET = "development-only-secret-never-used-with-debug-off"  # noqa: S105
SECRET_KEY = env.secret("DJANGO_SECRET_KEY") or (DEVELOPMENT_SECRET if DEBUG else "")
# Earlier ones, separated by commas: what they signed stays good while a new one takes over.
SECRET_KEY_FALLBACKS = [
    key.strip() for key in env.secret("DJANGO_SECRET_KEY_FALLBACKS").split(",") if key
]
if not DEBUG:
    env.require_strong("DJANGO_SECRET_KEY", SECRET_KEY, refused={DEVELOPMENT_SECRET})
    for _key in SECRET_KEY_FALLBACKS:
        env.require_strong(
            "DJANGO_SECRET_KEY_FALLBACKS", _key, refused={DEVELOPMENT_SECRET}
        )
ALLOWED_HOSTS = env.words("DJANGO_ALLOWED_HOSTS")
if not DEBUG and (not ALLOWED_HOSTS or {"*", "."} & set(ALLOWED_HOSTS)):
    raise env.SettingError(
        "DJANGO_ALLOWED_HOSTS",
        "name the site's host names (not *) when DJANGO_DEBUG is false",
    )
CSRF_TRUSTED_ORIGINS = env.words("DJANGO_CSRF_TRUSTED_ORIGINS")

# --- HTTPS ------------------------------------------------------------------------------
HTTPS = env.boolean("DJANGO_HTTPS", default=not DEBUG)
# Of a proxy that ends TLS and sets this header on every request, whatever the client sent.
_SSL_HEADER = env.header("DJANGO_SECURE_PROXY_SSL_HEADER")
SECURE_PROXY_SSL_HEADER = (_SSL_HEADER, "https") if _SSL_HEADER else None
# Proxies in front that add to X-Forwarded-For; without any, that header is anybody's word.
TRUSTED_PROXIES = env.integer("DJANGO_TRUSTED_PROXIES", 0, maximum=10)
SECURE_SSL_REDIRECT = HTTPS
# Asked by load balancers and monitoring, from inside and without TLS.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)/?$"]
SECURE_HSTS_SECONDS = (
    env.integer("DJANGO_HSTS_SECONDS", 365 * 24 * 3600) if HTTPS else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0

# --- Cookies and sessions ---------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# By the prefix browsers let no other host, and no page without TLS, set or see them.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{_PREFIX}csrftoken"
# From the login, whatever the person does in between.
SESSION_COOKIE_AGE = 3600 * env.integer(
    "DJANGO_SESSION_HOURS", 12, minimum=1, maximum=30 * 24
)

# --- What browsers are told -------------------------------------------------------------
# No inline script or style anywhere, and nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{
            f"{kind}-src": [SELF]
            for kind in ("script", "style", "img", "font", "connect")
        },
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- Logins -----------------------------------------------------------------------------
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "jobs:job-list"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it says no before anything is checked
    "django.contrib.auth.backends.ModelBackend",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {
        "NAME": f"{_VALIDATORS}.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "jobsite.logins.MaximumLengthValidator"},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
# The limits themselves: `jobsite/logins.py`.
AXES_HANDLER = "jobsite.logins.LoginHandler"
AXES_CLIENT_IP_CALLABLE = "jobsite.logins.client_address"
AXES_LOCKOUT_CALLABLE = "jobsite.logins.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Tries while it is locked count for nothing, and write nothing.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "csrfmiddlewaretoken", "next"]

# --- Requests ---------------------------------------------------------------------------
MEGABYTE = 1024 * 1024
# A whole request, files included; an import's file may have 10 MB (`jobs/exchange/forms.py`).
LARGEST_REQUEST_BYTES = 12 * MEGABYTE
# Of it, without files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# --- What is never shown ----------------------------------------------------------------
DEFAULT_EXCEPTION_REPORTER = "enrichment.redaction.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "enrichment.redaction.SettingsFilter"
