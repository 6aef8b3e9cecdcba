#!/usr/bin/env bash
# SIGTERM: calls under way end well, new ones are not taken, and the program ends with status 0. Two processes share one database.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

register_and_activate mara@people.example 'Sonnen-Blume-17'
login mara@people.example 'Sonnen-Blume-17'

# A call that takes its time: it waits for a row that somebody holds.
psql -qX -U portal_owner -c 'begin' -c 'select 1 from account for update' -c 'select pg_sleep(2)' -c 'rollback' >"$work/lock" & lock=$!
holds 'the row is held' eventually eval '[ "$(psql -qXAt -U postgres -c "select count(*) from pg_stat_activity where wait_event = '\''PgSleep'\''")" -ge 1 ]'
curl -sS -o "$work/slow" -w '%{http_code}' -X PATCH "$api/me" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -H 'If-Match: "1"' -d '{"title": "Dr."}' >"$work/status" 2>&1 & slow=$!
holds 'a call waits for it' eventually eval '[ "$(psql -qXAt -U postgres -c "select count(*) from pg_stat_activity where wait_event_type = '\''Lock'\''")" -ge 1 ]'
started=$EPOCHSECONDS
kill -TERM "$portal_pid"
sleep 0.3
holds 'the program still runs' kill -0 "$portal_pid"
is 'readiness says that it is stopping' "$(curl -s "$operations/readyz" | jq -r '.reasons[0]')" 'The program is stopping'
wait "$slow"
is 'the call under way is answered' "$(cat "$work/status")" 200
wait "$portal_pid"
is 'the program ends with status 0' $? 0
portal_pid=''
holds 'at once after that' test $((EPOCHSECONDS - started)) -lt 8
wait "$lock"
is 'the change is there' "$(sql 'select title from person_profile')" Dr.
call GET /portal ''
is 'nobody is taken in any more' "$status" 000

# A second SIGTERM, and idle connections, hold up nothing.
start_portal
exec 9<>"/dev/tcp/127.0.0.1/$port"
started=$EPOCHSECONDS
stop_portal
is 'idle connections hold up nothing' "$portal_status $((EPOCHSECONDS - started < 4))" '0 1'
exec 9>&-

# Two processes on one database: each bound and each session holds in both.
start_portal
first_pid=$portal_pid first_api=$api
read -r port operations_port _ < <(free_ports)
operations=http://127.0.0.1:$operations_port
start_portal
api=http://127.0.0.1:$port/api/v1
token=''
for n in 1 2 3 4 5 6; do
    [ $((n % 2)) = 0 ] && at=$first_api || at=$api
    call POST "$at/sessions" '{"email": "mara@people.example", "password": "Falsches-Wort-9"}' -H 'X-Forwarded-For: 192.0.2.1'
    echo "$status"
done | xargs >"$work/statuses"
is 'failures are counted by both together' "$(cat "$work/statuses")" '401 401 401 401 401 429'
login mara@people.example 'Sonnen-Blume-17'
expect GET "$first_api/me" '' 200
expect DELETE /sessions/current '' 204
expect GET "$first_api/me" '' 401
kill "$first_pid"; wait "$first_pid"
is 'the first ends with status 0' $? 0

done_testing
