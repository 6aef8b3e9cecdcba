import { html } from '../js/html.js';
import { alert, field, link, mailText, password, plainPage, submit } from '../js/fields.js';
import { fault } from '../js/problem.js';
import { crumbs } from '../js/own-area.js';

export const texts = 'account';
export const access = 'person';
export const title = (t, data) => t(data.sent ? 'email.sent.title' : 'email.title');
export const load = async ({ api }) => ({ me: await api.get('/me') });

const form = ({ me }, t) => html`
  <div class="kern-container">
    ${crumbs(t('email.title'))}
    <h1 class="kern-heading-large">${t('email.title')}</h1>
    <p class="kern-body kern-mb-lg sp-text">${t.html('email.lead', { email: html`<strong>${mailText(me.email)}</strong>` })}</p>
    ${me.pending_email && alert('info', t('area.pending'), html`<p class="kern-body">${t.html('area.pending_text', { email: mailText(me.pending_email) })}</p>`)}
    <div class="sp-split">
      <form class="kern-stack-lg" data-action="ask" novalidate>
        ${field({ name: 'new_email', label: t('email.new'), type: 'email', autocomplete: 'email' })}
        ${field({ name: 'new_email_repeated', label: t('email.repeat'), hint: t('email.repeat_hint'), type: 'email' })}
        ${password({ name: 'password', label: t('email.password') })}
        ${submit(t('email.button'), link('/account', t('form.back')))}
      </form>
      <aside class="sp-panel kern-stack-md" aria-labelledby="how">
        <h2 class="kern-title" id="how">${t('email.how_title')}</h2>
        <ol class="sp-steps">
          ${[1, 2, 3].map(i => html`<li><span class="kern-number" aria-hidden="true">${i}</span><p class="kern-body">${t(`email.${i}`)}</p></li>`)}
        </ol>
      </aside>
    </div>
  </div>`;

const sent = (email, t) => plainPage({
  drawing: 'mail',
  title: t('email.sent.title'),
  text: t.html('email.sent.lead', { email: html`<strong>${mailText(email)}</strong>` }),
  actions: link('/account', t('email.back'), 'primary'),
});

export const page = (data, t) => (data.sent ? sent(data.sent, t) : form(data, t));

export const actions = {
  async ask(values, { api, display }) {
    if (values.new_email.toLowerCase() !== values.new_email_repeated.toLowerCase()) throw fault('new_email_repeated', 'differs');
    await api.post('/me/email-change', values);
    display({ sent: values.new_email });
  },
};
