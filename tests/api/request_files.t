#!/usr/bin/env bash
# Files of drafts and requests: what is taken, what is refused, and who gets them back.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"
. "$(dirname "$0")/../lib/requests.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate other@people.example "$password"
add_dog_service
dog=$service files=/services/$service/draft/files
make_files
login mara@people.example "$password"
same() { holds "... and it is the file that was sent" cmp "$1" "$body"; }

# --- What is taken ------------------------------------------------------------------------------------------------------------------------
upload "$files" 'Nachweis für Bello.PDF' "$work/a.pdf" 201
field '[.name, .type, .size] | tojson' "[\"Nachweis für Bello.PDF\",\"application/pdf\",$(stat -c %s "$work/a.pdf")]"
pdf=$(value .id)
expect GET "/services/$dog/draft" '' 200
header ETag '"1"'
field '[.saved, .data, .files[0].name] | tojson' '[true,{},"Nachweis für Bello.PDF"]'
upload "$files" foto.jpeg "$work/a.jpg" 201
field .type image/jpeg
upload "$files" 'Bild vom 1.2.2026' "$work/a.png" 201
field .type image/png
png=$(value .id)
upload "$files" .. "$work/a.png" 201
upload "$files" '../../etc/passwd' "$work/a.png" 201
path=$(value .id)
upload "$files" '"; filename="x.exe' "$work/a.png" 400
faults 'file content'
expect GET "$files/$pdf" '' 200
same "$work/a.pdf"
header Content-Type application/pdf
header X-Content-Type-Options nosniff
header Cache-Control no-store
header Content-Disposition "attachment; filename=\"Nachweis f_r Bello.PDF\"; filename*=UTF-8''Nachweis%20f%C3%BCr%20Bello.PDF"
expect GET "$files/$png" '' 200
same "$work/a.png"
header Content-Type image/png
expect GET "$files/$path" '' 200
header Content-Disposition "attachment; filename=\".._.._etc_passwd\"; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd"
is 'its SHA-512 is kept' "$(sql "select encode(sha512, 'hex') from file where id = '$pdf'")" "$(sha512sum <"$work/a.pdf" | cut -d ' ' -f 1)"

# --- What is refused ------------------------------------------------------------------------------------------------------------------------
refused() { upload "$files" "$1" "$2" 400; faults "file $3"; }
printf 'MZ\x90\x00 a program' >"$work/program"
printf '<html><script>alert(1)</script></html>' >"$work/page"
printf 'GIF89a\x01\x00\x01\x00\x00\x00\x00;' >"$work/gif"
printf '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$work/svg"
printf 'PK\x03\x04 and so on' >"$work/zip"
head -c 3000 /dev/zero >"$work/zeros"
: >"$work/nothing"
for kind in program page gif svg zip zeros; do refused a.pdf "$work/$kind" content; done
for name in a.exe a.html a.png a.jpg a.pdf.exe 'a.pdf.js' a.p; do refused "$name" "$work/a.pdf" content; done
refused a.pdf "$work/a.png" content
refused a.png "$work/a.jpg" content
refused a.pdf "$work/nothing" empty
call POST "$files?name=a.pdf" '' -H 'Content-Type: application/octet-stream'
is 'no body at all is an empty file' "$status $(value '.errors[0].code')" '400 empty'
expect POST "$files" '' 400 -H 'Content-Type: application/octet-stream' --data-binary "@$work/a.pdf"
faults 'name missing'
for name in '' 'a%0Ab' 'a%00b' '%ff' "$(head -c 201 /dev/zero | tr '\0' x)"; do
    expect POST "$files?name=$name" '' 400 -H 'Content-Type: application/octet-stream' --data-binary "@$work/a.pdf"
done
expect POST "$files?name=a.pdf" '' 415 -H 'Content-Type: application/pdf' --data-binary "@$work/a.pdf"
expect POST "$files?name=a.pdf" '' 415 -H 'Content-Type: multipart/form-data; boundary=x' --data-binary "@$work/a.pdf"
expect POST "$files?name=a.pdf&more=1" '' 400 -H 'Content-Type: application/octet-stream' --data-binary "@$work/a.pdf"
upload "$files" "$(head -c 200 /dev/zero | tr '\0' x)" "$work/a.pdf" 201
upload "$files" "$(printf 'ü%.0s' $(seq 196)).pdf" "$work/a.pdf" 201
expect GET "$files/$(value .id)" '' 200
holds '... a long name is told whole' grep -qE "^Content-Disposition: .*filename\*=UTF-8''(%C3%BC){196}\.pdf" "$head"

# --- Away with one ----------------------------------------------------------------------------------------------------------------------------
etag=$(draft_etag "$dog")
expect DELETE "$files/$pdf" '' 204
expect DELETE "$files/$pdf" '' 404
expect GET "$files/$pdf" '' 404
save "$dog" '{}' "$etag" 412
is 'with its content' "$(sql "select count(*) from file_chunk where file_id = '$pdf'")" 0
expect GET "$files/00000000-0000-4000-8000-000000000000" '' 404
expect GET "$files/x" '' 400

# --- It is one's own ----------------------------------------------------------------------------------------------------------------------------
login other@people.example "$password"
expect GET "$files/$png" '' 404
expect DELETE "$files/$png" '' 404
upload "$files" mine.pdf "$work/a.pdf" 201
mine=$(value .id)
expect GET "$files/$png" '' 404
add_dog_service Katze
expect GET "/services/$service/draft/files/$mine" '' 404
login mara@people.example "$password"
expect GET "$files/$png" '' 200

# --- Bounds ---------------------------------------------------------------------------------------------------------------------------------------
restart_portal PORTAL_FILE_BYTES=3000000 PORTAL_REQUEST_FILES=3 PORTAL_REQUEST_BYTES=4500000
expect DELETE "/services/$dog/draft" '' 204
# Of three pieces, none of them whole
{ cat "$work/a.pdf"; head -c 2600000 /dev/urandom; } >"$work/large.pdf"
upload "$files" large.pdf "$work/large.pdf" 201
large=$(value .id)
is 'a large one lies in pieces of 1 MB' "$(sql "select count(*), max(length(bytes)) from file_chunk where file_id = '$large'")" '3|1048576'
EXCHANGES='' expect GET "$files/$large" '' 200
same "$work/large.pdf"
header Content-Length "$(stat -c %s "$work/large.pdf")"
sql "delete from file_chunk where file_id = '$large' and n = 2"
curl -sS -o "$work/part" -H "Authorization: Bearer $token" "$api$files/$large" 2>"$work/curl"
is 'what cannot be read to its end breaks off, rather than looking whole' $? 18
sql "delete from file_chunk where file_id = '$large' and n = 0"
expect GET "$files/$large" '' 404
upload "$files" large.pdf "$work/large.pdf" 400
faults 'file range'
{ cat "$work/a.pdf"; head -c 3000000 /dev/zero; } >"$work/huge.pdf"
upload "$files" huge.pdf "$work/huge.pdf" 413
field .type too_large
upload "$files" a.pdf "$work/a.pdf" 201
is 'side by side no more are taken than there is room for' "$(for _ in 1 2 3 4 5 6; do echo a; done | xargs -P 6 -I SIDE curl -sS -o /dev/null -w '%{http_code}\n' \
    -X POST "$api$files?name=SIDE.pdf" -H 'Content-Type: application/octet-stream' -H "Authorization: Bearer $token" --data-binary "@$work/a.pdf" | sort | xargs)" '201 400 400 400 400 400'
upload "$files" a.pdf "$work/a.pdf" 400
faults 'file range'
expect DELETE "$files/$large" '' 204
upload "$files" a.pdf "$work/a.pdf" 201
# A whole number of pieces
{ cat "$work/a.pdf"; head -c $((2097152 - $(stat -c %s "$work/a.pdf"))) /dev/zero; } >"$work/even.pdf"
expect DELETE "/services/$dog/draft" '' 204
upload "$files" even.pdf "$work/even.pdf" 201
EXCHANGES='' expect GET "$files/$(value .id)" '' 200
same "$work/even.pdf"
token=''
upload "$files" a.pdf "$work/a.pdf" 401

done_testing
