#!/usr/bin/env bash
# The SQL behind the portal: every named query fits the schema, no hot one reads a whole table, and db/schema.sql is true.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

# --- The schema in the repository is the one that the migrations make -------------------------------------------------------------------
PGUSER=postgres sh "$root/tools/schema_dump.sh" >"$work/schema.sql"
diff "$root/db/schema.sql" "$work/schema.sql" >"$body"
holds 'db/schema.sql is what the migrations make (tools/schema_dump.sh)' test ! -s "$body"

# --- Every named query prepares as the daemon's role ---------------------------------------------------------------------------------
names() { sed -n 's/^-- name: //p' "$root"/db/queries/*.sql; }
# text NAME: a query's SQL
text() { cat "$root"/db/queries/*.sql | awk -v name="$1" '/^-- name: /{ on = $3 == name; next } on && !/^--/'; }
# prepare NAME
# Those of an import work on a temporary table that the first of them makes; what PREPARE does not take is run.
prepare() {
    local begin='' query
    query="PREPARE q AS $(text "$1")"
    [[ $1 != catalogue_import_* || $1 = catalogue_import_begin ]] || begin=$(text catalogue_import_begin)
    case $1 in catalogue_import_begin | catalogue_import_index | catalogue_import_copy | catalogue_import_analyze) query=$(text "$1") ;; esac
    psql -qXAt1 -v ON_ERROR_STOP=1 -U portal ${begin:+-c "$begin"} -c "$query" </dev/null >"$body" 2>&1
}
holds 'there are queries' test "$(names | wc -l)" -gt 40
for name in $(names); do holds "$name fits the schema and the daemon's rights" prepare "$name"; done
is 'each name stands once' "$(names | sort | uniq -d)" ''
: >"$body"

# Anything else would be SQL in C.
is 'no SQL stands in the programs' \
    "$(grep -lE '"[^"]*\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b [^"]*"' "$root"/api/*.c "$root"/core/*.c | xargs -rn1 basename | grep -vxE 'db\.c|migrate\.c|pool\.c' | xargs)" ''

# --- On filled tables no query of a hot path reads a whole one ----------------------------------------------------------------------------
stop_portal
psql -qX -v ON_ERROR_STOP=1 -U portal_owner >"$work/sql" <<'SQL'
INSERT INTO account (kind, email, password_hash, language, consent_version, consented_at)
  SELECT 'basic', 'person' || i || '@people.example', '$argon2id$x', 'de', '2026-11', clock() FROM generate_series(1, 20000) i;
INSERT INTO person_profile (account_id, first_name, last_name) SELECT id, 'Mara', 'Vogt' FROM account;
INSERT INTO session (account_id, secret_hash, opened_by, level) SELECT id, sha256(id::text::bytea), 'password', 'low' FROM account;
INSERT INTO audit_event (subject, by, event) SELECT id, 'owner', 'login' FROM account, generate_series(1, 5);
INSERT INTO mailed_token (account_id, purpose, hash, expires_at, used_at) SELECT id, 'activation', sha256(email::bytea), clock(), clock() FROM account;
INSERT INTO registration (email, password_hash, first_name, last_name, language, consent_version, token_hash)
  SELECT 'new' || i || '@people.example', '$argon2id$x', 'M', 'V', 'de', '2026-11', sha256(i::text::bytea) FROM generate_series(1, 20000) i;
INSERT INTO outbox (kind, sent_at) SELECT 'activation', clock() FROM generate_series(1, 20000);
INSERT INTO throttle (scope, key, hits) SELECT 'login_pair', 'x' || i, ARRAY[clock()] FROM generate_series(1, 20000) i;
INSERT INTO service_desk (name, email) SELECT 'Amt ' || i, 'amt@stadt.example' FROM generate_series(1, 2000) i;
INSERT INTO service_topic SELECT 'thema-' || i, 'Thema ' || i FROM generate_series(1, 2000) i;
INSERT INTO service_situation SELECT 'lage-' || i, 'Lage ' || i FROM generate_series(1, 2000) i;
INSERT INTO service (catalogue, leika_key, name, topic_id, situation_id, desk_id)
  SELECT 'main', 'own-' || lpad(i::text, 16, '0'), 'Leistung ' || i, 'thema-' || i % 2000 + 1, 'lage-' || i % 2000 + 1, d.id
    FROM generate_series(1, 20000) i JOIN service_desk d ON d.name = 'Amt ' || i % 2000 + 1;
INSERT INTO service_form (service_id, version, schema) SELECT id, 1, '{}' FROM service;
UPDATE service SET form_version = 1;
INSERT INTO desk_staff (desk_id, account_id, role) SELECT d.id, a.id, 'clerk' FROM service_desk d JOIN account a ON a.email = 'person' || substr(d.name, 5) || '@people.example';
INSERT INTO api_client (name, desk_id, scopes) SELECT 'Verfahren ' || name, id, '{requests.read}' FROM service_desk;
WITH one AS (SELECT id, row_number() OVER () AS n FROM account), other AS (SELECT id, desk_id, row_number() OVER () AS n FROM service),
     begun AS (INSERT INTO request_draft (account_id, service_id, form_version, data) SELECT one.id, other.id, 1, '{}' FROM one JOIN other USING (n) RETURNING id),
     sent AS (INSERT INTO request (account_id, service_id, desk_id, form_version, level, data)
              SELECT one.id, other.id, other.desk_id, 1, 'low', '{}' FROM one JOIN other USING (n) RETURNING id),
     told AS (INSERT INTO request_event (request_id, state, by) SELECT id, 'submitted', 'owner' FROM sent)
INSERT INTO file (draft_id, request_id, name, type, size, sha512)
  SELECT id, NULL::uuid, 'a.pdf', 'application/pdf', 1, ''::bytea FROM begun UNION ALL SELECT NULL, id, 'a.pdf', 'application/pdf', 1, '' FROM sent;
INSERT INTO file_chunk SELECT id, 0, 'x' FROM file;
ANALYZE desk_staff, api_client, request_draft, request, request_event, file, file_chunk;
ANALYZE service_desk, service_topic, service_situation, service, service_form;
ANALYZE account, person_profile, session, audit_event, mailed_token, registration, outbox, throttle;
SQL
id=$(sql "select id from account where email = 'person777@people.example'")
session=$(sql "select id from session where account_id = '$id'")
# scans NAME ARGUMENTS...: the tables that the plan of a query reads from end to end
scans() {
    local query arguments plan
    query=$(text "$1"); shift
    arguments=$(printf ', %s' "$@"); arguments=${arguments:2}
    plan=$(psql -qXAt -v ON_ERROR_STOP=1 -U portal -c 'SET plan_cache_mode = force_generic_plan' -c "PREPARE q AS $query" \
        -c "EXPLAIN (FORMAT JSON) EXECUTE q${arguments:+($arguments)}" 2>&1) || { echo "$plan"; return; }
    jq -r '.. | objects | select(."Node Type" == "Seq Scan") | ."Relation Name"' <<<"$plan" 2>&1 | sort -u | grep -vxE 'clock_shift|job|password_reset|schema_migration'
}
# hot NAME ARGUMENTS...
hot() { is "$1 reads no whole table" "$(scans "$@" | xargs)" ''; }
nulls() { local n; n=$(text "$1" | grep -oE '\$[0-9]+' | tr -d '$' | sort -n | tail -n 1); [ -z "$n" ] || printf 'NULL %.0s' $(seq "$n"); }
hot session_check "'$session'" 9999999999 0
hot session_current "'$session'"
hot session_by_secret "'00'"
hot session_touch "'$session'"
hot session_list "'$id'" "'$session'"
hot account_get "'$id'"
hot activity_list "'$id'" NULL 20
service=$(sql "select id from service where name = 'Leistung 777'")
for name in services_get services_form_get services_start; do hot "$name" "'$service'"; done
for name in draft_get draft_form draft_save draft_delete draft_hold file_room file_add file_chunk_add file_chunk_get file_of_draft file_of_request file_of_desk \
    file_remove submission_hold submission_files submission_make submission_done request_list request_get request_hold request_withdraw \
    desk_request_list desk_request_get desk_request_owner_hold desk_request_hold desk_request_change account_hold account_export \
    login_begin login_failed one_time_password_use session_open account_rehash session_end session_end_others account_lock \
    email_known email_change_confirm email_change_claim email_change_add one_time_password_add registration_add registration_undecided \
    registration_claim registration_remove_rest registration_decide mailed_token_used outbox_add outbox_take outbox_sent outbox_retry outbox_state \
    password_change profile_change throttle_take account_delete; do
    [[ " $(names | xargs) " = *" $name "* ]] || { holds "$name is a query" false; continue; }
    # shellcheck disable=SC2046
    hot "$name" $(nulls "$name")
done

# Plans do not show what functions do inside; the counters of whole reads do.
whole_reads() { sql "select seq_scan from pg_stat_user_tables where relname = 'throttle'"; }
before=$(whole_reads)
psql -qXAt -U portal -c "SELECT login_forgiven('x', '192.0.2.1', tried_at) FROM login_tried('person5@people.example', '192.0.2.1')" \
    -c "SELECT throttle_take('login_pair', 'x5', 5, '1 minute')" >"$work/sql"
sleep 0.2
is 'the functions of a login read no whole table either' "$(whole_reads)" "$before"

done_testing
