import { element, html } from './html.js';
import { fault, isSessionOver, Problem } from './problem.js';
import { remember, take } from './drafts.js';
import { t } from './i18n.js';
import { announce, icon, named } from './fields.js';
import { router } from './router.js';

// The one way a form works: its values are read, checked for what is plainly missing, and handed to the view's action that
// `data-action` names. Whatever fails is shown in a summary that takes the focus, and at the fields; what was typed stays.
const running = new WeakSet();

const valueOf = field => field.type === 'checkbox' ? field.checked : field.dataset.secret ? field.value : field.value.trim();

export function read(form, submitter) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || field.type === 'submit' || (field.type === 'radio' && !field.checked)) continue;
    values[field.name] = valueOf(field);
  }
  if (submitter?.name) values[submitter.name] = submitter.value;
  return values;
}

// { 'address.town': 'X' } becomes { address: { town: 'X' } }.
export function nest(values) {
  const result = {};
  for (const [name, value] of Object.entries(values)) {
    const [outer, inner] = name.split('.');
    if (inner) (result[outer] ??= {})[inner] = value;
    else result[outer] = value;
  }
  return result;
}

const labelOf = field => field.dataset.says ?? labelIn(field);
const labelIn = field => (field.type === 'radio' ? field.closest('fieldset')?.querySelector('legend') : field.labels?.[0])
  ?.firstChild?.textContent.trim() || field.name;

const fieldOf = (form, name) => form.querySelector(`[name="${CSS.escape(name)}"]`);

function missing(form) {
  const faults = [];
  const seen = new Set();
  for (const field of form.elements) {
    if (!field.required || seen.has(field.name)) continue;
    seen.add(field.name);
    const value = valueOf(field);
    const chosen = field.type !== 'radio' || form.querySelector(`[name="${field.name}"]:checked`);
    if (value === '' || value === false || !chosen) faults.push(...fault(field.name, 'missing').errors);
  }
  return faults;
}

// 'Verwenden Sie mindestens 8 Zeichen.' Most telling first: this form's words, this field's, anybody's.
function words({ field, code, text }, input) {
  if (text) return text; // the view knows better
  const policy = router.portal?.password_policy ?? {};
  const values = { min: policy.min_length, max: policy.max_length, count: [...(input?.value ?? '')].length };
  const key = [`error.${field}.${code}`, `error.${code}`].find(name => t.has(name)) ?? 'error.other';
  return t(key, values);
}

function wordsOf(problem, action) {
  const { type } = problem instanceof Problem ? problem : { type: 'internal' };
  const key = [`problem.${type}.${action}`, `problem.${type}`].find(name => t.has(`${name}.title`)) ?? 'problem.internal';
  const minutes = Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60));
  return { title: t(`${key}.title`), text: t(`${key}.text`, { count: minutes }) };
}

export function clear(root) {
  root.querySelectorAll('[data-error-summary], .kern-error').forEach(node => node.remove());
  root.querySelectorAll('[aria-invalid]').forEach(field => {
    field.removeAttribute('aria-invalid');
    field.classList.remove('kern-form-input__input--error', 'kern-form-check__checkbox--error', 'kern-form-check__radio--error');
    const described = (field.getAttribute('aria-describedby') ?? '').split(' ').filter(id => id && !id.endsWith('-error'));
    if (described.length) field.setAttribute('aria-describedby', described.join(' '));
    else field.removeAttribute('aria-describedby');
  });
  root.querySelectorAll('.kern-form-input--error, .kern-fieldset--error').forEach(node =>
    node.classList.remove('kern-form-input--error', 'kern-fieldset--error'));
  document.title = document.title.replace(new RegExp(`^${t('form.error_prefix')} `), '');
}

function mark(input, text) {
  const place = input.closest('[data-field]') ?? input.parentElement;
  const id = `${input.id}-error`;
  if (document.getElementById(id)) return;
  place.append(element(html`<p class="kern-error" id="${id}">${icon('danger')}<span class="kern-body">${text}</span></p>`));
  place.classList.add(place.classList.contains('kern-fieldset') ? 'kern-fieldset--error' : 'kern-form-input--error');
  const kind = { checkbox: 'kern-form-check__checkbox--error', radio: 'kern-form-check__radio--error' }[input.type];
  for (const one of kind ? place.querySelectorAll(`[name="${CSS.escape(input.name)}"]`) : [input]) {
    one.classList.add(kind ?? 'kern-form-input__input--error');
    one.setAttribute('aria-invalid', 'true');
  }
  input.setAttribute('aria-describedby', [input.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
}

// Above the heading, so that it is the first thing of the page; it takes the focus.
function summarise(main, title, body) {
  const box = element(html`
    <div class="kern-alert kern-alert--danger kern-mb-lg" role="alert" tabindex="-1" data-error-summary>
      <div class="kern-alert__header">${icon('danger')}<h2 class="kern-title kern-title--small">${title}</h2></div>
      <div class="kern-alert__body">${body}</div>
    </div>`);
  main.querySelector('h1').before(box);
  document.title = `${t('form.error_prefix')} ${document.title}`;
  box.focus({ preventScroll: true });
  box.scrollIntoView({ block: 'start' });
}

function showFaults(main, form, faults) {
  const lines = faults.map(one => {
    const input = fieldOf(form, one.field);
    const text = words(one, input);
    if (!input || input.type === 'hidden') {
      const name = `field.${one.field}`;
      return html`<li>${t.has(name) && `${t(name)}: `}${text}</li>`;
    }
    mark(input, text);
    return html`<li><a class="kern-link kern-link--no-visited-state sp-tap" href="#${input.id}" data-to-field>${named(labelOf(input), text)}</a></li>`;
  });
  summarise(main, t('form.faults', { count: faults.length }), html`<ul class="kern-list kern-list--bullet">${lines}</ul>`);
}

export function showProblem(main, form, problem) {
  clear(main);
  if (problem.errors?.length) return showFaults(main, form, problem.errors);
  const { title, text } = wordsOf(problem, form.dataset.action);
  summarise(main, title, html`
    <p class="kern-body">${text}</p>
    ${problem.type === 'precondition_failed' && html`<p><button class="kern-btn kern-btn--secondary" type="button" data-reload><span class="kern-label">${t('form.reload')}</span></button></p>`}
    ${['internal', 'unavailable'].includes(problem.type) && problem.requestId && html`<p class="kern-body kern-body--small sp-muted">${t('problem.request_id', { id: problem.requestId })}</p>`}`);
}

// A wait of more than 300 ms shows beside the button.
function busy(form) {
  const place = form.querySelector('[data-busy-place]') ?? form;
  let sign = null;
  const timer = setTimeout(() => {
    sign = element(html`<span class="sp-busy"><span class="kern-loader kern-loader--visible" aria-hidden="true"></span><span class="kern-body" role="status"></span></span>`);
    place.append(sign);
    sign.lastElementChild.textContent = t('form.sending'); // after it stands in the page, so that it is announced
  }, 300);
  form.setAttribute('aria-busy', 'true');
  return () => {
    clearTimeout(timer);
    sign?.remove();
    form.removeAttribute('aria-busy');
  };
}

async function run(main, form, submitter) {
  const { view, context, data } = router.current;
  clear(main);
  const faults = 'ownRules' in form.dataset ? [] : missing(form); // a view may check by rules of its own
  if (faults.length) return showFaults(main, form, faults);
  running.add(form);
  const done = busy(form);
  const giveBack = take(form);
  try {
    await view.actions[form.dataset.action](read(form, submitter), { ...context, data, form });
  } catch (problem) {
    giveBack();
    if (!(problem instanceof Problem)) console.error(problem);
    if (isSessionOver(problem) || problem.type === 'new_password_needed') return router.fail(problem);
    if (form.isConnected) showProblem(main, form, problem);
  } finally {
    done();
    running.delete(form);
  }
}

function reveal(button) {
  const input = document.getElementById(button.dataset.reveal);
  input.type = input.type === 'password' ? 'text' : 'password';
  const shown = input.type === 'text';
  button.setAttribute('aria-pressed', String(shown));
  button.querySelector('.kern-icon').className = `kern-icon kern-icon--visibility${shown ? '-off' : ''}`;
  announce(t(shown ? 'form.password_shown' : 'form.password_hidden'));
}

export function attachForms(main) {
  main.addEventListener('submit', event => {
    const form = event.target;
    if (!form.dataset.action) return;
    event.preventDefault();
    if (!running.has(form)) run(main, form, event.submitter);
  });
  for (const type of ['input', 'change']) main.addEventListener(type, event => remember(event.target));
  main.addEventListener('click', event => {
    const button = event.target.closest('[data-reveal]');
    if (button) reveal(button);
    if (event.target.closest('[data-reload]')) router.reload();
    const toField = event.target.closest('[data-to-field]');
    if (!toField) return;
    event.preventDefault();
    document.querySelector(toField.hash).focus();
  });
}
