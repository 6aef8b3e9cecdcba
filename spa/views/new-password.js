import { html } from '../js/html.js';
import { password, submit } from '../js/fields.js';
import { fault } from '../js/problem.js';
import { renew } from '../js/api.js';
import { brokenRule, rulesPanel, watchRules } from '../js/password-rules.js';
import { safeReturn } from '../js/router.js';

// After a login with a one-time password nothing else works before this.
export const access = 'person';
export const title = t => t('newpassword.title');

export const load = ({ session, go }) => {
  if (session.open && !session.newPasswordDue) go('/account/password', { replace: true });
};

export const page = (data, t, { portal }) => html`
  <div class="kern-container">
    <h1 class="kern-heading-large">${t('newpassword.title')}</h1>
    <p class="kern-body kern-body--large sp-text">${t('newpassword.lead')}</p>
    <p class="kern-body kern-mb-lg sp-text">${t('newpassword.ends')}</p>
    <form class="kern-stack-lg" data-action="save" novalidate>
      ${password({ name: 'new_password', label: t('field.new_password'), autocomplete: 'new-password', describe: 'rules' })}
      ${rulesPanel(portal.password_policy)}
      ${submit(t('newpassword.button'))}
    </form>
  </div>`;

export const ready = (main, context) => watchRules(main, 'new_password', context);

export const actions = {
  async save({ new_password: secret }, { api, portal, session, query, go, t }) {
    const broken = brokenRule(portal.password_policy, secret);
    if (broken) throw fault('new_password', broken);
    await api.put('/me/password', { new_password: secret });
    await renew();
    await session.refresh();
    await go(safeReturn(query.get('return')), { replace: true, notice: t('newpassword.done') });
  },
};
