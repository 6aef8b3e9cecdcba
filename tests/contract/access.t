#!/usr/bin/env bash
# Who may call what: every operation of openapi.yaml for every kind of caller (see access.py).
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"
for name in basic plus other; do register_and_activate "$name@people.example" 'Sonnen-Blume-17'; done
sql "update account set kind = 'plus' where email = 'plus@people.example'"
# What everyone may see has to be there.
add_service Hundesteuer id=00000000-0000-4000-8000-000000000000 && add_form "$service" "$dog_form"
results() { holds "${1#* }" test "${1%% *}" = ok; }
: >"$body"
while read -r line; do results "$line"; done \
    < <(PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$root/tests/contract/access.py" "$api" "$operations" "$work/keys/token.key" "$origin" || echo 'not the script itself ran')
done_testing
