#!/usr/bin/env bash
# A new e-mail address (B2): asked for, confirmed by the mailed link, active with the next login.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate omar@people.example "$password"
login mara@people.example "$password"

# wish ADDRESS [PASSWORD]: the body that asks for a change
wish() { jq -cn --arg e "$1" --arg p "${2:-$password}" '{new_email: $e, new_email_repeated: $e, password: $p}'; }
# ask ADDRESS: asks for it; $link is the secret of the mail's link
ask() { local n; n=$(mails_to "$1"); anew POST /me/email-change "$(wish "$1")" 202; holds 'the link has come' eventually eval "[ \$(mails_to $1) -gt $n ]"; link=$(mail_token "$1"); }
confirm() { local kept=$token; token=; anew POST /email-changes "{\"token\": \"$link\"}" "$1"; token=$kept; }
log_in() { token=; anew POST /sessions "$(jq -cn --arg e "$1" --arg p "$password" '{email: $e, password: $p}')" "$2"; token=$(value '.token // ""'); }

# --- What is refused ----------------------------------------------------------------------------------------------------------------
anew POST /me/email-change '{}' 400;                                                        faults 'new_email missing, new_email_repeated missing, password missing'
anew POST /me/email-change "$(wish mara.neu@people.example | jq -c '.new_email_repeated = "mara.nue@people.example"')" 400; faults 'new_email_repeated differs'
anew POST /me/email-change "$(wish 'mara neu@people.example')" 400;                         faults 'new_email format'
anew POST /me/email-change "$(wish 'mära@people.example')" 400;                             faults 'new_email format'
anew POST /me/email-change "$(wish MARA@people.example)" 400;                               faults 'new_email same'
anew POST /me/email-change "$(wish mara.neu@people.example 'Falsches-Wort-9')" 403;         field .type wrong_password
anew POST /me/email-change "$(wish mara.neu@people.example | jq -c '.x = 1 | .password = ""')" 400; faults 'password length, x unknown'
is 'nothing is under way' "$(sql "select count(*) from mailed_token where purpose = 'email_change'")" 0
is 'guessing the password is bounded' "$(for _ in $(seq 8); do call POST /me/email-change "$(wish mara.neu@people.example 'Falsches-Wort-9')" -H 'X-Forwarded-For: 192.0.2.4'; echo "$status"; done | sort -u | xargs)" '403 429'

# --- The whole way ------------------------------------------------------------------------------------------------------------------
notices=$(mails_to mara@people.example)
ask Mara.Neu@People.example
is 'the link has 43 characters' "${#link}" 43
holds 'the old address gets a notice' eventually eval '[ "$(mails_to mara@people.example)" -gt '"$notices"' ]'
holds 'without a link' eval '! mail_to mara@people.example | grep -q "#token="'
expect GET /me '' 200
field '.email, .pending_email' $'mara@people.example\nMara.Neu@People.example'
log_in mara.neu@people.example 401
for flag in -XGET -I; do curl -sS -o /dev/null "$flag" "$origin/confirm-email?token=$link"; curl -sS -o /dev/null "$flag" "$api/email-changes?token=$link"; done
log_in mara@people.example 201
field .email_change none
link_of_change=$link
confirm 204
confirm 409;                                          field .type link_used
link=$(rev <<<"$link") confirm 410;                   field .type link_not_valid
anew POST /activations "{\"token\": \"$link_of_change\"}" 410
anew POST /email-changes '{"token": "short"}' 400;    faults 'token length'
log_in mara.neu@people.example 401
log_in mara@people.example 201
field .email_change completed
expect GET /me '' 200
field '.email, .pending_email' $'Mara.Neu@People.example\nnull'
expect GET /me/activity '' 200
field '[.items[] | select(.event == "email_changed") | .old.email, .new.email] | join(" ")' 'mara@people.example Mara.Neu@People.example'
field '[.items[].event] | map(select(startswith("email_"))) | unique | join(" ")' 'email_change_confirmed email_change_requested email_changed'
log_in mara@people.example 401
log_in mara.neu@people.example 201
field .email_change none
# The old address is free at once.
anew POST /registrations "$(registration)" 202

# --- Taken in between ---------------------------------------------------------------------------------------------------------------
# An address that has an account already gets the same answer; its owner is told by mail.
anew POST /me/email-change "$(wish omar@people.example)" 202
holds 'its owner gets a mail without a link' eventually eval '[ "$(mails_to omar@people.example)" -ge 2 ]'
holds 'without a link indeed' eval '! mail_to omar@people.example | grep -q "#token="'

ask mara.dritt@people.example
confirm 204
register_and_activate mara.dritt@people.example 'Andere-Person-3'
log_in mara.neu@people.example 201
field .email_change address_taken
expect GET /me '' 200
field '.email, .pending_email' $'Mara.Neu@People.example\nnull'
expect GET /me/activity '' 200
field '.items[].event | select(. == "email_change_refused")' email_change_refused
log_in mara.neu@people.example 201
field .email_change none

# Two accounts that want one address: whoever logs in first has it.
ask wanted@people.example; first=$link
login omar@people.example "$password"
n=$(mails_to wanted@people.example)
ask wanted@people.example; second=$link
for link in "$first" "$second"; do confirm 204; done
log_in omar@people.example 201
field .email_change completed
log_in mara.neu@people.example 201
field .email_change address_taken

# --- What cancels it ----------------------------------------------------------------------------------------------------------------
ask one@people.example; first=$link
ask two@people.example; second=$link
link=$first confirm 410
expect GET /me '' 200
field .pending_email two@people.example

expect PUT /me/password "{\"old_password\": \"$password\", \"new_password\": \"Winter-Garten-42\"}" 204
password='Winter-Garten-42'
link=$second confirm 410
expect GET /me '' 200
field .pending_email null

ask three@people.example
confirm 204
kept=$token token=''
anew POST /password-resets '{"email": "mara.neu@people.example"}' 202
holds 'the reset is decided' eventually none_owed
log_in mara.neu@people.example 201
field .email_change none
expect GET /me '' 200
field '.email, .pending_email' $'Mara.Neu@People.example\nnull'

# --- 24 hours -----------------------------------------------------------------------------------------------------------------------
ask four@people.example
shift_clock '23 hours 59 minutes'
confirm 204
shift_clock '25 hours'
log_in mara.neu@people.example 201
field .email_change completed
ask five@people.example
shift_clock '50 hours'
confirm 410

# --- Two clicks at once -------------------------------------------------------------------------------------------------------------
log_in four@people.example 201
ask six@people.example
click="{\"token\": \"$link\"}"
is 'two clicks at once' "$(token='' at_once POST /email-changes "$click" "$click" "$click")" '204 409 409'

done_testing
