import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isAt, isLoggedIn, logIn, PASSWORD, person, startBrowser, startPortal } from './portal.mjs';

const state = {};
before(async () => {
  [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]);
  await state.portal.account('mara@post.example');
});
after(async () => { await state.browser?.close(); await state.portal?.end(); });

test('a wrong password keeps what was typed and says what to do', person(state, { refusals: ['401'] }, async page => {
  await logIn(page, 'mara@post.example', 'falsch-7-Falsch');
  const alert = page.getByRole('alert');
  await alert.getByText('Die Anmeldung hat nicht geklappt').waitFor();
  assert.ok(await alert.evaluate(node => node === document.activeElement));
  assert.equal(await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).inputValue(), 'mara@post.example');
  assert.match(await page.title(), /^Fehler: Anmelden/);
  await isLoggedIn(page, 'mara@post.example');
}));

test('many failures are told how long to wait', person(state, { refusals: ['401', '429'] }, async page => {
  await state.portal.account('viele@post.example');
  const alert = page.getByRole('alert');
  for (let i = 0; i < 7 && !(await page.getByText('Bitte warten Sie kurz').count()); i += 1) {
    await logIn(page, 'viele@post.example', `falsch-${i}-Falsch`);
    await alert.waitFor();
    await page.getByRole('main').locator('form[aria-busy]').waitFor({ state: 'detached' });
  }
  assert.match(await alert.innerText(), /Bitte warten Sie kurz[\s\S]*Versuchen Sie es in (einer Minute|\d+ Minuten) noch einmal/);
}));

test('a stranger comes back to the page that was asked for', person(state, {}, async page => {
  await page.goto('/postfach');
  await isAt(page, 'Anmelden');
  await page.getByText('Bitte melden Sie sich zuerst an').waitFor();
  await logIn(page, 'mara@post.example');
  await page.waitForURL('**/postfach');
}));

test('a return address of another site is not followed', person(state, {}, async page => {
  await page.goto('/login?return=//evil.example/x');
  await isLoggedIn(page, 'mara@post.example');
  assert.equal(page.url(), `${state.portal.origin}/account`);
}));

test('a reload and a second window stay logged in; the log-out holds for both', person(state, {}, async (page, visitor) => {
  await isLoggedIn(page, 'mara@post.example');
  await page.reload();
  await page.getByText('Mara Vogt').first().waitFor();
  const other = await visitor.tab();
  await other.goto('/postfach');
  await isAt(other, 'Ihr Postfach ist noch nicht eingerichtet');
  await page.getByText('Mara Vogt').first().click();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await page.getByText('Sie sind abgemeldet').first().waitFor();
  await other.waitForURL('**/login?return=*');
  assert.deepEqual(await visitor.context.cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.getItem('portal.session')), null);
}));

test('the secrets of a session are out of a script\'s reach', person(state, {}, async (page, visitor) => {
  await isLoggedIn(page, 'mara@post.example');
  assert.equal(await page.evaluate(() => document.cookie), '');
  const [cookie] = await visitor.context.cookies();
  assert.deepEqual([cookie.name, cookie.httpOnly, cookie.secure, cookie.sameSite], ['__Host-session', true, true, 'Strict']);
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), /eyJ/);
}));

test('a browser that drops the cookie is told so', person(state, { refusals: ['401'] }, async (page, visitor) => {
  await page.route('**/api/v1/sessions/current/token', async route => {
    await visitor.context.clearCookies();
    await route.continue();
  });
  await logIn(page, 'mara@post.example');
  await page.getByRole('alert').getByText('Ihr Browser nimmt keine Cookies an').waitFor();
}));

test('a forgotten password: one-time password, forced new one, back to work', person(state, { refusals: ['401', '403'] }, async page => {
  await state.portal.account('vergessen@post.example');
  await page.goto('/login');
  await page.getByRole('link', { name: 'Passwort vergessen?' }).click();
  await isAt(page, 'Passwort vergessen'); // the login has a field of the same name
  await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill('vergessen@post.example');
  await page.getByRole('button', { name: 'Einmalpasswort senden' }).click();
  await isAt(page, 'Bitte sehen Sie in Ihr E-Mail-Postfach');
  const mail = await state.portal.mail('vergessen@post.example', 'Einmal');
  const once = mail.split('\n').map(line => line.trim()).find(line => /^[A-Za-z0-9_-]{12,}$/.test(line));
  assert.ok(once, mail);
  await page.getByRole('link', { name: 'Mit Einmalpasswort anmelden' }).click();
  await logIn(page, 'vergessen@post.example', once);
  await isAt(page, 'Neues Passwort festlegen');
  await page.goto('/postfach'); // nothing else works before
  await isAt(page, 'Neues Passwort festlegen');
  await page.getByRole('textbox', { name: 'Neues Passwort' }).fill('Birnen-baum-8');
  await page.getByRole('button', { name: 'Passwort festlegen' }).click();
  await page.getByText('Ihr neues Passwort gilt').first().waitFor();
  await page.getByText('Mara Vogt').first().click();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await isLoggedIn(page, 'vergessen@post.example', 'Birnen-baum-8');
}));

test('an unknown address gets the same answer', person(state, {}, async page => {
  await page.goto('/forgotten-password');
  await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill('niemand@post.example');
  await page.getByRole('button', { name: 'Einmalpasswort senden' }).click();
  await isAt(page, 'Bitte sehen Sie in Ihr E-Mail-Postfach');
}));

test('two presses of the button are one call', person(state, {}, async page => {
  let calls = 0;
  await page.route('**/api/v1/sessions', async route => {
    calls += 1;
    await new Promise(done => { setTimeout(done, 700); });
    await route.continue();
  });
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill('mara@post.example');
  await page.getByRole('textbox', { name: 'Passwort' }).fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).dblclick();
  await page.getByRole('status').filter({ hasText: 'Einen Moment' }).first().waitFor();
  await page.waitForURL('**/account');
  assert.equal(calls, 1);
}));
