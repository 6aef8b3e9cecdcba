#!/usr/bin/env bash
# Who may call what: every operation of openapi.yaml for every kind of caller (see access.py).
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"
for name in basic plus other staff; do register_and_activate "$name@people.example" 'Sonnen-Blume-17'; done
sql "update account set kind = 'plus' where email = 'plus@people.example'"
# What everyone may see has to be there.
add_service Hundesteuer id=00000000-0000-4000-8000-000000000000 desk=Steueramt && add_form "$service" "$dog_form"
sql "insert into desk_staff (desk_id, account_id, role) select d.id, a.id, 'clerk' from service_desk d, account a where d.name = 'Steueramt' and a.email = 'staff@people.example';
     insert into api_client (name, desk_id, scopes, revoked_at) select n, d.id, '{requests.read,requests.write}', r from service_desk d,
       (values ('client', null), ('revoked client', clock())) c (n, r) where d.name = 'Steueramt'"
results() { holds "${1#* }" test "${1%% *}" = ok; }
: >"$body"
while read -r line; do results "$line"; done \
    < <(PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$root/tests/contract/access.py" "$api" "$operations" "$work/keys/token.key" "$origin" || echo 'not the script itself ran')
done_testing
