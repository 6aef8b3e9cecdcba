import { html } from '../js/html.js';
import { link, pic } from '../js/fields.js';
import { accountCards } from '../js/account-cards.js';

export const title = t => t('header.start');

const tile = (drawing, name, href, t) => html`
  <li class="kern-card ${href && 'kern-card--interactive'} sp-topic">
    <div class="kern-card__container">
      ${pic(drawing)}
      <div class="kern-card__body">
        <h3 class="kern-title kern-title--small">${href
          ? html`<a class="kern-link kern-link--stretched kern-link--no-visited-state" href="${href}">${t(`start.${name}_title`)}</a>`
          : t(`start.${name}_title`)}</h3>
        <p class="kern-body sp-muted">${t(`start.${name}_text`)}</p>
      </div>
    </div>
  </li>`;

const known = (account, t) => html`
  <h1 class="kern-heading-x-large">${t('start.hello', { name: `${account.first_name} ${account.last_name}` })}</h1>
  <p class="kern-body kern-body--large">${t('start.lead_known')}</p>
  <div class="sp-actions kern-mt-lg">${link('/account', t('start.own_area'), 'primary')}</div>`;

const stranger = t => html`
  <h1 class="kern-heading-x-large">${t('start.title')}</h1>
  <p class="kern-body kern-body--large">${t('start.lead')}</p>
  <div class="sp-actions kern-mt-lg">
    ${link('/register', t('start.create'), 'primary')}
    ${link('/login', t('start.login'))}
  </div>`;

const hero = (account, t) => html`
  <section class="sp-hero">
    <div class="sp-hero__art"><svg viewBox="0 0 400 400" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="22"><path d="M11 400V200a189 189 0 0 1 378 0v200"/><path d="M61 400V200a139 139 0 0 1 278 0v200"/><path d="M111 400V200a89 89 0 0 1 178 0v200"/><path d="M161 400V200a39 39 0 0 1 78 0v200"/></svg></div>
    <div class="kern-container"><div class="sp-text">${account ? known(account, t) : stranger(t)}</div></div>
  </section>`;

const later = (name, t) => html`
  <li class="kern-stack-xs">
    <h3 class="kern-title kern-title--small">${t(`start.later_${name}_title`)}</h3>
    <p class="kern-body sp-muted">${t(`start.later_${name}`)}</p>
  </li>`;

export const page = (data, t, { session }) => html`
  ${hero(session.account, t)}
  <div class="kern-container">
    <section class="sp-section" aria-labelledby="now">
      <h2 class="kern-heading-large" id="now">${t('start.now_title')}</h2>
      <p class="kern-body kern-mb-lg sp-text">${t('start.now_lead')}</p>
      <ul class="sp-plain kern-grid kern-grid-cols-1 kern-grid-cols-2-sm kern-grid-cols-4-lg kern-gap-lg">
        ${!session.open && tile('person', 'register', '/register', t)}
        ${tile('document', 'profile', '/account/profile', t)}
        ${tile('shield', 'security', '/account', t)}
        ${tile('download', 'data', '/account/export', t)}
      </ul>
    </section>
  </div>
  ${!session.open && html`
    <section class="sp-section sp-band kern-level-1" aria-labelledby="accounts">
      <div class="kern-container">
        <h2 class="kern-heading-large" id="accounts">${t('start.accounts_title')}</h2>
        <p class="kern-body kern-mb-lg sp-text">${t('start.accounts_lead')}</p>
        ${accountCards(t, { href: '/register?step=name', level: 3 })}
      </div>
    </section>`}
  <div class="kern-container">
    <section class="sp-section sp-text" aria-labelledby="later">
      <h2 class="kern-heading-medium kern-mb-md" id="later">${t('start.later_title')}</h2>
      <ul class="sp-rows">${later('services', t)}${later('apply', t)}${later('postfach', t)}</ul>
    </section>
  </div>`;
