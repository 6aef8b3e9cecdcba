import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { check, checkEverywhere, heading, isAt, isLoggedIn, logIn, person, startBrowser, startPortal } from './portal.mjs';
import { addCatalogue } from './services.mjs';

// Finding a service, reading what it needs, and starting it.
const state = {};
before(async () => {
  [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]);
  state.ids = await addCatalogue(state.portal);
  await state.portal.account('mara@post.example');
});
after(async () => { await state.browser?.close(); await state.portal?.end(); });

const box = page => page.locator('input[role=combobox]');
const options = page => page.getByRole('option');
const chosen = page => page.locator('[role=option][aria-selected=true]');
const says = (page, words) => page.locator('#status').filter({ hasText: words }).waitFor({ state: 'attached' });
const names = page => page.getByRole('main').locator('.sp-rows h3').allTextContents();

test('suggestions while typing: by keyboard, and told to screen readers', person(state, {}, async page => {
  await page.goto('/');
  await isAt(page, 'Was möchten Sie erledigen?');
  await box(page).pressSequentially('hunde');
  await options(page).first().waitFor();
  await says(page, '2 Vorschläge');
  assert.equal(await box(page).getAttribute('aria-expanded'), 'true');
  assert.equal(await box(page).getAttribute('aria-activedescendant'), null);
  assert.deepEqual(await options(page).locator('mark').allTextContents(), ['Hunde', 'Hunde']);
  await page.keyboard.press('ArrowDown');
  const first = await chosen(page).textContent();
  assert.equal(await box(page).getAttribute('aria-activedescendant'), await chosen(page).getAttribute('id'));
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await chosen(page).textContent(), first);
  await page.keyboard.press('ArrowDown'); // past the end: the field again
  assert.equal(await chosen(page).count(), 0);
  await page.keyboard.press('ArrowUp');
  assert.equal(await chosen(page).count(), 1);
  await page.keyboard.press('Escape');
  assert.equal(await box(page).getAttribute('aria-expanded'), 'false');
  assert.equal(await box(page).inputValue(), 'hunde');
  assert.equal(await options(page).count(), 0, 'what is hidden is no option');
  await page.keyboard.press('ArrowDown');
  const name = await chosen(page).locator('span').first().textContent();
  await page.keyboard.press('Enter');
  await isAt(page, name);
  assert.match(page.url(), /\/services\/[0-9a-f-]{36}$/);
}));

test('a suggestion can be clicked, and leaving the field closes the list', person(state, {}, async page => {
  await page.goto('/services');
  await box(page).pressSequentially('personal');
  await options(page).first().waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await options(page).count(), 0);
  await box(page).fill('personala');
  await options(page).first().click();
  await isAt(page, 'Personalausweis beantragen');
}));

test('a late answer never overwrites a newer one', person(state, {}, async page => {
  let release;
  const held = new Promise(done => { release = done; });
  await page.route('**/services/suggest*', async route => {
    if (new URL(route.request().url()).searchParams.get('q') === 'hund') await held;
    await route.continue();
  });
  await page.goto('/services');
  await box(page).fill('hund');
  await page.waitForRequest('**/services/suggest*');
  await box(page).fill('personal');
  await options(page).filter({ hasText: 'Personalausweis' }).waitFor();
  const late = page.waitForResponse(answer => answer.url().includes('q=hund'));
  release();
  await (await late).finished();
  await page.waitForTimeout(200);
  assert.deepEqual(await options(page).locator('span').first().allTextContents(), ['Personalausweis beantragen']);
}));

test('without an answer the field still searches', person(state, { refusals: ['503'] }, async page => {
  await page.route('**/services/suggest*', route => route.fulfill({ status: 503, body: '' }));
  await page.goto('/');
  await box(page).fill('hundesteuer');
  await says(page, 'Keine Vorschläge');
  await page.keyboard.press('Enter');
  await isAt(page, '2 Dienste zu „hundesteuer“');
}));

test('an address of results can be shared, and filters narrow them', person(state, {}, async page => {
  await page.goto('/services?q=steuer');
  await isAt(page, '3 Dienste zu „steuer“');
  assert.equal(await box(page).inputValue(), 'steuer');
  await page.getByLabel('Privatpersonen').check();
  await page.getByRole('button', { name: 'Anwenden' }).click();
  await page.waitForURL('**/services?q=steuer&audience=people');
  await page.getByRole('link', { name: 'Filter aufheben' }).waitFor();
  await page.getByRole('link', { name: 'Filter aufheben' }).click();
  await page.getByRole('link', { name: 'Filter aufheben' }).waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).search, '?q=steuer');
  await page.getByLabel('Thema').selectOption('wirtschaft');
  await page.getByRole('button', { name: 'Anwenden' }).click();
  await isAt(page, 'Nichts gefunden zu „steuer“');
  await page.getByRole('main').getByText('Heben Sie die Filter auf.').waitFor();
  await page.goBack();
  await isAt(page, '3 Dienste zu „steuer“');
}));

test('an empty result says what to do', person(state, {}, async page => {
  await page.goto('/services?q=xyzzyx');
  await isAt(page, 'Nichts gefunden zu „xyzzyx“');
  await checkEverywhere(page, 'nothing found');
  await page.getByRole('link', { name: 'Zur Übersicht' }).click();
  await isAt(page, 'Online-Dienste');
}));

test('signs that mean something elsewhere are words like others here', person(state, {}, async page => {
  for (const words of ['%', "'", '& | !', '<>', '😀', 'der die das']) {
    await page.goto(`/services?q=${encodeURIComponent(words)}`);
    await isAt(page, `Nichts gefunden zu „${words}“`);
  }
}));

test('the overview leads by topic, situation and letter, page by page', person(state, {}, async page => {
  await page.goto('/services');
  await page.getByText('31 Dienste Ihrer Verwaltung').waitFor();
  await checkEverywhere(page, 'overview');
  await page.getByRole('main').getByRole('link', { name: 'Haustiere' }).click();
  await page.getByRole('heading', { name: 'Hundesteuer abmelden' }).waitFor();
  assert.deepEqual(await names(page), ['Hundesteuer abmelden', 'Hundesteuer anmelden']);
  await page.goto('/services');
  await page.getByRole('link', { name: 'U: 25 Dienste' }).click();
  await isAt(page, 'U: 25 Dienste');
  assert.equal((await names(page)).length, 20);
  await checkEverywhere(page, 'letter');
  await page.getByRole('link', { name: 'Weitere Dienste' }).click();
  await page.getByRole('heading', { name: 'Urkunde 25' }).waitFor();
  assert.deepEqual(await names(page), [21, 22, 23, 24, 25].map(i => `Urkunde ${i}`));
  await page.getByRole('link', { name: 'Zum Anfang der Liste' }).click();
  await page.getByRole('heading', { name: 'Urkunde 01' }).waitFor();
}));

test('from the page of a service by the login back to it, and on to its start', person(state, {}, async page => {
  await page.goto(`/services/${state.ids['Hundesteuer anmelden']}`);
  await isAt(page, 'Hundesteuer anmelden');
  await page.getByText('kostenfrei', { exact: true }).waitFor();
  await page.getByText('die Nummer des Chips').waitFor();
  await checkEverywhere(page, 'service, nobody logged in');
  await page.getByRole('link', { name: 'Anmelden und starten' }).click();
  await page.locator('form[data-action="login"]').waitFor();
  await logIn(page, 'mara@post.example');
  await isAt(page, 'Hundesteuer anmelden');
  await page.getByText('Ihr Konto reicht aus.').waitFor();
  const start = page.getByRole('link', { name: 'Hier starten' });
  assert.equal(await start.getAttribute('href'), 'https://steuer.example/anmelden');
  await page.getByText('Sie verlassen damit das Portal.').waitFor();
  await checkEverywhere(page, 'service, ready');
}));

test('what is missing is told as the next step', person(state, {}, async page => {
  await isLoggedIn(page, 'mara@post.example');
  for (const [name, words] of [['Personalausweis beantragen', 'Ihr Konto reicht noch nicht aus'], ['Führungszeugnis beantragen', 'Ihr Konto reicht noch nicht aus'],
    ['Gewerbe anmelden', 'Nur für Unternehmen'], ['Grundsteuer', 'Noch nicht online möglich']]) {
    await page.goto(`/services/${state.ids[name]}`);
    await isAt(page, name);
    await page.getByRole('heading', { name: words }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Hier starten' }).count(), 0, name);
    await checkEverywhere(page, name);
  }
}));

test('a service that there is not is said to be gone', person(state, { refusals: ['404'] }, async page => {
  await page.goto('/services/00000000-0000-4000-8000-000000000000');
  await heading(page).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Hier starten' }).count(), 0);
}));

test('the start page shows topics, and its open list is accessible', person(state, {}, async page => {
  await page.goto('/');
  await page.getByRole('heading', { name: 'Themen und Lebenslagen' }).waitFor();
  await checkEverywhere(page, 'start');
  await box(page).fill('hunde');
  await options(page).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await check(page, 'the open list');
  await page.setViewportSize({ width: 320, height: 700 });
  await check(page, 'the open list, 320');
}));
