#!/usr/bin/env bash
# The catalogue of the demonstration (db/fixtures/catalogue): all of it is taken, twice, and each of its forms can be filled in.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"

rows=$(/usr/bin/python3 -c 'import csv, sys; print(len(list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))))' "$demo_catalogue/services.csv")
words=$(($(wc -l <"$demo_catalogue/synonyms.csv") - 1))
holds 'people and desks are loaded' load_demo_people
holds '... a second time too' load_demo_people

for form in "$demo_catalogue"/forms/*.json; do
    holds "$(basename "$form") is a form" operator_says catalogue check-form "$form"
done

# --- Import -------------------------------------------------------------------------------------------------------------------------
holds 'every row is taken, in the strict way' operator_says catalogue import "$demo_catalogue/services.csv" --catalogue demo --strict
version=$(sql 'select version from catalogue_state')
holds '... a second time too' operator_says catalogue import "$demo_catalogue/services.csv" --catalogue demo --strict
is '... which changes nothing' "$(sql 'select version from catalogue_state')" "$version"
expect GET '/services?limit=100' '' 200
field .total "$rows"
field '[.items[] | .level] | unique | join(" ")' 'high low substantial'
field '[.items[] | .audience] | unique | join(" ")' 'both organisations people'
field '[.items[] | .online] | unique | join(" ")' 'external form none'
field '[.items[] | select(.short_description == null or .cost_text == null or .topic == null)] | length' 0
expect GET /service-topics '' 200
field .total "$rows"

# --- Forms --------------------------------------------------------------------------------------------------------------------------
# form_id FILE: the service that has it
form_id() { sql "select id from service join service_form f on f.service_id = service.id where f.schema ->> 'title' = $(sql_text "$(jq -r .title "$1")")"; }
for form in "$demo_catalogue"/forms/*.json; do
    expect GET "/services/$(form_id "$form")/form" '' 200
    is '... as the file has it, in its order' "$(jq -c .schema "$body")" "$(jq -c . "$form")"
done

# --- Words --------------------------------------------------------------------------------------------------------------------------
holds 'every word is taken' operator_says catalogue synonyms "$demo_catalogue/synonyms.csv"
holds '... and counted' grep -qw "$words" "$work/said"

# --- Requests -----------------------------------------------------------------------------------------------------------------------
# tests/data/demo_requests.json holds an answer to each form; FILE and FILE2 stand for what was uploaded.
answers=$root/tests/data/demo_requests.json
pdf=$work/Nachweis.pdf
printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n' >"$pdf"
login jonas.feld@demo.example Demo-Zugang-26
for form in "$demo_catalogue"/forms/*.json; do
    name=$(basename "$form" .json) draft=/services/$(form_id "$form")/draft
    for file in FILE FILE2; do
        jq -c --arg name "$name" '.[$name] | .. | strings' "$answers" | grep -qx "\"$file\"" || { declare "$file="; continue; }
        expect POST "$draft/files?name=Nachweis.pdf" "" 201 -H "Content-Type: application/octet-stream" --data-binary "@$pdf"
        declare "$file=$(value .id)"
    done
    call GET "$draft"
    version=$(sed -nE 's/^ETag: *//Ip' "$head")
    expect PUT "$draft" "$(jq -c --arg name "$name" --arg one "$FILE" --arg two "$FILE2" --argjson version "$(value .form_version)" \
        '{form_version: $version, data: (.[$name] | walk(if . == "FILE" then $one elif . == "FILE2" then $two else . end))}' "$answers")" 200 -H "If-Match: $version"
    version=$(sed -nE 's/^ETag: *//Ip' "$head")
    expect POST "${draft%/draft}/requests" '' 201 -H "If-Match: $version"
done
number=$(value .number)

login nele.brandt@demo.example Demo-Zugang-26
expect GET /desk/requests '' 200
field '.items | length' 6
expect GET "/desk/requests?q=$number" '' 200
request=/desk/requests/$(value '.items[0].id')
expect GET "$request" '' 200
expect POST "$request/states" '{"state": "completed", "text": "Erledigt."}' 200 -H "If-Match: $(sed -nE 's/^ETag: *//Ip' "$head")"

done_testing
