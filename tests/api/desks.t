#!/usr/bin/env bash
# Service desks, their staff and their programs: the operator's commands, and tokens by OAuth 2.0 client credentials.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

# operator STATUS WORDS...: a command, as a test of its exit status; its output is in $body
operator() {
    local want=$1 got
    shift
    (run_program -- "$@") >"$body" 2>&1
    got=$?
    what="serviceportal ${*:0:8} ends with $want"; ok test "$got" = "$want"
}
says() { what="... says: $1"; ok grep -qF -- "$1" "$body"; }
# ask CLIENT SECRET [curl args]: for a token by HTTP Basic
ask() { call POST /oauth2/token "${form:-grant_type=client_credentials}" -H 'Content-Type: application/x-www-form-urlencoded' -u "$1:$2" "${@:3}"; }
asked() { ask "$@"; what="... the answer is $want"; ok test "$status" = "$want"; }
client_id() { sed -n 's/^client_id *//p' "$body"; }
client_secret() { sed -n 's/^client_secret *//p' "$body"; }

# --- Desks ----------------------------------------------------------------------------------------------------------------------------
operator 0 desk create --name Bürgeramt --email amt@stadt.example --phone '+49 3641 1' --address 'Markt 1, 07743 Jena' --hours 'Mo 8-12' --url https://stadt.example/
says 'Bürgeramt: created'
operator 0 desk create --name Bürgeramt --email neu@stadt.example
says 'Bürgeramt: brought up to date'
is 'what is not given is removed' "$(sql "select email, phone is null from service_desk where name = 'Bürgeramt'")" 'neu@stadt.example|t'
operator 1 desk create --name Amt --email nothing
says "'nothing' is none"
for words in 'desk' 'desk create' 'desk create --name X' 'desk create --name X --email a@b.example --colour red' 'desk list more' 'desk staff' \
    'desk staff add --desk X' 'desk staff add --desk X --desk Y --account a@b.example' 'desk create --email a@b.example --name' 'client' 'client create --name X' \
    'client rotate --name X --keep-hours -1' 'client rotate --name X --keep-hours 1x' 'client list more'; do
    # shellcheck disable=SC2086
    operator 2 $words
    says 'serviceportal '
done
operator 0 desk --help
operator 0 client --help

# --- Staff ----------------------------------------------------------------------------------------------------------------------------
register_and_activate clerk@people.example 'Sonnen-Blume-17'
operator 1 desk staff add --desk Nirgends --account clerk@people.example
says "There is no desk 'Nirgends'"
operator 1 desk staff add --desk Bürgeramt --account nobody@people.example
says "There is no account 'nobody@people.example'"
operator 1 desk staff add --desk Bürgeramt --account clerk@people.example --role king
says "The role is reader or clerk, not 'king'"
operator 0 desk staff add --desk Bürgeramt --account CLERK@people.example --role reader
login clerk@people.example 'Sonnen-Blume-17'
expect GET /me '' 200
field '.desks | map([.name, .role]) | tojson' '[["Bürgeramt","reader"]]'
operator 0 desk staff add --desk Bürgeramt --account clerk@people.example
expect GET /me '' 200
field '.desks[0].role' clerk
operator 0 desk staff list --desk Bürgeramt
says 'clerk@people.example  clerk  Mara Vogt'
operator 0 desk list
says 'Bürgeramt  neu@stadt.example  0 service(s)  1 member(s) of staff'
operator 0 desk staff remove --desk Bürgeramt --account clerk@people.example
operator 1 desk staff remove --desk Bürgeramt --account clerk@people.example
says 'is not staff of'
expect GET /me '' 200
field '.desks | tojson' '[]'
token=''

# --- A client gets a token --------------------------------------------------------------------------------------------------------------
operator 1 client create --name fach --desk Nirgends --scope requests.read
says "There is no desk 'Nirgends'"
operator 1 client create --name fach --desk Bürgeramt --scope 'requests.read world.rule'
says 'world.rule'
operator 0 client create --name fach --desk Bürgeramt --scope 'requests.read requests.write'
says 'The secret is not shown again.'
client=$(client_id) secret=$(client_secret)
is 'the secret is kept by its hash alone' "$(sql "select count(*) from api_client_secret where hash = sha256('$secret')")" 1
operator 1 client create --name fach --desk Bürgeramt --scope requests.read
says 'fach'

want=200 asked "$client" "$secret"
field '[.token_type, .expires_in, .scope] | tojson' '["Bearer",300,"requests.read requests.write"]'
header Cache-Control no-store
form='grant_type=client_credentials&scope=requests.read' want=200 asked "$client" "$secret"
field .scope requests.read
call POST /oauth2/token "grant_type=client_credentials&client_id=$client&client_secret=$secret" -H 'Content-Type: application/x-www-form-urlencoded; charset=utf-8'
what='the credentials may stand in the form'; ok test "$status" = 200
form='grant_type=client_credentials&scope=requests.read+requests.read&colour=red' want=200 asked "$client" "$secret"
field .scope requests.read

# A client is no person.
token=$(jq -r .access_token "$body")
expect GET /me '' 403
field .type forbidden
token=''

# --- Refusals, in the words of RFC 6749 -------------------------------------------------------------------------------------------------
want=401 asked "$client" "${secret%?}x"
field .error invalid_client
header WWW-Authenticate 'Basic realm="clients", charset="UTF-8"'
header Content-Type application/json
want=401 asked 00000000-0000-4000-8000-000000000000 "$secret"
field .error invalid_client
want=401 asked fach "$secret"
field .error invalid_client
want=401 asked "$client" ''
form='grant_type=client_credentials&scope=requests.delete' want=400 asked "$client" "$secret"
field .error invalid_scope
form='grant_type=password' want=400 asked "$client" "$secret"
field .error unsupported_grant_type
form='scope=requests.read' want=400 asked "$client" "$secret"
field .error invalid_request
form="grant_type=client_credentials&client_id=$client" want=400 asked "$client" "$secret"
field .error invalid_request
form='grant_type=client_credentials&grant_type=client_credentials' want=400 asked "$client" "$secret"
form='grant_type=%' want=400 asked "$client" "$secret"
for broken in 'Basic' 'Basic !!!!' 'Basic Zm9v' 'Bearer x'; do
    expect POST /oauth2/token grant_type=client_credentials 401 -H 'Content-Type: application/x-www-form-urlencoded' -H "Authorization: $broken"
    field .error invalid_client
done
expect POST /oauth2/token grant_type=client_credentials 401 -H 'Content-Type: application/x-www-form-urlencoded'
expect POST /oauth2/token '{"grant_type": "client_credentials"}' 415
expect POST /oauth2/token '' 415

# --- Secrets can be changed while the client works ----------------------------------------------------------------------------------------
operator 0 client rotate --name fach --keep-hours 24
second=$(client_secret)
want=200 asked "$client" "$secret"
want=200 asked "$client" "$second"
operator 0 client rotate --name fach
third=$(client_secret)
want=401 asked "$client" "$secret"
want=200 asked "$client" "$second"
want=200 asked "$client" "$third"
shift_clock '169 hours'
want=401 asked "$client" "$second"
want=200 asked "$client" "$third"
shift_clock 0
operator 1 client rotate --name niemand
says "There is no client 'niemand'"
operator 0 client rotate --name fach --keep-hours 0
last=$(client_secret)
want=401 asked "$client" "$third"
want=200 asked "$client" "$last"

# --- The end of a client ------------------------------------------------------------------------------------------------------------------
operator 0 client list
says "fach  $client  Bürgeramt  requests.read requests.write"
operator 0 client revoke --name fach
want=401 asked "$client" "$last"
operator 1 client revoke --name fach
operator 1 client rotate --name fach
operator 0 client list
says revoked

# --- Guessing is slowed down ----------------------------------------------------------------------------------------------------------------
for _ in $(seq 31); do ask "$client" wrong -H 'X-Forwarded-For: 10.9.9.9'; done
what='after many refusals of one source'; ok test "$status" = 429
field .type too_many
want=401 asked "$client" wrong -H 'X-Forwarded-For: 10.9.9.8'
done_testing
