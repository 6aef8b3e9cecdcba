import { html } from '../js/html.js';
import { alert, check, facts, icon, idOf, link, named, submit, textLink, trail } from '../js/fields.js';
import { Problem } from '../js/problem.js';
import { date } from '../js/i18n.js';
import { explain, nameOf } from '../js/form-faults.js';
import { checkSection } from '../js/form-check.js';
import { collect, unread } from '../js/form-values.js';
import { controlsOf } from '../js/form-controls.js';
import { plain, sectionsShown } from '../js/form-shown.js';
import { controlsFor, inOrder, keysOf, parts, say } from '../js/form-schema.js';
import { attachForm, savedText } from '../js/form-page.js';
import { forget, openDraft, save } from '../js/request-draft.js';
import { deskPanel, savePdf } from '../js/request-shown.js';
import { cost, german } from '../js/services-shown.js';

// A form from its first page to the number of the request: a page for each section, a review, and what happens next.
export const texts = ['account', 'requests'];
export const access = 'person';

const pathOf = (id, step) => `/services/${id}/form?step=${step}`;
const sectionsOf = draft => parts(draft.schema);

const faultsOf = (draft, section) => {
  const open = unread(draft.schema, section, draft.typed);
  const others = checkSection(draft.schema, section, draft.data).filter(one => !open.some(other => other.field === one.field));
  const order = inOrder(draft.schema);
  return [...open, ...others].sort((a, b) => order(a.field, b.field));
};
const allFaults = draft => sectionsOf(draft).flatMap(([section]) => faultsOf(draft, section));

const inWords = (draft, faults) => faults.map(one => ({ ...one, text: explain(draft.schema, one, draft.data) }));
// Beside the controls of a page: a whole address that is missing has several.
const atControls = (draft, faults) => inWords(draft, faults.flatMap(one =>
  (one.code === 'missing' ? controlsFor(draft.schema, one.field).map(field => ({ ...one, field })) : [one])));

// Where somebody goes on: the first page that is not complete yet, or the review.
function stepToGoOn(draft) {
  if (!draft.saved || draft.formChanged) return 1;
  const open = sectionsOf(draft).findIndex(([section]) => faultsOf(draft, section).length);
  return open < 0 ? 'review' : open + 1;
}

function stepOf(wanted, draft) {
  if (wanted === 'review') return wanted;
  const number = Number(wanted);
  return Number.isInteger(number) && number >= 1 && number <= sectionsOf(draft).length ? number : stepToGoOn(draft);
}

// For its costs; one that was withdrawn meanwhile tells none any more.
const serviceOf = (api, id) => api.get(`/services/${id}`).catch(problem => {
  if (problem.type !== 'not_found') throw problem;
  return null;
});

// The draft of a service that was withdrawn is there still; only its form is not.
function orGone({ api, vars: { id } }, problem) {
  if (problem.type !== 'not_found') throw problem;
  return api.get(`/services/${id}/draft`);
}

export async function load(context) {
  const { api, vars: { id }, query, go } = context;
  const wanted = query.get('step');
  if (wanted === 'done') return { step: 'done', id, request: await api.get(`/requests/${encodeURIComponent(query.get('request') ?? '')}`) };
  if (wanted === 'delete') return { step: 'delete', id, draft: await api.get(`/services/${id}/draft`) }; // possible without its form too
  const draft = await openDraft(context, id, wanted !== null).catch(problem => orGone(context, problem));
  if (!draft.schema) return { step: 'gone', id, draft };
  if (wanted === null) {
    const start = await api.post(`/services/${id}/starts`);
    if (!start.ready) { // its page says what is missing, and leads there
      await go(`/services/${id}`, { replace: true });
      return { step: 1, id, draft };
    }
  }
  const step = stepOf(wanted, draft);
  const service = step === 'review' ? await serviceOf(api, id) : null;
  if (wanted === null) history.replaceState(history.state, '', pathOf(id, step)); // so that the way back leads to this page again
  return { step, id, draft, service, faults: null };
}

// --- what the pages share --------------------------------------------------------------------------------------------------------------

const crumbs = (draft, t) => trail([[`/services/${draft.service.id}`, german(draft.service.name)]], t('request.crumb'));

const progress = (at, of, name, t) => html`
  <div class="kern-progress sp-text kern-mb-lg">
    <label class="kern-label" for="progress">${t('request.step', { step: at, of, name })}</label>
    <progress id="progress" value="${at}" max="${of}"></progress>
  </div>`;

const changed = (draft, t) => draft.formChanged && alert('warning', t('request.form_changed_title'), t('request.form_changed'));

const leftOver = (draft, t) => draft.leftOver.length > 0 && alert('info', t('request.left_over_title'), html`
  <p class="kern-body">${t('request.left_over')}</p>
  ${facts(draft.leftOver.map(one => [one.title, plain(one.value) || t('request.no_answer')]))}`);

const top = (draft, at, name, t) => html`
  ${crumbs(draft, t)}
  ${progress(at, sectionsOf(draft).length + 1, name, t)}`;

// --- a page of the form ----------------------------------------------------------------------------------------------------------------

function stepPage({ draft, step, id }, t) {
  const [name, section] = sectionsOf(draft)[step - 1];
  const prefilled = draft.prefilled.some(label => label.startsWith(`data.${name}.`));
  return html`
    ${top(draft, step, say(section), t)}
    <h1 class="kern-heading-large">${say(section)}</h1>
    ${say(section, 'description') && html`<p class="kern-body sp-text">${say(section, 'description')}</p>`}
    ${changed(draft, t)}${leftOver(draft, t)}
    ${prefilled && html`<p class="kern-body sp-text sp-note">${icon('info')}<span>${t.html('request.prefilled_note', { link: html`<a class="kern-link kern-link--no-visited-state" href="/account/profile">${t('request.prefilled_link')}</a>` })}</span></p>`}
    <form class="kern-stack-xl kern-mt-lg" data-action="next" data-no-draft data-own-rules novalidate>
      <div class="kern-stack-xl" data-controls>${controlsOf(draft.schema, name, draft)}</div>
      ${submit(t('form.next'), html`${link(step > 1 ? pathOf(id, step - 1) : `/services/${id}`, t('form.back'))}${link('/requests', t('request.later'), 'tertiary')}`)}
      <p class="kern-body kern-body--small sp-muted" role="status" data-saved>${savedText(draft)}</p>
    </form>`;
}

// --- review ----------------------------------------------------------------------------------------------------------------------------

const stepOfLabel = (draft, label) => sectionsOf(draft).findIndex(([name]) => name === keysOf(label)[0]) + 1;

const openFaults = (draft, faults, id, t) => faults.length > 0 && alert('warning', t('request.open_faults', { count: faults.length }), html`
  <ul class="kern-list kern-list--bullet">${faults.map(one => html`
    <li><a class="kern-link kern-link--no-visited-state" href="${pathOf(id, stepOfLabel(draft, one.field) || 1)}#${idOf(controlsFor(draft.schema, one.field)[0])}">${named(nameOf(draft.schema, one.field), one.text)}</a></li>`)}
  </ul>`);

const costPanel = (service, t) => service && service.cost_cents !== 0 && cost(service) && html`
  <div class="sp-panel sp-panel--tint">
    <p class="kern-body kern-body--bold">${t.html('request.costs', { costs: cost(service) })}</p>
    <p class="kern-body">${t('request.costs_text')}</p>
  </div>`;

function reviewPage({ draft, id, service, faults }, t) {
  const open = inWords(draft, faults ?? allFaults(draft));
  const count = sectionsOf(draft).length;
  const change = (number, section) => html`
    <a class="kern-link kern-link--no-visited-state sp-tap" href="${pathOf(id, number)}">${icon('edit')}${t('form.change')}<span class="kern-sr-only">: ${say(section)}</span></a>`;
  return html`
    ${top(draft, count + 1, t('request.review_step'), t)}
    <h1 class="kern-heading-large">${t('request.review_title')}</h1>
    <p class="kern-body kern-mb-lg sp-text">${t('request.review_lead')}</p>
    ${changed(draft, t)}${leftOver(draft, t)}
    <div class="sp-review kern-stack-lg">
      ${openFaults(draft, open, id, t)}
      ${sectionsShown(draft.schema, draft.data, draft.files, { more: change, all: true })}
      <form class="kern-stack-lg" data-action="send" data-no-draft novalidate>
        ${costPanel(service, t)}
        ${check({ name: 'right', label: t('request.right'), says: t('request.right_short'), required: true })}
        ${submit(t('request.send'), html`${link(pathOf(id, count), t('form.back'))}${link('/requests', t('request.later'), 'tertiary')}`)}
      </form>
    </div>`;
}

// --- afterwards ------------------------------------------------------------------------------------------------------------------------

const donePage = ({ request }, t) => html`
  <div class="sp-split">
    <div>
      <div class="sp-panel sp-panel--done kern-stack-sm">
        ${html`<span class="kern-icon kern-icon--success kern-icon--x-large" aria-hidden="true"></span>`}
        <h1 class="kern-heading-large">${t('request.done_title')}</h1>
        <p class="kern-body">${german(request.service.name)}, ${date(request.submitted_at)}</p>
        <p class="kern-body">${t('request.number')}</p>
        <p class="kern-heading-medium">${request.number}</p>
      </div>
      <section class="kern-mt-xl" aria-labelledby="next">
        <h2 class="kern-heading-medium kern-mb-md" id="next">${t('request.next_title')}</h2>
        <ol class="sp-steps">${[1, 2, 3].map(i => html`
          <li><span class="kern-number" aria-hidden="true">${i}</span><div><h3 class="kern-title kern-title--small">${t(`request.next_${i}_title`)}</h3><p class="kern-body">${t(`request.next_${i}`)}</p></div></li>`)}
        </ol>
      </section>
      <form class="kern-mt-xl" data-action="pdf" novalidate>
        <div class="sp-actions" data-busy-place>
          ${link('/requests', t('request.to_requests'), 'primary')}
          <button class="kern-btn kern-btn--secondary" type="submit">${icon('download')}<span class="kern-label">${t('request.pdf')}</span></button>
        </div>
      </form>
    </div>
    ${request.desk && html`<aside aria-labelledby="questions">${deskPanel(request.desk, t('request.questions'))}</aside>`}
  </div>`;

const deletePage = ({ draft, id }, t) => html`
  ${crumbs(draft, t)}
  <h1 class="kern-heading-large">${t('request.delete_title')}</h1>
  <p class="kern-body kern-mb-lg sp-text">${t('request.delete_lead', { service: draft.service.name })}</p>
  <form data-action="remove" data-no-draft novalidate>${submit(t('request.delete_button'), link(`/services/${id}/form`, t('request.delete_keep')))}</form>`;

const gonePage = ({ draft, id }, t) => html`
  <h1 class="kern-heading-large">${t('request.gone_title')}</h1>
  <p class="kern-body kern-mb-lg sp-text">${t.html('request.gone', { service: german(draft.service.name), link: textLink('/account/export', t('request.gone_link')) })}</p>
  <div class="sp-actions">${link('/requests', t('request.to_requests'), 'primary')}${link(pathOf(id, 'delete'), t('request.delete_button'))}</div>`;

const pages = { review: reviewPage, done: donePage, delete: deletePage, gone: gonePage };

export const page = (data, t) => html`<div class="kern-container">${(pages[data.step] ?? stepPage)(data, t)}</div>`;

export const title = (t, { step, draft }) => {
  if (step === 'done') return t('request.done_title');
  const name = { review: t('request.review_title'), delete: t('request.delete_title'), gone: t('request.gone_title') }[step] ?? say(sectionsOf(draft)[step - 1][1]);
  return `${name} – ${draft.service.name}`;
};

export function ready(main, { api, session }, { step, draft }) {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) setTimeout(() => target.focus()); // after the page's heading had it
  if (typeof step !== 'number') return null;
  return attachForm(main.querySelector('form'), { draft, section: sectionsOf(draft)[step - 1][0], api, session });
}

// --- actions ---------------------------------------------------------------------------------------------------------------------------

const explained = (draft, problem) => (problem.errors?.length
  ? new Problem(problem.type, { ...problem, errors: atControls(draft, problem.errors) }) : problem);

// The form is another one now: the first page tells, with all that was typed.
async function orNewForm({ draft, id }, go, work) {
  try {
    return await work();
  } catch (problem) {
    if (problem.type !== 'form_changed') throw problem;
    draft.stale = true;
    await go(pathOf(id, 1), { replace: true });
    return false;
  }
}

// Another window was faster.
async function orSent(api, id, problem) {
  if (problem.type === 'precondition_failed' && !(await api.get(`/services/${id}/draft`)).saved) throw new Problem('not_found');
  throw problem;
}

export const actions = {
  async next(values, { api, go, form, data }) {
    const { draft, step, id } = data;
    const section = sectionsOf(draft)[step - 1][0];
    collect(form, draft.schema, section, draft);
    const faults = faultsOf(draft, section);
    if (faults.length) throw new Problem('bad_input', { errors: atControls(draft, faults) });
    const saved = await orNewForm(data, go, () => save(api, draft).then(() => true, problem => { throw explained(draft, problem); }));
    if (saved) await go(pathOf(id, step < sectionsOf(draft).length ? step + 1 : 'review'));
  },

  async send(values, { api, go, display, data }) {
    const { draft, id } = data;
    const faults = allFaults(draft);
    if (faults.length) return display({ ...data, faults });
    try {
      await orNewForm(data, go, async () => {
        await save(api, draft);
        const request = await api.post(`/services/${id}/requests`, undefined, draft.etag).catch(problem => orSent(api, id, problem));
        forget();
        await go(`${pathOf(id, 'done')}&request=${request.id}`, { replace: true });
      });
    } catch (problem) {
      if (!problem.errors?.length) throw problem;
      display({ ...data, faults: problem.errors });
    }
  },

  async pdf(values, { api, data: { request } }) { await savePdf(api, `/requests/${request.id}`, request.number); },

  async remove(values, { api, go, t, data: { id } }) {
    await api.delete(`/services/${id}/draft`).catch(problem => { if (problem.type !== 'not_found') throw problem; });
    forget();
    await go('/requests', { replace: true, notice: t('request.deleted') });
  },
};
