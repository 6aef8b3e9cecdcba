import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { isAt, isLoggedIn, logIn, PASSWORD, person, startBrowser, startPortal } from './portal.mjs';

// The server's clock is shifted in its database, the browser's by Playwright: no test waits.
const state = {};
before(async () => {
  [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]);
  await state.portal.account('mara@post.example');
  await state.portal.account('andere@post.example');
});
afterEach(() => state.portal.shift('0'));
after(async () => { await state.browser?.close(); await state.portal?.end(); });

const warning = page => page.getByRole('dialog');
const phone = page => page.getByLabel('Telefon');

async function atWork(page) {
  await page.clock.install();
  await isLoggedIn(page, 'mara@post.example');
  await page.goto('/account/profile');
  await phone(page).waitFor();
}

// Minutes pass for both, without anybody touching the page.
async function pass(page, minutes) {
  await state.portal.shift(`${minutes} minutes`);
  await page.clock.fastForward(minutes * 60_000);
}

test('two minutes before the end a dialog asks, and one click goes on', person(state, {}, async page => {
  await atWork(page);
  await pass(page, 17);
  assert.equal(await warning(page).count(), 0);
  await pass(page, 18.5);
  await warning(page).getByText('Möchten Sie angemeldet bleiben?').waitFor();
  assert.match(await warning(page).getByRole('timer').innerText(), /^[01]:\d\d Minuten$/);
  await page.getByRole('button', { name: 'Angemeldet bleiben' }).click();
  await warning(page).waitFor({ state: 'detached' });
  await state.portal.shift('30 minutes');
  await page.reload();
  await phone(page).waitFor();
}));

test('Escape is a going on, too', person(state, {}, async page => {
  await atWork(page);
  await pass(page, 18.5);
  await warning(page).waitFor();
  await page.keyboard.press('Escape');
  await warning(page).waitFor({ state: 'detached' });
  await phone(page).waitFor();
}));

test('the dialog can log out at once', person(state, {}, async page => {
  await atWork(page);
  await pass(page, 18.5);
  await warning(page).getByRole('button', { name: 'Abmelden' }).click();
  await page.getByRole('link', { name: 'Anmelden' }).first().waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
}));

test('a session that another window keeps alive warns in none', person(state, {}, async (page, visitor) => {
  await atWork(page);
  await state.portal.shift('18.5 minutes');
  const other = await visitor.tab();
  await other.goto('/account/profile');
  await phone(other).waitFor();
  await page.clock.fastForward(18.5 * 60_000);
  await page.waitForTimeout(500);
  assert.equal(await warning(page).count(), 0);
}));

test('after the end a login at the same place brings the typed text back, but no password', person(state, { refusals: ['401'] }, async page => {
  await atWork(page);
  await phone(page).fill('01234 5678');
  await page.waitForTimeout(300);
  await pass(page, 21);
  await isAt(page, 'Ihre Sitzung ist abgelaufen');
  assert.equal(new URL(page.url()).pathname, '/account/profile');
  assert.match(await page.title(), /^Ihre Sitzung ist abgelaufen/);
  await logIn(page, 'mara@post.example');
  await phone(page).waitFor();
  assert.equal(await phone(page).inputValue(), '01234 5678');
}));

test('a login in another window wakes the expired one, with its text', person(state, { refusals: ['401'] }, async (page, visitor) => {
  await atWork(page);
  await phone(page).fill('01234 5678');
  await page.waitForTimeout(300);
  await pass(page, 21);
  await isAt(page, 'Ihre Sitzung ist abgelaufen');
  const other = await visitor.tab();
  await isLoggedIn(other, 'mara@post.example');
  await phone(page).waitFor();
  assert.equal(await phone(page).inputValue(), '01234 5678');
}));

test('another account that logs in there finds nothing of it', person(state, { refusals: ['401'] }, async page => {
  await atWork(page);
  await phone(page).fill('01234 5678');
  await page.waitForTimeout(300);
  await pass(page, 21);
  await isAt(page, 'Ihre Sitzung ist abgelaufen');
  await logIn(page, 'andere@post.example');
  await phone(page).waitFor();
  assert.equal(await phone(page).inputValue(), '');
}));

test('typed text outlives a look at another page, and ends with a log-out', person(state, {}, async page => {
  await isLoggedIn(page, 'mara@post.example');
  await page.goto('/account/profile');
  await phone(page).fill('01234 5678');
  await page.getByRole('link', { name: 'Hilfe' }).first().click();
  await page.waitForURL('**/help');
  await page.goBack();
  await phone(page).waitFor();
  assert.equal(await phone(page).inputValue(), '01234 5678');
  await page.getByText('Mara Vogt').first().click();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await page.getByText('Sie sind abgemeldet').first().waitFor();
  await isLoggedIn(page, 'mara@post.example');
  await page.locator('main a[href="/account/profile"]').first().click(); // no new load, which would forget everything anyway
  await phone(page).waitFor();
  assert.equal(await phone(page).inputValue(), '');
}));

test('clicks and keys are reported at most once a minute', person(state, {}, async page => {
  const reports = [];
  page.on('request', request => { if (request.url().endsWith('/me/presence')) reports.push(request); });
  await atWork(page);
  for (let i = 0; i < 5; i += 1) await phone(page).pressSequentially('12');
  await page.clock.fastForward(61_000);
  await page.waitForTimeout(300);
  assert.equal(reports.length, 1, 'what happened within the first minute is reported at its end');
  await page.clock.fastForward(5 * 60_000);
  await page.waitForTimeout(300);
  assert.equal(reports.length, 1, 'nobody did anything since');
  await phone(page).pressSequentially('3');
  await page.waitForTimeout(500);
  await phone(page).pressSequentially('4');
  await page.waitForTimeout(500);
  assert.equal(reports.length, 2);
}));

test('a login in another window as somebody else takes this one along', person(state, {}, async (page, visitor) => {
  await isLoggedIn(page, 'mara@post.example');
  await page.goto('/account/profile');
  await phone(page).fill('99');
  const other = await visitor.tab();
  await other.goto('/');
  await other.evaluate(async password => {
    await fetch('/api/v1/sessions', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email: 'andere@post.example', password }) });
  }, PASSWORD);
  await page.evaluate(async () => { const { renew } = await import('/js/api.js'); renew(); });
  await page.waitForURL('**/account');
}));

test('the absolute limit is announced, and cannot be put off', person(state, { refusals: ['401'] }, async page => {
  await atWork(page);
  await state.portal.sql("update session set created_at = created_at - interval '11 hours 59 minutes'");
  await page.reload();
  await warning(page).getByText('Ihre Sitzung endet gleich').waitFor();
  await page.getByRole('button', { name: 'Verstanden' }).click();
  await warning(page).waitFor({ state: 'detached' });
  await phone(page).fill('7');
  await page.clock.fastForward(61_000);
  await state.portal.shift('2 minutes');
  await page.clock.fastForward(60_000);
  await isAt(page, 'Ihre Sitzung ist abgelaufen');
}));
