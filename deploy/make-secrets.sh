#!/bin/sh
# deploy/make-secrets.sh: the secrets of compose.yaml, random ones, where they aren't there yet.
# Files that containers read have to be readable for their users; the folder keeps everybody
# else of this machine out.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 0700 secrets

keep() { # NAME VALUE: what is there stays
    if [ ! -e "secrets/$1" ]; then
        printf '%s' "$2" >"secrets/$1.new"
        chmod 0444 "secrets/$1.new"
        mv "secrets/$1.new" "secrets/$1"
        echo "made deploy/secrets/$1"
    fi
}

random() {
    head -c 48 /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_'
}

keep postgres_password "$(random)"
keep database_url "postgres://jobsite:$(cat secrets/postgres_password)@db:5432/jobsite"
keep secret_key "$(random)"
keep openai_api_key ""
[ -s secrets/openai_api_key ] || echo "now put the provider's key into deploy/secrets/openai_api_key"
