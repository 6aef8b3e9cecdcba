import { html } from '../js/html.js';
import { tapLink } from '../js/fields.js';
import { login, loginForm } from '../js/login-form.js';

// Stands at the address of the page that was open, so that the login leads back by itself.
export const title = t => t('expired.title');

export const page = (data, t, { session }) => html`
  <div class="kern-container">
    <div class="sp-text kern-stack-lg">
      <div>
        <h1 class="kern-heading-large">${t('expired.title')}</h1>
        <p class="kern-body kern-body--large">${t('expired.lead')}</p>
        <p class="kern-body">${t('expired.kept')}</p>
      </div>
      ${loginForm(t, session)}
      ${tapLink('/', t('expired.leave'))}
    </div>
  </div>`;

export const actions = {
  async login(values, context) {
    const { notice } = await login(values, context);
    await context.reload({ notice, again: false });
  },
};
