import { adopt, api, hooks, renew } from './api.js';
import { forgetAll } from './drafts.js';
import { isSessionOver, Problem } from './problem.js';
import { storage } from './storage.js';
import { warning } from './session-warning.js';

// Who is logged in, and for how long. The server decides both; this file keeps what it last said, tells it that its user is active
// (at most once a minute), and asks it before it warns: another tab may have been used meanwhile.
const MINUTE = 60_000;

export const session = {
  account: null, // the answer of GET /me; null while a new password is due
  current: null, // session_current
  newPasswordDue: false,
  owner: null, // whose text is kept while the session is expired
  expired: false, // ended without a log-out: the page that was open asks for a new login in its place
  changed() {}, // the shell listens here
  over() {}, // the router: show what stands there now

  get open() { return this.current !== null; },

  // At the start of the page: the mark tells whether asking is worth it.
  async start() {
    if (!storage.get('session')) return;
    try {
      await renew();
      await this.refresh();
    } catch (error) {
      if (!isSessionOver(error)) throw error;
      this.close({ expired: true });
    }
  },

  async login(email, password) {
    const opened = await api.post('/sessions', { email, password });
    adopt(opened);
    this.took(opened);
    await this.proveCookie();
    await this.refresh();
    return opened;
  },

  // A browser that drops the cookie would lose the session with its first token: say so now.
  async proveCookie() {
    try {
      await renew();
    } catch (error) {
      if (!isSessionOver(error)) throw error;
      await api.delete('/sessions/current').catch(() => {});
      this.close();
      throw new Problem('cookies_off');
    }
  },

  async logout() {
    try {
      if (this.open) await api.delete('/sessions/current');
    } catch (error) {
      if (!isSessionOver(error)) throw error;
    }
    this.gone();
  },

  // Nothing of the account stays in this window: after a log-out, or when the account was deleted.
  gone() {
    this.close();
    this.owner = null;
    forgetAll();
  },

  // Reads the account again; the header follows.
  async refresh() {
    this.account = this.newPasswordDue ? null : await api.get('/me');
    if (this.account && this.owner && this.owner !== this.account.id) forgetAll(); // what another account has typed
    if (this.account) this.owner = this.account.id;
    this.changed();
  },

  // What the server says of the session. A cookie of another login (made in another tab) means another person's page.
  took({ session: current, new_password_due: due }) {
    const other = this.current && current.id !== this.current.id;
    this.current = current;
    this.newPasswordDue = due;
    this.expired = false;
    storage.set('session', current.id);
    clock.set(current);
    return other;
  },

  // Gone: after a log-out, or with `expired` when it ended by itself.
  close({ expired = false } = {}) {
    adopt(null);
    this.current = null;
    this.account = null;
    this.newPasswordDue = false;
    this.expired = expired;
    storage.set('session', null);
    clock.stop();
    this.changed();
  },
};

// When the session ends, by this browser's clock, and what is due before.
const clock = {
  idleEnd: 0,
  end: 0,
  timer: null,
  reported: 0,
  pending: null,

  set(current) {
    this.idleEnd = Date.now() + current.idle_seconds_left * 1000;
    this.end = Date.now() + current.seconds_left * 1000;
    this.plan();
  },

  // The server counted a call as an action.
  extend() {
    if (!session.open) return;
    this.reported = Date.now();
    this.idleEnd = Date.now() + session.limits.idle_seconds * 1000;
    this.plan();
  },

  plan() {
    clearTimeout(this.timer);
    const left = Math.min(this.idleEnd, this.end) - Date.now() - session.limits.warning_seconds * 1000;
    this.timer = setTimeout(() => this.check(), Math.max(0, Math.min(left, 10 * MINUTE)));
  },

  stop() {
    clearTimeout(this.timer);
    clearTimeout(this.pending);
    this.pending = null;
    warning.close();
  },

  due() { return Math.min(this.idleEnd, this.end) - Date.now() <= session.limits.warning_seconds * 1000 + 500; },

  // Asking extends nothing. Not being reachable changes nothing either: the next try follows.
  async check() {
    if (!session.open) return;
    if (!this.due()) return this.plan();
    try {
      const current = await api.get('/sessions/current');
      session.current = current;
      this.idleEnd = Date.now() + current.idle_seconds_left * 1000;
      this.end = Date.now() + current.seconds_left * 1000;
    } catch (error) {
      if (isSessionOver(error)) return session.over();
      if (Date.now() > Math.min(this.idleEnd, this.end)) session.close({ expired: true });
      if (!session.open) return session.over();
    }
    if (!this.due()) { warning.close(); return this.plan(); }
    this.warn();
  },

  warn() {
    const absolute = this.end <= this.idleEnd;
    warning.open({
      absolute,
      until: Math.min(this.idleEnd, this.end),
      stay: () => this.report(),
      leave: async () => { await session.logout(); session.over('logged_out'); },
    });
    // Looked at again and again while the warning stands: another tab may be in use, or the end may have come.
    const left = Math.min(this.idleEnd, this.end) - Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), Math.max(1000, Math.min(left + 1000, 20_000)));
  },

  async report() {
    clearTimeout(this.pending);
    this.pending = null;
    if (!session.open) return;
    this.reported = Date.now();
    try {
      const current = await api.post('/me/presence');
      session.current = current;
      this.set(current);
      warning.close();
    } catch (error) {
      if (isSessionOver(error)) session.over(); // not reachable: the next action tells
    }
  },

  // A click or a key: told at once, or when a minute since the last report is over.
  acted() {
    if (!session.open || warning.isOpen || this.pending) return;
    this.pending = setTimeout(() => this.report(), Math.max(0, this.reported + MINUTE - Date.now()));
  },
};

session.limits = { idle_seconds: 1200, absolute_seconds: 43_200, warning_seconds: 120 };

hooks.acted = () => clock.extend();
hooks.ended = () => { if (session.open) session.close({ expired: true }); };
hooks.renewed = async opened => {
  const owner = session.account?.id;
  if (!session.took(opened) || !owner) return;
  // A login in another tab has taken the place of ours. The same person goes on; another one must not act with this page's text,
  // so the page is loaded anew, and the call that asked for the token never happens.
  if (!session.newPasswordDue) session.account = await api.get('/me');
  if (session.account?.id === owner) return;
  forgetAll();
  location.assign('/account');
  await new Promise(() => {});
};

export function attachSession() {
  for (const type of ['click', 'keydown', 'input']) document.addEventListener(type, () => clock.acted(), { capture: true, passive: true });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) clock.check(); });
  storage.watch('session', id => {
    if (!id && session.open) { session.close(); session.over(); }
    else if (id && !session.open) session.start().then(() => session.over(), () => {}); // not reachable: as it was
  });
}
