#!/usr/bin/env bash
# How long a session lives and how it ends (A7, A8, A10).
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17'
credentials='{"email": "mara@people.example", "password": "'$password'"}'
register_and_activate mara@people.example "$password"
register_and_activate omar@people.example "$password"

# open: logs mara in; token, secret and session are those of the new session
open() {
    token=
    call POST /sessions "$credentials" -H "X-Forwarded-For: $(fresh_source)" -A "${1:-curl/1}"
    token=$(value .token); session=$(value .session.id)
    secret=$(sed -nE 's/^set-cookie: __Host-session=([^;]*);.*/\1/Ip' "$head")
}
# renew STATUS [curl args]: exchanges the cookie for a token, as the pages do
renew() { local bearer=$token; token=; expect POST /sessions/current/token '' "$1" -H "Cookie: __Host-session=$secret" "${@:2}"; token=$bearer; }
spa=(-H 'X-Portal-Client: spa')

# --- 20 minutes without an action ---------------------------------------------------------------------------------------------------
shift_clock 0; open
expect GET /sessions/current '' 200
field .id "$session"
about .idle_seconds_left 1200
about .seconds_left 43200
shift_clock '4 minutes 50 seconds' # a token lives to the second; the calls in between take some of them
expect GET /me '' 200
shift_clock '5 minutes 1 second'
expect GET /me '' 401
field .type session_ended
renew 200 "${spa[@]}"
field .expires_in 300
token=$(value .token)
expect GET /sessions/current '' 200

# token_at SHIFT: time passes, and the page gets itself a new token, which extends nothing
token_at() { shift_clock "$1"; renew 200 "${spa[@]}"; token=$(value .token); }

shift_clock 0; open
token_at '19 minutes 29 seconds'
expect GET /me '' 200
open
shift_clock '40 minutes 1 second'
renew 401 "${spa[@]}"
field .type session_ended

shift_clock 0; open
shift_clock '20 minutes 31 seconds'
renew 401 "${spa[@]}"

# Background calls extend nothing: neither a new token nor the question how long the session lives.
shift_clock 0; open
token_at '10 minutes'
expect GET /sessions/current '' 200
about .idle_seconds_left 600
token_at '19 minutes'
expect GET /sessions/current '' 200
about .idle_seconds_left 60
shift_clock '20 minutes 31 seconds'
renew 401 "${spa[@]}"
expect GET /sessions/current '' 401

# Presence does, and so does every other call.
shift_clock 0; open
token_at '19 minutes'
expect POST /me/presence '' 200
about .idle_seconds_left 1200
token_at '38 minutes'
about .session.idle_seconds_left 60
expect GET /me '' 200
token_at '57 minutes'
expect GET /sessions/current '' 200
shift_clock '58 minutes 31 seconds'
expect POST /me/presence '' 401
renew 401 "${spa[@]}"

# --- 12 hours in any case -----------------------------------------------------------------------------------------------------------
shift_clock 0; open
shift_clock '11 hours 59 minutes'
sql 'update session set last_action_at = clock()' # as if its user had acted all the time
renew 200 "${spa[@]}"
about .session.seconds_left 60
token=$(value .token)
expect POST /me/presence '' 200
shift_clock '12 hours 1 second'
renew 401 "${spa[@]}"
expect GET /me '' 401

# --- The exchange of the cookie ---------------------------------------------------------------------------------------------------------
shift_clock 0; open
renew 200 "${spa[@]}"
field .new_password_due false
field .email_change none
field .session.id "$session"
renew 400;                                                     faults 'X-Portal-Client missing'
renew 400 -H 'X-Portal-Client: A B';                           faults 'X-Portal-Client format'
renew 403 "${spa[@]}" -H 'Origin: https://elsewhere.example';  field .type foreign_origin
renew 403 "${spa[@]}" -H 'Origin: null';                       field .type foreign_origin
renew 403 "${spa[@]}" -H "Origin: $origin.elsewhere.example"
renew 200 "${spa[@]}" -H "Origin: $origin"
bearer=$token; token=
expect POST /sessions/current/token '' 401 "${spa[@]}";        field .type login_needed
expect POST /sessions/current/token '' 401 "${spa[@]}" -H 'Cookie: __Host-session='
expect POST /sessions/current/token '' 401 "${spa[@]}" -H "Cookie: __Host-session=$(rev <<<"$secret")"; field .type session_ended
expect POST /sessions/current/token '' 401 "${spa[@]}" -H "Cookie: session=$secret"
expect POST /sessions/current/token '' 401 "${spa[@]}" -H "Authorization: Bearer $bearer"
# The cookie opens nothing else.
expect GET /me '' 401 -H "Cookie: __Host-session=$secret";     field .type login_needed

# --- Logging out --------------------------------------------------------------------------------------------------------------------
open
first=$token
renew 200 "${spa[@]}"
token=$(value .token)
expect DELETE /sessions/current '' 204
holds 'the cookie is taken back' grep -qiE '^set-cookie: __Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict' "$head"
expect GET /me '' 401
field .type session_ended
token=$first
expect GET /me '' 401
expect DELETE /sessions/current '' 401
renew 401 "${spa[@]}"

# --- One's own sessions --------------------------------------------------------------------------------------------------------------------
sql 'delete from session' >"$work/sql"
open 'Phone/1'; phone=$token; phone_id=$session
open 'Tablet/1'; tablet=$token; tablet_id=$session
open 'Desk/1'; desk=$token
expect GET /sessions '' 200
field '.items | length' 3
field '[.items[] | select(.current)] | length' 1
field '.items[] | select(.current) | .device' 'Desk/1'
field '[.items[].device] | sort | join(" ")' 'Desk/1 Phone/1 Tablet/1'
field '.items[] | select(.current) | .source | startswith("10.")' true
expect DELETE "/sessions/$tablet_id" '' 204
expect DELETE "/sessions/$tablet_id" '' 404
token=$tablet; expect GET /me '' 401
token=$phone;  expect GET /me '' 200
expect DELETE /sessions/others '' 204
token=$desk;   expect GET /me '' 401
token=$phone
expect GET /sessions '' 200
field '.items | map(.id) | join(" ")' "$phone_id"

# Sessions of others do not exist for me, and ending them does nothing.
login omar@people.example "$password"
expect DELETE "/sessions/$phone_id" '' 404
field .type not_found
expect DELETE /sessions/00000000-0000-4000-8000-000000000000 '' 404
expect DELETE /sessions/none '' 400
faults 'session_id format'
expect DELETE "/sessions/$phone_id%00" '' 400
expect DELETE "/sessions/$phone_id'%20or%20'1'='1" '' 400
expect GET /sessions '' 200
field '.items | length' 1
token=$phone; expect GET /me '' 200

# An ended session is not listed; the purge removes it.
shift_clock '21 minutes'
open
expect GET /sessions '' 200
field '.items | length' 1

# A blocked account is out at once.
sql "update account set state = 'blocked' where email = 'mara@people.example'" >"$work/sql"
expect GET /me '' 401
renew 401 "${spa[@]}"

done_testing
