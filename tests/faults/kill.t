#!/usr/bin/env bash
# kill -9 while people register and activate: no account is half made, and every mail that is owed goes out once the portal is up again.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

# people FROM TO: registers them side by side; each that was taken in (202) is written down
people() {
    seq "$1" "$2" | xargs -P 6 -I N sh -c '
        status=$(curl -s -m 5 -o /dev/null -w "%{http_code}" "$1/registrations" -H "Content-Type: application/json" -H "X-Forwarded-For: 10.1.$(($2 / 200)).$(($2 % 200 + 1))" \
            -d "{\"first_name\": \"Mara\", \"last_name\": \"Vogt\", \"email\": \"person$2@people.example\", \"password\": \"Sonnen-Blume-17\", \"consent_version\": \"2026-11\"}")
        [ "$status" != 202 ] || echo "$2" >>"$3"' people "$api" N "$work/taken"
}
: >"$work/taken"
for round in 1 2 3; do
    people $((round * 100)) $((round * 100 + 59)) & crowd=$!
    # Those whose mail has come click at once, also while the program dies.
    (
        for _ in 1 2 3 4 5 6; do
            grep -lF '#token=' "$work"/mails/*.json 2>/dev/null | xargs -r -n 1 jq -r .text | grep -oE '#token=[A-Za-z0-9_-]{43}' | cut -d= -f2 | shuf -n 12 |
                xargs -r -P 3 -I TOKEN curl -s -m 5 -o /dev/null "$api/activations" -H 'Content-Type: application/json' -d '{"token": "TOKEN"}'
        done
    ) & clicks=$!
    # In the middle: some have been told 202, others have not. How long that takes is the machine's business.
    for _ in $(seq 500); do [ "$(wc -l <"$work/taken")" -lt $((round * 8 + RANDOM % 8)) ] || break; sleep 0.02; done
    stop_portal KILL
    is "round $round: it was killed" "$portal_status" 137
    wait "$crowd" "$clicks"
    start_portal
done
holds 'people were taken in before it died' test "$(wc -l <"$work/taken")" -gt 10

is 'no account is without its profile' "$(sql 'select count(*) from account a left join person_profile p on p.account_id = a.id where p.account_id is null')" 0
is 'no account is without its audit row' "$(sql "select count(*) from account a where not exists (select 1 from audit_event e where e.subject = a.id and e.event = 'account_activated')")" 0
is 'no account is without its used link' "$(sql "select count(*) from account a where not exists (select 1 from mailed_token t where t.account_id = a.id and t.used_at is not null)")" 0
is 'no account waits for activation as well' "$(sql 'select count(*) from account a join registration r on lower(r.email) = lower(a.email)')" 0

# A mail that was being sent when the program died is lent to nobody for two minutes, then it is due again.
shift_clock '3 minutes'
holds 'the outbox drains' eventually eval 'none_owed || eventually none_owed'
is 'nothing is given up' "$(sql 'select count(*) from outbox where given_up_at is not null')" 0
missing=0
for n in $(cat "$work/taken"); do [ "$(mails_to "person$n@people.example")" -ge 1 ] || missing=$((missing + 1)); done
is "all $(wc -l <"$work/taken") who were told 202 have their mail" "$missing" 0

# Killed in the middle of sending: the mail server has taken the call and says nothing.
kill -STOP "$sink_pid"
anew POST /registrations "$(registration '.email = "zoe@people.example"')" 202
holds 'a mail is being sent' eventually eval '[ "$(sql "select count(*) from outbox where sent_at is null and tries = 1")" = 1 ]'
stop_portal KILL
kill -CONT "$sink_pid"
start_portal
is 'the mail is still owed' "$(sql 'select count(*) from outbox where sent_at is null and given_up_at is null')" 1
shift_clock '6 minutes'
holds 'and goes out when its time has come' eventually eval '[ "$(mails_to zoe@people.example)" = 1 ]'

# What was sent works.
last=$(tail -n 1 "$work/taken")
call POST /activations "{\"token\": \"$(mail_token "person$last@people.example")\"}"
holds "the link of the last one works or has worked ($status)" test "$status" = 200 -o "$status" = 409
anew POST /sessions "{\"email\": \"person$last@people.example\", \"password\": \"Sonnen-Blume-17\"}" 201

done_testing
