#!/bin/sh
# deploy/migrate.sh RELEASE: its migrations and static files, for deploy/release.sh where no
# systemd is (JOBSITE_MIGRATE="/srv/jobsite/bin/migrate.sh ").
set -eu
here=$(dirname "$0")
export RELEASE="releases/${1:?usage: deploy/migrate.sh RELEASE}"
"$here/manage.sh" migrate --noinput --verbosity 0
"$here/manage.sh" collectstatic --noinput --verbosity 0
