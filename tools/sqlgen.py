#!/usr/bin/env python3
"""sqlgen.py OUTDIR FILE...: turn db/queries/*.sql into one C table, queries.h (enum) and queries.c (text).

A query starts at `-- name: snake_case`; what follows, up to the next one, is its SQL. Comments stay in the .sql file.
"""
import re
import sys
from pathlib import Path

outdir, *files = map(Path, sys.argv[1:])
queries = []
for f in sorted(files):
    for name, sql in re.findall(r'^-- name: (\w+)\n(.*?)(?=^-- name:|\Z)', f.read_text(), re.M | re.S):
        sql = re.sub(r'^\s*--.*\n', '', sql, flags=re.M).strip().rstrip(';')
        nparams = max([int(n) for n in re.findall(r'\$(\d+)', sql)], default=0)
        queries.append((f.name, name, nparams, sql))

names = [q[1] for q in queries]
for name in names:
    if names.count(name) > 1:
        sys.exit(f'sqlgen: the name {name} is used twice')


def literal(sql):
    return '"' + sql.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n"\n      "') + '"'


(outdir / 'queries.h').write_text(
    '/* Generated from db/queries. */\n#pragma once\nenum query {\n' + ''.join(f'    Q_{n.upper()},\n' for n in names) + '    QUERIES,\n};\n')
(outdir / 'queries.c').write_text(
    '/* Generated from db/queries. */\n#include "db.h"\n\nconst struct query_def query_defs[QUERIES] = {\n'
    + ''.join(f'    [Q_{n.upper()}] = /* {f} */\n    {{ "{n}", {np},\n      {literal(sql)} }},\n' for f, n, np, sql in queries) + '};\n')
