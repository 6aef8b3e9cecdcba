import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { find, match, safeReturn } from '../../spa/js/router.js';
import { routes, states } from '../../spa/js/routes.js';

test('a pattern gives the values of its places', () => {
  assert.deepEqual(match('/cases/:id', '/cases/7'), { id: '7' });
  assert.deepEqual(match('/cases/:id', '/cases/a%20b'), { id: 'a b' });
  assert.deepEqual(match('/', '/'), {});
});

test('another path does not match', () => {
  for (const path of ['/cases', '/cases/7/8', '/Cases/7', '/cases/7/']) assert.equal(match('/cases/:id', path), null);
});

test('a broken escape in an address is no fault of the program', () => {
  assert.deepEqual(match('/cases/:id', '/cases/%zz'), { id: '%zz' });
});

test('the first pattern that fits is taken', () => {
  const table = { '/a/b': 1, '/a/:x': 2 };
  assert.deepEqual(find(table, '/a/b'), { view: 1, vars: {} });
  assert.deepEqual(find(table, '/a/c'), { view: 2, vars: { x: 'c' } });
  assert.equal(find(table, '/b'), null);
});

test('a login leads back to a page of this site only', () => {
  const home = 'https://portal.example';
  assert.equal(safeReturn('/account/profile?a=b', home), '/account/profile?a=b');
  for (const path of [null, '', 'account', '//evil.example', '/\\evil.example', '/\tevil', 'https://evil.example/', 'javascript:boom()',
    '/login', '/new-password', '/no-such-page', '/account@evil.example'])
    assert.equal(safeReturn(path, home), '/account', String(path));
});

test('every address has its view', () => {
  for (const [path, view] of Object.entries({ ...routes, ...states })) {
    const file = /import\('\.\.\/(views\/[\w-]+\.js)'\)/.exec(view)?.[1];
    assert.ok(file && existsSync(new URL(`../../spa/${file}`, import.meta.url)), path);
  }
});

test('every view has a title and a page', async () => {
  for (const view of Object.values({ ...routes, ...states })) {
    const module = await view();
    assert.equal(typeof module.title, 'function');
    assert.equal(typeof module.page, 'function');
  }
});
