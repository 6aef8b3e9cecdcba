import { html } from '../js/html.js';
import { alert, icon, link, mailText, pic } from '../js/fields.js';
import { date } from '../js/i18n.js';
import { draftRow, requestRow } from '../js/request-shown.js';

export const texts = ['account', 'requests'];
export const access = 'person';
export const title = t => t('area.title');
const LATEST = 3;

export async function load({ api }) {
  const [me, { items, drafts }] = await Promise.all([api.get('/me'), api.get(`/requests?limit=${LATEST}`)]);
  return { me, items, drafts };
}

const badge = (words, kind = 'info') => html`<span class="sp-self-start kern-badge kern-badge--${kind} kern-badge--small">${icon(kind)}<span class="kern-label kern-label--small">${words}</span></span>`;

const tile = (drawing, name, href, t, note) => html`
  <li class="kern-card ${href && 'kern-card--interactive'} sp-topic">
    <div class="kern-card__container">
      ${pic(drawing)}
      <div class="kern-card__body">
        <h2 class="kern-title">${href
          ? html`<a class="kern-link kern-link--stretched kern-link--no-visited-state" href="${href}">${t(`area.${name}`)}</a>`
          : t(`area.${name}`)}</h2>
        <p class="kern-body sp-muted">${t(`area.${name}_text`)}</p>
        ${note}
      </div>
    </div>
  </li>`;

const row = (name, text, t) => html`
  <li>
    <a class="kern-link kern-link--no-visited-state kern-link--stretched" href="/account/${name}">${t(`area.${name}`)}</a>
    <span class="kern-body kern-body--small sp-muted">${text ?? t(`area.${name}_text`)}</span>
  </li>`;

const pending = (me, t) => me.pending_email
  && alert('info', t('area.pending'), html`<p class="kern-body">${t.html('area.pending_text', { email: mailText(me.pending_email) })}</p>`);

// What is open comes first.
const latest = ({ items, drafts }, t) => drafts.length + items.length > 0 && html`
  <section class="sp-review kern-mt-xl" aria-labelledby="latest">
    <h2 class="kern-heading-large kern-mb-md" id="latest">${t('area.latest')}</h2>
    <ul class="sp-rows">${[...drafts.map(one => draftRow(one)), ...items.map(requestRow)].slice(0, LATEST)}</ul>
    <div class="sp-actions kern-mt-md">${link('/requests', t('area.all_requests'))}</div>
  </section>`;

export const page = ({ me, items, drafts }, t) => html`
  <div class="kern-container">
    <p class="kern-body sp-muted">${t(`kind.${me.kind}`)}</p>
    <h1 class="kern-heading-x-large kern-mb-lg">${t('area.hello', { name: [me.title, me.first_name, me.last_name].filter(Boolean).join(' ') })}</h1>
    ${pending(me, t)}
    <ul class="sp-plain kern-grid kern-grid-cols-1 kern-grid-cols-2-sm kern-grid-cols-4-lg kern-gap-lg">
      ${tile('inbox', 'postfach', '/postfach', t, badge(t('area.later')))}
      ${tile('document', 'requests', '/requests', t, drafts.length > 0 && badge(t('area.open_drafts', { count: drafts.length }), 'warning'))}
      ${tile('person', 'profile', '/account/profile', t)}
      ${tile('settings', 'manage', '#manage', t)}
      ${me.desks?.length > 0 && tile('desk', 'desk', '/desk', t)}
    </ul>
    ${latest({ items, drafts }, t)}
    <section class="kern-mt-xl" aria-labelledby="manage">
      <h2 class="kern-heading-large kern-mb-md" id="manage" tabindex="-1">${t('area.manage')}</h2>
      <div class="sp-split sp-split--even">
        <section aria-labelledby="manage-login">
          <h3 class="kern-title kern-mb-sm" id="manage-login">${t('area.login_title')}</h3>
          <ul class="sp-rows">${row('email', mailText(me.email), t)}${row('password', null, t)}${row('sessions', null, t)}</ul>
        </section>
        <section aria-labelledby="manage-data">
          <h3 class="kern-title kern-mb-sm" id="manage-data">${t('area.data_title')}</h3>
          <ul class="sp-rows">${row('activity', null, t)}${row('export', null, t)}${row('delete', null, t)}</ul>
        </section>
      </div>
    </section>
    <p class="kern-body kern-body--small sp-muted kern-mt-lg">${t('area.since', { date: date(me.created_at) })}</p>
  </div>`;
