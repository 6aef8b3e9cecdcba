import { html } from '../js/html.js';
import { link } from '../js/fields.js';
import { date, dateTime } from '../js/i18n.js';
import { countryName } from '../js/countries.js';
import { crumbs, deviceName } from '../js/own-area.js';

export const texts = 'account';
export const access = 'person';
export const title = t => t('activity.title');

export const load = async ({ api, query }) => {
  const cursor = query.get('cursor');
  const found = await api.get(`/me/activity?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
  return { ...found, later: Boolean(cursor) };
};

const shown = (name, value, t) => {
  if (name === 'birth_date') return date(value);
  if (name === 'country') return countryName(value);
  if (name === 'language') return t(`profile.language_${value}`);
  return String(value);
};

const isEmpty = value => value === null || value === undefined || value === '';

function difference(name, before, after, t) {
  if (isEmpty(after)) return t('activity.removed', { old: shown(name, before, t) });
  if (isEmpty(before)) return shown(name, after, t);
  return t('activity.from', { old: shown(name, before, t), new: shown(name, after, t) });
}

// 'Telefon: von 030 1 zu 030 2', in the order of the profile
const TELLING = ['profile_changed', 'email_changed', 'email_change_requested', 'email_change_refused'];
const ORDER = ['email', 'title', 'first_name', 'last_name', 'birth_name', 'birth_date', 'place_of_birth', 'nationality', 'phone', 'language',
  'street', 'house_number', 'postal_code', 'town', 'country'];

function differences({ event, old, new: now }, t) {
  if (!TELLING.includes(event)) return [];
  return ORDER.filter(name => !isEmpty(old?.[name]) || !isEmpty(now?.[name]))
    .map(name => html`<li><strong>${t(`field.${name}`)}:</strong> ${difference(name, old?.[name], now?.[name], t)}</li>`);
}

const entry = (one, t) => {
  const changed = differences(one, t);
  return html`
    <li class="kern-stack-xs">
      <div class="sp-meta sp-between">
        <h2 class="kern-title kern-title--small">${t(`activity.event.${one.event}`)}</h2>
        <span class="kern-body sp-muted"><time datetime="${one.at}">${dateTime(one.at)}</time></span>
      </div>
      ${one.new?.number && html`<p class="kern-body">${t('activity.request', one.new)}</p>`}
      ${changed.length > 0 && html`<ul class="kern-list kern-gap-xs">${changed}</ul>`}
      <p class="kern-body kern-body--small sp-muted">${[
        one.by !== 'owner' && t(`activity.by.${one.by}`),
        ['owner', 'unknown'].includes(one.by) && deviceName(one.device),
        one.source].filter(Boolean).join(' · ')}</p>
    </li>`;
};

export const page = ({ items, next_cursor: next, later }, t) => html`
  <div class="kern-container">
    ${crumbs(t('activity.title'))}
    <h1 class="kern-heading-large">${t('activity.title')}</h1>
    <p class="kern-body kern-mb-lg sp-text">${t('activity.lead')}</p>
    ${items.length
      ? html`<ul class="sp-rows sp-review">${items.map(one => entry(one, t))}</ul>`
      : html`<p class="kern-body">${t('activity.none')}</p>`}
    <div class="sp-actions kern-mt-lg">
      ${next && link(`/account/activity?cursor=${next}`, t('activity.older'))}
      ${later && link('/account/activity', t('activity.latest'), 'tertiary')}
    </div>
  </div>`;
