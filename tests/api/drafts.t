#!/usr/bin/env bash
# Drafts: what is typed into a form is kept on the server, until it is sent or thrown away.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"
. "$(dirname "$0")/../lib/requests.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate other@people.example "$password"
add_dog_service
dog=$service draft=/services/$service/draft
login mara@people.example "$password"

# --- Nothing saved: the profile fills in what it knows -----------------------------------------------------------------------------------
expect GET "$draft" '' 200
header ETag '"0"'
header Cache-Control no-store
field '[.saved, .form_changed, .changed_at, .form_version, .service.name] | tojson' '[false,false,null,1,"Hund anmelden"]'
field '.data | tojson' '{"person":{"first_name":"Mara","last_name":"Vogt"}}'
field '.prefilled | tojson' '["data.person.first_name","data.person.last_name"]'
field '[.left_over, .files] | tojson' '[[],[]]'
is 'reading saves nothing' "$(sql 'select count(*) from request_draft')" 0
expect PATCH /me '{"address": {"street": "Lindenweg", "house_number": "12", "postal_code": "07743", "town": "Jena"}}' 200 -H 'If-Match: "1"'
expect GET "$draft" '' 200
field '.data.person.address.street' Lindenweg
field '.prefilled | last' data.person.address

# --- Saving ------------------------------------------------------------------------------------------------------------------------------
save "$dog" '{"dog": {"name": "Bello", "weight": 0.1}}' '"0"' 200
header ETag '"1"'
field '[.saved, (.changed_at != null), .data, .prefilled] | tojson' '[true,true,{"dog":{"name":"Bello","weight":0.1}},[]]'
save "$dog" '{"dog": {"name": "Waldi"}}' '"1"' 200
header ETag '"2"'
expect GET "$draft" '' 200
header ETag '"2"'
field '.data | tojson' '{"dog":{"name":"Waldi"}}'
save "$dog" '{}' '"2"' 200
save "$dog" "$(answers)" '"3"' 200
field '.data.person.address.town' Jena
# What is incomplete, out of bounds or not consented to yet is fine in a draft.
save "$dog" '{"dog": {"name": "", "weight": 1000, "since": "2099-01-01"}, "person": {"children": [{}]}}' '"4"' 200

# --- Another window ------------------------------------------------------------------------------------------------------------------------
for etag in '"0"' '"4"' '"6"' '"999"'; do
    save "$dog" '{}' "$etag" 412
    field .type precondition_failed
done
expect PUT "$draft" '{"form_version": 1, "data": {}}' 428
is 'of saves side by side one is taken' "$(for n in 1 2 3 4 5 6; do echo "$n"; done | xargs -P 6 -I SIDE curl -sS -o /dev/null -w '%{http_code}\n' -X PUT "$api$draft" \
    -H 'Content-Type: application/json' -H "Authorization: Bearer $token" -H 'If-Match: "5"' -d '{"form_version": 1, "data": {"dog": {"name": "SIDE"}}}' | sort | xargs)" '200 412 412 412 412 412'
expect DELETE "$draft" '' 204
is 'of first saves side by side one is taken' "$(for n in 1 2 3 4 5 6; do echo "$n"; done | xargs -P 6 -I SIDE curl -sS -o /dev/null -w '%{http_code}\n' -X PUT "$api$draft" \
    -H 'Content-Type: application/json' -H "Authorization: Bearer $token" -H 'If-Match: "0"' -d '{"form_version": 1, "data": {"dog": {"name": "SIDE"}}}' | sort | xargs)" '200 412 412 412 412 412'

# --- What the form does not know, and types that do not fit --------------------------------------------------------------------------------
save "$dog" '{"dog": {"age": 3}, "cat": {}, "person": {"children": [{"name": "Anna", "shoe": 1}]}}' '"1"' 400
faults 'data.cat unknown, data.dog.age unknown, data.person.children[0].shoe unknown'
save "$dog" '{"dog": {"name": 3, "breed": "cat", "weight": "heavy", "traits": "shelter"}, "person": {"children_there": "yes", "address": "here"}, "proof": {"chip": 1}}' '"1"' 400
field '[.errors[].field] | contains(["data.dog.name", "data.dog.weight", "data.dog.traits", "data.person.children_there", "data.person.address", "data.proof.chip"])' true # each with its place
save "$dog" '{"dog": {"name": null}}' '"1"' 400
save "$dog" '{"dog": []}' '"1"' 400
for text in '{}' '{"form_version": 1}' '{"form_version": "1", "data": {}}' '{"form_version": 1, "data": []}' '{"form_version": 1, "data": null}' '{"form_version": 0, "data": {}}' \
    '{"form_version": 1, "data": {}, "more": 1}'; do
    expect PUT "$draft" "$text" 400 -H 'If-Match: "1"'
done
expect PUT "$draft" '{"form_version": 1, "data": {"dog": {"name": "a\u0000b"}}}' 400 -H 'If-Match: "1"'
expect PUT "$draft" '{"form_version": 1, "data": {"dog": {"name": "a", "name": "b"}}}' 400 -H 'If-Match: "1"'
expect PUT "$draft" "{\"form_version\": 1, \"data\": {\"dog\": {\"remark\": \"$(head -c 70000 /dev/zero | tr '\0' x)\"}}}" 413 -H 'If-Match: "1"'
expect GET "$draft" '' 200
header ETag '"1"'

# --- It is one's own -----------------------------------------------------------------------------------------------------------------------
login other@people.example "$password"
expect GET "$draft" '' 200
header ETag '"0"'
field .data.dog null
save "$dog" '{"dog": {"name": "Hasso"}}' '"0"' 200
expect DELETE "$draft" '' 204
login mara@people.example "$password"
expect GET "$draft" '' 200
field .saved true
expect GET '/requests' '' 200
field '[.drafts[] | .service.name] | tojson' '["Hund anmelden"]'
token=''
expect GET "$draft" '' 401
login mara@people.example "$password"

# --- The form changes under a draft --------------------------------------------------------------------------------------------------------
make_files
upload "$draft/files" Chip.pdf "$work/a.pdf" 201
file=$(value .id)
expect GET "$draft" '' 200
etag=$(sed -nE 's/^ETag: *//Ip' "$head")
save "$dog" "$(answers ".proof.chip = \"$file\" | .dog.remark = \"schläft viel\"")" "$etag" 200
etag=$(sed -nE 's/^ETag: *//Ip' "$head")
add_form "$dog" "$(jq -c 'del(.properties.dog.properties.remark, .properties.proof) | .required = ["person", "dog"] | .properties.dog.properties.size.oneOf = [{const: "tall", title: "Hoch"}]
    | .properties.dog.properties.colour = {type: "string", title: "Farbe", maxLength: 40}' <<<"$all_kinds")"
save "$dog" '{}' "$etag" 409
field .type form_changed
expect GET "$draft" '' 200
header ETag "$etag"
field '[.saved, .form_changed, .form_version] | tojson' '[true,true,2]'
field '[.data.dog.name, .data.dog.size, .data.dog.remark, .data.proof] | tojson' '["Bello",null,null,null]'
field '[.left_over[].title] | sort == (["Bemerkung", "Größe", "Ich halte meinen Hund nach den Regeln des Tierschutzes.", "Nachweis des Mikrochips"] | sort)' true # what has no place is told by its title
field '.left_over[] | select(.title == "Bemerkung").value' 'schläft viel'
field '.left_over[] | select(.title == "Größe").value' 'Bis 40 cm'
field '.left_over[] | select(.title == "Nachweis des Mikrochips").value' 'Chip.pdf'
expect GET "$draft" '' 200
field '.left_over | length == 4' true # and is there as long as nothing is saved
form_version=2 save "$dog" "$(jq -c .data "$body")" "$etag" 200
field '[.form_changed, .left_over, .data.dog.name] | tojson' '[false,[],"Bello"]'
form_version=1 save "$dog" '{}' "$(draft_etag "$dog")" 409
form_version=3 save "$dog" '{}' "$(draft_etag "$dog")" 409

# --- A service that is withdrawn keeps its drafts ------------------------------------------------------------------------------------------
sql "update service set withdrawn_at = clock() where id = '$dog'"
expect GET "$draft" '' 200
field '[.service.name, .data.dog.name] | tojson' '["Hund anmelden","Bello"]'
form_version=2 save "$dog" '{}' "$(draft_etag "$dog")" 404
expect GET /requests '' 200
field '.drafts | length' 1
expect DELETE "$draft" '' 204
expect DELETE "$draft" '' 404
expect GET "$draft" '' 404
sql "update service set withdrawn_at = null where id = '$dog'"
expect DELETE "$draft" '' 204

# --- Services without a form, and none at all -----------------------------------------------------------------------------------------------
add_service Ausweis url=https://ausweis.example/
for none in "$service" 00000000-0000-4000-8000-00000000000f; do
    expect GET "/services/$none/draft" '' 404
    expect DELETE "/services/$none/draft" '' 404
    save "$none" '{}' '"0"' 404
    upload "/services/$none/draft/files" a.pdf "$work/a.pdf" 404
done
expect GET /services/x/draft '' 400

# --- What an account takes along -------------------------------------------------------------------------------------------------------------
form_version=2 save "$dog" '{"dog": {"name": "Bello"}}' '"0"' 200
upload "$draft/files" a.png "$work/a.png" 201
expect GET /me/export '' 200
field '.drafts | map([.service.name, .data.dog.name, .files[0].name]) | tojson' '[["Hund anmelden","Bello","a.png"]]'
field '.requests | tojson' '[]'
expect DELETE /me "{\"password\": \"$password\"}" 204
is 'nothing of a draft outlives its account' "$(sql 'select (select count(*) from request_draft), (select count(*) from file), (select count(*) from file_chunk)')" '0|0|0'

done_testing
