# Words that the API scripts share, on top of portal.sh. Source it after portal.sh.
# shellcheck shell=bash disable=SC2154

# A network address that nobody has called from yet, for what is bounded per source.
fresh_source() { echo "10.$((RANDOM % 256)).$((RANDOM % 256)).$((RANDOM % 254 + 1))"; }

# anew METHOD PATH BODY STATUS [curl args]: expect, from an address of its own
anew() { expect "$1" "$2" "$3" "$4" -H "X-Forwarded-For: $(fresh_source)" "${@:5}"; }

# All faults of the last answer, sorted: faults 'email format, first_name missing'
faults() { field '[.errors[] | "\(.field) \(.code)"] | sort | join(", ")' "$1"; }

# is WHAT VALUE WANTED
is() { what="$1"; ok test "$2" = "$3"; [ "$2" = "$3" ] || echo "# got '$2', wanted '$3'"; }

# holds WHAT COMMAND...: the command succeeds
holds() { what="$1"; ok "${@:2}"; }

# value JQ: from the last answer
value() { jq -r "$1" "$body"; }

# about JQ SECONDS: a rest of time in the last answer, of which a few may have passed meanwhile
about() { local left; left=$(value "$1"); holds "... $1 is about $2 ($left)" test "$left" -le "$2" -a "$left" -ge $(($2 - 10)); }

# eventually COMMAND...: tries for thirty seconds, which only a very busy machine needs
eventually() { for _ in $(seq 300); do "$@" && return 0; sleep 0.1; done; return 1; }

# One registration that is right, changed by a jq expression
registration() {
    jq -cn '{first_name: "Mara", last_name: "Vogt", email: "mara@people.example", password: "Sonnen-Blume-17", consent_version: "2026-11"} | '"${1:-.}"
}

# How many mails wait or are on their way
mails_owed() { sql "select (select count(*) from outbox where sent_at is null and given_up_at is null) + (select count(*) from registration where token_hash is null) + (select count(*) from password_reset)"; }
none_owed() { [ "$(mails_owed)" = 0 ]; }

# The payload of a token
claims() { cut -d. -f2 <<<"$1" | tr '_-' '/+' | awk '{ while (length($0) % 4) $0 = $0 "="; print }' | base64 -d; }

# at_once METHOD PATH BODY...: the statuses of one call for each body, all side by side, sorted
at_once() {
    printf '%s\n' "${@:3}" | xargs -d '\n' -P 16 -I BODY curl -sS -o /dev/null -w '%{http_code}\n' -X "$1" "$api$2" \
        -H 'Content-Type: application/json' -H "X-Forwarded-For: $(fresh_source)" ${token:+-H "Authorization: Bearer $token"} -d BODY |
        sort | xargs
}
