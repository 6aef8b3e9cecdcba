import { html } from './html.js';
import { t } from './i18n.js';

// The rules of GET /portal's password_policy, shown and checked while typing. The server checks them again, and two more that
// only it can: leaked passwords and those that hold the person's own data.
const groups = text => [
  /\p{Ll}/u.test(text) && /\p{Lu}/u.test(text),
  /\p{Nd}/u.test(text),
  /[^\p{L}\p{Nd}\s]/u.test(text),
].filter(Boolean).length;

const count = text => [...text.normalize('NFC')].length; // as the server counts

// The rules of a policy by name, each a function that says whether a password keeps it.
export function rulesOf({ profile, min_length: min, max_length: max }) {
  const length = text => count(text) >= min && count(text) <= max;
  if (profile === 'modern') return { length };
  return {
    length,
    signs: text => text !== '' && !/[\s<>]/u.test(text),
    groups: text => groups(text) >= 2,
  };
}

// The code of the first broken rule, as the server would name it; null where all are kept.
export function brokenRule(policy, text) {
  const rules = rulesOf(policy);
  if (!rules.length(text)) return count(text) < policy.min_length ? 'too_short' : 'too_long';
  if (rules.signs && !rules.signs(text)) return /[<>]/.test(text) ? 'angle_brackets' : 'whitespace';
  if (rules.groups && !rules.groups(text)) return 'too_simple';
  return null;
}

// Stands after the field, whose aria-describedby names `id`.
export const rulesPanel = (policy, words = t, { id = 'rules' } = {}) => html`
  <div class="sp-panel sp-text kern-stack-sm" id="${id}">
    <h2 class="kern-title kern-title--small">${words('rules.title')}</h2>
    <ul class="sp-rules">
      ${Object.keys(rulesOf(policy)).map(name => html`
        <li data-rule="${name}"><span class="sp-open" aria-hidden="true"></span><span class="kern-body"><span class="kern-sr-only">${words('rules.open')} </span>${words(`rules.${name}`, { min: policy.min_length, max: policy.max_length })}</span></li>`)}
    </ul>
    <p class="kern-body kern-body--small sp-muted">${words('rules.also')}</p>
    <p class="kern-sr-only" role="status" data-rules-state></p>
  </div>`;

function show(item, met) {
  item.firstElementChild.className = met ? 'kern-icon kern-icon--success' : 'sp-open';
  item.querySelector('.kern-sr-only').textContent = `${t(met ? 'rules.met' : 'rules.open')} `;
  return met;
}

// Follows what is typed into the field of that name. Only the number of open rules is announced, and only once typing pauses.
export function watchRules(main, name, { portal }) {
  const input = main.querySelector(`[name="${name}"]`);
  const panel = document.getElementById(input?.getAttribute('aria-describedby')?.split(' ').find(id => id.startsWith('rules')));
  if (!panel) return undefined;
  const rules = rulesOf(portal.password_policy);
  let pause;
  const check = event => {
    const open = [...panel.querySelectorAll('[data-rule]')].filter(item => !show(item, rules[item.dataset.rule](input.value))).length;
    clearTimeout(pause);
    if (event) pause = setTimeout(() => {
      panel.querySelector('[data-rules-state]').textContent = open ? t('rules.left', { count: open }) : t('rules.all_met');
    }, 700);
  };
  input.addEventListener('input', check);
  main.addEventListener('refilled', check);
  check();
  return () => { clearTimeout(pause); main.removeEventListener('refilled', check); };
}
