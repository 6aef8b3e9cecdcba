import { element, html } from './html.js';
import { t } from './i18n.js';

// The markup of controls, so that a view says what it asks and not how that looks. All are KERN's.

// Our own line drawings, by their name in icons.svg.
export const pic = (name, kind = 'tile') =>
  html`<svg class="sp-pic ${kind && 'sp-pic--tile'} ${kind === 'large' && 'sp-pic--large'}" aria-hidden="true" focusable="false"><use href="/icons.svg#${name}"></use></svg>`;
export const icon = name => html`<span class="kern-icon kern-icon--${name}" aria-hidden="true"></span>`;

// An e-mail address may break after the @.
export const mailText = address => html`${address.split('@')[0]}@<wbr>${address.split('@').slice(1).join('@')}`;

// 'Name: Füllen Sie ...'; a name that is a sentence or a question has its sign already.
export const named = (name, text) => (/[?!]$/.test(name) ? `${name} ${text}` : `${name.replace(/[.:]$/, '')}: ${text}`);

export const idOf = name => `f-${name.replace(/[^\w-]+/g, '-')}`;
const has = (flag, markup) => flag && markup;

// One line to type in: { name, label, hint, type, value, autocomplete, required, optional, short, inputmode, describe, keep, says }. `describe` is
// the id of a text that belongs to it; `says` is its name in the summary of faults, where the label alone would not tell it from others.
// What is too long is not cut off in silence: the server says so.
export function field(options) {
  const { name, label, hint, type = 'text', value = '', autocomplete = 'off', required = true, short, inputmode, describe, keep = true, says } = options;
  const id = idOf(name);
  const described = [hint && `${id}-hint`, describe].filter(Boolean).join(' ');
  return html`
    <div class="kern-form-input ${short && 'sp-short'}" data-field="${name}">
      <label class="kern-label" for="${id}">${label}${!required && html` <span class="kern-label__optional">${t('form.optional')}</span>`}</label>
      ${has(hint, html`<div class="kern-hint" id="${id}-hint">${hint}</div>`)}
      <input class="kern-form-input__input" id="${id}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}"
        ${has(described, html`aria-describedby="${described}"`)} ${has(required, html`required`)}
        ${has(!keep, html`data-no-draft`)} ${has(inputmode, html`inputmode="${inputmode}"`)} ${has(says, html`data-says="${says}"`)}
        ${has(type === 'email', html`autocapitalize="none" spellcheck="false"`)}>
    </div>`;
}

// A password, with a button that shows it. { name, label, hint, autocomplete, describe }
export function password(options) {
  const { name, label, hint, autocomplete = 'current-password', describe, value = '' } = options;
  const id = idOf(name);
  const described = [hint && `${id}-hint`, describe].filter(Boolean).join(' ');
  return html`
    <div class="kern-form-input" data-field="${name}">
      <label class="kern-label" for="${id}">${label}</label>
      ${has(hint, html`<div class="kern-hint" id="${id}-hint">${hint}</div>`)}
      <div class="kern-input-group">
        <input class="kern-form-input__input" id="${id}" name="${name}" type="password" data-secret="yes" autocomplete="${autocomplete}" required
          value="${value}" autocapitalize="none" spellcheck="false" ${has(described, html`aria-describedby="${described}"`)}>
        <button class="kern-btn kern-btn--secondary" type="button" data-reveal="${id}" aria-pressed="false"
          aria-label="${t('form.show_password')}">${icon('visibility')}<span class="kern-label">${t('form.show')}</span></button>
      </div>
    </div>`;
}

const described = (...ids) => has(ids.some(Boolean), html`aria-describedby="${ids.filter(Boolean).join(' ')}"`);

// Several lines. { name, label, hint, value, required, rows, describe, says }
export function area({ name, label, hint, value = '', required = true, rows = 8, describe, says }) {
  const id = idOf(name);
  return html`
    <div class="kern-form-input" data-field="${name}">
      <label class="kern-label" for="${id}">${label}${!required && html` <span class="kern-label__optional">${t('form.optional')}</span>`}</label>
      ${has(hint, html`<div class="kern-hint" id="${id}-hint">${hint}</div>`)}
      <textarea class="kern-form-input__input" id="${id}" name="${name}" rows="${rows}" ${has(required, html`required`)}
        ${described(hint && `${id}-hint`, describe)} ${has(says, html`data-says="${says}"`)}>${value}</textarea>
    </div>`;
}

// One of a list. { name, label, hint, value, options: [[value, words], ...], required, describe, says }
export function select({ name, label, hint, value = '', options, required = true, autocomplete = 'off', short, describe, says }) {
  const id = idOf(name);
  return html`
    <div class="kern-form-input ${short && 'sp-short'}" data-field="${name}">
      <label class="kern-label" for="${id}">${label}${!required && html` <span class="kern-label__optional">${t('form.optional')}</span>`}</label>
      ${has(hint, html`<div class="kern-hint" id="${id}-hint">${hint}</div>`)}
      <div class="kern-form-input__select-wrapper">
        <select class="kern-form-input__select" id="${id}" name="${name}" autocomplete="${autocomplete}" ${described(hint && `${id}-hint`, describe)} ${has(says, html`data-says="${says}"`)}>
          ${options.map(([key, words]) => html`<option value="${key}" ${has(key === value, html`selected`)}>${words}</option>`)}
        </select>
      </div>
    </div>`;
}

// A box to tick. { name, label (may be html``), hint, says (a short name of it, for the summary of errors), checked, required }
export function check({ name, label, hint, says, checked = false, required = false }) {
  const id = idOf(name);
  return html`
    <div class="kern-fieldset" data-field="${name}">
      <div class="kern-fieldset__body">
        <div class="kern-form-check">
          <input class="kern-form-check__checkbox" id="${id}" name="${name}" type="checkbox" ${has(says, html`data-says="${says}"`)} ${has(checked, html`checked`)} ${has(required, html`required`)}
            ${described(hint && `${id}-hint`)}>
          <label class="kern-label" for="${id}">${label}</label>
        </div>
        ${has(hint, html`<div class="kern-hint" id="${id}-hint">${hint}</div>`)}
      </div>
    </div>`;
}

// A few, all in sight, of which one (`radio`) or several (`checkbox`) are chosen.
function few(type, { name, label, hint, values, options, required = true, describe, says }) {
  const id = idOf(name);
  return html`
    <fieldset class="kern-fieldset" data-field="${name}" ${described(hint && `${id}-hint`, describe)}>
      <legend class="kern-label">${label}${!required && html` <span class="kern-label__optional">${t('form.optional')}</span>`}</legend>
      ${has(hint, html`<div class="kern-hint" id="${id}-hint">${hint}</div>`)}
      <div class="kern-fieldset__body">
        ${options.map(([key, words], i) => html`
          <div class="kern-form-check">
            <input class="kern-form-check__${type}" id="${i ? `${id}-${i}` : id}" name="${name}" type="${type}" value="${key}" ${has(values.includes(key), html`checked`)}
              ${has(says ?? (type === 'checkbox' && label), html`data-says="${says ?? label}"`)}>
            <label class="kern-label" for="${i ? `${id}-${i}` : id}">${words}</label>
          </div>`)}
      </div>
    </fieldset>`;
}

// { name, label, hint, value, options: [[value, words], ...], required, describe, says }
export const radios = ({ value = '', ...options }) => few('radio', { ...options, values: [value] });
// { name, label, hint, values: [...], options: [[value, words], ...], required, describe, says }
export const boxes = options => few('checkbox', options);

const label = words => html`<span class="kern-label">${words}</span>`;
// kind: primary, secondary, tertiary
export const link = (href, words, kind = 'secondary') => html`<a class="kern-btn kern-btn--${kind}" href="${href}">${label(words)}</a>`;
export const textLink = (href, words) => html`<a class="kern-link kern-link--no-visited-state" href="${href}">${words}</a>`;
export const tapLink = (href, words) => html`<a class="kern-link kern-link--no-visited-state sp-tap" href="${href}">${words}</a>`;

// The end of a form: its one primary button, and what else there is (html``). The waiting is shown beside it.
export const submit = (words, more, { kind = 'primary', value } = {}) => html`
  <div class="sp-actions" data-busy-place>
    <button class="kern-btn kern-btn--${kind}" type="submit" ${has(value, html`name="button" value="${value}"`)}>${label(words)}</button>
    ${more}
  </div>`;

// kind: info, success, warning, danger. `body` may be text or html``.
export function alert(kind, title, body, { level = 2, element: asElement = false } = {}) {
  const heading = level === 3 ? html`<h3 class="kern-title kern-title--small">${title}</h3>` : html`<h2 class="kern-title kern-title--small">${title}</h2>`;
  const markup = html`
    <div class="kern-alert kern-alert--${kind} kern-my-lg">
      <div class="kern-alert__header">${icon(kind)}${heading}</div>
      ${has(body, html`<div class="kern-alert__body">${typeof body === 'string' ? html`<p class="kern-body">${body}</p>` : body}</div>`)}
    </div>`;
  return asElement ? element(markup) : markup;
}

// Facts: [[key, value (text or html``)], ...]; a row whose value is null, undefined or '' is left out.
export const facts = rows => html`
  <dl class="kern-description-list">
    ${rows.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([key, value]) => html`
      <div class="kern-description-list-item">
        <dt class="kern-description-list-item__key">${key}</dt>
        <dd class="kern-description-list-item__value">${value}</dd>
      </div>`)}
  </dl>`;

// A quiet page with a drawing: nothing there, not found, done. { drawing, title, text, more, actions, level }
export const plainPage = ({ drawing, title, text, more, actions }) => html`
  <div class="kern-container">
    <div class="sp-text kern-stack-lg sp-section">
      ${pic(drawing, 'large')}
      <div>
        <h1 class="kern-heading-large">${title}</h1>
        <p class="kern-body kern-body--large">${text}</p>
        ${more}
      </div>
      ${has(actions, html`<div class="sp-actions">${actions}</div>`)}
    </div>
  </div>`;

// The way to a page: [[address, words], ...], then the page itself, where it has a name.
export const trail = (steps, here) => html`
  <nav class="sp-crumbs" aria-label="${t('crumbs')}">
    <ol>
      ${steps.map(([href, words]) => html`<li>${tapLink(href, words)}</li>`)}
      ${has(here, html`<li><span class="kern-body" aria-current="page">${here}</span></li>`)}
    </ol>
  </nav>`;

// Says something to screen readers without moving the focus.
export function announce(words) {
  const place = document.getElementById('status');
  if (place) place.textContent = words;
}

// A wait of more than 300 ms becomes visible; the old content stays. Returns what ends it.
export function waiting() {
  const sign = document.getElementById('waiting');
  const timer = setTimeout(() => {
    sign.hidden = false;
    announce(t('form.waiting'));
  }, 300);
  return () => {
    clearTimeout(timer);
    sign.hidden = true;
  };
}
