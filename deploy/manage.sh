#!/bin/sh
# deploy/manage.sh COMMAND...: manage.py of the running release, or of RELEASE, as the user
# jobsite and with the site's environment. Run as root.
set -eu
cd "${JOBSITE_HOME:-/srv/jobsite}/${RELEASE:-current}"
set -a
. "${JOBSITE_ENVIRONMENT:-/etc/jobsite/environment}"
set +a
exec setpriv --reuid jobsite --regid jobsite --init-groups .venv/bin/python manage.py "$@"
