// What every browser test stands on: the real program with a database and a mail sink of its own (portal.sh), and Chromium.
// A page that writes an error to its console fails its test, unless the test has said which refusals it provokes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CHROMIUM = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export const PASSWORD = 'Apfel-baum-7';

// { origin, account(email), token(email), mail(email, word), shift(interval), stop(), start(), restart(setting), end() }
export async function startPortal() {
  const child = spawn('bash', [new URL('portal.sh', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done || value.startsWith('Bail out!')) throw new Error(value ?? 'the portal of the tests has ended');
    return value;
  };
  let turn = Promise.resolve();
  const ask = command => {
    turn = turn.then(() => { child.stdin.write(`${command}\n`); return next(); });
    return turn;
  };
  let first = await next();
  while (!first.startsWith('ready ')) first = await next();
  return {
    origin: first.slice('ready '.length),
    account: (email, password = PASSWORD) => ask(`account ${email} ${password}`),
    token: email => ask(`token ${email}`),
    mail: async (email, word = '') => JSON.parse(await ask(`mail ${email} ${word}`)),
    shift: interval => ask(`shift ${interval}`),
    sql: async statement => JSON.parse(await ask(`sql ${statement}`)).trim(),
    demo: () => ask('demo'), // the catalogue of the demonstration
    stop: () => ask('stop'),
    start: () => ask('start'),
    restart: setting => ask(`restart ${setting}`),
    end: () => new Promise(done => { child.on('exit', done); child.stdin.end(); }),
  };
}

export const startBrowser = () => chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM });

// Each browser has an address of its own, so that the brakes on one test do not slow the next.
const address = () => `10.${[1, 2, 3].map(() => 1 + Math.floor(Math.random() * 250)).join('.')}`;

// A browser of one person. `refusals` are the answers of the API that the test provokes (Chromium reports them as errors).
export async function visit(browser, portal, { width = 1280, refusals = [], theme = 'light', ...more } = {}) {
  const context = await browser.newContext({
    baseURL: portal.origin, viewport: { width, height: 900 }, colorScheme: theme, locale: 'de-DE', timezoneId: 'Europe/Berlin',
    extraHTTPHeaders: { 'X-Forwarded-For': address() }, ...more,
  });
  const problems = [];
  const page = await context.newPage();
  watch(page, problems, refusals);
  page.setDefaultTimeout(30000);
  return {
    page,
    context,
    problems,
    async tab() { // a second window of the same browser
      const other = await context.newPage();
      watch(other, problems, refusals);
      other.setDefaultTimeout(30000);
      return other;
    },
    async close() {
      await context.close();
      assert.deepEqual(problems, []);
    },
  };
}

function watch(page, problems, refusals) {
  page.on('pageerror', error => problems.push(error.message));
  page.on('console', message => {
    if (!['error', 'warning'].includes(message.type())) return;
    const refused = refusals.some(one => message.text().includes(one) && message.text().startsWith('Failed to load resource'));
    if (!refused) problems.push(`${message.text()} ${message.location().url}`);
  });
}

// The test of one person in one browser, which is closed and checked at its end.
export const person = (state, options, steps) => async () => {
  const visitor = await visit(state.browser, state.portal, options);
  try {
    await steps(visitor.page, visitor);
  } catch (error) {
    await visitor.context.close();
    throw error;
  }
  await visitor.close();
};

export const heading = page => page.getByRole('heading', { level: 1 });
export const isAt = async (page, words) => heading(page).filter({ hasText: words }).waitFor();

// Where a login form is shown already, it is the one that is used.
export async function logIn(page, email, password = PASSWORD) {
  if (!await page.locator('form[data-action="login"]').count()) await page.goto('/login');
  await page.getByRole('textbox', { name: 'E-Mail-Adresse' }).fill(email);
  await page.getByRole('textbox', { name: 'Passwort' }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click();
}

export async function isLoggedIn(page, email, password) {
  await logIn(page, email, password);
  await page.locator('form[data-action="login"]').waitFor({ state: 'detached' }); // the next page takes its place in one go
  await heading(page).waitFor();
}

// No violation of WCAG 2.2 AA that a program can find, and no scrolling sideways.
export async function check(page, what) {
  const client = await page.context().newCDPSession(page); // past the page's CSP, which stays as strict as it is
  await client.send('Runtime.evaluate', { expression: `window.axe || (() => { ${AXE} })()` });
  await client.detach();
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
    return violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`);
  });
  assert.deepEqual(found, [], what);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} scrolls sideways`);
}

// Both languages, both themes, three widths: half of all there are together, so that none of the pairs is missing.
const EVERYWHERE = [['en', 'dark', 1280], ['en', 'light', 768], ['en', 'dark', 320], ['de', 'light', 1280], ['de', 'dark', 768], ['de', 'light', 320]];

export async function checkEverywhere(page, what, { widths = [1280, 768, 320] } = {}) {
  for (const [language, theme, width] of EVERYWHERE.filter(one => widths.includes(one[2]))) {
    if (await page.locator('html').getAttribute('lang') !== language) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.locator(`[data-language="${language}"]`).click();
      await page.locator(`html[lang="${language}"]`).waitFor();
    }
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 900 });
    await check(page, `${what}, ${language}, ${theme}, ${width}`);
  }
}
