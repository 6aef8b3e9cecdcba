#!/usr/bin/env bash
# Deleting the account (B4): at once and for good, and nothing stays behind.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17' email=zenobia.quast@people.example
anew POST /registrations "$(registration ".email = \"$email\" | .first_name = \"Zenobia\" | .last_name = \"Quastenflosser\"")" 202
anew POST /activations "{\"token\": \"$(mail_token $email)\"}" 200
register_and_activate omar@people.example "$password"

# Traces in every table: sessions, links, registrations, resets, failed logins, counters, mails.
login $email "$password"; other=$token
login $email "$password"
anew POST /sessions "{\"email\": \"$email\", \"password\": \"Falsches-Wort-9\"}" 401
expect PATCH /me '{"birth_name": "Vorname-Unikat", "phone": "+49 987654321", "address": {"street": "Unikatweg", "house_number": "1", "postal_code": "07743", "town": "Unikatstadt"}}' 200 -H 'If-Match: "1"'
anew POST /me/email-change "{\"new_email\": \"zenobia.neu@people.example\", \"new_email_repeated\": \"zenobia.neu@people.example\", \"password\": \"$password\"}" 202
anew POST /registrations "$(registration ".email = \"$email\" | .first_name = \"Zenobia\"")" 202
anew POST /password-resets "{\"email\": \"$email\"}" 202
anew POST /contact "{\"name\": \"Zenobia Quastenflosser\", \"email\": \"$email\", \"subject\": \"Unikatfrage\", \"message\": \"Unikattext\"}" 202
holds 'all mails have left' eventually none_owed
id=$(sql "select id from account where email = '$email'")

# --- Asked again --------------------------------------------------------------------------------------------------------------------
expect DELETE /me '' 415
expect DELETE /me '{}' 400;                                            faults 'password missing'
expect DELETE /me '{"password": ""}' 400;                              faults 'password length'
expect DELETE /me "{\"password\": \"$password\", \"sure\": true}" 400; faults 'sure unknown'
expect DELETE /me '{"password": "Falsches-Wort-9"}' 403;               field .type wrong_password
token='' expect DELETE /me "{\"password\": \"$password\"}" 401
expect GET /me '' 200
is 'guessing the password is bounded' "$(for _ in $(seq 8); do call DELETE /me '{"password": "Falsches-Wort-9"}' -H 'X-Forwarded-For: 192.0.2.4'; echo "$status"; done | sort -u | xargs)" '403 429'

# --- Gone ---------------------------------------------------------------------------------------------------------------------------
mails=$(mails_to $email)
anew DELETE /me "{\"password\": \"$password\"}" 204
holds 'the cookie is taken back' grep -qiE '^set-cookie: __Host-session=; .*Max-Age=0' "$head"
expect GET /me '' 401;  field .type session_ended
token=$other expect GET /me '' 401
token=''
expect POST /sessions/current/token '' 401 -H 'X-Portal-Client: test' -b "$jar"
anew POST /sessions "{\"email\": \"$email\", \"password\": \"$password\"}" 401
holds 'a last mail says that it is done' eventually eval '[ "$(mails_to $email)" -gt '"$mails"' ]'
holds 'and the outbox drains' eventually none_owed
sleep 1
is 'nothing comes after it' "$(mails_to $email)" $((mails + 1))

# Every column of every table, looked through for whatever names the person.
found=$(psql -qXAt -U portal_owner <<SQL
select format('select %L || t.ctid::text from public.%I t where t::text ~* %L', table_name || ' ', table_name,
              'zenobia|quastenflosser|unikat|987654321|$id') from information_schema.tables
 where table_schema = 'public' and table_type = 'BASE TABLE' \gexec
SQL
)
is 'no row of any table holds id, address, name or anything entered' "$found" ''
is 'the audit keeps its events, tied to nobody' "$(sql "select count(*) > 5 and count(distinct subject) = 1 and bool_and(old is null and new is null and source is null and device is null)
    from audit_event where subject not in (select id from account)")" t
is 'others keep theirs' "$(sql "select count(*) > 0 from audit_event a join account on account.id = a.subject where a.source is not null")" t

# --- Free at once -------------------------------------------------------------------------------------------------------------------
register_and_activate $email 'Neuer-Anfang-77'
login $email 'Neuer-Anfang-77'
expect GET /me '' 200
field .first_name Mara
holds 'it is another account' test "$(value .id)" != "$id"
expect GET /me/activity '' 200
field '.items | map(.event) | sort | join(" ")' 'account_activated login'

# --- Two at once --------------------------------------------------------------------------------------------------------------------
is 'two deletions at once: one does it' "$(at_once DELETE /me '{"password": "Neuer-Anfang-77"}' '{"password": "Neuer-Anfang-77"}' | tr ' ' '\n' | grep -c 204)" 1
token=''
is 'and the account is gone' "$(sql "select count(*) from account where email = '$email'")" 0

done_testing
