import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const spa = new URL('../../spa/', import.meta.url);
const read = path => readFileSync(new URL(path, spa), 'utf8');
const page = read('index.html');
const code = ['js/', 'views/'].flatMap(folder => readdirSync(new URL(folder, spa)).map(name => [folder + name, read(folder + name)]));

test('every module that the start needs is asked for at once', () => {
  const needed = new Set();
  const follow = name => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const [, next] of read(`js/${name}`).matchAll(/from '\.\/([\w-]+\.js)'/g)) follow(next);
  };
  follow('main.js');
  const preloaded = [...page.matchAll(/rel="modulepreload" href="\/js\/([\w-]+\.js)"/g)].map(found => found[1]);
  assert.deepEqual([...preloaded, 'main.js'].sort(), [...needed].sort());
});

test('no style and no script stands in any markup', () => {
  for (const [path, text] of [['index.html', page], ...code]) assert.doesNotMatch(text, /\sstyle=|\son[a-z]+="|<style|javascript:/, path);
  assert.doesNotMatch(page, /<script(?![^>]*src=)/);
});

test('one place writes innerHTML, and one talks to the server', () => {
  const holding = pattern => code.filter(([, text]) => pattern.test(text.replace(/^\s*\/\/.*$/gm, ''))).map(([path]) => path);
  assert.deepEqual(holding(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/), ['js/html.js']);
  assert.deepEqual(holding(/\bfetch\(|XMLHttpRequest|EventSource/), ['js/api.js']);
});

test('every drawing that is shown is in the sprite, and the other way round', () => {
  const drawn = [...read('icons.svg').matchAll(/<symbol id="([\w-]+)"/g)].map(found => found[1]);
  const all = code.map(([, text]) => text).join('\n');
  assert.deepEqual(drawn.filter(name => !all.includes(`'${name}'`)), []);
  for (const [, name] of all.matchAll(/(?:pic\(|drawing: )'([\w-]+)'/g)) assert.ok(drawn.includes(name), name);
});

test('every class of our own is used, and every one that is used is there', () => {
  const rules = new Set([...read('css/portal.css').matchAll(/\.(sp-[\w-]+)/g)].map(found => found[1]));
  const all = page + code.map(([, text]) => text).join('\n');
  assert.deepEqual([...rules].filter(name => !all.includes(name)), []);
  const used = new Set([...all.matchAll(/(?<![\w-])(sp-[a-z_-]+[a-z])(?![\w-]*\$)/g)].map(found => found[1]));
  assert.deepEqual([...used].filter(name => !rules.has(name)), []);
});
