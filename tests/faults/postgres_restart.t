#!/usr/bin/env bash
# The database goes away and comes back: 503 in between, and everything heals by itself.
unset TEST_CLUSTER # a cluster of its own: others must not feel this
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

register_and_activate mara@people.example 'Sonnen-Blume-17'
login mara@people.example 'Sonnen-Blume-17'
expect GET /me '' 200

# --- A quick restart is hardly felt -----------------------------------------------------------------------------------------------------
as_postgres "$postgres_bin/pg_ctl" -D "$TEST_CLUSTER/data" -m fast -w -s restart -l "$TEST_CLUSTER/log" >"$work/restart" 2>&1
holds 'calls work again' eventually eval 'call GET /me ""; [ "$status" = 200 ]'
for _ in 1 2 3 4 5 6 7 8; do call GET /me ''; echo "$status"; done >"$work/statuses"
is 'every connection of the pool is a new one' "$(sort -u "$work/statuses")" 200

# --- Away -----------------------------------------------------------------------------------------------------------------------------
as_postgres "$postgres_bin/pg_ctl" -D "$TEST_CLUSTER/data" -m immediate -w -s stop >"$work/stop" 2>&1
expect GET /me '' 503
field .type unavailable
holds 'it says how long to wait' grep -qiE '^retry-after: [1-9]' "$head"
holds 'and nothing of what lies behind' eval '! grep -qiE "postgres|socket|libpq|sql|server" "$body"'
anew POST /sessions '{"email": "mara@people.example", "password": "Sonnen-Blume-17"}' 503
anew POST /registrations "$(registration '.email = "omar@people.example"')" 503
expect GET "$operations/healthz" '' 200
expect GET "$operations/readyz" '' 503
field .status not_ready
field '.reasons | length' 1
expect GET "$operations/metrics" '' 200
is 'the figures say so' "$(sed -n 's/^portal_database_up //p' "$body")" 0
expect GET /portal '' 200
expect GET "$origin/" '' 200
kept=$token
token=''
expect GET /me '' 401
token=$kept

# --- Back -----------------------------------------------------------------------------------------------------------------------------
cluster_up
holds 'it is ready again' eventually eval '[ "$(curl -s -o /dev/null -w "%{http_code}" "$operations/readyz")" = 200 ]'
expect GET /me '' 200
anew POST /registrations "$(registration '.email = "omar@people.example"')" 202
holds 'the workers are back as well' test -n "$(mail_token omar@people.example)"
holds 'no call was answered by 500' eval '! grep -q "status=500" "$work/portal.log"'

done_testing
