import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { check, checkEverywhere, isAt, isLoggedIn, person, startBrowser, startPortal, visit } from './portal.mjs';
import { addService, addStaff, sendRequest } from './requests.mjs';

// A desk with one clerk, and a person who has sent two requests.
const state = {};
before(async () => {
  [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]);
  for (const name of ['mara', 'amt', 'amt-leser']) await state.portal.account(`${name}@post.example`);
  state.services = [await addService(state.portal), await addService(state.portal, 'Hund abmelden')];
  await addStaff(state.portal, 'amt@post.example');
  await addStaff(state.portal, 'amt-leser@post.example', 'reader');
  const applicant = await visit(state.browser, state.portal);
  await isLoggedIn(applicant.page, 'mara@post.example');
  state.numbers = [];
  for (const id of state.services) state.numbers.push(await sendRequest(applicant.page, id));
  await applicant.close();
});
after(async () => { await state.browser?.close(); await state.portal?.end(); });

const as = (email, options, steps) => person(state, options, async (page, visitor) => {
  await isLoggedIn(page, email);
  await steps(page, visitor);
});
const main = page => page.getByRole('main');
const told = (page, words) => main(page).getByText(words).first().waitFor();
const rows = page => main(page).getByRole('row').filter({ has: page.getByRole('rowheader') });
const openRequest = async (page, number) => {
  await page.goto('/desk');
  await main(page).getByRole('link', { name: number }).click();
  await told(page, `Nummer ${number}`);
};

test('the way to the desk stands in the own area and in the menu, for its staff alone', as('amt@post.example', {}, async page => {
  await main(page).getByRole('link', { name: 'Leitstelle', exact: true }).click();
  await isAt(page, 'Eingegangene Anfragen');
  await page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: 'Leitstelle' }).waitFor();
}));

test('others find no desk', as('mara@post.example', {}, async page => {
  assert.equal(await page.getByRole('link', { name: 'Leitstelle' }).count(), 0);
  await page.goto('/desk');
  await isAt(page, /gibt es nicht|nicht gefunden|Seite/);
  assert.equal(await rows(page).count(), 0);
}));

test('the list is filtered by state and by words, with counts, and its address can be shared', as('amt@post.example', {}, async page => {
  await page.goto('/desk');
  await isAt(page, 'Eingegangene Anfragen');
  assert.equal(await rows(page).count(), 2);
  await main(page).getByRole('link', { name: 'Abgesendet (2)' }).click();
  await page.waitForURL('**/desk?state=submitted');
  await page.getByLabel('Vorgangsnummer oder Dienst').fill('abmelden');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=abmelden/);
  await rows(page).nth(1).waitFor({ state: 'detached' });
  assert.equal(await rows(page).count(), 1);
  await told(page, state.numbers[1]);
  await page.getByLabel('Vorgangsnummer oder Dienst').fill('gibt es nicht');
  await page.keyboard.press('Enter');
  await told(page, 'Dazu gibt es keine Anfragen');
  await main(page).getByRole('link', { name: 'Suche aufheben' }).click();
  await rows(page).nth(1).waitFor();
  await checkEverywhere(page, 'desk');
}));

test('a clerk reads all of a request, answers it, and the person reads that', as('amt@post.example', {}, async page => {
  await openRequest(page, state.numbers[0]);
  for (const words of ['Mara Vogt', 'mara@', 'Bello', 'Pudel', 'Chip.pdf', 'niedrig']) await told(page, words);
  await checkEverywhere(page, 'desk request');
  await page.setViewportSize({ width: 1280, height: 900 });
  const [download] = await Promise.all([page.waitForEvent('download'), main(page).getByRole('button', { name: 'Herunterladen: Chip.pdf' }).click()]);
  assert.equal(download.suggestedFilename(), 'Chip.pdf');
  await main(page).getByRole('button', { name: 'Stand speichern' }).click();
  await page.getByRole('alert').getByText('Neuer Stand: Wählen Sie den neuen Stand aus.').waitFor();
  await main(page).getByLabel('Rückfrage').check();
  await main(page).getByLabel('Text an die Person').fill('Bitte nennen Sie die Rasse genauer.\n\nIhr Steueramt');
  await main(page).getByRole('button', { name: 'Stand speichern' }).click();
  await told(page, 'Der Stand ist jetzt: Rückfrage');
  const applicant = await visit(state.browser, state.portal);
  await isLoggedIn(applicant.page, 'mara@post.example');
  await applicant.page.goto('/requests');
  await applicant.page.getByRole('main').getByRole('listitem').filter({ hasText: state.numbers[0] }).getByText('Rückfrage').waitFor();
  await applicant.page.getByRole('main').getByRole('link', { name: 'Hund anmelden' }).click();
  await told(applicant.page, 'Die Behörde hat eine Rückfrage');
  await told(applicant.page, 'Bitte nennen Sie die Rasse genauer.');
  await checkEverywhere(applicant.page, 'request with a question');
  await applicant.close();
}));

test('only the ways that are open are offered, and a state that changed meanwhile is told', as('amt@post.example', { refusals: ['412', '409'] }, async (page, visitor) => {
  await openRequest(page, state.numbers[1]);
  const other = await visitor.tab();
  await openRequest(other, state.numbers[1]);
  await main(other).getByLabel('In Bearbeitung').check();
  await main(other).getByRole('button', { name: 'Stand speichern' }).click();
  await told(other, 'Der Stand ist jetzt: In Bearbeitung');
  await main(page).getByLabel('Eingegangen').check();
  await main(page).getByLabel('Text an die Person').fill('Danke');
  await main(page).getByRole('button', { name: 'Stand speichern' }).click();
  await page.getByRole('alert').getByText('Diese Angaben wurden inzwischen geändert').waitFor();
  await main(page).getByRole('button', { name: 'Aktuellen Stand laden' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  assert.equal(await main(page).getByLabel('Eingegangen', { exact: true }).count(), 0);
  assert.equal(await main(page).getByLabel('Text an die Person').inputValue(), 'Danke');
  await main(page).getByLabel('Abgeschlossen').check();
  await main(page).getByRole('button', { name: 'Stand speichern' }).click();
  await told(page, 'Der Stand ist jetzt: Abgeschlossen');
  await told(page, 'Diese Anfrage ist beendet');
  await check(page, 'ended');
}));

test('a reader sees requests and answers none', as('amt-leser@post.example', {}, async page => {
  await openRequest(page, state.numbers[0]);
  await told(page, 'Ihre Rolle erlaubt das Lesen');
  assert.equal(await main(page).getByRole('button', { name: 'Stand speichern' }).count(), 0);
}));

test('long lists come by pages, for the desk and for the person', as('amt@post.example', {}, async page => {
  const service = await addService(state.portal, 'Fundsache melden');
  await state.portal.sql(`insert into request (service_id, desk_id, form_version, account_id, level, data) select '${service}', r.desk_id, 1, r.account_id, 'low', r.data from request r, generate_series(1, 13) limit 25`);
  await page.goto(`/desk?service=${service}`);
  await rows(page).nth(19).waitFor();
  await main(page).getByRole('link', { name: 'Alle (25)' }).waitFor();
  const first = await rows(page).first().innerText();
  await main(page).getByRole('link', { name: 'Ältere Anfragen' }).click();
  await rows(page).nth(19).waitFor({ state: 'detached' });
  assert.equal(await rows(page).count(), 5);
  assert.notEqual(await rows(page).first().innerText(), first);
  await check(page, 'second page');
  await main(page).getByRole('link', { name: 'Zu den neuesten' }).click();
  await rows(page).nth(19).waitFor();
  assert.equal(await rows(page).first().innerText(), first);
  const applicant = await visit(state.browser, state.portal);
  await isLoggedIn(applicant.page, 'mara@post.example');
  await applicant.page.goto('/requests');
  await main(applicant.page).getByRole('link', { name: 'Ältere Anfragen' }).click();
  await main(applicant.page).getByRole('link', { name: 'Zu den neuesten' }).waitFor();
  assert.equal(await main(applicant.page).getByRole('listitem').filter({ hasText: 'Nummer' }).count(), 7);
  await applicant.close();
}));
