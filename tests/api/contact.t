#!/usr/bin/env bash
# Writing to customer service (I1).
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

# message JQ: a good message, changed
message() { jq -cn '{name: "Mara Vogt", email: "mara@people.example", subject: "Öffnungszeiten", message: "Guten Tag,\n\nwann haben Sie offen?\n"} | '"${1:-.}"; }
refused() { anew POST /contact "$(message "$1")" 400; faults "$2"; }

# --- A message ----------------------------------------------------------------------------------------------------------------------
anew POST /contact "$(message)" 202
is 'the answer says nothing' "$(wc -c <"$body")" 0
mail_to service@portal.example >"$work/mail"
holds 'customer service gets it' grep -q 'wann haben Sie offen' "$work/mail"
holds 'with its subject' grep -qi '^subject: .*Öffnungszeiten' "$work/mail"
holds 'and can answer it' grep -qi '^reply-to: .*mara@people.example' "$work/mail"
holds 'it comes from the portal, not from the writer' grep -qiE '^from: .*portal@portal.example' "$work/mail"
mail_to mara@people.example >"$work/mail"
holds 'the writer gets a receipt' test -s "$work/mail"
holds 'without the text, so that nobody can send mail to others through it' eval '! grep -qE "wann haben|Öffnungszeiten|Mara Vogt" "$work/mail"'
anew POST /contact "$(message '.language = "en" | .email = "omar@people.example"')" 202
holds 'the receipt speaks English where it is asked for' eval 'mail_to omar@people.example | grep -q Hello'

# --- What is refused ----------------------------------------------------------------------------------------------------------------
anew POST /contact '{}' 400
faults 'email missing, message missing, name missing, subject missing'
refused '.name = ""' 'name length'
refused '.name = "x" * 81' 'name length'
refused '.name = "Mara\nVogt"' 'name format'
refused '.email = "mara"' 'email format'
refused '.email = "mara@people.example, all@people.example"' 'email format'
refused '.subject = "x" * 121' 'subject length'
refused '.subject = " "' 'subject format'
refused '.message = ""' 'message length'
refused '.message = "x" * 4001' 'message length'
refused '.message = " \n "' 'message format'
refused '.message = "a\u0007b"' 'message format'
refused '.message = ["x"]' 'message type'
refused '.language = "fr"' 'language not_allowed'
refused '.to = "all@people.example"' 'to unknown'
refused '.name = "" | .email = "" | .subject = 7 | .message = null' 'email length, message type, name length, subject type'
anew POST /contact "$(message '.message = "ü" * 4000')" 202

# --- Headers cannot be injected -----------------------------------------------------------------------------------------------------
# Neither by line breaks, which are refused, nor by what looks like an encoded word, an address or the end of a mail.
for field in name email subject; do
    refused ".$field = \"Mara\\r\\nBcc: victim@people.example\"" "$field format"
    refused ".$field = \"Mara\\nBcc: victim@people.example\"" "$field format"
    refused ".$field = \"Mara\\u2028Bcc: victim@people.example\"" "$field format"
done
holds 'what was sent has arrived' eventually none_owed
before=$(ls "$work"/mails/*.json | wc -l)
anew POST /contact "$(message '.name = "\"Mara\" <victim@people.example>," | .subject = "=?utf-8?Q?x=0D=0ABcc:_victim@people.example?=" |
    .message = "first\n.\nRCPT TO:<victim@people.example>\nDATA\n..second\n.\n\nlast" | .email = "writer@people.example"')" 202
holds 'both mails come' eventually eval "[ \$(ls $work/mails/*.json | wc -l) = $((before + 2)) ]"
is 'nobody else gets one' "$(mails_to victim@people.example)" 0
latest=$(ls "$work"/mails/*.json | tail -n 2 | xargs grep -lF service@portal.example)
holds 'no header was added' eval '! jq -r ".headers[][0]" "$latest" | grep -qiE "^(bcc|cc)$"'
is 'the answer goes to the writer alone' "$(jq -r '.headers[] | select(.[0] | ascii_downcase == "reply-to") | .[1]' "$latest" | grep -o '[^<> ,"]*@[^<> ,"]*' | xargs)" writer@people.example
holds 'lines of a single dot arrive' eval 'jq -r .text "$latest" | tr -d "\r" | grep -qx "\." && jq -r .text "$latest" | tr -d "\r" | grep -qx "\.\.second" && jq -r .text "$latest" | grep -q last'

# --- Bounds -------------------------------------------------------------------------------------------------------------------------
for _ in $(seq 40); do
    call POST /contact "$(message)" -H 'X-Forwarded-For: 192.0.2.5'
    [ "$status" = 429 ] && break
done
is 'one source cannot write without end' "$status" 429
holds 'and is told how long to wait' grep -qiE '^retry-after: [1-9]' "$head"
holds 'one address gets no more receipts than are bearable' eval '[ "$(eventually none_owed; mails_to mara@people.example)" -le 20 ]'

done_testing
