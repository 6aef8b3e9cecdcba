import { html } from '../js/html.js';
import { fault, Problem } from '../js/problem.js';
import { check, facts, field, icon, link, mailText, password, submit, textLink } from '../js/fields.js';
import { unsent } from '../js/drafts.js';
import { showProblem } from '../js/forms.js';
import { i18n } from '../js/i18n.js';
import { accountCards } from '../js/account-cards.js';
import { brokenRule, rulesPanel, watchRules } from '../js/password-rules.js';

// One thing per page: which account, the name, the login, the review. What was entered waits in this module until it is sent, the
// password too: it is never written anywhere else, and never shown.
const STEPS = ['name', 'login', 'review'];
const FIELDS = { title: 'name', first_name: 'name', last_name: 'name', email: 'login', password: 'login' };
let entries = {};

const path = step => `/register?step=${step}`;

// Nobody reviews what was not entered: a link into the middle leads to the first open step.
function stepOf(query) {
  const wanted = query.get('step') ?? 'kind';
  if (wanted === 'sent') return entries.sent ? 'sent' : 'kind';
  const reached = !entries.first_name ? 0 : !entries.password ? 1 : 2;
  return STEPS.includes(wanted) ? STEPS[Math.min(STEPS.indexOf(wanted), reached)] : 'kind';
}

export const load = ({ query, session, go }) => {
  if (session.open) go('/account', { replace: true });
  return { step: stepOf(query) };
};

export const title = (t, { step }) => (STEPS.includes(step)
  ? t('register.title_step', { step: STEPS.indexOf(step) + 1 }) : step === 'sent' ? t('register.sent.title') : t('register.title'));

const progress = (step, t) => html`
  <div class="kern-progress sp-text kern-mb-lg">
    <label class="kern-label" for="progress">${t('register.step', { step: STEPS.indexOf(step) + 1, name: t(`register.${step}.step`) })}</label>
    <progress id="progress" value="${STEPS.indexOf(step) + 1}" max="3"></progress>
  </div>`;

const top = (step, t) => html`
  ${progress(step, t)}
  <h1 class="kern-heading-large">${t(`register.${step}.title`)}</h1>
  <p class="kern-body kern-mb-lg sp-text">${t(`register.${step}.lead`)}</p>`;

const pages = {
  kind: t => html`
    <h1 class="kern-heading-x-large">${t('register.kind.title')}</h1>
    <p class="kern-body kern-body--large kern-mb-lg sp-text">${t('register.kind.lead')}</p>
    ${accountCards(t, { href: path('name'), level: 2 })}
    <p class="kern-body kern-mt-xl">${t('register.kind.have')} ${textLink('/login', t('header.login'))}</p>`,

  name: t => html`
    ${top('name', t)}
    <form class="kern-stack-lg" data-action="name" novalidate>
      ${field({ name: 'title', label: t('field.title'), hint: t('field.title_hint'), value: entries.title, required: false, short: true, autocomplete: 'honorific-prefix' })}
      ${field({ name: 'first_name', label: t('field.first_name'), value: entries.first_name, autocomplete: 'given-name' })}
      ${field({ name: 'last_name', label: t('field.last_name'), value: entries.last_name, autocomplete: 'family-name' })}
      ${submit(t('form.next'), link('/register', t('form.back')))}
    </form>`,

  login: (t, { portal }) => html`
    ${top('login', t)}
    <form class="kern-stack-lg" data-action="login" novalidate>
      ${field({ name: 'email', label: t('field.email'), hint: t('register.login.email_hint'), type: 'email', value: entries.email, autocomplete: 'username' })}
      ${password({ name: 'password', label: t('field.password'), autocomplete: 'new-password', describe: 'rules', value: entries.password })}
      ${rulesPanel(portal.password_policy)}
      ${submit(t('form.next'), link(path('name'), t('form.back')))}
    </form>`,

  review: t => html`
    ${top('review', t)}
    <div class="sp-review kern-stack-lg">
      ${summary('name', 1, [[t('field.title'), entries.title], [t('field.first_name'), entries.first_name], [t('field.last_name'), entries.last_name]], t)}
      ${summary('login', 2, [[t('field.email'), mailText(entries.email)], [t('field.password'), html`<span class="sp-muted">${t('register.review.hidden')}</span>`]], t)}
      <form class="kern-stack-lg" data-action="create" novalidate>
        <div>
          <h2 class="kern-title">${t('register.review.consent_title')}</h2>
          <p class="kern-body kern-mb-sm sp-text">${t.html('register.review.consent_text', { link: textLink('/privacy', t('register.review.consent_link')) })}</p>
          ${check({ name: 'consent', label: t('register.review.consent'), says: t('register.review.consent_title'), required: true })}
        </div>
        ${submit(t('register.review.create'), link(path('login'), t('form.back')))}
      </form>
    </div>`,

  sent: t => html`
    <div class="sp-text kern-stack-lg">
      <div>
        <h1 class="kern-heading-large">${t('register.sent.title')}</h1>
        <p class="kern-body kern-body--large">${t.html('register.sent.lead', { email: html`<strong>${mailText(entries.sent)}</strong>` })}</p>
      </div>
      <ol class="sp-steps">
        ${[1, 2, 3].map(i => html`<li><span class="kern-number" aria-hidden="true">${i}</span><div>
          <h2 class="kern-title kern-title--small">${t(`register.sent.${i}_title`)}</h2><p class="kern-body">${t(`register.sent.${i}`)}</p>
        </div></li>`)}
      </ol>
      <p class="kern-body">${t('register.sent.wrong')} ${textLink('/register?step=login', t('register.sent.again'))}</p>
    </div>`,
};

const summary = (step, number, rows, t) => html`
  <section class="kern-summary" aria-labelledby="sum-${step}">
    <div class="kern-summary__header sp-between">
      <h2 class="kern-title kern-summary__title-wrapper" id="sum-${step}"><span class="kern-number">${number}</span>${t(`register.${step}.step`)}</h2>
      <a class="kern-link kern-link--no-visited-state sp-tap" href="${path(step)}">${icon('edit')}${t('form.change')}<span class="kern-sr-only">: ${t(`register.${step}.step`)}</span></a>
    </div>
    <div class="kern-summary__body">${facts(rows)}</div>
  </section>`;

export const page = ({ step }, t, context) => html`<div class="kern-container">${pages[step](t, context)}</div>`;

export const ready = (main, context, { step }) => (step === 'login' ? watchRules(main, 'password', context) : undefined);

// The server may find what the forms did not: the faults are shown where they can be repaired.
async function repair(problem, context) {
  const step = FIELDS[problem.errors[0]?.field];
  if (!step) throw problem;
  await context.go(path(step));
  const main = document.querySelector('main');
  showProblem(main, main.querySelector('form[data-action]'), problem);
}

export const actions = {
  async name(values, { go }) {
    Object.assign(entries, values);
    unsent.add('registration');
    await go(path('login'));
  },

  async login(values, { go, portal }) {
    Object.assign(entries, values);
    const errors = [];
    if (!/^[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+$/.test(values.email) || /[^ -~]/.test(values.email)) errors.push(...fault('email', 'format').errors);
    const broken = brokenRule(portal.password_policy, values.password);
    if (broken) errors.push(...fault('password', broken).errors);
    if (errors.length) {
      delete entries.password;
      throw new Problem('bad_input', { errors });
    }
    await go(path('review'));
  },

  async create(values, context) {
    const { first_name, last_name, email, password: secret } = entries;
    const body = { first_name, last_name, email, password: secret, consent_version: context.portal.consent_version, language: i18n.language };
    if (entries.title) body.title = entries.title;
    try {
      await context.api.post('/registrations', body);
    } catch (problem) {
      if (!(problem instanceof Problem) || !problem.errors.length) throw problem;
      if (problem.errors.some(one => one.field === 'consent_version')) Object.assign(context.portal, await context.api.get('/portal'));
      return repair(problem, context);
    }
    entries = { first_name, last_name, title: entries.title, email, sent: email };
    unsent.delete('registration');
    context.session.lastEmail = email;
    await context.go(path('sent'), { replace: true });
  },
};
