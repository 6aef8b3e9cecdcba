#!/usr/bin/env bash
# Loading a catalogue of services: what a file may look like, what an import does with what is there, and every kind of bad file. The operator's
# commands `catalogue import`, `catalogue synonyms` and `catalogue check-form`.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

csv=$work/catalogue.csv
# operator STATUS WORDS...: a command, as a test of its exit status; its output is in $body
operator() {
    local want=$1 got
    shift
    (run_program -- "$@") >"$body" 2>&1 </dev/null
    got=$?
    what="serviceportal ${*:0:5} ends with $want${note:+ ($note)}"; ok test "$got" = "$want"
    [ "$got" = "$want" ] || echo "# status $got"
}
says() { what="... says: $1"; ok grep -qF -- "$1" "$body"; }
# file LINE...: the catalogue as lines that end with CR LF; imports STATUS LINE...: and its import
file() { printf '%s\r\n' "$@" >"$csv"; }
imports() { local want=$1; shift; file "$@"; operator "$want" catalogue import "$csv"; }
counts() { says "$1 new, $2 changed, $3 unchanged, $4 vanished ($5 deleted, $6 withdrawn), $7 refused"; }
of() { sql "select $2 from service where name = '$1'"; }
everything() { sql "select md5(string_agg(s::text, '|' order by s.id)) from service s"; sql 'select version from catalogue_state'; }
unchanged() { is '... and nothing has changed' "$(everything)" "$before"; }

# --- Words ------------------------------------------------------------------------------------------------------------------------------
operator 0 catalogue --help
for words in 'catalogue' 'catalogue import' 'catalogue import a.csv b.csv' 'catalogue import a.csv --colour red' 'catalogue import a.csv --encoding ebcdic' \
    'catalogue import a.csv --catalogue Haupt!' 'catalogue import a.csv --catalogue' 'catalogue synonyms' 'catalogue check-form' 'catalogue export'; do
    # shellcheck disable=SC2086
    operator 2 $words
    says 'serviceportal catalogue import'
done
operator 1 catalogue import "$work/none.csv"
says 'cannot be read: No such file or directory'
operator 1 catalogue import "$work"

# --- New, unchanged, changed, vanished ----------------------------------------------------------------------------------------------------
(run_program -- desk create --name Steueramt --email steuer@stadt.example) >/dev/null
header='leika_key,name,short_description,description,service_group,topic,situation,legal_basis,cost_text,cost_cents,level,audience,approval,other_states,roles,url,form,desk'
dog='99102013104000,Hundesteuer anmelden,Melden Sie Ihren Hund an.,"Erste Zeile
- ""Liste"", mit Komma",Hundesteuer,Steuern & Abgaben,Tierhaltung,§ 3 KAG,kostenfrei,0,substantial,people,desk,true,"lesen, Bau leitung",https://hund.example/,,Steueramt'
imports 0 "$header" "$dog" ',Ohne Schlüssel,,,,,,,,,,,,,,,,' '99102013104001,Grundsteuer,,,,Steuern & Abgaben,,,,,,,,,,,,'
counts 3 0 0 0 0 0 0
is 'every column arrives' "$(of 'Hundesteuer anmelden' "leika_key, short_description, description, service_group, topic_id, situation_id, legal_basis, cost_text, cost_cents,
    level, audience, approval, other_states, roles, url, form_version is null, (select name from service_desk d where d.id = desk_id), catalogue")" \
    '99102013104000|Melden Sie Ihren Hund an.|Erste Zeile
- "Liste", mit Komma|Hundesteuer|steuern-abgaben|tierhaltung|§ 3 KAG|kostenfrei|0|substantial|people|desk|t|{lesen,"Bau leitung"}|https://hund.example/|t|Steueramt|main'
is 'without a key a service gets one of its name' "$(of 'Ohne Schlüssel' leika_key)" "own-$(printf 'Ohne Schlüssel' | sha256sum | cut -c 1-16)"
is '... and what is not said is what most services are' "$(of 'Ohne Schlüssel' 'level, audience, approval, other_states, roles, url is null and topic_id is null and cost_cents is null')" 'low|both|automatic|f|{}|t'
call GET "/services/$(of 'Hundesteuer anmelden' id)" && field .topic.name 'Steuern & Abgaben'
call GET '/services?q=Grundsteuer' && field '.items[0].name' Grundsteuer

before=$(everything)
operator 0 catalogue import "$csv"
counts 0 0 3 0 0 0 0
unchanged
operator 0 catalogue import "$csv" --strict
unchanged

kept=$(of Grundsteuer id)
imports 0 "$header" "$dog" '99102013104001,Grundsteuer B,,,,STEUERN & Abgaben,,,,,,,,,,,,'
counts 0 1 1 1 1 0 0
is 'a changed service keeps its id' "$(of 'Grundsteuer B' "id, version")" "$kept|2"
is 'a vanished one that nothing refers to is gone' "$(sql 'select count(*) from service')" 2
is 'a topic follows the file' "$(sql 'select name from service_topic')" 'Steuern & Abgaben'
call GET '/services?q=Ohne+Schlüssel' && field .total 0

# A request and a draft keep what they refer to.
form='{"type": "object", "additionalProperties": false, "properties": {"dog": {"type": "object", "title": "Ihr Hund", "additionalProperties": false, "required": ["name"],
  "properties": {"name": {"type": "string", "title": "Name", "maxLength": 80}}}}}'
mkdir -p "$work/forms"
printf %s "$form" >"$work/forms/dog.json"
small='leika_key,name,url,form,desk'
imports 0 "$small" '99102013104000,Hund,,forms/dog.json,Steueramt' '99102013104001,Entwurf,,forms/dog.json,Steueramt' '99102013104002,Niemand,,forms/dog.json,Steueramt'
counts 1 2 0 0 0 0 0
call GET "/services/$(of Hund id)/form" && field '.version, .schema.properties.dog.title' '1
Ihr Hund'
register_and_activate mara@people.example 'Sonnen-Blume-17'
sql "insert into request_draft (account_id, service_id, form_version, data) select a.id, s.id, 1, '{}' from account a, service s where s.name = 'Entwurf';
     insert into request (service_id, desk_id, form_version, level, data) select id, desk_id, 1, 'low', '{}' from service where name = 'Hund'"
hound=$(of Hund id)
imports 0 "$small" '99102013104009,Anderes,,,'
counts 1 0 0 3 1 2 0
expect GET "/services/$hound" '' 404
is 'the withdrawn stay for those who refer to them' "$(sql "select string_agg(name, ',' order by name) from service where withdrawn_at is not null")" Entwurf,Hund
imports 0 "$small" '99102013104009,Anderes,,,'
counts 0 0 1 0 0 0 0
sql 'delete from request_draft'
operator 0 catalogue import "$csv"
counts 0 0 1 0 0 0 0
is 'once nothing refers to it any more a withdrawn one goes' "$(sql 'select count(*) from service where withdrawn_at is not null')" 1
imports 0 "$small" '99102013104009,Anderes,,,' '99102013104000,Hund,,forms/dog.json,Steueramt'
counts 0 1 1 0 0 0 0
expect GET "/services/$hound" '' 200
field .form_version 1

# --- Forms --------------------------------------------------------------------------------------------------------------------------------
printf '%s\n' "$form" | jq . >"$work/forms/dog.json"
operator 0 catalogue import "$csv"
counts 0 0 2 0 0 0 0
printf %s "${form/Ihr Hund/Der Hund}" >"$work/forms/dog.json"
operator 0 catalogue import "$csv"
counts 0 1 1 0 0 0 0
call GET "/services/$hound/form" && field '.version, .schema.properties.dog.title' '2
Der Hund'
is 'the version that was filled in stays' "$(sql "select count(*) from service_form where service_id = '$hound'")" 2
imports 0 "$small" '99102013104009,Anderes,,,' '99102013104000,Hund,https://hund.example/,,Steueramt'
expect GET "/services/$hound/form" '' 404
field .type not_found
imports 0 "$small" '99102013104009,Anderes,,,' '99102013104000,Hund,,forms/dog.json,Steueramt'
call GET "/services/$hound/form" && field .version 2

before=$(everything)
echo '{"type": "object"' >"$work/forms/broken.json"
echo '{"type": "object", "type": "object"}' >"$work/forms/twice.json"
printf %s "${form/string/strng}" >"$work/forms/wrong.json"
for bad in 'broken.json: It is no JSON (line 2)' 'twice.json: It is no JSON (line 1)' 'wrong.json: /properties/dog/properties/name' 'none.json: It cannot be read'; do
    imports 0 "$small" '99102013104009,Anderes,,,' "99102013104000,Hund,,forms/${bad%%:*},Steueramt"
    counts 0 0 1 0 0 0 1
    says "$csv:3: the form forms/$bad"
    unchanged
done
head -c 300000 /dev/zero | tr '\0' ' ' >"$work/forms/long.json"
operator 1 catalogue check-form "$work/forms/long.json"
says 'It is larger than 262144 bytes'
operator 1 catalogue check-form "$work/forms/wrong.json"
says '/properties/dog/properties/name'
operator 0 catalogue check-form "$work/forms/dog.json"
for form in "$root"/db/fixtures/catalogue/forms/*.json; do operator 0 catalogue check-form "$form"; done

# --- Rows that are refused ------------------------------------------------------------------------------------------------------------------
long=$(printf 'x%.0s' $(seq 289))
file 'leika_key,name,level,desk,cost_cents,topic' '99102013104000,Hund,,,,' '99102013104009,Anderes,low,Nirgends,,' '9910201310400,Kurz,,,,' '99102013104020,,,,,' '99102013104021,Ebene,hoch,,,' \
    '99102013104022,Kosten,,,"1,5",' '99102013104023,Felder,,' '99102013104024,Doppelt,,,,' '99102013104024,Noch einmal,,,,' "99102013104025,$long,,,," \
    '99102013104026,a"b,,,,' '99102013104027,"Zeilen
umbruch ""so""",,,,' "99102013104028,$long$long,,,," '99102013104029,Thema,,,,&' $'99102013104030,Steuer\x01zeichen,,,,'
operator 0 catalogue import "$csv"
counts 3 1 0 0 0 0 11
says "$csv:3: there is no desk 'Nirgends' (Anderes)"
says "$csv:4: leika_key '9910201310400' has to be 14 digits"
says "$csv:5: the name is missing"
says "$csv:6: level 'hoch' has to be low, substantial or high (Ebene)"
says "$csv:7: cost_cents '1,5' has to be a whole number (Kosten)"
says "$csv:8: it has 4 fields, the first line has 6"
says "$csv:10: the key 99102013104024 stands in line 9 already (Noch einmal)"
says "$csv:12: a quotation mark stands in a field without quotes"
says "$csv:15: name has 578 characters; 400 are the most"
says "$csv:16: topic '&' has neither letter nor digit (Thema)"
says "$csv:17: name holds a control character"
is 'a name of 289 characters is one' "$(sql "select count(*) from service where name = '$long'")" 1
is 'quotes and line breaks in a name are text and blanks' "$(sql "select name from service where leika_key = '99102013104027'")" 'Zeilen umbruch "so"'
is 'the first of a doubled key stays' "$(sql "select name from service where leika_key = '99102013104024'")" Doppelt
is 'a service whose row is refused stays as it is' "$(of Anderes "withdrawn_at is null, version")" 't|1'
before=$(everything)
operator 1 catalogue import "$csv" --strict
says '11 of 15 rows were refused; nothing was changed'
says "$csv:6: level"
unchanged
imports 1 name '' ' ' '""'
says 'Every row was refused; nothing was changed'
unchanged

# Rows without a key and with the same name are different services.
operator 0 catalogue import <(printf 'name,topic\nGleich,A\nGleich,B\n') --catalogue zwei --encoding utf-8
says 'zwei: 2 new'
is '... the second has its number' "$(sql "select string_agg(leika_key, ' ' order by topic_id) from service where name = 'Gleich'")" \
    "own-$(printf Gleich | sha256sum | cut -c 1-16) own-$(printf Gleich | sha256sum | cut -c 1-16)-2"

# --- Another catalogue's services are left alone ---------------------------------------------------------------------------------------------
file leika_key,name 99102013104000,Geraubt 99102013104040,Eigenes
operator 0 catalogue import "$csv" --catalogue zwei
counts 1 0 0 2 2 0 1
says "$csv:2: the key 99102013104000 belongs to the catalogue 'main' (Geraubt)"
is 'each catalogue has its own' "$(sql "select catalogue, count(*) from service where withdrawn_at is null group by 1 order by 1" | xargs)" 'main|5 zwei|1'

# --- Files that are refused --------------------------------------------------------------------------------------------------------------------
before=$(everything)
refuses() { note=$1 operator 1 catalogue import "$csv" "${@:3}"; says "$2"; unchanged; }
: >"$csv"; refuses 'an empty file' 'The file is empty'
file leika_key,title 99102013104000,Hund; refuses 'no column with names' "names no column 'name'"
file name,name a,b; refuses 'a column twice' 'Two columns say the name'
file name,leika_name a,b; refuses 'a column twice, by its other name' 'Two columns say the name'
file name; refuses 'no rows' 'The file holds no services; nothing was changed'
file name,colour Hund,rot; refuses 'an unknown column, strictly' "There is no column 'colour'; nothing was changed" --strict
file name Hund '"Katze'; refuses 'a quote that is not closed' 'A quotation mark is not closed in the row that begins in line 3'
file name 'Größe'; refuses 'UTF-8 that is said to be ISO-8859-1' 'The file is UTF-8, not ISO-8859-1' --encoding iso-8859-1
file name Hund $'Gr\xf6\xdfe'; refuses 'ISO-8859-1 that is said to be UTF-8' 'Line 3 is not UTF-8' --encoding utf-8
file name Hund 'Größe' $'Gr\xf6\xdfe'; refuses 'both in one file' 'Line 4 is not UTF-8' --encoding utf-8
printf '\xff\xfen\0a\0m\0e\0' >"$csv"; refuses 'UTF-16' 'The file is UTF-16'
head -c 4000 /dev/urandom >"$csv"; note='random bytes' operator 1 catalogue import "$csv"; unchanged
head -c 400000 /dev/zero | tr '\0' 'x' >"$csv"; refuses 'one endless line' 'cannot be read'

# --- Encodings, separators -----------------------------------------------------------------------------------------------------------------------
printf '\xef\xbb\xbfLEIKA_KEY;Name;Beschreibung\n99102013104040;Größe \xe2\x80\x93 "; \n' | sed 's/"; $/;/' >"$csv"
operator 0 catalogue import "$csv" --catalogue zwei
says 'Not known and not used: the column(s) beschreibung'
counts 0 1 0 0 0 0 0
is 'UTF-8 with its mark, semicolons and LF' "$(sql "select name from service where leika_key = '99102013104040'")" 'Größe –'
before=$(everything)
printf 'name;leika_key\rGr\xf6\xdfe \x96;99102013104040\r' >"$csv"
for encoding in '' '--encoding iso-8859-1' '--encoding latin1'; do
    # shellcheck disable=SC2086
    operator 0 catalogue import "$csv" --catalogue zwei $encoding
    counts 0 0 1 0 0 0 0
    unchanged
done

# --- Aborted, and two at once --------------------------------------------------------------------------------------------------------------------
# A pipe that holds back its end keeps the import in the middle.
before=$(everything)
mkfifo "$work/slow.csv"
(run_program -- catalogue import "$work/slow.csv" --encoding utf-8) >"$work/slow" 2>&1 & slow=$!
exec 7>"$work/slow.csv"
{ echo leika_key,name; for i in $(seq 3000); do echo "$((99200000000000 + i)),Leistung $i"; done; } >&7
in_the_middle() { [ "$(psql -qXAtU postgres -c "select tuples_processed >= 1000 from pg_stat_progress_copy where datname = '$PGDATABASE'")" = t ]; }
holds 'an import is in the middle of its file' eventually in_the_middle
kill -9 "$(pgrep -P "$slow" || echo "$slow")"
wait "$slow" 2>/dev/null
exec 7>&-
ended() { [ -z "$(psql -qXAtU postgres -c "select 1 from pg_stat_progress_copy where datname = '$PGDATABASE'")" ]; }
holds 'it is killed' eventually ended
unchanged
expect GET "/services?q=Leistung" '' 200
is 'nothing of it is left' "$(sql "select count(*) from service where leika_key like '992%'")" 0

(run_program -- catalogue import "$work/slow.csv" --encoding utf-8 --catalogue drei) >"$work/slow" 2>&1 & slow=$!
exec 7>"$work/slow.csv"
{ echo leika_key,name; for i in $(seq 3000); do echo "$((99200000000000 + i)),Leistung $i"; done; } >&7
holds 'another one is in the middle' eventually in_the_middle
printf 'leika_key,name\n99200000000001,Leistung eins\n' >"$csv"
(run_program -- catalogue import "$csv" --catalogue drei) >"$work/second" 2>&1 7>&- & second=$!
holds 'a second one waits, and says so' eventually grep -q 'Another import is under way' "$work/second"
echo '99300000000000,Zuletzt' >&7
exec 7>&-
wait "$slow"; cp "$work/slow" "$body"
says 'drei: 3001 new, 0 changed'
wait "$second"; cp "$work/second" "$body"
says 'drei: 0 new, 1 changed, 0 unchanged, 3000 vanished (3000 deleted, 0 withdrawn), 0 refused'

# A constraint that an import breaks although all rows are good (a topic of another making) changes nothing either.
before=$(everything)
sql "insert into service_topic values ('anders', 'Neues Thema')"
imports 1 name,topic 'Hund,Neues Thema'
unchanged
sql "delete from service_topic where id = 'anders'"

# --- The words that the search follows --------------------------------------------------------------------------------------------------------------
synonyms() { printf '%s\n' "$@" >"$csv"; }
synonyms word,means Wauwau,Hund Köter,Hund
operator 0 catalogue synonyms "$csv"
says '2 words that mean others'
imports 0 leika_key,name 99102013104000,'Hund halten'
call GET '/services?q=Wauwau' && field '.items[0].name' 'Hund halten'
synonyms 'Means;WORD;more' 'Hund;Bello;' ';Leer;' '"Hund";Hund;' 'Hund;a;b;c' "Hund;$long;"
operator 0 catalogue synonyms "$csv"
says '1 words that mean others'
for line in 3 4 5 6; do says "$csv:$line: It "; done
call GET '/services?q=Bello' && field '.items[0].name' 'Hund halten'
call GET '/services?q=Wauwau' && field .total 0
synonyms word,meaning a,b
operator 1 catalogue synonyms "$csv"
says "has to name the columns 'word' and 'means'"
synonyms word,means
operator 1 catalogue synonyms "$csv"
says 'The file holds no words; nothing was changed'
printf 'word,means\nRüde,Hund\nR\xfcde,Hund\n' >"$csv"
operator 1 catalogue synonyms "$csv" --encoding utf-8
says 'Line 3 is not UTF-8'
operator 1 catalogue synonyms "$work/none.csv"
call GET '/services?q=Bello' && field .total 1

# --- The catalogues that there are ---------------------------------------------------------------------------------------------------------------------
large=$root/../shared/data/ozg_leika_catalogue_2019_nrw.csv
if [ -f "$large" ]; then
    sql 'truncate service cascade'
    operator 0 catalogue import "$large" --strict
    counts 5251 0 0 0 0 0 0
    operator 0 catalogue import "$large"
    counts 0 0 5251 0 0 0 0
    is 'those without a key have one of their own' "$(sql "select count(*) from service where leika_key like 'own-%'")" 438
fi
done_testing
