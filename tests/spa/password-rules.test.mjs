import { test } from 'node:test';
import assert from 'node:assert/strict';
import { brokenRule, rulesOf } from '../../spa/js/password-rules.js';

const classic = { profile: 'classic', min_length: 8, max_length: 40 };
const modern = { profile: 'modern', min_length: 15, max_length: 128 };

const cases = [
  ['Apfel12', 'too_short'],
  ['Apfel123', null],
  [`A1${'b'.repeat(38)}`, null],
  [`A1${'b'.repeat(39)}`, 'too_long'],
  ['Apfel 123', 'whitespace'],
  ['Apfel\u00a0123', 'whitespace'],
  ['Apfel<123', 'angle_brackets'],
  ['Apfel>123', 'angle_brackets'],
  ['apfelbaum', 'too_simple'],
  ['APFELBAUM', 'too_simple'],
  ['Apfelbaum', 'too_simple'],
  ['12345678', 'too_simple'],
  ['apfel123', 'too_simple'],
  ['apfel-12', null],
  ['Apfel-baum', null],
  ['äÖüßäöü1', null],
  ['1234567!', null],
  ['Aa1😀😀😀😀', 'too_short'], // seven characters, eleven units of UTF-16
  ['Aa1😀😀😀😀😀', null],
  ['', 'too_short'],
];

for (const [password, code] of cases)
  test(`classic: '${password.slice(0, 20)}' ${code ?? 'is good'}`, () => assert.equal(brokenRule(classic, password), code));

test('modern: any character, but many', () => {
  assert.equal(brokenRule(modern, 'fourteen chars'), 'too_short');
  assert.equal(brokenRule(modern, 'fifteen <chars>'), null);
  assert.equal(brokenRule(modern, 'x'.repeat(129)), 'too_long');
  assert.deepEqual(Object.keys(rulesOf(modern)), ['length']);
});
