import { html } from '../js/html.js';
import { link, password, submit } from '../js/fields.js';
import { fault } from '../js/problem.js';
import { crumbs } from '../js/own-area.js';
import { brokenRule, rulesPanel, watchRules } from '../js/password-rules.js';

export const texts = 'account';
export const access = 'person';
export const title = t => t('password.title');

export const page = (data, t, { portal, session }) => html`
  <div class="kern-container">
    ${crumbs(t('password.title'))}
    <h1 class="kern-heading-large">${t('password.title')}</h1>
    <p class="kern-body kern-mb-lg sp-text">${t('password.lead')}</p>
    <form class="kern-stack-lg" data-action="save" novalidate>
      <input type="hidden" name="username" value="${session.account.email}" autocomplete="username">
      ${password({ name: 'old_password', label: t('password.old') })}
      ${password({ name: 'new_password', label: t('field.new_password'), autocomplete: 'new-password', describe: 'rules' })}
      ${rulesPanel(portal.password_policy)}
      ${submit(t('password.button'), link('/account', t('form.back')))}
    </form>
  </div>`;

export const ready = (main, context) => watchRules(main, 'new_password', context);

export const actions = {
  async save({ old_password, new_password }, { api, portal, go, t }) {
    const broken = brokenRule(portal.password_policy, new_password);
    if (broken) throw fault('new_password', broken);
    await api.put('/me/password', { old_password, new_password });
    await go('/account', { notice: { title: t('password.done'), text: t('password.done_text') } });
  },
};
