#!/usr/bin/env bash
# The catalogue (F2, F3, F6): the overview, the list and its filters, pages of it, one service and its form. All of it without a login.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"

# --- A portal without services ------------------------------------------------------------------------------------------------------
expect GET /services '' 200
field 'tojson' '{"items":[],"next_cursor":null,"total":0}'
expect GET /service-topics '' 200
field 'tojson' '{"total":0,"items":[],"letters":[]}'

put_catalogue_in

# --- All services, by name as in a German telephone directory ----------------------------------------------------------------------
expect GET /services '' 200
field .total 12
field .next_cursor null
header Link ''
field '[.items[].name] | join(", ")' '(Baumuster-) Prüfung, ärztliche Auskunft, Éclairpreis, Führungszeugnis, Gewerbeanmeldung, Grundsteuer, Hundesteuer abmelden, Hundesteuer anmelden, Ofenreinigung, Öffentlichkeitsarbeit, Ölheizung, Personalausweis'
field '.items[7] | tojson' "$(jq -cn --arg id "${id[Hundesteuer anmelden]}" '{$id, name: "Hundesteuer anmelden", short_description: "Melden Sie Ihren Hund an.",
    topic: {id: "steuern-abgaben", name: "Steuern & Abgaben"}, audience: "people", level: "low", cost_text: "kostenfrei", cost_cents: 0, online: "form", desk: "Steueramt"}')"
field '.items[10] | [.short_description, .topic, .cost_text, .cost_cents, .desk] | all(. == null)' true
field '[.items[] | .online] | group_by(.) | map("\(.[0]) \(length)") | join(", ")' 'external 4, form 1, none 7'

# --- Filters, alone and together ----------------------------------------------------------------------------------------------------
# names QUERY NAMES: what the list shows
names() { expect GET "/services$1" '' 200; field '[.items[].name] | join(", ")' "$2"; field '.total == (.items | length)' true; }
names '?topic=steuern-abgaben' 'Grundsteuer, Hundesteuer abmelden, Hundesteuer anmelden'
names '?topic=ausweise-dokumente' 'Führungszeugnis, Personalausweis'
names '?situation=haustiere' 'Hundesteuer abmelden, Hundesteuer anmelden'
names '?topic=steuern-abgaben&situation=wohnen' Grundsteuer
names '?topic=wirtschaft&audience=people' Öffentlichkeitsarbeit
names '?topic=wirtschaft&audience=organisations' 'Gewerbeanmeldung, Öffentlichkeitsarbeit'
names '?topic=steuern-abgaben&audience=organisations' Grundsteuer
names '?letter=O' 'Ofenreinigung, Öffentlichkeitsarbeit, Ölheizung'
names '?letter=A' 'ärztliche Auskunft'
names '?letter=E' Éclairpreis
names '?letter=0' '(Baumuster-) Prüfung'
names '?letter=Z' ''
names '?letter=H&topic=steuern-abgaben&situation=haustiere&audience=people' 'Hundesteuer abmelden, Hundesteuer anmelden'
names '?topic=no-such-topic' ''
names '?topic=steuern-abgaben&situation=no-such-situation' ''

# --- Page by page ---------------------------------------------------------------------------------------------------------------------
# pages QUERY: follows next_cursor to the end; the names of all pages, those of each page in brackets
pages() {
    local cursor='' all=''
    while :; do
        call GET "/services?limit=5${1:+&$1}${cursor:+&cursor=$cursor}"
        all+="[$(value '[.items[].name] | join(",")')]"
        cursor=$(value '.next_cursor // ""')
        [ -n "$cursor" ] || break
    done
    echo "$all"
}
is 'pages hold each service once, in order' "$(pages)" '[(Baumuster-) Prüfung,ärztliche Auskunft,Éclairpreis,Führungszeugnis,Gewerbeanmeldung][Grundsteuer,Hundesteuer abmelden,Hundesteuer anmelden,Ofenreinigung,Öffentlichkeitsarbeit][Ölheizung,Personalausweis]'
expect GET '/services?limit=3&topic=steuern-abgaben' '' 200
field .next_cursor null
expect GET '/services?limit=2&topic=steuern-abgaben&letter=H' '' 200
field .next_cursor null
expect GET '/services?limit=2&topic=steuern-abgaben' '' 200
field .total 3
cursor=$(value .next_cursor)
header Link "</api/v1/services?topic=steuern-abgaben&cursor=$cursor&limit=2>; rel=\"next\""
expect GET "$origin$(sed -nE 's/^link: <(.*)>.*/\1/Ip' "$head")" '' 200
field '[.items[].name] | join(", ")' 'Hundesteuer anmelden'
field .total 3
field .next_cursor null

# Pages stay as they are while services come and go.
expect GET '/services?limit=1&letter=G' '' 200
cursor=$(value .next_cursor)
add_service Aaaa; add_service Gaststätte
expect GET "/services?limit=1&letter=G&cursor=$cursor" '' 200
field '.items[0].name' Grundsteuer
sql "update service set withdrawn_at = clock() where name = 'Gewerbeanmeldung'" # the one that the cursor names
expect GET "/services?limit=1&letter=G&cursor=$cursor" '' 200
field '.items[0].name' Grundsteuer
sql "delete from service where name in ('Aaaa', 'Gaststätte')"
sql "update service set withdrawn_at = null where name = 'Gewerbeanmeldung'"
# Of services with the same name none is lost between two pages.
for _ in 1 2 3; do add_service Zwilling; done
is 'services of the same name are told apart' "$(for limit in 1 2; do
    expect GET "/services?letter=Z&limit=$limit" '' 200 >&2; first=$(value '[.items[].id] | join(" ")')
    call GET "/services?letter=Z&limit=3&cursor=$(value .next_cursor)"; echo "$first $(value '[.items[].id] | join(" ")')" | xargs -n1 | sort -u | wc -l; done 2>/dev/null | xargs)" '3 3'
sql "delete from service where name = 'Zwilling'"

# --- What a list refuses --------------------------------------------------------------------------------------------------------------
refused() { expect GET "/services?$1" '' 400; faults "$2"; }
expect GET '/services?limit=2' '' 200
cursor=$(value .next_cursor)
refused "limit=2&topic=wirtschaft&cursor=$cursor" 'cursor wrong'
refused "limit=2&letter=H&cursor=$cursor" 'cursor wrong'
refused "limit=2&audience=people&cursor=$cursor" 'cursor wrong'
expect GET "/services?limit=7&cursor=$cursor" '' 200
refused "cursor=${cursor/????????./00000000.}" 'cursor wrong'
refused "cursor=${cursor%????}beef" 'cursor outdated'
refused "cursor=${cursor%?}" 'cursor format'
refused "cursor=x$cursor" 'cursor format'
refused "cursor=${cursor#*.}" 'cursor format'
refused 'cursor=' 'cursor length'
refused "cursor=%27%20or%201%3D1--" 'cursor format'
refused "cursor=$(printf 'a%.0s' {1..81})" 'cursor length'
for limit in 0 101 -1 99999999999999999999; do refused "limit=$limit" 'limit range'; done
for limit in '' x 1.5 1e1 ' 5' 0x5; do refused "limit=${limit// /%20}" 'limit type'; done
for slug in Steuern 'steuern_abgaben' 'steuern--abgaben' '-a' 'a-' 'steuern%20abgaben' '%C3%A4' "a'--" 'a%0a'; do
    refused "topic=$slug" 'topic format'
    refused "situation=$slug" 'situation format'
done
refused 'topic=' 'topic length'
refused "topic=$(printf 'a%.0s' {1..401})" 'topic length'
refused 'audience=both' 'audience not_allowed'
refused 'audience=' 'audience not_allowed'
for letter in a 1 '%C3%84' '%25' '_'; do refused "letter=$letter" 'letter format'; done
refused 'letter=AB' 'letter length'
refused 'sort=name' 'sort unknown'
refused 'limit=0&letter=ab&topic=X&audience=x&situation=Y&sort=1&cursor=1' 'audience not_allowed, cursor format, letter length, limit range, situation format, sort unknown, topic format'
expect GET '/services?letter=A&letter=B' '' 400
expect POST /services '{}' 405
header Allow GET

# --- The overview ---------------------------------------------------------------------------------------------------------------------
expect GET /service-topics '' 200
field .total 12
field '[.items[] | "\(.name) \(.services)"] | join(", ")' 'Ausweise & Dokumente 2, Steuern & Abgaben 3, Wirtschaft 2'
field '.items[1] | tojson' '{"id":"steuern-abgaben","name":"Steuern & Abgaben","services":3,"situations":[{"id":"haustiere","name":"Haustiere","services":2},{"id":"wohnen","name":"Wohnen","services":1}]}'
field '.items[0].situations | tojson' '[]'
field '[.letters[] | "\(.letter)\(.services)"] | join(" ")' 'A1 E1 F1 G2 H2 O3 P1 01'
field '([.letters[].services] | add) == .total' true
for topic in $(value '.items[].id'); do
    wanted=$(jq --arg id "$topic" '.items[] | select(.id == $id).services' "$body")
    call GET "/services?topic=$topic"
    is "the overview and the list agree about $topic" "$(value .total)" "$wanted"
    call GET /service-topics
done
expect GET '/service-topics?topic=x' '' 400
faults 'topic unknown'

# --- One service ------------------------------------------------------------------------------------------------------------------------
dog=${id[Hundesteuer anmelden]} tax=${id[Grundsteuer]}
expect GET "/services/$dog" '' 200
field 'del(.leika_key, .changed_at) | tojson' "$(jq -cn --arg id "$dog" '{$id, name: "Hundesteuer anmelden", short_description: "Melden Sie Ihren Hund an.",
    description: "Wer einen Hund hält, meldet ihn an.", service_group: "Hundesteuer", topic: {id: "steuern-abgaben", name: "Steuern & Abgaben"},
    situation: {id: "haustiere", name: "Haustiere"}, legal_basis: "§ 3 KAG", cost_text: "kostenfrei", cost_cents: 0, level: "low", audience: "people",
    approval: "automatic", other_states: false, roles: [], online: "form", url: null, form_version: 1,
    desk: {name: "Steueramt", email: "amt@stadt.example", phone: null, address: null, opening_hours: null, url: null}}')"
field '.leika_key | test("^own-[0-9a-f]{16}$")' true
expect GET "/services/${id[Gewerbeanmeldung]}" '' 200
field '[.url, .approval, .audience, .other_states, .form_version, (.roles | join("+"))] | tojson' '["https://gewerbe.example/","desk","organisations",true,null,"bearbeiten+lesen"]'
expect GET "/services/${id[Ofenreinigung]}" '' 200
field '[.short_description, .description, .topic, .situation, .legal_basis, .cost_text, .cost_cents, .url, .form_version, .desk] | all(. == null)' true
field .online none

expect GET "/services/${id[Zurückgezogen]}" '' 404
field .type not_found
header Cache-Control no-store
expect GET /services/00000000-0000-4000-8000-000000000000 '' 404
for bad in 1 x "${dog}0" "${dog%?}" "%7B$dog%7D" "'--" '%00'; do expect GET "/services/$bad" '' 400; done
expect GET /services/ '' 404
expect GET "/services/$dog/more" '' 404
expect GET "/services/$dog?full=1" '' 400
faults 'full unknown'
for method in PUT PATCH DELETE POST; do expect "$method" "/services/$dog" '' 405; done

# --- Its form ---------------------------------------------------------------------------------------------------------------------------
expect GET "/services/$dog/form" '' 200
field .version 1
field '.schema | tojson' "$(jq -c . <<<"$dog_form")"
expect GET "/services/$tax/form" '' 404
expect GET "/services/${id[Zurückgezogen]}/form" '' 404
expect GET /services/00000000-0000-4000-8000-000000000000/form '' 404
expect GET /services/x/form '' 400
# The order of the fields is the order of the page.
add_form "$dog" '{"type": "object", "properties": {"zebra": {}, "alpaca": {}, "monkey": {}}}'
expect GET "/services/$dog/form" '' 200
field .version 2
field '.schema.properties | keys_unsorted | join(" ")' 'zebra alpaca monkey'
expect GET "/services/$dog" '' 200
field .form_version 2

# --- Kept for a minute, and asked again by ETag -----------------------------------------------------------------------------------------
# kept PATH CHANGE: may be kept; 304 while it is true, a new content after the change
kept() {
    local tag
    expect GET "$1" '' 200
    header Cache-Control 'public, max-age=60'
    tag=$(sed -nE 's/^etag: *//Ip' "$head")
    holds "... its ETag $tag is one" grep -qE '^"[0-9a-f]+"$' <<<"$tag"
    for sent in "$tag" "W/$tag" "\"x\", $tag" '*'; do
        expect GET "$1" '' 304 -H "If-None-Match: $sent"
        is '... and has no body' "$(wc -c <"$body")" 0
        header ETag "$tag"
        header Cache-Control 'public, max-age=60'
    done
    for sent in "${tag%?}" '""' x "${tag//\"/}" "$(printf '"%02000d"' 0)"; do expect GET "$1" '' 200 -H "If-None-Match: $sent"; done
    sql "$2"
    expect GET "$1" '' 200 -H "If-None-Match: $tag"
    holds '... the content has a new ETag' test "$(sed -nE 's/^etag: *//Ip' "$head")" != "$tag"
}
kept /services "update service set cost_text = 'frei' where id = '$dog'"
kept '/services?letter=H&limit=1' "update service set cost_text = '1 Euro' where name = 'Hundesteuer abmelden'"
kept "/services/$dog" "update service_desk set phone = '+49 3641 1' where name = 'Steueramt'"
kept "/services/$dog/form" "with f as (insert into service_form (service_id, version, schema) values ('$dog', 3, '{}')) update service set form_version = 3 where id = '$dog'"
kept /service-topics "update service set topic_id = 'wirtschaft' where id = '$dog'"
# A service that has gone is no 304.
expect GET "/services/$tax" '' 200
tag=$(sed -nE 's/^etag: *//Ip' "$head")
sql "update service set withdrawn_at = clock() where id = '$tax'"
expect GET "/services/$tax" '' 404 -H "If-None-Match: $tag"

# A token changes nothing, whether it is valid or not: this is the same for everyone.
expect GET "/services/$dog" '' 200 -H 'Authorization: Bearer no.token.here'

done_testing
