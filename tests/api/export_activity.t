#!/usr/bin/env bash
# Everything that the portal holds on a person (B5): the file to download, and what happened on the account.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate omar@people.example "$password"
anew POST /sessions '{"email": "mara@people.example", "password": "Falsches-Wort-9"}' 401
login mara@people.example "$password"
login mara@people.example "$password"
expect PATCH /me '{"title": "Dr.", "phone": "+49 3641 1", "address": {"street": "Am Markt", "house_number": "1", "postal_code": "07743", "town": "Jena"}}' 200 -H 'If-Match: "1"'
anew POST /me/email-change "{\"new_email\": \"mara.neu@people.example\", \"new_email_repeated\": \"mara.neu@people.example\", \"password\": \"$password\"}" 202
holds 'the mail has left' eventually none_owed

# --- The file -----------------------------------------------------------------------------------------------------------------------
expect GET /me/export '' 200
holds 'it is a file to keep' grep -qiE '^content-disposition: attachment; filename="[a-z0-9.-]+\.json"' "$head"
header Content-Type application/json
header Cache-Control no-store
cp "$body" "$work/export"
expect GET /me '' 200
is 'the account in it is what /me shows' "$(jq -S .account "$work/export")" "$(jq -S . "$body")"
cp "$work/export" "$body"
field .consent.version 2026-11
field '.sessions | length' 2
field '[.sessions[] | select(.current)] | length' 1
field '[.links[] | .purpose + " " + (.value // "-")] | sort | join(", ")' 'activation -, email_change mara.neu@people.example'
field '[.activity[].event] | sort | join(" ")' 'account_activated email_change_requested export_downloaded login login login_failed profile_changed'
field '[.activity[] | select(.event == "login_failed") | .by]| join(" ")' unknown
# Every column that holds something on a person is in it, but for secrets.
holds 'no secret is in it' eval '! grep -qE "argon2|secret|_hash|token_hash" "$body"'
for value in 'Dr.' '+49 3641 1' 'Am Markt' '07743' Jena DE Mara Vogt mara@people.example mara.neu@people.example; do
    holds "it holds $value" grep -qF "\"$value\"" "$body"
done
holds 'and nothing on anybody else' eval '! grep -q omar "$body"'
columns() { sql "select string_agg(column_name, ' ' order by column_name) from information_schema.columns where table_schema = 'public' and table_name = '$1'"; }
is 'the account has the columns that this script knows' "$(columns account)" \
    'consent_version consented_at created_at email id kind language password_hash state version'
is 'so does the profile' "$(columns person_profile)" \
    'account_id birth_date birth_name country first_name house_number last_name locked nationality phone place_of_birth postal_code street title town'
expect GET /me/activity '' 200
field '.items[0].event' export_downloaded

# A mail that has not left yet is in it.
stop_sink
anew POST /password-resets '{"email": "mara@people.example"}' 202
holds 'a mail waits' eventually eval '[ "$(sql "select count(*) from outbox where sent_at is null")" = 1 ]'
expect GET /me/export '' 200
field '.mails | length' 1
field '.mails[0] | keys | join(" ")' 'created_at subject'
start_sink
login omar@people.example "$password"
expect GET /me/export '' 200
field '.mails | length' 0
field '.account.email' omar@people.example
token='' expect GET /me/export '' 401

# --- What happened, page by page ------------------------------------------------------------------------------------------------------
login omar@people.example "$password"
id=$(sql "select id from account where email = 'omar@people.example'")
sql 'delete from audit_event' >"$work/sql"
# Twelve at the same moment, and thirteen others: a page border inside the same moment is the hard case.
sql "insert into audit_event (subject, by, event, at) select '$id', 'owner', 'login', '2026-01-01 12:00Z' from generate_series(1, 12);
     insert into audit_event (subject, by, event, at) select '$id', 'owner', 'logout', '2026-01-01 12:00Z'::timestamptz + i * interval '1 minute' from generate_series(1, 13) i"
sql "insert into audit_event (subject, by, event) select id, 'owner', 'login' from account where email = 'mara@people.example'"
expect GET /me/activity '' 200
field '.items | length' 20
expect GET '/me/activity?limit=100' '' 200
field '.items | length' 25
field .next_cursor null
holds 'the last page links to none' eval '! grep -qi "^link:" "$head"'
all=$(jq -c '[.items[].id]' "$body")
field '.items | map(.at) | . == (sort | reverse)' true

# walk LIMIT: the ids of all pages
walk() {
    local cursor='' ids=
    while :; do
        call GET "/me/activity?limit=$1${cursor:+&cursor=$cursor}" ''
        ids+=" $(jq -r '.items[].id' "$body" | xargs)"
        cursor=$(value '.next_cursor // ""')
        [ -n "$cursor" ] || break
        grep -qiE "^link: <[^>]*cursor=$cursor[^>]*>; rel=\"next\"" "$head" || ids+=' no-link'
        [ -z "${2-}" ] || { sql "$2"; }
    done
    xargs <<<"$ids" | tr ' ' '\n' | jq -Rnc '[inputs]'
}
is 'pages of one' "$(walk 1)" "$all"
is 'pages of seven' "$(walk 7)" "$all"
is 'pages of twenty-five' "$(walk 25)" "$all"
is 'what happens in between moves no page' "$(walk 4 "insert into audit_event (subject, by, event) values ('$id', 'owner', 'login')")" "$all"

# The link can be followed as it is.
sql "delete from audit_event where at > '2026-06-01'" >"$work/sql"
expect GET '/me/activity?limit=10' '' 200
next=$(sed -nE 's/^link: <([^>]*)>.*/\1/Ip' "$head")
case $next in http*) ;; /api/v1*) next=$origin$next ;; *) next=$api$next ;; esac
expect GET "$next" '' 200
is 'the next page' "$(jq -c '[.items[].id]' "$body")" "$(jq -c '.[10:20]' <<<"$all")"

# --- What a page may be asked for -----------------------------------------------------------------------------------------------------
expect GET '/me/activity?limit=0' '' 400;            faults 'limit range'
expect GET '/me/activity?limit=101' '' 400;          faults 'limit range'
expect GET '/me/activity?limit=-1' '' 400;           faults 'limit range'
expect GET '/me/activity?limit=ten' '' 400;          faults 'limit type'
expect GET '/me/activity?limit=' '' 400;             faults 'limit type'
expect GET '/me/activity?limit=1e1' '' 400;          faults 'limit type'
expect GET '/me/activity?limit=99999999999999999999' '' 400; faults 'limit range'
expect GET '/me/activity?cursor=x' '' 400;           faults 'cursor format'
expect GET '/me/activity?limit=0&cursor=x&page=2' '' 400; faults 'cursor format, limit range, page unknown'
foreign=$(sql "select id from audit_event where subject <> '$id' limit 1")
expect GET "/me/activity?cursor=${foreign:-00000000-0000-4000-8000-000000000000}" '' 200
field '.items | length' 0
expect GET '/me/activity?cursor=00000000-0000-4000-8000-000000000000' '' 200
field '.items | length' 0

done_testing
