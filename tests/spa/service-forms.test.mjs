import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { controlsFor, find, inOrder, keysOf, put, same, valueAt } from '../../spa/js/form-schema.js';
import { carryOver, readNumber } from '../../spa/js/form-values.js';

const form = JSON.parse(readFileSync(new URL('../browser/all-kinds.form.json', import.meta.url), 'utf8'));

test('a label leads to its field, also inside of groups and addresses', () => {
  assert.deepEqual(keysOf('data.person.children[1].birth_date'), ['person', 'children', '1', 'birth_date']);
  assert.equal(find(form, 'data.person.children[1].birth_date').kind, 'date');
  assert.equal(find(form, 'data.person.address.street').part, 'street');
  assert.equal(find(form, 'data.nothing.at_all'), null);
});

test('labels are sorted as their fields stand on the page', () => {
  const labels = ['data.person.first_name', 'data.person.address.town', 'data.person.children[0].name', 'data.person.children[0].birth_date',
    'data.person.children[2].name', 'data.person.children[10].name', 'data.dog.name', 'data.dog.since', 'data.proof.chip'];
  assert.deepEqual([...labels].reverse().sort(inOrder(form)), labels);
});

test('values are put where their labels say, and leave no empty places', () => {
  const data = {};
  put(data, 'data.person.children[0].name', undefined);
  assert.deepEqual(data, {});
  put(data, 'data.person.children[0].name', 'Anna');
  assert.deepEqual(data, { person: { children: [{ name: 'Anna' }] } });
  assert.equal(valueAt(data, 'data.person.children[0].name'), 'Anna');
  assert.equal(valueAt(data, 'data.dog.name'), undefined);
});

test('numbers are read as people of the language write them', () => {
  const cases = { de: { '1.200,5': 1200.5, '7,5': 7.5, '-3': -3, '−3': -3, '1.200': 1200, '1,2,3': undefined, 'viel': undefined, '': undefined, '1e5': undefined },
    en: { '1,200.5': 1200.5, '7.5': 7.5, '7,5': 7.5, '1,200': 1200 } };
  for (const [language, texts] of Object.entries(cases))
    for (const [text, value] of Object.entries(texts)) assert.equal(readNumber(text, language), value, `${language} '${text}'`);
});

test('what was changed here goes onto what the server has; what has no place any more is named', () => {
  const base = { dog: { name: 'Bello', remark: 'bellt' } };
  const data = { dog: { name: 'Waldi', remark: 'schläft', breed: 'poodle' } };
  const other = structuredClone(form);
  delete other.properties.dog.properties.remark;
  other.properties.dog.properties.breed.oneOf = [{ const: 'mixed', title: 'Mischling' }];
  const onto = { dog: { name: 'Bello', weight: 7 } };
  assert.deepEqual(carryOver({ data, base }, other, onto), ['data.dog.remark', 'data.dog.breed']);
  assert.deepEqual(onto, { dog: { name: 'Waldi', weight: 7 } });
});

test('what was emptied here is emptied there too', () => {
  const onto = { dog: { name: 'Bello', remark: 'bellt' } };
  assert.deepEqual(carryOver({ data: { dog: { name: 'Bello' } }, base: { dog: { name: 'Bello', remark: 'bellt' } } }, form, onto), []);
  assert.deepEqual(onto, { dog: { name: 'Bello' } });
});

test('two answers are the same whatever the order of their keys', () => {
  assert.ok(same({ a: 1, b: [1, { c: 2, d: 3 }] }, { b: [1, { d: 3, c: 2 }], a: 1 }));
  assert.ok(!same({ a: 1 }, { a: 1, b: 2 }));
  assert.ok(!same([1, 2], [2, 1]));
  assert.ok(!same({}, []));
});

test('a whole address is answered by several controls, anything else by its own', () => {
  assert.deepEqual(controlsFor(form, 'data.person.address'), ['street', 'house_number', 'postal_code', 'town'].map(one => `data.person.address.${one}`));
  assert.deepEqual(controlsFor(form, 'data.person.address.town'), ['data.person.address.town']);
  assert.deepEqual(controlsFor(form, 'data.nothing.at_all'), ['data.nothing.at_all']);
});
