# Drafts and requests for the API scripts, on top of portal.sh, checks.sh and catalogue.sh.
#
#   add_dog_service [NAME]         a service with a form of all kinds of field and a desk, Steueramt; sets $service
#   upload PATH NAME FILE STATUS   a file into a draft, or wherever PATH says
#   make_files                     $work/a.pdf, a.png and a.jpg: small files that are what they claim
#   answers [JQ]                   answers to that form which are complete but for the file, changed by a jq expression
#   save SERVICE DATA ETAG STATUS  a draft
#   mail_about ADDRESS WORD        the latest mail to an address that holds a word, waited for
#   submit SERVICE [JQ]            from an empty draft to a request: sets $request and $number; DATA as from answers
# shellcheck shell=bash disable=SC2034,SC2154

all_kinds=$(cat "$root/tests/browser/all-kinds.form.json")
request='' number=''

add_dog_service() {
    add_service "${1:-Hund anmelden}" desk=Steueramt
    add_form "$service" "$all_kinds"
}

make_files() {
    printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n' >"$work/a.pdf"
    base64 -d >"$work/a.png" <<<'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    { printf '\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00\x43\x00'; head -c 64 /dev/zero; printf '\xff\xd9'; } >"$work/a.jpg"
}

upload() {
    expect POST "$1?name=$(jq -rn --arg name "$2" '$name | @uri')" '' "$4" -H 'Content-Type: application/octet-stream' --data-binary "@$3"
}

answers() {
    jq -cn '{person: {first_name: "Mara", last_name: "Vogt", children_there: false,
                      address: {street: "Lindenweg", house_number: "12", postal_code: "07743", town: "Jena", country: "DE"}},
             dog: {name: "Bello", breed: "poodle", size: "small", since: "2026-03-01", weight: 7.5, traits: ["shelter"]},
             proof: {truth: true}} | '"${1:-.}"
}

mail_about() { jq -r '(.headers[] | "\(.[0]): \(.[1])"), "", .text' "$(latest_mail "$1" "$2")"; }

draft_etag() { call GET "/services/$1/draft"; sed -nE 's/^ETag: *//Ip' "$head"; }

save() {
    expect PUT "/services/$1/draft" "$(jq -cn --argjson data "$2" --argjson version "${form_version:-1}" '{form_version: $version, $data}')" "$4" -H "If-Match: $3"
}

submit() {
    local file
    call POST "/services/$1/draft/files?name=Chip.pdf" '' -H 'Content-Type: application/octet-stream' --data-binary "@$work/a.pdf"
    [ "$status" = 201 ] || bail_out "the file gave $status: $(cat "$body")"
    file=$(jq -r .id "$body")
    call PUT "/services/$1/draft" "$(answers "${2:-.}" | jq -c --arg file "$file" --argjson version "${form_version:-1}" '.proof.chip = $file | {form_version: $version, data: .}')" \
        -H "If-Match: $(draft_etag "$1")"
    [ "$status" = 200 ] || bail_out "the draft gave $status: $(cat "$body")"
    call POST "/services/$1/requests" '' -H "If-Match: $(sed -nE 's/^ETag: *//Ip' "$head")"
    [ "$status" = 201 ] || bail_out "the request gave $status: $(cat "$body")"
    request=$(jq -r .id "$body") number=$(jq -r .number "$body")
}
