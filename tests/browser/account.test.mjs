import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { heading, isAt, isLoggedIn, logIn, PASSWORD, person, startBrowser, startPortal } from './portal.mjs';

const state = {};
before(async () => { [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]); });
after(async () => { await state.browser?.close(); await state.portal?.end(); });

// A person with an account of their own, logged in.
let count = 0;
const owner = (options, steps) => person(state, options, async (page, visitor) => {
  count += 1;
  const email = `person${count}@post.example`;
  await state.portal.account(email);
  await isLoggedIn(page, email);
  await steps(page, email, visitor);
});

const press = (page, name) => page.getByRole('main').getByRole('button', { name }).click();
const told = (page, words) => page.getByRole('main').getByText(words).first().waitFor();
const secret = (page, name, value) => page.getByRole('textbox', { name }).fill(value);

test('one\'s own area leads to everything', owner({}, async page => {
  await isAt(page, 'Guten Tag, Mara Vogt');
  for (const [link, words] of [['Mein Profil', 'Mein Profil'], ['E-Mail-Adresse ändern', 'E-Mail-Adresse ändern'], ['Passwort ändern', 'Passwort ändern'],
    ['Sitzungen', 'Sitzungen'], ['Aktivität', 'Aktivität'], ['Daten herunterladen', 'Ihre Daten herunterladen'], ['Konto löschen', 'Konto löschen'],
    ['Postfach', 'Ihr Postfach ist noch nicht eingerichtet']]) {
    await page.getByRole('main').getByRole('link', { name: link, exact: true }).click();
    await isAt(page, words);
    await page.goBack();
    await isAt(page, 'Guten Tag');
  }
  await page.getByRole('link', { name: 'Konto verwalten' }).click();
  await page.waitForFunction(() => document.activeElement.id === 'manage');
}));

test('the profile is edited, the header follows, and emptied fields are empty', owner({}, async page => {
  await page.goto('/account/profile');
  await page.getByLabel('Nachname').fill('Vogt-Ünal');
  await page.getByLabel('Geburtsdatum').fill('3.4.1988');
  await page.getByLabel('Telefon').fill('030 123456');
  await page.getByLabel('Straße').fill('Lindenweg');
  await page.getByLabel('Hausnummer').fill('12a');
  await page.getByLabel('Postleitzahl').fill('12345');
  await page.locator('[name="address.town"]').fill('Musterstadt');
  await press(page, 'Änderungen speichern');
  await told(page, 'Ihr Profil ist gespeichert');
  await page.getByRole('banner').getByText('Mara Vogt-Ünal').waitFor();
  await page.reload();
  await heading(page).waitFor();
  assert.equal(await page.getByLabel('Geburtsdatum').inputValue(), '3.4.1988');
  assert.equal(await page.getByLabel('Hausnummer').inputValue(), '12a');
  for (const name of ['Straße', 'Hausnummer', 'Postleitzahl', 'Telefon']) await page.getByLabel(name).fill('');
  await page.locator('[name="address.town"]').fill('');
  await press(page, 'Änderungen speichern');
  await told(page, 'Ihr Profil ist gespeichert');
  await page.reload();
  await heading(page).waitFor();
  assert.equal(await page.getByLabel('Straße').inputValue(), '');
  await press(page, 'Änderungen speichern');
  await told(page, 'Sie haben nichts geändert');
}));

test('all faults of a profile come at once, with words that help', owner({ refusals: ['400'] }, async page => {
  await page.goto('/account/profile');
  await page.getByLabel('Telefon').fill('ruf an');
  await page.getByLabel('Hausnummer').fill('12 a');
  await page.getByLabel('Postleitzahl').fill('12345');
  await press(page, 'Änderungen speichern');
  const alert = page.getByRole('alert');
  await alert.getByText('Telefon: Schreiben Sie die Nummer mit Ziffern').waitFor();
  await alert.getByText('Straße: Geben Sie die Straße an.').waitFor();
  await alert.getByText('Hausnummer: Schreiben Sie die Hausnummer ohne Leerzeichen').waitFor();
  assert.equal(await page.getByLabel('Telefon').inputValue(), 'ruf an');
}));

test('what was changed in another window meanwhile is not overwritten, and nothing typed is lost', owner({ refusals: ['412'] }, async (page, email, visitor) => {
  await page.goto('/account/profile');
  await page.getByLabel('Telefon').fill('030 1');
  const other = await visitor.tab();
  await other.goto('/account/profile');
  await other.getByLabel('Geburtsort').fill('Jena');
  await press(other, 'Änderungen speichern');
  await told(other, 'Ihr Profil ist gespeichert');
  await page.getByLabel('Telefon').fill('030 1234');
  await press(page, 'Änderungen speichern');
  await page.getByRole('alert').getByText('Diese Angaben wurden inzwischen geändert').waitFor();
  await press(page, 'Aktuellen Stand laden');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Geburtsort').inputValue(), 'Jena');
  assert.equal(await page.getByLabel('Telefon').inputValue(), '030 1234');
  await press(page, 'Änderungen speichern');
  await told(page, 'Ihr Profil ist gespeichert');
}));

test('a new e-mail address: link, confirmation, login with the old one, then only the new one', owner({ refusals: ['401'] }, async (page, email) => {
  const fresh = email.replace('@', '-neu@');
  await page.goto('/account/email');
  await page.locator('[name=new_email]').fill(fresh);
  await page.locator('[name=new_email_repeated]').fill(`x${fresh}`);
  await secret(page, 'Ihr Passwort', PASSWORD);
  await press(page, 'Link anfordern');
  await page.getByRole('alert').getByText('Beide Adressen müssen gleich sein').waitFor();
  await page.locator('[name=new_email_repeated]').fill(fresh);
  await press(page, 'Link anfordern');
  await isAt(page, 'Bitte bestätigen Sie die neue Adresse');
  await page.getByRole('link', { name: 'Zu Meinem Bereich' }).click();
  await told(page, 'Ihre neue E-Mail-Adresse gilt noch nicht');

  await page.goto(`/confirm-email#token=${await state.portal.token(fresh)}`);
  await press(page, 'Adresse bestätigen');
  await isAt(page, 'Ein Schritt fehlt noch');
  await press(page, 'Abmelden und neu anmelden');
  await isAt(page, 'Anmelden');
  assert.equal(await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).inputValue(), email);
  await logIn(page, email);
  await told(page, 'Ihre neue E-Mail-Adresse gilt jetzt');
  await page.getByRole('banner').getByText('Mara Vogt').click();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await told(page, 'Sie sind abgemeldet');
  await logIn(page, email);
  await page.getByRole('alert').getByText('Die Anmeldung hat nicht geklappt').waitFor();
  await isLoggedIn(page, fresh);
}));

test('a new password ends the other sessions', owner({ refusals: ['400', '401', '403'] }, async (page, email) => {
  const other = await state.browser.newContext({ baseURL: state.portal.origin });
  const there = await other.newPage();
  await isLoggedIn(there, email);
  await page.goto('/account/password');
  await secret(page, 'Bisheriges Passwort', 'Falsch-7-Falsch');
  await secret(page, 'Neues Passwort', 'Birnen-baum-8');
  await press(page, 'Passwort ändern');
  await page.getByRole('alert').getByText(/Passwort stimmt nicht/).first().waitFor();
  await secret(page, 'Bisheriges Passwort', PASSWORD);
  await press(page, 'Passwort ändern');
  await told(page, 'Ihr neues Passwort gilt');
  await there.getByRole('link', { name: 'Aktivität' }).click();
  await isAt(there, 'Ihre Sitzung ist abgelaufen');
  await other.close();
}));

test('sessions are seen and ended, one by one or all others', owner({}, async (page, email) => {
  const contexts = await Promise.all([1, 2].map(() => state.browser.newContext({ baseURL: state.portal.origin })));
  for (const one of contexts) await isLoggedIn(await one.newPage(), email);
  await page.goto('/account/sessions');
  await told(page, 'Sie sind mit 3 Geräten oder Browsern angemeldet');
  await told(page, 'Diese Sitzung');
  await page.getByRole('button', { name: /^Sitzung beenden: Chrome auf Linux/ }).first().click();
  await told(page, 'Die Sitzung ist beendet');
  await press(page, 'Alle anderen beenden');
  await told(page, 'Alle anderen Sitzungen sind beendet');
  await told(page, 'Sie sind nur hier angemeldet.');
  for (const one of contexts) await one.close();
}));

test('the history tells what happened, page by page', owner({}, async (page, email) => {
  await state.portal.sql(`insert into audit_event (subject, by, event) select a.id, 'unknown', 'login_failed' from account a, generate_series(1, 25) where a.email = '${email}'`);
  await page.goto('/account/activity');
  await told(page, 'Anmeldung gescheitert');
  assert.equal(await page.getByRole('main').getByRole('heading', { level: 2 }).count(), 20);
  await page.getByRole('link', { name: 'Ältere anzeigen' }).click();
  await told(page, 'Konto aktiviert');
  await page.getByRole('link', { name: 'Zu den neuesten' }).click();
  await page.getByRole('link', { name: 'Ältere anzeigen' }).waitFor();
}));

test('the download holds one\'s data', owner({}, async (page, email) => {
  await page.goto('/account/export');
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Datei herunterladen')]);
  assert.match(download.suggestedFilename(), /\.json$/);
  const data = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.equal(data.account.email, email);
  await told(page, 'Ihre Datei ist heruntergeladen');
}));

test('the deletion asks twice, then nothing is left', owner({ refusals: ['400', '401', '403'] }, async (page, email) => {
  await page.goto('/account/delete');
  await secret(page, 'Ihr Passwort', PASSWORD);
  await press(page, 'Konto endgültig löschen');
  await page.getByRole('alert').getByText('Bestätigen Sie, dass Sie Ihr Konto löschen möchten.').waitFor();
  await page.getByRole('checkbox').check();
  await secret(page, 'Ihr Passwort', 'Falsch-7-Falsch');
  await press(page, 'Konto endgültig löschen');
  await page.getByRole('alert').getByText(/Passwort stimmt nicht/).first().waitFor();
  await secret(page, 'Ihr Passwort', PASSWORD);
  await press(page, 'Konto endgültig löschen');
  await told(page, 'Ihr Konto ist gelöscht');
  await logIn(page, email);
  await page.getByRole('alert').getByText('Die Anmeldung hat nicht geklappt').waitFor();
}));

test('English is complete: the whole area', owner({}, async page => {
  await page.getByRole('button', { name: 'EN – English' }).click();
  await isAt(page, 'Hello, Mara Vogt');
  for (const path of ['profile', 'email', 'password', 'sessions', 'activity', 'export', 'delete']) {
    await page.goto(`/account/${path}`);
    await heading(page).waitFor();
    assert.doesNotMatch(await page.locator('body').innerText(), /\b(Sie|Ihre|und|nicht|Konto)\b/, path);
  }
}));
