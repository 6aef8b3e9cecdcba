#!/bin/bash
# run.sh [reads services mixed logins unknown load import suggestions memory start]: measures the portal against what it is built from and prints the table of figures. About five minutes; see README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
mkdir -p var
install_packages "$PWD/var/install.log" build run test
install_node "$PWD/var/npm.log"
build build "$PWD/var/build.log"
BUILD_ONLY='bench-reference bench-argon2 bench-load' build build "$PWD/var/build-bench.log"
unset BUILD_ONLY
. tests/lib/cluster.sh
trap cluster_stop EXIT
trap 'exit 130' INT TERM
cluster_start
# As in production: what is committed is on the disk.
psql -qX -U postgres -d postgres -c 'ALTER SYSTEM SET fsync = on' -c 'ALTER SYSTEM SET synchronous_commit = on' -c 'SELECT pg_reload_conf()' >/dev/null
psql -qX -U postgres -d postgres -c 'CREATE DATABASE portal_bench TEMPLATE portal_template OWNER portal_owner'
export PGDATABASE=portal_bench
/usr/bin/python3 bench/measure.py "$@"
