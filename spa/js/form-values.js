import { i18n, readDate } from './i18n.js';
import { ADDRESS, find, kindOf, labelOf, parts, put, valueAt } from './form-schema.js';

// From the controls of a page to data as the API takes them. What is empty is left out. What was typed and cannot be read (a date that
// there is none of) is no data: it waits in `typed`, so that it is neither lost nor sent.
const controlsNamed = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
const textOf = (form, name) => controlsNamed(form, name)[0]?.value.trim() ?? '';

const chosen = (form, name) => {
  const controls = controlsNamed(form, name);
  return (controls[0]?.type === 'radio' ? controls.find(one => one.checked)?.value : controls[0]?.value) || undefined;
};

// '1.200,5' in German, '1,200.5' in English; undefined where it is no number.
export function readNumber(text, language = i18n.language) {
  const [thousands, comma] = language === 'de' ? ['.', ','] : [',', '.'];
  const plain = new RegExp(`^-?\\d{1,3}(\\${thousands}\\d{3})+(\\${comma}\\d+)?$`).test(text) ? text.replaceAll(thousands, '') : text;
  return /^[-−]?\d{1,15}([.,]\d{1,10})?$/.test(plain) ? Number(plain.replace(',', '.').replace('−', '-')) : undefined;
}

// Reads a text by `read`; what it does not understand is kept as it was typed.
function understood(text, name, typed, read) {
  delete typed[name];
  if (text === '') return undefined;
  const value = read(text);
  if (value === undefined) typed[name] = text;
  return value;
}

const readers = {
  text: (field, form, name) => textOf(form, name) || undefined,
  long_text: (field, form, name) => textOf(form, name).replace(/\r\n?/g, '\n') || undefined,
  number: (field, form, name, { typed }) => understood(textOf(form, name), name, typed, readNumber),
  date: (field, form, name, { typed }) => understood(textOf(form, name), name, typed, readDate),
  choice: (field, form, name) => chosen(form, name),
  several: (field, form, name) => {
    const values = controlsNamed(form, name).filter(one => one.checked).map(one => one.value);
    return values.length ? values : undefined;
  },
  yes_no: (field, form, name) => ({ true: true, false: false })[chosen(form, name)],
  consent: (field, form, name) => controlsNamed(form, name)[0]?.checked || undefined,
  address: (field, form, name) => {
    const given = ADDRESS.map(part => [part, textOf(form, `${name}.${part}`)]).filter(([, text]) => text);
    return given.some(([part]) => part !== 'country') ? Object.fromEntries(given) : undefined;
  },
  file: (field, form, name, { data }) => valueAt(data, name),
  files: (field, form, name, { data }) => valueAt(data, name),
  group: (field, form, name, state) => {
    const count = form.querySelectorAll(`[data-field="${CSS.escape(name)}"] [data-item]`).length;
    const items = Array.from({ length: count }, (_, i) =>
      Object.fromEntries(parts(field.items).map(([key, one]) => [key, read(one, form, `${name}[${i}].${key}`, state)]).filter(([, value]) => value !== undefined)));
    return items.length ? items : undefined;
  },
};

const read = (field, form, name, state) => readers[kindOf(field)](field, form, name, state);

// Takes what stands on the page into state.data and state.typed.
export function collect(form, schema, section, state) {
  for (const [name, field] of parts(schema.properties[section])) {
    const label = labelOf(section, name);
    put(state.data, label, read(field, form, label, state));
  }
}

// Whether a value may stand in a field, as far as its form goes; whether it is a good answer is checked elsewhere.
function fits(field, value) {
  const text = typeof value === 'string';
  const list = Array.isArray(value);
  return {
    text: () => text, long_text: () => text, date: () => text, file: () => text,
    choice: () => field.oneOf.some(one => one.const === value),
    number: () => typeof value === 'number' && (field.type === 'number' || Number.isInteger(value)),
    yes_no: () => typeof value === 'boolean',
    consent: () => value === true,
    several: () => list && value.every(one => field.items.oneOf.some(option => option.const === one)),
    files: () => list && value.every(one => typeof one === 'string'),
    address: () => value !== null && typeof value === 'object' && !list,
    group: () => list && value.every(one => Object.entries(one).every(([key, inner]) => field.items.properties[key] && fits(field.items.properties[key], inner))),
  }[kindOf(field)]();
}

// What was changed here and not saved, put onto data that came from the server. What its form has no place for is returned: [label, ...].
export function carryOver({ data, base }, schema, onto) {
  const left = [];
  for (const section of new Set([...Object.keys(data), ...Object.keys(base)]))
    for (const name of new Set([...Object.keys(data[section] ?? {}), ...Object.keys(base[section] ?? {})])) {
      const label = labelOf(section, name);
      const value = valueAt(data, label);
      if (JSON.stringify(value) === JSON.stringify(valueAt(base, label))) continue;
      const field = schema.properties[section]?.properties[name];
      if (field && (value === undefined || fits(field, value))) put(onto, label, value);
      else if (value !== undefined) left.push(label);
    }
  return left;
}

// What a step still holds that could not be read: [{ field, code }, ...]
export const unread = (schema, section, typed) => Object.keys(typed)
  .filter(label => label.startsWith(`data.${section}.`) && find(schema, label)).map(field => ({ field, code: 'format' }));
