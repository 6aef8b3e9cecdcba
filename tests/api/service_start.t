#!/usr/bin/env bash
# Starting a service (F4): one call decides, and names what is missing.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"

password='Sonnen-Blume-17'
put_catalogue_in
register_and_activate mara@people.example "$password"
register_and_activate pia@people.example "$password"
sql "update account set kind = 'plus' where email = 'pia@people.example'"

# starts NAME READY MISSING NEXT: what the caller is told about a service
starts() {
    expect POST "/services/${id[$1]}/starts" '' 200
    field .ready "$2"
    field '[.missing[] | [.what, .level // empty, ((.ways // []) | join("|"))] | map(select(. != "")) | join(":")] | join(", ")' "$3"
    field '.next | tojson' "$4"
    field '.ready == (.missing == []) and .ready == (.next != null)' true
}

# --- Nobody is logged in ------------------------------------------------------------------------------------------------------------
starts 'Hundesteuer anmelden' false login null
header Cache-Control no-store
header ETag ''
field .account null
starts 'Hundesteuer abmelden' false login null
starts Personalausweis false 'login, level:substantial:plus_account|eid_session' null
starts Führungszeugnis false 'login, level:high:eid_session' null
starts Gewerbeanmeldung false login null # an organisation may be who logs in
starts Grundsteuer false offline null    # nobody has to log in to be told so

# --- A basic account ------------------------------------------------------------------------------------------------------------------
login mara@people.example "$password"
starts 'Hundesteuer anmelden' true '' "{\"kind\":\"form\",\"service_id\":\"${id[Hundesteuer anmelden]}\"}"
field '.account | tojson' '{"kind":"basic","level":"low"}'
starts 'Hundesteuer abmelden' true '' '{"kind":"external","url":"https://steuer.example/abmelden"}'
starts Personalausweis false 'level:substantial:plus_account|eid_session' null
starts Führungszeugnis false 'level:high:eid_session' null
starts Gewerbeanmeldung false organisation null
starts Grundsteuer false offline null
# A better account would not make an organisation of a person.
sql "update service set level = 'high' where name = 'Gewerbeanmeldung'"
starts Gewerbeanmeldung false organisation null

# --- A plus account, and a session opened by eID ------------------------------------------------------------------------------------
login pia@people.example "$password"
starts Personalausweis true '' '{"kind":"external","url":"https://ausweis.example/antrag"}'
field '.account | tojson' '{"kind":"plus","level":"substantial"}'
starts Führungszeugnis false 'level:high:eid_session' null
starts 'Hundesteuer anmelden' true '' "{\"kind\":\"form\",\"service_id\":\"${id[Hundesteuer anmelden]}\"}"
sql "update session set level = 'high', opened_by = 'eid' where account_id = (select id from account where email = 'pia@people.example')"
starts Führungszeugnis true '' '{"kind":"external","url":"https://zeugnis.example/"}'
field '.account | tojson' '{"kind":"plus","level":"high"}'
starts Personalausweis true '' '{"kind":"external","url":"https://ausweis.example/antrag"}'
# A plus account whose session is low is not told to become one.
sql "update session set level = 'low' where account_id = (select id from account where email = 'pia@people.example')"
starts Personalausweis false 'level:substantial:eid_session' null

# --- It keeps nothing, and says nothing about its user ---------------------------------------------------------------------------------
before=$(sql "select last_action_at from session where account_id = (select id from account where email = 'pia@people.example')")
shift_clock '2 minutes'
starts 'Hundesteuer anmelden' true '' "{\"kind\":\"form\",\"service_id\":\"${id[Hundesteuer anmelden]}\"}"
is 'asking extends no session' "$(sql "select last_action_at from session where account_id = (select id from account where email = 'pia@people.example')")" "$before"
is 'asking leaves no trace' "$(sql "select count(*) from request_draft" && sql "select count(*) from audit_event where event not in ('login', 'account_activated')")" $'0\n0'
shift_clock 0

# --- What it refuses --------------------------------------------------------------------------------------------------------------------
expect POST "/services/${id[Zurückgezogen]}/starts" '' 404
expect POST /services/00000000-0000-4000-8000-000000000000/starts '' 404
expect POST /services/x/starts '' 400
faults 'service_id format'
dog="/services/${id[Hundesteuer anmelden]}/starts"
expect POST "$dog" '{}' 400
field .type malformed
expect POST "$dog?x=1" '' 400
faults 'x unknown'
expect GET "$dog" '' 405
header Allow POST
expect POST "$dog" '' 403 -H 'Origin: https://elsewhere.example'
field .type foreign_origin

# A token that is sent has to be valid: whoever thinks to be logged in is told.
token=''
expect POST "$dog" '' 401 -H 'Authorization: Bearer no.token.here'
expect POST "$dog" '' 401 -H 'Authorization: Basic eDp5'
login mara@people.example "$password"
sql 'delete from session'
expect POST "$dog" '' 401
field .type session_ended
# A one-time password's session sets a new password first.
login mara@people.example "$password"
sql 'update session set new_password_due = true'
expect POST "$dog" '' 403
field .type new_password_needed

done_testing
