import { html } from '../js/html.js';
import { link, submit } from '../js/fields.js';
import { asking, load, loginLink, send, told } from '../js/mailed-link.js';

export { load };
export const title = (t, { state }) => t(state === 'ask' ? 'confirm.title' : `confirm.${state}.title`);

// Whoever is still logged in has to log in anew: only that makes the new address active.
const next = (t, { session }) => (session.open
  ? html`<form data-action="loginAgain" novalidate>${submit(t('confirm.login_again'))}</form>`
  : loginLink(t('confirm.login')));

const pages = {
  ask: t => asking('confirm', 'mail', t),
  done: (t, context) => told('confirm.done', 'mail', t, null, next(t, context)),
  used: (t, context) => told('confirm.used', 'mail', t, null, next(t, context)),
  invalid: t => told('confirm.invalid', 'hourglass', t, null, link('/account/email', t('confirm.invalid.again'), 'primary')),
};

export const page = ({ state }, t, context) => pages[state](t, context);

export const actions = {
  async confirm(values, context) {
    if (await send('/email-changes', context) !== undefined) context.display({ state: 'done' });
  },

  async loginAgain(values, { session, go }) {
    const { email } = session.account ?? {};
    await session.logout();
    session.lastEmail = email;
    await go('/login');
  },
};
