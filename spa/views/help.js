import { html } from '../js/html.js';
import { announce, tapLink, textLink } from '../js/fields.js';
import { i18n } from '../js/i18n.js';
import { paragraphs } from '../js/prose.js';

// Help from A to Z on what the portal does today: an article a subject, sorted by the title in the language of the page, found by its words.
export const texts = 'pages';
export const title = t => t('help.title');

// Each with the page that it is about.
const ARTICLES = {
  activation: '/register', activity: '/account/activity', contact: '/contact', cookies: '/privacy', delete: '/account/delete', email: '/account/email',
  export: '/account/export', forgotten: '/forgotten-password', language: null, login: '/login', logout: null, password: '/account/password',
  profile: '/account/profile', register: '/register', rules: '/account/password', session: '/account/sessions', sessions: '/account/sessions',
};

const articles = t => Object.entries(ARTICLES)
  .map(([id, href]) => ({ id, href, name: t(`help.${id}.title`), text: t(`help.${id}.text`) }))
  .sort((a, b) => a.name.localeCompare(b.name, i18n.language));

const article = ({ id, href, name, text }, t) => html`
  <details class="kern-accordion" id="${id}" data-article>
    <summary class="kern-accordion__header"><span class="kern-title">${name}</span></summary>
    <div class="kern-accordion__body kern-stack-sm">
      ${paragraphs(text)}
      ${href && html`<p>${tapLink(href, t('help.go'))}</p>`}
    </div>
  </details>`;

export const page = (data, t) => html`
  <div class="kern-container">
    <h1 class="kern-heading-x-large">${t('help.title')}</h1>
    <p class="kern-body kern-body--large kern-mb-lg sp-text">${t('help.lead')}</p>
    <div class="sp-text kern-stack-lg">
      <div class="kern-form-input">
        <label class="kern-label" for="help-search">${t('help.search')}</label>
        <input class="kern-form-input__input" id="help-search" type="search" autocomplete="off">
      </div>
      <div id="help-articles">${articles(t).map(one => article(one, t))}</div>
      <p class="kern-body" id="help-none" hidden>${t.html('help.none', { link: textLink('/contact', t('help.none_link')) })}</p>
    </div>
  </div>`;

// Words are found anywhere, whatever their case; every word has to be there.
function filter(main, t) {
  const words = main.querySelector('#help-search').value.toLocaleLowerCase(i18n.language).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const one of main.querySelectorAll('[data-article]')) {
    const text = one.textContent.toLocaleLowerCase(i18n.language).replaceAll('\u00ad', '');
    one.hidden = !words.every(word => text.includes(word));
    found += !one.hidden;
  }
  main.querySelector('#help-none').hidden = found > 0;
  announce(t('help.found', { count: found }));
}

export function ready(main, { t }) {
  main.querySelector('#help-search').addEventListener('input', () => filter(main, t));
  const wanted = location.hash && main.querySelector(`details[id="${CSS.escape(location.hash.slice(1))}"]`);
  if (!wanted) return;
  wanted.open = true;
  wanted.scrollIntoView({ block: 'start' });
}
