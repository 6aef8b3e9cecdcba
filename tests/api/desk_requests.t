#!/usr/bin/env bash
# What a service desk does with requests: as staff, and as a program.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"
. "$(dirname "$0")/../lib/requests.sh"

password='Sonnen-Blume-17'
for name in mara clerk reader elsewhere; do register_and_activate "$name@people.example" "$password"; done
make_files
add_dog_service
dog=$service
add_service 'Hund abmelden' desk=Steueramt && add_form "$service" "$all_kinds"
away=$service
add_service Ausweis desk=Bürgeramt && add_form "$service" "$all_kinds"
pass=$service
# staff EMAIL DESK ROLE
staff() { sql "insert into desk_staff (desk_id, account_id, role) select d.id, a.id, '$3' from service_desk d, account a where d.name = '$2' and a.email = '$1@people.example'"; }
staff clerk Steueramt clerk
staff reader Steueramt reader
staff elsewhere Bürgeramt clerk
# program NAME DESK SCOPES: sets $token to one of its own
program() {
    (run_program -- client create --name "$1" --desk "$2" --scope "$3") >"$work/client" 2>&1 || bail_out "$(cat "$work/client")"
    token=''
    call POST /oauth2/token grant_type=client_credentials -H 'Content-Type: application/x-www-form-urlencoded' \
        -u "$(sed -n 's/^client_id *//p' "$work/client"):$(sed -n 's/^client_secret *//p' "$work/client")"
    [ "$status" = 200 ] || bail_out "no token for $1: $(cat "$body")"
    token=$(value .access_token)
}

login mara@people.example "$password"
for n in 1 2 3; do shift_clock "$n seconds"; submit "$dog" ".dog.name = \"Hund $n\""; numbers[n]=$number ids[n]=$request; done
submit "$away"; numbers[4]=$number ids[4]=$request
submit "$pass"; numbers[5]=$number ids[5]=$request
expect GET /desk/requests '' 403
field .type forbidden

# --- The list ---------------------------------------------------------------------------------------------------------------------------------
login clerk@people.example "$password"
expect GET /desk/requests '' 200
field '[.items[].number] | tojson' "[\"${numbers[4]}\",\"${numbers[3]}\",\"${numbers[2]}\",\"${numbers[1]}\"]"
field '.items[3] | [.id, .service.name, .desk.name, .state, .person] | tojson' "[\"${ids[1]}\",\"Hund anmelden\",\"Steueramt\",\"submitted\",\"Mara Vogt\"]"
field '.counts | tojson' '{"submitted":4,"received":0,"processing":0,"action_required":0,"completed":0,"withdrawn":0}'
expect GET "/desk/requests?service_id=$away" '' 200
field '[[.items[].number], .counts.submitted] | tojson' "[[\"${numbers[4]}\"],1]"
expect GET '/desk/requests?q=ABMELD' '' 200
field '[.items[].number] | tojson' "[\"${numbers[4]}\"]"
part=$(tr -d - <<<"${numbers[2]}")
for q in "${numbers[2]}" "${numbers[2],,}" "$part" "${part:0:6}" "$(tr 01 OI <<<"$part")" "${part:0:2}%20${part:2}"; do
    expect GET "/desk/requests?q=$q" '' 200
    field '[.items[].number] | index("'"${numbers[2]}"'") != null' true
done
for q in _ '%25' '%27' '%5C' "';--" 'x%22%3Cb%3E' '%F0%9F%90%95' -; do expect GET "/desk/requests?q=$q" '' 200; done
expect GET '/desk/requests?q=%25' '' 200
field '.items | tojson' '[]'
expect GET '/desk/requests?limit=3' '' 200
next=$(value .next_cursor)
header Link "</api/v1/desk/requests?cursor=$next&limit=3>; rel=\"next\""
expect GET "/desk/requests?limit=3&cursor=$next" '' 200
field '[[.items[].number], .next_cursor, .counts.submitted] | tojson' "[[\"${numbers[1]}\"],null,4]"
expect GET '/desk/requests?q=Hund%20%26&limit=1' '' 200
expect GET '/desk/requests?q=Hund%20a&state=submitted&limit=1' '' 200
header Link "</api/v1/desk/requests?state=submitted&q=Hund%20a&cursor=$(value .next_cursor)&limit=1>; rel=\"next\""
for query in state=lost q= "q=$(head -c 201 /dev/zero | tr '\0' x)" service_id=x limit=0 cursor=x "cursor=${ids[5]}" more=1 'q=a%0Ab'; do expect GET "/desk/requests?$query" '' 400; done

# --- One request --------------------------------------------------------------------------------------------------------------------------------
expect GET "/desk/requests/${ids[1]}" '' 200
header ETag '"1"'
header Cache-Control no-store
field '[.number, .data.dog.name, .person, .may_become, .may_write] | tojson' \
    "[\"${numbers[1]}\",\"Hund 1\",{\"first_name\":\"Mara\",\"last_name\":\"Vogt\",\"email\":\"mara@people.example\",\"level\":\"low\"},[\"received\",\"processing\",\"action_required\",\"completed\"],true]"
field '.form.properties | keys_unsorted | tojson' '["person","dog","proof"]'
file=$(value '.files[0].id')
expect GET "/desk/requests/${ids[1]}/files/$file" '' 200
holds '... and it is the file that was sent' cmp "$work/a.pdf" "$body"
header Content-Disposition "attachment; filename=\"Chip.pdf\"; filename*=UTF-8''Chip.pdf"
expect GET "/desk/requests/${ids[1]}/pdf" '' 200
header Content-Type application/pdf
is '... a document' "$(head -c 5 "$body")" '%PDF-'
expect GET "/desk/requests/${ids[5]}/pdf" '' 404
expect GET "/desk/requests/${ids[2]}/files/$file" '' 404
expect GET "/desk/requests/${ids[5]}" '' 404
expect GET "/requests/${ids[1]}" '' 404
expect GET /desk/requests/00000000-0000-4000-8000-000000000000 '' 404
expect GET /desk/requests/x '' 400

# --- Answering ------------------------------------------------------------------------------------------------------------------------------------
# becomes REQUEST STATE VERSION STATUS [TEXT]
becomes() { expect POST "/desk/requests/$1/states" "$(jq -cn --arg state "$2" --arg text "${5-}" '{$state} + if $text == "" then {} else {$text} end')" "$4" -H "If-Match: \"$3\""; }
expect POST "/desk/requests/${ids[1]}/states" '{"state": "received"}' 428
becomes "${ids[1]}" received 1 200
header ETag '"2"'
field '[.state, .may_become, (.events | map([.state, .text, .by]))] | tojson' \
    '["received",["processing","action_required","completed"],[["submitted",null,"owner"],["received",null,"desk"]]]'
becomes "${ids[1]}" processing 1 412
becomes "${ids[1]}" received 2 409
field .type conflict
becomes "${ids[1]}" action_required 2 200 $'Bitte nennen Sie die Rasse.\n\nIhr Steueramt'
field '.events[2].text' $'Bitte nennen Sie die Rasse.\n\nIhr Steueramt'
mail_about mara@people.example 'neuen Stand' >"$body"
holds 'the person is told by mail' grep -qF "$origin/requests/${ids[1]}" "$body"
holds '... not what the desk wrote' sh -c "! grep -q 'Rasse\|Steueramt' '$body'"
is '... once for each change' "$(sql "select count(*) from outbox where kind = 'request_changed'")" 2
becomes "${ids[1]}" processing 3 200
becomes "${ids[1]}" completed 4 200 Erledigt.
field '[.state, .may_become] | tojson' '["completed",[]]'
for state in received processing action_required completed; do becomes "${ids[1]}" "$state" 5 409; done
expect GET '/desk/requests?state=completed' '' 200
field '[[.items[].number], .counts.completed, .counts.submitted] | tojson' "[[\"${numbers[1]}\"],1,3]"
for text in '{}' '{"state": "submitted"}' '{"state": "withdrawn"}' '{"state": "lost"}' '{"state": "received", "text": ""}' '{"state": "received", "text": null}' \
    '{"state": "received", "text": "a\u0007b"}' '{"state": "received", "more": 1}' "{\"state\": \"received\", \"text\": \"$(head -c 4001 /dev/zero | tr '\0' x)\"}"; do
    expect POST "/desk/requests/${ids[2]}/states" "$text" 400 -H 'If-Match: "1"'
done
is 'of six clerks at once one is heard' "$(for state in received processing action_required received processing action_required; do echo "{\"state\": \"$state\"}"; done |
    xargs -d '\n' -P 6 -I BODY curl -sS -o /dev/null -w '%{http_code}\n' -X POST "$api/desk/requests/${ids[2]}/states" -H 'Content-Type: application/json' \
        -H "Authorization: Bearer $token" -H 'If-Match: "1"' -d BODY | sort | xargs)" '200 412 412 412 412 412'
becomes "${ids[5]}" received 1 404

# --- The person sees it, and may still withdraw ----------------------------------------------------------------------------------------------------
login mara@people.example "$password"
expect GET "/requests/${ids[1]}" '' 200
field '[.state, .may_withdraw, (.events | length), .events[4].text] | tojson' '["completed",false,5,"Erledigt."]'
expect POST "/requests/${ids[1]}/withdrawal" '' 409 -H 'If-Match: "5"'
expect GET /me/activity '' 200
field '[.items[] | select(.event == "request_changed")] | length' 5
field '[.items[] | select(.event == "request_changed" and .new.state == "completed")][0] | [.by, .new.number, .source, .device] | tojson' "[\"desk\",\"${numbers[1]}\",null,null]"
person=$token
login clerk@people.example "$password"
for round in 1 2 3; do
    login mara@people.example "$password"; person=$token
    submit "$away"
    login clerk@people.example "$password"
    curl -sS -o /dev/null -w '%{http_code}\n' -X POST "$api/requests/$request/withdrawal" -H "Authorization: Bearer $person" -H 'If-Match: "1"' >"$work/one" &
    curl -sS -o /dev/null -w '%{http_code}\n' -X POST "$api/desk/requests/$request/states" -H "Authorization: Bearer $token" -H 'If-Match: "1"' \
        -H 'Content-Type: application/json' -d '{"state": "completed"}' >"$work/two"
    wait %% 2>/dev/null
    is "withdrawing against answering, round $round: one of them is heard" "$(sort "$work/one" "$work/two" | xargs)" '200 412'
    is '... and its event is the last' "$(sql "select (select state from request_event where request_id = r.id order by n desc limit 1) = r.state and (select count(*) from request_event where request_id = r.id) = 2 from request r where id = '$request'")" t
done
login mara@people.example "$password"
expect POST "/requests/${ids[4]}/withdrawal" '' 200 -H 'If-Match: "1"'
login clerk@people.example "$password"
becomes "${ids[4]}" processing 2 409
expect GET "/desk/requests/${ids[4]}" '' 200
field '[.state, .may_become, .events[1].by] | tojson' '["withdrawn",[],"owner"]'

# --- Who may ---------------------------------------------------------------------------------------------------------------------------------------
login reader@people.example "$password"
expect GET "/desk/requests/${ids[3]}" '' 200
field '[.may_write, (.may_become | length)] | tojson' '[false,4]'
becomes "${ids[3]}" received 1 403
field .type forbidden
login elsewhere@people.example "$password"
expect GET /desk/requests '' 200
field '[.items[].number] | tojson' "[\"${numbers[5]}\"]"
expect GET "/desk/requests/${ids[3]}" '' 404
expect GET "/desk/requests/${ids[1]}/files/$file" '' 404
becomes "${ids[3]}" received 1 404
expect GET "/desk/requests?cursor=${ids[3]}" '' 400
# Staff of two desks see both; who is no staff any more sees nothing at once.
staff elsewhere Steueramt reader
expect GET "/desk/requests?q=$(tr -d - <<<"${numbers[3]}")" '' 200
field '.items[0].desk.name' Steueramt
becomes "${ids[3]}" received 1 403
becomes "${ids[5]}" received 1 200
sql "delete from desk_staff where account_id = (select id from account where email = 'elsewhere@people.example')"
expect GET "/desk/requests/${ids[3]}" '' 403

# --- Programs --------------------------------------------------------------------------------------------------------------------------------------
program 'Fachverfahren Ausweis' Bürgeramt 'requests.read requests.write'
expect GET /desk/requests '' 200
field '[.items[] | [.number, .state]] | tojson' "[[\"${numbers[5]}\",\"received\"]]"
expect GET "/desk/requests/${ids[5]}" '' 200
field '[.may_write, .person.email] | tojson' '[true,"mara@people.example"]'
expect GET "/desk/requests/${ids[5]}/files/$(value '.files[0].id')" '' 200
becomes "${ids[5]}" completed 2 200 'Ihr Ausweis liegt bereit.'
field '[.state, .events[2].by] | tojson' '["completed","desk"]'
is 'the trail says which program it was' "$(sql "select by, (select name from api_client c where c.id = e.client_id) from request_event e where request_id = '${ids[5]}' order by n desc limit 1")" 'client|Fachverfahren Ausweis'
is '... and which clerk' "$(sql "select by, (select email from account a where a.id = e.account_id) from request_event e where request_id = '${ids[1]}' order by n desc limit 1")" 'staff|clerk@people.example'
expect GET "/desk/requests/${ids[3]}" '' 404
becomes "${ids[3]}" received 1 404
expect GET "/requests/${ids[5]}" '' 403
program Leser Steueramt requests.read
expect GET "/desk/requests/${ids[3]}" '' 200
field .may_write false
becomes "${ids[3]}" received 1 403
sql "update api_client set revoked_at = clock() where name = 'Leser'"
expect GET "/desk/requests/${ids[3]}" '' 401

# --- An account that is gone -------------------------------------------------------------------------------------------------------------------------
login mara@people.example "$password"
before=$(sql "select count(*) from outbox where kind = 'request_changed'")
expect DELETE /me "{\"password\": \"$password\"}" 204
login clerk@people.example "$password"
expect GET "/desk/requests/${ids[3]}" '' 200
field '[.person, .data.person.first_name, (.files | length)] | tojson' '[null,"Mara",1]'
becomes "${ids[3]}" received 1 200
is 'nobody is mailed' "$(sql "select count(*) from outbox where kind = 'request_changed'")" "$before"
expect GET '/desk/requests?state=received' '' 200
field '.items[0].person' null
expect DELETE /me "{\"password\": \"$password\"}" 204
is 'the trail stays when a clerk goes' "$(sql "select by, account_id is null from request_event where request_id = '${ids[3]}' order by n desc limit 1")" 'staff|t'

done_testing
