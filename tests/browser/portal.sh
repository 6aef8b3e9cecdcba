#!/bin/bash
# A portal with a database and a mail sink of its own, for one file of browser tests. Says 'ready ADDRESS', then takes one command a line
# and answers each with one line; it ends, and leaves nothing behind, when its standard input does.
. "$(dirname "${BASH_SOURCE[0]}")/../lib/portal.sh"
. "$root/tests/lib/catalogue.sh"

# Text on one line, as JSON, so that whatever is in it arrives.
line() { jq -Rsc .; }

echo "ready $origin"
while read -r command argument more; do
    case $command in
        account) register_and_activate "$argument" "$more" >/dev/null; echo done ;;
        token) mail_token "$argument" ;;
        mail) jq -r .text "$(latest_mail "$argument" "$more")" | line ;;
        mails) mails_to "$argument" ;;
        shift) shift_clock "$argument $more" >/dev/null; echo done ;;
        sql) sql "$argument $more" | line ;;
        demo) put_demo_in >&2 && echo done || echo 'Bail out! The demo catalogue is not taken' ;;
        stop) stop_portal; echo done ;;
        start) start_portal; echo done ;;
        restart) restart_portal "$argument"; echo done ;;
        *) echo "unknown command $command" ;;
    esac
done
