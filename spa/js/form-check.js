import { ADDRESS, isRequired, kindOf, parts } from './form-schema.js';

// The rules of a form, as the server checks them again (core/form_data.c): [{ field, code }, ...], all at once. tests/data/form_cases.json
// holds both to the same answers.
const signs = text => [...text].length;
const between = (value, low = -Infinity, high = Infinity) => value >= low && value <= high;
const isText = value => typeof value === 'string';
const isList = Array.isArray;
const isObject = value => value !== null && typeof value === 'object' && !isList(value);
const isEmpty = value => value === undefined || value === '' || (isList(value) && !value.length);
export const today = () => new Date().toLocaleDateString('sv-SE'); // YYYY-MM-DD, here

// Something that can be read: no control characters, none that turn the direction of reading round, and not only blanks.
const HIDDEN = /[\u202A-\u202E\u2066-\u2069\u2028\u2029]/u;
const isLine = text => /\S/u.test(text) && !/\p{Cc}/u.test(text) && !HIDDEN.test(text);
const isLongText = text => isLine(text.replace(/[\n\r\t]/g, ' '));

const ATOM = '[A-Za-z0-9!#$%&\'*+\\-/=?^_`{|}~]+';
const LABEL = '(?!-)[A-Za-z0-9-]{1,63}(?<!-)';
const EMAIL = new RegExp(`^(?=.{1,64}@)${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`);
const isEmail = text => text.length <= 254 && EMAIL.test(text);

function isDate(text) {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const last = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return Number(year) >= 1 && day >= 1 && day <= last;
}

const matches = (pattern, text) => !pattern || new RegExp(pattern, 'u').test(text);

// As the profile has them (openapi.yaml, address_or_none)
const ADDRESS_RULES = {
  street: { most: 80 }, house_number: { most: 11, pattern: '^[^ ]+$' }, postal_code: { most: 10, pattern: '^[A-Za-z0-9][A-Za-z0-9 -]{2,}$' },
  town: { most: 80 }, country: { most: 2, pattern: '^[A-Z]{2}$' },
};

const isOption = (owner, value) => owner.oneOf.some(one => one.const === value);
const count = (field, list) => (!list.length || between(list.length, field.minItems, field.maxItems) ? null : 'range');

function several({ items, ...field }, list) {
  for (const [i, one] of list.entries()) {
    if (!isText(one)) return 'type';
    if (!isOption(items, one)) return 'not_allowed';
    if (list.indexOf(one) < i) return 'duplicate';
  }
  return count(field, list);
}

function text(field, value) {
  if (!isText(value)) return 'type';
  if (value === '') return null;
  if (!between(signs(value), field.minLength, field.maxLength)) return 'length';
  const readable = kindOf(field) === 'long_text' ? isLongText(value) : isLine(value);
  return readable && (field.format !== 'email' || isEmail(value)) && matches(field.pattern, value) ? null : 'format';
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// The code of what is wrong with a value, or null
const rules = {
  text, long_text: text,
  number(field, value) {
    if (typeof value !== 'number') return 'type';
    if (field.type === 'integer' && !Number.isInteger(value)) return 'format';
    return between(value, field.minimum, field.maximum) ? null : 'range';
  },
  date(field, value, now) {
    if (!isText(value)) return 'type';
    if (value === '') return null;
    if (!isDate(value)) return 'format';
    const when = field['x-when'];
    return (when === 'past' && value > now) || (when === 'future' && value < now) ? 'range' : null;
  },
  choice: (field, value) => (!isText(value) ? 'type' : isOption(field, value) ? null : 'not_allowed'),
  several: (field, value) => (isList(value) ? several(field, value) : 'type'),
  yes_no: (field, value) => (typeof value === 'boolean' ? null : 'type'),
  consent: (field, value) => (typeof value !== 'boolean' ? 'type' : value ? null : 'not_allowed'),
  address: (field, value) => (isObject(value) ? null : 'type'),
  group: (field, value) => (isList(value) ? count(field, value) : 'type'),
  file: (field, value) => (isText(value) && UUID.test(value) ? null : 'type'),
  files: (field, value) => (isList(value) && value.every(one => isText(one) && UUID.test(one)) ? count(field, value) : 'type'),
};

function addressPart(part, value) {
  if (value !== undefined && !isText(value)) return 'type';
  if (!value) return 'missing';
  const { most, pattern } = ADDRESS_RULES[part];
  return signs(value) > most ? 'length' : isLine(value) && matches(pattern, value) ? null : 'format';
}

// What is wrong below a value: the parts of an address, the items of a group
const inside = {
  address: (field, value, label) => !isObject(value) ? [] : [
    ...Object.keys(value).filter(name => !ADDRESS.includes(name)).map(name => ({ field: `${label}.${name}`, code: 'unknown' })),
    ...ADDRESS.map(part => ({ field: `${label}.${part}`, code: addressPart(part, value[part]) })).filter(one => one.code)],
  group: (field, value, label, now) => !isList(value) ? [] : value.flatMap((one, i) => checkOwner(field.items, one, `${label}[${i}]`, now)),
};

function checkOwner(owner, data, label, now) {
  if (!isObject(data)) return [{ field: label, code: 'type' }];
  const faults = Object.keys(data).filter(name => !Object.hasOwn(owner.properties, name)).map(name => ({ field: `${label}.${name}`, code: 'unknown' }));
  for (const [name, field] of parts(owner)) {
    const value = data[name];
    const whole = `${label}.${name}`;
    const kind = kindOf(field);
    if (value !== undefined) {
      faults.push(...inside[kind]?.(field, value, whole, now) ?? []);
      const code = rules[kind](field, value, now);
      if (code) faults.push({ field: whole, code });
    }
    if (isEmpty(value) && isRequired(owner, name)) faults.push({ field: whole, code: 'missing' });
  }
  return faults;
}

export const checkSection = (schema, section, data, now = today()) => checkOwner(schema.properties[section], data[section] ?? {}, `data.${section}`, now);

// Everything that is to be sent
export function checkData(schema, data, now = today()) {
  if (!isObject(data)) return [{ field: 'data', code: 'type' }];
  return [...Object.keys(data).filter(name => !Object.hasOwn(schema.properties, name)).map(name => ({ field: `data.${name}`, code: 'unknown' })),
    ...parts(schema).flatMap(([section]) => checkSection(schema, section, data, now))];
}

