import { html } from '../js/html.js';
import { facts, icon, submit } from '../js/fields.js';
import { dateTime } from '../js/i18n.js';
import { crumbs, deviceName } from '../js/own-area.js';

export const texts = 'account';
export const access = 'person';
export const title = t => t('sessions.title');
export const load = async ({ api }) => (await api.get('/sessions')).items;

const end = (one, t) => html`
  <form data-action="end" novalidate>
    <input type="hidden" name="id" value="${one.id}">
    <div class="sp-actions" data-busy-place>
      <button class="kern-btn kern-btn--secondary" type="submit" aria-label="${t('sessions.end_this', { device: deviceName(one.device) })}"><span class="kern-label">${t('sessions.end')}</span></button>
    </div>
  </form>`;

const card = (one, t) => html`
  <li class="kern-summary" aria-labelledby="s-${one.id}">
    <div class="kern-summary__header sp-between">
      <h2 class="kern-title" id="s-${one.id}">${deviceName(one.device)}</h2>
      ${one.current
        ? html`<span class="kern-badge kern-badge--success">${icon('success')}<span class="kern-label">${t('sessions.current')}</span></span>`
        : end(one, t)}
    </div>
    <div class="kern-summary__body">${facts([
      [t('sessions.last'), dateTime(one.last_action_at)],
      [t('sessions.since'), dateTime(one.created_at)],
      [t('sessions.with'), t(`sessions.opened.${one.opened_by}`)],
      [t('sessions.source'), one.source],
    ])}</div>
  </li>`;

export const page = (items, t) => html`
  <div class="kern-container">
    ${crumbs(t('sessions.title'))}
    <h1 class="kern-heading-large">${t('sessions.title')}</h1>
    <p class="kern-body kern-mb-lg sp-text">${t('sessions.lead', { count: items.length })}</p>
    <ul class="sp-plain sp-review kern-stack-lg">${items.map(one => card(one, t))}</ul>
    ${items.length > 1 && html`<form class="kern-mt-xl" data-action="endOthers" novalidate>${submit(t('sessions.end_others'))}</form>`}
  </div>`;

export const actions = {
  async end({ id }, { api, reload, t }) {
    await api.delete(`/sessions/${id}`).catch(problem => { if (problem.type !== 'not_found') throw problem; }); // ended meanwhile
    await reload({ notice: t('sessions.ended') });
  },

  async endOthers(values, { api, reload, t }) {
    await api.delete('/sessions/others');
    await reload({ notice: t('sessions.others_ended') });
  },
};
