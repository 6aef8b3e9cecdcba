import { html } from '../js/html.js';
import { alert, link, pic } from '../js/fields.js';
import { login, loginForm } from '../js/login-form.js';
import { safeReturn } from '../js/router.js';

export const title = t => t('login.title');

export const load = ({ session, query, go }) => {
  if (session.open) go(session.newPasswordDue ? '/new-password' : safeReturn(query.get('return')), { replace: true });
};

export const page = (data, t, { session, query }) => html`
  <div class="kern-container">
    <h1 class="kern-heading-x-large kern-mb-md">${t('login.title')}</h1>
    ${!navigator.cookieEnabled && alert('warning', t('problem.cookies_off.title'), t('problem.cookies_off.text'))}
    ${query.has('return') && alert('info', t('login.first'), t('login.first_text'))}
    <div class="sp-split sp-split--even">
      <section aria-labelledby="with-password">
        <h2 class="kern-heading-medium kern-mb-md" id="with-password">${t('login.with_password')}</h2>
        ${loginForm(t, session)}
      </section>
      <div class="kern-stack-lg">
        <section class="kern-card kern-card--hug kern-card--surface" aria-labelledby="no-account">
          <div class="kern-card__container">
            ${pic('person')}
            <div class="kern-card__body">
              <h2 class="kern-title" id="no-account">${t('login.none')}</h2>
              <p class="kern-body">${t('login.none_text')}</p>
            </div>
            ${link('/register', t('start.create'))}
          </div>
        </section>
        <section class="kern-card kern-card--hug kern-card--surface" aria-labelledby="with-eid">
          <div class="kern-card__container">
            ${pic('card')}
            <div class="kern-card__body">
              <h2 class="kern-title" id="with-eid">${t('login.eid_title')}</h2>
              <p class="kern-body">${t('login.eid_text')}</p>
            </div>
          </div>
        </section>
      </div>
    </div>
  </div>`;

export const actions = {
  async login(values, context) {
    const { opened, notice } = await login(values, context);
    const back = safeReturn(context.query.get('return'));
    if (opened.new_password_due) return context.go(`/new-password?return=${encodeURIComponent(back)}`, { replace: true });
    return context.go(back, { replace: true, notice });
  },
};
