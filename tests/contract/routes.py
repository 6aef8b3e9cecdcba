#!/usr/bin/env python3
"""routes.py GENERATED API OPERATIONS: the routes of the program are those of openapi.yaml, in the table and in life."""
import re
import sys
import urllib.request
from pathlib import Path

from contract import METHODS, doc, find, operations, say

table, api, operations_port = sys.argv[1:]
generated = set(re.findall(r'\{ PORT_(\w+), "(\w+)", "([^"]+)"', Path(table).read_text()))
documented = {(o.port.upper(), o.method, o.path) for o in operations}
say(len(documented) > 20, 'the contract names operations')
say(generated == documented, f'the generated table is the contract: {sorted(generated ^ documented) or "no difference"}')
say(len({o.name for o in operations}) == len(operations), 'each operation has an id of its own')


class NoJumps(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(NoJumps)


def probe(port, method, path):
    base = api if port == 'public' else operations_port
    call = urllib.request.Request(base + re.sub(r'\{.*?\}', '00000000-0000-4000-8000-000000000000', path), method=method)
    try:
        with opener.open(call, timeout=10) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers


paths = {(o.port, o.path) for o in operations}
for port, path in sorted(paths):
    known = [m.upper() for m in METHODS if find(port, m.upper(), path)]
    for method in [*(m.upper() for m in METHODS), 'HEAD', 'OPTIONS', 'TRACE']:
        status, headers = probe(port, method, path)
        if method in known:
            say(status not in (404, 405, 500), f'{method} {path} is there ({status})')
        else:
            allowed = sorted((headers.get('Allow') or '').split(', '))
            say(status == 405 and allowed == sorted(known), f'{method} {path} is not, and Allow names those that are ({status}, {allowed})')
    for other in (path + '/', path + '/more', path[:-1], path.upper(), '/v2' + path):
        if not find(port, 'GET', other) and not any(find(port, m.upper(), other) for m in METHODS):
            status, _ = probe(port, 'GET', other)
            say(status == 404, f'GET {other} is not documented and not there ({status})')
for port, path in sorted(paths):
    elsewhere = 'operations' if port == 'public' else 'public'
    if not any(p == elsewhere and q == path for p, q in paths):
        say(probe(elsewhere, 'GET', path)[0] == 404, f'GET {path} is not on the other port')
