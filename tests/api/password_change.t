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

done_testing
