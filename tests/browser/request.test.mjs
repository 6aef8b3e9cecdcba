import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { check, checkEverywhere, isAt, isLoggedIn, logIn, person, startBrowser, startPortal } from './portal.mjs';
import { addService, fillDog, fillPerson, fillProof, form, isStep, newForm, next, pdf, sendRequest } from './requests.mjs';

const state = {};
before(async () => { [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]); });
after(async () => { await state.browser?.close(); await state.portal?.end(); });

// A person with an account of their own, logged in, and a service of their own with a form of all kinds of field.
let count = 0;
const applicant = (options, steps) => person(state, options, async (page, visitor) => {
  count += 1;
  const email = `person${count}@post.example`;
  await state.portal.account(email);
  const id = await addService(state.portal);
  await isLoggedIn(page, email);
  await steps(page, { id, email, visitor });
});

const main = page => page.getByRole('main');
const told = (page, words) => main(page).getByText(words).first().waitFor();
const open = async (page, id, step) => {
  await page.goto(`/services/${id}/form${step ? `?step=${step}` : ''}`);
  await page.locator('form[data-action]').waitFor();
};
const saved = page => page.waitForResponse(answer => answer.url().endsWith('/draft') && answer.request().method() === 'PUT' && answer.ok());

test('a request from the first page to its number, and from there into the list', applicant({}, async (page, { id }) => {
  const number = await sendRequest(page, id);
  assert.match(number, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await told(page, 'Sie erhalten eine E-Mail');
  const [download] = await Promise.all([page.waitForEvent('download'), main(page).getByRole('button', { name: 'Antrag als PDF' }).click()]);
  assert.match(download.suggestedFilename(), /\.pdf$/);
  await main(page).getByRole('link', { name: 'Zu meinen Anfragen' }).click();
  await isAt(page, 'Meine Anfragen');
  await main(page).getByRole('link', { name: 'Hund anmelden' }).click();
  await isAt(page, 'Hund anmelden');
  await told(page, number);
  for (const words of ['Bello', 'Pudel', 'Bis 40 cm', '1. März 2026', '7,5', 'Aus dem Tierheim', 'Lindenweg 12', 'Chip.pdf', 'Bestätigt']) await told(page, words);
}));

test('the own area shows what is open and what was sent last', applicant({}, async (page, { id }) => {
  await sendRequest(page, id);
  await open(page, id, 2);
  const answer = saved(page);
  await page.getByLabel('Name des Hundes').fill('Waldi');
  await answer;
  await page.goto('/account');
  await told(page, 'Ein Entwurf offen');
  const latest = main(page).getByRole('region', { name: 'Ihre letzten Anfragen' });
  await latest.getByRole('listitem').filter({ hasText: 'Abgesendet' }).waitFor();
  await latest.getByRole('listitem').filter({ hasText: 'Entwurf' }).getByRole('link', { name: 'Hund anmelden' }).click();
  await isStep(page, 'Ihre Person');
}));

test('the profile fills in what it knows, and the page says so', applicant({}, async (page, { id }) => {
  await open(page, id);
  await isStep(page, 'Ihre Person');
  assert.equal(await page.getByLabel('Vorname').inputValue(), 'Mara');
  await told(page, 'Einige Felder haben wir aus Ihrem Profil ausgefüllt');
  assert.match(await page.getByLabel('Vorname').evaluate(node => document.getElementById(node.getAttribute('aria-describedby')).textContent), /Aus Ihrem Profil übernommen/);
}));

test('all faults of a page come at once, name their fields and lead there', applicant({}, async (page, { id }) => {
  await open(page, id, 2);
  await page.getByLabel('Bei Ihnen seit').fill('31.2.2026');
  await page.getByLabel('Gewicht').fill('1000');
  await page.getByLabel('Name des Hundes').fill('x'.repeat(41));
  await page.getByLabel('Blindenhund').check();
  await page.getByLabel('Rettungshund').check();
  await page.getByLabel('Aus dem Tierheim').check();
  await next(page);
  const alert = page.getByRole('alert');
  for (const words of ['Name des Hundes: Schreiben Sie höchstens 40 Zeichen. Jetzt sind es 41.', 'Rasse: Wählen Sie eine Möglichkeit aus.', 'Größe: Wählen Sie eine Möglichkeit aus.',
    'Bei Ihnen seit: Geben Sie ein vollständiges Datum an', 'Gewicht in Kilogramm: Geben Sie eine Zahl von 0,5 bis 120 ein.', 'Besonderheiten: Wählen Sie höchstens 2 Möglichkeiten aus.'])
    await alert.getByText(words).waitFor();
  await page.waitForFunction(() => document.activeElement.matches('[data-error-summary]'));
  assert.match(await page.title(), /^Fehler:/);
  assert.equal(await page.getByLabel('Bei Ihnen seit').inputValue(), '31.2.2026');
  await alert.getByRole('link', { name: /^Größe/ }).click();
  await page.waitForFunction(() => document.activeElement.name === 'data.dog.size');
  await check(page, 'faults');
  await fillDog(page);
  await page.getByLabel('Blindenhund').uncheck();
  await next(page);
  await isStep(page, 'Nachweise');
}));

test('an address that is missing leads to each of its fields', applicant({}, async (page, { id }) => {
  await open(page, id);
  await isStep(page, 'Ihre Person');
  await next(page);
  const alert = page.getByRole('alert');
  for (const part of ['Straße', 'Hausnummer', 'Postleitzahl', 'Ort']) await alert.getByRole('link', { name: `Anschrift, ${part}: Geben Sie` }).waitFor();
  await alert.getByRole('link', { name: 'Anschrift, Ort: Geben Sie den Ort an.' }).click();
  await page.waitForFunction(() => document.activeElement.name === 'data.person.address.town');
  await page.goto(`/services/${id}/form?step=review`);
  await main(page).getByRole('link', { name: 'Anschrift: Geben Sie eine vollständige Anschrift an.' }).click();
  await isStep(page, 'Ihre Person');
  await page.waitForFunction(() => document.activeElement.name === 'data.person.address.street');
}));

test('a group grows and shrinks by keyboard, and keeps what stands in its other entries', applicant({}, async (page, { id }) => {
  await open(page, id);
  await fillPerson(page);
  const add = main(page).getByRole('button', { name: 'Hinzufügen: Kind' });
  await add.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.name === 'data.person.children[0].name');
  await page.keyboard.type('Anna');
  await add.click();
  await page.keyboard.type('Ben');
  await page.getByRole('group', { name: 'Kind 2' }).getByLabel('Geburtsdatum').fill('morgen');
  await add.click();
  await page.keyboard.type('Cem');
  assert.equal(await add.count(), 0, 'three are the most');
  await main(page).getByRole('button', { name: 'Entfernen: Kind 1' }).click();
  assert.equal(await page.locator('[name="data.person.children[0].name"]').inputValue(), 'Ben');
  assert.equal(await page.locator('[name="data.person.children[0].birth_date"]').inputValue(), 'morgen');
  assert.equal(await page.locator('[name="data.person.children[1].name"]').inputValue(), 'Cem');
  await page.locator('[name="data.person.children[1].name"]').fill('');
  await next(page);
  await page.getByRole('alert').getByText('Kind 1, Geburtsdatum: Geben Sie ein vollständiges Datum an').waitFor();
  await page.getByRole('alert').getByText('Kind 2, Name: Füllen Sie dieses Feld aus.').waitFor();
  await main(page).getByRole('button', { name: 'Entfernen: Kind 2' }).click();
  await page.locator('[name="data.person.children[0].birth_date"]').fill('1.2.2020');
  await next(page);
  await isStep(page, 'Ihr Hund');
  await page.goBack();
  await isStep(page, 'Ihre Person');
  assert.equal(await page.locator('[name="data.person.children[0].name"]').inputValue(), 'Ben');
}));

test('files come with their progress and go again; one that is refused says why', applicant({ refusals: ['400', '413'] }, async (page, { id }) => {
  await open(page, id, 3);
  await page.getByLabel('Nachweis des Mikrochips').setInputFiles(pdf());
  const remove = main(page).getByRole('button', { name: 'Entfernen: Chip.pdf' });
  await remove.waitFor();
  assert.equal(await page.getByLabel('Nachweis des Mikrochips').count(), 0, 'one file has its place');
  await remove.click();
  await page.getByLabel('Nachweis des Mikrochips').waitFor();
  await page.getByLabel('Nachweis des Mikrochips').setInputFiles({ ...pdf('falsch.pdf'), buffer: Buffer.from('MZ this is a program') });
  await page.getByRole('alert').getByText('„falsch.pdf“ ist keine Datei, die wir lesen können').waitFor();
  await page.getByLabel('Weitere Unterlagen').setInputFiles([pdf('A.pdf'), pdf('B.pdf'), pdf('C.pdf')]);
  await page.getByRole('alert').getByText('In „Weitere Unterlagen“ passen höchstens 2 Dateien.').waitFor();
  await main(page).getByRole('button', { name: 'Entfernen: B.pdf' }).waitFor();
  await page.reload();
  await main(page).getByRole('button', { name: 'Entfernen: A.pdf' }).waitFor();
}));

test('what is typed is saved after a pause, and is there in another browser', applicant({}, async (page, { id, email }) => {
  await open(page, id, 2);
  const answer = saved(page);
  await page.getByLabel('Name des Hundes').fill('Bello');
  await answer;
  await told(page, /Zwischengespeichert um/);
  const other = await state.browser.newContext({ baseURL: state.portal.origin, locale: 'de-DE' });
  const there = await other.newPage();
  await isLoggedIn(there, email);
  await there.goto('/requests');
  await there.getByRole('main').getByRole('link', { name: 'Hund anmelden', exact: true }).click();
  await isStep(there, 'Ihre Person');
  await there.goto(`/services/${id}/form?step=2`);
  await isStep(there, 'Ihr Hund');
  assert.equal(await there.getByLabel('Name des Hundes').inputValue(), 'Bello');
  await other.close();
}));

test('what another window saved is told, and both are kept', applicant({ refusals: ['412'] }, async (page, { id, visitor }) => {
  await open(page, id, 2);
  await page.getByLabel('Name des Hundes').fill('Bello');
  await saved(page);
  const other = await visitor.tab();
  await open(other, id, 2);
  const there = saved(other);
  await other.getByLabel('Bemerkung').fill('bellt nicht');
  await there;
  await page.bringToFront();
  await fillDog(page, 'Waldi');
  await next(page);
  await page.getByRole('alert').getByText('Diese Angaben wurden inzwischen geändert').waitFor();
  await main(page).getByRole('button', { name: 'Aktuellen Stand laden' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Name des Hundes').inputValue(), 'Waldi');
  assert.equal(await page.getByLabel('Bemerkung').inputValue(), 'bellt nicht');
  await next(page);
  await isStep(page, 'Nachweise');
}));

test('a form that changed meanwhile is told, with what has no place in it any more', applicant({ refusals: ['409'] }, async (page, { id }) => {
  await open(page, id, 2);
  await fillDog(page);
  await page.getByLabel('Bemerkung').fill('schläft viel');
  await saved(page);
  const other = structuredClone(form);
  delete other.properties.dog.properties.remark;
  other.properties.dog.properties.colour = { type: 'string', title: 'Farbe', maxLength: 40 };
  await newForm(state.portal, id, other);
  await page.getByLabel('Name des Hundes').fill('Waldi');
  await next(page);
  await isStep(page, 'Ihre Person');
  await told(page, 'Das Formular hat sich geändert');
  await told(page, 'Diese Angaben haben keinen Platz mehr');
  await told(page, 'schläft viel');
  await checkEverywhere(page, 'form changed', { widths: [320] });
  await fillPerson(page);
  await next(page);
  await isStep(page, 'Ihr Hund');
  assert.equal(await page.getByLabel('Name des Hundes').inputValue(), 'Waldi');
  await page.getByLabel('Farbe').waitFor();
  await told(page, 'schläft viel');
}));

test('the end of a session in the middle loses nothing, what was not saved included', applicant({ refusals: ['401'] }, async (page, { id, email }) => {
  await page.clock.install();
  await open(page, id, 2);
  await page.getByLabel('Name des Hundes').fill('Bello');
  await page.getByLabel('Bei Ihnen seit').fill('irgendwann');
  await state.portal.shift('21 minutes');
  await page.clock.fastForward(21 * 60_000);
  await isAt(page, 'Ihre Sitzung ist abgelaufen');
  assert.match(page.url(), /step=2$/);
  await logIn(page, email);
  await isStep(page, 'Ihr Hund');
  assert.equal(await page.getByLabel('Name des Hundes').inputValue(), 'Bello');
  assert.equal(await page.getByLabel('Bei Ihnen seit').inputValue(), 'irgendwann');
  await state.portal.shift('0');
}));

test('another language keeps what stands on the page', applicant({}, async (page, { id }) => {
  await open(page, id, 2);
  await fillDog(page);
  await page.getByLabel('Rettungshund').check();
  await page.locator('[data-language="en"]').click();
  await isStep(page, 'Your dog');
  assert.equal(await page.getByLabel('Name of the dog').inputValue(), 'Bello');
  assert.equal(await page.getByLabel('Weight').inputValue(), '7.5');
  assert.equal(await page.getByLabel('With you since').inputValue(), '1/3/2026');
  assert.equal(await page.locator('[name="data.dog.traits"]:checked').count(), 2);
}));

test('the review names what is missing and leads there; nothing is sent before', applicant({}, async (page, { id }) => {
  await open(page, id, 2);
  await fillDog(page);
  await next(page);
  await isStep(page, 'Nachweise');
  await page.goto(`/services/${id}/form?step=review`);
  await isStep(page, 'Bitte prüfen Sie Ihre Angaben');
  await told(page, 'Nachweis des Mikrochips: Laden Sie eine Datei hoch.');
  await page.getByLabel('Meine Angaben sind richtig').check();
  await main(page).getByRole('button', { name: 'Antrag absenden' }).click();
  await told(page, /Angaben fehlen noch/);
  await main(page).getByRole('link', { name: /Kinder in Ihrem Haushalt/ }).click();
  await isStep(page, 'Ihre Person');
  await page.waitForFunction(() => document.activeElement.name === 'data.person.children_there');
  await fillPerson(page);
  await next(page);
  await isStep(page, 'Ihr Hund');
  await next(page);
  await fillProof(page);
  await next(page);
  await main(page).getByRole('link', { name: /Ändern.*Ihr Hund/ }).click();
  await isStep(page, 'Ihr Hund');
}));

test('a request that another window has sent already is not sent again, and the page says so', applicant({ refusals: ['412'] }, async (page, { id, visitor }) => {
  await open(page, id);
  await fillPerson(page);
  await next(page);
  await isStep(page, 'Ihr Hund');
  await fillDog(page);
  await next(page);
  await isStep(page, 'Nachweise');
  await fillProof(page);
  await next(page);
  const other = await visitor.tab();
  for (const one of [page, other]) {
    await one.bringToFront();
    await open(one, id, 'review');
    await one.getByLabel('Meine Angaben sind richtig').check();
  }
  for (const one of [page, other]) await main(one).getByRole('button', { name: 'Antrag absenden' }).click();
  await isStep(page, 'Ihr Antrag ist abgesendet');
  await other.getByRole('alert').getByText('Diesen Entwurf gibt es nicht mehr').waitFor();
}));

test('a draft whose service was withdrawn says so, and can be deleted', applicant({ refusals: ['404'] }, async (page, { id }) => {
  await open(page, id, 2);
  await page.getByLabel('Name des Hundes').fill('Bello');
  await saved(page);
  await state.portal.sql(`update service set withdrawn_at = clock() where id = '${id}'`);
  await state.portal.sql('update catalogue_state set version = version + 1');
  await page.goto('/requests');
  await main(page).getByRole('link', { name: 'Hund anmelden', exact: true }).click();
  await isAt(page, 'Diesen Online-Dienst gibt es nicht mehr');
  await check(page, 'gone');
  await main(page).getByRole('link', { name: 'Entwurf löschen' }).click();
  await main(page).getByRole('button', { name: 'Entwurf löschen' }).click();
  await told(page, 'Der Entwurf ist gelöscht');
}));

test('a draft is deleted after a question', applicant({}, async (page, { id }) => {
  await open(page, id, 2);
  await page.getByLabel('Name des Hundes').fill('Bello');
  await saved(page);
  await main(page).getByRole('link', { name: 'Später weitermachen' }).click();
  await isAt(page, 'Meine Anfragen');
  await main(page).getByRole('link', { name: 'Löschen: Entwurf Hund anmelden' }).click();
  await isAt(page, 'Möchten Sie den Entwurf löschen?');
  await check(page, 'delete');
  await main(page).getByRole('button', { name: 'Entwurf löschen' }).click();
  await told(page, 'Der Entwurf ist gelöscht');
  await told(page, 'Sie haben noch nichts beantragt');
}));

test('a request is withdrawn after a question', applicant({}, async (page, { id }) => {
  await sendRequest(page, id);
  await page.goto('/requests');
  await main(page).getByRole('link', { name: 'Hund anmelden' }).click();
  await main(page).getByRole('link', { name: 'Anfrage zurückziehen' }).click();
  await isAt(page, 'Möchten Sie die Anfrage zurückziehen?');
  await check(page, 'withdraw');
  await main(page).getByRole('button', { name: 'Endgültig zurückziehen' }).click();
  await told(page, 'Ihre Anfrage ist zurückgezogen');
  assert.equal(await main(page).getByRole('link', { name: 'Anfrage zurückziehen' }).count(), 0);
}));

test('every page of it, in both languages and themes, on all widths', applicant({}, async (page, { id }) => {
  await open(page, id);
  await fillPerson(page);
  await main(page).getByRole('button', { name: 'Hinzufügen: Kind' }).click();
  await page.keyboard.type('Anna');
  await checkEverywhere(page, 'person');
  await page.setViewportSize({ width: 1280, height: 900 });
  await next(page);
  await isStep(page, 'Ihr Hund');
  await fillDog(page);
  await checkEverywhere(page, 'dog');
  await next(page);
  await fillProof(page);
  await checkEverywhere(page, 'proof');
  await next(page);
  await isStep(page, 'Bitte prüfen Sie Ihre Angaben');
  await checkEverywhere(page, 'review');
  await page.goto('/requests');
  await isAt(page, 'Meine Anfragen');
  await checkEverywhere(page, 'requests');
  await page.goto(`/services/${id}/form?step=review`);
  await page.getByLabel('Meine Angaben sind richtig').check();
  await main(page).getByRole('button', { name: 'Antrag absenden' }).click();
  await isStep(page, 'Ihr Antrag ist abgesendet');
  await checkEverywhere(page, 'done');
  await page.goto('/requests');
  await main(page).getByRole('link', { name: 'Hund anmelden' }).click();
  await isAt(page, 'Hund anmelden');
  await checkEverywhere(page, 'request');
}));
