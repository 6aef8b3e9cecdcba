"""What the contract tests share: openapi.yaml as operations."""
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
METHODS = ['get', 'post', 'put', 'patch', 'delete']
doc = yaml.safe_load((ROOT / 'openapi.yaml').read_text())


def resolve(node):
    while '$ref' in node:
        at = doc
        for part in node['$ref'].removeprefix('#/').split('/'):
            at = at[part]
        node = at
    return node


class Operation:
    def __init__(self, path, method, op):
        self.path, self.method, self.op, self.name = path, method.upper(), op, op['operationId']
        self.port = op.get('x-port', 'public')
        self.access = op.get('x-access')
        self.parameters = [resolve(p) for p in op.get('parameters', [])]
        [(self.body_type, body)] = op['requestBody']['content'].items() if 'requestBody' in op else [(None, {})]
        self.body = resolve(body['schema']) if body else None
        self.scope = op.get('x-scope')
        self.pattern = re.compile(re.sub(r'\\{.*?\\}', '[^/]+', re.escape(path)) + r'\Z')

    def response(self, status):
        """What the contract says of an answer with that status."""
        responses = self.op['responses']
        return resolve(responses.get(str(status), responses['default']))


operations = [Operation(path, method, op) for path, item in doc['paths'].items() for method, op in item.items() if method in METHODS]


def find(port, method, path):
    """The operation of a call, literal paths before variable ones; None where the contract knows none."""
    fits = [o for o in operations if o.port == port and o.pattern.match(path)]
    first = min(fits, key=lambda o: o.path.count('{'), default=None)
    return next((o for o in fits if o.path == first.path and o.method == method), None) if first else None


def say(good, what):
    """One test for the script that runs this: `ok` or `not`, and what it is about."""
    print('ok' if good else 'not', what.replace('\n', ' '), flush=True)
