import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const spa = new URL('../../spa/', import.meta.url);
const read = path => readFileSync(new URL(path, spa), 'utf8');
const list = folder => readdirSync(new URL(folder, spa)).map(name => folder + name);

const texts = language => Object.assign({}, ...list('texts/')
  .filter(path => path.endsWith(`${language}.json`)).map(path => JSON.parse(read(path))));
const de = texts('de');
const en = texts('en');
const code = [...list('js/'), ...list('views/')].filter(path => path.endsWith('.js')).map(read).join('\n').replace(/^\s*\/\/.*$/gm, '');

// What the program looks up: whole keys as quoted words; beginnings and ends of keys that it puts together.
const quoted = new Set([...code.matchAll(/'([a-z_]+(?:\.[\w.]+)+)'/g)].map(found => found[1]));
const escaped = text => text.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.]+');
const made = [...code.matchAll(/`([a-z_]+\.[\w.]*\$\{[^`\s]*)`/g)].map(([, start]) => new RegExp(`^${escaped(start)}$`));
const ends = [...code.matchAll(/`\$\{\w+\}(\.[\w.]+)`/g)].map(found => found[1]);
const contract = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8');
const codesAfter = (start) => /enum: \[([\s\S]*?)\]/.exec(contract.slice(contract.indexOf(start)))[1].split(/[\s,]+/).filter(Boolean);

test('both languages have the same keys', () => {
  assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
});

test('no text is empty, and both languages fill the same places', () => {
  const places = text => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();
  for (const key of Object.keys(de)) {
    assert.deepEqual(places(de[key]), places(en[key]), key);
    for (const text of [de[key], en[key]].flatMap(one => (typeof one === 'string' ? [one] : Object.values(one)))) assert.notEqual(text.trim(), '', key);
  }
});

test('no file of texts takes a key of another one', () => {
  const keys = list('texts/').filter(path => path.endsWith('de.json')).flatMap(path => Object.keys(JSON.parse(read(path))));
  assert.deepEqual(keys.filter((key, i) => keys.indexOf(key) !== i), []);
});

test('every key that is used exists', () => {
  const sections = new Set(Object.keys(de).map(key => key.split('.')[0]));
  const asked = [...code.matchAll(/\bt(?:\.html)?\('([\w.]+)'/g)].map(found => found[1]);
  assert.ok(asked.length > 100);
  assert.deepEqual(asked.filter(key => !(key in de)), []);
  assert.deepEqual([...quoted].filter(key => sections.has(key.split('.')[0]) && !(key in de)
    && !Object.keys(de).some(known => known.startsWith(`${key}.`))), []);
});

test('every key is used', () => {
  const stems = new Set([...code.matchAll(/'([a-z_.]+)'/g)].map(found => found[1]));
  const used = key => code.includes(`'${key}'`) || made.some(pattern => pattern.test(key))
    || ends.some(end => key.endsWith(end) && stems.has(key.slice(0, -end.length))); // a helper was given the stem
  assert.deepEqual(Object.keys(de).filter(key => !used(key)), []);
});

test('every problem of the contract has words', () => {
  const types = codesAfter('    problem:\n      type: object');
  assert.ok(types.includes('link_used') && types.length > 20);
  for (const type of [...types, 'unreachable', 'timeout'])
    for (const part of ['title', 'text']) assert.ok(`problem.${type}.${part}` in de, `${type}.${part}`);
});

test('every code of a field in the contract has words', () => {
  const codes = codesAfter('              code:');
  assert.ok(codes.includes('leaked') && codes.length > 20);
  for (const one of codes) assert.ok(`error.${one}` in de, one);
});

test('people are addressed formally, and nobody is shouted at', () => {
  for (const [key, text] of Object.entries(de)) assert.doesNotMatch(JSON.stringify(text), /\b(du|dein|deine|dir|dich)\b|!/i, key);
  for (const [key, text] of Object.entries(en)) assert.doesNotMatch(JSON.stringify(text), /!/, key);
});
