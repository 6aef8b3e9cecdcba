import { html } from './html.js';
import { Problem } from './problem.js';
import { field, password, submit, tapLink } from './fields.js';

// The one form to log in with: on the page of that name, and wherever a session has expired.
export const loginForm = (t, session) => html`
  <form class="kern-stack-lg" data-action="login" novalidate>
    ${field({ name: 'email', label: t('field.email'), type: 'email', value: session.lastEmail ?? '', autocomplete: 'username', keep: false })}
    <div>
      ${password({ name: 'password', label: t('field.password') })}
      ${tapLink('/forgotten-password', t('login.forgotten'))}
    </div>
    ${submit(t('login.button'))}
  </form>`;

// What a login has to tell besides: a change of the address that this login has completed, or could not.
function news(opened, { session, t }) {
  if (opened.email_change === 'completed')
    return { kind: 'success', title: t('login.email_changed'), text: t('login.email_changed_text', { email: session.account.email }) };
  if (opened.email_change === 'address_taken')
    return { kind: 'warning', title: t('login.email_taken'), text: t('login.email_taken_text') };
  return null;
}

export async function login({ email, password: secret }, context) {
  if (!navigator.cookieEnabled) throw new Problem('cookies_off');
  const opened = await context.session.login(email, secret);
  context.session.lastEmail = context.session.account?.email ?? email;
  return { opened, notice: news(opened, context) };
}
