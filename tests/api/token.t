#!/usr/bin/env bash
# Bearer tokens: what is taken, what is not, and how keys rotate. We accept one algorithm, one issuer, one audience.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

register_and_activate mara@people.example 'Sonnen-Blume-17'
login mara@people.example 'Sonnen-Blume-17'
good=$token token=''
key=$(cat "$work/keys/token.key")
now=$(date +%s)

base64url() { base64 -w0 | tr '+/' '-_' | tr -d '='; }
# forge HEADER PAYLOAD [KEY] [DIGEST]: a token; without a digest it bears no signature
forge() {
    local text
    text=$(printf %s "$1" | base64url).$(printf %s "$2" | base64url)
    printf '%s.%s' "$text" "$([ -z "${4-}" ] || printf %s "$text" | openssl dgst -"$4" -hmac "${3-}" -binary | base64url)"
}
# changed JQ: the payload of the good token, changed
changed() { claims "$good" | jq -c "$1"; }
# signed JQ: with the portal's own key
signed() { forge '{"typ":"JWT","alg":"HS256"}' "$(changed "$1")" "$key" sha256; }
# refused WHAT TOKEN [TYPE]
refused() { expect GET /me '' 401 -H "Authorization: Bearer $2"; what="... $1"; ok test "$(value .type)" = "${3:-login_needed}"; }
taken() { expect GET /me '' 200 -H "Authorization: Bearer $2"; }

# --- What it says -------------------------------------------------------------------------------------------------------------------
is 'the algorithm' "$(cut -d. -f1 <<<"$good" | tr '_-' '/+' | base64 -d 2>"$work/err" | jq -r .alg)" HS256
is 'issuer and audience' "$(changed '[.iss, .aud]')" "[\"$origin\",\"portal-api\"]"
is 'five minutes' "$(changed '.exp - .nbf')" 300
is 'it names account and session, and nothing personal' "$(changed 'keys')" '["aud","exp","iat","iss","nbf","sid","sub"]'
taken 'the token itself' "$good"
taken 'one that is made the same way' "$(signed .)"

# --- What is not taken --------------------------------------------------------------------------------------------------------------
refused 'alg none' "$(forge '{"typ":"JWT","alg":"none"}' "$(changed .)")"
refused 'alg None' "$(forge '{"typ":"JWT","alg":"None"}' "$(changed .)")"
refused 'alg none with the signature left on' "$(printf '{"typ":"JWT","alg":"none"}' | base64url).$(cut -d. -f2,3 <<<"$good")"
refused 'HS512 with the right key' "$(forge '{"typ":"JWT","alg":"HS512"}' "$(changed .)" "$key" sha512)"
refused 'HS384 with the right key' "$(forge '{"typ":"JWT","alg":"HS384"}' "$(changed .)" "$key" sha384)"
refused 'RS256' "$(forge '{"typ":"JWT","alg":"RS256"}' "$(changed .)" "$key" sha256)"
refused 'no alg' "$(forge '{"typ":"JWT"}' "$(changed .)" "$key" sha256)"
refused 'another key' "$(forge '{"typ":"JWT","alg":"HS256"}' "$(changed .)" "$(rev <<<"$key")" sha256)"
refused 'an empty key' "$(forge '{"typ":"JWT","alg":"HS256"}' "$(changed .)" '' sha256)"
refused 'another audience' "$(signed '.aud = "elsewhere"')"
refused 'no audience' "$(signed 'del(.aud)')"
refused 'a list of audiences' "$(signed '.aud = ["portal-api", "elsewhere"]')"
refused 'another issuer' "$(signed '.iss = "https://elsewhere.example"')"
refused 'no issuer' "$(signed 'del(.iss)')"
refused 'no session' "$(signed 'del(.sid)')"
refused 'a session that is no text' "$(signed '.sid = 7')"
refused 'a session that is no UUID' "$(signed '.sid = "none"')"
refused 'a very long session' "$(signed '.sid = "a" * 4000')"
refused 'a session that never was' "$(signed '.sid = "00000000-0000-4000-8000-000000000000"')" session_ended
refused 'an expired one' "$(signed ".exp = $((now - 1))")" session_ended
refused 'one without expiry' "$(signed 'del(.exp)')" session_ended
refused 'an expiry that is no number' "$(signed '.exp = "tomorrow"')" session_ended
refused 'one that is not valid yet' "$(signed ".nbf = $((now + 60))")" session_ended
refused 'a truncated one' "${good%?????}"
refused 'one without its signature' "$(cut -d. -f1,2 <<<"$good")"
refused 'one with an empty signature' "$(cut -d. -f1,2 <<<"$good")."
refused 'one with a changed payload' "$(cut -d. -f1 <<<"$good").$(changed '.sid = "x"' | base64url).$(cut -d. -f3 <<<"$good")"
refused 'a fourth part' "$good.x"
refused 'dots alone' '..'
refused 'no JSON' "$(printf x | base64url).$(printf y | base64url).$(printf z | base64url)"
refused 'nothing' ''
expect GET /me '' 401
expect GET /me '' 401 -H "Authorization: Basic $(printf mara:x | base64)"
expect GET /me '' 401 -H "Authorization: $good"
expect GET "/me?token=$good" '' 401
header WWW-Authenticate 'Bearer realm="portal"'
holds 'it is told what to send' test "$(value .type)" = login_needed

# A token of a megabyte ends below the program.
{ printf 'Authorization: Bearer '; head -c 1000000 /dev/zero | tr '\0' a; } >"$work/huge"
call GET /me '' -H "@$work/huge"
holds 'a token of one megabyte is refused' test "$status" = 431 -o "$status" = 000
expect GET /me '' 200 -H "Authorization: bearer $good"
head -c 12000 /dev/zero | tr '\0' a >"$work/long"
refused 'twelve thousand characters' "$(cat "$work/long")"

# --- Keys rotate, and nobody is logged out ------------------------------------------------------------------------------------------
rotate() { (run_program -- keys rotate) >"$work/rotate" 2>&1; kill -HUP "$portal_pid"; }
# newest: a token of this moment, by the cookie of the session
newest() { call POST /sessions/current/token '' -H 'X-Portal-Client: test' -b "$jar"; value .token; }
signed_by() { [ "$(cut -d. -f1,2 <<<"$1" | tr -d '\n' | openssl dgst -sha256 -hmac "$(cat "$2")" -binary | base64url)" = "$(cut -d. -f3 <<<"$1")" ]; }
rotate
holds 'the new key signs' eventually eval 'signed_by "$(newest)" "$work/keys/token.key"'
taken 'a token of the key before' "$good"
second=$(newest)
taken 'one of the new key' "$second"
rotate
holds 'the third key signs' eventually eval 'signed_by "$(newest)" "$work/keys/token.key"'
taken 'a token of the second key' "$second"
refused 'the first key is not taken any more' "$good"
taken 'the session goes on' "$(newest)"
is 'key files are their owner'\''s alone' "$(stat -c %a "$work/keys/token.key")" 600

# A key that cannot be read changes nothing.
cp "$work/keys/token.key" "$work/kept.key"
: >"$work/keys/token.key"
kill -HUP "$portal_pid"
holds 'the log says so' eventually grep -q 'keys stay as they are' "$work/portal.log"
taken 'the keys in use stay' "$(newest)"
cp "$work/kept.key" "$work/keys/token.key"

done_testing
