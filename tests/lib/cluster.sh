# A private PostgreSQL cluster for tests: Unix socket only, in a temporary folder, with the roles and a migrated template database that
# each script copies. `cluster_start` exports TEST_CLUSTER, PGHOST and PGPORT; scripts that find TEST_CLUSTER set use that cluster.
# shellcheck shell=bash

cluster_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cluster_program=${PORTAL_PROGRAM:-$cluster_root/build/serviceportal}
postgres_bin=$(pg_config --bindir 2>/dev/null || ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

# PostgreSQL refuses to run as root; and its user may not be allowed into the project's folder.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid postgres --regid postgres --clear-groups env HOME=/tmp "$@"); else "$@"; fi
}

cluster_up() {
    as_postgres "$postgres_bin/pg_ctl" -D "$TEST_CLUSTER/data" -l "$TEST_CLUSTER/log" -w -t 30 -s start >/dev/null
}

cluster_start() {
    TEST_CLUSTER=$(mktemp -d /tmp/portal-cluster.XXXXXX)
    export TEST_CLUSTER PGHOST=$TEST_CLUSTER PGPORT=5432
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$TEST_CLUSTER"
    as_postgres "$postgres_bin/initdb" -D "$TEST_CLUSTER/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    as_postgres tee -a "$TEST_CLUSTER/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$TEST_CLUSTER'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum_naptime = 10s
CONF
    cluster_up || { cat "$TEST_CLUSTER/log" >&2; return 1; }
    psql -qX -U postgres -d postgres <<SQL
CREATE ROLE portal_owner LOGIN;
CREATE ROLE portal_daemon NOLOGIN;
CREATE ROLE portal LOGIN IN ROLE portal_daemon;
CREATE DATABASE portal_template OWNER portal_owner;
SQL
    env -u PORTAL_PROGRAM PGUSER=portal_owner PGDATABASE=portal_template "$cluster_program" migrate >"$TEST_CLUSTER.migrate" 2>&1 ||
        { cat "$TEST_CLUSTER.migrate" >&2; return 1; }
    rm -f "$TEST_CLUSTER.migrate"
}

cluster_stop() {
    as_postgres "$postgres_bin/pg_ctl" -D "$TEST_CLUSTER/data" -m immediate -s stop >/dev/null 2>&1
    rm -rf "$TEST_CLUSTER"
    unset TEST_CLUSTER
}
