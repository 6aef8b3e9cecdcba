import { html } from '../js/html.js';
import { field, link, mailText, plainPage, submit, tapLink } from '../js/fields.js';

export const title = (t, data) => t(data.sent ? 'forgotten.sent.title' : 'forgotten.title');
export const load = () => ({ sent: null });

const form = (t, session) => html`
  <div class="kern-container">
    <h1 class="kern-heading-x-large">${t('forgotten.title')}</h1>
    <p class="kern-body kern-body--large kern-mb-lg sp-text">${t('forgotten.lead')}</p>
    <form class="kern-stack-lg" data-action="send" novalidate>
      ${field({ name: 'email', label: t('field.email'), hint: t('forgotten.hint'), type: 'email', value: session.lastEmail ?? '', autocomplete: 'username', keep: false })}
      ${submit(t('forgotten.button'), link('/login', t('form.back')))}
    </form>
    <p class="kern-body kern-mt-xl sp-text sp-muted">${t('forgotten.eid')}</p>
  </div>`;

const sent = (email, t) => plainPage({
  drawing: 'mail',
  title: t('forgotten.sent.title'),
  text: t.html('forgotten.sent.lead', { email: html`<strong>${mailText(email)}</strong>` }),
  more: html`<p class="kern-body">${t('forgotten.sent.valid')}</p>`,
  actions: html`${link('/login', t('forgotten.sent.login'), 'primary')}${tapLink('/forgotten-password', t('forgotten.sent.again'))}`,
});

export const page = (data, t, { session }) => (data.sent ? sent(data.sent, t) : form(t, session));

export const actions = {
  async send({ email }, { api, display, session }) {
    await api.post('/password-resets', { email });
    session.lastEmail = email;
    display({ sent: email });
  },
};
