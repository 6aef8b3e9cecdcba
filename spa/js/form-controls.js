import { html } from './html.js';
import { area, boxes, check, field as line, icon, idOf, pic, radios, select } from './fields.js';
import { i18n, shortDate, t } from './i18n.js';
import { countries } from './countries.js';
import { ADDRESS, isRequired, kindOf, labelOf, parts, say, valueAt } from './form-schema.js';

// The controls of a form's fields. `state` is what request-draft.js holds: { data, typed, files, prefilled }. Names of controls are the
// labels of the API, so that its faults find their fields.
const FEW = 6; // as many choices stand in sight; more fold into a list

const filled = (state, label) => state.prefilled.some(one => one === label || one.startsWith(`${label}.`));

// What stands before more words ends as a sentence does.
const sentences = words => words.map((one, i) => (i < words.length - 1 && !/[.?!]$/.test(one) ? `${one}.` : one)).join(' ');

// The form's own words, and where the value came from.
function hintOf(field, state, label, more) {
  const words = [say(field, 'description'), more, filled(state, label) && t('request.prefilled')].filter(Boolean);
  return words.length ? sentences(words) : null;
}

const textType = field => (field.format === 'email' ? 'email' : 'text');
const short = field => kindOf(field) === 'date' || kindOf(field) === 'number' || (field.maxLength && field.maxLength <= 20);
const number = value => (value === undefined ? '' : String(value).replace('.', i18n.language === 'de' ? ',' : '.'));
const options = list => list.map(one => [one.const, say(one)]);

const controls = {
  text: (field, given, { value, ...more }) => line({ ...given, type: textType(field), value: value ?? '', short: short(field), ...more }),
  long_text: (field, given, { value }) => area({ ...given, value: value ?? '', rows: 6 }),
  number: (field, given, { value, typed }) => line({ ...given, value: typed ?? number(value), short: true, inputmode: field.type === 'integer' ? 'numeric' : 'decimal' }),
  date: (field, given, { value, typed }) => line({ ...given, value: typed ?? shortDate(value), short: true, inputmode: 'numeric' }),

  choice: (field, given, { value }) => {
    const list = options(field.oneOf);
    if (list.length > FEW) return select({ ...given, value: value ?? '', options: [['', t('request.choose')], ...list] });
    return radios({ ...given, value: value ?? '', options: given.required ? list : [...list, ['', t('request.no_answer')]] });
  },

  several: (field, given, { value }) => boxes({ ...given, values: value ?? [], options: options(field.items.oneOf) }),

  yes_no: (field, given, { value }) => radios({ ...given, value: value === undefined ? '' : String(value),
    options: [['true', t('request.yes')], ['false', t('request.no')], ...(given.required ? [] : [['', t('request.no_answer')]])] }),

  consent: (field, given, { value }) => check({ ...given, required: false, checked: value === true }),

  address: (field, given, { value }) => html`
    <fieldset class="kern-fieldset" data-field="${given.name}" data-part>
      <legend class="kern-title">${given.label}${!given.required && html` <span class="kern-label__optional">${t('form.optional')}</span>`}</legend>
      ${given.hint && html`<p class="kern-hint">${given.hint}</p>`}
      <div class="kern-fieldset__body kern-stack-lg">${ADDRESS.map(part => addressPart(part, given, value))}</div>
    </fieldset>`,

  file: (field, given, { value, state }) => fileControl(given, value ? [value] : [], 1, state),
  files: (field, given, { value, state }) => fileControl(given, value ?? [], field.maxItems ?? Infinity, state),
  group: (field, given, { value, state }) => group(field, given, value ?? [], state),
};

function addressPart(part, given, value) {
  const name = `${given.name}.${part}`;
  const label = t(`field.${part}`);
  const says = `${given.label}, ${label}`;
  if (part === 'country') return select({ name, label, says, value: value?.country ?? 'DE', options: countries() });
  const hint = ['street', 'house_number'].includes(part) ? t(`field.${part}_hint`) : null;
  return line({ name, label, hint, says, value: value?.[part] ?? '', short: ['house_number', 'postal_code'].includes(part) });
}

const size = bytes => (bytes < 1_000_000 ? t('file.kb', { count: Math.max(1, Math.round(bytes / 1000)) })
  : t('file.mb', { count: (bytes / 1_000_000).toLocaleString(i18n.language, { maximumFractionDigits: 1 }) }));
export const fileText = file => `${file.name}, ${size(file.size)}`;

const fileRow = (name, file) => html`
  <li class="sp-file">
    ${pic('attachment', '')}
    <span class="sp-file__name kern-body">${file ? fileText(file) : t('file.gone')}</span>
    ${file && html`<button class="kern-btn kern-btn--tertiary" type="button" data-remove-file="${file.id}" data-of="${name}"
      aria-label="${t('file.remove_this', { name: file.name })}">${icon('delete')}<span class="kern-label">${t('file.remove')}</span></button>`}
  </li>`;

// What is there already, and a button to add more. The browser's own file control speaks the browser's language, not the page's: it is
// there for keyboard and screen reader, and its label is the button.
function fileControl({ name, label, hint, required, says }, ids, most, state) {
  const id = idOf(name);
  const words = ids.length ? t('file.another') : t('file.choose');
  return html`
    <div class="kern-form-input" data-field="${name}" data-files="${most}">
      <span class="kern-label" id="${id}-label">${label}${!required && html` <span class="kern-label__optional">${t('form.optional')}</span>`}</span>
      <div class="kern-hint" id="${id}-hint">${sentences([hint, t('file.types')].filter(Boolean))}</div>
      <ul class="sp-plain sp-files" data-file-list>${ids.map(one => fileRow(name, state.files.find(file => file.id === one)))}</ul>
      ${ids.length < most && html`
        <div class="sp-upload">
          <input class="sp-upload__input" id="${id}" name="${name}" type="file" accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
            ${most > 1 && html`multiple`} data-says="${says ?? label}" aria-labelledby="${id}-label ${id}-button" aria-describedby="${id}-hint">
          <label class="kern-btn kern-btn--secondary" for="${id}" id="${id}-button">${icon('drive-folder-upload')}<span class="kern-label">${words}</span></label>
        </div>`}
    </div>`;
}

const item = (field, given, i, state) => html`
  <fieldset class="sp-item" data-item="${i}">
    <legend class="kern-title kern-title--small">${t('request.item', { name: say(field.items), number: i + 1 })}</legend>
    <div class="kern-stack-lg">
      ${parts(field.items).map(([name, one]) => control(one, `${given.name}[${i}].${name}`, isRequired(field.items, name), state,
        `${t('request.item', { name: say(field.items), number: i + 1 })}, ${say(one)}`))}
      <div class="sp-actions"><button class="kern-btn kern-btn--tertiary" type="button" data-remove-item="${i}" data-of="${given.name}"
        aria-label="${t('request.remove_item', { name: say(field.items), number: i + 1 })}">${icon('delete')}<span class="kern-label">${t('request.remove')}</span></button></div>
    </div>
  </fieldset>`;

// At least as many as there have to be are shown, empty at first.
function group(field, given, value, state) {
  const count = Math.max(value.length, field.minItems ?? 0);
  const id = idOf(given.name);
  return html`
    <fieldset class="kern-fieldset" data-field="${given.name}" data-group data-part>
      <legend class="kern-title">${given.label}${!given.required && html` <span class="kern-label__optional">${t('form.optional')}</span>`}</legend>
      ${given.hint && html`<p class="kern-hint">${given.hint}</p>`}
      <div class="kern-fieldset__body kern-stack-lg">
        ${Array.from({ length: count }, (_, i) => item(field, given, i, state))}
        ${count < (field.maxItems ?? Infinity) && html`<div class="sp-actions"><button class="kern-btn kern-btn--secondary" type="button" id="${id}"
          name="${given.name}" data-add-item="${given.name}" data-says="${given.label}">${icon('add')}<span class="kern-label">${t('request.add_item', { name: say(field.items) })}</span></button></div>`}
      </div>
    </fieldset>`;
}

export function control(field, name, required, state, says) {
  const kind = kindOf(field);
  const hint = hintOf(field, state, name, kind === 'date' && t('request.date_hint', { example: shortDate(field['x-when'] === 'past' ? '2019-04-03' : '2027-04-03') }));
  return controls[kind](field, { name, label: say(field), hint, required, says },
    { value: valueAt(state.data, name), typed: state.typed[name], state });
}

// All fields of a section
export const controlsOf = (schema, section, state) =>
  parts(schema.properties[section]).map(([name, field]) => control(field, labelOf(section, name), isRequired(schema.properties[section], name), state));
