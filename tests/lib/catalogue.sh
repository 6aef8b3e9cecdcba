# Services in the test's database, put there by SQL. Source it after portal.sh; an import (tests/api/catalogue_import.t) is the other way.
#
#   add_service NAME [COLUMN=VALUE...]   sets $service to its id; `topic=` and `situation=` take names, `desk=` the name of a desk, all of which
#                                        are made where they are missing; VALUE is text, \N is NULL
#   add_form SERVICE_ID SCHEMA           a form, or its next version
#   put_catalogue_in                     a dozen of services with all that the tests of the catalogue ask for; ids in ${id[NAME]}
#   put_demo_in                          the catalogue of the demonstration, with its desks, people and words
# shellcheck shell=bash disable=SC2034

service=''
declare -A id=()

sql_text() { if [ "$1" = '\N' ]; then echo NULL; else echo "'${1//\'/\'\'}'"; fi; }

slug() {
    sql "select trim(both '-' from regexp_replace(replace(replace(replace(replace(lower($(sql_text "$1")), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'), '[^a-z0-9]+', '-', 'g'))"
}

add_service() {
    local name=$1 columns='catalogue, leika_key, name' values column value
    shift
    values="'test', 'own-' || substr(encode(sha256(convert_to($(sql_text "$name") || random(), 'UTF8')), 'hex'), 1, 16), $(sql_text "$name")"
    for column; do
        value=$(sql_text "${column#*=}") column=${column%%=*}
        case $column in
        topic | situation)
            sql "insert into service_$column (id, name) values ('$(slug "${value:1:-1}")', $value) on conflict do nothing"
            columns+=", ${column}_id" values+=", (select id from service_$column where name = $value)" ;;
        desk)
            sql "insert into service_desk (name, email) values ($value, 'amt@stadt.example') on conflict do nothing"
            columns+=", desk_id" values+=", (select id from service_desk where name = $value)" ;;
        *) columns+=", $column" values+=", $value" ;;
        esac
    done
    service=$(sql "insert into service ($columns) values ($values) returning id") || bail_out "no service $name"
    id[$name]=$service
    sql 'update catalogue_state set version = version + 1'
}

add_form() {
    sql "with next as (select coalesce(max(version), 0) + 1 as version from service_form where service_id = '$1'),
              made as (insert into service_form (service_id, version, schema) select '$1', version, $(sql_text "$2") from next)
         update service set form_version = next.version, url = null, version = service.version + 1, changed_at = clock() from next where id = '$1';
         update catalogue_state set version = version + 1"
}

# A form with one field
dog_form='{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": false, "required": ["dog"],
 "properties": {"dog": {"type": "object", "title": "Ihr Hund", "additionalProperties": false, "required": ["name"],
   "properties": {"name": {"type": "string", "title": "Name des Hundes", "maxLength": 80}}}}}'

put_catalogue_in() {
    add_service 'Hundesteuer anmelden' topic='Steuern & Abgaben' situation=Haustiere desk=Steueramt 'short_description=Melden Sie Ihren Hund an.' \
        'description=Wer einen Hund hält, meldet ihn an.' 'legal_basis=§ 3 KAG' 'cost_text=kostenfrei' cost_cents=0 audience=people service_group=Hundesteuer
    add_form "$service" "$dog_form"
    add_service 'Hundesteuer abmelden' topic='Steuern & Abgaben' situation=Haustiere desk=Steueramt audience=people url=https://steuer.example/abmelden
    add_service Grundsteuer topic='Steuern & Abgaben' situation=Wohnen desk=Steueramt
    add_service Personalausweis topic='Ausweise & Dokumente' desk=Bürgeramt level=substantial url=https://ausweis.example/antrag
    add_service Führungszeugnis topic='Ausweise & Dokumente' desk=Bürgeramt level=high url=https://zeugnis.example/ 'cost_text=13,00 Euro' cost_cents=1300
    add_service Gewerbeanmeldung topic=Wirtschaft desk=Ordnungsamt audience=organisations url=https://gewerbe.example/ approval=desk other_states=true 'roles={bearbeiten,lesen}'
    add_service Öffentlichkeitsarbeit topic=Wirtschaft
    add_service Ölheizung
    add_service Ofenreinigung
    add_service '(Baumuster-) Prüfung'
    add_service 'ärztliche Auskunft'
    add_service Éclairpreis
    add_service Zurückgezogen topic='Steuern & Abgaben' withdrawn_at=2026-11-01
}

# The catalogue of the demonstration, by the operator's own commands: people and desks first, then services and words.
demo_catalogue=$root/db/fixtures/catalogue
load_demo_people() { psql -qX -v ON_ERROR_STOP=1 -U portal_owner -f "$root/db/fixtures/demo.sql" >"$work/said" 2>&1; }
# operator_says ARGUMENTS...: a command of the program; what it says is in $work/said
operator_says() { (run_program -- "$@") >"$work/said" 2>&1 || { sed 's/^/# /' "$work/said"; return 1; }; }
put_demo_in() {
    load_demo_people && operator_says catalogue import "$demo_catalogue/services.csv" --catalogue demo && operator_says catalogue synonyms "$demo_catalogue/synonyms.csv"
}
