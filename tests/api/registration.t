#!/usr/bin/env bash
# From the form to an account (features A1 to A5).
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17'

# --- What the form may hold ---------------------------------------------------------------------------------------------------------
anew POST /registrations '{}' 400
field .type bad_input
faults 'consent_version missing, email missing, first_name missing, last_name missing, password missing'

# refused JQ FAULTS: a registration that is right but for one change
refused() { anew POST /registrations "$(registration "$1")" 400; faults "$2"; }

for name in first_name last_name; do
    refused "del(.$name)" "$name missing"
    refused ".$name = null" "$name type"
    refused ".$name = 7" "$name type"
    refused ".$name = [\"Mara\"]" "$name type"
    refused ".$name = \"\"" "$name length"
    refused ".$name = \"x\" * 81" "$name length"
    refused ".$name = \"ü\" * 81" "$name length"
    refused ".$name = \"   \"" "$name format"
    refused ".$name = \"Ma\\nra\"" "$name format"
    refused ".$name = \"Ma\\u0007ra\"" "$name format"
    refused ".$name = \"\\u202eMara\"" "$name format"
done
refused '.title = ""' 'title length'
refused '.title = "x" * 41' 'title length'
refused '.title = null' 'title type'
refused '.title = "Dr.\r\nBcc: x"' 'title format'

for address in mara mara@ @people.example 'mara vogt@people.example' 'mära@people.example' 'mara@pöople.example' 'mara<x>@people.example' \
    '<mara@people.example>' 'mara@people' 'mara@people.example ' 'a@b@people.example' '.mara@people.example' 'ma..ra@people.example' \
    'mara@-people.example' 'mara@people..example' 'mara@127.0.0.1'; do
    refused ".email = \"$address\"" 'email format'
done
refused '.email = "a@"' 'email length'
refused '.email = "a" * 255' 'email length'
refused '.email = "a" * 65 + "@people.example"' 'email format'
refused '.email = "mara@people.example\r\nBcc: all@people.example"' 'email format'
refused '.email = {"a": 1}' 'email type'

refused '.consent_version = "2019-01"' 'consent_version outdated'
refused 'del(.consent_version)' 'consent_version missing'
refused '.language = "fr"' 'language not_allowed'
refused '.language = null' 'language type'
refused '.admin = true' 'admin unknown'
refused '.kind = "plus"' 'kind unknown'

# Everything at once: the answer names each fault, so that nobody has to send a form five times.
refused '{first_name: "", last_name: 5, email: "x y@z", language: "xx", title: "", colour: "red"}' \
    'colour unknown, consent_version missing, email format, first_name length, language not_allowed, last_name type, password missing, title length'
is 'nothing was written down for any of these' "$(sql 'select count(*) from registration')" 0

# --- The way of a newcomer ----------------------------------------------------------------------------------------------------------
anew POST /registrations "$(registration '.email = "Nora.Lenz@People.example" | .title = "Prof. Dr." | .first_name = "Nóra-Łucja" | .language = "en"')" 202
is 'the answer says nothing' "$(wc -c <"$body")" 0
link=$(mail_token nora.lenz@people.example)
is 'the mailed link carries 43 characters' "${#link}" 43
is 'the token itself is not kept, only its hash' "$(sql "select count(*) from registration where encode(token_hash, 'escape') like '%$link%'")" 0
is 'it is the SHA-256 of the token' "$(sql "select count(*) from registration where token_hash = sha256('$link')")" 1
is 'the password is kept as an argon2id hash alone' "$(sql "select count(*) from registration where password_hash like '\$argon2id\$v=19\$m=%'")" 1

anew POST /sessions '{"email": "nora.lenz@people.example", "password": "'$password'"}' 401
field .type login_failed

# Nobody but a click on the page uses the link up: scanners that open it, as GET or HEAD, consume nothing.
for method in GET HEAD; do
    flag=-X$method; [ $method = HEAD ] && flag=-I
    curl -sS -o /dev/null "$flag" "$origin/activate?token=$link"
    curl -sS -o /dev/null "$flag" "$api/activations?token=$link"
done
expect GET "/activations" '' 405
header Allow POST

anew POST /activations "{\"token\": \"$link\"}" 200
field .email 'Nora.Lenz@People.example'
is 'consent is kept with its version and time' \
    "$(sql "select consent_version || ' ' || (consented_at between now() - interval '1 minute' and now()) from account where lower(email) = 'nora.lenz@people.example'")" '2026-11 true'
anew POST /sessions '{"email": "NORA.LENZ@people.example", "password": "'$password'"}' 201

# --- Links that do nothing ----------------------------------------------------------------------------------------------------------
anew POST /activations "{\"token\": \"$link\"}" 409;              field .type link_used
anew POST /activations "{\"token\": \"${link%?}\"}" 400;          faults 'token length'
anew POST /activations "{\"token\": \"${link%?}!\"}" 400;         faults 'token format'
anew POST /activations "{\"token\": \"${link}x\"}" 400;           faults 'token length'
anew POST /activations '{"token": null}' 400;                     faults 'token type'
anew POST /activations '{}' 400;                                  faults 'token missing'
anew POST /activations "{\"token\": \"$(rev <<<"$link")\"}" 410;  field .type link_not_valid
anew POST /email-changes "{\"token\": \"$link\"}" 410;            field .type link_not_valid

# --- A known address ----------------------------------------------------------------------------------------------------------------
# The answer is the same; its owner gets a mail that says so, without a link, and nothing changes.
before=$(mails_to nora.lenz@people.example)
anew POST /registrations "$(registration '.email = "nora.lenz@PEOPLE.example" | .first_name = "Somebody"')" 202
is 'the answer says nothing either' "$(wc -c <"$body")" 0
holds 'the owner gets a mail' eventually eval '[ "$(mails_to nora.lenz@people.example)" -gt '"$before"' ]'
holds 'which holds no token' eval '! mail_to nora.lenz@people.example | grep -q "token="'
holds 'the worker forgets the registration' eventually none_owed
is 'no registration waits' "$(sql "select count(*) from registration where lower(email) = 'nora.lenz@people.example'")" 0
is 'there is one account' "$(sql "select count(*) from account where lower(email) = 'nora.lenz@people.example'")" 1
is 'with the name it had' "$(sql "select first_name from person_profile")" 'Nóra-Łucja'

# --- Several registrations for one address ------------------------------------------------------------------------------------------
# A stranger who registered my address first gains nothing: what the clicked link belongs to becomes the account.
anew POST /registrations "$(registration '.email = "omar@people.example" | .first_name = "Stranger" | .password = "Fremder-Zugang-1"')" 202
strangers=$(mail_token omar@people.example)
anew POST /registrations "$(registration '.email = "omar@people.example" | .first_name = "Omar" | .password = "Eigener-Zugang-1"')" 202
holds 'a second mail arrives' eventually eval '[ "$(mails_to omar@people.example)" = 2 ]'
mine=$(mail_token omar@people.example)
holds 'both wait side by side, each with a token of its own' test "$mine" != "$strangers"
anew POST /activations "{\"token\": \"$mine\"}" 200
anew POST /sessions '{"email": "omar@people.example", "password": "Fremder-Zugang-1"}' 401
anew POST /sessions '{"email": "omar@people.example", "password": "Eigener-Zugang-1"}' 201
anew POST /activations "{\"token\": \"$strangers\"}" 410
is 'the other one has vanished' "$(sql 'select count(*) from registration')" 0

# --- At the same moment -------------------------------------------------------------------------------------------------------------
is 'two registrations of one address at once are both taken in' \
    "$(at_once POST /registrations "$(registration '.email = "pia@people.example"')" "$(registration '.email = "PIA@people.example"')")" '202 202'
holds 'and both get their mail' eventually eval '[ "$(mails_to pia@people.example)" = 2 ]'
link=$(mail_token pia@people.example)
is 'of four clicks on one link at once exactly one makes the account' "$(click="{\"token\": \"$link\"}"; at_once POST /activations "$click" "$click" "$click" "$click")" '200 409 409 409'
is 'and there is one account' "$(sql "select count(*) from account where lower(email) = 'pia@people.example'")" 1

# Two different links for the same address at the same moment: one becomes the account.
anew POST /registrations "$(registration '.email = "rosa@people.example"')" 202
first=$(mail_token rosa@people.example)
anew POST /registrations "$(registration '.email = "rosa@people.example"')" 202
holds 'the second mail is here' eventually eval '[ "$(mails_to rosa@people.example)" = 2 ]'
second=$(mail_token rosa@people.example)
is 'two links for one address at once: one works, the other is not valid any more' \
    "$(at_once POST /activations "{\"token\": \"$first\"}" "{\"token\": \"$second\"}")" '200 410'
is 'there is one account' "$(sql "select count(*) from account where email = 'rosa@people.example'")" 1

# --- 24 hours -----------------------------------------------------------------------------------------------------------------------
anew POST /registrations "$(registration '.email = "tom@people.example"')" 202
tom=$(mail_token tom@people.example)
anew POST /registrations "$(registration '.email = "ute@people.example"')" 202
ute=$(mail_token ute@people.example)
shift_clock '23 hours 59 minutes'
anew POST /activations "{\"token\": \"$tom\"}" 200
shift_clock '24 hours 1 minute'
anew POST /activations "{\"token\": \"$ute\"}" 410
field .type link_not_valid
anew POST /registrations "$(registration '.email = "ute@people.example"')" 202
again=$(eventually eval '[ "$(mails_to ute@people.example)" = 2 ]' && mail_token ute@people.example)
anew POST /activations "{\"token\": \"$again\"}" 200

# --- Many from one source -----------------------------------------------------------------------------------------------------------
shift_clock '2 days'
n=0
for i in $(seq 60); do
    call POST /registrations "$(registration ".email = \"crowd$i@people.example\"")" -H 'X-Forwarded-For: 192.0.2.77'
    [ "$status" = 429 ] && break
done
is 'one source cannot register without end' "$status" 429
holds 'and is told how long to wait' eval 'grep -qi "^retry-after: [1-9]" "$head"'
anew POST /registrations "$(registration '.email = "vera@people.example"')" 202

done_testing
