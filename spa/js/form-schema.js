import { i18n } from './i18n.js';

// Reading a form: a JSON Schema whose properties are sections (one page each) of fields. docs/forms.md tells the whole language.
export const ADDRESS = ['street', 'house_number', 'postal_code', 'town', 'country'];

// What a field asks for: address, long_text, file, files, group, several, consent, yes_no, choice, date, number or text
export function kindOf(field) {
  if (field['x-kind']) return field['x-kind'];
  if (field.type === 'array') return field.items['x-kind'] === 'file' ? 'files' : field.items.type === 'object' ? 'group' : 'several';
  if (field.type === 'boolean') return field.const === true ? 'consent' : 'yes_no';
  if (field.oneOf) return 'choice';
  if (field.format === 'date') return 'date';
  return ['integer', 'number'].includes(field.type) ? 'number' : 'text';
}

// title or description, in the language of the page where the form knows it
export const say = (part, what = 'title') => (i18n.language !== 'de' && part[`x-${i18n.language}`]?.[what]) || part[what];

// [[name, section], ...] and [[name, field], ...], in the order of the page
export const parts = owner => Object.entries(owner.properties ?? {});
export const isRequired = (owner, name) => (owner.required ?? []).includes(name);

// Labels are what the API calls a value: data.dog.name, data.family.children[0].birth_date
export const labelOf = (section, name) => `data.${section}.${name}`;
export const keysOf = label => label.replace(/\[(\d+)\]/g, '.$1').split('.').slice(1);

// { field, kind, part } that a label names: the innermost field of the form, and what lies below it (the street of an address).
export function find(schema, label) {
  let field = schema;
  for (const key of keysOf(label)) {
    if (field.properties?.[key]) field = field.properties[key];
    else if (field.items && /^\d+$/.test(key)) field = field.items;
    else return field === schema ? null : { field, kind: kindOf(field), part: key };
  }
  return { field, kind: kindOf(field), part: null };
}

// Sorts labels as their fields stand on the page.
export function inOrder(schema) {
  const places = label => {
    let owner = schema;
    return keysOf(label).map(key => {
      const at = /^\d+$/.test(key) ? Number(key) : Object.keys(owner?.properties ?? {}).indexOf(key);
      owner = owner?.properties?.[key] ?? owner?.items;
      return at;
    });
  };
  return (one, other) => {
    const others = places(other);
    return places(one).map((at, i) => at - (others[i] ?? -1)).find(by => by) ?? -1;
  };
}

// The controls that answer a label: an address has several, all of which have to be filled in (its country always is).
export const controlsFor = (schema, label) => {
  const { kind, part } = find(schema, label) ?? {};
  return kind === 'address' && !part ? ADDRESS.filter(one => one !== 'country').map(one => `${label}.${one}`) : [label];
};

export const valueAt = (data, label) => keysOf(label).reduce((value, key) => value?.[key], data);

export function put(data, label, value) {
  const keys = keysOf(label);
  const last = keys.pop();
  let place = data;
  for (const [i, key] of keys.entries()) {
    if (place[key] === undefined && value === undefined) return;
    place = place[key] ??= /^\d+$/.test(keys[i + 1] ?? last) ? [] : {};
  }
  if (value === undefined) delete place[last];
  else place[last] = value;
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other) || (
  one && other && typeof one === 'object' && typeof other === 'object' && Array.isArray(one) === Array.isArray(other)
  && Object.keys(one).length === Object.keys(other).length && Object.keys(one).every(key => same(one[key], other[key])));
