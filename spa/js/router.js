import { render } from './html.js';
import { routes, states } from './routes.js';
import { isSessionOver, isUnreachable } from './problem.js';
import { hold, restore } from './drafts.js';
import { needTexts, t } from './i18n.js';
import { alert, announce, waiting } from './fields.js';

// match('/cases/:id', '/cases/7') gives { id: '7' }; null where the path is another one.
export function match(pattern, path) {
  const want = pattern.split('/');
  const have = path.split('/');
  if (want.length !== have.length) return null;
  const vars = {};
  for (const [i, part] of want.entries())
    if (part.startsWith(':')) vars[part.slice(1)] = decode(have[i]);
    else if (part !== have[i]) return null;
  return vars;
}

function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

export function find(table, path) {
  for (const [pattern, view] of Object.entries(table)) {
    const vars = match(pattern, path);
    if (vars) return { view, vars };
  }
  return null;
}

// Where to go after a login: an address of this site or the area of one's own, never another site.
export function safeReturn(path, origin = globalThis.location?.origin) {
  if (!path?.startsWith('/') || /[\\\s]/.test(path)) return '/account';
  let url;
  try { url = new URL(path, origin); } catch { return '/account'; }
  const known = url.origin === origin && find(routes, url.pathname);
  return known && !['/login', '/new-password'].includes(url.pathname) ? url.pathname + url.search : '/account';
}

// Shows views. A page that has been asked for later wins over one that is still loading.
export const router = {
  main: null,
  session: null,
  portal: null,
  api: null,
  changed() {}, // the shell listens here
  current: null, // { view, data, context } of the page that is shown
  turn: 0,
  unlearned: false,

  // The first page, and the next try after the server was not there at first.
  async begin() {
    try {
      await this.learn();
    } catch (error) {
      this.unlearned = true;
      return this.fail(error);
    }
    this.unlearned = false;
    return this.show();
  },

  async go(path, { replace = false, notice = null } = {}) {
    history.replaceState({ ...history.state, scroll: scrollY }, '');
    history[replace ? 'replaceState' : 'pushState']({}, '', path);
    await this.show({ notice });
  },

  // The same page again, with fresh data. What is typed stays.
  reload: (options = {}) => (router.unlearned ? router.begin() : router.show({ ...options, again: true })),

  async show({ notice = null, again = false, scroll = 0 } = {}) {
    const turn = ++this.turn;
    const found = find(routes, location.pathname);
    const done = waiting();
    try {
      const view = await this.viewFor(found);
      if (view) await this.present(view, found?.vars ?? {}, { turn, notice, again, scroll });
    } catch (error) {
      if (turn === this.turn) await this.fail(error, turn);
    } finally {
      done();
    }
  },

  // The view of an address, or null where the way led elsewhere.
  async viewFor(found) {
    if (!found) return states.notFound();
    const view = await found.view().catch(error => this.lost(error));
    if (this.session.newPasswordDue && location.pathname !== '/new-password' && view.access === 'person')
      return this.elsewhere('/new-password');
    if (view.access === 'person' && !this.session.open)
      return this.session.expired ? states.expired() : this.elsewhere(`/login?return=${encodeURIComponent(location.pathname + location.search)}`);
    return view;
  },

  elsewhere(path) {
    this.go(path, { replace: true });
    return null;
  },

  // A module that does not load (a TypeError) is a server that does not answer; anything else is a fault of ours.
  lost(error) {
    if (!(error instanceof TypeError)) console.error(error);
    return states.unreachable();
  },

  contextFor(vars) {
    return {
      api: this.api, t, portal: this.portal, session: this.session, vars,
      path: location.pathname,
      query: new URLSearchParams(location.search),
      go: this.go.bind(this),
      reload: this.reload,
      display: this.display.bind(this),
    };
  },

  async present(view, vars, { turn, notice, again, scroll, data }) {
    const context = this.contextFor(vars);
    await needTexts(view.texts);
    data ??= await view.load?.(context);
    if (turn !== this.turn) return;
    this.put(view, data, context, notice);
    if (!again || notice) this.arrive(scroll);
  },

  put(view, data, context, notice) {
    this.current?.leave?.();
    const at = document.activeElement?.id;
    render(this.main, view.page(data, t, context));
    restore(this.main);
    if (notice) this.tell(notice);
    document.title = `${view.title(t, data, context)} – ${this.portal.name}`;
    this.current = { view, data, context, leave: view.ready?.(this.main, context, data) };
    this.changed();
    if (at && document.activeElement === document.body) document.getElementById(at)?.focus({ preventScroll: true });
  },

  // Under the heading: 'Saved', or { kind, title, text }.
  tell(notice) {
    const { kind = 'success', title = notice, text = null } = notice;
    this.main.querySelector('h1').after(alert(kind, title, text, { element: true }));
    announce(text ? `${title}. ${text}` : title);
  },

  // Focus on the heading, so that screen readers announce the new page.
  arrive(scroll = 0) {
    const heading = this.main.querySelector('h1');
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    scrollTo({ top: scroll, behavior: 'instant' });
  },

  // The same view with other data: the next state of a page that has no address of its own.
  display(data) {
    const { view, context } = this.current;
    this.put(view, data, context);
    this.arrive();
  },

  // The page as it stands, in other words: after a change of the language.
  async translate() {
    if (!this.current) return; // the first page is still on its way, and comes in the new language
    const { view, data, context } = this.current;
    const refill = hold(this.main);
    await needTexts(view.texts);
    this.put(view, data, context);
    refill();
    this.main.dispatchEvent(new Event('refilled'));
  },

  async fail(error, turn = ++this.turn) {
    if (isSessionOver(error)) return this.show();
    if (error.type === 'new_password_needed') return this.go('/new-password', { replace: true });
    if (!error.type) console.error(error);
    const state = error.type === 'not_found' ? 'notFound' : isUnreachable(error) ? 'unreachable' : 'trouble';
    const view = await states[state]().catch(() => location.reload());
    return this.present(view, {}, { turn, data: error });
  },
};

// Links and search forms within the site are followed without loading the page anew.
export function followLinks() {
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href^="/"]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute('download') || link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    router.go(link.pathname + link.search + link.hash);
  });
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.dataset.action || form.method !== 'get') return;
    event.preventDefault();
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    router.go(form.getAttribute('action') + (query.size ? `?${query}` : ''));
  });
  history.scrollRestoration = 'manual';
  addEventListener('popstate', event => {
    const place = location.hash && document.getElementById(location.hash.slice(1)); // a jump within the page
    if (place) place.focus();
    else router.show({ scroll: event.state?.scroll ?? 0 });
  });
}
