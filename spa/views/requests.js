import { html } from '../js/html.js';
import { icon, link, pic } from '../js/fields.js';
import { crumbs } from '../js/own-area.js';
import { draftRow, requestRow } from '../js/request-shown.js';

// One's own requests: drafts to go on with, then what was sent, newest first.
export const texts = ['account', 'requests'];
export const access = 'person';
export const title = t => t('requests.title');

export const load = async ({ api, query }) => {
  const cursor = query.get('cursor');
  const found = await api.get(`/requests?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
  return { ...found, later: Boolean(cursor) };
};

// The ways out of a draft stand beside its name, so that its name alone is the link.
const deleteLink = ({ service }, t) => html`<a class="kern-btn kern-btn--tertiary" href="/services/${service.id}/form?step=delete"
  aria-label="${t('requests.delete_this', { service: service.name })}">${icon('delete')}<span class="kern-label">${t('requests.delete')}</span></a>`;

const nothing = t => html`
  <div class="sp-text kern-stack-lg">
    ${pic('document', 'large')}
    <p class="kern-body kern-body--large">${t('requests.none')}</p>
    <div class="sp-actions">${link('/services', t('requests.find'), 'primary')}</div>
  </div>`;

export const page = ({ items, drafts = [], next_cursor: next, later }, t) => html`
  <div class="kern-container">
    ${crumbs(t('requests.title'))}
    <h1 class="kern-heading-large kern-mb-lg">${t('requests.title')}</h1>
    ${!items.length && !drafts.length && !later && nothing(t)}
    <div class="sp-review kern-stack-xl">
      ${drafts.length > 0 && html`
        <section aria-labelledby="drafts">
          <h2 class="kern-heading-medium kern-mb-md" id="drafts">${t('requests.drafts')}</h2>
          <ul class="sp-rows">${drafts.map(one => draftRow(one, deleteLink(one, t)))}</ul>
        </section>`}
      ${items.length > 0 && html`
        <section aria-labelledby="sent">
          <h2 class="kern-heading-medium kern-mb-md" id="sent">${t('requests.sent_title')}</h2>
          <ul class="sp-rows">${items.map(requestRow)}</ul>
        </section>`}
    </div>
    <div class="sp-actions kern-mt-lg">
      ${next && link(`/requests?cursor=${encodeURIComponent(next)}`, t('requests.older'))}
      ${later && link('/requests', t('requests.latest'), 'tertiary')}
    </div>
  </div>`;
