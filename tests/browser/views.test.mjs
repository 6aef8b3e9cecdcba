import { after, before, test } from 'node:test';
import { check, checkEverywhere, heading, isAt, isLoggedIn, logIn, PASSWORD, person, startBrowser, startPortal } from './portal.mjs';
import { routes } from '../../spa/js/routes.js';

// Every view in both languages, both themes, at 320, 768 and 1280 px: no violation that axe finds, no scrolling sideways.
const state = {};
before(async () => {
  [state.portal, state.browser] = await Promise.all([startPortal(), startBrowser()]);
  await state.portal.account('mara@post.example');
});
after(async () => { await state.browser?.close(); await state.portal?.end(); });

const own = path => path.startsWith('/account') || path === '/postfach';
// A new password has to be due; what needs a service or a request, or a desk, is looked at in tests of its own.
const special = ['/new-password', ...Object.keys(routes).filter(one => one.includes(':') || /^\/(requests|desk)/.test(one))];

for (const path of Object.keys(routes).filter(one => !own(one) && !special.includes(one)))
  test(`${path}`, person(state, {}, async page => {
    await page.goto(path);
    await heading(page).waitFor();
    await checkEverywhere(page, path);
  }));

for (const path of Object.keys(routes).filter(one => own(one) && !special.includes(one)))
  test(`${path}`, person(state, {}, async page => {
    await isLoggedIn(page, 'mara@post.example');
    await page.goto(path);
    await page.waitForFunction(wanted => location.pathname === wanted && document.querySelector('h1'), path);
    await checkEverywhere(page, path);
  }));

test('the start page of somebody who is logged in, with the account menu open', person(state, {}, async page => {
  await isLoggedIn(page, 'mara@post.example');
  await page.goto('/');
  await isAt(page, 'Guten Tag, Mara Vogt');
  await checkEverywhere(page, 'start');
  await page.getByRole('button', { name: 'Menü' }).click();
  await page.locator('#account-menu summary').click();
  await check(page, 'menu, 320');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await check(page, 'menu, 1280');
}));

test('the steps of a registration, with and without faults', person(state, {}, async page => {
  const next = () => page.getByRole('button', { name: 'Weiter' }).click();
  await page.goto('/register?step=name');
  await isAt(page, 'Wie heißen Sie?');
  await checkEverywhere(page, 'name');
  await next();
  await page.getByRole('alert').waitFor();
  await check(page, 'name with faults');
  await page.getByLabel('Vorname').fill('Mara-Annegret Friederike');
  await page.getByLabel('Nachname').fill('Donaudampfschifffahrtsgesellschaftskapitänstochter');
  await next();
  await isAt(page, 'Wie möchten Sie sich anmelden?');
  await page.getByRole('textbox', { name: 'Passwort' }).fill('Apfel');
  await checkEverywhere(page, 'login');
  await next();
  await page.getByRole('alert').waitFor();
  await check(page, 'login with faults');
  await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill(`${'sehr-lange-adresse.'.repeat(3)}mara@post.example`);
  await page.getByRole('textbox', { name: 'Passwort' }).fill(PASSWORD);
  await next();
  await isAt(page, 'Bitte prüfen Sie Ihre Angaben');
  await checkEverywhere(page, 'review');
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await page.getByRole('alert').waitFor();
  await check(page, 'review with faults');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await isAt(page, 'Bitte sehen Sie in Ihr E-Mail-Postfach');
  await checkEverywhere(page, 'sent');
}));

test('mailed links: to confirm, used, not valid', person(state, { refusals: ['404', '409', '410'] }, async page => {
  for (const path of ['/activate', '/confirm-email']) {
    await page.goto('about:blank');
    await page.goto(`${path}#token=${'A'.repeat(43)}`);
    await page.getByRole('main').getByRole('button').waitFor();
    await checkEverywhere(page, `${path} to confirm`);
    await page.getByRole('main').getByRole('button').click();
    await isAt(page, 'Dieser Link gilt nicht mehr');
    await checkEverywhere(page, `${path} not valid`, { widths: [320] });
  }
}));

test('a login that failed, and one that comes back', person(state, { refusals: ['401'] }, async page => {
  await page.goto('/login?return=/postfach');
  await logIn(page, 'mara@post.example', 'falsch-7-Falsch');
  await page.getByRole('alert').waitFor();
  await check(page, 'failed');
  await page.setViewportSize({ width: 320, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await check(page, 'failed, dark, 320');
}));

test('the forced new password, the warning and the end of a session', person(state, { refusals: ['401', '403'] }, async page => {
  await state.portal.account('ablauf@post.example');
  await page.goto('/forgotten-password');
  await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill('ablauf@post.example');
  await page.getByRole('button', { name: 'Einmalpasswort senden' }).click();
  await isAt(page, 'Bitte sehen Sie in Ihr E-Mail-Postfach');
  await checkEverywhere(page, 'sent');
  const mail = await state.portal.mail('ablauf@post.example', 'Einmal');
  await page.goto('/login');
  await logIn(page, 'ablauf@post.example', mail.split('\n').map(line => line.trim()).find(line => /^[A-Za-z0-9_-]{12,}$/.test(line)));
  await isAt(page, 'Neues Passwort festlegen');
  await checkEverywhere(page, 'new password');

  await page.evaluate(async () => {
    const { warning } = await import('/js/session-warning.js');
    warning.open({ absolute: false, until: Date.now() + 110_000, stay() { warning.close(); }, leave() {} });
  });
  for (const [width, colorScheme] of [[1280, 'light'], [320, 'dark']]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await check(page, `warning, ${width}`);
  }
  await page.getByRole('button', { name: 'Angemeldet bleiben' }).click();
  await page.evaluate(async () => {
    const { session } = await import('/js/session.js');
    session.close({ expired: true });
    session.over();
  });
  await isAt(page, 'Ihre Sitzung ist abgelaufen');
  await checkEverywhere(page, 'expired');
}));

test('pages for what is not there', person(state, { refusals: ['404', 'net::ERR'] }, async page => {
  await page.goto('/nothing/here');
  await isAt(page, 'Diese Seite gibt es nicht');
  await checkEverywhere(page, 'not found');
  await page.route('**/api/**', route => route.abort());
  await page.goto('/help');
  await isAt(page, 'Der Server antwortet gerade nicht');
  await checkEverywhere(page, 'unreachable');
}));
