import { html, render } from './html.js';
import { t } from './i18n.js';
import { announce, icon } from './fields.js';
import { router } from './router.js';

// The search field with suggestions while typing: the WAI-ARIA combobox with a list box. The focus stays in the field; arrows choose, Enter
// opens what is chosen or searches for what is typed, Escape closes the list. How many there are is said to screen readers.
const PAUSE = 150; // ms without a key before the server is asked
const MOST = 8;

// { id, label, value, hint, large }; without `large` the label is for screen readers alone
export const searchBox = ({ id, label, value = '', hint, large }) => html`
  <form class="sp-search ${large && 'sp-search--large'}" role="search" aria-label="${label}" action="/services" method="get">
    <label class="${large ? 'kern-label' : 'kern-sr-only'}" for="${id}">${label}</label>
    <div class="sp-search__box kern-layer kern-level-0">
      <input class="kern-form-input__input" id="${id}" name="q" type="search" value="${value}" maxlength="200" ${hint && html`placeholder="${hint}"`} autocomplete="off"
        autocapitalize="none" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="${id}-list" data-no-draft>
      <button class="kern-btn kern-btn--${large ? 'primary' : 'secondary'}" type="submit" aria-label="${t('header.search')}">${icon('search')}${large && html`<span class="kern-label kern-sr-only-mobile">${t('header.search')}</span>`}</button>
      <ul class="sp-suggest" id="${id}-list" role="listbox" aria-label="${t('search.suggestions')}" hidden></ul>
    </div>
  </form>`;

const plain = text => text.toLowerCase().replace(/ß/g, 's').normalize('NFD').replace(/\p{M}/gu, '');

// The words that were typed, marked where a word of the name begins with them.
export function marked(name, typed) {
  const words = plain(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return name.split(/(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/u).map(part => {
    const word = words.filter(one => plain(part).startsWith(one)).sort((a, b) => b.length - a.length)[0];
    return word ? html`<mark>${part.slice(0, word.length)}</mark>${part.slice(word.length)}` : part;
  });
}

const option = (one, i, id, typed) => html`
  <li role="option" id="${id}-${i}" aria-selected="false" data-service="${one.id}"><span lang="de">${marked(one.name, typed)}</span>${one.topic && html` <small lang="de">${one.topic}</small>`}</li>`;

const listOf = input => document.getElementById(input.getAttribute('aria-controls'));
const optionsOf = input => [...listOf(input).querySelectorAll('[role=option]')];
const chosenOf = input => document.getElementById(input.getAttribute('aria-activedescendant') ?? '');

let turn = 0;
let timer = null;

function choose(input, one) {
  for (const other of optionsOf(input)) other.setAttribute('aria-selected', String(other === one));
  if (!one) return input.removeAttribute('aria-activedescendant');
  input.setAttribute('aria-activedescendant', one.id);
  one.scrollIntoView({ block: 'nearest' });
}

function close(input) {
  choose(input, null);
  listOf(input).hidden = true;
  input.setAttribute('aria-expanded', 'false');
}

// An answer that is still on its way is forgotten with it.
function stop(input) {
  turn++;
  clearTimeout(timer);
  close(input);
}

function open(input) {
  if (!optionsOf(input).length) return;
  listOf(input).hidden = false;
  input.setAttribute('aria-expanded', 'true');
}

async function suggest(input) {
  const mine = ++turn;
  const typed = input.value.trim();
  // Where the server does not answer, the field is one to type in and no more.
  const { items } = typed ? await router.api.get(`/services/suggest?limit=${MOST}&q=${encodeURIComponent(typed)}`).catch(() => ({ items: [] })) : { items: [] };
  if (mine !== turn || !input.isConnected) return; // a later one has been asked for
  close(input);
  render(listOf(input), html`${items.map((one, i) => option(one, i, input.id, typed))}`);
  if (document.activeElement === input) open(input);
  if (typed) announce(items.length ? t('search.count', { count: items.length }) : t('search.none'));
}

function follow(input, one) {
  stop(input);
  input.value = '';
  router.go(`/services/${one.dataset.service}`);
}

function move(input, step) {
  const options = optionsOf(input);
  if (!options.length) return;
  if (listOf(input).hidden) open(input);
  const now = options.indexOf(chosenOf(input));
  const next = now < 0 ? (step > 0 ? 0 : options.length - 1) : now + step;
  choose(input, options[next] ?? null); // past either end the field itself has its turn again
}

const keys = {
  ArrowDown: (input, event) => { event.preventDefault(); if (event.altKey) open(input); else move(input, 1); },
  ArrowUp: (input, event) => { event.preventDefault(); if (event.altKey) close(input); else move(input, -1); },
  Escape: (input, event) => { if (!listOf(input).hidden) { event.preventDefault(); stop(input); } },
  Enter: (input, event) => { const one = chosenOf(input); if (one) { event.preventDefault(); follow(input, one); } },
  Tab: input => stop(input),
};

const isBox = place => place?.matches?.('[role=combobox]');

export function attachSearch() {
  document.addEventListener('input', event => {
    if (!isBox(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE, event.target);
  });
  document.addEventListener('keydown', event => { if (isBox(event.target) && !event.isComposing) keys[event.key]?.(event.target, event); });
  document.addEventListener('focusout', event => { if (isBox(event.target)) stop(event.target); });
  document.addEventListener('submit', event => { const input = event.target.querySelector('[role=combobox]'); if (input) stop(input); }, { capture: true });
  document.addEventListener('pointerdown', event => { if (event.target.closest?.('.sp-suggest')) event.preventDefault(); }); // the focus stays where it is
  document.addEventListener('click', event => {
    const one = event.target.closest?.('.sp-suggest [role=option]');
    if (one) follow(document.querySelector(`[aria-controls="${one.parentNode.id}"]`), one);
  });
}
