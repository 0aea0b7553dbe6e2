#!/bin/sh
# deploy/backup.sh FOLDER [DAYS]: the whole database into FOLDER, by pg_dump; the file appears
# under its name when it is complete and readable. Backups older than DAYS (14) are removed,
# but never the newest seven. DATABASE_URL, or the file that DATABASE_URL_FILE names, says
# which database.
set -eu
folder=${1:?usage: deploy/backup.sh FOLDER [DAYS]}
days=${2:-14}
if [ -n "${DATABASE_URL_FILE:-}" ]; then
    DATABASE_URL=$(cat "$DATABASE_URL_FILE")
fi
: "${DATABASE_URL:?which database?}"
# A command line can be read by every user of the machine: the password goes by the environment.
split() {
    printf '%s' "$DATABASE_URL" | python3 -c '
import sys
from urllib.parse import unquote, urlsplit
url = urlsplit(sys.stdin.read().strip())
user, _at, host = url.netloc.rpartition("@")
name, _colon, password = user.partition(":")
bare = url._replace(netloc=f"{name}@{host}" if name else host).geturl()
print(unquote(password) if sys.argv[1] == "password" else bare)' "$1"
}
PGPASSWORD=$(split password)
export PGPASSWORD
umask 077
mkdir -p "$folder"
name="$folder/jobsite-$(date -u +%Y%m%dT%H%M%SZ).dump"
trap 'rm -f "$name.part"' EXIT
pg_dump --dbname="$(split address)" --format=custom --compress=6 \
    --no-owner --no-privileges --file="$name.part"
pg_restore --list "$name.part" >/dev/null
sync "$name.part"
mv "$name.part" "$name"
echo "$name: $(wc -c <"$name") bytes"
find "$folder" -name 'jobsite-*.dump' | sort -r | tail -n +8 | while read -r old; do
    find "$old" -mtime "+$days" -delete
done
