import { prose } from '../js/prose.js';

export const texts = 'pages';
export const title = t => t('privacy.title');

const SECTIONS = ['who', 'what', 'why', 'how_long', 'cookies', 'rights', 'security'];

export function page(data, t, { portal }) {
  const { operator, contact, consent_version: version, name } = portal;
  const values = { portal: name, operator: operator.name || name, address: operator.address || contact.email, email: contact.email, version };
  return prose({
    title: t('privacy.title'),
    lead: t('privacy.lead', values),
    sections: SECTIONS.map(id => ({ id, title: t(`privacy.${id}.title`), text: t(`privacy.${id}.text`, values) })),
  });
}
