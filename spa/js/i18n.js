import { html, Html } from './html.js';
import { asset } from './api.js';
import { storage } from './storage.js';

// Texts come from texts/<language>.json; a view that has texts of its own names their file (`export const texts = 'account'` loads
// texts/account.<language>.json with the view). t('key', { name }) fills `{name}`; a text with the forms `one` and `other` is chosen by `count`.
export const LANGUAGES = ['de', 'en'];
const LOCALES = { de: 'de-DE', en: 'en-GB' };

let texts = {};
const files = new Map();
let wanted = new Set(['']);

export const i18n = { language: 'de' };

async function read(section, language) {
  const path = `/texts/${section && `${section}.`}${language}.json`;
  if (!files.has(path)) files.set(path, await asset(path));
  return files.get(path);
}

async function gather(language) {
  const read_in = await Promise.all([...wanted].map(section => read(section, language)));
  texts = Object.assign({}, ...read_in);
  i18n.language = language;
  document.documentElement.lang = language;
}

export const startLanguage = () => gather(storage.get('language') === 'en' ? 'en' : 'de');

export async function setLanguage(language) {
  await gather(language);
  storage.set('language', language);
}

// One name of a file of texts, or several
export async function needTexts(sections = []) {
  const missing = [sections].flat().filter(one => !wanted.has(one));
  if (!missing.length) return;
  const before = wanted;
  wanted = new Set([...wanted, ...missing]);
  try {
    await gather(i18n.language);
  } catch (error) {
    wanted = before;
    throw error;
  }
}

function textOf(key, values) {
  const text = texts[key];
  if (text === undefined) {
    console.error(`no text for ${key}`);
    return key;
  }
  if (typeof text === 'string') return text;
  return text[new Intl.PluralRules(i18n.language).select(values.count ?? 0)] ?? text.other;
}

// What is counted is written as people write it: 5.309 in German, 5,309 in English.
const said = (values, name) => (name === 'count' && typeof values.count === 'number' ? values.count.toLocaleString(LOCALES[i18n.language]) : values[name]);

export const t = (key, values = {}) => textOf(key, values).replace(/\{(\w+)\}/g, (all, name) => said(values, name) ?? all);

// The same as markup: values may be html`...` (a link in a sentence); all else is escaped.
t.html = (key, values = {}) => {
  const parts = textOf(key, values).split(/\{(\w+)\}/);
  return html`${parts.map((part, i) => (i % 2 ? (values[part] instanceof Html ? values[part] : String(said(values, part) ?? '')) : part))}`;
};

t.has = key => key in texts;

// Dates and times as people write them: '23. November 2026', '9:14 Uhr'; '23 November 2026', '9:14'.
const format = (value, options) => new Intl.DateTimeFormat(LOCALES[i18n.language], options).format(new Date(value));
export const date = value =>
  format(value, { day: 'numeric', month: 'long', year: 'numeric', ...(/^\d{4}-\d\d-\d\d$/.test(value) ? { timeZone: 'UTC' } : {}) });
export const time = value => t('time', { time: format(value, { hour: 'numeric', minute: '2-digit' }).replace(/^0/, '') });
export const dateTime = value => t('date_time', { date: date(value), time: time(value) });

// A date as people type it: day first in both languages ('3.4.1988', '3/4/1988'); the API's form is understood as well.
export const shortDate = value => (value ? value.split('-').reverse().map(Number).join(i18n.language === 'de' ? '.' : '/') : '');

// The API's form of what was typed; null where it is empty, undefined where it is no date.
export function readDate(text) {
  if (text === '') return null;
  const dayFirst = /^(?<day>\d\d?)[./ -]+(?<month>\d\d?)[./ -]+(?<year>\d{4})$/;
  const yearFirst = /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/;
  const parts = (dayFirst.exec(text) ?? yearFirst.exec(text))?.groups;
  if (!parts) return undefined;
  const value = `${parts.year}-${parts.month.padStart(2, '0')}-${parts.day.padStart(2, '0')}`;
  const known = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(known.getTime()) && known.toISOString().startsWith(value) ? value : undefined;
}
