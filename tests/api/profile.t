#!/usr/bin/env bash
# One's own profile (B1): every field's rules, what is empty, what is locked, and changes that meet.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate omar@people.example "$password"
login mara@people.example "$password"

# --- What one reads -----------------------------------------------------------------------------------------------------------------
expect GET /me '' 200
header ETag '"1"'
header Cache-Control no-store
field .kind basic
field .email mara@people.example
field '.first_name + " " + .last_name' 'Mara Vogt'
field .language de
field '[.title, .birth_date, .place_of_birth, .birth_name, .nationality, .phone, .address, .pending_email] | all(. == null)' true
field '.locked | length' 0
version=1

# patch BODY STATUS: with the version that was read
patch() { expect PATCH /me "$1" "$2" -H "If-Match: \"$version\""; [ "$status" != 200 ] || version=$(sed -nE 's/^etag: "([0-9]+)"$/\1/Ip' "$head"); }
# refused BODY FAULTS
refused() { patch "$1" 400; faults "$2"; }

# --- Which version was read ---------------------------------------------------------------------------------------------------------
expect PATCH /me '{"title": "Dr."}' 428
field .type precondition_required
expect PATCH /me '{"title": "Dr."}' 412 -H 'If-Match: "7"'
field .type precondition_failed
expect PATCH /me '{"title": "Dr."}' 400 -H 'If-Match: 1';     faults 'If-Match length'
expect PATCH /me '{"title": "Dr."}' 400 -H 'If-Match: 1234';  faults 'If-Match format'
expect PATCH /me '{"title": "Dr."}' 400 -H 'If-Match: *';     faults 'If-Match length'
expect PATCH /me '{"title": "Dr."}' 412 -H 'If-Match: "99999999999999999999"'
expect GET /me '' 200
field .title null

# --- A change -----------------------------------------------------------------------------------------------------------------------
patch '{"title": "Dr.", "first_name": "Márä 名", "birth_date": "1984-02-29", "place_of_birth": "Weiden", "birth_name": "Lenz", "nationality": "deutsch",
        "phone": "+49 (3641) 12-34/5", "address": {"street": "Am Markt", "house_number": "12a", "postal_code": "07743", "town": "Jena"}, "language": "en"}' 200
header ETag '"2"'
field .title Dr.
field .first_name 'Márä 名'
field .last_name Vogt
field .birth_date 1984-02-29
field .address.country DE
field .address.house_number 12a
field .language en
expect GET /me '' 200
header ETag '"2"'
field .address.town Jena

# The audit holds what really changed, before and after.
expect GET /me/activity '' 200
field '.items[0] | .event, .by' $'profile_changed\nowner'
field '.items[0] | .old.first_name, .new.first_name, .old.birth_date, .new.birth_date, .old.language, .new.language' $'Mara\nMárä 名\nnull\n1984-02-29\nde\nen'
field '.items[0] | .old | has("last_name")' false
expect PATCH /me '{"last_name": "Vogt"}' 200 -H 'If-Match: "2"'
version=$(sed -nE 's/^etag: "([0-9]+)"$/\1/Ip' "$head")
expect GET /me/activity '' 200
field '[.items[] | select(.event == "profile_changed")] | length' 1

# --- What stays, and what is emptied ------------------------------------------------------------------------------------------------
patch '{"title": null, "phone": null}' 200
field '[.title, .phone, .birth_name] | map(. // "-") | join(" ")' '- - Lenz'
patch '{"address": {"street": "Hauptstraße", "house_number": "0", "postal_code": "SW1A 1AA", "town": "London", "country": "GB"}}' 200
field '.address | [.street, .house_number, .postal_code, .town, .country] | join("|")' 'Hauptstraße|0|SW1A 1AA|London|GB'
patch '{"address": null}' 200
field .address null
field .birth_name Lenz
patch '{"birth_date": null, "place_of_birth": null, "birth_name": null, "nationality": null}' 200
field '[.birth_date, .place_of_birth, .birth_name, .nationality] | all(. == null)' true

# --- Every rule ---------------------------------------------------------------------------------------------------------------------
refused '{}' ' empty'
long() { printf 'x%.0s' $(seq "$1"); }
for name in first_name:80 last_name:80 title:40 place_of_birth:80 birth_name:80 nationality:60; do
    most=${name#*:} name=${name%:*}
    refused "{\"$name\": \"\"}" "$name length"
    refused "{\"$name\": \"$(long $((most + 1)))\"}" "$name length"
    refused "{\"$name\": \"  \"}" "$name format"
    refused "{\"$name\": \"a\\nb\"}" "$name format"
    refused "{\"$name\": 1}" "$name type"
    refused "{\"$name\": [\"x\"]}" "$name type"
    patch "{\"$name\": \"$(long "$most")\"}" 200
done
refused '{"first_name": null}' 'first_name type'
refused '{"last_name": null}' 'last_name type'
for date in 2026-02-30 2025-02-29 1900-02-29 2026-13-01 2026-00-10 2026-01-00 26-01-01 2026-1-1 01.02.2003 2026-01-01T00:00:00Z today ''; do
    refused "{\"birth_date\": \"$date\"}" 'birth_date format'
done
refused '{"birth_date": 20260101}' 'birth_date type'
refused "{\"birth_date\": \"$(date -d '+2 days' +%F)\"}" 'birth_date range'
refused '{"birth_date": "9999-12-31"}' 'birth_date range'
patch '{"birth_date": "2000-02-29"}' 200
for phone in 'abc' '++49 1' '12345x' '1;2' $'1\\n2'; do refused "{\"phone\": \"$phone\"}" 'phone format'; done
refused '{"phone": "12"}' 'phone length'
refused "{\"phone\": \"$(printf '1%.0s' {1..31})\"}" 'phone length'
refused '{"language": "fr"}' 'language not_allowed'
refused '{"language": null}' 'language type'
refused '{"nickname": "M"}' 'nickname unknown'
for fixed in id kind email created_at locked pending_email; do refused "{\"$fixed\": \"x\"}" "$fixed unknown"; done

address='{"street": "Am Markt", "house_number": "12a", "postal_code": "07743", "town": "Jena"}'
# bad_address JQ FAULTS
bad_address() { refused "{\"address\": $(jq -c "$1" <<<"$address")}" "$2"; }
refused '{"address": {}}' 'address.house_number missing, address.postal_code missing, address.street missing, address.town missing'
refused '{"address": "Am Markt 1"}' 'address type'
refused '{"address": []}' 'address type'
bad_address '.street = ""' 'address.street length'
bad_address '.street = null' 'address.street type'
bad_address '.house_number = "12 a"' 'address.house_number format'
bad_address '.house_number = "123456789012"' 'address.house_number length'
bad_address '.postal_code = "1"' 'address.postal_code length'
bad_address '.postal_code = "-1234"' 'address.postal_code format'
bad_address '.postal_code = "ä1234"' 'address.postal_code format'
bad_address '.town = "x" * 81' 'address.town length'
bad_address '.country = "de"' 'address.country format'
bad_address '.country = "DEU"' 'address.country length'
bad_address '.floor = "3"' 'address.floor unknown'
refused "{\"title\": \"\", \"birth_date\": \"x\", \"phone\": 5, \"language\": \"xx\", \"first_name\": null, \"address\": $(jq -c '.street = 1 | del(.town)' <<<"$address")}" \
    'address.street type, address.town missing, birth_date format, first_name type, language not_allowed, phone type, title length'
before=$(sql "select p from person_profile p join account a on a.id = p.account_id where a.email = 'mara@people.example'")
refused '{"title": "Prof.", "phone": "x-x"}' 'phone format'
is 'a change with one fault changes nothing' "$(sql "select p from person_profile p join account a on a.id = p.account_id where a.email = 'mara@people.example'")" "$before"

# --- Changes that meet --------------------------------------------------------------------------------------------------------------
login omar@people.example "$password"
is 'of two changes of the same version one holds' \
    "$(printf '%s\n' Dr. Prof. | xargs -d '\n' -P 2 -I TITLE curl -sS -o /dev/null -w '%{http_code}\n' -X PATCH "$api/me" -H "Authorization: Bearer $token" \
        -H 'Content-Type: application/json' -H 'If-Match: "1"' -d '{"title": "TITLE"}' | sort | xargs)" '200 412'

# --- Locked fields ------------------------------------------------------------------------------------------------------------------
# Those of a plus account come from the identity card.
sql "update account set kind = 'plus' where email = 'omar@people.example'" >"$work/sql"
sql "update person_profile set locked = '{title,first_name,last_name,birth_date,address}', birth_date = '1980-01-01' where account_id = (select id from account where email = 'omar@people.example')" >"$work/sql"
login omar@people.example "$password"
field .session.level substantial
expect GET /me '' 200
field .kind plus
field '.locked | join(" ")' 'title first_name last_name birth_date address'
version=$(sed -nE 's/^etag: "([0-9]+)"$/\1/Ip' "$head")
refused '{"first_name": "Otto"}' 'first_name locked'
refused '{"title": null}' 'title locked'
refused "{\"birth_date\": \"1990-01-01\", \"last_name\": \"X\", \"address\": $address}" 'address locked, birth_date locked, last_name locked'
refused '{"address": null, "phone": "+49 1"}' 'address locked'
patch '{"phone": "+49 1234", "nationality": "deutsch", "language": "en"}' 200
field '.phone, .birth_date' $'+49 1234\n1980-01-01'

done_testing
