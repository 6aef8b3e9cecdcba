import { html } from '../js/html.js';
import { alert, area, facts, mailText, radios, submit, trail } from '../js/fields.js';
import { fault } from '../js/problem.js';
import { date } from '../js/i18n.js';
import { sectionsShown } from '../js/form-shown.js';
import { fileList, history, pdfButton, saveAttachment, savePdf, stateBadge } from '../js/request-shown.js';

// A request as the desk sees it, with the next state and a text to the person.
export const texts = ['account', 'requests', 'desk'];
export const access = 'person';
export const title = (t, request) => t('request.title', { number: request.number });
export const load = ({ api, vars: { id } }) => api.get(`/desk/requests/${encodeURIComponent(id)}`);

const crumbs = (here, t) => trail([['/desk', t('desk.title')]], here);

const personFacts = ({ person }, t) => (person
  ? facts([[t('desk.name'), `${person.first_name} ${person.last_name}`],
    [t('desk.email'), html`<a class="kern-link kern-link--no-visited-state" href="mailto:${person.email}">${mailText(person.email)}</a>`],
    [t('desk.level'), t(`desk.level_${person.level}`)]])
  : html`<p class="kern-body">${t('desk.gone')}</p>`);

const change = (request, t) => html`
  <section class="sp-panel sp-panel--tint" aria-labelledby="change">
    <h2 class="kern-title kern-mb-md" id="change">${t('desk.change')}</h2>
    <form class="kern-stack-lg" data-action="change" novalidate>
      ${radios({ name: 'state', label: t('desk.new_state'), options: request.may_become.map(state => [state, t(`state.${state}`)]) })}
      ${area({ name: 'text', label: t('desk.text'), hint: t('desk.text_hint'), required: false, rows: 6 })}
      ${submit(t('desk.save'))}
    </form>
  </section>`;

const answer = (request, t) => {
  if (request.may_become.length && request.may_write) return change(request, t);
  return html`<p class="kern-body sp-muted">${t(request.may_become.length ? 'desk.may_read' : 'desk.ended')}</p>`;
};

export const page = (request, t) => html`
  <div class="kern-container">
    ${crumbs(request.number, t)}
    <h1 class="kern-heading-large" lang="de">${request.service.name}</h1>
    <p class="kern-body sp-meta kern-mb-lg"><span>${t('request.head', { number: request.number, date: date(request.submitted_at) })}</span> ${stateBadge(request.state)}</p>
    ${request.state === 'withdrawn' && alert('info', t('desk.withdrawn'))}
    <div class="sp-split">
      <div class="kern-stack-xl">
        <section aria-labelledby="person">
          <h2 class="kern-heading-medium kern-mb-md" id="person">${t('desk.person')}</h2>
          ${personFacts(request, t)}
        </section>
        <section aria-labelledby="data">
          <h2 class="kern-heading-medium kern-mb-md" id="data">${t('desk.data')}</h2>
          <div class="kern-stack-lg">${sectionsShown(request.form, request.data, request.files, { level: 3, all: true })}</div>
        </section>
        ${request.files.length > 0 && html`
          <section aria-labelledby="files">
            <h2 class="kern-heading-medium kern-mb-md" id="files">${t('request.files')}</h2>
            ${fileList(request.files)}
          </section>`}
        <section aria-labelledby="history">
          <h2 class="kern-heading-medium kern-mb-md" id="history">${t('request.history')}</h2>
          ${history(request.events)}
        </section>
      </div>
      <aside class="kern-stack-lg" aria-label="${t('desk.change')}">${answer(request, t)}${pdfButton()}</aside>
    </div>
  </div>`;

export const actions = {
  async pdf(values, { api, data }) { await savePdf(api, `/desk/requests/${data.id}`, data.number); },
  async file(values, { api, data }) { await saveAttachment(api, `/desk/requests/${data.id}`, values); },
  async change({ state, text }, { api, t, data, reload }) {
    if (!state) throw fault('state', 'missing');
    await api.post(`/desk/requests/${data.id}/states`, { state, ...(text ? { text } : {}) }, data.etag);
    await reload({ notice: t('desk.changed', { state: t(`state.${state}`) }) });
  },
};
