#!/usr/bin/env python3
"""access.py API OPERATIONS KEY-FILE ISSUER: who may call what, for every operation and every kind of caller.

The expectation comes from x-access and x-new-password-due alone, so that no new operation can be forgotten. Inputs are made from the schemas,
so that nothing but the access is decided upon. Sessions are written straight into the database, one for each call.
"""
import base64
import hashlib
import hmac
import json
import random
import re
import secrets
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid

from contract import operations, resolve, say

api, operations_port, key_file, issuer = sys.argv[1:]
key = open(key_file).read().strip()


def sql(text):
    run = subprocess.run(['psql', '-qXAt', '-v', 'ON_ERROR_STOP=1', '-U', 'portal_owner'], input=text, capture_output=True, text=True, check=True)
    return run.stdout.split()


def account(email):
    return sql(f"select id from account where email = '{email}'")[0]


ACCOUNTS = {'basic': account('basic@people.example'), 'plus': account('plus@people.example'), 'another person': account('other@people.example'),
            'staff': account('staff@people.example')}

CLIENTS = {name: sql(f"select id from api_client where name = '{name}'")[0] for name in ('client', 'revoked client')}

SERVICE = '00000000-0000-4000-8000-000000000000'  # there for everyone

# Each kind of caller: whose session it is, what state it is in, and what is sent of it.
CALLERS = {
    'nobody':                        (None, None, None),
    'basic':                         ('basic', 'alive', 'token'),
    'plus':                          ('plus', 'alive', 'token'),
    'another person':                ('another person', 'alive', 'token'),
    'a new password is due':         ('basic', 'due', 'token'),
    'an ended session':              ('basic', 'ended', 'token'),
    'an idle session':               ('basic', 'idle', 'token'),
    'a client':                      ('client', 'requests.read requests.write', 'client'),
    'a client with fewer scopes':    ('client', 'requests.read', 'client'),
    'a revoked client':              ('revoked client', 'requests.read requests.write', 'client'),
    'staff of a desk':               ('staff', 'alive', 'token'),
    'staff with an ended session':   ('staff', 'ended', 'token'),
    'the cookie alone':              ('basic', 'alive', 'cookie'),
    'the cookie of a due one':       ('basic', 'due', 'cookie'),
    'the cookie of an ended one':    ('basic', 'ended', 'cookie'),
    'the cookie of an idle one':     ('basic', 'idle', 'cookie'),
}


def expected(op, caller):
    """None where the call gets through to the handler, else (status, type)."""
    whose, state, sent = CALLERS[caller]
    if op.access == 'anyone' or (op.access == 'visitor' and sent not in ('token', 'client')):
        return None
    if sent == 'client' and op.access != 'cookie':
        if op.access != 'desk':
            return 403, 'forbidden'
        if whose == 'revoked client':
            return 401, 'session_ended'
        return None if op.scope in state.split() else (403, 'forbidden')
    wanted = 'cookie' if op.access == 'cookie' else 'token'
    if sent != wanted:
        return 401, 'login_needed'
    if state in ('ended', 'idle'):
        return 401, 'session_ended'
    if state == 'due' and op.op.get('x-new-password-due') != 'allowed':
        return 403, 'new_password_needed'
    if op.access == 'desk':
        return None if whose == 'staff' else (403, 'forbidden')
    if whose in ('another person', 'staff') and set(re.findall(r'{(.*?)}', op.path)) - {'service_id'} and op.access != 'visitor':
        return 404, 'not_found'
    return None


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def token(whose, **bound):
    now = int(time.time())
    claims = {'iss': issuer, 'aud': 'portal-api', 'sub': whose, **bound, 'iat': now - 10, 'nbf': now - 10, 'exp': now + 290}
    text = encoded(b'{"alg":"HS256","typ":"JWT"}') + '.' + encoded(json.dumps(claims).encode())
    return text + '.' + encoded(hmac.digest(key.encode(), text.encode(), hashlib.sha256))


SAMPLES = {'email': 'sample@people.example', 'new_email': 'sample@people.example', 'new_email_repeated': 'sample@people.example',
           'token': 'A' * 43, 'X-Portal-Client': 'test', 'If-Match': '"999"', 'postal_code': '07743'}


def sample(name, schema):
    schema = resolve(schema)
    if name in SAMPLES:
        return SAMPLES[name]
    if 'enum' in schema:
        return schema['enum'][0]
    if schema.get('format') == 'uuid':
        return str(uuid.uuid4())
    if schema.get('type') == 'integer':
        return schema.get('minimum', 0)
    if schema.get('type') == 'string' and 'pattern' not in schema:
        return 'Sample-Text-17'[:schema.get('maxLength', 80)].ljust(schema.get('minLength', 0), 'x')
    if schema.get('x-free'):
        return {}
    if schema.get('type') == 'object':
        required = schema.get('required') or list(schema['properties'])[:schema.get('minProperties', 0)]
        return {n: sample(n, schema['properties'][n]) for n in required}
    if schema.get('type') in (['string', 'null'], ['object', 'null']):
        return None
    sys.exit(f'not a sample for {name} is known: add one to SAMPLES')


BODIES = {'application/json': lambda schema: json.dumps(sample('', schema)).encode(),
          'application/x-www-form-urlencoded': lambda schema: urllib.parse.urlencode(sample('', schema)).encode(),
          'application/octet-stream': lambda schema: b'%PDF-1.7 a file'}


def call(op, headers, path_values):
    path = op.path
    headers = {'X-Forwarded-For': f'10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}', **headers}
    for p in op.parameters:
        if p['in'] == 'path':
            path = path.replace('{' + p['name'] + '}', path_values.get(p['name'], str(uuid.uuid4())))
        elif p.get('required') and p['in'] == 'query':
            path += f"?{p['name']}={urllib.parse.quote(sample(p['name'], p['schema']))}"
        elif p.get('required'):
            headers[p['name']] = sample(p['name'], p['schema'])
    body = None
    if op.body:
        body = BODIES[op.body_type](op.body)
        headers['Content-Type'] = op.body_type
    request = urllib.request.Request((operations_port if op.port == 'operations' else api) + path, data=body, headers=headers, method=op.method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, None
    except urllib.error.HTTPError as answer:
        return answer.code, json.loads(answer.read() or b'{}').get('type')


# One session for each call, and one of the first person's that path parameters name; likewise a request and files, where they do.
rows, calls, things = [], [], []
for op in operations:
    for caller, (whose, state, sent) in CALLERS.items():
        mine, secret, target = str(uuid.uuid4()), secrets.token_urlsafe(32), str(uuid.uuid4())
        calls.append((op, caller, mine, secret, target))
        if whose and sent != 'client' and state != 'ended':
            last = "clock() - interval '21 minutes'" if state == 'idle' else 'clock()'
            rows.append(f"('{mine}', '{ACCOUNTS[whose]}', sha256('{secret}'), 'password', 'low', {state == 'due'}, {last}, clock() - interval '30 minutes')")
        owner = ACCOUNTS[whose if whose in ('basic', 'plus') else 'basic']
        rows.append(f"('{target}', '{owner}', sha256('{target}'), 'password', 'low', false, clock(), clock())")
        if '{request_id}' in op.path:
            things.append(f"insert into request (id, service_id, desk_id, form_version, account_id, level, data) select '{target}', id, desk_id, 1, "
                          f"'{owner}', 'low', '{{}}' from service where id = '{SERVICE}';")
        if '{file_id}' in op.path:
            of = f"null, '{target}'" if '{request_id}' in op.path else f"(select id from request_draft where account_id = '{owner}'), null"
            things.append(f"insert into file (id, draft_id, request_id, name, type, size, sha512) values ('{target}', {of}, 'a.pdf', 'application/pdf', 1, '');"
                          f"insert into file_chunk values ('{target}', 0, 'x');")
sql('insert into session (id, account_id, secret_hash, opened_by, level, new_password_due, last_action_at, created_at) values ' + ', '.join(rows))
sql(f"insert into request_draft (account_id, service_id, form_version, data) select id, '{SERVICE}', 1, '{{}}' from account;" + ''.join(things))

REFUSALS = {'login_needed', 'session_ended', 'new_password_needed', 'forbidden'}
random.shuffle(calls)  # no call may depend on another one
ending = ['request_drafts_delete', 'sessions_end_others', 'me_delete', 'me_password_update']  # end what others of these calls need: last, in this order
calls.sort(key=lambda c: ending.index(c[0].name) + 1 if c[0].name in ending else 0)
for op, caller, mine, secret, target in calls:
    whose, state, sent = CALLERS[caller]
    if op.name in ending and state in ('alive', 'due'):
        sql(f"insert into session (id, account_id, secret_hash, opened_by, level, new_password_due) values ('{mine}', '{ACCOUNTS[whose]}', "
            f"sha256('{secret}'), 'password', 'low', {state == 'due'}) on conflict do nothing")
    headers = {'token': lambda: {'Authorization': f'Bearer {token(ACCOUNTS[whose], sid=mine)}'},
               'client': lambda: {'Authorization': f'Bearer {token(CLIENTS[whose], scope=state)}'},
               'cookie': lambda: {'Cookie': f'__Host-session={secret}'}}.get(sent, dict)()
    status, kind = call(op, headers, {'session_id': target, 'request_id': target, 'file_id': target, 'service_id': SERVICE})
    want = expected(op, caller)
    if want:
        say((status, kind) == want, f'{op.name}: {caller} gets {want[0]} {want[1]} ({status} {kind})')
    else:
        say(kind not in REFUSALS and status not in (404, 405, 500), f'{op.name}: {caller} gets through ({status} {kind or ""})')
say(len(calls) == len(operations) * len(CALLERS), f'{len(operations)} operations for {len(CALLERS)} kinds of callers')
