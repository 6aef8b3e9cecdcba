#!/usr/bin/env bash
# The mail server is away: people are served, mails wait and leave later, each once; operators are told when it takes too long.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

stop_sink
for name in mara omar nora; do anew POST /registrations "$(registration ".email = \"$name@people.example\"")" 202; done
holds 'the mails are owed' eventually eval '[ "$(sql "select count(*) from outbox where sent_at is null and tries > 0")" = 3 ]'
is 'none is given up' "$(sql 'select count(*) from outbox where given_up_at is not null')" 0
holds 'the reason is kept for operators' test "$(sql "select count(*) from outbox where last_error <> ''")" = 3
expect GET "$operations/readyz" '' 200
expect GET "$operations/metrics" '' 200
is 'the figures count them' "$(sed -n 's/^portal_outbox_owed //p' "$body")" 3
holds 'the log names no address' eval '! grep -q people.example "$work/portal.log"'
shift_clock '16 minutes'
expect GET "$operations/readyz" '' 503
field '.reasons[0] | contains("Mails are overdue")' true
expect GET /portal '' 200

# Meanwhile the portal is stopped and started: what is owed stays owed.
stop_portal; start_sink
start_portal
for name in mara omar nora; do holds "$name has the mail" test -n "$(mail_token "$name@people.example")"; done
holds 'nothing is owed' eventually none_owed
is 'each mail came once' "$(ls "$work"/mails/*.json | wc -l)" 3
expect GET "$operations/readyz" '' 200
anew POST /activations "{\"token\": \"$(mail_token nora@people.example)\"}" 200

# --- A mailbox that is refused -------------------------------------------------------------------------------------------------------
anew POST /registrations "$(registration '.email = "refused@people.example"')" 202
holds 'a mail that is refused for good is given up at once' eventually eval '[ "$(sql "select count(*) from outbox where given_up_at is not null")" = 1 ]'
is 'and says nothing of whom it was for' "$(sql 'select count(*) from outbox where given_up_at is not null and (recipient is not null or body is not null)')" 0
anew POST /registrations "$(registration '.email = "later@people.example"')" 202
holds 'one that is refused for now is tried again' eventually eval '[ "$(sql "select count(*) from outbox where given_up_at is null and sent_at is null and tries > 0 and next_try_at > clock()")" = 1 ]'
anew POST /registrations "$(registration '.email = "pia@people.example"')" 202
holds 'neither holds up the next one' test -n "$(mail_token pia@people.example)"

# --- Three days --------------------------------------------------------------------------------------------------------------------------
shift_clock '4 days'
holds 'after three days a mail is given up' eventually eval '[ "$(sql "select count(*) from outbox where given_up_at is null and sent_at is null")" = 0 ]'

done_testing
