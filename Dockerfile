# One image for the web server, the workers and the migrations; compose.yaml says which is
# which. Nothing in it is secret, and nothing in it is written to at run time.
ARG PYTHON=3.11.14-slim-bookworm

# --- Packages, by the hashes of the lock, and never built here ------------------------------
FROM python:${PYTHON} AS packages
COPY requirements.lock /build/
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
      --require-hashes --only-binary :all: --requirement /build/requirements.lock

# --- The site ------------------------------------------------------------------------------
FROM python:${PYTHON} AS site
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_DEBUG=false \
    JOBSITE_DOTENV=false \
    JOBSITE_VAR_DIR=/srv/jobsite/var
RUN useradd --system --uid 10001 --no-create-home --home-dir /srv/jobsite \
      --shell /usr/sbin/nologin jobsite
WORKDIR /srv/jobsite
COPY --from=packages /opt/venv /opt/venv
COPY manage.py ./
COPY enrichment ./enrichment
COPY jobs ./jobs
COPY jobsite ./jobsite
COPY templates ./templates
# The static files are the image's. What the admin keeps between the preview of an import
# and the yes is the only thing that the site writes beside the database.
RUN DJANGO_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    DJANGO_ALLOWED_HOSTS=build.invalid \
    python manage.py collectstatic --noinput --verbosity 0 \
 && python -m compileall -q . /opt/venv/lib \
 && install --directory --owner jobsite --group jobsite --mode 0700 var/imports
USER 10001:10001
EXPOSE 8000
# By the address that needs no login, no host name and no HTTPS.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "jobsite.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "8", "--graceful-timeout", "8", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
