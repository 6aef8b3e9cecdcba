#!/usr/bin/env bash
# What people type finds what they mean: tests/data/search_relevance.csv names for each search the service that has to be among the first three, in a
# catalogue of 5,251 real services, with the synonyms that the portal ships. The catalogue is no part of the project: it stands beside it in
# ../shared/data, or CATALOGUE names it (columns as in docs/operators.md); without it this says that it was skipped.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

table=$root/tests/data/search_relevance.csv
catalogue=${CATALOGUE:-$root/../shared/data/ozg_leika_catalogue_2019_nrw.csv}
is 'the table has no search twice' "$(cut -d, -f1 "$table" | sort | uniq -d)" ''
holds 'the table has sixty searches or more' test "$(wc -l <"$table")" -gt 60
if [ ! -f "$catalogue" ]; then
    what="the searches find what they should # SKIP there is no catalogue at $catalogue"; ok true
    done_testing
fi

(run_program -- catalogue import "$catalogue") >"$work/import" 2>&1 || bail_out "the catalogue does not go in: $(tail -n 1 "$work/import")"
(run_program -- catalogue synonyms "$root/db/fixtures/catalogue/synonyms.csv") >"$work/import" 2>&1 ||
    bail_out "the synonyms do not go in: $(tail -n 1 "$work/import")"
sql 'analyze service, service_search, search_word, search_key, search_synonym' # as autovacuum does within a minute
is 'the catalogue is in' "$(sql 'select count(*) from service_search')" 5251

# missed PATH FIRST: the searches whose service is not among the first so many, as comments; then how many of a hundred are
missed() {
    /usr/bin/python3 - "$api/$1" "$2" "$table" <(sql "select id || ' ' || leika_key from service") <<'PYTHON'
import csv, json, sys, urllib.parse, urllib.request
address, first, table, keys = sys.argv[1:]
key_of = dict(line.split() for line in open(keys))
rows = list(csv.DictReader(open(table, encoding='utf-8', newline='')))
good = 0
for row in rows:
    assert row['leika_key'] in key_of.values(), row
    with urllib.request.urlopen(f'{address}?q={urllib.parse.quote(row["query"])}', timeout=20) as answer:
        items = json.load(answer)['items'][:int(first)]
    if row['leika_key'] in [key_of[item['id']] for item in items]:
        good += 1
    else:
        print(f'# {row["query"]}: not {row["service"]}, but', '; '.join(item['name'] for item in items)[:160] or 'nothing')
print(f'{100 * good / len(rows):.1f}')
PYTHON
}

# share PATH FIRST LEAST
share() {
    local out
    out=$(missed "$1" "$2")
    grep '^#' <<<"$out"
    holds "$(tail -n 1 <<<"$out") of a hundred searches find their service among the first $2 of /$1, at least $3 do" \
        awk "BEGIN { exit !($(tail -n 1 <<<"$out") >= $3) }"
}
share services 3 90
share services/suggest 8 90

done_testing
