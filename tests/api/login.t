#!/usr/bin/env bash
# Logging in (A6, A8, A11; limits of abuse).
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate omar@people.example "$password"

# credentials EMAIL PASSWORD
credentials() { jq -cn --arg email "$1" --arg password "$2" '{$email, $password}'; }
right=$(credentials mara@people.example "$password")
wrong=$(credentials mara@people.example 'Falsches-Wort-9')

# --- A good login -------------------------------------------------------------------------------------------------------------------
anew POST /sessions "$right" 201
field '.token | split(".") | length' 3
field .expires_in 300
field .new_password_due false
field .email_change none
field .session.opened_by password
field .session.level low
field .session.idle_seconds_left 1200
field .session.seconds_left 43200
cookie=$(grep -i '^set-cookie:' "$head" | tr -d '\r')
is 'the cookie carries a secret of 256 bits and every protection' \
    "$(sed -E 's/=[A-Za-z0-9_-]{43};/=SECRET;/; s/^[^:]*: //' <<<"$cookie")" \
    '__Host-session=SECRET; Path=/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict'
header Cache-Control no-store
secret=$(sed -E 's/.*__Host-session=([^;]*);.*/\1/' <<<"$cookie")
is 'the secret is kept as a hash alone' "$(sql "select count(*) from session where secret_hash = sha256('$secret')")" 1
anew POST /sessions "$right" 201
holds 'each login gets a secret of its own' eval '! grep -q "$secret" "$head"'
anew POST /sessions "$(credentials MARA@PEOPLE.EXAMPLE "$password")" 201

# --- One answer for every failure ---------------------------------------------------------------------------------------------------
# answer: what a caller can see of the last answer, without what differs in each one
answer() { jq -S . "$body"; grep -viE '^(x-request-id|date):' "$head"; }
anew POST /sessions "$wrong" 401
known=$(answer)
field .type login_failed
anew POST /sessions "$(credentials nobody@people.example "$password")" 401
is 'an unknown address looks like a wrong password' "$(answer)" "$known"
anew POST /registrations "$(registration '.email = "waiting@people.example"')" 202
mail_token waiting@people.example >"$work/token"
anew POST /sessions "$(credentials waiting@people.example "$password")" 401
is 'so does an account that was never activated' "$(answer)" "$known"
sql "update account set state = 'blocked' where email = 'omar@people.example'" >"$work/sql"
anew POST /sessions "$(credentials omar@people.example "$password")" 401
is 'so does a blocked one' "$(answer)" "$known"
sql "update account set state = 'active' where email = 'omar@people.example'" >"$work/sql"
anew POST /sessions "$(credentials 'no address' "$password")" 401
is 'and what is no address at all' "$(answer)" "$known"
anew POST /sessions "$(credentials mara@people.example "${password^^}")" 401
anew POST /sessions "$(credentials mara@people.example "$password ")" 401
anew POST /sessions "$(credentials "mara@people.example' or '1'='1" "$password")" 401

# --- What a login may hold ----------------------------------------------------------------------------------------------------------
anew POST /sessions '{}' 400;                                              faults 'email missing, password missing'
anew POST /sessions '{"email": "", "password": ""}' 400;                   faults 'email length, password length'
anew POST /sessions "$(credentials "$(printf 'a%.0s' {1..255})" x)" 400;   faults 'email length'
anew POST /sessions "$(credentials mara@people.example "$(printf 'a%.0s' {1..257})")" 400; faults 'password length'
anew POST /sessions '{"email": 1, "password": ["x"]}' 400;                 faults 'email type, password type'
anew POST /sessions '{"email": "a@b.example", "password": "x", "remember": true}' 400; faults 'remember unknown'

# --- Stronger parameters ------------------------------------------------------------------------------------------------------------
# A hash with the parameters of yesterday still fits, and the login replaces it.
weak='$argon2id$v=19$m=4096,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$ZA0iPuIxSZgCn1ZsCDa0w0B+VSQkmJdG+K3uzQjHSQk'
sql "update account set password_hash = '$weak' where email = 'omar@people.example'" >"$work/sql"
anew POST /sessions "$(credentials omar@people.example "$password")" 201
is 'the hash has the parameters of today' "$(sql "select password_hash like '\$argon2id\$v=19\$m=19456,t=2,p=1\$%' from account where email = 'omar@people.example'")" t
anew POST /sessions "$(credentials omar@people.example "$password")" 201

# --- Brute force --------------------------------------------------------------------------------------------------------------------
sql 'delete from throttle' >"$work/sql"
# tries FROM TIMES BODY: the statuses, counted
tries() {
    local i
    for i in $(seq "$2"); do call POST /sessions "$3" -H "X-Forwarded-For: $1"; echo "$status"; done | sort | uniq -c | awk '{ print $1 "x" $2 }' | xargs
}
is 'five failures for one address from one source' "$(tries 192.0.2.1 5 "$wrong")" 5x401
expect POST /sessions "$wrong" 429 -H 'X-Forwarded-For: 192.0.2.1'
field .type too_many
holds 'it says how long to wait' eval 'grep -qiE "^retry-after: ([1-9]|[1-5][0-9]|60)\s*$" "$head"'
expect POST /sessions "$right" 429 -H 'X-Forwarded-For: 192.0.2.1'
expect POST /sessions "$right" 201 -H 'X-Forwarded-For: 192.0.2.2'
is 'the counter is blind to whether the address exists' "$(tries 192.0.2.3 6 "$(credentials ghost@people.example x)")" '5x401 1x429'
shift_clock '61 seconds'
expect POST /sessions "$right" 201 -H 'X-Forwarded-For: 192.0.2.1'
is 'good logins never count' "$(tries 192.0.2.1 7 "$right")" 7x201

# 20 from one source for whatever addresses, in a minute.
is 'twenty failures from one source' \
    "$(for i in $(seq 20); do call POST /sessions "$(credentials "spray$i@people.example" x)" -H 'X-Forwarded-For: 192.0.2.9'; echo "$status"; done | sort | uniq -c | awk '{ print $1 "x" $2 }')" 20x401
expect POST /sessions "$(credentials spray21@people.example x)" 429 -H 'X-Forwarded-For: 192.0.2.9'
expect POST /sessions "$right" 429 -H 'X-Forwarded-For: 192.0.2.9'
expect POST /sessions "$right" 201 -H 'X-Forwarded-For: 192.0.2.10'

# 50 for one address from anywhere, in an hour: only those who have failed for it themselves have to wait.
sql 'delete from throttle' >"$work/sql"
is 'fifty failures from fifty sources' \
    "$(for i in $(seq 50); do call POST /sessions "$wrong" -H "X-Forwarded-For: 198.51.100.$i"; echo "$status"; done | sort | uniq -c | awk '{ print $1 "x" $2 }')" 50x401
expect POST /sessions "$wrong" 429 -H 'X-Forwarded-For: 198.51.100.7'
expect POST /sessions "$right" 201 -H 'X-Forwarded-For: 203.0.113.5'
shift_clock '62 minutes'
expect POST /sessions "$right" 201 -H 'X-Forwarded-For: 198.51.100.7'

# An IPv6 customer owns a /64: all of it is one source.
sql 'delete from throttle' >"$work/sql"
is 'five failures from five addresses of one /64' \
    "$(for i in $(seq 6); do call POST /sessions "$wrong" -H "X-Forwarded-For: 2001:db8:1:2::$i"; echo "$status"; done | sort | uniq -c | awk '{ print $1 "x" $2 }' | xargs)" '5x401 1x429'
expect POST /sessions "$right" 201 -H 'X-Forwarded-For: 2001:db8:1:3::1'

# Only the hop that the nearest trusted proxy has seen counts: what a client writes in front of it is its own business.
is 'a made-up first hop does not help' \
    "$(for i in $(seq 6); do call POST /sessions "$(credentials omar@people.example x)" -H "X-Forwarded-For: 10.9.9.$i, 192.0.2.50"; echo "$status"; done | sort | uniq -c | awk '{ print $1 "x" $2 }' | xargs)" '5x401 1x429'

# Side by side no more get through than one after the other.
sql 'delete from throttle' >"$work/sql"
many=(); for _ in $(seq 12); do many+=("$wrong"); done
is 'twelve at once: five are looked at' "$(at_once POST /sessions "${many[@]}")" '401 401 401 401 401 429 429 429 429 429 429 429'

done_testing
