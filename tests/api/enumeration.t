#!/usr/bin/env bash
# Whether an address has an account is told to nobody but its owner: neither by answers nor by rows nor by time.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

password='Sonnen-Blume-17'
register_and_activate mara@people.example "$password"
register_and_activate omar@people.example "$password"

# answer: all of an answer, but for what differs in every one
answer() { echo "$status"; cat "$body"; grep -viE '^(x-request-id|date):' "$head"; }
# same METHOD PATH KNOWN UNKNOWN: two calls that look the same from outside
same() {
    local known
    call "$1" "$2" "$3" -H "X-Forwarded-For: $(fresh_source)"; known=$(answer)
    call "$1" "$2" "$4" -H "X-Forwarded-For: $(fresh_source)"
    is "$1 $2 gives a known and an unknown address the same answer" "$(answer)" "$known"
}
same POST /registrations "$(registration)" "$(registration '.email = "none@people.example"')"
same POST /registrations "$(registration '.password = "short"')" "$(registration '.email = "none@people.example" | .password = "short"')"
same POST /password-resets '{"email": "mara@people.example"}' '{"email": "nobody@people.example"}'
same POST /sessions '{"email": "mara@people.example", "password": "x"}' '{"email": "nobody@people.example", "password": "x"}'
login omar@people.example "$password"
wish() { jq -cn --arg e "$1" --arg p "$password" '{new_email: $e, new_email_repeated: $e, password: $p}'; }
same POST /me/email-change "$(wish mara@people.example)" "$(wish unknown@people.example)"
expect GET /me '' 200
field '.pending_email | . != null' true
token=''

# What a request writes is one identical row; a worker decides.
stop_portal
is 'one table for all registrations' "$(sql "select count(*) from information_schema.columns where table_name = 'registration' and column_name ~ 'account|known|exists'")" 0
start_portal

# The same holds for what failures count.
sql 'delete from throttle' >"$work/sql"
for address in mara nobody; do
    is "six tries for $address" "$(for _ in $(seq 6); do call POST /sessions "{\"email\": \"$address@people.example\", \"password\": \"x\"}" -H "X-Forwarded-For: 192.0.2.${#address}"; echo "$status"; done | xargs)" \
        '401 401 401 401 401 429'
done

# Time: an unknown address costs one hash as well. The medians of 200 tries lie within 5 % on a quiet machine (bench/run.sh measures that);
# here the bound is wide enough for a busy one, and still far from the fifty times that a missing hash would make.
sql 'delete from throttle' >"$work/sql"
# seconds ADDRESS...: one try for each, in turn with the other kind
: >"$work/known"; : >"$work/unknown"
for i in $(seq 30); do
    for kind in known unknown; do
        [ $kind = known ] && address=mara@people.example || address=nobody$i@people.example
        curl -sS -o /dev/null -w '%{time_total}\n' "$api/sessions" -H 'Content-Type: application/json' -H "X-Forwarded-For: $(fresh_source)" \
            -d "{\"email\": \"$address\", \"password\": \"Falsches-Wort-9\"}" >>"$work/$kind"
    done
done
median() { sort -n "$1" | sed -n 15p; }
known=$(median "$work/known") unknown=$(median "$work/unknown")
holds "the medians of a login are alike ($known s known, $unknown s unknown)" \
    awk -v a="$known" -v b="$unknown" 'BEGIN { exit !(a / b < 1.5 && b / a < 1.5) }'

done_testing
