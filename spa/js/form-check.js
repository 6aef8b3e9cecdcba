import { ADDRESS, isRequired, kindOf, labelOf, parts } from './form-schema.js';

// The rules of a form, as the server checks them again: [{ field, code }, ...], all at once.
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const signs = text => [...text].length;
const today = () => new Date().toLocaleDateString('sv-SE'); // YYYY-MM-DD, here
const between = (value, low = -Infinity, high = Infinity) => value >= low && value <= high;

const rules = {
  text(field, value) {
    if (!between(signs(value), field.minLength, field.maxLength)) return 'length';
    if (field.format === 'email' && !EMAIL.test(value)) return 'format';
    return field.pattern && !new RegExp(field.pattern, 'u').test(value) ? 'format' : null;
  },
  long_text: (field, value) => (between(signs(value), field.minLength, field.maxLength) ? null : 'length'),
  number: (field, value) => (field.type === 'integer' && !Number.isInteger(value) ? 'format' : between(value, field.minimum, field.maximum) ? null : 'range'),
  date(field, value) {
    const when = field['x-when'];
    return (when === 'past' && value > today()) || (when === 'future' && value < today()) ? 'range' : null;
  },
  choice: (field, value) => (field.oneOf.some(one => one.const === value) ? null : 'not_allowed'),
  several(field, value) {
    if (!value.every(one => field.items.oneOf.some(option => option.const === one))) return 'not_allowed';
    return between(value.length, field.minItems, field.maxItems) ? null : 'range';
  },
  files: (field, value) => (between(value.length, field.minItems, field.maxItems) ? null : 'range'),
  group: (field, value) => (between(value.length, field.minItems, field.maxItems) ? null : 'range'),
};

const inside = {
  address: (field, value, label) => ADDRESS.filter(part => !value[part]).map(part => ({ field: `${label}.${part}`, code: 'missing' })),
  group: (field, value, label) => value.flatMap((one, i) => parts(field.items).flatMap(([name, inner]) =>
    check(inner, one[name], `${label}[${i}].${name}`, isRequired(field.items, name)))),
};

function check(field, value, label, required) {
  const kind = kindOf(field);
  if (value === undefined) return required ? [{ field: label, code: 'missing' }] : [];
  const code = rules[kind]?.(field, value);
  return [...(code ? [{ field: label, code }] : []), ...(inside[kind]?.(field, value, label) ?? [])];
}

export const checkSection = (schema, section, data) => parts(schema.properties[section]).flatMap(([name, field]) =>
  check(field, data[section]?.[name], labelOf(section, name), isRequired(schema.properties[section], name)));
