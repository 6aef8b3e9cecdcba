import { html } from '../js/html.js';
import { link } from '../js/fields.js';
import { asking, load, loginLink, send, told } from '../js/mailed-link.js';

export { load };
export const title = (t, { state }) => t(state === 'ask' ? 'activate.title' : `activate.${state}.title`);

const pages = {
  ask: t => asking('activate', 'check', t),
  used: t => told('activate.used', 'check', t, null, loginLink(t('login.button'))),
  invalid: t => told('activate.invalid', 'hourglass', t, html`<p class="kern-body">${t('activate.invalid.check')}</p>`,
    html`${link('/register', t('activate.invalid.again'), 'primary')}${loginLink(t('login.button'), 'secondary')}`),
};

export const page = ({ state }, t) => pages[state](t);

export const actions = {
  async confirm(values, context) {
    const activation = await send('/activations', context);
    if (!activation) return;
    context.session.lastEmail = activation.email;
    await context.go('/login', { replace: true, notice: context.t('activate.done') });
  },
};
