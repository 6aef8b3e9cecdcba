#!/usr/bin/env bash
# A new password (B3): the old one is asked for, all other sessions end, mailed links are void, and a mail says so.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

old='Sonnen-Blume-17' new='Winter-Garten-42'
register_and_activate mara@people.example "$old"
login mara@people.example "$old"; other=$token
login mara@people.example "$old"

# change OLD NEW: the body of a change
change() { jq -cn --arg old "$1" --arg new "$2" '{old_password: $old, new_password: $new}'; }

# --- What is refused ----------------------------------------------------------------------------------------------------------------
expect PUT /me/password '{}' 400;                                        faults 'new_password missing'
expect PUT /me/password "{\"new_password\": \"$new\"}" 400;              faults 'old_password missing'
expect PUT /me/password "$(change 'Falsches-Wort-9' "$new")" 403;        field .type wrong_password
expect PUT /me/password "$(change "$old" "$old")" 400;                   faults 'new_password same'
expect PUT /me/password "$(change "$old" 'kurz')" 400;                   faults 'new_password too_short, new_password too_simple'
expect PUT /me/password "$(change "$old" 'Mara-Vogt-1977')" 400;         faults 'new_password personal'
expect PUT /me/password "$(change "$old" 'Password1')" 400;              faults 'new_password leaked'
expect PUT /me/password "$(change "$old" "$new" | jq -c '.old_password = 7 | .again = "x"')" 400; faults 'again unknown, old_password type'
is 'nothing has changed' "$(sql "select count(*) from audit_event where event = 'password_changed'")" 0
for bearer in "$other" "$token"; do token=$bearer expect GET /me '' 200; done

# Guessing the old password from an open session is bounded like guessing at the login.
is 'guessing ends in 429' "$(for _ in $(seq 8); do call PUT /me/password "$(change 'Falsches-Wort-9' "$new")" -H 'X-Forwarded-For: 192.0.2.4'; echo "$status"; done | sort -u | xargs)" '403 429'

# --- What a change does -------------------------------------------------------------------------------------------------------------
expect POST /me/email-change "{\"new_email\": \"mara.neu@people.example\", \"new_email_repeated\": \"mara.neu@people.example\", \"password\": \"$old\"}" 202 \
    -H "X-Forwarded-For: $(fresh_source)"
link=$(mail_token mara.neu@people.example)
before=$(mails_to mara@people.example)
expect PUT /me/password "$(change "$old" "$new")" 204 -H "X-Forwarded-For: $(fresh_source)"
expect GET /me '' 200
field .pending_email null
kept=$token
token=$other expect GET /me '' 401
field .type session_ended
token=''
anew POST /sessions "{\"email\": \"mara@people.example\", \"password\": \"$old\"}" 401
anew POST /sessions "{\"email\": \"mara@people.example\", \"password\": \"$new\"}" 201
anew POST /email-changes "{\"token\": \"$link\"}" 410
holds 'a mail says so' eventually eval '[ "$(mails_to mara@people.example)" -gt '"$before"' ]'
holds 'it holds no password' eval '! mail_to mara@people.example | grep -qF -e "$new" -e "$old"'
token=$kept
expect GET /me/activity '' 200
field '[.items[] | select(.event == "password_changed")] | length' 1
field '[.items[] | select(.event == "password_changed") | .old, .new] | all(. == null)' true

# --- Two changes at once: one holds --------------------------------------------------------------------------------------------------
is 'one of two holds' "$(at_once PUT /me/password "$(change "$new" 'Herbst-Laub-83')" "$(change "$new" 'Fruehling-Wind-5')" | tr ' ' '\n' | grep -c 204)" 1

# --- Side by side with what the old password still opens ------------------------------------------------------------------------------
# Another transaction holds the account meanwhile, as one that is not quite through: whoever needs it waits.
coproc OTHER { psql -qXAt -v ON_ERROR_STOP=1 -U portal_owner; }
# hold SQL: begins the other transaction; let_go: commits it
hold() { echo "begin; $1; select 'held';" >&"${OTHER[1]}"; local line; until [ "${line-}" = held ]; do read -r line <&"${OTHER[0]}"; done; }
let_go() { local line=''; echo "commit; select 'gone';" >&"${OTHER[1]}"; until [ "$line" = gone ]; do read -r line <&"${OTHER[0]}"; done; }
waits() { [ -s "$work/late" ] || [ "$(sql "select count(*) from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()")" -gt 0 ]; }
# meanwhile METHOD PATH BODY: begins a call, holds the other transaction until the call waits for it, and sets $late to the call's status
meanwhile() {
    : >"$work/late"
    curl -sS -m 30 -o "$work/late.body" -w '%{http_code}' -X "$1" "$api$2" -H 'Content-Type: application/json' -H "X-Forwarded-For: $(fresh_source)" \
        ${token:+-H "Authorization: Bearer $token"} -d "$3" >"$work/late" &
    local call=$!
    eventually waits; let_go; wait "$call"; late=$(cat "$work/late")
}
password='Sonnen-Blume-17'
register_and_activate omar@people.example "$password"
omar="(select id from account where email = 'omar@people.example')"
credentials="{\"email\": \"omar@people.example\", \"password\": \"$password\"}"
login omar@people.example "$password"

hold "insert into session (account_id, secret_hash, opened_by, level) select id, 'other', 'password', 'low' from account where id = $omar for no key update"
meanwhile PUT /me/password "$(change "$password" "$new")"
is 'a change while a login is under way' "$late" 204
is 'ends the session of that login' "$(sql "select count(*) from session where account_id = $omar")" 1
password=$new credentials=${credentials/Sonnen-Blume-17/$new}

kept=$(sql "select password_hash from account where id = $omar") other=$(sql "select password_hash from account where email = 'mara@people.example'")
hold "update account set password_hash = '$other' where id = $omar"
meanwhile POST /me/email-change "{\"new_email\": \"thief@people.example\", \"new_email_repeated\": \"thief@people.example\", \"password\": \"$password\"}"
is 'the old password changes no address while it is being changed' "$late" 409
is 'nothing is under way' "$(sql "select count(*) from mailed_token where account_id = $omar and purpose = 'email_change'")" 0

sql "update account set password_hash = '$kept' where id = $omar" >"$work/sql"
token=
hold "update account set password_hash = '$other' where id = $omar"
meanwhile POST /sessions "$credentials"
is 'nor does it open a session' "$late" 401
is 'the try is in the activity' "$(sql "select count(*) from audit_event where subject = $omar and event = 'login_failed'")" 1
is 'there is the session of before alone' "$(sql "select count(*) from session where account_id = $omar")" 1
exec {OTHER[1]}>&-

done_testing
