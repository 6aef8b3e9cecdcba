#!/usr/bin/env bash
# Every route of the program is in openapi.yaml, and the other way round: by the generated table, and by asking the running program.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"
# What everyone may see has to be there.
add_service Hundesteuer id=00000000-0000-4000-8000-000000000000 && add_form "$service" "$dog_form"
results() { holds "${1#* }" test "${1%% *}" = ok; }
while read -r line; do results "$line"; done \
    < <(PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$root/tests/contract/routes.py" "$(dirname "$program")/contract.c" "$api" "$operations" || echo 'not the script itself ran')
done_testing
