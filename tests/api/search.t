#!/usr/bin/env bash
# The search (F1): suggestions while somebody types and pages of results. German stems, umlauts either way, beginnings, parts of compounds, typing errors,
# synonyms, and whatever people may put into a field.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"
. "$(dirname "$0")/../lib/catalogue.sh"

encode() { jq -rn --arg q "$1" '$q | @uri'; }
# finds QUERY NAMES: the results, best first; suggests QUERY NAMES: the suggestions
finds() { expect GET "/services?q=$(encode "$1")${3-}" '' 200; field '[.items[].name] | join(", ")' "$2"; field '.total == (.items | length)' true; }
suggests() {
    expect GET "/services/suggest?q=$(encode "$1")${3-}" '' 200
    case $2 in "${one_of-none}") field '[.items[].name] | sort | join(", ")' "$2" ;; *) field '[.items[].name] | join(", ")' "$2" ;; esac
}
synonym() { sql "insert into search_synonym (word, means, key) values ('$1', '$2', search_phrase('$1'))"; }

# --- A portal without services ------------------------------------------------------------------------------------------------------
finds 'Hund' ''
suggests 'Hund' ''

put_catalogue_in
dog=${id[Hundesteuer anmelden]}

# --- Suggestions ----------------------------------------------------------------------------------------------------------------------
expect GET '/services/suggest?q=grund' '' 200
field 'tojson' "$(jq -cn --arg id "${id[Grundsteuer]}" '{items: [{$id, name: "Grundsteuer", topic: "Steuern & Abgaben"}]}')"
header Cache-Control 'public, max-age=60'
expect GET '/services/suggest?q=grund' '' 304 -H "If-None-Match: $(sed -nE 's/^etag: *//Ip' "$head")"
expect GET '/services/suggest?q=%C3%B6lh' '' 200
field '.items | map([.name, .topic]) | tojson' '[["Ölheizung",null]]'
one_of='Hundesteuer abmelden, Hundesteuer anmelden' # equally good ones come in any order
suggests h "$one_of"
suggests hu "$one_of"
suggests 'hundesteuer an' 'Hundesteuer anmelden, Hundesteuer abmelden' # where all words are hardly found, some are shown behind
suggests 'Hundesteuer anm' 'Hundesteuer anmelden, Hundesteuer abmelden'
suggests 'o' 'Ölheizung, Ofenreinigung, Öffentlichkeitsarbeit' # short names first
suggests 'oel' Ölheizung
suggests 'ol' Ölheizung
suggests 'öl ' Ölheizung
suggests 'zurück' ''                          # withdrawn
expect GET '/services/suggest?q=steuer' '' 200 # a part of a compound
field '[.items[].name] | sort | join(", ")' "Grundsteuer, $one_of"
field '.items[0].name' Grundsteuer
suggests 'grudnsteuer' Grundsteuer            # a typing error
suggests 'hundesteuer für meinen Dackel' "$one_of" # what matters has been understood
expect GET '/services/suggest?q=hu&limit=1' '' 200
field '.items | length' 1

# --- Results: words in whatever form --------------------------------------------------------------------------------------------------
finds Personalausweis Personalausweis
finds personalausweise Personalausweis        # plural
finds Personalausweises Personalausweis       # genitive
finds 'des Personalausweises' Personalausweis
finds 'anmeldung hundesteuer' 'Hundesteuer anmelden' # noun and verb
finds Führungszeugnis Führungszeugnis
finds FÜHRUNGSZEUGNIS Führungszeugnis
finds fuehrungszeugnis Führungszeugnis
finds fuhrungszeugnis Führungszeugnis
finds "$(printf 'Fu\xcc\x88hrungszeugnis')" Führungszeugnis # u and a combining mark
finds ausweis Personalausweis
finds personalaus Personalausweis
finds personalasuweis Personalausweis
finds fürungszeugniss Führungszeugnis
finds oeffentlichkeit Öffentlichkeitsarbeit
finds eclairpreis Éclairpreis
finds zurückgezogen ''
finds pe Personalausweis                      # even two letters, where they are no word themselves
finds baumuster '(Baumuster-) Prüfung'
finds 'pruefung (baumuster)' '(Baumuster-) Prüfung'
add_service 'Grosse Straße'
finds 'große strasse' 'Grosse Straße'
finds 'GROẞE STRASSE' 'Grosse Straße'
suggests 'große str' 'Grosse Straße'

# --- The name before the description, all words before some -----------------------------------------------------------------------------
add_service Zebrastreifen 'description=Ein Zebra ist kein Fußgänger.' 'short_description=Farbe'
add_service Tierpark 'description=Dort wohnt auch ein Zebra.'
add_service 'Futter' 'short_description=Für das Zebra'
finds Zebra 'Zebrastreifen, Futter, Tierpark'
finds 'Zebra Tierpark' Tierpark
finds 'zebra wohnt' 'Tierpark, Zebrastreifen'
suggests Zebra Zebrastreifen                  # suggestions come from names
finds 'beantragen personalausweis' Personalausweis # a word that fits any service need not be there
finds 'personalausweis kaktus' Personalausweis

# --- Synonyms ---------------------------------------------------------------------------------------------------------------------------
finds Perso Personalausweis                   # its beginning
finds Identitätskarte ''
synonym Identitätskarte Personalausweis
finds Identitätskarte Personalausweis
finds identitaetskarten ''                    # a synonym is a word as it stands in the list
finds 'neue Identitätskarte beantragen' Personalausweis
suggests identitätskarte Personalausweis
suggests identit Personalausweis              # begun
synonym 'Wau-Wau' 'Hundesteuer anmelden'
for word in Wau-Wau wauwau 'WAU WAU'; do finds "$word" 'Hundesteuer anmelden'; done
sql 'delete from search_synonym'
finds Identitätskarte ''

# --- Filters and pages --------------------------------------------------------------------------------------------------------------------
finds steuer 'Grundsteuer, Hundesteuer abmelden, Hundesteuer anmelden'
finds steuer 'Hundesteuer abmelden, Hundesteuer anmelden' '&situation=haustiere'
finds steuer Grundsteuer '&audience=organisations'
finds steuer '' '&topic=wirtschaft'
finds steuer Grundsteuer '&letter=G'
all=$(for limit in 1 2; do
    cursor='' names=''
    while :; do
        call GET "/services?q=steuer&limit=$limit${cursor:+&cursor=$cursor}"
        names+=$(value '[.items[].name] | join(",")')\; cursor=$(value '.next_cursor // ""')
        [ -n "$cursor" ] || break
    done
    echo "$names"
done)
is 'pages hold each result once, in order' "$all" $'Grundsteuer;Hundesteuer abmelden;Hundesteuer anmelden;\nGrundsteuer,Hundesteuer abmelden;Hundesteuer anmelden;'
expect GET '/services?q=%C3%B6l&limit=1' '' 200
field .next_cursor null
expect GET '/services?q=hund%20steuer&limit=1' '' 200
field .total 2
cursor=$(value .next_cursor)
header Link "</api/v1/services?q=hund%20steuer&cursor=$cursor&limit=1>; rel=\"next\""
expect GET "$origin$(sed -nE 's/^link: <(.*)>.*/\1/Ip' "$head")" '' 200
field '[.items[].name, .next_cursor] | tojson' '["Hundesteuer anmelden",null]'
expect GET "/services?q=hund&limit=1&cursor=$cursor" '' 400
faults 'cursor wrong'
expect GET "/services?limit=1&cursor=$cursor" '' 400
faults 'cursor wrong'

# --- It follows the catalogue -----------------------------------------------------------------------------------------------------------
sql "update service set name = 'Katzensteuer' where id = '$dog'"
finds katze Katzensteuer
finds 'hundesteuer anmelden' 'Hundesteuer abmelden'
suggests katz Katzensteuer
suggests 'hundesteuer' 'Hundesteuer abmelden'
sql "update service set withdrawn_at = clock() where id = '$dog'"
finds katze ''
suggests katz ''
sql "update service set withdrawn_at = null, name = 'Hundesteuer anmelden' where id = '$dog'"
suggests 'hundesteuer anm' 'Hundesteuer anmelden, Hundesteuer abmelden'
sql "delete from service where name in ('Tierpark', 'Futter')"
finds zebra Zebrastreifen
is 'what is searched is what there is' "$(sql "select (select count(*) from service_search) = (select count(*) from service where withdrawn_at is null)
    and not exists (select from search_key k where not exists (select from service s where s.id = k.service_id and s.withdrawn_at is null))
    and (select count(*) from search_key) = (select sum((select count(*) from search_keys(names, length))) from service_search)")" t
sql "update service set changed_at = clock(), version = version + 1, cost_cents = 7"
finds katze ''

# --- Whatever people put into a field -----------------------------------------------------------------------------------------------------
nothing=(' ' '   ' 'der die das' 'und' '%' '%%' '_' '*' '?' "'" "''" '"' '\' '\\' '&' '|' '!' '<->' ':*' '( ' '!!!' '🐕' '👩‍👧🏽' 'ﷺ' 'Привет' '狗' $'\t' $'\x01' '٣' '$1' '$$' '--' ';' '/*')
for q in "${nothing[@]}"; do
    case $q in '$1') ;; *) finds "$q" '' ;; esac
    expect GET "/services/suggest?q=$(encode "$q")" '' 200
done
expect GET '/services/suggest?q=' '' 200
field '.items | length' 0
for q in "hund' or '1'='1" 'hund & !steuer' 'hund:*' 'hund | xyz' '!hund' 'hund%' '"hund"' 'hund\' 'hund🐕' '(hund' 'hund)' "hund'; drop table service; --" 'hund <-> steuer' 'hund:A' 'h*und hund'; do
    expect GET "/services?q=$(encode "$q")" '' 200
    field 'any(.items[]; .name == "Hundesteuer anmelden")' true
    expect GET "/services/suggest?q=$(encode "$q")" '' 200
done
expect GET "/services?q=$(printf 'ü%.0s' {1..66})" '' 200   # 200 characters are fine, counted as such
expect GET "/services?q=$(encode "$(printf 'ü%.0s' {1..200})")" '' 200
expect GET "/services/suggest?q=$(encode "$(printf 'ü%.0s' {1..200})")" '' 200
expect GET "/services?q=$(printf 'a+%.0s' {1..100})" '' 200 # a hundred words
expect GET "/services/suggest?q=$(printf 'ab+%.0s' {1..66})" '' 200
refused() { expect GET "$1" '' 400; faults "$2"; }
refused '/services?q=' 'q length'
for path in /services /services/suggest; do
    refused "$path?q=$(printf 'a%.0s' {1..201})" 'q length'
    expect GET "$path?q=$(printf 'a%.0s' {1..10000})" '' 400
    expect GET "$path?q=%00" '' 400
    expect GET "$path?q=a%00b" '' 400
    expect GET "$path?q=%FF" '' 400
    expect GET "$path?q=%C3" '' 400
    expect GET "$path?q=%ED%A0%80" '' 400    # half of a surrogate pair
    expect GET "$path?q=%" '' 400
    expect GET "$path?q=a&q=b" '' 400
    refused "$path?q=a&sort=x" 'sort unknown'
    refused "$path?q=a&limit=0" 'limit range'
done
refused '/services/suggest' 'q missing'
refused '/services/suggest?q=a&limit=11' 'limit range'
refused '/services/suggest?q=a&topic=steuern-abgaben' 'topic unknown'
expect POST '/services/suggest' '{}' 405
# Random characters, also such as the database's own languages use: never anything but 200.
statuses=$(/usr/bin/python3 - "$api" <<'PYTHON'
import random, urllib.parse, urllib.request, sys
random.seed(7)
signs = "abeghnorstuäöüß ÄÖÜ'\"%_\\&|!()<>:*-?#§€🐕\u0308\u200d\u202eﬁ½Ⅷ１0123"
seen = set()
for n in range(300):
    q = ''.join(random.choice(signs) for _ in range(random.randint(1, 60)))
    for path in ('services', 'services/suggest'):
        try:
            with urllib.request.urlopen(f'{sys.argv[1]}/{path}?q={urllib.parse.quote(q)}', timeout=20) as answer:
                seen.add(answer.status)
        except urllib.error.HTTPError as error:
            seen.add((error.code, path, q))
print(seen)
PYTHON
)
is 'six hundred searches of random characters are answered' "$statuses" '{200}'

# The same straight at the functions, with far more and any characters there are: none may raise an error.
any_characters() {
    psql -qXAt -v ON_ERROR_STOP=1 -U portal_owner 2>&1 <<'SQL'
DO $$
DECLARE
  pieces text[] := ARRAY['hund', 'steuer', 'an', 'ue', 'Ä', 'der', 'zebra', '1', '''', '"', '\', '%', '&', '|', '!', ' ', '(', ')', ':*', '<->', '-'];
  q text;
BEGIN
  PERFORM setseed(0.7);
  FOR i IN 1 .. 3000 LOOP
    SELECT string_agg(CASE WHEN random() < 0.6 THEN pieces[1 + floor(random() * cardinality(pieces))::integer]
                           WHEN random() < 0.5 THEN chr(1 + floor(random() * 2000)::integer)
                           ELSE chr(57344 + floor(random() * 200000)::integer) END, '')
      INTO q FROM generate_series(1, 1 + floor(random() * 12)::integer);
    PERFORM * FROM search_ranked(q);
    PERFORM * FROM search_suggest(q, 8);
  END LOOP;
END $$;
SQL
}
is 'three thousand searches of any characters raise no error' "$(any_characters)" ''

# A service whose name is made of signs, or is as long as names may be, is taken in too.
add_service '§ 1 — !!'; add_service "$(printf 'Donau%.0s' {1..80})" 'description=Dampfschiff'; add_service '???'
finds '???' ''
finds dampfschiff "$(printf 'Donau%.0s' {1..80})"
suggests donaudonau "$(printf 'Donau%.0s' {1..80})"

done_testing
