import { element, html, render } from './html.js';
import { announce, idOf } from './fields.js';
import { Problem, isSessionOver } from './problem.js';
import { showProblem } from './forms.js';
import { router } from './router.js';
import { t, time } from './i18n.js';
import { collect } from './form-values.js';
import { control, controlsOf } from './form-controls.js';
import { find, isRequired, keysOf, kindOf, labelOf, parts, say, valueAt } from './form-schema.js';
import { addFile, maySaveUnasked, removeFile, save, setValue, touched } from './request-draft.js';

// A step of a form at work: what is typed goes into the draft at once and to the server after a pause; groups grow and shrink; files come
// and go. Nothing of it moves the focus unasked, but where its place has gone.
const PAUSE = 2500;

// 'Zwischengespeichert um 14:32 Uhr', or what stands in the way
export const savedText = draft => (draft.saved && draft.changedAt ? t('request.saved_at', { time: time(draft.changedAt) }) : t('request.not_saved_yet'));

const tell = (form, words) => { const place = form.querySelector('[data-saved]'); if (place) place.textContent = words; };

async function saveUnasked(page) {
  const { draft, api, session, form } = page;
  if (!maySaveUnasked(draft, session)) return;
  try {
    await save(api, draft);
    if (form.isConnected) tell(form, savedText(draft));
  } catch (problem) {
    if (isSessionOver(problem)) return void (form.isConnected && router.fail(problem));
    if (form.isConnected) tell(form, t(['precondition_failed', 'form_changed'].includes(problem.type) ? 'request.changed_elsewhere' : 'request.could_not_save'));
  }
}

function typed(page) {
  collect(page.form, page.draft.schema, page.section, page.draft);
  touched(page.draft);
  clearTimeout(page.timer);
  page.timer = setTimeout(() => saveUnasked(page), PAUSE);
}

// The controls again, after a group grew or shrank; then the focus goes where the work goes on.
function redraw(page, focus) {
  render(page.form.querySelector('[data-controls]'), html`${controlsOf(page.draft.schema, page.section, page.draft)}`);
  page.form.querySelector(focus)?.focus();
}

const quoted = name => `[data-field="${CSS.escape(name)}"]`;
const INPUTS = 'input, select, textarea';

function addItem(page, name) {
  const { field } = find(page.draft.schema, name);
  const items = [...page.form.querySelectorAll(`${quoted(name)} [data-item]`)].length;
  const value = valueAt(page.draft.data, name) ?? [];
  setValue(page.draft, name, [...value, ...Array.from({ length: Math.max(1, items + 1 - value.length) }, () => ({}))]);
  redraw(page, `${quoted(name)} [data-item="${items}"] :is(${INPUTS})`);
  announce(t('request.item_added', { name: field.items.title, number: items + 1 }));
}

// What could not be read stays with its item.
function shiftTyped(typedTexts, name, gone) {
  const start = `${name}[`;
  const moved = Object.entries(typedTexts).filter(([label]) => label.startsWith(start));
  for (const [label] of moved) delete typedTexts[label];
  for (const [label, text] of moved) {
    const i = Number.parseInt(label.slice(start.length), 10);
    const rest = label.slice(label.indexOf(']', start.length));
    if (i !== gone) typedTexts[`${start}${i > gone ? i - 1 : i}${rest}`] = text;
  }
}

function removeItem(page, name, i) {
  setValue(page.draft, name, (valueAt(page.draft.data, name) ?? []).filter((_, at) => at !== i));
  shiftTyped(page.draft.typed, name, i);
  typedAfter(page, `#${idOf(name)}, ${quoted(name)} ${INPUTS.split(', ')[0]}`);
  announce(t('request.item_removed'));
}

function typedAfter(page, focus) {
  redraw(page, focus);
  touched(page.draft);
  clearTimeout(page.timer);
  page.timer = setTimeout(() => saveUnasked(page), PAUSE);
}

// --- files -----------------------------------------------------------------------------------------------------------------------------

const progressRow = file => element(html`
  <li class="sp-file"><span class="sp-file__name kern-body">${file.name}</span>
    <progress max="100" value="0" aria-label="${t('file.sending', { name: file.name })}"></progress>
    <button class="kern-btn kern-btn--tertiary" type="button" data-cancel><span class="kern-label">${t('file.cancel')}</span></button>
  </li>`);

const isMany = field => kindOf(field) === 'files';

// The control of one field again, with what is there now
function redrawFiles(page, name, focus) {
  if (!page.form.isConnected) return;
  const keys = keysOf(name);
  const owner = page.draft.schema.properties[keys[0]];
  const { field } = find(page.draft.schema, name);
  page.form.querySelector(quoted(name)).replaceWith(element(control(field, name, isRequired(owner, keys[1]), page.draft)));
  page.form.querySelector(focus)?.focus();
}

async function sendOne(page, name, file) {
  const row = progressRow(file);
  const bar = row.querySelector('progress');
  const gone = new AbortController();
  row.querySelector('[data-cancel]').addEventListener('click', () => gone.abort());
  page.form.querySelector(`${quoted(name)} [data-file-list]`)?.append(row);
  if (document.activeElement === document.body) row.querySelector('[data-cancel]').focus();
  announce(t('file.sending', { name: file.name }));
  try {
    const added = await addFile(page.api, page.draft, file, { progress: share => { bar.value = share * 100; }, signal: gone.signal });
    const { field } = find(page.draft.schema, name);
    setValue(page.draft, name, isMany(field) ? [...(valueAt(page.draft.data, name) ?? []), added.id] : added.id);
    announce(t('file.sent', { name: file.name }));
  } finally {
    row.remove();
  }
}

function fileProblem(problem, name, file) {
  const code = problem.type === 'too_large' ? 'too_large' : problem.errors?.find(one => one.field === 'file')?.code;
  if (!code) return problem;
  const text = t.has(`file.fault.${code}`) ? t(`file.fault.${code}`, { name: file.name }) : t('error.other');
  return new Problem('bad_input', { errors: [{ field: name, code, text }] });
}

// Its control may be gone with the last file, so the text names the field itself.
const noRoom = ({ draft }, name) => {
  const { field } = find(draft.schema, name);
  return new Problem('bad_input', { errors: [{ field: name, code: 'range', text: t('file.fault.room', { name: say(field), count: field.maxItems ?? 1 }) }] });
};

async function upload(page, input) {
  const { name } = input;
  const room = Number(input.closest('[data-files]').dataset.files) - [valueAt(page.draft.data, name) ?? []].flat().length;
  const files = [...input.files];
  input.value = '';
  input.closest('.sp-upload').hidden = true; // one after the other, so that a field of one file never gets two
  let problem = files.length > room ? noRoom(page, name) : null;
  for (const file of files.slice(0, room)) {
    try {
      await sendOne(page, name, file);
    } catch (error) {
      if (isSessionOver(error)) return void router.fail(error);
      if (error.type !== 'aborted') problem = fileProblem(error, name, file);
    }
  }
  await saveUnasked(page);
  redrawFiles(page, name, problem ? null : `#${idOf(name)}, ${quoted(name)} button`);
  if (problem && page.form.isConnected) showProblem(router.main, page.form, problem);
}

async function dropFile(page, name, id) {
  const { field } = find(page.draft.schema, name);
  const left = isMany(field) ? valueAt(page.draft.data, name).filter(one => one !== id) : undefined;
  setValue(page.draft, name, left?.length ? left : undefined);
  try {
    await removeFile(page.api, page.draft, id);
    announce(t('file.removed'));
    redrawFiles(page, name, `#${idOf(name)}`);
  } catch (problem) {
    if (isSessionOver(problem)) return void router.fail(problem);
    if (page.form.isConnected) showProblem(router.main, page.form, problem);
  }
}

// Makes a step alive. Returns what ends it.
export function attachForm(form, { draft, section, api, session }) {
  const page = { form, draft, section, api, session, timer: null };
  form.addEventListener('input', event => { if (event.target.type !== 'file') typed(page); });
  form.addEventListener('change', event => { if (event.target.type === 'file') upload(page, event.target); else typed(page); });
  form.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.addItem) { collect(form, draft.schema, section, draft); addItem(page, button.dataset.addItem); }
    if (button.dataset.removeItem) { collect(form, draft.schema, section, draft); removeItem(page, button.dataset.of, Number(button.dataset.removeItem)); }
    if (button.dataset.removeFile) dropFile(page, button.dataset.of, button.dataset.removeFile);
  });
  const hidden = () => { if (document.hidden) saveUnasked(page); };
  document.addEventListener('visibilitychange', hidden);
  return () => {
    clearTimeout(page.timer);
    document.removeEventListener('visibilitychange', hidden);
    saveUnasked(page);
  };
}

export const labelsOf = (schema, section) => parts(schema.properties[section]).map(([name]) => labelOf(section, name));
