#!/usr/bin/env bash
# Which passwords are taken (A2): the same rules wherever a password is chosen. Lengths count Unicode characters.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

expect GET /portal '' 200
field .password_policy.profile classic
field .password_policy.min_length 8
field .password_policy.max_length 40

# password PASSWORD CODES: registered with it; no codes mean that it is taken
password() {
    local change="{first_name: \"Friederike\", last_name: \"Ostermann\", email: \"rike.sommer@people.example\", consent_version: \"2026-11\", password: $(jq -Rn --arg p "$1" '$p')}"
    if [ -z "$2" ]; then anew POST /registrations "$(registration "$change")" 202
    else anew POST /registrations "$(registration "$change")" 400; faults "$2"; fi
}
repeat() { printf "%0.s$1" $(seq "$2"); }

# --- Length -------------------------------------------------------------------------------------------------------------------------
password 'Xk3-pq9'                    'password too_short'
password 'Xk3-pq9v'                   ''
password 'Äö3-üß9'                    'password too_short'
password 'Äö3-üß9ñ'                   ''
password "$(repeat 'Xk3-' 10)"        ''
password "$(repeat 'Xk3-' 10)z"       'password too_long'
password "$(repeat 'Äö3-' 10)"        ''
password "$(repeat 'Äö3-' 10)ü"       'password too_long'
password "🌻🌻🌻🌻🌻🌻a1"              ''
password "$(repeat 'x' 257)"          'password length'

# --- White space and angle brackets -------------------------------------------------------------------------------------------------
password 'Sonnen Blume-17'            'password whitespace'
password ' Sonnen-Blume-17'           'password whitespace'
password 'Sonnen-Blume-17 '           'password whitespace'
password $'Sonnen\tBlume-17'          'password whitespace'
password $'Sonnen\u00a0Blume-17'      'password whitespace'
password $'Sonnen\u3000Blume-17'      'password whitespace'
password 'Sonnen<Blume-17'            'password angle_brackets'
password 'Sonnen>Blume-17'            'password angle_brackets'
password '<Sonnen Blume>'             'password angle_brackets, password whitespace'

# --- Two of three groups: upper and lower case together, digits, special characters ---------------------------------------------------
password 'zkqwvmtrpl'                 'password too_simple'
password 'ZKQWVMTRPL'                 'password too_simple'
password 'zkqWVMtrpl'                 'password too_simple'
password '7391846205'                 'password too_simple'
password '!§$%&/()=?'                 'password too_simple'
password 'zkqwvm7391'                 'password too_simple'
password 'zkqwvm-tr!'                 'password too_simple'
password 'zkqWvm7391'                 ''
password 'zkqWvm-tr!'                 ''
password '73918-4620'                 ''
password 'zäqÖvm7391'                 ''
password 'äöüßÄÖÜ739'                 ''

# --- Common and leaked --------------------------------------------------------------------------------------------------------------
password 'password1'                  'password leaked, password too_simple'
password 'Password1'                  'password leaked'
password 'P4ssw0rd!Trustno1'          ''

# --- Personal -----------------------------------------------------------------------------------------------------------------------
password 'Friederike-2026'            'password personal'
password 'xx-FRIEDERIKE-7'            'password personal'
password 'Ostermann-2026'             'password personal'
password 'Rike.Sommer-26'             'password personal'

# --- All faults at once -------------------------------------------------------------------------------------------------------------
password '< >'                        'password angle_brackets, password too_short, password too_simple, password whitespace'

# --- Composed and decomposed letters are the same password --------------------------------------------------------------------------
register_and_activate zoe@people.example $'Blu\u0308te-Wiese-17'
anew POST /sessions "$(jq -cn '{email: "zoe@people.example", password: "Bl\u00fcte-Wiese-17"}')" 201

# --- The same rules for a new password ----------------------------------------------------------------------------------------------
login zoe@people.example $'Bl\u00fcte-Wiese-17'
expect PUT /me/password "$(jq -cn '{old_password: "Bl\u00fcte-Wiese-17", new_password: "short"}')" 400
faults 'new_password too_short, new_password too_simple'

# --- The modern profile: 15 to 128 characters of any kind -----------------------------------------------------------------------------
token=
restart_portal PORTAL_PASSWORD_PROFILE=modern
expect GET /portal '' 200
field .password_policy.min_length 15
field .password_policy.max_length 128
password 'nur vierzehn z'             'password too_short'
password 'vierzehn plus e'            ''
password 'ein langer satz <mit allem>' ''
password "$(repeat 'wort ' 26)"       'password too_long'

done_testing
