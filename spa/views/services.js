import { html } from '../js/html.js';
import { link, pic, radios, select, trail } from '../js/fields.js';
import { searchBox } from '../js/search-box.js';
import { serviceRow } from '../js/services-shown.js';

// All services: the overview by topic, situation and letter, or what a search and its filters find. Each of them has an address.
export const texts = 'services';
const FILTERS = ['q', 'topic', 'situation', 'audience', 'letter'];

const addressOf = (filters, changes = {}) => {
  const query = new URLSearchParams(Object.entries({ ...filters, ...changes }).filter(([, value]) => value));
  return `/services${query.size ? `?${query}` : ''}`;
};

export const load = async ({ api, query }) => {
  const filters = Object.fromEntries(FILTERS.map(name => [name, query.get(name)?.trim() ?? '']));
  const cursor = query.get('cursor');
  const asked = new URLSearchParams({ ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value)), ...(cursor && { cursor }), limit: 20 });
  const wanted = FILTERS.some(name => filters[name]);
  const [overview, found] = await Promise.all([api.get('/service-topics'), wanted ? api.get(`/services?${asked}`) : null]);
  return { overview, found, filters, later: Boolean(cursor) };
};

const nameOf = ({ overview, filters }) => overview.items.find(one => one.id === filters.topic)?.name
  ?? overview.items.flatMap(one => one.situations).find(one => one.id === filters.situation)?.name;

const headline = (data, t) => {
  const { found, filters } = data;
  if (filters.q && !found.total) return t('services.not_found', { words: filters.q });
  if (filters.q) return t('services.found', { count: found.total, words: filters.q });
  if (nameOf(data)) return t('services.in', { count: found.total, name: nameOf(data) });
  if (filters.letter) return t('services.letter', { count: found.total, letter: filters.letter === '0' ? t('services.signs') : filters.letter });
  return t('services.count', { count: found.total });
};

export const title = (t, data) => (data.found ? headline(data, t) : t('services.title'));

const crumbs = t => trail([['/', t('header.start')], ['/services', t('services.title')]]);

const search = ({ filters }, t) => html`<div class="sp-text">${searchBox({ id: 'services-search', label: t('services.search_label'), value: filters.q, large: true })}</div>`;

const topicCard = (one, t) => html`
  <li class="kern-card sp-topic">
    <div class="kern-card__container">
      <div class="kern-card__body kern-stack-xs">
        <h3 class="kern-title kern-title--small"><a class="kern-link kern-link--no-visited-state sp-tap" href="${addressOf({ topic: one.id })}"><span lang="de">${one.name}</span></a></h3>
        <p class="kern-body kern-body--small sp-muted">${t('services.count', { count: one.services })}</p>
        ${one.situations.length > 0 && html`<ul class="sp-plain sp-situations">${one.situations.map(situation => html`
          <li><a class="kern-link kern-link--no-visited-state sp-tap" href="${addressOf({ topic: one.id, situation: situation.id })}" lang="de">${situation.name}</a></li>`)}</ul>`}
      </div>
    </div>
  </li>`;

const letters = ({ overview, filters }, t) => html`
  <nav aria-label="${t('services.az')}">
    <ul class="sp-plain sp-letters">${overview.letters.map(({ letter, services }) => html`
      <li><a class="kern-btn kern-btn--tertiary" href="${addressOf({ letter })}" ${letter === filters.letter && html`aria-current="page"`}
        aria-label="${t('services.letter', { letter: letter === '0' ? t('services.signs') : letter, count: services })}"><span class="kern-label">${letter === '0' ? '0–9' : letter}</span></a></li>`)}</ul>
  </nav>`;

const overviewPage = (data, t) => html`
  <div class="kern-container">
    <h1 class="kern-heading-x-large kern-mb-md">${t('services.title')}</h1>
    <p class="kern-body kern-body--large sp-text kern-mb-lg">${t('services.lead', { count: data.overview.total })}</p>
    ${search(data, t)}
    <section class="sp-section" aria-labelledby="topics">
      <h2 class="kern-heading-large" id="topics">${t('services.topics')}</h2>
      <p class="kern-body kern-mb-lg sp-text">${t('services.topics_lead')}</p>
      <ul class="sp-plain kern-grid kern-grid-cols-1 kern-grid-cols-2-sm kern-grid-cols-3-lg kern-gap-lg">${data.overview.items.map(one => topicCard(one, t))}</ul>
    </section>
    <section aria-labelledby="az">
      <h2 class="kern-heading-large kern-mb-md" id="az">${t('services.az')}</h2>
      ${letters(data, t)}
    </section>
  </div>`;

const nothingYet = t => html`
  <div class="kern-container">
    <div class="sp-text kern-stack-lg sp-section">
      ${pic('search', 'large')}
      <div>
        <h1 class="kern-heading-large">${t('services.title')}</h1>
        <p class="kern-body kern-body--large">${t('services.nothing_yet')}</p>
      </div>
      <div class="sp-actions">${link('/contact', t('services.contact'), 'primary')}${link('/', t('services.start'))}</div>
    </div>
  </div>`;

const filterForm = ({ overview, filters }, t) => {
  const topic = overview.items.find(one => one.id === filters.topic);
  const known = topic ? topic.situations : [];
  const orphan = filters.situation && !known.some(one => one.id === filters.situation)
    && overview.items.flatMap(one => one.situations).find(one => one.id === filters.situation);
  const options = list => [['', t('services.any')], ...list.map(one => [one.id, `${one.name} (${one.services})`])];
  const situations = orphan ? [...known, orphan] : known;
  return html`
    <details class="kern-accordion sp-quiet" open data-fold-small>
      <summary class="kern-accordion__header"><span class="kern-title kern-title--small">${t('services.filter')}</span></summary>
      <form class="kern-accordion__body kern-stack-lg" action="/services" method="get">
        ${filters.q && html`<input type="hidden" name="q" value="${filters.q}">`}
        ${filters.letter && html`<input type="hidden" name="letter" value="${filters.letter}">`}
        ${radios({ name: 'audience', label: t('services.for_whom'), value: filters.audience,
          options: [['', t('services.everyone')], ['people', t('services.people')], ['organisations', t('services.organisations')]] })}
        ${select({ name: 'topic', label: t('services.topic'), value: filters.topic, options: options(overview.items) })}
        ${situations.length > 0 && select({ name: 'situation', label: t('services.situation'), value: filters.situation, options: options(situations) })}
        <div class="sp-actions">
          <button class="kern-btn kern-btn--secondary" type="submit"><span class="kern-label">${t('services.apply')}</span></button>
          ${(filters.topic || filters.situation || filters.audience) && link(addressOf({ q: filters.q, letter: filters.letter }), t('services.reset'), 'tertiary')}
        </div>
      </form>
    </details>`;
};

const nothing = ({ filters }, t) => html`
  <div class="kern-stack-md">
    <p class="kern-body">${t('services.none_lead')}</p>
    <ul class="kern-list kern-list--bullet">
      <li>${t('services.none_word')}</li>
      ${(filters.topic || filters.situation || filters.audience) && html`<li>${t('services.none_filter')}</li>`}
      <li>${t('services.none_overview')}</li>
      <li>${t('services.none_contact')}</li>
    </ul>
    <div class="sp-actions">
      ${filters.q && (filters.topic || filters.situation || filters.audience) && link(addressOf({ q: filters.q }), t('services.reset'), 'primary')}
      ${link('/services', t('services.to_overview'))}
      ${link('/contact', t('services.contact'), 'tertiary')}
    </div>
  </div>`;

const list = ({ found, filters, later }, t) => html`
  <ul class="sp-rows kern-mt-md">${found.items.map(serviceRow)}</ul>
  <nav class="sp-actions kern-mt-lg" aria-label="${t('services.pages')}">
    ${found.next_cursor && link(addressOf(filters, { cursor: found.next_cursor }), t('services.more'))}
    ${later && link(addressOf(filters), t('services.first'), 'tertiary')}
  </nav>`;

const resultsPage = (data, t) => html`
  <div class="kern-container">
    ${crumbs(t)}
    <h1 class="kern-heading-large kern-mb-md">${headline(data, t)}</h1>
    ${search(data, t)}
    ${data.filters.letter && html`<div class="kern-mt-md">${letters(data, t)}</div>`}
    <div class="sp-split sp-split--left sp-section">
      <aside aria-label="${t('services.filter')}">${filterForm(data, t)}</aside>
      <section aria-labelledby="results">
        <h2 class="kern-sr-only" id="results">${t('services.results')}</h2>
        ${data.found.items.length ? list(data, t) : nothing(data, t)}
      </section>
    </div>
  </div>`;

export const page = (data, t) => {
  if (data.found) return resultsPage(data, t);
  return data.overview.total ? overviewPage(data, t) : nothingYet(t);
};

// Filters start folded where there is little room.
export function ready(main) {
  if (matchMedia('(max-width: 991px)').matches) for (const one of main.querySelectorAll('[data-fold-small]')) one.open = false;
}
