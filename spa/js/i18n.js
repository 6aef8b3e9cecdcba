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

export async function needTexts(section) {
  if (!section || wanted.has(section)) return;
  wanted.add(section);
  try {
    await gather(i18n.language);
  } catch (error) {
    wanted.delete(section);
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

export const t = (key, values = {}) => textOf(key, values).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// The same as markup: values may be html`...` (a link in a sentence); all else is escaped.
t.html = (key, values = {}) => {
  const parts = textOf(key, values).split(/\{(\w+)\}/);
  return html`${parts.map((part, i) => (i % 2 ? (values[part] instanceof Html ? values[part] : String(values[part] ?? '')) : part))}`;
};

t.has = key => key in texts;

// Dates and times as people write them: '23. November 2026', '9:14 Uhr'; '23 November 2026', '9:14'.
const format = (value, options) => new Intl.DateTimeFormat(LOCALES[i18n.language], options).format(new Date(value));
export const date = value =>
  format(value, { day: 'numeric', month: 'long', year: 'numeric', ...(/^\d{4}-\d\d-\d\d$/.test(value) ? { timeZone: 'UTC' } : {}) });
export const time = value => t('time', { time: format(value, { hour: 'numeric', minute: '2-digit' }).replace(/^0/, '') });
export const dateTime = value => t('date_time', { date: date(value), time: time(value) });
