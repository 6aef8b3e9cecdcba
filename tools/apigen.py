#!/usr/bin/env python3
"""apigen.py OUTDIR openapi.yaml: turn the contract into C.

inputs.h      one struct for each operation's input, for core and api
contract.h    the handlers' declarations
contract.c    field tables, patterns and the route table

What the contract says of a route (who may call it, which inputs it takes, their types and bounds) is what the program checks before the
handler runs. A rule that this generator does not know stops the build: a rule that is written down but not checked is worse than none.
"""
import re
import sys
from pathlib import Path

import yaml

outdir, source = map(Path, sys.argv[1:])
doc = yaml.safe_load(source.read_text())

TYPES = {'string': ('const char *', 'TEXT'), 'integer': ('long ', 'INTEGER'), 'boolean': ('bool ', 'BOOLEAN'),
         'free': ('const struct json_t *', 'FREE')}
KNOWN = {'type', 'minLength', 'maxLength', 'minimum', 'maximum', 'format', 'pattern', 'enum', 'default', 'description',
         'additionalProperties', 'required', 'properties', 'minProperties', 'x-free'}
CHECKED = {'line', 'text', 'email', 'date', 'uuid'}  # formats with a function check_<format> in api/checks.c
UNCHECKED = {'password'}                             # a hint for forms; the rules are the password policy's
# Who may call, and the `security` that says the same in OpenAPI's own words.
ACCESS = {'anyone': [], 'cookie': [{'session_cookie': []}], 'person': [{'token': []}], 'visitor': [{}, {'token': []}],
          'desk': [{'token': []}, {'client': ['SCOPE']}]}
BODIES = {'application/json': 'JSON', 'application/x-www-form-urlencoded': 'FORM', 'application/octet-stream': 'FILE'}
NOTE = '/* Generated from openapi.yaml. */\n'
patterns = []


def stop(text):
    sys.exit(f'apigen: {text}')


def resolve(node):
    while '$ref' in node:
        at = doc
        for part in node['$ref'].removeprefix('#/').split('/'):
            at = at[part]
        node = at
    return node


def c_name(name):
    return re.sub(r'\W', '_', name).lower()


def quoted(value):
    value = str(value).lower() if isinstance(value, bool) else str(value)
    return '"' + value.replace('\\', '\\\\').replace('"', '\\"') + '"'


def type_of(schema, label):
    """('string', nullable)"""
    kinds = schema.get('type')
    kinds = kinds if isinstance(kinds, list) else [kinds]
    plain = [k for k in kinds if k != 'null']
    if len(plain) != 1 or plain[0] not in {'string', 'integer', 'boolean', 'object'}:
        stop(f'{label}: type {schema.get("type")} is not supported yet')
    return plain[0], 'null' in kinds


class Input:
    """One input of an operation, with what is inside it where it is an object."""

    def __init__(self, place, name, schema, required, path=''):
        self.place, self.name, self.required = place, name, required
        self.label, self.member = path + name, c_name(name)
        self.schema = schema = resolve(schema)
        self.kind, self.nullable = type_of(schema, self.label)
        if unknown := set(schema) - KNOWN:
            stop(f'{self.label}: {", ".join(sorted(unknown))} is not supported yet')
        if schema.get('format', 'line') not in CHECKED | UNCHECKED:
            stop(f'{self.label}: format {schema["format"]} has no check')
        if schema.get('x-free'):  # any JSON object: what is in it is checked by the core, against a schema of its own
            if self.kind != 'object' or self.nullable or schema.get('additionalProperties') is not True:
                stop(f'{self.label}: x-free is for objects with additionalProperties: true')
            self.kind = 'free'
        self.inside = body_inputs(schema, self.label + '.') if self.kind == 'object' else []

    def declaration(self, indent='    '):
        given = f'{indent}bool {self.member}_given;\n' if self.nullable else ''
        if self.kind != 'object':
            return f'{indent}{TYPES[self.kind][0]}{self.member};\n{given}'
        inside = ''.join(i.declaration(indent + '    ') for i in self.inside)
        return f'{indent}struct {{\n{inside}{indent}}} {self.member};\n{given}'

    def bounds(self):
        low, high = ('minLength', 'maxLength') if self.kind == 'string' else ('minimum', 'maximum')
        if low in self.schema:
            yield f'.min = {self.schema[low]}'
        if high in self.schema:
            yield f'.bounded = true, .max = {self.schema[high]}'

    def rules(self):
        schema = self.schema
        if schema.get('format') in CHECKED:
            yield f'.check = check_{schema["format"]}'
        if 'pattern' in schema:
            if schema['pattern'] not in patterns:
                patterns.append(schema['pattern'])
            yield f'.pattern = {patterns.index(schema["pattern"]) + 1}'
        if 'enum' in schema:
            yield f'.one_of = ONE_OF({", ".join(map(quoted, schema["enum"]))})'
        if 'default' in schema:
            yield f'.initial = {quoted(schema["default"])}'

    def row(self, struct, table):
        """Its line in the field table; `struct` is the C type that holds the member."""
        kind = 'OBJECT' if self.kind == 'object' else TYPES[self.kind][1]
        parts = [f'IN_{self.place.upper()}', f'FIELD_{kind}', quoted(self.name), quoted(self.label), f'.offset = offsetof({struct}, {self.member})']
        if self.required:
            parts.append('.required = true')
        if self.nullable:
            parts.append(f'.nullable = true, .given = offsetof({struct}, {self.member}_given)')
        if self.inside:
            parts.append(f'.fields = {table}, .fields_count = COUNT({table})')
        return f'    {{ {", ".join([*parts, *self.bounds(), *self.rules()])} }},\n'


def body_inputs(schema, path='', place='body'):
    if schema.get('additionalProperties') is not False:
        stop(f'{path or "a body"}: additionalProperties: false is missing')
    required = schema.get('required', [])
    return [Input(place, name, s, name in required, path) for name, s in schema['properties'].items()]


def table_of(name, inputs, struct):
    """The field table of some inputs, those of nested objects first."""
    text = ''
    for i in inputs:
        if i.inside:
            text += table_of(f'{name}_{i.member}', i.inside, f'__typeof__((({struct} *)0)->{i.member})')
    rows = ''.join(i.row(struct, f'{name}_{i.member}_fields') for i in inputs)
    return text + f'static const struct field {name}_fields[] = {{\n{rows}}};\n'


def scopes():
    return doc['components']['securitySchemes']['client']['flows']['clientCredentials']['scopes']


class Operation:
    def __init__(self, path, method, op):
        self.path, self.method, self.op, self.name = path, method.upper(), op, op['operationId']
        parameters = [resolve(p) for p in op.get('parameters', [])]
        self.inputs = [Input(p['in'], p['name'], p['schema'], p.get('required', False)) for p in parameters]
        for i in self.inputs:
            if i.place not in {'path', 'query', 'header'} or i.kind == 'object':
                stop(f'{self.name}: a parameter in {i.place} or of kind {i.kind} is not supported yet')
        if set(re.findall(r'{(.*?)}', path)) != {i.name for i in self.inputs if i.place == 'path'}:
            stop(f'{self.name}: the path and its parameters differ')
        self.body, self.body_kind = None, 'NONE'
        if 'requestBody' in op:
            self.read_body(op['requestBody']['content'])
        self.check_access()

    def read_body(self, content):
        [(kind, of)] = content.items()
        self.body, self.body_kind = resolve(of['schema']), BODIES.get(kind) or stop(f'{self.name}: a body of {kind} is not supported yet')
        if self.body_kind == 'FILE':
            return
        self.inputs += body_inputs(self.body, place='body' if self.body_kind == 'JSON' else 'form')
        if self.body_kind == 'FORM' and any(i.kind != 'string' for i in self.inputs if i.place == 'form'):
            stop(f'{self.name}: forms hold text')

    def check_access(self):
        """x-access and security say the same in two languages: ours and OpenAPI's. They must not differ."""
        access = self.op.get('x-access')
        if access not in ACCESS:
            stop(f'{self.name}: x-access is {access}: it has to be one of {", ".join(sorted(ACCESS))}')
        scope = self.op.get('x-scope')
        if (access == 'desk') != (scope is not None) or (scope and scope not in scopes()):
            stop(f'{self.name}: x-scope stands with x-access: desk, and is one that the security scheme `client` names')
        wanted = [{name: [scope] if of == ['SCOPE'] else of for name, of in one.items()} for one in ACCESS[access]]
        if self.op.get('security', doc['security']) != wanted:
            stop(f'{self.name}: security does not fit x-access: {access}')

    def struct(self):
        if not self.inputs:
            return ''
        return f'\nstruct {self.name}_input {{\n' + ''.join(i.declaration() for i in self.inputs) + '};\n'

    def table(self):
        return table_of(self.name, self.inputs, f'struct {self.name}_input') if self.inputs else ''

    def route(self):
        table = f'{self.name}_fields, COUNT({self.name}_fields)' if self.inputs else 'NULL, 0'
        parts = [f'PORT_{self.op.get("x-port", "public").upper()}', quoted(self.method), quoted(self.path),
                 f'ACCESS_{self.op["x-access"].upper()}', table, f'.handler = {self.name}']
        if self.body is not None:
            parts.append(f'.body = BODY_{self.body_kind}')
        if self.op.get('x-scope'):
            parts.append(f'.scope = {quoted(self.op["x-scope"])}')
        if self.body and 'minProperties' in self.body:
            parts.append(f'.body_min = {self.body["minProperties"]}')
        if self.op.get('x-background'):
            parts.append('.background = true')
        if self.op.get('x-new-password-due') == 'allowed':
            parts.append('.new_password_due = true')
        return f'    {{ {", ".join(parts)} }},\n'


operations = [Operation(path, method, op) for path, item in doc['paths'].items()
              for method, op in item.items() if method in {'get', 'post', 'put', 'patch', 'delete'}]
operations.sort(key=lambda o: [part.startswith('{') for part in o.path.split('/')])  # literal paths win over variable ones
tables = ''.join(o.table() for o in operations)
sizes = ''.join(f'_Static_assert(sizeof(struct {o.name}_input) <= INPUT_ROOM, "INPUT_ROOM is too small");\n' for o in operations if o.inputs)

(outdir / 'inputs.h').write_text(f'{NOTE}#pragma once\n#include <stdbool.h>\n\nstruct json_t; /* of jansson */\n' + ''.join(o.struct() for o in operations))
(outdir / 'contract.h').write_text(
    f'{NOTE}#pragma once\n#include "call.h"\n#include "inputs.h"\n\nhandler ' + ',\n    '.join(o.name for o in operations) + ';\n')
(outdir / 'contract.c').write_text(
    f'{NOTE}#include "contract.h"\n\n#include "../core/checks.h"\n\n#include <stddef.h>\n\n#define COUNT(table) (sizeof(table) / sizeof(*(table)))\n\n'
    f'{sizes}\nconst char *const contract_patterns[] = {{ {", ".join(map(quoted, patterns))} }};\n'
    f'const size_t contract_patterns_count = COUNT(contract_patterns);\n\n{tables}\n'
    'const struct route routes[] = {\n' + ''.join(o.route() for o in operations) + '};\nconst size_t routes_count = COUNT(routes);\n')
