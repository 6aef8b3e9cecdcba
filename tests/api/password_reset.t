#!/usr/bin/env bash
# A forgotten password (A9): a one-time password comes by mail, and a new password comes first.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

old='Sonnen-Blume-17' new='Winter-Garten-42'
register_and_activate mara@people.example "$old"
register_and_activate omar@people.example "$old"

# log_in PASSWORD STATUS [EMAIL]
log_in() { token=; anew POST /sessions "$(jq -cn --arg p "$1" --arg e "${3:-mara@people.example}" '{email: $e, password: $p}')" "$2"; token=$(value '.token // ""'); }
# one_time N: the one-time password of the Nth mail that holds one
reset_mails() { mail_files mara@people.example | xargs -r grep -lE 'one-time|Einmal'; }
one_time() {
    eventually eval '[ "$(reset_mails | wc -l)" -ge '"$1"' ]' || return
    jq -r .text "$(reset_mails | sed -n "$1p")" | tr -d '\r' | grep -oxE '[A-Za-z0-9_-]{20,43}'
}

# --- The question -------------------------------------------------------------------------------------------------------------------
anew POST /password-resets '{"email": "mara@people.example"}' 202
answer() { cat "$body"; grep -viE '^(x-request-id|date):' "$head"; }
known=$(answer)
anew POST /password-resets '{"email": "nobody@people.example"}' 202
is 'an unknown address gets the same answer' "$(answer)" "$known"
is 'which says nothing' "$(wc -c <"$body")" 0
anew POST /password-resets '{}' 400;                                       faults 'email missing'
anew POST /password-resets '{"email": "mara"}' 400;                        faults 'email format'
anew POST /password-resets '{"email": ["mara@people.example"]}' 400;       faults 'email type'
anew POST /password-resets '{"email": "mara@people.example", "x": 1}' 400; faults 'x unknown'
code=$(one_time 1)
holds 'the one-time password has at least 128 random bits' test "${#code}" -ge 22
holds 'everything has been decided' eventually none_owed
is 'a stranger gets no mail' "$(mails_to nobody@people.example)" 0
is 'it is kept as a hash alone' "$(sql "select count(*) from mailed_token where purpose = 'one_time_password' and hash = sha256('${code//-/}')")" 1

# --- The old password stays valid until a new one has been set ------------------------------------------------------------------------
log_in "$old" 201
field .new_password_due false
expect GET /me '' 200

# --- A login with the one-time password allows nothing but a new password -------------------------------------------------------------
log_in "$code" 401 omar@people.example
log_in "$code" 201
field .new_password_due true
field .session.opened_by one_time_password
for blocked in 'GET /me' 'GET /sessions' 'GET /me/export' 'GET /me/activity' 'DELETE /sessions/others'; do
    expect ${blocked% *} ${blocked#* } '' 403
    field .type new_password_needed
done
expect DELETE /me "{\"password\": \"$old\"}" 403;  field .type new_password_needed
expect PATCH /me '{"title": "Dr."}' 403 -H 'If-Match: "1"'; field .type new_password_needed
expect POST /me/email-change "{\"new_email\": \"x@people.example\", \"new_email_repeated\": \"x@people.example\", \"password\": \"$old\"}" 403
expect GET /sessions/current '' 200
expect POST /me/presence '' 200

# It works once.
kept=$token
log_in "$code" 401
token=$kept
expect PUT /me/password '{"new_password": "short"}' 400;          faults 'new_password too_short, new_password too_simple'
expect PUT /me/password "{\"new_password\": \"$new\"}" 204
expect GET /me '' 200
log_in "$old" 401
log_in "$new" 201
field .new_password_due false
holds 'a mail says that the password was changed' eventually eval 'mail_to mara@people.example | grep -qiE "passwor"'

# ask EMAIL: forgets the bound of mails to one address first, see below
ask() { sql 'delete from throttle' >"$work/sql"; anew POST /password-resets "{\"email\": \"$1\"}" 202; }

# --- 60 minutes ---------------------------------------------------------------------------------------------------------------------
ask MARA@people.example
code=$(one_time 2)
shift_clock '60 minutes 1 second'
log_in "$code" 401
shift_clock 0
ask mara@people.example
code=$(one_time 3)
shift_clock '59 minutes 50 seconds'
log_in "$code" 201
field .new_password_due true
shift_clock 0

# --- A newer one cancels the older, a password change cancels both ----------------------------------------------------------------------
ask mara@people.example
first=$(one_time 4)
ask mara@people.example
second=$(one_time 5)
holds 'they differ' test "$first" != "$second"
log_in "$first" 401
log_in "$new" 201
expect PUT /me/password "{\"old_password\": \"$new\", \"new_password\": \"$old\"}" 204
log_in "$second" 401

# --- Two logins with it at once: one gets in ------------------------------------------------------------------------------------------
ask mara@people.example
code=$(one_time 6)
token=
once="{\"email\": \"mara@people.example\", \"password\": \"$code\"}"
is 'one gets in' "$(at_once POST /sessions "$once" "$once" "$once")" '201 401 401'

# --- Bounds -------------------------------------------------------------------------------------------------------------------------
sql 'delete from throttle' >"$work/sql"
before=$(mails_to omar@people.example)
for _ in $(seq 12); do
    call POST /password-resets '{"email": "omar@people.example"}' -H 'X-Forwarded-For: 192.0.2.33'
    [ "$status" = 429 ] && break
done
is 'one source cannot ask without end' "$status" 429
for _ in $(seq 8); do call POST /password-resets '{"email": "omar@people.example"}' -H "X-Forwarded-For: $(fresh_source)"; done
is 'from other sources it is taken in' "$status" 202
holds 'all is decided' eventually none_owed
is 'but an address gets five such mails in an hour at most' "$(($(mails_to omar@people.example) - before))" 5

done_testing
