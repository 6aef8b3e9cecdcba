import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkData } from '../../spa/js/form-check.js';

// The same table that tests/unit/form.c holds the server to.
const table = JSON.parse(readFileSync(new URL('../data/form_cases.json', import.meta.url), 'utf8'));
const faultsOf = data => checkData(table.form, data, table.today).map(one => `${one.field} ${one.code}`);

test('every value of the table gets the faults that the server finds', () => {
  assert.ok(table.fields.length > 140);
  for (const { field, value, faults } of table.fields) {
    const data = structuredClone(table.beside);
    data.a[field] = value;
    assert.deepEqual(faultsOf(data), faults, `${field}: ${JSON.stringify(value)}`);
  }
});

test('so do whole answers', () => {
  const cases = table.whole.filter(one => !JSON.stringify(one.data).includes('x'.repeat(200))); // the server cuts names that are too long to be one
  assert.ok(cases.length > 6);
  for (const { data, faults } of cases) assert.deepEqual(faultsOf(data), faults, JSON.stringify(data));
});

test('every pattern that the server takes for one is one here as well', () => {
  const taken = table.schemas.filter(one => one.where === null && one.put?.pattern).map(one => one.put.pattern);
  assert.ok(taken.length > 1);
  for (const one of taken) assert.doesNotThrow(() => new RegExp(one, 'u'), one);
});
