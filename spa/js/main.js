// The client in one walk. The server sends the same empty page for every address. This file learns what the portal is and who is logged
// in, then hands over to the router (router.js), which finds the view of the address (routes.js), loads what it needs and puts its markup
// into <main>. Header and footer (shell.js) follow each change. A view (views/*.js) is plain functions: `title`, `load`, `page` and the
// `actions` that its forms name; forms.js calls them and shows whatever fails, in one way for all. api.js alone talks to the server.
// session.js knows how long the session lives, drafts.js what was typed and not sent; so a new login finds the text again.
// Forms of services (views/form.js): form-schema.js reads them, form-controls.js draws a page and form-values.js reads it, form-check.js knows
// the rules and form-faults.js says them, form-page.js keeps a page alive, and request-draft.js holds what was typed beside the server's copy.
// Markup is made by html`` (html.js) and the helpers of fields.js; words come from texts/ (i18n.js).
import { api } from './api.js';
import { anyDraft } from './drafts.js';
import { attachForms } from './forms.js';
import { html, render } from './html.js';
import { startLanguage } from './i18n.js';
import { followLinks, router } from './router.js';
import { attachSearch } from './search-box.js';
import { attachSession, session } from './session.js';
import { attachShell, shell } from './shell.js';

// The page that the server sends is empty: texts, what the portal is, and who is logged in come first, all at once.
const NOBODY_KNOWS = { name: 'Serviceportal', official_bar: '', demonstration: false, contact: {}, operator: {} };

async function learn() {
  const [portal, problem] = await Promise.all([
    api.get('/portal'),
    session.start().then(() => null, error => error),
  ]);
  router.portal = portal;
  Object.assign(session.limits, portal.session);
  if (problem) throw problem;
}

// Not even the texts came: the one sentence that has to stand in the code.
function bare() {
  render(router.main, html`
    <div class="kern-container sp-section">
      <h1 class="kern-heading-large">Der Server antwortet gerade nicht</h1>
      <p class="kern-body">Warten Sie einen Moment, und laden Sie die Seite dann neu.</p>
      <p class="kern-body" lang="en">The server does not answer. Please wait a moment and load the page again.</p>
    </div>`);
}

async function start() {
  Object.assign(router, { main: document.querySelector('main'), api, session, portal: NOBODY_KNOWS });
  try {
    await startLanguage();
  } catch {
    return bare();
  }
  router.changed = session.changed = () => shell.show();
  session.over = state => (state === 'logged_out' ? router.go('/') : router.show());
  router.learn = learn;
  attachShell();
  attachForms(router.main);
  attachSession();
  attachSearch();
  followLinks();
  addEventListener('beforeunload', event => { if (anyDraft()) event.preventDefault(); });
  await router.begin();
}

start();
