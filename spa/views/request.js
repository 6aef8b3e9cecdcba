import { html } from '../js/html.js';
import { alert, link, submit, trail } from '../js/fields.js';
import { date } from '../js/i18n.js';
import { sectionsShown } from '../js/form-shown.js';
import { deskPanel, fileList, history, pdfButton, saveAttachment, savePdf, stateBadge, writtenText } from '../js/request-shown.js';

// One request of one's own: what happened to it, what was sent, and the way back.
export const texts = ['account', 'requests'];
export const access = 'person';
export const title = (t, { request }) => t('request.title', { number: request.number });

export const load = async ({ api, vars: { id }, query }) => ({ request: await api.get(`/requests/${encodeURIComponent(id)}`), withdraw: query.get('step') === 'withdraw' });

const crumbs = (here, t) => trail([['/account', t('header.own_area')], ['/requests', t('requests.title')]], here);

// The desk waits for the person: that comes first.
function wanted({ state, events }, t) {
  if (state !== 'action_required') return null;
  const text = events.findLast(one => one.state === 'action_required')?.text;
  return alert('warning', t('request.action_title'), html`${text && writtenText(text)}<p class="kern-body">${t('request.action')}</p>`);
}

const withdrawPage = (request, t) => html`
  <div class="kern-container">
    ${crumbs(request.number, t)}
    <h1 class="kern-heading-large">${t('request.withdraw_title')}</h1>
    <p class="kern-body kern-mb-lg sp-text">${t('request.withdraw_lead', { service: request.service.name, number: request.number })}</p>
    <form data-action="withdraw" novalidate>${submit(t('request.withdraw_button'), link(`/requests/${request.id}`, t('request.withdraw_keep')))}</form>
  </div>`;

const requestPage = (request, t) => html`
  <div class="kern-container">
    ${crumbs(request.number, t)}
    <h1 class="kern-heading-large" lang="de">${request.service.name}</h1>
    <p class="kern-body sp-meta kern-mb-lg"><span>${t('request.head', { number: request.number, date: date(request.submitted_at) })}</span> ${stateBadge(request.state)}</p>
    ${wanted(request, t)}
    <div class="sp-split">
      <div class="kern-stack-xl">
        <section aria-labelledby="history">
          <h2 class="kern-heading-medium kern-mb-md" id="history">${t('request.history')}</h2>
          ${history(request.events)}
        </section>
        <section aria-labelledby="data">
          <h2 class="kern-heading-medium kern-mb-md" id="data">${t('request.data')}</h2>
          <div class="kern-stack-lg">${sectionsShown(request.form, request.data, request.files, { level: 3 })}</div>
        </section>
        ${request.files.length > 0 && html`
          <section aria-labelledby="files">
            <h2 class="kern-heading-medium kern-mb-md" id="files">${t('request.files')}</h2>
            ${fileList(request.files)}
          </section>`}
      </div>
      <aside class="kern-stack-lg" aria-label="${t('request.aside')}">
        ${deskPanel(request.desk, t('request.questions'))}
        ${pdfButton()}
        ${request.may_withdraw && html`<div class="sp-actions">${link(`/requests/${request.id}?step=withdraw`, t('request.withdraw'), 'tertiary')}</div>`}
      </aside>
    </div>
  </div>`;

export const page = ({ request, withdraw }, t) => (withdraw && request.may_withdraw ? withdrawPage : requestPage)(request, t);

export const actions = {
  async pdf(values, { api, data: { request } }) { await savePdf(api, `/requests/${request.id}`, request.number); },
  async file(values, { api, data: { request } }) { await saveAttachment(api, `/requests/${request.id}`, values); },
  async withdraw(values, { api, go, t, data: { request } }) {
    await api.post(`/requests/${request.id}/withdrawal`, undefined, request.etag);
    await go(`/requests/${request.id}`, { replace: true, notice: t('request.withdrawn') });
  },
};
