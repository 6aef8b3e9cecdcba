import { html } from '../js/html.js';
import { facts, mailText } from '../js/fields.js';
import { prose } from '../js/prose.js';

export const texts = 'pages';
export const title = t => t('imprint.title');

const provider = ({ operator, contact }, t) => facts([
  [t('imprint.name'), operator.name],
  [t('imprint.address'), operator.address],
  [t('imprint.phone'), contact.phone],
  [t('imprint.email'), html`<a class="kern-link kern-link--no-visited-state" href="mailto:${contact.email}">${mailText(contact.email)}</a>`],
]);

export const page = (data, t, { portal }) => prose({
  title: t('imprint.title'),
  lead: t('imprint.lead', { portal: portal.name }),
  sections: ['provider', 'content', 'licence'].map(id => ({
    id, title: t(`imprint.${id}.title`), text: t(`imprint.${id}.text`), more: id === 'provider' && provider(portal, t),
  })),
});
