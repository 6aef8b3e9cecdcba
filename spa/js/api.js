import { Problem, isSessionOver } from './problem.js';

// The only place that talks to the server. The bearer token lives in this module's memory and nowhere else; the session's
// cookie is out of reach of any script and is only good for a new token.
const BASE = '/api/v1';
const TIMEOUT = 15_000;
const UPLOAD_TIMEOUT = 300_000;
const MARGIN = 20_000; // a token this close to its end is renewed before it is used

// What anyone may call: everything else carries a token.
export const OPEN = ['GET /portal', 'POST /registrations', 'POST /activations', 'POST /sessions', 'POST /password-resets',
  'POST /email-changes', 'POST /contact',
  'GET /services', 'GET /services/suggest', 'GET /services/{service_id}', 'GET /services/{service_id}/form', 'GET /service-topics'];
// What anyone may call as well, but with the token of whoever is logged in.
export const VISITOR = ['POST /services/{service_id}/starts'];
// What does not count as an action of the user (x-background).
export const BACKGROUND = ['GET /sessions/current', 'POST /sessions/current/token', 'POST /services/{service_id}/starts'];

const isOneOf = names => {
  const known = new RegExp(`^(${names.map(one => one.replace(/\{\w+\}/g, '[^/]+')).join('|')})$`);
  return name => known.test(name);
};
const isOpen = isOneOf(OPEN);
const isForVisitors = isOneOf(VISITOR);
const isBackground = isOneOf(BACKGROUND);

let token = null;
let renewal = null;

// The session listens here: renewed(opened) after each new token, acted() after each call that extends it, ended(problem).
export const hooks = { renewed() {}, acted() {}, ended() {} };

export function adopt(opened) {
  token = opened && { value: opened.token, until: Date.now() + opened.expires_in * 1000 };
}

async function answer(url, options) {
  try {
    return await fetch(url, { ...options, signal: AbortSignal.timeout(TIMEOUT), credentials: 'same-origin', cache: 'no-store' });
  } catch (error) {
    throw new Problem(error.name === 'TimeoutError' ? 'timeout' : 'unreachable');
  }
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  return new Problem(body.type ?? (response.status === 503 || response.status === 502 ? 'unavailable' : 'internal'), {
    status: response.status,
    errors: body.errors ?? [],
    retryAfter: Number(response.headers.get('Retry-After')) || null,
    requestId: response.headers.get('X-Request-Id'),
  });
}

// What an answer says: null, or its JSON. The version that was read rides along unseen, as `etag`.
async function content(response) {
  const text = await response.text().catch(() => { throw new Problem('unreachable'); }); // cut off on its way
  if (!text) return null;
  const data = JSON.parse(text);
  const etag = response.headers.get('ETag');
  if (etag) Object.defineProperty(data, 'etag', { value: etag });
  return data;
}

async function send(method, path, { body, headers = {}, bearer = true } = {}) {
  const response = await answer(BASE + path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(bearer && token ? { Authorization: `Bearer ${token.value}` } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

// A new token by the cookie. However many calls need one, the server is asked once.
export function renew() {
  renewal ??= send('POST', '/sessions/current/token', { headers: { 'X-Portal-Client': 'spa' }, bearer: false })
    .then(content)
    .then(async opened => { adopt(opened); await hooks.renewed(opened); return opened; })
    .finally(() => { renewal = null; });
  return renewal;
}

async function withToken(method, path, options) {
  const used = token;
  if (!token || token.until - Date.now() < MARGIN) await renew();
  try {
    return await send(method, path, options);
  } catch (problem) {
    if (!isSessionOver(problem) || used !== token) throw problem;
    await renew(); // the token has ended before its session has, for example when keys were changed
    return send(method, path, options);
  }
}

async function call(method, path, options = {}) {
  const name = `${method} ${path.split('?')[0]}`;
  if (isOpen(name) || (!token && isForVisitors(name))) return send(method, path, { ...options, bearer: false });
  try {
    const response = await withToken(method, path, options);
    if (!isBackground(name)) hooks.acted();
    return response;
  } catch (problem) {
    throw ended(problem);
  }
}

// A session that is over is told to whoever listens, whatever call it was that found out.
function ended(problem) {
  if (isSessionOver(problem)) { adopt(null); hooks.ended(problem); }
  return problem;
}

const renewed = () => renew().catch(problem => { throw ended(problem); });

const json = async (...parts) => content(await call(...parts));
const version = etag => (etag ? { 'If-Match': etag } : {});

export const api = {
  get: path => json('GET', path),
  post: (path, body, etag) => json('POST', path, { body, headers: version(etag) }),
  put: (path, body, etag) => json('PUT', path, { body, headers: version(etag) }),
  patch: (path, body, etag) => json('PATCH', path, { body, headers: version(etag) }),
  delete: (path, body) => json('DELETE', path, { body }),
  // A file to save: { blob, name }.
  async download(path) {
    const response = await call('GET', path);
    const name = /filename="?([^";]+)"?/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
    return { blob: await response.blob(), name };
  },
  // Sends a file as it is. progress(share) tells how much has gone, from 0 to 1; `signal` gives it up.
  upload: (path, file, options) => upload(path, file, options),
};

// fetch does not tell how far a body has come; only here does XMLHttpRequest still have its place.
function sendFile(path, file, { progress, signal }) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', `${BASE}${path}?name=${encodeURIComponent(file.name)}`);
    call.timeout = UPLOAD_TIMEOUT;
    call.setRequestHeader('Accept', 'application/json');
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    if (token) call.setRequestHeader('Authorization', `Bearer ${token.value}`);
    call.upload.onprogress = event => event.lengthComputable && progress(event.loaded / event.total);
    call.onload = () => resolve(new Response(call.response || null, {
      status: call.status,
      headers: ['ETag', 'Retry-After', 'X-Request-Id'].flatMap(name => (call.getResponseHeader(name) ? [[name, call.getResponseHeader(name)]] : [])),
    }));
    call.onerror = () => reject(new Problem('unreachable'));
    call.ontimeout = () => reject(new Problem('timeout'));
    call.onabort = () => reject(new Problem('aborted'));
    signal.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}

async function upload(path, file, options) {
  if (!token || token.until - Date.now() < MARGIN) await renewed();
  const response = await sendFile(path, file, options);
  if (response.ok) {
    hooks.acted();
    return content(response);
  }
  throw ended(await problemOf(response));
}

// A file of the site itself.
export async function asset(path) {
  try {
    const response = await fetch(path);
    if (response.ok) return await response.json();
  } catch { /* not sent, or cut off on its way */ }
  throw new Problem('unreachable');
}
