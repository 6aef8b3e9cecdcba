import { html } from './html.js';
import { facts, named } from './fields.js';
import { date, i18n, t } from './i18n.js';
import { countryName } from './countries.js';
import { fileText } from './form-controls.js';
import { ADDRESS, kindOf, parts, say } from './form-schema.js';

// Answers as text: for the review, the person's own request and the desk.
const lines = list => list.map((one, i) => [i > 0 && html`<br>`, one]);
const titleOf = (options, value) => { const found = options.find(one => one.const === value); return found ? say(found) : value; };

const addressText = one => lines([`${one.street ?? ''} ${one.house_number ?? ''}`.trim(), `${one.postal_code ?? ''} ${one.town ?? ''}`.trim(),
  one.country && one.country !== 'DE' && countryName(one.country)].filter(Boolean));

const texts = {
  text: (field, value) => value,
  long_text: (field, value) => lines(value.split('\n')),
  number: (field, value) => value.toLocaleString(i18n.language, { maximumFractionDigits: 10 }),
  date: (field, value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? date(value) : value),
  choice: (field, value) => titleOf(field.oneOf, value),
  several: (field, value) => lines(value.map(one => titleOf(field.items.oneOf, one))),
  yes_no: (field, value) => (value ? t('request.yes') : t('request.no')),
  consent: () => t('request.confirmed'),
  address: (field, value) => html`${addressText(value)}`,
  file: (field, value, files) => fileName(value, files),
  files: (field, value, files) => lines(value.map(one => fileName(one, files))),
  group: (field, value, files) => html`<div class="kern-stack-sm">${value.map((one, i) => html`
    <div>
      <p class="kern-body kern-body--bold">${t('request.item', { name: say(field.items), number: i + 1 })}</p>
      ${Object.keys(one).length ? parts(field.items).filter(([name]) => one[name] !== undefined).map(([name, inner]) =>
        html`<p class="kern-body">${named(say(inner), '')}${shown(inner, one[name], files)}</p>`) : html`<p class="kern-body sp-muted">${t('request.no_answer')}</p>`}
    </div>`)}</div>`,
};

function fileName(id, files) {
  const file = files.find(one => one.id === id);
  return file ? fileText(file) : t('file.gone');
}

const shown = (field, value, files) => texts[kindOf(field)](field, value, files);

// The rows of a section. With `all`, what was not answered is named too.
export const rowsOf = (section, answers = {}, files, { all = false } = {}) => parts(section).map(([name, field]) => {
  const value = answers[name];
  if (value === undefined) return [say(field), all && html`<span class="sp-muted">${t('request.no_answer')}</span>`];
  return [say(field), shown(field, value, files)];
}).filter(([, value]) => value !== false);

// A summary of each section; `more(name, section)` stands in its head.
export const sectionsShown = (schema, data, files, { more, all, level = 2 } = {}) => parts(schema).map(([name, section], i) => {
  const rows = rowsOf(section, data[name], files, { all });
  const heading = html`<span class="kern-number" aria-hidden="true">${i + 1}</span>${say(section)}`;
  return html`
    <section class="kern-summary" aria-labelledby="sum-${name}">
      <div class="kern-summary__header sp-between">
        ${level === 2 ? html`<h2 class="kern-title kern-summary__title-wrapper" id="sum-${name}">${heading}</h2>`
          : html`<h3 class="kern-title kern-summary__title-wrapper" id="sum-${name}">${heading}</h3>`}
        ${more?.(i + 1, section)}
      </div>
      <div class="kern-summary__body">${rows.length ? facts(rows) : html`<p class="kern-body sp-muted">${t('request.no_answer')}</p>`}</div>
    </section>`;
});

const isAddress = value => value !== null && typeof value === 'object' && 'postal_code' in value;

// What did not fit any more: values of any form
export const plain = value => (typeof value === 'boolean' ? t(value ? 'request.yes' : 'request.no')
  : isAddress(value) ? ADDRESS.filter(part => value[part] && part !== 'country').map(part => value[part]).join(' ')
  : value !== null && typeof value === 'object' ? Object.values(value).map(plain).join(', ') : String(value ?? ''));
