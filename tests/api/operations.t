#!/usr/bin/env bash
# For operators: health, figures, log, settings, migrations, and what the daemon's role may do.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
login mara@people.example "$password"

# --- Health -------------------------------------------------------------------------------------------------------------------------
token=''
expect GET "$operations/healthz" '' 200;    field .status ok
expect GET "$operations/readyz" '' 200;     field .status ready;    field '.reasons | length' 0
login mara@people.example "$password"

# --- Figures ------------------------------------------------------------------------------------------------------------------------
expect GET /me '' 200
expect GET /nothing '' 404
expect GET "$operations/metrics" '' 200
header Content-Type 'text/plain; version=0.0.4; charset=utf-8'
figure() { grep -qE "^$1 [0-9.e+]+$" "$body"; }
for name in 'portal_requests_total\{method="GET",route="/me",status="200"\}' 'portal_requests_total\{method="POST",route="/sessions",status="201"\}' \
    'portal_requests_total\{method="any",route="other",status="404"\}' 'portal_request_seconds_bucket\{method="GET",route="/me",le="\+Inf"\}' \
    'portal_request_seconds_sum\{method="GET",route="/me"\}' 'portal_request_seconds_count\{method="GET",route="/me"\}' portal_hashes_waiting portal_hashes_running \
    portal_database_connections portal_database_connections_lent portal_outbox_owed portal_outbox_oldest_seconds 'portal_job_last_run_seconds\{job="[a-z_]+"\}'; do
    holds "there is $name" figure "$name"
done
is 'the database answers' "$(sed -n 's/^portal_database_up //p' "$body")" 1
is 'every line is a figure or a comment' "$(grep -vcE '^# (HELP|TYPE) [a-z_]+ .+$|^[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [0-9.e+-]+$' "$body")" 0
is 'each figure stands once' "$(grep -v '^#' "$body" | sed 's/ [^ ]*$//' | sort | uniq -d)" ''

# --- The log ------------------------------------------------------------------------------------------------------------------------
call GET /sessions/00000000-0000-4000-8000-00000000beef ''
call DELETE /sessions/00000000-0000-4000-8000-00000000beef ''
id=$(sed -nE 's/^x-request-id: *//Ip' "$head")
holds 'a call is one line, with the pattern of its route' eventually grep -qE "request id=$id method=DELETE route=/sessions/\{session_id\} status=404 ms=[0-9.]+ account=[0-9a-f]{12} problem=not_found" "$work/portal.log"
is 'one line alone' "$(grep -c "id=$id " "$work/portal.log")" 1
expect POST /contact "$(jq -cn '{name: "Forged\u000aLine", email: "x@people.example", subject: "s", message: "m"}')" 400
expect GET "/portal?x=$(printf 'y%%0a2026-01-01T00:00:00Z%%20-%%20serviceportal%%20INFO:%%20forged')" '' 400
expect GET /portal '' 200 -A $'forged\x1b[31m agent'
expect GET "/forged/path" '' 404
anew POST /sessions '{"email": "somebody@people.example", "password": "Geheimes-Wort-1"}' 401
holds 'no address, no name, no password, no token, no network address, no path is in it' \
    eval '! grep -qE "people\.example|Vogt|Geheimes|Sonnen-Blume|eyJ|forged|beef|10\.[0-9]+\.[0-9]+\.[0-9]+|127\.0\.0\.1" "$work/portal.log"'
is 'every line has the one form' \
    "$(grep -vcE '^[0-9T:Z-]+ - serviceportal (INFO|WARNING|ERROR): (request id=[A-Za-z0-9_-]{16} method=[A-Z-]+ route=[^ ]+ status=[0-9]{3} ms=[0-9.]+ account=(-|[0-9a-f]{12}) problem=[a-z_-]+( cause=".*")?|ready .*|start|stopping|keys .*|worker .*)$' "$work/portal.log")" 0

# --- Settings -----------------------------------------------------------------------------------------------------------------------
(run_program -- settings) >"$work/settings"
holds 'every setting is listed with its meaning and default' eval '[ "$(grep -c "^PORTAL_" "$work/settings")" = "$(grep -c "^    default: " "$work/settings")" ]'
is 'these are all that the program knows' "$(grep -oE '^PORTAL_[A-Z_]+' "$work/settings" | sort | xargs)" \
    "$(grep -oE 'X\([a-z_]+, "[A-Z_]+"' "$root/core/settings.h" | sed -E 's/.*"([A-Z_]+)"/PORTAL_\1/' | sort | xargs)"
# refused SETTING WORDS: stops the start with a sentence that names it
refused() {
    name=${1%%=*}
    (run_program "$1" -- serve) >"$work/out" 2>&1
    is "serve with $1 fails" $? 1
    holds '... with one sentence that names it' eval '[ "$(grep -c "^serviceportal: .*$name" "$work/out")" = 1 ]'
    holds "... and says: $2" grep -qF "$2" "$work/out"
}
stop_portal
refused PORTAL_PORT=http 'a number from 1 to 65535'
refused PORTAL_PORT=70000 'a number from 1 to 65535'
refused PORTAL_PORT= 'a number'
refused PORTAL_LOG_LEVEL=loud 'info|warning|error'
refused PORTAL_DEMONSTRATION=yes 'true|false'
refused PORTAL_PUBLIC_URL=portal.example 'https://portal.example'
refused PORTAL_PUBLIC_URL=https://portal.example/ 'https://portal.example'
refused PORTAL_TRUSTED_PROXIES=10.0.0.0/40 'networks'
refused PORTAL_CONTACT_EMAIL=nobody 'e-mail address'
refused PORTAL_COLOUR=red 'no setting'
refused PORTAL_SPA=/nowhere 'cannot be read'
refused PORTAL_LEAKED_PASSWORDS=/nowhere 'cannot be read'
refused PORTAL_SMTP_PASSWORD_FILE=/nowhere 'cannot be read'
refused PORTAL_LOG=/nowhere/log 'cannot be written'
refused "PORTAL_PORT=$smtp_port" 'taken'
mkdir "$work/empty"
(run_program PORTAL_ENVIRONMENT=production PORTAL_KEYS="$work/empty" -- serve) >"$work/out" 2>&1
holds 'in production nobody makes keys by the way' grep -q 'serviceportal keys rotate' "$work/out"
(run_program -- nonsense) >"$work/out" 2>&1
is 'an unknown command tells which there are' "$? $(grep -cE '^  (serve|migrate|settings|keys) ' "$work/out")" '2 4'
start_portal PORTAL_LOG="$work/file.log" PORTAL_PUBLIC_URL=https://portal.example PORTAL_NAME='Amt & Co' PORTAL_LOG_LEVEL=error
token=''
expect GET /portal '' 200;  field .name 'Amt & Co';  field .public_url https://portal.example
header Strict-Transport-Security 'max-age=63072000; includeSubDomains'
holds 'the log goes where it is told to' eval '! grep -q "route=/portal" "$work/file.log"'
restart_portal PORTAL_LOG="$work/file.log"
expect GET /portal '' 200
holds 'a call is a line of the log file' grep -qE '^[0-9T:-]{19}Z - serviceportal INFO: request id=.* route=/portal status=200 ' "$work/file.log"
mv "$work/file.log" "$work/old.log"
kill -HUP "$portal_pid"
holds 'after it was moved away SIGHUP begins a new one' eventually grep -q 'keys read again' "$work/file.log"
expect GET /portal?x=1 '' 400
holds 'and the lines go there' eval 'grep -q "route=/portal status=400" "$work/file.log" && ! grep -q status=400 "$work/old.log"'

# --- Migrations ---------------------------------------------------------------------------------------------------------------------
psql -qX -U postgres -d postgres -c "CREATE DATABASE ${PGDATABASE}_new OWNER portal_owner"
on_new() { (PGDATABASE=${PGDATABASE}_new; run_program PGUSER="${user-portal_owner}" -- "$@"); }
on_new migrate --status >"$work/out"
is 'before: everything is to come' "$(grep -c '^to come' "$work/out")" "$(ls "$root"/db/migrations | wc -l)"
on_new migrate >"$work/one" 2>&1 & one=$!
on_new migrate >"$work/two" 2>&1 & two=$!
wait "$one"; first=$?
wait "$two"
is 'two that start at once both succeed' "$first $?" '0 0'
is 'each migration is applied once' "$(cat "$work/one" "$work/two" | grep -c '^applied')" "$(ls "$root"/db/migrations | wc -l)"
on_new migrate >"$work/out"
holds 'a third finds nothing to do' grep -q already "$work/out"
on_new migrate --status >"$work/out"
is 'after: everything is applied' "$(grep -c '^applied' "$work/out")" "$(ls "$root"/db/migrations | wc -l)"
psql -qX -U portal_owner -d "${PGDATABASE}_new" -c "insert into schema_migration values (9999, 'of a later program')"
on_new migrate >"$work/out" 2>&1
is 'an older program does not touch a newer database' "$?" 1
user=portal on_new migrate >"$work/out" 2>&1
is 'the daemon'\''s role cannot migrate' "$?" 1
psql -qX -U postgres -d postgres -c "DROP DATABASE ${PGDATABASE}_new"

# A database that lacks a migration is told by /readyz.
sql "insert into schema_migration values (9999, 'later')"
expect GET "$operations/readyz" '' 503
field .status not_ready
field '.reasons | length' 1
sql 'delete from schema_migration where version = 9999'
expect GET "$operations/readyz" '' 200

# --- What the daemon's role may not do ------------------------------------------------------------------------------------------------
forbidden() {
    psql -qXAt -v ON_ERROR_STOP=1 -U portal -c "$1" >"$work/out" 2>&1
    holds "the daemon's role may not: $1" grep -qE 'permission denied|must be owner' "$work/out"
}
forbidden 'CREATE TABLE x (y int)'
forbidden 'DROP TABLE account'
forbidden 'ALTER TABLE account ADD COLUMN x int'
forbidden 'TRUNCATE account'
forbidden 'CREATE FUNCTION x() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$'
forbidden 'CREATE SCHEMA x'
forbidden 'DELETE FROM audit_event'
forbidden "UPDATE audit_event SET event = 'x'"
forbidden 'TRUNCATE audit_event'
forbidden "UPDATE clock_shift SET shift = '1 day'"
forbidden 'INSERT INTO schema_migration VALUES (3, $$x$$)'
forbidden 'SET ROLE portal_owner'
is 'every table is the owner'\''s' "$(sql "select count(*) from pg_tables where schemaname = 'public' and tableowner <> 'portal_owner'")" 0

# --- Forgetting -----------------------------------------------------------------------------------------------------------------------
# What has had its time is removed by jobs that run once for all processes.
sql "insert into registration (email, password_hash, first_name, last_name, language, consent_version, token_hash) values ('old@people.example', '\$argon2id\$x', 'O', 'L', 'de', '1', 'x')"
sql "insert into audit_event (subject, by, event, at) values (gen_random_uuid(), 'system', 'login', clock() - interval '366 days')"
sql "insert into outbox (kind, sent_at) values ('x', clock() - interval '8 days')"
shift_clock '25 hours'
stop_portal; start_portal
gone() { [ "$(sql "select (select count(*) from registration) + (select count(*) from session) + (select count(*) from outbox where kind = 'x')
    + (select count(*) from audit_event where at < clock() - interval '1 year')")" = 0 ]; }
holds 'registrations, sessions, sent mails and old audit rows are gone' eventually gone
gone || { sql 'select * from job'; sql 'select clock(), * from session'; sql 'select count(*) from registration'; sql 'select * from outbox'; grep worker "$work/portal.log" | tail -5; } | sed 's/^/# /'

done_testing
