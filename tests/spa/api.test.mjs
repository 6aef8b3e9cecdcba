import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { adopt, api, BACKGROUND, hooks, OPEN, renew, VISITOR } from '../../spa/js/api.js';

// A server of a few lines: each test gives the answers in order and sees the calls.
function serve(...answers) {
  const calls = [];
  globalThis.fetch = async (url, options) => {
    calls.push({ name: `${options.method} ${url.replace('/api/v1', '')}`, headers: options.headers, body: options.body });
    const next = answers.shift();
    if (next instanceof Error) throw next;
    const [status, body, headers = {}] = next;
    return new Response(body === undefined ? null : JSON.stringify(body),
      { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers } });
  };
  return calls;
}

const opened = token => ({ token, expires_in: 300, session: { id: '1' }, new_password_due: false });
const failing = type => [401, { type, title: type, status: 401 }];

test('what anyone may call is what the contract says', () => {
  const contract = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8');
  const open = [];
  const visitor = [];
  const background = [];
  let path = '';
  let method = '';
  for (const line of contract.slice(contract.indexOf('\npaths:'), contract.indexOf('\ncomponents:')).split('\n')) {
    path = /^ {2}(\/\S*):$/.exec(line)?.[1] ?? path;
    method = /^ {4}(get|post|put|patch|delete):$/.exec(line)?.[1] ?? method;
    if (/x-access: anyone/.test(line) && !/healthz|readyz|metrics|oauth2/.test(path)) open.push(`${method.toUpperCase()} ${path}`);
    if (/x-access: visitor/.test(line)) visitor.push(`${method.toUpperCase()} ${path}`);
    if (/x-background: true/.test(line)) background.push(`${method.toUpperCase()} ${path}`);
  }
  assert.deepEqual([...OPEN].sort(), open.sort());
  assert.deepEqual([...VISITOR].sort(), visitor.sort());
  assert.deepEqual([...BACKGROUND].sort(), background.sort());
});

test('a call without a token fetches one first, by cookie and with its header', async () => {
  adopt(null);
  const calls = serve([200, opened('one')], [200, { id: 'me' }, { ETag: '"7"' }]);
  const me = await api.get('/me');
  assert.deepEqual(calls.map(call => call.name), ['POST /sessions/current/token', 'GET /me']);
  assert.equal(calls[0].headers['X-Portal-Client'], 'spa');
  assert.equal(calls[1].headers.Authorization, 'Bearer one');
  assert.equal(me.etag, '"7"');
  assert.deepEqual(Object.keys(me), ['id']);
});

test('what visitors may ask takes the token of whoever is logged in, and none where nobody is', async () => {
  adopt(null);
  const calls = serve([200, {}], [200, {}]);
  await api.post('/services/7/starts');
  adopt({ token: 'one', expires_in: 300 });
  await api.post('/services/7/starts');
  assert.deepEqual(calls.map(call => call.headers.Authorization), [undefined, 'Bearer one']);
});

test('many calls at once fetch one token', async () => {
  adopt(null);
  const calls = serve([200, opened('one')], [200, {}], [200, {}], [200, {}]);
  await Promise.all([api.get('/me'), api.get('/sessions'), api.get('/me/activity')]);
  assert.equal(calls.filter(call => call.name.endsWith('/token')).length, 1);
});

test('a refused token is renewed once and the call made again', async () => {
  adopt({ token: 'old', expires_in: 300 });
  const calls = serve(failing('login_needed'), [200, opened('new')], [200, { id: 'me' }]);
  assert.equal((await api.get('/me')).id, 'me');
  assert.equal(calls[2].headers.Authorization, 'Bearer new');
});

test('a token near its end is not used any more', async () => {
  adopt({ token: 'old', expires_in: 5 });
  const calls = serve([200, opened('new')], [200, {}]);
  await api.get('/me');
  assert.equal(calls[1].headers.Authorization, 'Bearer new');
});

test('a session that is over is told once, and the call fails', async () => {
  adopt({ token: 'old', expires_in: 300 });
  let told = 0;
  hooks.ended = () => { told += 1; };
  serve(failing('session_ended'), failing('session_ended'));
  await assert.rejects(api.get('/me'), { type: 'session_ended' });
  assert.equal(told, 1);
  hooks.ended = () => {};
});

test('a wrong password is not a lost session', async () => {
  adopt({ token: 'one', expires_in: 300 });
  const calls = serve([403, { type: 'wrong_password', title: '', status: 403 }]);
  await assert.rejects(api.delete('/me', { password: 'x' }), { type: 'wrong_password' });
  assert.equal(calls.length, 1);
});

test('background calls extend nothing, all others do', async () => {
  adopt({ token: 'one', expires_in: 300 });
  let acted = 0;
  hooks.acted = () => { acted += 1; };
  serve([200, {}], [200, {}]);
  await api.get('/sessions/current');
  assert.equal(acted, 0);
  await api.get('/me/activity?limit=5');
  assert.equal(acted, 1);
  hooks.acted = () => {};
});

test('no answer, a late answer and an answer that is no JSON are problems of their own', async () => {
  serve(new TypeError('failed'), Object.assign(new Error('late'), { name: 'TimeoutError' }), [502]);
  await assert.rejects(api.get('/portal'), { type: 'unreachable' });
  await assert.rejects(api.get('/portal'), { type: 'timeout' });
  await assert.rejects(api.get('/portal'), { type: 'unavailable', status: 502 });
});

test('a problem brings its faults, how long to wait and its id', async () => {
  serve([429, { type: 'too_many', title: '', status: 429 }, { 'Retry-After': '60', 'X-Request-Id': 'abc' }],
    [400, { type: 'bad_input', title: '', status: 400, errors: [{ field: 'email', code: 'format', detail: '' }] }]);
  await assert.rejects(api.post('/sessions', {}), { type: 'too_many', retryAfter: 60, requestId: 'abc' });
  await assert.rejects(api.post('/registrations', {}), problem => problem.errors[0].code === 'format');
});

test('renewing after a failure asks anew', async () => {
  adopt(null);
  serve(new TypeError('failed'), [200, opened('one')]);
  await assert.rejects(renew(), { type: 'unreachable' });
  assert.equal((await renew()).token, 'one');
});
