import { html } from '../js/html.js';
import { check, link, mailText, password, submit, textLink } from '../js/fields.js';
import { crumbs } from '../js/own-area.js';

export const texts = 'account';
export const access = 'person';
export const title = t => t('delete.title');

export const page = (data, t, { session }) => html`
  <div class="kern-container">
    ${crumbs(t('delete.title'))}
    <h1 class="kern-heading-large">${t('delete.title')}</h1>
    <p class="kern-body kern-body--large sp-text">${t.html('delete.lead', { email: html`<strong>${mailText(session.account.email)}</strong>` })}</p>
    <div class="sp-text kern-stack-md kern-my-lg">
      <h2 class="kern-title">${t('delete.what_title')}</h2>
      <ul class="kern-list kern-list--bullet">${[1, 2, 3, 4, 5].map(i => html`<li>${t(`delete.${i}`)}</li>`)}</ul>
      <p class="kern-body">${t.html('delete.export', { link: textLink('/account/export', t('delete.export_link')) })}</p>
    </div>
    <form class="kern-stack-lg" data-action="remove" novalidate>
      ${password({ name: 'password', label: t('delete.password'), hint: t('delete.password_hint') })}
      ${check({ name: 'sure', label: t('delete.sure'), says: t('delete.sure_short'), required: true })}
      ${submit(t('delete.button'), link('/account', t('delete.cancel')))}
    </form>
  </div>`;

export const actions = {
  async remove({ password: secret }, { api, session, go, t }) {
    await api.delete('/me', { password: secret });
    session.gone();
    await go('/', { notice: t('delete.done') });
  },
};
