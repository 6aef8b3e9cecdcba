import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isAt, isLoggedIn, person, startBrowser, startPortal } from './portal.mjs';

const state = {};
before(async () => { [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]); });
after(async () => { await state.browser?.close(); await state.portal?.end(); });

const main = page => page.getByRole('main');

test('a message reaches customer service, and its writer gets a receipt without the text', person(state, {}, async page => {
  await page.goto('/');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Kontakt' }).click();
  await isAt(page, 'Kontakt');
  await page.getByLabel('Ihr Name').fill('Mara Vogt');
  await page.getByLabel('E-Mail-Adresse').fill('mara@post.example');
  await page.getByLabel('Worum geht es?').fill('Öffnungszeiten');
  await page.getByLabel('Ihre Nachricht').fill('Wann haben Sie geöffnet?\nAuch samstags?');
  await main(page).getByRole('button', { name: 'Nachricht absenden' }).click();
  await isAt(page, 'Ihre Nachricht ist unterwegs');
  assert.match(await state.portal.mail('service@portal.example'), /Auch samstags\?/);
  assert.doesNotMatch(await state.portal.mail('mara@post.example'), /samstags/);
}));

test('an empty form names each field, and what is typed stays', person(state, {}, async page => {
  await page.goto('/contact');
  await page.getByLabel('Ihre Nachricht').fill('Bleibt stehen');
  await main(page).getByRole('button', { name: 'Nachricht absenden' }).click();
  const summary = page.getByRole('alert');
  await summary.waitFor();
  await summary.getByRole('link').nth(2).waitFor();
  assert.equal(await summary.getByRole('link').count(), 3);
  await summary.getByRole('link').first().click();
  await page.waitForFunction(() => document.activeElement.name === 'name');
  assert.equal(await page.getByLabel('Ihre Nachricht').inputValue(), 'Bleibt stehen');
  assert.match(await page.title(), /^Fehler:/);
}));

test('who is logged in need not type name and address', person(state, {}, async page => {
  await state.portal.account('omar@post.example');
  await isLoggedIn(page, 'omar@post.example');
  await page.goto('/contact');
  await isAt(page, 'Kontakt');
  assert.equal(await page.getByLabel('Ihr Name').inputValue(), 'Mara Vogt');
  assert.equal(await page.getByLabel('E-Mail-Adresse').inputValue(), 'omar@post.example');
}));

test('help is found by its words, and leads to the page for it', person(state, {}, async page => {
  await page.goto('/help');
  await isAt(page, 'Hilfe von A bis Z');
  const articles = main(page).locator('[data-article]:visible');
  const all = await articles.count();
  await page.getByLabel('Stichwort').fill('EINMALPASSWORT');
  assert.equal(await articles.count(), 1);
  await articles.locator('summary').click();
  await articles.getByRole('link', { name: 'Zur passenden Seite' }).click();
  await isAt(page, 'Passwort vergessen');
  await page.goto('/help');
  await page.getByLabel('Stichwort').fill('xyzzy');
  await main(page).getByText('Dazu gibt es noch keine Antwort').waitFor();
  await page.getByLabel('Stichwort').fill('');
  assert.equal(await articles.count(), all);
}));

test('a link into the help opens its article', person(state, {}, async page => {
  await page.goto('/help#session');
  await main(page).getByText('Nach 20 Minuten ohne Klick').waitFor();
}));
