// The browser's storage may be switched off, and then even touching it throws. What we keep is a convenience, never a need:
// `language`, `theme`, and `session`, a mark that somebody is logged in (not a secret; it spares strangers a refused call).
const PREFIX = 'portal.';

export const storage = {
  get(name) {
    try { return localStorage.getItem(PREFIX + name); } catch { return null; }
  },
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem(PREFIX + name);
      else localStorage.setItem(PREFIX + name, value);
    } catch { /* kept nowhere, then */ }
  },
  // Other tabs' changes.
  watch(name, changed) {
    addEventListener('storage', event => { if (event.key === PREFIX + name) changed(event.newValue); });
  },
};
