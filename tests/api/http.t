#!/usr/bin/env bash
# What holds for every call: methods, bodies, addresses, headers, and the static pages. Bad input gets a clear answer, never a 500.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

# A site with what must not be served beside what must.
stop_portal
cp -r "$site_folder" "$work/site"
site_folder=$work/site
printf 'secret' >"$work/outside.txt"; printf 'secret' >"$work/site/.hidden.txt"; printf 'secret' >"$work/site/program.bin"
ln -s "$work/outside.txt" "$work/site/link.txt"
ln -s "$work" "$work/site/folder"
start_portal

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
login mara@people.example "$password"

# --- Paths and methods --------------------------------------------------------------------------------------------------------------
for path in / /nothing /me/nothing /ME /me/ //me /sessions/a/b /registrations/1 /portal/.. /%6de; do
    expect GET "$path" '' 404
    field .type not_found
done
expect GET "$origin/api/v1" '' 404
expect GET "$origin/api/v2/portal" '' 404;  field .type not_found
expect GET "$origin/api" '' 404
expect DELETE /portal '' 405;       header Allow GET;                field .type method_not_allowed
expect PUT /me '' 405;              header Allow 'GET, PATCH, DELETE'
expect GET /registrations '' 405;   header Allow POST
expect BREW /portal '' 405
expect TRACE /portal '' 405
expect CONNECT /portal '' 405
expect OPTIONS /portal '' 405
expect HEAD /portal '' 405
expect POST "$operations/healthz" '' 405; header Allow GET
expect GET "$operations/portal" '' 404
expect GET "$operations/api/v1/portal" '' 404

# --- Bodies -------------------------------------------------------------------------------------------------------------------------
login_body='{"email": "mara@people.example", "password": "'$password'"}'
token=''
# malformed BODY: refused before anything is looked at
malformed() { anew POST /sessions "$1" 400; field .type malformed; }
for text in 'not json' '{' '{"email": "a"' '{"email": }' "{'email': 'x'}" '{"a":1,}' '{"a":NaN}' '{"a":01}' '{"a":"\x"}' '{"a":"\ud800"}' '[]' '"text"' '7' 'null' 'true' \
    '{} {}' '{}x' $'\xef\xbb\xbf{}' $'{"email": "\xff\xfe"}' $'{"email": "\xc0\xaf"}' $'{"email": "\xed\xa0\x80"}' $'{"em\xffail": "x"}' \
    '{"email": "a\u0000b", "password": "x"}' '{"a\u0000b": 1}' '{"email": "a@b.example", "email": "c@d.example", "password": "x"}' '{"x": {"a": 1, "a": 2}}'; do
    malformed "$text"
done
printf '{"email": "a\0b"}' >"$work/nul"
expect POST /sessions '' 400 --data-binary "@$work/nul" -H 'Content-Type: application/json'
malformed "$(printf '[%.0s' {1..9})$(printf ']%.0s' {1..9})"
malformed "{\"email\": $(printf '[%.0s' {1..5000})"
malformed "{\"email\": $(printf '{"a":%.0s' {1..8})1$(printf '}%.0s' {1..8})}"
anew POST /sessions '{"email": [[[[[[["deep"]]]]]]], "password": "x"}' 400; faults 'email type'
anew POST /sessions '{"email": "]]]]]]]]]]{{{{{{{{{{[[[[[[[[[[@b.example", "password": "x"}' 401

# big BYTES: a login whose body is that long
big() { printf '%s%*s' "$login_body" $(($1 - ${#login_body})) ''; }
anew POST /sessions "$(big 65536)" 201
anew POST /sessions "$(big 65537)" 413; field .type too_large
big 5000000 >"$work/big"
expect POST /sessions '' 413 --data-binary "@$work/big" -H 'Content-Type: application/json' -H 'Expect:'
expect POST /sessions '' 413 --data-binary "@$work/big" -H 'Content-Type: application/json' -H 'Transfer-Encoding: chunked' -H 'Expect:'
expect GET /portal '' 400 --data-binary '{}' -H 'Content-Type: application/json'; field .type malformed

for type in text/plain application/x-www-form-urlencoded 'multipart/form-data; boundary=x' application/jsonx application/problem+json ''; do
    expect POST /sessions "$login_body" 415 -H "Content-Type: $type"
    field .type media_type
done
anew POST /sessions "$login_body" 201 -H 'Content-Type: application/json; charset=utf-8'
anew POST /sessions "$login_body" 201 -H 'Content-Type: APPLICATION/JSON'
expect POST /sessions '' 415

# Many unknown fields: the list of faults has an end, and says so.
anew POST /sessions "$(jq -cn '[range(60) | {key: "f\(.)", value: 1}] | from_entries')" 400
field '.errors | length' 24
field '.errors[-1].code' more

# --- Addresses ------------------------------------------------------------------------------------------------------------------------
expect GET '/portal?x=1' '' 400;                faults 'x unknown'
expect GET '/portal?x=1&y=2' '' 400;            faults 'x unknown, y unknown'
expect GET '/portal?' '' 200
expect GET '/portal?=' '' 400
for path in healthz readyz metrics; do expect GET "$operations/$path?x=1" '' 400; faults 'x unknown'; done
login mara@people.example "$password"
expect GET '/me/activity?limit=5&limit=6' '' 400; faults 'limit duplicate'
expect GET '/me/activity?limit=5&limi%74=6' '' 400; faults 'limit duplicate'
expect GET '/me/activity?limit=5%00' '' 400;    field .type malformed
expect GET '/me/activity?limit=%zz' '' 400;     field .type malformed
expect GET '/me/activity?limit=%f' '' 400;      field .type malformed
expect GET '/me/activity?limit=%' '' 400;       field .type malformed
expect GET '/me/activity?limit=%ff' '' 400;     field .type malformed
expect GET '/me/activity?limit=%31' '' 200
expect GET '/me/activity?%00=1' '' 400
expect GET "/me/activity?$(printf 'a%d=1&' $(seq 100))" '' 400
expect GET "/me/activity?limit=$(printf '1%.0s' {1..7000})" '' 400
expect DELETE '/sessions/%ff' '' 400
expect DELETE '/sessions/%zz' '' 400
expect DELETE '/sessions/a%2fb' '' 400
call GET "/$(printf 'a%.0s' {1..20000})" ''
holds 'an address of 20,000 characters is refused' test "$status" = 414 -o "$status" = 431 -o "$status" = 404

# --- Headers ------------------------------------------------------------------------------------------------------------------------
# protected: the headers that every answer carries
protected() {
    header X-Content-Type-Options nosniff
    header Referrer-Policy no-referrer
    header Cross-Origin-Opener-Policy same-origin
    holds 'the policy allows nothing inline and no frame' eval \
        'grep -iE "^content-security-policy:.*default-src .none.*frame-ancestors .none." "$head" | grep -qv unsafe'
    holds 'the call has a name' grep -qE '^X-Request-Id: [A-Za-z0-9_-]{16}$' "$head"
}
for path in /me /nothing "$origin/" "$origin/nothing.txt" "$operations/healthz"; do call GET "$path" ''; what="GET $path"; protected; done
expect GET /me '' 200;                          header Cache-Control no-store;    header Content-Type application/json
holds 'plain HTTP promises no HTTPS' eval '! grep -qi "^strict-transport-security" "$head"'
expect GET /nothing '' 404;                     header Cache-Control no-store;    header Content-Type application/problem+json
call GET /me ''; first=$(grep -i '^x-request-id' "$head"); call GET /me '' -H "${first}"
holds 'each call has a name of its own, whatever it says of itself' eval '[ "$first" != "$(grep -i "^x-request-id" "$head")" ]'
expect GET /portal '' 200 -H "$(printf 'User-Agent: \xff\xfe\x01"\x1b[31m')"
head -c 40000 /dev/zero | tr '\0' a >"$work/long"
call GET /portal '' -H "X-Long: $(cat "$work/long")"
holds 'huge headers are refused' test "$status" = 431 -o "$status" = 000

# --- Other sites ----------------------------------------------------------------------------------------------------------------------
expect PATCH /me '{"title": "Dr."}' 403 -H 'Origin: https://elsewhere.example' -H 'If-Match: "1"';  field .type foreign_origin
expect PATCH /me '{"title": "Dr."}' 403 -H 'Origin: null' -H 'If-Match: "1"'
expect PATCH /me '{"title": "Dr."}' 200 -H "Origin: $origin" -H 'If-Match: "1"'
expect GET /me '' 200 -H 'Origin: https://elsewhere.example'
holds 'no other site may read an answer' eval '! grep -qi "^access-control-" "$head"'
token=''
anew POST /sessions "$login_body" 403 -H 'Origin: https://elsewhere.example'
anew POST /contact '{}' 403 -H 'Origin: http://127.0.0.1'

# --- Pages --------------------------------------------------------------------------------------------------------------------------
expect GET "$origin/" '' 200 -H 'Accept: text/html'
header Content-Type 'text/html; charset=utf-8'
etag=$(sed -nE 's/^etag: *//Ip' "$head")
expect GET "$origin/" '' 304 -H "If-None-Match: $etag"
expect GET "$origin/login" '' 200
is 'every view is the one page' "$(sed -nE 's/^etag: *//Ip' "$head")" "$etag"
expect HEAD "$origin/" '' 200
expect POST "$origin/" '{}' 405;              header Allow 'GET, HEAD'
expect GET "$origin/js/main.js" '' 200;       header Content-Type 'text/javascript; charset=utf-8'
expect GET "$origin/js/no-such.js" '' 404
# gone PATH: nothing of the secret files comes through
gone() { expect GET "$origin$1" '' 404 -H 'Accept: */*'; holds '... and tells nothing' eval '! grep -q secret "$body"'; }
for path in /../outside.txt /js/../../outside.txt /..%2foutside.txt /%2e%2e/outside.txt /%2e%2e%2foutside.txt /js/%2e%2e/%2e%2e/outside.txt \
    /..%5coutside.txt /..%c0%afoutside.txt /link.txt /link.txt%00 /link.txt%00.js /index.html%00 /folder/outside.txt /.hidden.txt /%2ehidden.txt \
    //etc/passwd /etc/passwd.txt /js/main.js/ /js/main.js%20 /js//main.js /JS/MAIN.JS /program.bin '/index.html;x' '/js/./main.js' "$work/outside.txt"; do
    gone "$path"
done

# --- What is no HTTP --------------------------------------------------------------------------------------------------------------------
# raw TEXT: sends bytes as they are; the first line of what comes back
raw() { { printf "$1" >&9; timeout 3 head -n 1 <&9; } 9<>"/dev/tcp/127.0.0.1/$port" 2>>"$work/raw" | tr -d '\r\0'; }
for text in 'GARBAGE\r\n\r\n' 'GET\r\n\r\n' '\r\n\r\n\r\n' 'GET /api/v1/portal HTTP/9.9\r\n\r\n' 'GET /api/v1/portal HTTP/1.1\r\n\r\n' \
    'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n' 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n' \
    'GET /api/v1/portal\000 HTTP/1.1\r\nHost: x\r\n\r\n' 'GET /api/v1/portal HTTP/1.1\r\nHost: x\r\nX: a\000b\r\nConnection: close\r\n\r\n'; do
    answer=$(raw "$text")
    holds "no answer of $(printf %q "${text:0:50}") is a 500 (${answer:-closed})" eval '[[ "$answer" != *" 500"* ]]'
done
expect GET /portal '' 200

holds 'nothing of all this was an inner error' eval '! grep -E "status=500" "$work/portal.log"'
done_testing
