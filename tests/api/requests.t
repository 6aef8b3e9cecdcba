#!/usr/bin/env bash
# Requests: from a draft to a number, one's own list, and withdrawing.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"
. "$(dirname "$0")/../lib/requests.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate other@people.example "$password"
sql "update account set language = 'en' where email = 'other@people.example'"
add_dog_service
dog=$service draft=/services/$service/draft
sql "update service_desk set phone = '+49 3641 1', email = 'steuer@stadt.example'"
make_files
login mara@people.example "$password"

# --- Nothing to send ----------------------------------------------------------------------------------------------------------------------
expect POST "/services/$dog/requests" '' 428
expect POST "/services/$dog/requests" '' 404 -H 'If-Match: "0"'
expect POST "/services/$dog/requests" '' 412 -H 'If-Match: "1"'
expect GET /requests '' 200
field 'tojson' '{"items":[],"drafts":[],"next_cursor":null}'

# --- All faults at once ---------------------------------------------------------------------------------------------------------------------
save "$dog" "$(answers 'del(.person.last_name, .dog.size, .proof) | .dog.weight = 1000 | .dog.since = "2099-01-01" | .person.children = [{}]')" '"0"' 200
expect POST "/services/$dog/requests" '' 400 -H 'If-Match: "1"'
field .type bad_input
field '[.errors[] | "\(.field) \(.code)"] | [index("data.person.last_name missing"), index("data.dog.size missing"), index("data.dog.weight range"), index("data.dog.since range"),
    index("data.person.children[0].name missing"), index("data.proof.chip missing")] | all' true
is 'nothing was sent' "$(sql 'select (select count(*) from request), (select count(*) from request_draft), (select count(*) from outbox where kind like $$request%$$)')" '0|1|0'
# A file that is not there, of another draft, or in another's
save "$dog" "$(answers '.proof.chip = "00000000-0000-4000-8000-000000000000"')" '"1"' 200
expect POST "/services/$dog/requests" '' 400 -H 'If-Match: "2"'
faults 'data.proof.chip missing'
login other@people.example "$password"
upload "$draft/files" fremd.pdf "$work/a.pdf" 201
foreign=$(value .id)
login mara@people.example "$password"
save "$dog" "$(answers ".proof.chip = \"$foreign\"")" '"2"' 200
expect POST "/services/$dog/requests" '' 400 -H 'If-Match: "3"'
faults 'data.proof.chip missing'

# --- Sent -------------------------------------------------------------------------------------------------------------------------------------
upload "$draft/files" Chip.pdf "$work/a.pdf" 201
chip=$(value .id)
upload "$draft/files" doch-nicht.png "$work/a.png" 201
left=$(value .id)
upload "$draft/files" Impfung.jpg "$work/a.jpg" 201
other=$(value .id)
save "$dog" "$(answers ".proof.chip = \"$chip\" | .proof.others = [\"$other\"] | .dog.name = \"Bello ▲ <b>\"")" "$(draft_etag "$dog")" 200
etag=$(sed -nE 's/^ETag: *//Ip' "$head")
expect POST "/services/$dog/requests" '' 412 -H 'If-Match: "1"'
expect POST "/services/$dog/requests" '{}' 400 -H "If-Match: $etag"
expect POST "/services/$dog/requests" '' 201 -H "If-Match: $etag"
header ETag '"1"'
request=$(value .id) number=$(value .number)
field '.number | test("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")' true
field '[.state, .service.name, .desk, .may_withdraw, .data.dog.name] | tojson' \
    '["submitted","Hund anmelden",{"name":"Steueramt","email":"steuer@stadt.example","phone":"+49 3641 1"},true,"Bello ▲ <b>"]'
field '.form.properties | keys_unsorted | tojson' '["person","dog","proof"]'
field '[.files[].name] | tojson' '["Chip.pdf","Impfung.jpg"]'
field '.events | map([.state, .text, .by]) | tojson' '[["submitted",null,"owner"]]'
sent=$(jq -S . "$body")
expect GET "/requests/$request" '' 200
header ETag '"1"'
header Cache-Control no-store
is 'it is read as it was answered' "$(jq -S . "$body")" "$sent"
expect GET "$draft" '' 200
header ETag '"0"'
field '[.saved, .files] | tojson' '[false,[]]'
is 'a file that no answer names is gone' "$(sql "select count(*) from file where id = '$left'")" 0
expect GET "/requests/$request/files/$chip" '' 200
header Content-Type application/pdf
holds '... and it is the file that was sent' cmp "$work/a.pdf" "$body"
expect GET "/requests/$request/pdf" '' 200
header Content-Type application/pdf
header Cache-Control no-store
header Content-Disposition "attachment; filename=\"$number.pdf\"; filename*=UTF-8''$number.pdf"
is '... a document' "$(head -c 5 "$body")" '%PDF-'
expect GET "$draft/files/$chip" '' 404
expect GET "/requests/$request/files/$left" '' 404
expect GET "/requests/$request/files/x" '' 400
expect POST "/services/$dog/requests" '' 412 -H "If-Match: $etag"
is 'what was sent keeps the level of the session' "$(sql 'select level from request')" low

# --- Who is told ------------------------------------------------------------------------------------------------------------------------------
mail_about mara@people.example "$number" >"$body"
holds 'the person gets the number by mail' grep -q "^Subject: Ihr Antrag $number ist eingereicht" "$body"
holds '... and the way to it' grep -qF "$origin/requests/$request" "$body"
holds '... without an answer' sh -c "! grep -q Bello '$body'"
mail_about steuer@stadt.example "$number" >"$body"
holds 'the desk gets one too' grep -q "^Subject: Neue Anfrage $number: Hund anmelden" "$body"
holds '... with the way to the request' grep -qF "$origin/desk/requests/$request" "$body"
holds '... and nothing of the person' sh -c "! grep -q 'Vogt\|mara\|Bello' '$body'"
expect GET /me/activity '' 200
field '.items[0] | [.event, .by, .new.number, .new.service] | tojson' "[\"request_submitted\",\"owner\",\"$number\",\"Hund anmelden\"]"
expect GET /me/export '' 200
field '.requests | map([.number, .state, .data.dog.breed, (.files | length), (.events | length)]) | tojson' "[[\"$number\",\"submitted\",\"poodle\",2,1]]"

# --- Side by side -------------------------------------------------------------------------------------------------------------------------------
# many COUNT curl args: statuses of one call made that many times at once, sorted
many() { seq "$1" | xargs -P 16 -I SIDE curl -sS -o /dev/null -w '%{http_code}\n' -H "Authorization: Bearer $token" "${@:2}" | sort | xargs; }
upload "$draft/files" Chip.pdf "$work/a.pdf" 201
save "$dog" "$(answers ".proof.chip = \"$(value .id)\"")" '"1"' 200
is 'of six that send one does' "$(many 6 -X POST -H 'If-Match: "2"' "$api/services/$dog/requests")" '201 412 412 412 412 412'
is 'there is one request more' "$(sql 'select count(*) from request')" 2
is 'and mails for one more' "$(sql "select count(*) from outbox where kind = 'request_submitted'")" 2
for round in 1 2 3; do
    upload "$draft/files" Chip.pdf "$work/a.pdf" 201
    save "$dog" "$(answers ".proof.chip = \"$(value .id)\"")" '"1"' 200
    before=$(sql 'select count(*) from request')
    jq -cn --argjson data "$(answers)" '{form_version: 1, data: $data}' >"$work/late"
    many 3 -X PUT -H 'Content-Type: application/json' -H 'If-Match: "2"' -d "@$work/late" "$api$draft" >"$work/saves" &
    sends=$(many 3 -X POST -H 'If-Match: "2"' "$api/services/$dog/requests")
    wait %% 2>/dev/null
    is "saving against sending, round $round: one of them wins ($sends; $(cat "$work/saves"))" "$(echo "$sends $(cat "$work/saves")" | grep -oE '20[01]' | wc -l)" 1
    is '... and a draft is there or a request, not both' "$(sql "select (select count(*) from request_draft d join account a on a.id = d.account_id where a.email = 'mara@people.example') + (select count(*) from request)")" $((before + 1))
    expect DELETE "$draft" '' 204
done

# --- One's own list -------------------------------------------------------------------------------------------------------------------------------
sql 'delete from request'
for n in 1 2 3 4 5; do shift_clock "$n seconds"; submit "$dog" ".dog.name = \"Hund $n\""; numbers[n]=$number ids[n]=$request; done
save "$dog" '{"dog": {"name": "Entwurf"}}' '"0"' 200
expect GET '/requests?limit=2' '' 200
field '[.items[].number] | tojson' "[\"${numbers[5]}\",\"${numbers[4]}\"]"
field '.drafts | map(.service.name) | tojson' '["Hund anmelden"]'
next=$(value .next_cursor)
header Link "</api/v1/requests?cursor=$next&limit=2>; rel=\"next\""
shift_clock '6 seconds'
submit "$dog" # what is new does not move the pages
expect GET "/requests?limit=2&cursor=$next" '' 200
field '[.items[].number] | tojson' "[\"${numbers[3]}\",\"${numbers[2]}\"]"
field '.drafts | tojson' '[]'
expect GET "/requests?limit=2&cursor=$(value .next_cursor)" '' 200
field '[[.items[].number], .next_cursor] | tojson' "[[\"${numbers[1]}\"],null]"
header Link ''
expect GET '/requests?state=withdrawn' '' 200
field '[.items, .drafts] | tojson' '[[],[]]'
expect GET '/requests?state=submitted&limit=1' '' 200
header Link "</api/v1/requests?state=submitted&cursor=$(value .next_cursor)&limit=1>; rel=\"next\""
for query in state=lost limit=0 limit=101 limit=x cursor=x "cursor=$dog" more=1; do expect GET "/requests?$query" '' 400; done

# --- Withdrawing ---------------------------------------------------------------------------------------------------------------------------------
request=${ids[5]} number=${numbers[5]}
expect POST "/requests/$request/withdrawal" '' 428
expect POST "/requests/$request/withdrawal" '' 412 -H 'If-Match: "2"'
is 'of six that withdraw one does' "$(many 6 -X POST -H 'If-Match: "1"' "$api/requests/$request/withdrawal")" '200 412 412 412 412 412'
expect GET "/requests/$request" '' 200
header ETag '"2"'
field '[.state, .may_withdraw, (.events | map(.state))] | tojson' '["withdrawn",false,["submitted","withdrawn"]]'
expect POST "/requests/$request/withdrawal" '' 409 -H 'If-Match: "2"'
field .type conflict
expect GET '/requests?state=withdrawn' '' 200
field '[.items[].number] | tojson' "[\"$number\"]"
expect GET /me/activity '' 200
field '.items[0] | [.event, .new.number] | tojson' "[\"request_withdrawn\",\"$number\"]"
expect POST "/requests/${ids[4]}/withdrawal" '' 200 -H 'If-Match: "1"'
field .state withdrawn

# --- It is one's own -----------------------------------------------------------------------------------------------------------------------------
login other@people.example "$password"
expect GET "/requests/${ids[1]}" '' 404
expect GET "/requests/${ids[1]}/files/$chip" '' 404
expect GET "/requests/${ids[1]}/pdf" '' 404
expect POST "/requests/${ids[1]}/withdrawal" '' 404 -H 'If-Match: "1"'
expect GET "/requests?cursor=${ids[1]}" '' 400
expect GET /requests/00000000-0000-4000-8000-000000000000 '' 404
expect GET /requests/x '' 400
expect DELETE "$draft" '' 204
submit "$dog"
theirs=$number
mail_about other@people.example "$theirs" >"$body"
holds 'mails are in the language of the account' grep -q "^Subject: Your request $theirs has been sent" "$body"

# --- What has to come first -----------------------------------------------------------------------------------------------------------------------
add_dog_service Waffenschein
save "$service" "$(answers)" '"0"' 200
sql "update service set level = 'substantial' where id = '$service'"
expect POST "/services/$service/requests" '' 403 -H 'If-Match: "1"'
field .type not_ready
sql "update service set level = 'low', audience = 'organisations' where id = '$service'"
expect POST "/services/$service/requests" '' 403 -H 'If-Match: "1"'
sql "update service set audience = 'both', desk_id = null where id = '$service'"
expect POST "/services/$service/requests" '' 409 -H 'If-Match: "1"'
field .type conflict
sql "update service set desk_id = (select id from service_desk limit 1) where id = '$service'"
add_form "$service" "$all_kinds"
expect POST "/services/$service/requests" '' 409 -H 'If-Match: "1"'
field .type form_changed
sql "update service set withdrawn_at = clock() where id = '$service'"
expect POST "/services/$service/requests" '' 404 -H 'If-Match: "1"'
add_service Ausweis url=https://ausweis.example/
expect POST "/services/$service/requests" '' 404 -H 'If-Match: "0"'
expect POST /services/00000000-0000-4000-8000-00000000000f/requests '' 404 -H 'If-Match: "0"'

# --- A request outlives its service's changes and its account -------------------------------------------------------------------------------------
login mara@people.example "$password"
add_form "$dog" "$(jq -c 'del(.properties.dog) | .required = ["person", "proof"]' <<<"$all_kinds")"
sql "update service set withdrawn_at = clock() where id = '$dog'"
expect GET "/requests/${ids[1]}" '' 200
field '[.service.name, .form.properties.dog.title, .data.dog.name] | tojson' '["Hund anmelden","Ihr Hund","Hund 1"]'
expect POST "/requests/${ids[1]}/withdrawal" '' 200 -H 'If-Match: "1"'
expect DELETE /me "{\"password\": \"$password\"}" 204
is 'the request stays with its desk, tied to nobody' "$(sql "select account_id is null, state, (select count(*) from file where request_id = r.id) from request r where id = '${ids[1]}'")" 't|withdrawn|1'
is 'the trail does not name the person either' "$(sql "select count(*) from audit_event e where event like 'request_%' and exists (select 1 from account a where a.id = e.subject) = false and subject not in (select subject from audit_event where event = 'account_deleted') and new->>'number' = '${numbers[1]}' and source is not null")" 0

done_testing
