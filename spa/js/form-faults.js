import { i18n, t } from './i18n.js';
import { find, keysOf, say, valueAt } from './form-schema.js';

// What is wrong with an answer, in words that help: the most telling text that there is for its kind, its code and its limits.
const limits = {
  text: ['length', 'minLength', 'maxLength'], long_text: ['length', 'minLength', 'maxLength'], number: ['range', 'minimum', 'maximum'],
  several: ['range', 'minItems', 'maxItems'], files: ['range', 'minItems', 'maxItems'], group: ['range', 'minItems', 'maxItems'],
};

function ends(field, kind, code) {
  const [of, low, high] = limits[kind] ?? [];
  if (kind === 'date') return code === 'range' && field['x-when'] ? field['x-when'] : null;
  if (of !== code && !(of === 'range' && code === 'length')) return null;
  if (field[low] > 0 && field[high] !== undefined) return 'between';
  return field[low] !== undefined && !(field[high] !== undefined) ? 'least' : field[high] !== undefined ? 'most' : null;
}

export function explain(schema, { field: label, code }, data) {
  const found = find(schema, label);
  if (!found) return t.has(`error.${code}`) ? t(`error.${code}`) : t('error.other');
  const { field, kind, part } = found;
  const amount = value => value?.toLocaleString(i18n.language);
  const value = valueAt(data, label);
  const values = {
    min: amount(field.minLength ?? field.minimum ?? field.minItems), max: amount(field.maxLength ?? field.maximum ?? field.maxItems),
    count: typeof value === 'string' ? [...value].length : 0,
  };
  const end = ends(field, kind, code);
  const key = [field.format === 'email' && code === 'format' && 'error.email.format', part && `error.address.${part}.${code}`, end && `request.fault.${kind}.${end}`, `request.fault.${kind}.${code}`, `error.${code}`]
    .find(one => one && t.has(one)) ?? 'error.other';
  return t(key, values);
}

// 'Kind 2, Geburtsdatum' for a label, where its field is not on the page
export function nameOf(schema, label) {
  const names = [];
  let field = schema;
  for (const [i, key] of keysOf(label).entries()) {
    if (/^\d+$/.test(key) && field.items) {
      field = field.items;
      if (field.title) names[names.length - 1] = t('request.item', { name: say(field), number: Number(key) + 1 });
    } else if (field.properties?.[key]) {
      field = field.properties[key];
      if (i > 0) names.push(say(field));
    } else {
      if (t.has(`field.${key}`)) names.push(t(`field.${key}`));
      break;
    }
  }
  return names.join(', ') || say(field) || label;
}
