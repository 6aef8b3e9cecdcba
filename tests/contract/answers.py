#!/usr/bin/env python3
"""answers.py FILE...: every answer that the API tests got is one that openapi.yaml promises, and they asked for everything that is in it."""
import json
import re
import sys
from collections import Counter, defaultdict
from datetime import date, datetime
from urllib.parse import urlsplit

import jsonschema

from contract import doc, find, operations, resolve

formats = jsonschema.FormatChecker(formats=[])
formats.checks('uuid')(lambda v: not isinstance(v, str) or re.fullmatch(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', v) is not None)
formats.checks('date-time', raises=ValueError)(lambda v: not isinstance(v, str) or datetime.fromisoformat(v.replace('Z', '+00:00')).tzinfo is not None)
formats.checks('date', raises=ValueError)(lambda v: not isinstance(v, str) or date.fromisoformat(v))
resolver = jsonschema.RefResolver.from_schema(doc)
PROBLEM = doc['components']['responses']['problem']
seen, counts, faults, types = defaultdict(Counter), Counter(), [], set()


def headers_of(head):
    """The last head: an interim answer (100) comes before it."""
    lines = re.split(r'\n\n+', head.replace('\r', '').strip())[-1].split('\n')[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(':') for line in lines)}


def fault_of_body(schema, text):
    try:
        value = json.loads(text)
    except ValueError:
        return 'the body is not JSON'
    errors = jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=formats).iter_errors(value)
    return next((f'{"/".join(map(str, e.path))}: {e.message[:200]}' for e in errors), None)


def fault_of(response, status, headers, text):
    """What is wrong with an answer by what the contract says of it, or None."""
    content = response.get('content')
    kind = headers.get('content-type', '').split(';')[0]
    if not content:
        return f'there is a body of {len(text)} bytes, and none is promised' if text else None
    if kind not in content:
        return f'the type is {kind}, promised is {", ".join(content)}'
    for name in resolve(response).get('headers', {}):
        if name not in ('Retry-After', 'Link', 'X-Request-Id') and name.lower() not in headers:
            return f'the header {name} is promised and missing'
    if 'x-request-id' not in headers:
        return 'X-Request-Id is missing'
    if status in (429, 503) and kind == 'application/problem+json' and not re.fullmatch(r'[1-9]\d*', headers.get('retry-after', '')):
        return 'Retry-After is missing'
    if not kind.endswith('json'):
        return None
    fault = fault_of_body(content[kind]['schema'], text)
    if not fault and kind == 'application/problem+json' and json.loads(text)['status'] != status:
        fault = 'the status in the body is another one'
    return fault


def check(exchange):
    status, url = int(exchange['status']), exchange['url']
    for port, base in (('public', exchange['origin'] + '/api/v1'), ('operations', exchange['operations'])):
        if url.startswith(base):
            break
    else:
        return counts.update(['page'])
    if status == 0 or exchange['method'] == 'HEAD':
        return counts.update(['no answer'])
    path = urlsplit(url[len(base):]).path
    op = find(port, exchange['method'], path)
    headers = headers_of(exchange['head'])
    if 'x-request-id' not in headers and (status == 431 or not op):
        return counts.update(['below the program'])  # headers that are too large and the like end in the HTTP server
    response = op.response(status) if op else PROBLEM
    fault = fault_of(response, status, headers, exchange['answer'])
    if not op and status not in (404, 405):
        fault = 'it is in no contract, and there'
    counts.update(['checked'])
    if headers.get('content-type', '').startswith('application/problem+json'):
        types.add(json.loads(exchange['answer'])['type'])
    if op:
        seen[op.name].update(['success' if status < 400 else 'problem'])
        if status >= 500 and status != 503:
            fault = f'status {status}'
    if fault:
        faults.append(f'{exchange["script"]}: {exchange["method"]} {path[:80]} {status}: {fault}')


for name in sys.argv[1:]:
    for line in open(name):
        check(json.loads(line))
number = 0


def test(good, what, notes=()):
    global number
    number += 1
    print(f'{"ok" if good else "not ok"} {number} - {what}')
    for note in list(notes)[:20]:
        print(f'# {note}')
    return good


good = test(counts['checked'] > 500, f'{counts["checked"]} answers were looked at ({dict(counts)})')
good &= test(not faults, 'every answer is one that the contract promises', faults)
for op in operations:
    for outcome in ('success', 'problem'):
        good &= test(seen[op.name][outcome] > 0, f'{op.name} was seen with a {outcome}')
promised = set(resolve(doc['components']['schemas']['problem'])['properties']['type']['enum'])
good &= test(not types - promised, f'no type of problem but those of the contract ({", ".join(sorted(promised - types))} not seen)')
print(f'1..{number}')
sys.exit(not good)
