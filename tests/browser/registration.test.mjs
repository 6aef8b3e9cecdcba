import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, isAt, isLoggedIn, logIn, PASSWORD, person, startBrowser, startPortal } from './portal.mjs';

const state = {};
before(async () => { [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]); });
after(async () => { await state.browser?.close(); await state.portal?.end(); });

const next = page => page.getByRole('button', { name: 'Weiter' }).click();

async function name(page, first = 'Mara', last = 'Vogt') {
  await page.getByLabel('Vorname').fill(first);
  await page.getByLabel('Nachname').fill(last);
  await next(page);
}

async function login(page, email, password = PASSWORD) {
  await isAt(page, 'Wie möchten Sie sich anmelden?');
  await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill(email);
  await page.getByRole('textbox', { name: 'Passwort' }).fill(password);
  await next(page);
}

async function register(page, email) {
  await page.goto('/register?step=name');
  await name(page);
  await login(page, email);
  await isAt(page, 'Bitte prüfen Sie Ihre Angaben');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await isAt(page, 'Bitte sehen Sie in Ihr E-Mail-Postfach');
}

test('from the start page to one\'s own area', person(state, {}, async page => {
  await page.goto('/');
  await page.getByRole('banner').getByRole('link', { name: 'Registrieren' }).click();
  await isAt(page, 'Welches Konto brauchen Sie?');
  await page.getByRole('link', { name: 'Servicekonto anlegen' }).click();
  await name(page);
  await login(page, 'neu@post.example');
  await isAt(page, 'Bitte prüfen Sie Ihre Angaben');
  const review = await page.getByRole('main').innerText();
  assert.match(review, /Mara/);
  assert.match(review, /neu@post\.example/);
  assert.ok(!(await page.content()).includes(PASSWORD), 'the password is never shown');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await isAt(page, 'Bitte sehen Sie in Ihr E-Mail-Postfach');

  await page.goto(`/activate#token=${await state.portal.token('neu@post.example')}`);
  await page.getByRole('button', { name: 'Konto aktivieren' }).click();
  await isAt(page, 'Anmelden');
  await page.getByText('Ihr Konto ist aktiv').first().waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).inputValue(), 'neu@post.example');
  await isLoggedIn(page, 'neu@post.example');
  assert.equal(new URL(page.url()).pathname, '/account');
}));

test('going back and changing keeps all entries', person(state, {}, async page => {
  await page.goto('/register?step=name');
  await name(page, 'Jo', 'Ünal');
  await login(page, 'jo@post.example');
  await page.getByRole('link', { name: /Ändern.*Ihr Name/ }).click();
  assert.equal(await page.getByLabel('Nachname').inputValue(), 'Ünal');
  await page.getByLabel('Nachname').fill('Ünal-Vogt');
  await next(page);
  await isAt(page, 'Wie möchten Sie sich anmelden?');
  assert.equal(await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).inputValue(), 'jo@post.example');
  await next(page);
  await page.getByText('Ünal-Vogt').waitFor();
  await page.goBack();
  await isAt(page, 'Wie möchten Sie sich anmelden?');
}));

test('a link into the middle leads to the first open step', person(state, {}, async page => {
  await page.goto('/register?step=review');
  await isAt(page, 'Wie heißen Sie?');
}));

test('faults stand in a summary that takes the focus, and at the fields', person(state, {}, async page => {
  await page.goto('/register?step=name');
  await page.getByLabel('Vorname').fill('Mara');
  await next(page);
  const summary = page.getByRole('alert');
  await summary.waitFor();
  assert.ok(await summary.evaluate(node => node === document.activeElement));
  assert.match(await page.title(), /^Fehler: Registrieren, Schritt 1 von 3/);
  const last = page.getByLabel('Nachname');
  assert.equal(await last.getAttribute('aria-invalid'), 'true');
  assert.equal(await last.evaluate(node => document.getElementById(node.getAttribute('aria-describedby').split(' ').pop()).innerText.trim()), 'Geben Sie Ihren Nachnamen ein.');
  await summary.getByRole('link', { name: /Nachname/ }).click();
  assert.ok(await last.evaluate(node => node === document.activeElement));
  assert.equal(await page.getByLabel('Vorname').inputValue(), 'Mara');
  await last.fill('Vogt');
  await next(page);
  await isAt(page, 'Wie möchten Sie sich anmelden?');
  assert.doesNotMatch(await page.title(), /Fehler/);
}));

test('the rules of the password answer while typing', person(state, {}, async page => {
  await page.goto('/register?step=name');
  await name(page);
  await isAt(page, 'Wie möchten Sie sich anmelden?');
  const password = page.getByRole('textbox', { name: 'Passwort' });
  const met = () => page.locator('.sp-rules .kern-icon--success').count();
  assert.equal(await met(), 0);
  await password.pressSequentially('Apfelbaum');
  assert.equal(await met(), 2);
  await password.pressSequentially('7');
  assert.equal(await met(), 3);
  await page.getByText('Ihr Passwort erfüllt alle diese Regeln.').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Anzeigen' }).click();
  assert.equal(await password.getAttribute('type'), 'text');
}));

test('what only the server finds is shown where it can be repaired', person(state, { refusals: ['400', '422'] }, async page => {
  await page.goto('/register?step=name');
  await name(page);
  await login(page, 'leck@post.example', 'Mara-Vogt-1');
  await isAt(page, 'Bitte prüfen Sie Ihre Angaben');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await isAt(page, 'Wie möchten Sie sich anmelden?');
  await page.getByRole('alert').getByText('Das Passwort enthält Ihren Namen').waitFor();
}));

test('a second click on the link says that it has done its work', person(state, { refusals: ['409', '410', '404'] }, async page => {
  await register(page, 'zweimal@post.example');
  const link = `/activate#token=${await state.portal.token('zweimal@post.example')}`;
  await page.goto(link);
  await page.getByRole('button', { name: 'Konto aktivieren' }).click();
  await isAt(page, 'Anmelden');
  await page.goto(link);
  await page.getByRole('button', { name: 'Konto aktivieren' }).click();
  await isAt(page, 'Ihr Konto ist schon aktiv');
}));

test('a link that was never valid, or not a whole one, leads to a new registration', person(state, { refusals: ['404', '410', '409'] }, async page => {
  await page.goto(`/activate#token=${'A'.repeat(43)}`);
  await page.getByRole('button', { name: 'Konto aktivieren' }).click();
  await isAt(page, 'Dieser Link gilt nicht mehr');
  await page.goto('about:blank');
  await page.goto('/activate#token=short');
  await isAt(page, 'Dieser Link gilt nicht mehr');
  await page.getByRole('link', { name: 'Noch einmal registrieren' }).click();
  await isAt(page, 'Welches Konto brauchen Sie?');
}));

test('a registered address is answered like a new one', person(state, {}, async page => {
  await state.portal.account('bekannt@post.example');
  await register(page, 'bekannt@post.example');
}));

test('without activation there is no login', person(state, { refusals: ['401'] }, async page => {
  await register(page, 'wartet@post.example');
  await logIn(page, 'wartet@post.example');
  await page.getByRole('alert').getByText('Die Anmeldung hat nicht geklappt').waitFor();
  assert.equal(await heading(page).innerText(), 'Anmelden');
}));
