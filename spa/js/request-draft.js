import { forgetters, unsent } from './drafts.js';
import { isSessionOver } from './problem.js';
import { find, put, same, say, valueAt } from './form-schema.js';
import { carryOver } from './form-values.js';

// The draft that is being filled in: the server's copy, and what was typed since. It outlives an expired session; the next login of the
// same account goes on with it. What the form has no place for any more (left_over) stays in sight until the request is sent.
//
// { owner, id, service, schema, formVersion, etag, saved, changedAt, files, prefilled, leftOver, formChanged, base, data, typed, stale, saving }
let held = null;

const path = id => `/services/${id}/draft`;

export const isDirty = draft => !same(draft.data, draft.base);

function mark(draft) {
  if (isDirty(draft) || Object.keys(draft.typed).length) unsent.add('request');
  else unsent.delete('request');
}

export function forget() {
  held = null;
  unsent.delete('request');
}
forgetters.add(forget);

async function fetchDraft(api, id, owner) {
  const [form, draft] = await Promise.all([api.get(`/services/${id}/form`), api.get(path(id))]);
  return {
    owner, id, service: draft.service, schema: form.schema, formVersion: form.version, etag: draft.etag, saved: draft.saved,
    changedAt: draft.changed_at, files: draft.files, prefilled: draft.prefilled, leftOver: draft.left_over, formChanged: draft.form_changed,
    base: draft.data, data: structuredClone(draft.data), typed: {}, stale: false, saving: null,
  };
}

// What was typed here and not saved goes onto what the server has now; nothing of it gets lost.
function carry(old, fresh) {
  const left = carryOver(old, fresh.schema, fresh.data);
  fresh.leftOver = [...fresh.leftOver, ...left.map(label => ({ title: say(find(old.schema, label).field), value: valueAt(old.data, label) }))];
  fresh.typed = Object.fromEntries(Object.entries(old.typed).filter(([label]) => find(fresh.schema, label)));
  for (const one of old.leftOver) if (!fresh.leftOver.some(other => same(one, other))) fresh.leftOver.push(one);
  fresh.formChanged ||= old.formVersion !== fresh.formVersion;
}

// The draft of a service. `again`: the same visit goes on, so what is held is used while nobody has said that it is outdated.
export async function openDraft({ api, session }, id, again) {
  const mine = held?.owner === session.account.id && held.id === id ? held : null;
  await mine?.saving?.catch(() => {});
  if (mine && !mine.stale && (again || isDirty(mine))) return mine;
  const fresh = await fetchDraft(api, id, session.account.id);
  if (mine) carry(mine, fresh);
  held = fresh;
  mark(held);
  return held;
}

export const touched = draft => mark(draft);

// Somebody else (another window, an upload, an answer that got lost on its way) has made a new version of what we still know: then ours
// may follow it. Otherwise the next page shows both, put together.
async function catchUp(api, draft, problem) {
  const now = await api.get(path(draft.id));
  if (now.form_version !== draft.formVersion || !(same(now.data, draft.base) || same(now.data, draft.data))) {
    draft.stale = true;
    throw problem;
  }
  Object.assign(draft, { etag: now.etag, files: now.files });
}

async function send(api, draft) {
  const sent = structuredClone(draft.data);
  const answer = await api.put(path(draft.id), { form_version: draft.formVersion, data: sent }, draft.etag);
  Object.assign(draft, { base: sent, etag: answer.etag, saved: true, changedAt: answer.changed_at, files: answer.files, formChanged: false });
  mark(draft);
}

async function saveNow(api, draft) {
  try {
    await send(api, draft);
  } catch (problem) {
    if (problem.type === 'form_changed') draft.stale = true;
    if (problem.type !== 'precondition_failed') throw problem;
    await catchUp(api, draft, problem);
    await send(api, draft);
  }
}

// One at a time, so that no answer overtakes another.
export async function save(api, draft) {
  await draft.saving?.catch(() => {});
  if (draft.saved && !isDirty(draft) && !draft.formChanged) return;
  draft.saving = saveNow(api, draft).finally(() => { draft.saving = null; });
  await draft.saving;
}

// A form that changed is settled by the person, not by a pause in typing.
export const maySaveUnasked = (draft, session) => session.open && isDirty(draft) && !draft.formChanged && !draft.stale;

// Another field that the server does not take yet is no reason to refuse a file.
const saveFirst = (api, draft) => save(api, draft).catch(problem => { if (problem.type !== 'bad_input') throw problem; });
const follow = (api, draft) => catchUp(api, draft, null).catch(problem => { if (isSessionOver(problem)) throw problem; });

export async function addFile(api, draft, file, options) {
  await saveFirst(api, draft);
  const added = await api.upload(`${path(draft.id)}/files`, file, options);
  await follow(api, draft);
  if (!draft.files.some(one => one.id === added.id)) draft.files = [...draft.files, added];
  return added;
}

// The answer does not name it any more when it goes.
export async function removeFile(api, draft, id) {
  await saveFirst(api, draft);
  await api.delete(`${path(draft.id)}/files/${id}`).catch(problem => { if (problem.type !== 'not_found') throw problem; });
  draft.files = draft.files.filter(one => one.id !== id);
  await follow(api, draft);
}

export const setValue = (draft, label, value) => { put(draft.data, label, value); mark(draft); };
