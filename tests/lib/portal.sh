# What every API script stands on. Sourcing it starts a database of its own (a copy of the migrated template), an SMTP sink and a portal;
# all end with the script. The answers are TAP; end with `done_testing`.
#
#   call METHOD PATH [BODY] [curl args]         one call; $status, $body (file) and $head (file) are its answer
#   expect METHOD PATH BODY STATUS [curl args]  the same, as a test of the status
#   field JQ VALUE, header NAME VALUE           tests of the last answer
#   ok COMMAND...                               a test of a command, named by $what
#   login EMAIL PASSWORD                        sets $token (sent by call wherever it is set) and the cookie jar $jar
#   register_and_activate EMAIL PASSWORD        a new account; the person is Mara Vogt
#   mail_to ADDRESS, mail_token ADDRESS         the latest mail to an address, and the secret of its link; both wait for one
#   mails_to ADDRESS                            how many there are
#   shift_clock INTERVAL                        what the portal takes for now, from the real now: '21 minutes', 0
#   sql STATEMENT                               as the database's owner
#   start_portal, restart_portal [NAME=VALUE]   with further settings; stop_portal [SIGNAL] sets $portal_status; start_sink [as smtp_sink.py], stop_sink
#
# PATH begins with / and stands below /api/v1, or is a whole address; $origin, $api and $operations are the portal's.
# PORTAL_PROGRAM is the program under test. EXCHANGES names a file that gets every call and answer as a line of JSON.
# TEST_CLUSTER (see cluster.sh) is the cluster to use; without it the script has one of its own.
# shellcheck shell=bash disable=SC2034

set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=${PORTAL_PROGRAM:-$root/build/serviceportal}
work=$(mktemp -d /tmp/portal-test.XXXXXX)
body=$work/body head=$work/head jar=$work/jar what='' token='' status=''
tests=0 failures=0 portal_pid='' sink_pid='' own_cluster='' portal_status=''
: >"$body"; : >"$head"

. "$root/tests/lib/cluster.sh"

# --- TAP ----------------------------------------------------------------------------------------------------------------------------

ok() {
    tests=$((tests + 1))
    what=${what//$'\n'/ }
    if "$@"; then echo "ok $tests - $what"; return; fi
    failures=$((failures + 1))
    echo "not ok $tests - $what"
    head -c 2000 "$body" | sed 's/^/# /'
    [ -s "$body" ] && echo
}

bail_out() {
    echo "Bail out! $*"
    [ ! -f "$work/portal.log" ] || tail -n 20 "$work/portal.log" | sed 's/^/# /'
    exit 1
}

done_testing() {
    if [ -n "$portal_pid" ]; then
        stop_portal
        what='the portal ends with status 0'; ok test "$portal_status" = 0
        [ "$portal_status" = 0 ] || tail -n 40 "$work/portal.log" | sed 's/^/# /'
    fi
    echo "1..$tests"
    exit $((failures > 0))
}

clean_up() {
    [ -z "$portal_pid" ] || kill -9 "$portal_pid" 2>/dev/null
    [ -z "$sink_pid" ] || kill "$sink_pid" 2>/dev/null
    wait 2>/dev/null
    if [ -n "$own_cluster" ]; then cluster_stop; else psql -qX -U postgres -d postgres -c "DROP DATABASE IF EXISTS $PGDATABASE WITH (FORCE)" 2>/dev/null; fi
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# --- Calls --------------------------------------------------------------------------------------------------------------------------

call() {
    local method=$1 path=$2 text=${3-} arguments=()
    shift $(($# < 3 ? $# : 3))
    case $path in http*) ;; *) path=$api$path ;; esac
    if [ "$method" = HEAD ]; then arguments+=(-I); else arguments+=(-X "$method"); fi
    if [ -n "$token" ]; then arguments+=(-H "Authorization: Bearer $token"); fi
    if [ -n "$text" ]; then
        printf %s "$text" >"$work/request"
        arguments+=(--data-binary "@$work/request")
        case "$*" in *[Cc]ontent-[Tt]ype:*) ;; *) arguments+=(-H 'Content-Type: application/json') ;; esac
    else
        : >"$work/request"
    fi
    : >"$body"; : >"$head"
    status=$(curl -sS --path-as-is -m 30 -o "$body" -D "$head" -w '%{http_code}' "${arguments[@]}" "$@" "$path" 2>"$work/curl")
    [ "$method" != HEAD ] || : >"$body" # curl -I writes the head there
    sed -i 's/\r$//' "$head"
    [ -z "${EXCHANGES-}" ] || keep_exchange "$method" "$path"
}

keep_exchange() {
    ( flock 9; jq -cn --arg method "$1" --arg url "$2" --arg origin "$origin" --arg operations "$operations" --arg status "$status" --rawfile head "$head" \
        --rawfile request "$work/request" --rawfile answer "$body" --arg script "$(basename "$0")" '$ARGS.named' >>"$EXCHANGES" ) 9>"$EXCHANGES.lock"
}

expect() {
    call "$1" "$2" "$3" "${@:5}"
    what="$1 ${2:0:100}${3:+ ${3:0:160}} gives $4"; ok test "$status" = "$4"
    [ "$status" = "$4" ] || echo "# status $status"
}

field() {
    local value
    value=$(jq -r "$1" "$body" 2>/dev/null)
    what="... $1 is $2"; ok test "$value" = "$2"
    [ "$value" = "$2" ] || echo "# got: $value"
}

header() {
    local value
    value=$(sed -nE "s/^$1: *//Ip" "$head" | tail -n 1)
    what="... the header $1 is $2"; ok test "$value" = "$2"
    [ "$value" = "$2" ] || echo "# got: $value"
}

login() {
    token=''
    call POST /sessions "$(jq -cn --arg email "$1" --arg password "$2" '{$email, $password}')" -c "$jar" \
        -H "X-Forwarded-For: 10.$((RANDOM % 256)).$((RANDOM % 256)).$((RANDOM % 254 + 1))"
    [ "$status" = 201 ] || bail_out "the login of $1 gave $status: $(cat "$body")"
    token=$(jq -r .token "$body")
}

register_and_activate() {
    local kept=$token before from="X-Forwarded-For: 10.$((RANDOM % 256)).$((RANDOM % 256)).$((RANDOM % 254 + 1))"
    token='' before=$(mails_to "$1")
    call POST /registrations "$(jq -cn --arg email "$1" --arg password "$2" \
        '{first_name: "Mara", last_name: "Vogt", $email, $password, consent_version: "2026-11"}')" -H "$from"
    [ "$status" = 202 ] || bail_out "the registration of $1 gave $status: $(cat "$body")"
    for _ in $(seq 300); do [ "$(mails_to "$1")" = "$before" ] || break; sleep 0.1; done # there may be an older mail to this address
    call POST /activations "{\"token\": \"$(mail_token "$1")\"}" -H "$from"
    [ "$status" = 200 ] || bail_out "the activation of $1 gave $status: $(cat "$body")"
    token=$kept
}

# --- Mails --------------------------------------------------------------------------------------------------------------------------

# The files of the mails to an address, in the order of their arrival
mail_files() { grep -liF "\"to\": [\"$1\"" "$work"/mails/*.json 2>/dev/null; }
mails_to() { mail_files "$1" | wc -l; }

# latest_mail ADDRESS [WORD]: the file of the latest mail (that holds a word), waited for
latest_mail() {
    local file
    for _ in $(seq 300); do
        file=$(mail_files "$1" | xargs -r grep -lF -- "${2-}" | tail -n 1)
        [ -n "$file" ] && { echo "$file"; return; }
        sleep 0.1
    done
    echo "# no mail to $1 has come" >&2
    return 1
}

mail_to() {
    local file
    file=$(latest_mail "$1") && jq -r '(.headers[] | "\(.[0]): \(.[1])"), "", .text' "$file"
}

mail_token() {
    local file
    file=$(latest_mail "$1" '#token=') && jq -r .text "$file" | grep -oE '#token=[A-Za-z0-9_-]+' | tail -n 1 | cut -d= -f2
}

# --- Database, sink and portal ------------------------------------------------------------------------------------------------------

sql() { psql -qXAt -v ON_ERROR_STOP=1 -U portal_owner -c "$1"; }
shift_clock() { sql "update clock_shift set shift = '$1'"; }

free_ports() {
    /usr/bin/python3 -c '
import socket
sockets = [socket.socket() for _ in range(3)]
for s in sockets: s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in sockets))'
}

start_sink() {
    /usr/bin/python3 "$root/tests/lib/smtp_sink.py" "$smtp_port" "$work/mails" "$@" 2>"$work/sink.log" &
    sink_pid=$!
    for _ in $(seq 100); do (: <>"/dev/tcp/127.0.0.1/$smtp_port") 2>/dev/null && return; sleep 0.05; done
    bail_out "the SMTP sink does not start: $(cat "$work/sink.log")"
}

stop_sink() { kill "$sink_pid"; wait "$sink_pid" 2>/dev/null; sink_pid=''; }

# run_program [NAME=VALUE...] -- ARGUMENTS...: the program under test in an environment without the caller's settings
run_program() {
    local name environment=(PGUSER=portal PORTAL_ENVIRONMENT=development PORTAL_PORT="$port" PORTAL_OPERATIONS_PORT="$operations_port"
        PORTAL_PUBLIC_URL="$origin" PORTAL_KEYS="$work/keys" PORTAL_TRUSTED_PROXIES=127.0.0.0/8 PORTAL_SPA="$site_folder"
        PORTAL_SMTP_PORT="$smtp_port" PORTAL_MAIL_FROM=portal@portal.example PORTAL_CONTACT_EMAIL=service@portal.example
        PORTAL_DATABASE_POOL=6)
    while [ "$1" != -- ]; do environment+=("$1"); shift; done
    shift
    for name in $(compgen -e PORTAL_); do unset "$name"; done
    exec env "${environment[@]}" "$program" "$@"
}

start_portal() {
    (run_program "$@" -- serve) >>"$work/portal.log" 2>&1 &
    portal_pid=$!
    for _ in $(seq 400); do
        [ "$(curl -s -o /dev/null -w '%{http_code}' "$operations/readyz")" = 200 ] && return
        kill -0 "$portal_pid" 2>/dev/null || { portal_pid=''; bail_out 'the portal does not start'; }
        sleep 0.05
    done
    bail_out 'the portal does not get ready'
}

# stop_portal [SIGNAL]
stop_portal() {
    kill -"${1:-TERM}" "$portal_pid"
    wait "$portal_pid" 2>/dev/null
    portal_status=$?
    portal_pid=''
}

restart_portal() { stop_portal; start_portal "$@"; }

# The cluster without the program under test, for scripts that look at starting itself
[ -n "${TEST_CLUSTER-}" ] || { own_cluster=yes; cluster_start || exit 1; }
export PGHOST=$TEST_CLUSTER PGPORT=5432 PGDATABASE=test_$$_$RANDOM
psql -qX -U postgres -d postgres -c "CREATE DATABASE $PGDATABASE TEMPLATE portal_template OWNER portal_owner" || exit 1
mkdir "$work/mails" "$work/keys"
read -r port operations_port smtp_port < <(free_ports)
origin=http://127.0.0.1:$port api=$origin/api/v1 operations=http://127.0.0.1:$operations_port
site_folder=$root/build/site
[ -d "$site_folder" ] || site_folder=$root/spa
start_sink
start_portal
