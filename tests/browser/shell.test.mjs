import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, isAt, isLoggedIn, logIn, person, startBrowser, startPortal } from './portal.mjs';

const state = {};
before(async () => {
  [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]);
  await state.portal.account('mara@post.example');
});
after(async () => { await state.browser?.close(); await state.portal?.end(); });

test('a new page has the focus on its heading, its title, and begins at its top', person(state, {}, async page => {
  await page.goto('/');
  await page.evaluate(() => scrollTo(0, 500));
  await page.getByRole('contentinfo').getByRole('link', { name: 'Datenschutz' }).click();
  await page.waitForURL('**/privacy');
  await page.waitForFunction(() => document.activeElement.tagName === 'H1');
  assert.equal(await page.evaluate(() => scrollY), 0);
  assert.match(await page.title(), / – Serviceportal$/);
  await page.goBack();
  await page.waitForURL(url => url.pathname === '/');
  await page.waitForFunction(() => scrollY > 100);
}));

test('the language changes in place, keeps what is typed, and is remembered', person(state, {}, async page => {
  await page.goto('/login');
  await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill('mara@post.example');
  await page.getByRole('textbox', { name: 'Passwort' }).fill('halb');
  await page.getByRole('button', { name: 'EN – English' }).click();
  await isAt(page, 'Log in');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await page.getByRole('textbox', { name: 'E-mail address' }).inputValue(), 'mara@post.example');
  assert.equal(await page.getByRole('textbox', { name: 'Password' }).inputValue(), 'halb');
  assert.match(await page.title(), /^Log in – /);
  assert.ok(await page.getByRole('button', { name: 'EN – English' }).evaluate(node => node === document.activeElement));
  await page.reload();
  await isAt(page, 'Log in');
}));

test('the theme follows the system until somebody chooses', person(state, { theme: 'dark' }, async page => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto('/');
  await heading(page).waitFor();
  const dark = await background();
  await page.getByRole('radio', { name: 'hell' }).check();
  const light = await background();
  assert.notEqual(light, dark);
  await page.reload();
  await heading(page).waitFor();
  assert.equal(await background(), light);
  await page.getByRole('radio', { name: 'wie im System' }).check();
  assert.equal(await background(), dark);
  assert.equal(await page.evaluate(() => localStorage.getItem('portal.theme')), null);
}));

test('the keyboard alone gets everywhere', person(state, {}, async page => {
  await isLoggedIn(page, 'mara@post.example');
  await page.goto('/postfach');
  await isAt(page, 'Ihr Postfach ist noch nicht eingerichtet');
  await page.getByRole('link', { name: 'Zum Inhalt springen' }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  const menu = page.locator('#account-menu');
  await menu.locator('summary').focus();
  await page.keyboard.press('Enter');
  await menu.getByRole('link', { name: 'Mein Profil' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  assert.equal(await menu.getAttribute('open'), null);
  assert.ok(await menu.locator('summary').evaluate(node => node === document.activeElement));
}));

test('on a phone everything of the header stands behind the menu button', person(state, { width: 320 }, async page => {
  await page.goto('/services');
  const button = page.getByRole('button', { name: 'Menü' });
  assert.equal(await button.getAttribute('aria-expanded'), 'false');
  await button.click();
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
  await page.getByRole('banner').getByRole('link', { name: 'Anmelden' }).click();
  await isAt(page, 'Anmelden');
  assert.equal(await button.getAttribute('aria-expanded'), 'false');
}));

test('an unknown address has a page that helps on', person(state, { refusals: ['404'] }, async page => {
  await page.goto('/no/such/page');
  await isAt(page, 'Diese Seite gibt es nicht');
  await page.getByRole('link', { name: 'Zur Startseite' }).click();
  await isAt(page, 'Was möchten Sie erledigen?');
}));

test('a portal without services says so', person(state, {}, async page => {
  await page.goto('/services');
  await page.getByText('Dieses Portal zeigt noch keine Dienste.').waitFor();
  await page.goto('/help');
  await page.getByRole('combobox').fill('<b>Kita</b>');
  await page.keyboard.press('Enter');
  await isAt(page, 'Nichts gefunden zu „<b>Kita</b>“');
}));

test('a server that does not answer: what was typed stays, and the next try works', person(state, { refusals: ['net::ERR'] }, async page => {
  await page.goto('/login');
  await isAt(page, 'Anmelden');
  await page.route('**/api/**', route => route.abort());
  await logIn(page, 'mara@post.example');
  await page.getByRole('alert').getByText('Der Server antwortet gerade nicht').waitFor();
  await page.unroute('**/api/**');
  await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click();
  await page.waitForURL('**/account');
}));

test('a page that cannot be loaded offers another try', person(state, { refusals: ['net::ERR'] }, async page => {
  await isLoggedIn(page, 'mara@post.example');
  await page.route('**/api/**', route => route.abort());
  await page.goto('/postfach');
  await isAt(page, 'Der Server antwortet gerade nicht');
  await page.unroute('**/api/**');
  await page.getByRole('button', { name: 'Noch einmal versuchen' }).click();
  await isAt(page, 'Ihr Postfach ist noch nicht eingerichtet');
}));

test('a long wait shows that something happens', person(state, {}, async page => {
  await page.goto('/login');
  await page.route('**/views/services.js', async route => { await new Promise(done => { setTimeout(done, 1200); }); await route.continue(); });
  await page.getByRole('link', { name: 'Online-Dienste' }).first().click();
  await page.getByText('Einen Moment, die Seite wird geladen.').first().waitFor();
  await isAt(page, 'Online-Dienste');
  assert.ok(await page.locator('#waiting').isHidden());
}));

test('the first load is small, and nothing comes from another origin', person(state, {}, async page => {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  let bytes = 0;
  client.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; });
  const foreign = [];
  page.on('request', request => { if (new URL(request.url()).origin !== state.portal.origin) foreign.push(request.url()); });
  await page.goto('/', { waitUntil: 'networkidle' });
  assert.deepEqual(foreign, []);
  assert.ok(bytes > 20_000 && bytes < 200_000, `${bytes} bytes`);
}));

test('no style and no script stands in the page', person(state, {}, async page => {
  const response = await page.goto('/');
  const policy = response.headers()['content-security-policy'];
  assert.doesNotMatch(policy, /unsafe/);
  assert.match(policy, /frame-ancestors 'none'/);
  await heading(page).waitFor();
  assert.equal(await page.locator('[style], style, script:not([src])').count(), 0);
}));

test('the bar\'s words, the name and the notice of a demonstration are settings', person(state, {}, async page => {
  await page.goto('/');
  await heading(page).waitFor();
  assert.equal(await page.locator('.kern-kopfzeile').count(), 0);
  assert.equal(await page.getByText('Dies ist eine Demonstration.').count(), 0);
  await state.portal.restart('PORTAL_DEMONSTRATION=true');
  await page.reload();
  await page.getByText('Dies ist eine Demonstration.').waitFor();
  await state.portal.restart('PORTAL_OFFICIAL_BAR=Musterstadt');
  await page.reload();
  await page.locator('.kern-kopfzeile').getByText('Musterstadt').waitFor();
}));
