import { html } from '../js/html.js';
import { field, icon, link } from '../js/fields.js';
import { Problem } from '../js/problem.js';
import { date } from '../js/i18n.js';
import { STATES, stateBadge } from '../js/request-shown.js';

// The requests of the desks that somebody works for.
export const texts = ['account', 'requests', 'desk'];
export const access = 'person';
export const title = t => t('desk.title');

const FILTERS = ['state', 'service', 'q'];
const addressOf = (filters, changes = {}) => {
  const query = new URLSearchParams(Object.entries({ ...filters, ...changes }).filter(([, value]) => value));
  return query.size ? `/desk?${query}` : '/desk';
};

export const load = async ({ api, query, session }) => {
  if (!session.account.desks?.length) throw new Problem('not_found');
  const filters = Object.fromEntries(FILTERS.map(name => [name, query.get(name)?.trim() ?? '']));
  const asked = new URLSearchParams({ limit: 20 });
  for (const [name, as] of [['state', 'state'], ['service', 'service_id'], ['q', 'q']]) if (filters[name]) asked.set(as, filters[name]);
  if (query.get('cursor')) asked.set('cursor', query.get('cursor'));
  return { ...await api.get(`/desk/requests?${asked}`), filters, later: query.has('cursor') };
};

const tab = (state, filters, count, t) => html`
  <li><a href="${addressOf(filters, { state })}" ${filters.state === state && html`aria-current="page"`}>${state ? t(`state.${state}`) : t('desk.all')} (${count})</a></li>`;

const tabs = (filters, counts, t) => html`
  <nav aria-label="${t('desk.states')}">
    <ul class="sp-tabs">
      ${tab('', filters, Object.values(counts).reduce((sum, one) => sum + one, 0), t)}
      ${STATES.filter(state => counts[state] || state === filters.state).map(state => tab(state, filters, counts[state] ?? 0, t))}
    </ul>
  </nav>`;

const search = (filters, t) => html`
  <form class="sp-filter kern-my-lg" action="/desk" method="get" role="search" aria-label="${t('desk.search')}">
    ${field({ name: 'q', label: t('desk.search_label'), type: 'search', value: filters.q })}
    ${filters.state && html`<input type="hidden" name="state" value="${filters.state}">`}
    <div class="sp-actions">
      <button class="kern-btn kern-btn--secondary" type="submit">${icon('search')}<span class="kern-label">${t('desk.search_button')}</span></button>
      ${(filters.q || filters.service) && link(addressOf(filters, { q: '', service: '' }), t('desk.search_clear'), 'tertiary')}
    </div>
  </form>`;

const row = (one, t, filters, many) => html`
  <tr class="kern-table__row">
    <th class="kern-table__header" scope="row"><a class="kern-link kern-link--no-visited-state sp-tap" href="/desk/requests/${one.id}">${one.number}</a></th>
    <td class="kern-table__cell" data-label="${t('desk.service')}"><span lang="de">${one.service.name}${many && html`<br><span class="kern-body kern-body--small sp-muted">${one.desk.name}</span>`}</span></td>
    <td class="kern-table__cell" data-label="${t('desk.person')}"><span>${one.person ?? t('desk.nobody')}</span></td>
    <td class="kern-table__cell" data-label="${t('desk.submitted')}"><time datetime="${one.submitted_at}">${date(one.submitted_at)}</time></td>
    <td class="kern-table__cell" data-label="${t('desk.state')}">${stateBadge(one.state)}</td>
  </tr>`;

const table = (items, t, filters, many) => html`
  <table class="kern-table sp-table">
    <caption class="kern-sr-only">${t('desk.caption')}</caption>
    <thead>
      <tr class="kern-table__row">${['number', 'service', 'person', 'submitted', 'state'].map(name => html`<th class="kern-table__header" scope="col">${t(`desk.${name}`)}</th>`)}</tr>
    </thead>
    <tbody class="kern-table__body">${items.map(one => row(one, t, filters, many))}</tbody>
  </table>`;

export const page = ({ items, counts, next_cursor: next, filters, later }, t, { session }) => html`
  <div class="kern-container">
    <h1 class="kern-heading-large">${t('desk.title')}</h1>
    <p class="kern-body kern-mb-lg sp-text">${(session.account.desks ?? []).map(one => one.name).join(', ')}</p>
    ${tabs(filters, counts, t)}
    ${search(filters, t)}
    ${items.length ? table(items, t, filters, (session.account.desks ?? []).length > 1) : html`<p class="kern-body">${t(filters.q || filters.state || filters.service ? 'desk.none_found' : 'desk.none')}</p>`}
    <div class="sp-actions kern-mt-lg">
      ${next && link(addressOf(filters, { cursor: next }), t('desk.older'))}
      ${later && link(addressOf(filters), t('desk.latest'), 'tertiary')}
    </div>
  </div>`;
