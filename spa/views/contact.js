import { html } from '../js/html.js';
import { area, field, link, mailText, plainPage, submit, textLink } from '../js/fields.js';
import { i18n } from '../js/i18n.js';

export const texts = 'pages';
export const title = (t, data) => t(data.sent ? 'contact.sent.title' : 'contact.title');
export const load = () => ({ sent: null });

const nameOf = account => (account ? `${account.first_name} ${account.last_name}` : '');

const other = (contact, t) => html`
  <aside class="sp-panel sp-panel--tint kern-stack-sm" aria-labelledby="contact-other">
    <h2 class="kern-title" id="contact-other">${t('contact.other')}</h2>
    ${contact.phone && html`<p class="kern-body">${contact.phone}${contact.hours && html`<br><span class="sp-muted">${contact.hours}</span>`}</p>`}
    <p class="kern-body"><a class="kern-link kern-link--no-visited-state" href="mailto:${contact.email}">${mailText(contact.email)}</a></p>
    <p class="kern-body">${t.html('contact.help', { link: textLink('/help', t('contact.help_link')) })}</p>
  </aside>`;

const form = (t, { portal, session }) => html`
  <div class="kern-container">
    <h1 class="kern-heading-x-large">${t('contact.title')}</h1>
    <p class="kern-body kern-body--large kern-mb-lg sp-text">${t('contact.lead')}</p>
    <div class="sp-split">
      <form class="kern-stack-lg" data-action="send" novalidate>
        ${field({ name: 'name', label: t('contact.name'), value: nameOf(session.account), autocomplete: 'name' })}
        ${field({ name: 'email', label: t('field.email'), hint: t('contact.email_hint'), type: 'email', value: session.account?.email ?? '', autocomplete: 'email' })}
        ${field({ name: 'subject', label: t('contact.subject') })}
        ${area({ name: 'message', label: t('contact.message'), hint: t('contact.message_hint') })}
        ${submit(t('contact.send'))}
      </form>
      ${other(portal.contact, t)}
    </div>
  </div>`;

const sent = (email, t) => plainPage({
  drawing: 'mail',
  title: t('contact.sent.title'),
  text: t.html('contact.sent.text', { email: html`<strong>${mailText(email)}</strong>` }),
  actions: link('/', t('contact.sent.start'), 'primary'),
});

export const page = (data, t, context) => (data.sent ? sent(data.sent, t) : form(t, context));

export const actions = {
  async send({ name, email, subject, message }, { api, display }) {
    await api.post('/contact', { name, email, subject, message, language: i18n.language });
    display({ sent: email });
  },
};
