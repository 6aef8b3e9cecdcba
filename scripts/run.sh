#!/bin/bash
# run.sh [--port N] [--reset]: builds the portal and runs it with a database and a mail server of its own, until Ctrl-C.
#   --port N   the portal's port (default 8080); N+1 is the operations port, N+2 the mails' page, N+3 the mail server
#   --reset    forgets all data first
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

port=${PORT:-8080} reset=no
while [ $# -gt 0 ]; do
    case $1 in
        --port) port=${2-}; shift 2 || die 'run.sh: --port needs a number' ;;
        --reset) reset=yes; shift ;;
        --help | -h) sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) die "run.sh: $1 is no option; --help lists them" ;;
    esac
done
[[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65532 ]] || die "run.sh: '$port' is no port from 1 to 65532"
for taken in "$port" $((port + 1)) $((port + 2)) $((port + 3)); do
    port_is_free "$taken" || die "Port $taken is taken: end what listens there, or choose others with --port"
done

mkdir -p var
command -v flock >/dev/null && { exec 9>var/lock; flock -n 9 || die 'This copy of the project is running already: end that run.sh first'; }
# Neither another database nor other settings of the portal come in from outside.
for name in $(compgen -e PG) $(compgen -e PORTAL_); do unset "$name"; done
install_packages "$PWD/var/install.log" build run
install_node "$PWD/var/npm.log" --omit=dev
build build "$PWD/var/build.log"

# The cluster lives in var/, unless PostgreSQL's user may not enter there (root's home) or the socket's path would be too long (107 characters).
data=$PWD/var/postgresql
mkdir -p "$data"
[ "$(id -u)" != 0 ] || chown postgres:postgres "$data"
if [ ${#data} -gt 80 ] || ! as_postgres test -w "$data" 2>/dev/null; then
    rmdir "$data" 2>/dev/null || true
    data=/var/tmp/serviceportal-$(id -u)-$(printf %s "$PWD" | sha256sum | cut -c 1-8)
    mkdir -p "$data"
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$data"
fi
bin=/usr/lib/postgresql/15/bin
sink='' portal=''

stop() {
    trap - EXIT
    trap '' INT TERM HUP
    [ -z "$portal" ] || { kill -TERM "$portal" 2>/dev/null && wait "$portal" 2>/dev/null; } || true
    [ -z "$sink" ] || kill "$sink" 2>/dev/null || true
    [ ! -f "$data/cluster/postmaster.pid" ] || as_postgres "$bin/pg_ctl" -D "$data/cluster" -m fast -s stop || true
    [ -z "$portal" ] || say 'Stopped. The data stay in place; scripts/run.sh goes on with them.'
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

if [ "$reset" = yes ]; then
    [ ! -f "$data/cluster/postmaster.pid" ] || as_postgres "$bin/pg_ctl" -D "$data/cluster" -m fast -s stop 2>/dev/null || true
    rm -rf "$data/cluster" var/mails var/keys
fi
if [ ! -f "$data/cluster/PG_VERSION" ]; then
    rm -rf "$data/cluster"
    step 'Making the database' "$PWD/var/initdb.log" as_postgres "$bin/initdb" -D "$data/cluster" -U postgres -A trust -E UTF8 --locale=C.UTF-8
fi
# A cluster that a killed run left behind is ended first.
as_postgres "$bin/pg_ctl" -D "$data/cluster" -m fast -s stop >/dev/null 2>&1 || true
step 'Starting the database' "$PWD/var/postgresql.log" as_postgres "$bin/pg_ctl" -D "$data/cluster" -w -t 60 -l "$data/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$data'" start 9>&-
export PGHOST=$data PGPORT=5432 PGDATABASE=portal
psql -qX -U postgres -d postgres >/dev/null 2>"$PWD/var/roles.log" <<'SQL' || die "Preparing the database failed; the reason stands in var/roles.log"
SELECT 'CREATE ROLE portal_owner LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_owner') \gexec
SELECT 'CREATE ROLE portal_daemon NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_daemon') \gexec
SELECT 'CREATE ROLE portal LOGIN IN ROLE portal_daemon' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal') \gexec
SELECT 'CREATE DATABASE portal OWNER portal_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
SQL
step 'Migrating the database' "$PWD/var/migrate.log" env PGUSER=portal_owner build/serviceportal migrate
for fixture in db/fixtures/*.sql; do
    step "Loading $fixture" "$PWD/var/fixtures.log" psql -qX -v ON_ERROR_STOP=1 -U portal_owner -f "$fixture"
done
catalogue=db/fixtures/catalogue
step 'Importing the demo catalogue' "$PWD/var/catalogue.log" env PGUSER=portal build/serviceportal catalogue import "$catalogue/services.csv" --catalogue demo
step 'Importing the everyday words' "$PWD/var/synonyms.log" env PGUSER=portal build/serviceportal catalogue synonyms "$catalogue/synonyms.csv"

mkdir -p var/mails var/keys
/usr/bin/python3 tools/mail_sink.py --smtp $((port + 3)) --page $((port + 2)) --folder var/mails >var/mails.log 2>&1 9>&- &
sink=$!
for _ in $(seq 100); do port_is_free $((port + 3)) || break; kill -0 $sink 2>/dev/null || die 'The mail server did not start; the reason stands in var/mails.log'; sleep 0.05; done

env PGUSER=portal PORTAL_ENVIRONMENT=development PORTAL_PORT="$port" PORTAL_OPERATIONS_PORT=$((port + 1)) PORTAL_PUBLIC_URL="http://localhost:$port" \
    PORTAL_SPA="$PWD/build/site" PORTAL_KEYS="$PWD/var/keys" PORTAL_LOG="$PWD/var/portal.log" PORTAL_SMTP_PORT=$((port + 3)) \
    PORTAL_MAIL_FROM=no-reply@demo.example PORTAL_CONTACT_EMAIL=service@demo.example PORTAL_CONTACT_PHONE='0351 000 00 00' \
    PORTAL_CONTACT_HOURS='Mo–Fr 8–18 Uhr' PORTAL_OFFICIAL_BAR='Demonstration – keine Website einer Behörde' PORTAL_DEMONSTRATION=true \
    PORTAL_OPERATOR_NAME='Musterbehörde' PORTAL_OPERATOR_ADDRESS='Am Markt 1, 01234 Musterstadt' build/serviceportal serve >var/serve.log 2>&1 9>&- &
portal=$! ready=''
for _ in $(seq 200); do
    ready=$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$((port + 1))/readyz") || true
    [ "$ready" != 200 ] || break
    kill -0 $portal 2>/dev/null || { portal=''; die "The portal did not start: $(tail -n 1 var/serve.log)"; }
    sleep 0.05
done
[ "$ready" = 200 ] || die 'The portal has started but does not get ready; the reason stands in var/portal.log'

cat <<TEXT

  The portal        http://localhost:$port
  Mails             http://localhost:$((port + 2))   (activation links and the like; files in var/mails)
  Operations        http://localhost:$((port + 1))/readyz, /metrics

  Demo accounts     mara.vogt@demo.example    (Servicekonto)
                    jonas.feld@demo.example   (Servicekonto Plus)
                    nele.brandt@demo.example  (answers the requests of all demo desks)
  Password of all   Demo-Zugang-26

  Log: var/portal.log.   Ctrl-C stops everything.

TEXT
wait "$portal" || true
portal=''
die 'The portal has ended by itself; the reason stands in var/serve.log and var/portal.log'
