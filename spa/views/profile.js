import { html } from '../js/html.js';
import { facts, field, radios, select, submit, link } from '../js/fields.js';
import { date, readDate, shortDate } from '../js/i18n.js';
import { fault } from '../js/problem.js';
import { countries, countryName } from '../js/countries.js';
import { crumbs } from '../js/own-area.js';

export const texts = 'account';
export const access = 'person';
export const title = t => t('profile.title');
export const load = ({ api }) => api.get('/me');

const PLAIN = ['title', 'first_name', 'last_name', 'birth_date', 'place_of_birth', 'birth_name', 'nationality', 'phone', 'language'];
const NEEDED = ['first_name', 'last_name', 'language'];
const ADDRESS = ['street', 'house_number', 'postal_code', 'town', 'country'];

const addressText = address => address && html`${address.street} ${address.house_number}<br>${address.postal_code} ${address.town}<br>${countryName(address.country)}`;
const shown = (name, value) => (name === 'address' ? addressText(value) : name === 'birth_date' && value ? date(value) : value);

// What came from the identity card is text, not a field that refuses.
const locked = (me, t) => me.locked.length > 0 && html`
  <section class="sp-panel sp-text kern-stack-sm kern-mb-lg" aria-labelledby="locked">
    <h2 class="kern-title" id="locked">${t('profile.locked_title')}</h2>
    <p class="kern-body">${t('profile.locked')}</p>
    ${facts(me.locked.map(name => [t(`field.${name}`), shown(name, me[name])]))}
  </section>`;

const part = (heading, content) => html`<div class="kern-stack-lg"><h2 class="kern-heading-medium">${heading}</h2>${content}</div>`;

export const page = (me, t) => {
  const open = (name, options) => !me.locked.includes(name) && field({ name, label: t(`field.${name}`), value: me[name] ?? '', required: NEEDED.includes(name), ...options });
  const line = (name, options) => field({ name: `address.${name}`, label: t(`field.${name}`), value: me.address?.[name] ?? '', required: false, ...options });
  return html`
    <div class="kern-container">
      ${crumbs(t('profile.title'))}
      <h1 class="kern-heading-large">${t('profile.title')}</h1>
      <p class="kern-body kern-mb-lg sp-text">${t('profile.lead')}</p>
      ${locked(me, t)}
      <form class="kern-stack-xl" data-action="save" novalidate>
        ${part(t('profile.person'), html`
          ${open('title', { hint: t('field.title_hint'), autocomplete: 'honorific-prefix', short: true })}
          ${open('first_name', { autocomplete: 'given-name' })}
          ${open('last_name', { autocomplete: 'family-name' })}
          ${open('birth_name', { hint: t('field.birth_name_hint') })}
          ${open('birth_date', { hint: t('field.birth_date_hint'), value: shortDate(me.birth_date), autocomplete: 'bday', inputmode: 'numeric', short: true })}
          ${open('place_of_birth')}
          ${open('nationality')}`)}
        ${part(t('profile.contact'), html`
          ${open('phone', { hint: t('field.phone_hint'), type: 'tel', autocomplete: 'tel' })}
          ${radios({ name: 'language', label: t('profile.language'), value: me.language, options: [['de', t('profile.language_de')], ['en', t('profile.language_en')]] })}`)}
        ${!me.locked.includes('address') && part(t('profile.address'), html`
          <p class="kern-body sp-muted sp-text">${t('profile.address_hint')}</p>
          ${line('street', { hint: t('field.street_hint'), autocomplete: 'off' })}
          ${line('house_number', { hint: t('field.house_number_hint'), short: true })}
          ${line('postal_code', { autocomplete: 'postal-code', short: true })}
          ${line('town', { autocomplete: 'address-level2' })}
          ${select({ name: 'address.country', label: t('field.country'), value: me.address?.country ?? 'DE', options: countries(), autocomplete: 'country' })}`)}
        ${submit(t('profile.save'), link('/account', t('form.back')))}
      </form>
    </div>`;
};

// The address goes as a whole: null where it was emptied; what is left out of it is for the server to name.
function addressOf(values, me) {
  const given = ADDRESS.filter(name => values[`address.${name}`]);
  if (given.every(name => name === 'country')) return null;
  const address = Object.fromEntries(given.map(name => [name, values[`address.${name}`]]));
  return me.address && ADDRESS.every(name => address[name] === me.address[name]) ? me.address : address;
}

// Only what differs is sent: what somebody changed elsewhere at the same time stays.
function changesOf(values, me) {
  const changes = {};
  for (const name of PLAIN) {
    if (!(name in values)) continue;
    const value = values[name] === '' && !NEEDED.includes(name) ? null : values[name];
    if (value !== me[name]) changes[name] = value;
  }
  if ('address.street' in values) {
    const address = addressOf(values, me);
    if (address !== me.address) changes.address = address;
  }
  return changes;
}

export const actions = {
  async save(typed, { api, data: me, session, reload, t }) {
    const values = { ...typed };
    if ('birth_date' in values) values.birth_date = readDate(values.birth_date);
    if (values.birth_date === undefined && 'birth_date' in values) throw fault('birth_date', 'format');
    const changes = changesOf(values, me);
    if (!Object.keys(changes).length) return reload({ notice: { kind: 'info', title: t('profile.unchanged') } });
    await api.patch('/me', changes, me.etag);
    await session.refresh();
    return reload({ notice: t('profile.saved') });
  },
};
