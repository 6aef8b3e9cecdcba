import { html } from '../js/html.js';
import { link, pic } from '../js/fields.js';
import { accountCards } from '../js/account-cards.js';
import { searchBox } from '../js/search-box.js';
import { drawingOf } from '../js/topics.js';

export const title = t => t('header.start');

// Where the catalogue cannot be had, the page still leads to the account.
export const load = ({ api }) => api.get('/service-topics').catch(() => ({ items: [], total: 0 }));

const often = t => html`
  <div class="sp-meta">
    <span class="kern-body">${t('start.often')}</span>
    ${t('start.often_words').split(', ').map(words => html`<a class="kern-link kern-link--no-visited-state sp-tap" href="/services?q=${encodeURIComponent(words)}" lang="de">${words}</a>`)}
  </div>`;

const hero = (account, some, t) => html`
  <section class="sp-hero">
    <div class="sp-hero__art"><svg viewBox="0 0 400 400" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="22"><path d="M11 400V200a189 189 0 0 1 378 0v200"/><path d="M61 400V200a139 139 0 0 1 278 0v200"/><path d="M111 400V200a89 89 0 0 1 178 0v200"/><path d="M161 400V200a39 39 0 0 1 78 0v200"/></svg></div>
    <div class="kern-container">
      <div class="sp-text kern-stack-lg">
        <div>
          <h1 class="kern-heading-x-large">${account ? t('start.hello', { name: `${account.first_name} ${account.last_name}` }) : t('start.title')}</h1>
          <p class="kern-body kern-body--large">${t(account ? 'start.lead_known' : 'start.lead')}</p>
        </div>
        ${searchBox({ id: 'start-search', label: t('start.search'), large: true })}
        ${some && often(t)}
      </div>
    </div>
  </section>`;

const topic = (one, t) => html`
  <li class="kern-card kern-card--interactive sp-topic">
    <div class="kern-card__container">
      ${pic(drawingOf(one.id))}
      <div class="kern-card__body">
        <h3 class="kern-title kern-title--small"><a class="kern-link kern-link--stretched kern-link--no-visited-state" href="/services?topic=${one.id}" lang="de">${one.name}</a></h3>
        <p class="kern-body sp-muted">${t('start.topic_count', { count: one.services })}</p>
      </div>
    </div>
  </li>`;

const topics = (items, t) => html`
  <div class="kern-container">
    <section class="sp-section" aria-labelledby="topics">
      <h2 class="kern-heading-large" id="topics">${t('start.topics')}</h2>
      <p class="kern-body kern-mb-lg sp-text">${t('start.topics_lead')}</p>
      <ul class="sp-plain kern-grid kern-grid-cols-1 kern-grid-cols-2-sm kern-grid-cols-4-lg kern-gap-lg">${items.map(one => topic(one, t))}</ul>
      <div class="sp-actions kern-mt-lg">${link('/services', t('start.all_services'))}</div>
    </section>
  </div>`;

const tile = (drawing, name, href, t) => html`
  <li class="kern-card kern-card--interactive sp-topic">
    <div class="kern-card__container">
      ${pic(drawing)}
      <div class="kern-card__body">
        <h3 class="kern-title kern-title--small"><a class="kern-link kern-link--stretched kern-link--no-visited-state" href="${href}">${t(`start.${name}_title`)}</a></h3>
        <p class="kern-body sp-muted">${t(`start.${name}_text`)}</p>
      </div>
    </div>
  </li>`;

const own = t => html`
  <section class="sp-section sp-band kern-level-1" aria-labelledby="own">
    <div class="kern-container">
      <h2 class="kern-heading-large kern-mb-lg" id="own">${t('header.own_area')}</h2>
      <ul class="sp-plain kern-grid kern-grid-cols-1 kern-grid-cols-2-sm kern-grid-cols-4-lg kern-gap-lg">
        ${tile('document', 'requests', '/requests', t)}${tile('person', 'profile', '/account/profile', t)}${tile('shield', 'security', '/account', t)}${tile('download', 'data', '/account/export', t)}
      </ul>
    </div>
  </section>`;

const accounts = t => html`
  <section class="sp-section sp-band kern-level-1" aria-labelledby="accounts">
    <div class="kern-container">
      <h2 class="kern-heading-large" id="accounts">${t('start.accounts_title')}</h2>
      <p class="kern-body kern-mb-lg sp-text">${t('start.accounts_lead')}</p>
      ${accountCards(t, { href: '/register?step=name', level: 3 })}
    </div>
  </section>`;

export const page = ({ items, total }, t, { session }) => html`
  ${hero(session.account, total > 0, t)}
  ${items.length > 0 && topics(items, t)}
  ${session.open ? own(t) : accounts(t)}`;
