#!/usr/bin/env bash
# How mail leaves: over TLS and with a login, as the settings say, and never without them.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

# certificate NAME: made for NAME by an authority of its own; $work/NAME.pem holds key and certificate, $work/NAME.ca the authority
certificate() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" -addext "subjectAltName=DNS:$1" -keyout "$work/$1.key" -out "$work/$1.ca" 2>"$work/openssl"
    cat "$work/$1.key" "$work/$1.ca" >"$work/$1.pem"
}
certificate localhost
certificate elsewhere.example
printf 'Wolken-Bruch-5\n' >"$work/password"

# sends WHAT: a registration's mail arrives; refuses WHAT WORDS: it does not, and the reason kept for operators says why
number=0
asked() { number=$((number + 1)); anew POST /registrations "$(registration ".email = \"mara$number@people.example\"")" 202; }
sends() { asked; holds "$1" test -n "$(mail_token "mara$number@people.example")"; }
refuses() {
    asked
    holds "$1" eventually eval '[ "$(sql "select count(*) from outbox where sent_at is null and given_up_at is null and tries > 0 and last_error ~* '"'$2'"'")" -gt 0 ]'
    is '... and no mail has come' "$(mails_to "mara$number@people.example")" 0
    sql 'delete from outbox' >"$work/sql"
}
# served TLS CERTIFICATE SETTING...: the mail server begins anew, and the portal with settings
served() {
    stop_sink
    start_sink "$1" "$work/$2.pem" postman Wolken-Bruch-5
    restart_portal PORTAL_SMTP_HOST=localhost PORTAL_SMTP_TLS="$1" PORTAL_SMTP_USER=postman PORTAL_SMTP_PASSWORD_FILE="$work/password" \
        PORTAL_SMTP_CA_FILE="$work/localhost.ca" "${@:3}"
}

served starttls localhost
sends 'mail goes over STARTTLS, with a login'
served tls localhost
sends 'mail goes over TLS from the first byte on, with a login'
served tls localhost PORTAL_SMTP_PASSWORD_FILE=/etc/hostname
refuses 'a wrong password is no reason to give a mail up' 'denied|authent|login|535'
served starttls localhost PORTAL_SMTP_CA_FILE=
refuses 'an authority that nobody knows vouches for nothing' 'certificate|peer|issuer|signer'
served starttls elsewhere.example PORTAL_SMTP_CA_FILE="$work/elsewhere.example.ca"
refuses 'a certificate for another name is none' 'name|match|hostname|certificate'
stop_sink; start_sink
restart_portal PORTAL_SMTP_HOST=localhost PORTAL_SMTP_TLS=starttls
refuses 'a server that offers no TLS gets no mail' 'TLS|SSL'

done_testing
