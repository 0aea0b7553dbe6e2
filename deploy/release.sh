#!/bin/sh
# deploy/release.sh REF: install a version beside the one that runs, and go over to it while
# work goes on: migrate, then restart the workers one by one, then the web server. Whatever
# fails before the restarts leaves the running version as it is. REF of an earlier version goes
# back to that. Run as root; where no systemd is, say how things are done otherwise:
#   JOBSITE_PYTHON    the Python for it (/usr/bin/python3), which the user jobsite can run too
#   JOBSITE_MIGRATE   the beginning of the command that gets the release's name at its end
#   JOBSITE_RESTART   the command that gets a service's name, and waits until it is up again
#   JOBSITE_SERVICES  their names, in order
set -eu
# Root installs it, and the user jobsite reads it.
umask 022
ref=${1:?usage: deploy/release.sh REF}
home=${JOBSITE_HOME:-/srv/jobsite}
migrate=${JOBSITE_MIGRATE:-systemctl start jobsite-migrate@}
restart=${JOBSITE_RESTART:-systemctl restart}
services=${JOBSITE_SERVICES-jobsite-worker@1 jobsite-worker@2 jobsite-web}
kept=3

say() { echo "release: $*"; }

git -C "$home/repository" fetch --tags --prune origin
commit=$(git -C "$home/repository" rev-parse --verify --quiet "origin/$ref^{commit}" ||
    git -C "$home/repository" rev-parse --verify "$ref^{commit}")
name=$(git -C "$home/repository" rev-parse --short=12 "$commit")
new="$home/releases/$name"
if [ ! -e "$new/.complete" ]; then
    say "installing $ref ($name)"
    rm -rf "$new"
    mkdir -p "$new"
    git -C "$home/repository" archive "$commit" | tar -x -C "$new"
    "${JOBSITE_PYTHON:-/usr/bin/python3}" "$new/jobsite/bootstrap.py"
    touch "$new/.complete"
fi
say "migrating the database; the running version goes on meanwhile"
# shellcheck disable=SC2086  # a command in words, with the name at the end of the last
$migrate$name
ln -sfn "releases/$name" "$home/current.new"
mv -T "$home/current.new" "$home/current"
for service in $services; do
    say "restarting $service"
    $restart "$service"
done
# The scripts beside the releases, this one too: each becomes a new file, and this run goes on.
install -d "$home/bin"
install -m 0755 "$new"/deploy/*.sh "$home/bin/"
touch "$new"
find "$home/releases" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn |
    tail -n "+$((kept + 1))" | cut -d' ' -f2- | while read -r old; do
        say "removing $old"
        rm -rf "$old"
    done
say "$ref ($name) runs"
