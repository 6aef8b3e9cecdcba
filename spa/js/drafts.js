// What somebody has typed and not sent yet. It lives in memory only: it outlives an expired session and a look at another page,
// and ends with the window, with a log-out, or when another account logs in. Passwords are never kept.
const drafts = new Map(); // 'path action' -> { field: value }

const keyOf = form => `${location.pathname} ${form.dataset.action}`;
// A form whose view keeps its text by itself, or a field that is not to be kept, says data-no-draft.
const keeps = field => field.name && field.form?.dataset.action && !('noDraft' in field.dataset) && !('noDraft' in field.form.dataset) && !field.dataset.secret
  && !['password', 'hidden', 'file', 'submit'].includes(field.type);

export const remember = field => {
  if (!keeps(field)) return;
  const draft = drafts.get(keyOf(field.form)) ?? {};
  draft[field.name] = field.type === 'checkbox' ? field.checked : field.value;
  drafts.set(keyOf(field.form), draft);
};

// A form that is being sent has no draft; one that failed gets it back.
export function take(form) {
  const key = keyOf(form);
  const draft = drafts.get(key);
  drafts.delete(key);
  return () => { if (draft) drafts.set(key, draft); };
}

// What a view itself still holds and nobody has sent, by name: the steps of a registration.
export const unsent = new Set();

// Views that hold what an account has typed forget it with the rest.
export const forgetters = new Set();

export function forgetAll() {
  drafts.clear();
  for (const forget of forgetters) forget();
}

export const anyDraft = () => drafts.size + unsent.size > 0;

function put(field, value) {
  if (field.type === 'checkbox') field.checked = value;
  else if (field.type === 'radio') field.checked = field.value === value;
  else field.value = value;
}

// Fills the forms of a page that was just shown.
export function restore(root) {
  for (const form of root.querySelectorAll('form[data-action]')) {
    const draft = drafts.get(keyOf(form)) ?? {};
    for (const field of form.elements) if (field.name in draft) put(field, draft[field.name]);
  }
}

// Everything in the forms of a page, passwords too, for as long as it takes to show the page again (in another language).
export function hold(root) {
  const held = [...root.querySelectorAll('form[data-action]:not([data-no-draft])')].map(form =>
    [form.dataset.action, [...form.elements].filter(field => field.name).map(field =>
      [field.name, field.type === 'checkbox' ? field.checked : field.type === 'radio' ? field.checked && field.value : field.value])]);
  return () => {
    for (const [action, values] of held)
      for (const [name, value] of values)
        for (const field of root.querySelectorAll(`form[data-action="${action}"] [name="${name}"]`))
          if (field.type !== 'radio' || value !== false) put(field, value);
  };
}
