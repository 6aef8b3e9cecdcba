#!/usr/bin/env bash
# A request as a document: what stands in it, in which language, and whether it can be read by those who do not see it.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"
. "$(dirname "$0")/../lib/requests.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate other@people.example "$password"
register_and_activate clerk@people.example "$password"
add_dog_service
dog=$service draft=/services/$service/draft
sql "insert into desk_staff (desk_id, account_id, role) select d.id, a.id, 'clerk' from service_desk d, account a where a.email = 'clerk@people.example'"
make_files

login mara@people.example "$password"
upload "$draft/files" Chip.pdf "$work/a.pdf" 201
chip=$(value .id)
long=$(printf 'Donaudampfschifffahrtsgesellschaft%.0s' 1 2 3)
save "$dog" "$(answers ".proof.chip = \"$chip\" | .dog.name = \"Bello ▲ <b>\" | .dog.weight = 7.5 | .dog.since = \"2026-03-01\" | .person.children = [{name: \"Anna\"}, {name: \"Ben\"}]
    | .dog.remark = \"$long\"")" "$(draft_etag "$dog")" 200
expect POST "/services/$dog/requests" '' 201 -H "If-Match: $(draft_etag "$dog")"
request=$(value .id) number=$(value .number)

# document ADDRESS: gets it; $work/text is what is read, $work/tags the tree, $work/info the rest
document() {
    expect GET "$1" '' 200
    header Content-Type application/pdf
    pdftotext -layout "$body" "$work/text" && pdfinfo -struct-text "$body" >"$work/tags" 2>/dev/null && pdfinfo "$body" >"$work/info"
    what="... can be read as PDF"; ok test $? = 0
    cp "$body" "$work/document.pdf"; : >"$body" # no text of its own in the output of a failed test
}
reads() { what="... holds: $1"; ok grep -qF -- "$1" "$work/text"; }
tagged() { what="... is tagged: $1"; ok grep -qE -- "$1" "$work/tags"; }

document "/requests/$request/pdf"
header Content-Disposition "attachment; filename=\"$number.pdf\"; filename*=UTF-8''$number.pdf"
header Cache-Control no-store
reads "$number"
reads 'Hund anmelden'
reads 'Steueramt'
reads 'Bello ▲ <b>'
reads '7,5'
reads '1.3.2026'
reads 'Chip.pdf'
reads 'Ben'
reads 'Abgesendet'
reads 'Seite 1 von '
tagged '^ *H1'
tagged '^ *H2'
tagged '^ *H3'
tagged '^ *P'
tagged '"Bello ▲ <b>"'
what='it says that it is tagged'; ok grep -qE '^Tagged: +yes' "$work/info"
what='... and its title'; ok grep -qE "^Title: +Anfrage $number" "$work/info"
what='... and its language'; ok grep -aqE '/Lang *\(de\)' "$work/document.pdf"
what='... and shows the title above the window'; ok grep -aqE '/DisplayDocTitle true' "$work/document.pdf"
what='every font is embedded'; ok test "$(pdffonts "$work/document.pdf" | tail -n +3 | grep -c .)" = "$(pdffonts "$work/document.pdf" | tail -n +3 | grep -cE ' yes (yes|no) +(yes|no) +[0-9]+ +0$')"
what='a word longer than a line is broken, not cut'; ok test "$(tr -d ' \n' <"$work/text" | grep -o Donaudampfschifffahrtsgesellschaft | wc -l)" = 3

# --- In English ---------------------------------------------------------------------------------------------------------------------------
document "/requests/$request/pdf?language=en"
reads 'Responsible office'
reads 'Page 1 of '
reads '7.5'
what='its language is English'; ok grep -aqE '/Lang *\(en\)' "$work/document.pdf"
expect GET "/requests/$request/pdf?language=fr" '' 400
faults 'language not_allowed'

# --- Many pages -----------------------------------------------------------------------------------------------------------------------------
sql "update request set data = jsonb_set(data, '{dog,remark}', to_jsonb(repeat(E'Eine Zeile Text.\n', 400)))"
document "/requests/$request/pdf"
pages=$(sed -nE 's/^Pages: +//p' "$work/info")
what="a long text takes several pages ($pages)"; ok test "$pages" -gt 5
reads "Seite $pages von $pages"
is 'no line is lost' "$(grep -c 'Eine Zeile Text' "$work/text")" 400

# --- Whose it is ------------------------------------------------------------------------------------------------------------------------------
login other@people.example "$password"
expect GET "/requests/$request/pdf" '' 404
login clerk@people.example "$password"
document "/desk/requests/$request/pdf"
reads "$number"
expect GET "/requests/$request/pdf" '' 404
expect GET /desk/requests/00000000-0000-4000-8000-000000000000/pdf '' 404
token=''
expect GET "/requests/$request/pdf" '' 401
done_testing
